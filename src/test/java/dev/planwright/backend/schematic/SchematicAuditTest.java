package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Bench.reason;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.schematic.Question;
import dev.planwright.emulator.schematic.SchematicControls.AuditTrouble;
import dev.planwright.emulator.schematic.SchematicControls.ListTrouble;
import dev.planwright.sync.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A create whose answer was lost, and an audit log in trouble. Mostly somebody renames the plan
 * meanwhile, so that nothing but the audit log can tell: no trouble of it may make a second plan.
 */
class SchematicAuditTest {
  private static final Map<AuditTrouble, Reason> TEMPORARY =
      Map.of(
          AuditTrouble.FAILING, Reason.BACKEND_UNAVAILABLE,
          AuditTrouble.LIMITED, Reason.RATE_LIMITED);

  private final Bench bench = new Bench();

  /** The plan that is there afterwards. */
  private String lost() {
    bench.losing = Optional.of("POST");
    assertThat(bench.run(team().plan(), Bench.KEEP).outcome())
        .isInstanceOf(Outcome.Unfinished.class);
    return bench.controls().plansNamed("Team").getFirst();
  }

  private String lostAndRenamed() {
    String plan = lost();
    bench.controls().editPlan(plan, "name", TextNode.valueOf("Renamed by hand"));
    return plan;
  }

  private Reason look() {
    return reason(bench.run(team().plan(), Bench.KEEP).outcome());
  }

  private void isTheOnlyPlan(String plan) {
    assertThat(bench.sync(team().plan())).isEqualTo(plan);
    thereIsOnePlan();
  }

  private void thereIsOnePlan() {
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = AuditTrouble.class,
      names = {"FAILING", "LIMITED"})
  void whileItFailsNothingIsMadeHoweverLongThatTakes(AuditTrouble trouble) {
    String plan = lostAndRenamed();
    bench.controls().troubleAuditLog(trouble);

    for (int i = 0; i < 5; i++) {
      assertThat(look()).isEqualTo(TEMPORARY.get(trouble));
      bench.timePasses(Duration.ofMinutes(5));
    }
    thereIsOnePlan();

    bench.controls().troubleAuditLog(AuditTrouble.NONE);
    isTheOnlyPlan(plan);
  }

  /** Whatever fails, the name that is there tells enough. */
  @ParameterizedTest
  @EnumSource(
      value = AuditTrouble.class,
      names = {"NONE", "EMPTY", "FORBIDDEN", "FAILING"})
  void thePlanIsFoundByItsNameWhateverTheAuditLogDoes(AuditTrouble trouble) {
    String plan = lost();
    bench.controls().troubleAuditLog(trouble);

    isTheOnlyPlan(plan);
  }

  @Test
  void whatFailedForAWhileAndThenIsForbiddenIsNoAbsenceBeforeTwoLooks() {
    lostAndRenamed();
    bench.controls().troubleAuditLog(AuditTrouble.FAILING);
    bench.timePasses(Duration.ofMinutes(3));
    assertThat(look()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
    bench.controls().troubleAuditLog(AuditTrouble.FORBIDDEN);

    assertThat(look()).as("the first complete look").isEqualTo(Reason.PROGRESSING);
    thereIsOnePlan();
  }

  @Test
  void anEntryThatComesLateIsWaitedFor() {
    bench.controls().delayAuditLog(Duration.ofSeconds(40));
    String plan = lostAndRenamed();

    assertThat(look()).isEqualTo(Reason.PROGRESSING);
    bench.timePasses(Duration.ofSeconds(30));
    assertThat(look()).isEqualTo(Reason.PROGRESSING);
    bench.timePasses(Duration.ofSeconds(11));

    isTheOnlyPlan(plan);
  }

  @ParameterizedTest
  @EnumSource(
      value = ListTrouble.class,
      names = {"SHORT", "EMPTY", "REPEATING"})
  void aListingThatIsCutShortIsNoAbsence(ListTrouble trouble) {
    String plan = lostAndRenamed();
    othersWrite(300);
    bench.controls().troubleLists("/audit-log", trouble);

    for (int i = 0; i < 3; i++) {
      assertThat(look()).isEqualTo(Reason.BACKEND_UNAVAILABLE);
      bench.timePasses(Duration.ofMinutes(2));
    }
    thereIsOnePlan();

    bench.controls().troubleLists("/audit-log", ListTrouble.NONE);
    isTheOnlyPlan(plan);
  }

  @ParameterizedTest
  @EnumSource(Question.Offset.class)
  void anEntryOnALaterPageIsFound(Question.Offset offset) {
    bench.controls().assume(offset);
    String plan = lostAndRenamed();
    othersWrite(300);

    isTheOnlyPlan(plan);
  }

  /** What came long after cannot be it, and is not read. */
  @Test
  void whatIsWrittenLongAfterwardsIsNotRead() {
    String plan = lostAndRenamed();
    bench.timePasses(Duration.ofHours(1));
    othersWrite(600);
    bench.run(team().plan(), Bench.KEEP);

    assertThat(bench.server.exchanges())
        .filteredOn(it -> it.target().startsWith("/audit-log?"))
        .hasSize(1);
    isTheOnlyPlan(plan);
  }

  @ParameterizedTest
  @CsvSource({"true, WHOLE", "false, WHOLE", "true, REDACTED"})
  void amongManyCreatesOfTheSameKeyTheOneIsFound(boolean held, Question.AuditBodies bodies) {
    bench.controls().assume(bodies);
    String plan = bodies == Question.AuditBodies.REDACTED ? lost() : lostAndRenamed();
    bench.claimed = id -> held && !id.equals(plan) && !id.equals(bench.id());
    for (int i = 0; i < 60; i++) {
      bench.timePasses(Duration.ofSeconds(1));
      bench.byHand(
          "POST",
          "/plans",
          "{\"name\":\"P%d\",\"description\":\"\",\"plan_type\":\"plan\"}".formatted(i));
    }
    bench.server.clearExchanges();

    assertThat(bench.sync(team().plan())).isEqualTo(plan);

    assertThat(bench.server.exchanges())
        .filteredOn(it -> it.target().startsWith("/audit-log/") && !it.target().contains("count"))
        .as("entries that were read one by one")
        .hasSizeLessThanOrEqualTo(held ? 1 : 50);
    assertThat(bench.controls().plansNamed("Team")).containsExactly(plan);
  }

  private void othersWrite(int times) {
    String other = bench.controls().addPlan(bench.environment, "Another", "plan");
    bench.claimed = other::equals;
    for (int i = 0; i < times; i++) {
      bench.byHand(
          "PUT", "/plans/" + other, "{\"name\":\"Another %d\",\"description\":\"\"}".formatted(i));
    }
    bench.controls().deletePlan(other);
    assertThat(bench.controls().plans(bench.environment)).hasSize(1);
    bench.server.clearExchanges();
  }
}
