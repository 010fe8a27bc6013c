package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.admission.Lane;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.sync.PlanSync;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A permit that is offered to a Plan and not taken goes on to the next at once. */
class TurnsTest {
  private static final ObjectKey TEAM = new ObjectKey("shop", "team");
  private static final ObjectKey NEXT = new ObjectKey("shop", "next");
  private static final ObjectKey BUSY = new ObjectKey("shop", "busy");

  private final BackendBench bench = new BackendBench();
  private PlanWork work;
  private PlanReconciler plans;
  private Admission<ObjectKey> queue;
  private Plan team;

  @BeforeEach
  void oneWorksAndTeamIsNext() {
    bench.apply(BackendBench.spec());
    bench.secret("good");
    bench.run();
    PlanContext context = bench.planContext();
    PlanSync sync = new PlanSync(bench.clock);
    work = new PlanWork(context, sync, new DriftMarks());
    plans =
        new PlanReconciler(
            context,
            new CatalogCompiler((namespace, name) -> Optional.empty()),
            work,
            new PlanDeletion(context, sync));
    queue = bench.accounts.queue(BackendBench.KEY).orElseThrow();
    queue.resize(1);
    team = bench.client.resource(free("team")).create();
    bench.manifests.plans.add(team);

    assertThat(queue.tryAdmit(BUSY, Lane.EDIT)).isTrue();
    plans.run(team, false);
    bench.clock.advance(Settling.Times.DEFAULT.quiet());
    plans.run(team, false);
    assertThat(queue.tryAdmit(NEXT, Lane.DRIFT)).isFalse();
    bench.wokenPlans.clear();
    queue.release(BUSY);
    assertThat(bench.wokenPlans).containsExactly(TEAM);
  }

  @AfterEach
  void close() {
    work.close();
    bench.close();
  }

  /** What may have become of a Plan by the time that its turn comes. */
  private enum Meanwhile {
    PAUSED,
    EDITED,
    BEING_DELETED,
    GONE;

    Plan happensTo(Plan plan) {
      switch (this) {
        case PAUSED -> plan.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));
        case EDITED -> plan.getMetadata().setGeneration(7L);
        case BEING_DELETED -> plan.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        case GONE -> {}
      }
      return plan;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPlanThatWantsItsTurnNoMoreGivesItToTheNext(Meanwhile meanwhile) {
    plans.run(meanwhile.happensTo(team), meanwhile == Meanwhile.GONE);

    assertThat(bench.wokenPlans).contains(NEXT);
    assertThat(queue.tryAdmit(NEXT, Lane.DRIFT)).isTrue();
  }

  @Test
  void aPlanThatTakesItsTurnGivesItBackWhenItIsDone() {
    plans.run(team, false);

    assertThat(queue.inUse()).as("the permit is offered to the next").isEqualTo(1);
    assertThat(bench.wokenPlans).contains(NEXT);
  }

  /** Another edit has to be quiet for a moment first: that costs nobody the place in the line. */
  @Test
  void aPlanThatWaitsForItsTurnKeepsItsPlaceThroughAnotherEdit() {
    assertThat(queue.tryAdmit(NEXT, Lane.DRIFT)).isFalse();
    plans.run(team, false);
    assertThat(queue.tryAdmit(NEXT, Lane.DRIFT)).isTrue();
    plans.run(changed(2), false);
    bench.clock.advance(Settling.Times.DEFAULT.quiet());
    plans.run(changed(2), false);
    assertThat(queue.depth()).containsEntry(Lane.EDIT, 1);

    plans.run(changed(3), false);

    assertThat(queue.depth()).containsEntry(Lane.EDIT, 1);
  }

  private Plan changed(long generation) {
    Plan plan = bench.client.resource(team).get();
    plan.setSpec(free("Team " + generation).getSpec());
    plan.getMetadata().setGeneration(generation);
    return plan;
  }

  private static Plan free(String text) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: planwright.dev/v1alpha1
            kind: Plan
            metadata: {name: team, namespace: shop, uid: uid-team, generation: 1}
            spec: {displayName: "%s", pricing: Free}
            """
                .formatted(text),
            Plan.class);
  }
}
