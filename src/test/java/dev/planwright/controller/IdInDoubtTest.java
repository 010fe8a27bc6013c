package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Memory;
import dev.planwright.sync.PlanSync;
import dev.planwright.testing.FakeBilling;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An id that leads to nothing, or to what may be somebody else's, where nothing but the id tells
 * whose an object is: what a person can do about it, and what we must not do meanwhile.
 */
class IdInDoubtTest {
  private final BackendBench bench = new BackendBench();
  private final PlanContext context = bench.planContext();
  private final PlanSync sync = new PlanSync(bench.clock);
  private final PlanWork work = new PlanWork(context, sync, new DriftMarks());
  private final PlanReconciler plans =
      new PlanReconciler(
          context,
          new CatalogCompiler((namespace, name) -> Optional.empty()),
          work,
          new PlanDeletion(context, sync));

  IdInDoubtTest() {
    bench.billing.knownByIdOnly = true;
    bench.apply(BackendBench.spec());
    bench.secret("good");
    bench.run();
  }

  @AfterEach
  void close() {
    work.close();
    bench.close();
  }

  @Test
  void whatIsInTheWayIsNotTakenOverAtTheNextLook() {
    put("p9", "made by hand");
    bench.billing.ownership = Observation.Ownership.UNMARKED;
    bench.billing.unnamed = "p9";
    create("", Map.of());

    look();
    bench.clock.advance(Duration.ofMinutes(15));
    look();

    assertThat(reason()).isEqualTo(Reason.OWNERSHIP_CONFLICT.toString());
    assertThat(bench.billing.plans.values())
        .extracting(FakeBilling.Remote::text)
        .containsExactly("made by hand");
    assertThat(live().getStatus().externalId()).isNull();
  }

  @Test
  void anIdThatOnlyTheAnnotationNamesIsGivenUpWithTheAnnotation() {
    put("p2", "Team");
    create("", Map.of(Annotations.EXTERNAL_ID, "p1"));
    lookUntilGone();
    assertThat(live().getStatus().externalId()).isNull();

    annotate("p2");
    look();

    assertThat(live().getStatus().externalId()).isEqualTo("p2");
    assertThat(ready()).isTrue();
  }

  @Test
  void anIdOfAnotherPlanIsGivenUpWithTheAnnotation() {
    put("p1", "Team");
    put("p2", "Team");
    create("", Map.of(Annotations.EXTERNAL_ID, "p1"));
    Plan other = Manifested.plan("other", 1, "{}");
    other.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).externalId("p1").build());
    bench.manifests.plans.add(other);
    look();
    assertThat(reason()).isEqualTo(Reason.OWNERSHIP_CONFLICT.toString());
    assertThat(live().getStatus().externalId()).isNull();

    annotate("p2");
    look();

    assertThat(live().getStatus().externalId()).isEqualTo("p2");
  }

  @Test
  void whenTheKnownObjectIsGoneAPersonMayNameAnother() {
    put("p2", "Team");
    create("p1", Map.of(Annotations.EXTERNAL_ID, "p1"));
    lookUntilGone();
    assertThat(live().getStatus().externalId()).as("nothing is forgotten").isEqualTo("p1");
    assertThat(message()).contains("planwright.dev/external-id=");

    annotate("p2");
    look();

    assertThat(live().getStatus().externalId()).isEqualTo("p2");
    assertThat(live().getMetadata().getAnnotations()).containsEntry(Annotations.EXTERNAL_ID, "p2");
    assertThat(ready()).isTrue();
  }

  @Test
  void anIdThatAPersonGivesBeforeStatusSaysWhyIsNotPutBack() {
    put("p2", "Team");
    create("p1", "sha256:confirmed", Map.of(Annotations.EXTERNAL_ID, "p2"));
    look();
    assertThat(reason()).isEqualTo(Reason.REMOTE_MISSING.toString());

    bench.clock.advance(Duration.ofMinutes(15));
    look();

    assertThat(live().getStatus().externalId()).isEqualTo("p2");
  }

  @Test
  void whileTheKnownObjectIsThereTheAnnotationIsPutBack() {
    put("p1", "Team");
    put("p2", "Team");
    create("p1", Map.of(Annotations.EXTERNAL_ID, "p2"));

    look();

    assertThat(live().getStatus().externalId()).isEqualTo("p1");
    assertThat(live().getMetadata().getAnnotations()).containsEntry(Annotations.EXTERNAL_ID, "p1");
  }

  @Test
  void anIdThatAPersonGivesWakesThePlanAndOurOwnDoesNot() {
    ManifestChanges changes = new ManifestChanges();
    Plan before = Manifested.plan("team", 1, "{}");
    Plan after = Manifested.plan("team", 1, "{}");
    after.getMetadata().setAnnotations(Map.of(Annotations.EXTERNAL_ID, "p1"));
    assertThat(changes.accept(after, before)).isTrue();
    assertThat(changes.accept(before, after)).as("taken away").isTrue();
    after.setStatus(PlanStatusBuilder.from(PlanStatus.EMPTY).externalId("p1").build());
    assertThat(changes.accept(after, before)).as("written by us").isFalse();
  }

  /** Two complete looks, as far apart as absence needs to be believed. */
  private void lookUntilGone() {
    look();
    assertThat(reason()).isEqualTo(Reason.PROGRESSING.toString());
    bench.clock.advance(Duration.ofMinutes(2));
    look();
    assertThat(reason()).isEqualTo(Reason.REMOTE_MISSING.toString());
  }

  /** Until the run takes place: it may be settling, or waiting after a failure. */
  private void look() {
    for (int i = 0; i < 3; i++) {
      Optional<Duration> again = plans.run(shown(), false);
      again.filter(it -> it.compareTo(Duration.ofSeconds(30)) < 0).ifPresent(bench.clock::advance);
    }
  }

  private Plan shown() {
    Plan plan = live();
    bench.manifests.plans.removeIf(it -> it.getMetadata().getName().equals("team"));
    bench.manifests.plans.add(plan);
    return plan;
  }

  private Plan live() {
    return bench.client.resources(Plan.class).inNamespace("shop").withName("team").get();
  }

  private void annotate(String id) {
    bench
        .client
        .resource(live())
        .edit(
            plan -> {
              Map<String, String> all = new HashMap<>(plan.getMetadata().getAnnotations());
              all.put(Annotations.EXTERNAL_ID, id);
              plan.getMetadata().setAnnotations(all);
              return plan;
            });
  }

  private String reason() {
    return synced().map(Condition::reason).orElse("");
  }

  private String message() {
    return synced().map(Condition::message).orElse("");
  }

  private Optional<Condition> synced() {
    return Conditions.find(live().getStatus().conditions(), ConditionType.SYNCED);
  }

  private boolean ready() {
    return Conditions.isReady(live().getStatus().conditions(), 1L);
  }

  private void put(String id, String text) {
    bench.billing.plans.put(id, new FakeBilling.Remote(Optional.empty(), id, text, true));
  }

  private void create(String externalId, Map<String, String> annotations) {
    create(externalId, "", annotations);
  }

  private void create(String externalId, String synced, Map<String, String> annotations) {
    Plan plan =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: planwright.dev/v1alpha1
                kind: Plan
                metadata: {name: team, namespace: shop, uid: uid-team, generation: 1}
                spec: {displayName: Team, pricing: Free}
                """,
                Plan.class);
    plan.getMetadata().setAnnotations(annotations);
    Memory memory =
        Memory.EMPTY.withBinding(
            new Memory.Binding(
                "", externalId.isEmpty() ? "" : "org_1", externalId, synced, Handles.NONE));
    plan.setStatus(MemoryCodec.write(PlanStatusBuilder.from(plan.getStatus()), memory).build());
    Plan created = bench.client.resource(plan).create();
    created.setStatus(plan.getStatus());
    bench.client.resource(created).updateStatus();
  }
}
