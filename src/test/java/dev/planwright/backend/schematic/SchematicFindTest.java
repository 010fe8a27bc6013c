package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Bench.adopting;
import static dev.planwright.backend.schematic.Bench.message;
import static dev.planwright.backend.schematic.Bench.reason;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.schematic.Question;
import dev.planwright.emulator.schematic.SchematicControls.AuditTrouble;
import dev.planwright.emulator.schematic.SchematicControls.ListTrouble;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which plan is ours, where nothing but an id tells. */
class SchematicFindTest {
  private final Bench bench = new Bench();

  @Test
  void aPlanOfTheSameNameThatNobodyHoldsIsInTheWayAndNamed() {
    String there = bench.controls().addPlan(bench.environment, "Team", "plan");

    Outcome outcome = bench.run(team().plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(message(outcome)).contains(there, "planwright.dev/external-id", "spec.externalId");
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void theAnnotationAloneResolvesThat() {
    String there = bench.controls().addPlan(bench.environment, "Team", "plan");
    bench.memory = Memory.EMPTY.bound(there);

    assertThat(bench.sync(team().plan())).isEqualTo(there);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @Test
  void aPlanOfTheSameNameThatAnotherPlanHoldsIsItsOwn() {
    String other = bench.controls().addPlan(bench.environment, "Team", "plan");
    bench.claimed = other::equals;

    assertThat(bench.sync(team().plan())).isNotEqualTo(other);
  }

  @Test
  void severalPlansOfTheNameAreAmbiguous() {
    bench.controls().addPlan(bench.environment, "Team", "plan");
    bench.controls().addPlan(bench.environment, "Team", "plan");

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.AMBIGUOUS_REMOTE);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aLongerNameAndACustomPlanAreNotInTheWay() {
    bench.controls().addPlan(bench.environment, "Team XL", "plan");
    bench.controls().addCustomPlan(bench.environment, "Team", "comp_1");

    bench.sync(team().plan());

    assertThat(bench.controls().counts().plans()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Question.AuditBodies.class)
  void aLostCreateIsFoundInTheAuditLog(Question.AuditBodies bodies) {
    bench.controls().assume(bodies);
    bench.losing = Optional.of("POST");
    assertThat(bench.run(team().plan(), Bench.KEEP).outcome())
        .isInstanceOf(Outcome.Unfinished.class);

    bench.sync(team().plan());

    assertThat(bench.controls().counts().plans()).isEqualTo(1);
    assertThat(bench.writes()).filteredOn("POST /plans"::equals).hasSize(1);
  }

  /** Another operator makes a plan of the same name at the same time, with a key of its own. */
  @ParameterizedTest
  @EnumSource(Question.AuditBodies.class)
  void whatAnotherKeyMadeIsNotTakenForALostCreate(Question.AuditBodies bodies) {
    bench.controls().assume(bodies);
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);
    String ours = bench.controls().plansNamed("Team").getFirst();
    Bench other = new Bench(bench, bench.environment, Bench.block());
    other.byHand(
        "POST", "/plans", "{\"name\":\"Team\",\"description\":\"\",\"plan_type\":\"plan\"}");

    assertThat(bench.sync(team().plan())).isEqualTo(ours);
    assertThat(bench.controls().plansNamed("Team")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = AuditTrouble.class,
      names = {"EMPTY", "FORBIDDEN"})
  void withoutTheAuditLogALostCreateIsFoundByItsName(AuditTrouble trouble) {
    bench.controls().troubleAuditLog(trouble);
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);

    bench.sync(team().plan());

    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @Test
  void aLostCreateIsFoundByTheNameItWasSentWithThoughTheManifestHasAnother() {
    bench.controls().troubleAuditLog(AuditTrouble.EMPTY);
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);
    Samples renamed = team();
    renamed.displayName = "Team XL";

    bench.sync(renamed.plan());

    assertThat(bench.controls().plansNamed("Team XL")).hasSize(1);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @Test
  void aPlanOfTheNameThatIsOlderThanTheLostCreateIsNotTakenForIt() {
    bench.controls().troubleAuditLog(AuditTrouble.EMPTY);
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);
    bench.controls().deletePlan(bench.controls().plansNamed("Team").getFirst());
    bench.timePasses(Duration.ofMinutes(-10));
    bench.controls().addPlan(bench.environment, "Team", "plan");
    bench.timePasses(Duration.ofMinutes(10));

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.PROGRESSING);
    bench.timePasses(Duration.ofMinutes(2));

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
  }

  @Test
  void twoPlansThatALostCreateCouldHaveMadeAreAmbiguous() {
    bench.controls().troubleAuditLog(AuditTrouble.EMPTY);
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);
    bench.controls().addPlan(bench.environment, "Team", "plan");

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.AMBIGUOUS_REMOTE);
  }

  /** A draft of a price and nothing else, which could be sent twice were it not published then. */
  @Test
  void aWriteThatMayStillLandIsWaitedForSinceItWouldOpenAnotherDraftOfAPublishedPlan() {
    bench.delaying = Optional.of("PUT");
    assertThat(bench.run(team().plan(), Bench.KEEP).outcome())
        .isInstanceOf(Outcome.Unfinished.class);
    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.PROGRESSING);
    bench.timePasses(Duration.ofSeconds(80));
    bench.lands();

    bench.sync(team().plan());

    assertThat(bench.writes()).filteredOn(it -> it.startsWith("PUT /plan-bundles")).hasSize(1);
    assertThat(bench.controls().counts().versions()).isEqualTo(1);
  }

  @Test
  void aDeletionFindsALostCreateByTheNameInTheJournal() {
    bench.controls().troubleAuditLog(AuditTrouble.EMPTY);
    bench.losing = Optional.of("POST");
    bench.run(team().plan(), Bench.KEEP);

    bench.remove(team().plan(), Policies.Deletion.DELETE);
    assertThat(bench.controls().counts().plans()).isZero();
    bench.timePasses(Duration.ofMinutes(2)); // until nothing of ours can land any more
    assertThat(bench.remove(team().plan(), Policies.Deletion.DELETE)).isEqualTo(new Outcome.Done());
  }

  @Test
  void adoptionByIdNeedsThePolicyAndEqualityUnderIfEqual() {
    String there = new Seller(bench).sell(team().plan());
    Samples taking = team();
    taking.externalId = Optional.of(there);

    assertThat(reason(bench.run(taking.plan(), adopting(Policies.Adoption.NEVER)).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
    Samples dearer = team();
    dearer.externalId = Optional.of(there);
    dearer.prices.set(0, flat("team-monthly", "59.00"));
    assertThat(reason(bench.run(dearer.plan(), adopting(Policies.Adoption.IF_EQUAL)).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(bench.sync(taking.plan(), adopting(Policies.Adoption.IF_EQUAL))).isEqualTo(there);
    assertThat(bench.writes()).isEmpty();
    assertThat(bench.sync(dearer.plan(), adopting(Policies.Adoption.ALWAYS))).isEqualTo(there);
  }

  @Test
  void whatAnotherSystemOrACompanyHoldsIsNeverTaken() {
    String stripes = new Seller(bench).sell(team().plan());
    bench.controls().controlPlan(stripes, "stripe");
    String custom = bench.controls().addCustomPlan(bench.environment, "Special", "comp_1");

    for (String id : List.of(stripes, custom)) {
      Samples taking = team();
      taking.externalId = Optional.of(id);
      Outcome outcome = bench.run(taking.plan(), adopting(Policies.Adoption.ALWAYS)).outcome();
      assertThat(reason(outcome)).isEqualTo(Reason.OWNERSHIP_CONFLICT);
      assertThat(message(outcome)).contains(id);
    }
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void anIdThatAnotherPlanHoldsIsRefused() {
    String there = new Seller(bench).sell(team().plan());
    bench.claimed = there::equals;
    bench.memory = Memory.EMPTY.bound(there);

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
  }

  @Test
  void aDraftOfSomebodyElseIsLeftAloneAndStopsWritesOnly() {
    String plan = bench.sync(team().plan());
    bench.controls().openDraft(plan, bench.environment, "Being thought about");
    CatalogPlan same = team().plan();
    assertThat(bench.run(same, Bench.KEEP).outcome()).isEqualTo(new Outcome.Done());

    Samples dearer = team();
    dearer.prices.set(0, flat("team-monthly", "59.00"));
    int before = bench.writes().size();
    assertThat(reason(bench.run(dearer.plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.DRAFT_IN_USE);
    assertThat(bench.writes()).hasSize(before);
  }

  @Test
  void theEnvironmentsOfAnAccountShareItsPlansSoTheirNamesMustDiffer() {
    bench.sync(team().plan());
    String staging = bench.controls().addEnvironment("staging");
    Bench second = new Bench(bench, staging, Bench.block());

    Outcome outcome = second.run(team().plan(), Bench.KEEP).outcome();
    assertThat(reason(outcome)).isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(message(outcome)).contains(bench.id());

    Bench suffixed = new Bench(bench, staging, Bench.block().put("nameSuffix", " (staging)"));
    suffixed.sync(team().plan());
    assertThat(bench.controls().plansNamed("Team (staging)")).hasSize(1);
    assertThat(bench.controls().plansNamed("Team")).containsExactly(bench.id());
  }

  @ParameterizedTest
  @EnumSource(
      value = ListTrouble.class,
      names = {"SHORT", "EMPTY", "REPEATING"})
  void aBadListIsNeverAbsence(ListTrouble trouble) {
    for (int i = 0; i < 260; i++) {
      bench.controls().addPlan(bench.environment, "Team", "plan");
    }
    bench.controls().troubleLists("/plans", trouble);

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.BACKEND_UNAVAILABLE);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aBadListOfEntitlementsIsNeverTheirAbsence() {
    CatalogPlan plan = team().granting(Samples.enabled("sso")).plan();
    bench.sync(plan);
    int before = bench.writes().size();
    bench.controls().troubleLists("/plan-entitlements", ListTrouble.EMPTY);

    assertThat(reason(bench.run(plan, Bench.KEEP).outcome())).isEqualTo(Reason.BACKEND_UNAVAILABLE);
    assertThat(bench.writes()).hasSize(before);
  }

  @Test
  void aFeatureThatTheAccountLacksIsNamed() {
    Outcome outcome =
        bench.run(team().granting(Samples.enabled("audit")).plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.DEPENDENCY_MISSING);
    assertThat(message(outcome)).contains("audit");
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aPlanThatIsGoneIsReportedAndNotMadeAgainUnasked() {
    bench.sync(team().plan());
    bench.controls().deletePlan(bench.id());

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.REMOTE_MISSING);
    assertThat(bench.run(team().plan(), Bench.reverting()).outcome()).isEqualTo(new Outcome.Done());
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  /** How an id comes to be known that was never confirmed, or not since the last write. */
  enum Unconfirmed {
    CREATED {
      @Override
      void bringAbout(Bench bench) {
        bench.losing = Optional.of("PUT");
        bench.run(team().plan(), Bench.KEEP);
      }
    },
    FOUND_AGAIN {
      @Override
      void bringAbout(Bench bench) {
        bench.losing = Optional.of("POST");
        bench.run(team().plan(), Bench.KEEP);
        bench.losing = Optional.of("PUT");
        bench.run(team().plan(), Bench.KEEP);
      }
    },
    CHANGED {
      @Override
      void bringAbout(Bench bench) {
        bench.sync(team().plan());
        Samples dearer = team();
        dearer.prices.set(0, flat("team-monthly", "59.00"));
        bench.losing = Optional.of("PUT");
        bench.run(dearer.plan(), Bench.KEEP);
      }
    },
    ANNOTATED {
      @Override
      void bringAbout(Bench bench) {
        bench.sync(team().plan());
        bench.memory = Memory.EMPTY.bound(bench.id());
      }
    };

    abstract void bringAbout(Bench bench);
  }

  @ParameterizedTest
  @EnumSource(Unconfirmed.class)
  void anIdThatWasNotConfirmedAndIsGoneIsSaidWithTheLineThatMakesThePlanAnew(Unconfirmed how) {
    how.bringAbout(bench);
    String gone = bench.id();
    assertThat(gone).isNotEmpty();
    bench.controls().deletePlan(gone);
    Samples wanted = team();
    wanted.prices.set(0, flat("team-monthly", "59.00"));

    assertThat(reason(bench.run(wanted.plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.PROGRESSING);
    bench.timePasses(Duration.ofMinutes(2));
    var missing = bench.run(wanted.plan(), Bench.KEEP);

    assertThat(reason(missing.outcome())).isEqualTo(Reason.REMOTE_MISSING);
    assertThat(message(missing.outcome()))
        .contains(
            gone,
            "kubectl annotate bplan team -n shop --overwrite planwright.dev/approve="
                + missing.pendingHash(),
            "planwright.dev/external-id=<that id>");
    assertThat(bench.controls().counts().plans()).isZero();
    bench.approval = missing.pendingHash();
    bench.run(wanted.plan(), Bench.KEEP);
    bench.timePasses(Duration.ofSeconds(5)); // what was sent to the old one is looked for once more
    assertThat(bench.sync(wanted.plan())).isNotEqualTo(gone);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);

    bench.controls().deletePlan(bench.id());
    assertThat(reason(bench.run(wanted.plan(), Bench.KEEP).outcome()))
        .as("an approval works once")
        .isEqualTo(Reason.REMOTE_MISSING);
    assertThat(bench.controls().counts().plans()).isZero();
  }

  @Test
  void aPlanOfTheNameInThePlaceOfOneThatIsGoneIsNamedAndTakenOnceAPersonSaysSo() {
    bench.sync(team().plan());
    bench.controls().deletePlan(bench.id());
    String other = new Seller(bench).sell(team().plan());

    Outcome outcome = bench.run(team().plan(), Bench.reverting()).outcome();
    assertThat(reason(outcome)).isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(message(outcome)).contains("planwright.dev/external-id=" + other);

    bench.memory = bench.memory.rebound(other);
    assertThat(bench.sync(team().plan())).isEqualTo(other);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }
}
