package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.DriftPolicy;
import dev.planwright.api.v1alpha1.Verification;
import dev.planwright.backend.Handles;
import dev.planwright.catalog.Identity;
import dev.planwright.sync.Memory;
import dev.planwright.testing.FakeBilling.Remote;
import dev.planwright.testing.SmallPlans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private static final Duration INTERVAL = Duration.ofMinutes(11);

  private final BackendBench bench = new BackendBench();
  private final List<Wanted> wanted = new ArrayList<>();
  private final DriftMarks marks = new DriftMarks();
  private final Sweeper sweeper =
      new Sweeper(
          bench.client,
          bench.access,
          bench.manifests,
          bench.accounts,
          new WantedPlans() {
            @Override
            public Optional<Wanted> wanted(ObjectKey plan) {
              return wanted.stream().filter(w -> w.plan().equals(plan)).findFirst();
            }

            @Override
            public Collection<Wanted> of(ObjectKey backend) {
              return List.copyOf(wanted);
            }
          },
          marks,
          bench.wokenPlans::add,
          Runnable::run,
          new Random(1));

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aPlanThatDiffersIsMarkedAndWokenAndTheSweepIsWrittenOnce() {
    ready(BackendBench.spec());
    synced("team", "Team");
    synced("solo", "Solo");
    remote("team", "Team");
    remote("solo", "changed by hand");
    sweep();
    bench.requests();

    bench.run();
    bench.run();

    assertThat(bench.wokenPlans).containsExactly(new ObjectKey("shop", "solo"));
    assertThat(marks.isMarked(new ObjectKey("shop", "solo"))).isTrue();
    assertThat(marks.isMarked(new ObjectKey("shop", "team"))).isFalse();
    assertThat(bench.writes()).hasSize(1);
    BillingBackendStatus.Sweep last = Objects.requireNonNull(bench.live().getStatus().lastSweep());
    assertThat(last.plans()).isEqualTo(2);
    assertThat(last.differing()).isEqualTo(1);
  }

  @Test
  void anUnclaimedPlanKeepsItsTimeOverSweeps() {
    ready(BackendBench.spec());
    remote("old-team", "Old");
    sweep();
    bench.run();
    Instant since = bench.live().getStatus().unclaimed().getFirst().since();

    sweep();
    bench.run();

    BillingBackendStatus status = bench.live().getStatus();
    assertThat(status.unclaimed()).hasSize(1);
    assertThat(status.unclaimed().getFirst().since()).isEqualTo(since);
    assertThat(status.unclaimedCount()).isEqualTo(1);
    assertThat(status.unclaimedVerification()).isEqualTo(Verification.VERIFIED);
  }

  @Test
  void withoutMarksUnclaimedIsUnverified() {
    bench.billing.marks = false;
    ready(BackendBench.spec());
    sweep();
    bench.run();

    assertThat(bench.live().getStatus().unclaimedVerification()).isEqualTo(Verification.UNVERIFIED);
    assertThat(bench.live().getStatus().unclaimedCount()).isNull();
  }

  @Test
  void anEmptyListingIsSaidInTheConditionAndWakesNobody() {
    ready(BackendBench.spec());
    synced("team", "Team");
    sweep();
    bench.run();

    assertThat(bench.wokenPlans).isEmpty();
    assertThat(bench.ready().holds()).isTrue();
    assertThat(bench.ready().message()).contains("shows none of 1 plans");
  }

  @Test
  void nobodyLooksWhenDriftIsOff() {
    ready(
        new BillingBackendSpec(
            "shop-prod",
            null,
            null,
            BackendBench.block("https://billing.example.com"),
            null,
            null,
            new BillingBackendSpec.Drift(DriftPolicy.OFF, null),
            null));
    int calls = bench.billing.calls.size();
    sweep();

    assertThat(bench.billing.calls).hasSize(calls);
  }

  @Test
  void aChangedSecretIsNoticedBeforeTheSweep() {
    ready(BackendBench.spec());
    bench.secret("another");
    bench.wokenBackends.clear();
    int calls = bench.billing.calls.size();

    sweep();

    assertThat(bench.wokenBackends).containsExactly(BackendBench.KEY);
    assertThat(bench.billing.calls).as("nothing is called with the old key").hasSize(calls);
    bench.run();
    assertThat(bench.ready().reason()).isEqualTo("Unauthorized");
  }

  @Test
  void plansWithoutDetailAreReadOneByOneOverTheInterval() {
    ready(BackendBench.spec());
    for (int i = 0; i < 10; i++) {
      synced("p" + i, "text");
      Identity mark = new Identity("shop-prod", "p" + i);
      bench.billing.plans.put("id-p" + i, new Remote(Optional.of(mark), "id-p" + i, "", false));
    }
    sweep();
    assertThat(bench.wokenPlans).isEmpty();

    sweeper.tick();
    assertThat(bench.wokenPlans).hasSize(1);
    bench.clock.advance(Duration.ofMinutes(3));
    sweeper.tick();
    assertThat(bench.wokenPlans).hasSize(4);
  }

  private void ready(BillingBackendSpec spec) {
    bench.apply(spec);
    bench.secret("good");
    bench.run();
    bench.wokenPlans.clear();
    sweeper.tick();
  }

  private void sweep() {
    bench.clock.advance(INTERVAL);
    sweeper.tick();
  }

  private void synced(String key, String text) {
    Memory.Binding binding =
        new Memory.Binding("http/1", "org_1", "id-" + key, "hash", Handles.NONE);
    wanted.add(
        new Wanted(
            new ObjectKey("shop", key),
            SmallPlans.plan("shop-prod", key, text),
            "hash",
            Memory.EMPTY.withBinding(binding),
            Instant.EPOCH,
            false,
            SmallPlans.POLICIES));
  }

  private void remote(String key, String text) {
    bench.billing.plans.put(
        "id-" + key,
        new Remote(Optional.of(new Identity("shop-prod", key)), "id-" + key, text, true));
  }
}
