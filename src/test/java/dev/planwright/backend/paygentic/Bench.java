package dev.planwright.backend.paygentic;

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
import dev.planwright.emulator.paygentic.PaygenticControls;
import dev.planwright.emulator.paygentic.PaygenticDoubt;
import dev.planwright.emulator.paygentic.PaygenticEmulator;
import dev.planwright.emulator.paygentic.PaygenticMaker;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import dev.planwright.testing.EmulatedClient;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.VendorContracts;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A merchant on an emulated server, synced by the production core. */
final class Bench {
  private static final Optional<OpenApiContract> CONTRACT = VendorContracts.of("paygentic");

  final ManualClock clock = new ManualClock();
  final PaygenticEmulator server =
      new PaygenticEmulator(
          clock.withZone(ZoneOffset.UTC),
          PaygenticEmulator::numberedId,
          PaygenticEmulator.Environment.SANDBOX);
  final PaygenticMaker.Access access =
      server.controls().make().merchant("Acme", "USD", "EUR", "JPY", "KWD");
  final String product = server.controls().make().product(access.merchantId(), "Main");
  final boolean exclusive;
  AccountConfig.Aliases aliases;
  ApiClient client;
  PaygenticProvider provider;

  /** What status remembers. */
  Memory memory = Memory.EMPTY;

  String approval = "";

  Bench() {
    this(AccountConfig.Aliases.NONE, false);
  }

  Bench(AccountConfig.Aliases aliases, boolean exclusive) {
    this.aliases = aliases;
    this.exclusive = exclusive;
    this.client =
        new EmulatedClient(server, new PaygenticProviderFactory().headers(access.key()), CONTRACT);
    restart();
  }

  /** A new process: all that it held in memory is gone. */
  void restart() {
    provider = new PaygenticProvider(PaygenticSettings.of(config()), client, clock);
  }

  AccountConfig config() {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("merchantId", access.merchantId()).put("productId", product);
    block.put("exclusiveProduct", exclusive);
    return new AccountConfig(
        "shop/default", "shop-prod", AccountFacts.AccountEnvironment.SANDBOX, block, aliases);
  }

  PaygenticControls controls() {
    return server.controls();
  }

  PaygenticMaker make() {
    return server.controls().make();
  }

  Bench doubting(PaygenticDoubt... doubts) {
    for (PaygenticDoubt doubt : doubts) {
      controls().raise(doubt);
    }
    return this;
  }

  String metric(String name, String aggregation) {
    return make().metric(product, name, aggregation);
  }

  static Policies policies() {
    return new Policies(
        Policies.ExistingSubscribers.KEEP,
        Policies.Management.MANAGE,
        Policies.Adoption.NEVER,
        Policies.Deletion.RETAIN,
        Policies.DriftPolicy.REVERT);
  }

  static Policies with(Policies.Adoption adoption) {
    Policies p = policies();
    return new Policies(p.existingSubscribers(), p.management(), adoption, p.deletion(), p.drift());
  }

  static Policies with(Policies.DriftPolicy drift) {
    Policies p = policies();
    return new Policies(p.existingSubscribers(), p.management(), p.adoption(), p.deletion(), drift);
  }

  static Policies migrating() {
    Policies p = policies();
    return new Policies(
        Policies.ExistingSubscribers.MIGRATE,
        p.management(),
        p.adoption(),
        p.deletion(),
        p.drift());
  }

  SyncResult once(CatalogPlan plan, Policies policies) {
    Account<PaygenticWorld> account =
        new Account<>("shop/default", provider, client, provider.account());
    SyncResult result =
        new PlanSync(clock)
            .sync(
                account,
                new SyncRequest(
                    plan,
                    policies,
                    Integer.toHexString(plan.toString().hashCode()),
                    memory,
                    approval,
                    false),
                new StatusStore() {
                  @Override
                  public void write(Memory written) {
                    memory = written;
                  }

                  @Override
                  public Optional<String> whyNotRemove() {
                    return Optional.empty();
                  }
                });
    memory = result.memory();
    return result;
  }

  /** Brings the plan there, and fails when a second look still wants something. */
  SyncResult sync(CatalogPlan plan) {
    return sync(plan, policies());
  }

  SyncResult sync(CatalogPlan plan, Policies policies) {
    SyncResult result = once(plan, policies);
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    int before = writes().size();
    assertThat(once(plan, policies).outcome()).isEqualTo(new Outcome.Done());
    assertThat(writes()).as("a second look").hasSize(before);
    return result;
  }

  Outcome.Blocked blocked(CatalogPlan plan, Policies policies) {
    Outcome outcome = once(plan, policies).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Blocked.class);
    return (Outcome.Blocked) outcome;
  }

  /** Mutating calls since the log was cleared, ids as {@code {id}}. */
  List<String> writes() {
    List<String> writes = new ArrayList<>();
    for (PaygenticEmulator.Exchange exchange : server.exchanges()) {
      if (!exchange.method().equals("GET")) {
        writes.add(
            exchange.method()
                + " "
                + exchange.target().replaceAll("/[a-z]+_[0-9a-z]{24}", "/{id}"));
      }
    }
    return writes;
  }

  /** The only plan that is not deleted. */
  ObjectNode plan() {
    List<ObjectNode> there =
        controls().plans().stream().filter(it -> !it.path("deletedAt").isTextual()).toList();
    assertThat(there).hasSize(1);
    return there.getFirst();
  }

  String planId() {
    return plan().path("id").asText();
  }

  /** The id of the price that the plan lists and that is called so on invoices. */
  String price(String name) {
    for (var price : plan().path("prices")) {
      if (price.path("invoiceDisplayName").asText().equals(name)) {
        return price.path("id").asText();
      }
    }
    throw new AssertionError("no price is called " + name + ": " + plan());
  }
}
