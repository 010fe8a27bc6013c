package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPlan.Lifecycle;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Policies.Deletion;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of a plan, against the reference server. */
class HttpConversationTest {
  private static final ExistingSubscribers KEEP = ExistingSubscribers.KEEP;
  private static final ExistingSubscribers MIGRATE = ExistingSubscribers.MIGRATE;

  private final SandboxAccount account = new SandboxAccount();
  private final CatalogPlan team =
      Samples.team(
          Samples.flat("team-monthly", "49.00"),
          Samples.perUnit("team-calls", "api-calls", "0.002"));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void thePlanIsCreatedWithAllItsPricesInOneCall() {
    List<Step> steps = account.round(team, KEEP);

    assertThat(steps).hasSize(1);
    assertThat(steps.getFirst().kind()).isEqualTo(Step.Kind.KEYED_CREATE);
    assertThat(account.calls)
        .containsExactly(
            "GET /plans/team",
            "GET /metrics?limit=100",
            "PUT /plans/team?existingSubscribers=keep");
    assertThat(account.plan(team, KEEP)).isEmpty();
  }

  @Test
  void anExistingPlanIsFoundWithOneCall() {
    account.round(team, KEEP);
    account.calls.clear();

    assertThat(account.find(team)).isInstanceOf(Observation.Found.class);
    assertThat(account.calls).containsExactly("GET /plans/team");
  }

  @Test
  void aSecondCreateOfTheSameKeyIsALostRaceAndMakesNoSecondPlan() {
    Step create = account.plan(team, KEEP).getFirst();
    account.execute(create);

    ApiResponse second = account.send(create.request().apply(new Step.Sending(Handles.NONE, "")));

    assertThat(account.provider.refusal(create, second).reason()).isEqualTo(Reason.RETRYING);
    assertThat(account.sandbox.counts().plans()).isEqualTo(1);
  }

  @Test
  void anAnswerBringsTheIdsOfPlanAndPrices() {
    Handles handles = account.execute(account.plan(team, KEEP).getFirst());

    RemoteView view = account.provider.view(world(team)).orElseThrow();
    assertThat(handles).isEqualTo(view.handles());
    assertThat(handles.require(Handles.PLAN)).isEqualTo(view.externalId());
    assertThat(view.priceIds()).containsOnlyKeys("team-monthly", "team-calls");
    assertThat(view.version()).contains("1");
  }

  @Test
  void anAmountThatChangesIsOneWriteNamedByItsField() {
    account.round(team, KEEP);
    CatalogPlan dearer = Samples.team(Samples.flat("team-monthly", "59"), team.prices().getFirst());

    Step step = account.plan(dearer, KEEP).getFirst();

    assertThat(step.kind()).isEqualTo(Step.Kind.WRITE);
    assertThat(step.title()).isEqualTo("change plan team: price team-monthly");
    assertThat(step.changes())
        .containsExactly(new FieldChange("prices.team-monthly.amount", "49", "59"));
    assertThat(step.affects()).isEqualTo(Affects.NEW_SUBSCRIBERS);
    assertThat(step.removes()).isFalse();
    account.execute(step);
    assertThat(account.plan(dearer, KEEP)).isEmpty();
  }

  @Test
  void whoHasBoughtStaysUnderKeepAndMovesUnderMigrate() {
    account.round(team, KEEP);
    account.subscribe("team", 3);
    CatalogPlan dearer = Samples.team(Samples.flat("team-monthly", "59"));
    account.round(dearer, KEEP);
    assertThat(account.stored("team").path("subscribersByVersion").toString())
        .isEqualTo("[{\"version\":1,\"subscribers\":3}]");

    CatalogPlan dearest = Samples.team(Samples.flat("team-monthly", "69"));
    Step step = account.plan(dearest, MIGRATE).getFirst();
    assertThat(step.affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS);
    account.execute(step);

    assertThat(account.stored("team").path("subscribersByVersion").toString())
        .isEqualTo("[{\"version\":3,\"subscribers\":3}]");
  }

  @Test
  void aMereTextMovesNobodyEvenUnderMigrate() {
    account.round(team, KEEP);
    account.subscribe("team", 3);
    account.round(Samples.team(Samples.flat("team-monthly", "59")), KEEP);
    CatalogPlan renamed =
        Samples.plan(
            "Team!",
            "",
            CatalogPlan.Type.PLAN,
            Lifecycle.ACTIVE,
            List.of(),
            Samples.flat("team-monthly", "59"));

    Step step = account.plan(renamed, MIGRATE).getFirst();
    account.execute(step);

    assertThat(step.affects()).isEqualTo(Affects.NOBODY);
    assertThat(account.writes().getLast()).endsWith("existingSubscribers=keep");
    assertThat(account.stored("team").path("subscribersByVersion").path(0).path("version").asInt())
        .isEqualTo(1);
  }

  @Test
  void aRenamedPriceKeepsItsIdAndTouchesNobody() {
    account.round(team, KEEP);
    String id = view(team).priceIds().getOrDefault("team-monthly", "");
    CatalogPlan renamed =
        Samples.team(
            Samples.flat("team-per-month", "49"),
            Samples.perUnit("team-calls", "api-calls", "0.002"));

    Step step = account.plan(renamed, MIGRATE).getFirst();

    assertThat(step.changes())
        .containsExactly(
            new FieldChange("prices.team-per-month.name", "team-monthly", "team-per-month"));
    assertThat(step.affects()).isEqualTo(Affects.NOBODY);
    assertThat(step.removes()).isFalse();
    account.execute(step);
    assertThat(view(renamed).priceIds()).containsEntry("team-per-month", id);
    assertThat(account.plan(renamed, KEEP)).isEmpty();
  }

  @Test
  void aPriceThatVanishesAndAnotherThatAppearsAreNoRename() {
    account.round(team, KEEP);
    CatalogPlan other = Samples.team(Samples.flat("team-per-month", "50"));

    Step step = account.plan(other, KEEP).getFirst();

    assertThat(step.removes()).isTrue();
    assertThat(step.changes())
        .extracting(FieldChange::field)
        .containsExactly("prices.team-per-month", "prices.team-calls", "prices.team-monthly");
    account.execute(step);
    assertThat(account.plan(other, KEEP)).isEmpty();
  }

  @Test
  void aPriceTiedToAnIdIsThatPriceUnderItsNewName() {
    account.round(team, KEEP);
    String id = view(team).priceIds().getOrDefault("team-monthly", "");
    CatalogPlan tied =
        Samples.team(
            Samples.withExternalId(Samples.flat("team-basic", "55"), id), team.prices().getFirst());

    account.round(tied, KEEP);

    assertThat(view(tied).priceIds()).containsEntry("team-basic", id).hasSize(2);
    assertThat(account.provider.conflicts(tied, world(tied))).isEmpty();
    CatalogPlan wrong =
        Samples.team(Samples.withExternalId(Samples.flat("team-basic", "55"), "price_none"));
    assertThat(account.provider.conflicts(wrong, world(wrong)))
        .extracting(v -> v.field() + " " + v.value())
        .containsExactly("spec.externalId price_none");
  }

  @Test
  void anExtraPriceOnOurOwnPlanIsDriftAndErasesNothing() {
    account.round(team, KEEP);
    account.edit(
        "team",
        "{\"prices\": {\"extra\": {\"currency\": \"EUR\", \"recurring\": {\"interval\":"
            + " \"Month\"}, \"flat\": {\"amount\": \"1\"}}}}");

    Step step = account.plan(team, KEEP).getFirst();

    assertThat(step.erases()).isEmpty();
    assertThat(step.removes()).isTrue();
    account.execute(step);
    assertThat(account.plan(team, KEEP)).isEmpty();
  }

  @Test
  void anArchivedPlanIsToldFromOneThatIsWantedArchived() {
    account.round(team, KEEP);
    CatalogPlan archived = archived(team);

    Step step = account.plan(archived, KEEP).getFirst();

    assertThat(step.kind()).isEqualTo(Step.Kind.ARCHIVE);
    assertThat(step.removes()).isTrue();
    account.execute(step);
    assertThat(account.writes().getLast())
        .isEqualTo("POST /plans/team/archive?owner=" + SandboxAccount.OWNER);
    assertThat(account.find(archived)).isInstanceOf(Observation.Found.class);
    assertThat(account.plan(archived, KEEP)).isEmpty();
    assertThat(account.find(team)).isInstanceOf(Observation.Archived.class);
    assertThat(account.round(team, KEEP).getFirst().changes())
        .containsExactly(new FieldChange("lifecycle", "Archived", "Active"));
    assertThat(account.find(team)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void archivingTogetherWithAnotherEditIsOneCallThatTakesOffSale() {
    account.round(team, KEEP);
    CatalogPlan archived = archived(Samples.team(Samples.flat("team-monthly", "59")));

    List<Step> steps = account.round(archived, KEEP);

    assertThat(steps).extracting(Step::kind).containsExactly(Step.Kind.ARCHIVE);
    assertThat(account.plan(archived, KEEP)).isEmpty();
  }

  @Test
  void aDeletionArchivesOrDeletesAndIsDoneWhenNothingIsThere() {
    account.round(team, KEEP);
    Step archive = removal(Deletion.ARCHIVE).getFirst();
    account.execute(archive);
    assertThat(removal(Deletion.ARCHIVE)).isEmpty();

    Step delete = removal(Deletion.DELETE).getFirst();
    account.execute(delete);
    account.execute(delete);
    assertThat(removal(Deletion.DELETE)).isEmpty();
    assertThat(account.sandbox.counts().plans()).isZero();
  }

  @Test
  void aDeletionOfAPlanThatSomebodyHasIsRefusedWithTheCount() {
    account.round(team, KEEP);
    account.subscribe("team", 3);
    assertThat(account.provider.subscribers(world(team))).isEqualTo(new Subscribers.Known(3));
    Step delete = removal(Deletion.DELETE).getFirst();

    ApiResponse answer = account.send(delete.request().apply(new Step.Sending(Handles.NONE, "")));

    assertThat(account.provider.refusal(delete, answer))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
              assertThat(refusal.message()).contains("subscribers: 3", "request req-");
            });
    assertThat(account.sandbox.counts().plans()).isEqualTo(1);
  }

  @Test
  void subscribersThatTheServerHidesAreUnreadableNotZero() {
    account.round(team, KEEP);
    account.faults("{\"hideSubscribers\": true}");

    assertThat(account.provider.subscribers(world(team)))
        .isInstanceOf(Subscribers.Unreadable.class);
  }

  @Test
  void aParentPlanThatIsMissingIsADependency() {
    CatalogPlan child = withParent(team, "nowhere");
    Step create = account.plan(child, KEEP).getFirst();

    ApiResponse answer = account.send(create.request().apply(new Step.Sending(Handles.NONE, "")));

    assertThat(account.provider.refusal(create, answer).reason())
        .isEqualTo(Reason.DEPENDENCY_MISSING);
    assertThat(account.provider.refusal(create, answer).message()).contains("parentPlan");
  }

  @Test
  void aPlanNeverChangesItsType() {
    account.round(team, KEEP);
    CatalogPlan addOn =
        Samples.plan(
            "Team",
            "",
            CatalogPlan.Type.ADD_ON,
            Lifecycle.ACTIVE,
            List.<Entitlement>of(),
            Samples.flat("team-monthly", "49"));

    assertThat(account.provider.conflicts(addOn, world(addOn)))
        .extracting(violation -> violation.field())
        .containsExactly("spec.type");
  }

  @Test
  void aPlanThatWasNeverSoldCanBeMadeArchived() {
    CatalogPlan archived = archived(team);

    Step step = account.round(archived, KEEP).getFirst();

    assertThat(step.affects()).isEqualTo(Affects.NOBODY);
    assertThat(account.plan(archived, KEEP)).isEmpty();
  }

  private HttpWorld world(CatalogPlan plan) {
    return account.find(plan).worldIfAny().orElseThrow();
  }

  private RemoteView view(CatalogPlan plan) {
    return account.provider.view(world(plan)).orElseThrow();
  }

  private List<Step> removal(Deletion policy) {
    Observation<HttpWorld> found =
        account.provider.find(
            SandboxAccount.sought(team.identity(), Optional.empty(), Optional.empty()));
    Removal removal = account.provider.removal(policy, found.worldIfAny().orElseThrow());
    return ((Removal.Steps) removal).steps();
  }

  private static CatalogPlan archived(CatalogPlan plan) {
    return Samples.copy(plan, plan.identity(), Lifecycle.ARCHIVED, plan.parentPlan());
  }

  private static CatalogPlan withParent(CatalogPlan plan, String parent) {
    return Samples.copy(plan, plan.identity(), plan.lifecycle(), Optional.of(parent));
  }
}
