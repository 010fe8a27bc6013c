package dev.planwright.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.testing.MockCluster;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LeaseElectionTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final MockCluster cluster = new MockCluster();
  private final KubernetesClient client = cluster.client();
  private final ManualClock clock = new ManualClock();
  private final LeaseElection one = election("one");
  private final LeaseElection two = election("two");

  @AfterEach
  void end() {
    client.close();
    cluster.close();
  }

  private LeaseElection election(String identity) {
    return new LeaseElection(client, "ops", "planwright", identity, LeaseTiming.DEFAULT, clock);
  }

  private Lease lease() {
    return client.leases().inNamespace("ops").withName("planwright").get();
  }

  private void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void theFirstLeadsAndTheSecondWaits() {
    assertThat(one.closed()).isPresent();
    assertThat(one.attempt()).isTrue();
    assertThat(two.attempt()).isFalse();
    assertThat(one.closed()).isEmpty();
    assertThat(two.closed()).hasValueSatisfying(why -> assertThat(why).contains("ops/planwright"));
    assertThat(two.holder()).isEqualTo("one");
    assertThat(two.lost()).isEmpty();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("one");
    assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(15);
  }

  @Test
  void aLeaderThatRenewsKeepsTheLeaseForAsLongAsItLikes() {
    one.attempt();
    for (int i = 0; i < 60; i++) {
      pass(2);
      assertThat(one.attempt()).isTrue();
      assertThat(two.attempt()).isFalse();
    }
    assertThat(one.closed()).isEmpty();
    assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
  }

  @Test
  void whoDidNotRenewStopsCallingByItselfBeforeAnotherMayStart() {
    one.attempt();
    two.attempt();
    pass(9);
    assertThat(one.closed()).isEmpty();
    pass(1);
    assertThat(one.closed()).isPresent();
    assertThat(two.attempt()).isFalse();
    pass(5);
    assertThat(two.attempt()).isTrue();
    assertThat(two.closed()).isEmpty();
  }

  @Test
  void aLostLeaseIsLostForGood() {
    one.attempt();
    pass(60);
    assertThat(one.attempt()).isFalse();
    assertThat(one.lost()).isPresent();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("one");
    pass(60);
    assertThat(one.attempt()).isFalse();
  }

  @Test
  void anAbandonedLeaseIsCountedFromWhenWeSawItAndNotByTheOthersClock() {
    one.attempt();
    // The other's clock may be an hour behind: the time in the Lease is long over.
    pass(3600);
    assertThat(two.attempt()).isFalse();
    pass(14);
    assertThat(two.attempt()).isFalse();
    pass(1);
    assertThat(two.attempt()).isTrue();
  }

  @Test
  void whoFindsAnotherInItsLeaseStopsAtOnce() {
    one.attempt();
    client
        .leases()
        .inNamespace("ops")
        .withName("planwright")
        .edit(
            lease -> {
              lease.getSpec().setHolderIdentity("somebody");
              return lease;
            });
    assertThat(one.attempt()).isFalse();
    assertThat(one.lost()).hasValueSatisfying(why -> assertThat(why).contains("taken by somebody"));
    assertThat(one.closed()).isPresent();
  }

  @Test
  void whoFindsItsLeaseDeletedStopsAtOnce() {
    one.attempt();
    client.leases().inNamespace("ops").withName("planwright").delete();
    assertThat(one.attempt()).isFalse();
    assertThat(one.closed()).isPresent();
  }

  @Test
  void aReleasedLeaseIsTakenAtOnceAndNothingHasToBeWaitedFor() {
    one.attempt();
    one.release();
    assertThat(one.closed()).isPresent();
    assertThat(two.attempt()).isTrue();
    assertThat(two.holdUnguardedCreates(TIMEOUT)).isEmpty();
    // The late renewal of one who let go takes nothing back.
    assertThat(one.attempt()).isFalse();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("two");
  }

  @Test
  void afterAnUnreleasedLeaseTheTimeoutIsWaitedOutBeforeAnUnguardedCreate() {
    one.attempt();
    assertThat(one.holdUnguardedCreates(TIMEOUT)).isEmpty();
    two.attempt();
    pass(15);
    two.attempt();
    assertThat(two.closed()).isEmpty();
    Instant taken = clock.instant();
    assertThat(two.holdUnguardedCreates(TIMEOUT)).contains(taken.plus(TIMEOUT));
    // What the former one was set to is not known: no less than any default counts.
    Instant shortest = taken.plus(LeaseTiming.DEFAULT.lastCalls());
    assertThat(two.holdUnguardedCreates(Duration.ofSeconds(1))).contains(shortest);
    leadOn(two, 59);
    assertThat(two.holdUnguardedCreates(Duration.ofSeconds(1))).contains(shortest);
    leadOn(two, 1);
    assertThat(two.holdUnguardedCreates(Duration.ofSeconds(1))).isEmpty();
    assertThat(two.holdUnguardedCreates(TIMEOUT)).contains(taken.plus(TIMEOUT));
    leadOn(two, 30);
    assertThat(two.holdUnguardedCreates(TIMEOUT)).isEmpty();
  }

  @Test
  void whoStillWaitsForTheCallsOfAKilledOneLeavesTheWaitToTheNext() {
    takenFromOneThatWasKilled();
    two.release();
    assertThat(two.closed()).isPresent();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("two");

    LeaseElection three = election("three");
    assertThat(three.attempt()).isFalse();
    pass(15);
    assertThat(three.attempt()).isTrue();
    assertThat(three.holdUnguardedCreates(Duration.ZERO)).isPresent();
  }

  @Test
  void whoNeedNotWaitAnyMoreReleasesTheLeaseForTheNextToGoOnAtOnce() {
    takenFromOneThatWasKilled();
    assertThat(two.holdUnguardedCreates(TIMEOUT)).isPresent();
    leadOn(two, 90);
    two.release();

    LeaseElection three = election("three");
    assertThat(three.attempt()).isTrue();
    assertThat(three.holdUnguardedCreates(TIMEOUT)).isEmpty();
  }

  @Test
  void theLongestTimeoutThatWasAskedForHoldsTheReleaseToo() {
    takenFromOneThatWasKilled();
    assertThat(two.holdUnguardedCreates(TIMEOUT)).isPresent();
    leadOn(two, 89);
    two.release();

    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("two");
  }

  private void takenFromOneThatWasKilled() {
    one.attempt();
    two.attempt();
    pass(15);
    assertThat(two.attempt()).isTrue();
  }

  private void leadOn(LeaseElection leader, int seconds) {
    for (int i = 0; i < seconds; i++) {
      pass(1);
      assertThat(leader.attempt()).isTrue();
    }
  }

  @Test
  void aClockThatIsSetBackForLongCountsAsLost() {
    one.attempt();
    clock.advance(Duration.ofHours(-1));
    assertThat(one.closed()).isPresent();
  }

  @Test
  void releasingWithoutLeadingTouchesNothing() {
    one.attempt();
    two.attempt();
    two.release();
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("one");
    assertThat(one.attempt()).isTrue();
  }
}
