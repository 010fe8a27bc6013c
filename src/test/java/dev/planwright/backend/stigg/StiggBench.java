package dev.planwright.backend.stigg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggEmulator;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.RemovalRequest;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The provider under the production sync, on an emulated environment. */
final class StiggBench {
  static final Policies KEEP = policies(Policies.ExistingSubscribers.KEEP);
  static final Policies MIGRATE = policies(Policies.ExistingSubscribers.MIGRATE);

  final ManualClock clock = new ManualClock();
  final StiggEmulator server = new StiggEmulator(clock.withZone(ZoneOffset.UTC));
  final EmulatedClient direct = new EmulatedClient(server);
  private final AccountConfig.Aliases aliases;
  StiggProvider provider;

  /** What stands between the provider and the server. */
  ApiClient between = direct;

  Memory memory = Memory.EMPTY;

  /** What was last written into status while a run was under way. */
  Memory journaled = Memory.EMPTY;

  String approval = "";
  private Optional<SyncResult> last = Optional.empty();

  StiggBench() {
    this(AccountConfig.Aliases.NONE);
  }

  StiggBench(AccountConfig.Aliases aliases) {
    this.aliases = aliases;
    provider = open(false);
    StiggConsole console = server.console();
    for (String number :
        List.of("api-calls", "storage-gb", "sms", "seats", "projects", "seats-bought", "units")) {
      console.feature(number, "NUMBER", "INCREMENTAL");
    }
    console.feature("sso", "BOOLEAN", "None");
    console.currency("tokens");
    server.clearExchanges();
  }

  private StiggProvider open(boolean usageBesideYearly) {
    StiggSettings settings = StiggSettings.of(config(aliases, usageBesideYearly));
    return new StiggProvider(settings, request -> between.send(request), clock);
  }

  /** The BillingBackend says so from now on. */
  StiggBench usageBesideYearly(boolean usageBesideYearly) {
    provider = open(usageBesideYearly);
    return this;
  }

  static AccountConfig config(AccountConfig.Aliases aliases) {
    return config(aliases, false);
  }

  static AccountConfig config(AccountConfig.Aliases aliases, boolean usageBesideYearly) {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("url", "https://api.stigg.io").put("productId", StiggEmulator.DEFAULT_PRODUCT);
    if (usageBesideYearly) {
      block.put("usageBesideYearly", true);
    }
    return new AccountConfig(
        "shop/default", "shop-prod", AccountFacts.AccountEnvironment.SANDBOX, block, aliases);
  }

  StiggBench with(StiggSwitch question, boolean answer) {
    server.controls().set(question, answer);
    return this;
  }

  private static Policies policies(Policies.ExistingSubscribers subscribers) {
    return new Policies(
        subscribers,
        Policies.Management.MANAGE,
        Policies.Adoption.NEVER,
        Policies.Deletion.RETAIN,
        Policies.DriftPolicy.REPORT);
  }

  static Policies with(Policies.Adoption adoption, Policies.DriftPolicy drift) {
    return new Policies(
        Policies.ExistingSubscribers.KEEP,
        Policies.Management.MANAGE,
        adoption,
        Policies.Deletion.RETAIN,
        drift);
  }

  private Account<StiggWorld> account() {
    return new Account<>(
        "shop/default", provider, request -> between.send(request), provider.account());
  }

  private final StatusStore store =
      new StatusStore() {
        @Override
        public void write(Memory written) {
          journaled = written;
        }

        @Override
        public Optional<String> whyNotRemove() {
          return Optional.empty();
        }
      };

  /** What came of the last reconciliation. */
  SyncResult last() {
    return last.orElseThrow();
  }

  /** One reconciliation. */
  Outcome once(CatalogPlan plan, Policies policies) {
    SyncResult result =
        new PlanSync(clock)
            .sync(
                account(),
                new SyncRequest(
                    plan,
                    policies,
                    Integer.toHexString(plan.toString().hashCode()),
                    memory,
                    approval,
                    false),
                store);
    last = Optional.of(result);
    memory = result.memory();
    return result.outcome();
  }

  /** Reconciliations until one ends in something else than waiting. */
  Outcome toRest(CatalogPlan plan, Policies policies) {
    Outcome outcome = once(plan, policies);
    for (int tries = 0; outcome instanceof Outcome.Unfinished unfinished && tries < 40; tries++) {
      clock.advance(unfinished.after().orElse(Duration.ofSeconds(5)));
      outcome = once(plan, policies);
    }
    return outcome;
  }

  /** Brings the plan there, and looks again: a second sync writes nothing. */
  void sync(CatalogPlan plan) {
    assertThat(toRest(plan, KEEP)).isEqualTo(new Outcome.Done());
    int writes = writes().size();
    assertThat(once(plan, KEEP)).as("a second look").isEqualTo(new Outcome.Done());
    assertThat(writes()).as("writes of a second look").hasSize(writes);
  }

  Outcome remove(CatalogPlan plan, Policies.Deletion policy) {
    SyncResult result =
        new PlanSync(clock)
            .remove(
                account(),
                new RemovalRequest(plan.object(), plan.identity(), policy, memory),
                store);
    memory = result.memory();
    return result.outcome();
  }

  void blocked(Outcome outcome, Reason reason, String words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            it -> {
              assertThat(it.reason()).as(it.message()).isEqualTo(reason);
              assertThat(it.message()).contains(words);
            });
  }

  List<String> writes() {
    return server.exchanges().stream()
        .filter(it -> !it.method().equals("GET"))
        .map(it -> it.method() + " " + it.target().replace("/api/v1/", ""))
        .toList();
  }

  /** Writes since this was asked last. */
  List<String> newWrites() {
    List<String> writes = writes();
    server.clearExchanges();
    return writes;
  }

  static AccountConfig.Aliases alias(String word, String id) {
    Map<String, AccountConfig.Alias> one = Map.of(word, new AccountConfig.Alias(id, false));
    return new AccountConfig.Aliases(one, one, Map.of());
  }
}
