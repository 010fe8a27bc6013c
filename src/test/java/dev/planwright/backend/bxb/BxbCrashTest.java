package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stopped after any call, its answer lost and nothing remembered: the same end, nothing twice. */
class BxbCrashTest {
  private static Samples full(String amount) {
    Samples sample = Samples.team().with(Samples.perUnit("calls", "calls", amount));
    sample.entitlements.add(Samples.enabled("sso", true));
    sample.entitlements.add(Samples.limit("projects", "10"));
    sample.commitments = List.of(Samples.commitment(amount));
    sample.thresholds = List.of(Samples.threshold(amount));
    return sample;
  }

  private static Bench account() {
    Bench bench = new Bench();
    bench.metric("calls", "count");
    bench.feature("sso", "boolean");
    bench.feature("projects", "quantity");
    return bench;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aCreateStoppedAnywhereIsCompletedNotRepeated(int done) {
    Bench bench = account();
    CatalogPlan plan = full("2").plan();
    stopAfter(bench, plan, done);
    bench.sync(plan);
    assertCounts(bench);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void anEditStoppedAnywhereIsCompletedNotRepeated(int done) {
    Bench bench = account();
    bench.sync(full("2").plan());
    CatalogPlan plan = full("3").plan();
    stopAfter(bench, plan, done);
    bench.sync(plan);
    assertCounts(bench);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void everyCallMayArriveTwice(int twice) {
    Bench bench = account();
    CatalogPlan plan = full("2").plan();
    List<Step> steps = bench.plan(plan);
    for (int i = 0; i < steps.size(); i++) {
      bench.send(steps.get(i));
      if (i == twice) {
        bench.send(steps.get(i));
      }
    }
    bench.sync(plan);
    assertCounts(bench);
  }

  private static void stopAfter(Bench bench, CatalogPlan plan, int done) {
    List<Step> steps = bench.plan(plan);
    assertThat(steps).hasSizeGreaterThanOrEqualTo(done);
    steps.stream().limit(done).forEach(bench::send);
    bench.externalId = Optional.empty();
    bench.handles = Handles.NONE;
  }

  private static void assertCounts(Bench bench) {
    var counts = bench.server.controls().counts();
    assertThat(
            List.of(
                counts.plans(),
                counts.charges(),
                counts.commitments(),
                counts.thresholds(),
                counts.entitlements()))
        .containsExactly(1, 1, 1, 1, 2);
  }
}
