package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.FakeBilling.Remote;
import dev.planwright.testing.SmallPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The core on a billing system that a test holds in its hands, with one Plan. */
final class SyncBench {
  static final String HASH = "sha256:same";

  final ManualClock clock = new ManualClock();
  final FakeBilling billing = new FakeBilling();
  final AtomicInteger sent = new AtomicInteger();
  final List<Memory> written = new ArrayList<>();
  Optional<String> whyNot = Optional.empty();
  int answer = 200;
  final StatusStore heldByB =
      new StatusStore() {
        @Override
        public void write(Memory memory) {
          written.add(memory);
        }

        @Override
        public Optional<String> whyNotRemove() {
          return whyNot;
        }

        @Override
        public Optional<String> holderOf(String externalId) {
          return externalId.equals("plan_held") ? Optional.of("shop/b") : Optional.empty();
        }
      };

  void removalStep(UnaryOperator<Step.Builder> shape) {
    put("plan_1", "text");
    billing.removal =
        new Removal.Steps(
            List.of(
                shape
                    .apply(
                        Step.of(
                                Step.Kind.DELETE,
                                "delete plan",
                                sending -> ApiRequest.of("delete", "DELETE", "/plans/1"))
                            .affects(Affects.NOBODY))
                    .build()));
  }

  SyncResult remove(Policies.Deletion policy) {
    return remove(policy, memory("plan_1", ""));
  }

  SyncResult remove(Policies.Deletion policy, Memory memory) {
    return new RemovalRun<>(
            account(),
            new RemovalRequest("Plan shop/a", new Identity("acme", "pro"), policy, memory),
            heldByB,
            clock)
        .run();
  }

  static void assertBlocked(SyncResult result, Reason reason, String... words) {
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(reason);
              assertThat(blocked.message()).contains(words);
            });
  }

  void put(String id, String text) {
    billing.plans.put(id, new Remote(Optional.empty(), id, text, true));
  }

  SyncResult sync(String externalId, String synced) {
    return run(request(memory(externalId, synced)));
  }

  SyncResult run(SyncRequest request) {
    return new SyncRun<>(account(), request, heldByB, clock, () -> "key").run();
  }

  static SyncRequest request(Memory memory) {
    return request(memory, SmallPlans.POLICIES);
  }

  static SyncRequest request(Memory memory, Policies policies) {
    return request(memory, policies, "");
  }

  static SyncRequest request(Memory memory, Policies policies, String approval) {
    return request(memory, policies, "", approval);
  }

  static SyncRequest request(Memory memory, Policies policies, String externalId, String approval) {
    CatalogPlan plan = SmallPlans.plan("acme", "pro", "text", externalId);
    return new SyncRequest(plan, policies, HASH, memory, approval, false);
  }

  static Policies with(Policies.ExistingSubscribers existing) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        existing, usual.management(), usual.adoption(), usual.deletion(), usual.drift());
  }

  static Policies with(Policies.Management management) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        usual.existingSubscribers(), management, usual.adoption(), usual.deletion(), usual.drift());
  }

  static Policies with(Policies.Adoption adoption) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        usual.existingSubscribers(), usual.management(), adoption, usual.deletion(), usual.drift());
  }

  static Policies with(Policies.DriftPolicy drift) {
    Policies usual = SmallPlans.POLICIES;
    return new Policies(
        usual.existingSubscribers(), usual.management(), usual.adoption(), usual.deletion(), drift);
  }

  static Memory memory(String externalId, String synced) {
    return Memory.EMPTY.withBinding(
        new Memory.Binding("http/1", "org_1", externalId, synced, Handles.NONE));
  }

  Account<Remote> account() {
    return new Account<>(
        "shop/default",
        billing.provider(clock),
        request -> {
          sent.incrementAndGet();
          if (answer >= 500) {
            throw new BackendException(BackendException.Kind.SERVER_ERROR, "broken");
          }
          return new ApiResponse(answer, Map.of(), JsonNodeFactory.instance.objectNode());
        },
        new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of()));
  }
}
