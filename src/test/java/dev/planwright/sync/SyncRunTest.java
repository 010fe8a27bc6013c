package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Handles;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.FakeBilling.Remote;
import dev.planwright.testing.SmallPlans;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SyncRunTest {
  private static final String HASH = "sha256:same";

  private final ManualClock clock = new ManualClock();
  private final FakeBilling billing = new FakeBilling();
  private final AtomicInteger sent = new AtomicInteger();
  private final StatusStore heldByB =
      new StatusStore() {
        @Override
        public void write(Memory memory) {}

        @Override
        public Optional<String> whyNotRemove() {
          return Optional.empty();
        }

        @Override
        public Optional<String> holderOf(String externalId) {
          return externalId.equals("plan_held") ? Optional.of("shop/b") : Optional.empty();
        }
      };

  @Test
  void anObjectThatAnotherPlanHoldsIsNeverTouchedWhereOnlyIdsTell() {
    billing.knownByIdOnly = true;
    put("plan_held", "another text");
    SyncResult result = sync("plan_held", "");
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(Reason.OWNERSHIP_CONFLICT);
              assertThat(blocked.message()).contains("plan_held", "shop/b");
            });
    assertThat(sent).hasValue(0);
  }

  @Test
  void whereMarksTellNobodyIsAskedWhoHoldsIt() {
    put("plan_held", "another text");
    assertThat(sync("plan_held", "").outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void aDeletedCopyOfAManifestLeavesTheObjectOfTheOriginal() {
    billing.knownByIdOnly = true;
    put("plan_held", "text");
    SyncResult result =
        new RemovalRun<>(
                account(),
                new RemovalRequest(
                    "Plan shop/a",
                    new Identity("acme", "pro"),
                    Policies.Deletion.DELETE,
                    memory("plan_held", "")),
                heldByB,
                clock)
            .run();
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    assertThat(result.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(SyncEvent.Type.RELEASED);
              assertThat(event.text()).contains("is held by Plan shop/b");
            });
  }

  @Test
  void tidyingUpWhatWeLeftOnPurposeIsDoneUnderReportAndIsNoDrift() {
    billing.upkeep = true;
    put("plan_1", "old");
    SyncResult result = sync("plan_1", HASH);
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    assertThat(sent).hasValue(1);
    assertThat(result.memory().drift()).isEmpty();
  }

  @Test
  void anyOtherDifferenceWithoutAnEditIsDriftAndOnlyReported() {
    put("plan_1", "old");
    SyncResult result = sync("plan_1", HASH);
    assertThat(result.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> assertThat(blocked.reason()).isEqualTo(Reason.DRIFTED));
    assertThat(sent).hasValue(0);
  }

  @Test
  void whatTheBackendMakesImpossibleSinceIsNotTakenForConfirmedByTheNextRun() {
    put("plan_1", "text");
    billing.conflicts =
        List.of(
            new Violation("Plan shop/pro", "spec.tax", "", "has another rate there", "mend it"));
    SyncResult first = sync("plan_1", HASH);
    assertThat(first.outcome()).isInstanceOf(Outcome.Inexpressible.class);
    assertThat(request(first.memory()).isSettled("org_1")).isFalse();

    billing.conflicts = List.of();
    SyncResult second = run(request(first.memory()));
    assertThat(second.outcome()).isEqualTo(new Outcome.Done());
    assertThat(request(second.memory()).isSettled("org_1")).isTrue();
  }

  private void put(String id, String text) {
    billing.plans.put(id, new Remote(Optional.empty(), id, text, true));
  }

  private SyncResult sync(String externalId, String synced) {
    return run(request(memory(externalId, synced)));
  }

  private SyncResult run(SyncRequest request) {
    return new SyncRun<>(account(), request, heldByB, clock, () -> "key").run();
  }

  private static SyncRequest request(Memory memory) {
    return new SyncRequest(
        SmallPlans.plan("acme", "pro", "text"), SmallPlans.POLICIES, HASH, memory, "", false);
  }

  private static Memory memory(String externalId, String synced) {
    return Memory.EMPTY.withBinding(
        new Memory.Binding("http/1", "org_1", externalId, synced, Handles.NONE));
  }

  private Account<Remote> account() {
    return new Account<>(
        "shop/default",
        billing.provider(clock),
        request -> {
          sent.incrementAndGet();
          return new ApiResponse(200, Map.of(), JsonNodeFactory.instance.objectNode());
        },
        new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of()));
  }
}
