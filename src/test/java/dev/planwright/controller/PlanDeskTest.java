package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.cli.quickstart.StrictCluster;
import dev.planwright.sync.Memory;
import dev.planwright.sync.StatusStore.StaleException;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One run's writes against a server that refuses stale ones. */
class PlanDeskTest {
  private static final Memory JOURNAL =
      Memory.EMPTY.withJournal(
          new Memory.Journal(
              List.of(new Intent("plan", Instant.EPOCH, "key-1", "hash-1")), Optional.empty()));

  private final ManualClock clock = new ManualClock();
  private final StrictCluster cluster = new StrictCluster(clock);

  /** What the desk's client sends, and what somebody else does right before a write of it. */
  private final List<String> writes = new ArrayList<>();

  private Runnable beforeWrite = () -> {};
  private final KubernetesClient client = cluster.client(this::onCall);
  private final LastWritten<Plan> lastWritten = new LastWritten<>();

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  private void onCall(String call) {
    if (call.startsWith("PUT ")) {
      writes.add(call);
      beforeWrite.run();
    }
  }

  @Test
  void theJournalIsInTheStatusBeforeAnythingIsSent() throws StaleException {
    PlanDesk desk = desk(create());

    desk.write(JOURNAL);

    assertThat(MemoryCodec.read(live().getStatus())).isEqualTo(JOURNAL);
    assertThat(condition(ConditionType.RECONCILING).holds()).as("in the same write").isTrue();
    assertThat(writes).hasSize(1);
  }

  @Test
  void aJournalFromAStaleReadIsRefusedAndNothingIsWritten() {
    Plan stale = create();
    annotate("a");

    assertThatThrownBy(() -> desk(stale).write(JOURNAL))
        .isInstanceOf(StaleException.class)
        .hasMessage("Plan shop/team changed since it was read");
    assertThat(writes).as("not tried again").hasSize(1);
    assertThat(live().getStatus().remote()).isNull();
  }

  @Test
  void anyOtherRefusalIsToldAsItIsAndNotAsAStaleRead() {
    PlanDesk desk = desk(create());
    team().delete();

    assertThatThrownBy(() -> desk.write(JOURNAL)).satisfies(PlanDeskTest::isNotFound);
    assertThatThrownBy(desk::sayProgressing).satisfies(PlanDeskTest::isNotFound);
  }

  private static void isNotFound(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  @Test
  void aSecondWriteGoesOntoTheFirst() throws StaleException {
    PlanDesk desk = desk(create());
    desk.write(JOURNAL);

    desk.write(Memory.EMPTY.withBinding(bound("plan_1")));

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NEWS);
    assertThat(live().getStatus().externalId()).isEqualTo("plan_1");
    assertThat(writes).as("each with the version that the last one left").hasSize(3);
  }

  @Test
  void whatTheServerAnsweredIsWhatTheNextRunReads() throws StaleException {
    Plan plan = create();

    desk(plan).write(JOURNAL);

    assertThat(lastWritten.newest(plan).getMetadata().getResourceVersion())
        .isEqualTo(live().getMetadata().getResourceVersion())
        .isNotEqualTo(plan.getMetadata().getResourceVersion());
  }

  @Test
  void anEqualStatusIsNotWritten() {
    Plan plan = create();

    assertThat(desk(plan).finish(plan.getStatus())).isEqualTo(PlanDesk.Written.NOTHING);
    assertThat(writes).isEmpty();
  }

  @Test
  void anAnnotationMadeMeanwhileCostsUsNoIds() {
    PlanDesk desk = desk(create());
    annotate("somebody's");

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NEWS);

    assertThat(live().getStatus().externalId()).isEqualTo("plan_1");
    assertThat(live().getMetadata().getAnnotations()).containsEntry("note", "somebody's");
    assertThat(writes).hasSize(2);
  }

  @Test
  void anEditMadeMeanwhileIsKept() {
    PlanDesk desk = desk(create());
    Plan edited = live();
    edited.setSpec(Manifested.plan("team", 2, "{displayName: Team XL}").getSpec());
    cluster.client().resource(edited).update();

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NEWS);
    assertThat(live().getSpec().displayName()).isEqualTo("Team XL");
    assertThat(live().getStatus().externalId()).isEqualTo("plan_1");
  }

  @Test
  void theMemoryOfAnotherRunIsNotWrittenOver() {
    PlanDesk desk = desk(create());
    Plan other = live();
    other.setStatus(status(other, bound("plan_9")));
    cluster.client().resource(other).updateStatus();

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.OUTDATED);
    assertThat(live().getStatus().externalId()).isEqualTo("plan_9");
  }

  @Test
  void aPlanThatIsGoneIsNotWritten() {
    PlanDesk desk = desk(create());
    team().delete();

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NOTHING);
    assertThat(live()).isNull();
  }

  @Test
  void aNewPlanOfThatNameIsLeftAlone() {
    PlanDesk desk = desk(create());
    team().delete();
    create();

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NOTHING);
    assertThat(live().getStatus().externalId()).isNull();
  }

  @Test
  void whoAnnotatesWithoutAnEndIsAnErrorAfterFiveTries() {
    PlanDesk desk = desk(create());
    beforeWrite = () -> annotate("write " + writes.size());

    assertThatThrownBy(() -> desk.finish(done("plan_1")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
    assertThat(writes).hasSize(5);
  }

  @Test
  void theFifthTryMaySucceed() {
    PlanDesk desk = desk(create());
    beforeWrite =
        () -> {
          if (writes.size() < 5) {
            annotate("write " + writes.size());
          }
        };

    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NEWS);
    assertThat(live().getStatus().externalId()).isEqualTo("plan_1");
  }

  @Test
  void workThatTakesLongerIsSaidOfAReadyPlanOnly() {
    Plan ready = create();
    ready.setStatus(
        PlanStatusBuilder.from(done("plan_1"))
            .conditions(Conditions.ready(List.of(), 1, clock.instant()))
            .build());
    PlanDesk desk = desk(cluster.client().resource(ready).updateStatus());

    desk.sayProgressing();
    desk.sayProgressing();

    assertThat(condition(ConditionType.READY).reason()).isEqualTo("Progressing");
    assertThat(live().getStatus().externalId()).as("nothing else is lost").isEqualTo("plan_1");
    assertThat(writes).as("said once").hasSize(1);
  }

  @Test
  void afterTheResultNoWorkIsSaidToGoOn() {
    PlanDesk desk = desk(create());
    desk.finish(done("plan_1"));

    desk.sayProgressing();

    assertThat(writes).hasSize(1);
    assertThat(live().getStatus().conditions()).isEmpty();
  }

  @Test
  void thatWorkGoesOnIsNotWorthASecondTry() {
    PlanDesk desk = desk(create());
    annotate("a");

    desk.sayProgressing();

    assertThat(writes).hasSize(1);
    assertThat(desk.finish(done("plan_1"))).isEqualTo(PlanDesk.Written.NEWS);
  }

  @Test
  void theCoreAsksThroughTheDesk() {
    PlanDesk desk = desk(create());
    assertThat(desk.holdCreates()).isEmpty();
    assertThat(desk.yieldsTo("shop/other")).isFalse();

    desk.holdCreates(Optional.of(Instant.EPOCH));
    desk.rivals("shop/other"::equals);

    assertThat(desk.holdCreates()).contains(Instant.EPOCH);
    assertThat(desk.yieldsTo("shop/other")).isTrue();
    assertThat(desk.yieldsTo("shop/third")).isFalse();
  }

  @Test
  void beforeSomethingIsTakenAwayTheServerIsAskedAndNoCache() {
    PlanDesk desk = desk(create());
    assertThat(desk.whyNotRemove()).contains("namespace shop is being deleted");
    cluster
        .client()
        .resource(new NamespaceBuilder().withNewMetadata().withName("shop").endMetadata().build())
        .create();
    assertThat(desk.whyNotRemove()).isEmpty();

    team().delete();

    assertThat(desk.whyNotRemove()).contains("Plan shop/team is gone");
  }

  private PlanDesk desk(Plan plan) {
    return new PlanDesk(client, new LiveLook(client), lastWritten, clock, plan, List.of());
  }

  private Plan create() {
    Plan plan = Manifested.plan("team", 1, "{displayName: Team}");
    plan.getMetadata().setUid(null);
    return cluster.client().resource(plan).create();
  }

  private void annotate(String note) {
    team()
        .edit(
            plan -> {
              plan.getMetadata().getAnnotations().put("note", note);
              return plan;
            });
  }

  private Resource<Plan> team() {
    return cluster.client().resources(Plan.class).inNamespace("shop").withName("team");
  }

  private Plan live() {
    return team().get();
  }

  private Condition condition(String type) {
    return Conditions.find(live().getStatus().conditions(), type).orElseThrow();
  }

  private static PlanStatus done(String externalId) {
    return PlanStatusBuilder.from(PlanStatus.EMPTY).externalId(externalId).build();
  }

  private static PlanStatus status(Plan plan, Memory.Binding binding) {
    return MemoryCodec.write(
            PlanStatusBuilder.from(plan.getStatus()), Memory.EMPTY.withBinding(binding))
        .build();
  }

  private static Memory.Binding bound(String externalId) {
    return new Memory.Binding("http/1", "org_1", externalId, "hash-1", Handles.NONE);
  }
}
