package dev.planwright.sync;

import static dev.planwright.sync.SyncBench.assertBlocked;
import static dev.planwright.sync.SyncBench.memory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemovalRunTest {
  private final SyncBench bench = new SyncBench();

  @Test
  void aRemovalIsRefusedWhereSomebodyPaysOrNobodyKnows() {
    bench.removalStep(step -> step);
    bench.billing.subscribers = new Subscribers.Known(1);
    assertBlocked(
        bench.remove(Policies.Deletion.DELETE), Reason.SUBSCRIBERS_AFFECTED, "1 still pay");
    bench.billing.subscribers = new Subscribers.Unreadable("forbidden");
    assertBlocked(bench.remove(Policies.Deletion.DELETE), Reason.SUBSCRIBERS_UNKNOWN, "forbidden");
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void aRemovalLeavesWhatIsNotOursAndWhatItWouldErase() {
    bench.removalStep(step -> step.erases(List.of("prices.extra")));
    assertBlocked(bench.remove(Policies.Deletion.DELETE), Reason.UNMANAGED_REMOTE_CONTENT, "extra");
    bench.billing.ownership = Observation.Ownership.UNMARKED;
    bench.billing.unnamed = "plan_1";
    SyncResult released = bench.remove(Policies.Deletion.DELETE, memory("", ""));
    assertThat(released.outcome()).isEqualTo(new Outcome.Done());
    assertThat(released.events())
        .extracting(SyncEvent::type)
        .containsExactly(SyncEvent.Type.RELEASED);
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void aRemovalOnAnotherAccountSendsNothing() {
    bench.removalStep(step -> step);
    assertBlocked(
        bench.remove(
            Policies.Deletion.DELETE,
            Memory.EMPTY.withBinding(
                new Memory.Binding("http/1", "org_9", "plan_1", "", Handles.NONE))),
        Reason.ACCOUNT_MISMATCH,
        "org_9");
    assertThat(bench.sent).hasValue(0);
  }

  @Test
  void aRemovalThatIsAnsweredWithSuccessAndDoesNothingIsNotDone() {
    bench.removalStep(step -> step);
    assertBlocked(bench.remove(Policies.Deletion.DELETE), Reason.NOT_CONVERGED, "still as it was");
    assertThat(bench.sent).hasValue(1);
  }

  @Test
  void aDeletedCopyOfAManifestLeavesTheObjectOfTheOriginal() {
    bench.billing.knownByIdOnly = true;
    bench.put("plan_held", "text");
    SyncResult result =
        new RemovalRun<>(
                bench.account(),
                new RemovalRequest(
                    "Plan shop/a",
                    new Identity("acme", "pro"),
                    Policies.Deletion.DELETE,
                    memory("plan_held", "")),
                bench.heldByB,
                bench.clock)
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
}
