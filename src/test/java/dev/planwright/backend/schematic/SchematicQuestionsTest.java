package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Bench.message;
import static dev.planwright.backend.schematic.Bench.reason;
import static dev.planwright.backend.schematic.Samples.enabled;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.limit;
import static dev.planwright.backend.schematic.Samples.metered;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.Question;
import dev.planwright.sync.Outcome;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the vendor's documentation leaves open, answered in every way: the plan is there as the
 * manifest says, or a named refusal says what stands in the way; nobody who subscribes is touched;
 * nothing is there twice.
 */
class SchematicQuestionsTest {
  static Stream<Question> answers() {
    return Arrays.stream(Question.class.getPermittedSubclasses())
        .flatMap(it -> Arrays.stream(it.getEnumConstants()))
        .map(Question.class::cast);
  }

  /** All but those of which the setting says that a person has seen that they are not so. */
  static Stream<Question> answersUnderWhichEditsOpenDrafts() {
    return answers().filter(it -> !it.toString().equals("IN_PLACE"));
  }

  private static Samples before() {
    return team()
        .with(
            flat("team-euro", "45.00", "EUR", Samples.MONTH),
            metered("calls", "calls", "0.002"),
            Samples.price(
                "calls-euro",
                Samples.perUnit("calls", "0.0019", PriceModel.UsageType.METERED),
                "EUR",
                Samples.MONTH))
        .granting(enabled("sso"), limit("projects", "10"));
  }

  private static Samples after() {
    Samples sample = before();
    sample.displayName = "Teams";
    sample.prices.set(0, flat("team-monthly", "59.00"));
    sample.prices.set(2, metered("calls", "calls", "0.003"));
    sample.entitlements = List.of(limit("projects", "20"));
    return sample;
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aPlanIsMadeAndEditedWhateverTheAnswer(Question answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);

    bench.sync(before().plan());
    sells(bench, "4900", "4500", "0.2");
    bench.sync(after().plan());

    sells(bench, "5900", "4500", "0.3");
    assertThat(bench.remote().path("name").asText()).isEqualTo("Teams");
    assertThat(bench.controls().grantedBy(bench.activeVersion()))
        .containsOnlyKeys(bench.featureId("calls"), bench.featureId("projects"));
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
    assertThat(bench.remote().has("draft_version")).as("a draft is left").isFalse();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void underKeepNobodyWhoSubscribesIsTouchedWhateverTheAnswer(Question answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.sync(before().plan());
    String company = subscribe(bench);
    int before = bench.writes().size();

    Outcome outcome = bench.run(after().plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
    assertThat(bench.writes()).hasSize(before);
    assertThat(bill(bench, company)).isEqualByComparingTo("4900.2");
  }

  /**
   * The promise of {@code editsOpenDraft}: where edits open drafts, subscribers keep their price.
   */
  @ParameterizedTest
  @MethodSource("answersUnderWhichEditsOpenDrafts")
  void withEditsOpenDraftSubscribersKeepTheirVersion(Question answer) {
    Bench bench =
        new Bench(
            Bench.block().put("editsOpenDraft", true),
            dev.planwright.backend.AccountConfig.Aliases.NONE);
    bench.controls().assume(answer);
    bench.sync(before().plan());
    String company = subscribe(bench);

    Outcome outcome = bench.run(after().plan(), Bench.KEEP).outcome();

    if (answer.equals(Question.NoMigrationUnderLeave.COUNTS_EVERYBODY)) {
      assertThat(reason(outcome)).isEqualTo(Reason.BACKEND_REJECTED);
      assertThat(message(outcome)).contains("would be migrated");
    } else {
      assertThat(outcome).isEqualTo(new Outcome.Done());
      sells(bench, "5900", "4500", "0.3");
    }
    assertThat(bill(bench, company)).as("what is paid").isEqualByComparingTo("4900.2");
    assertThat(bench.controls().granted(company)).containsKey(bench.featureId("sso"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void underMigrateOnceApprovedSubscribersAreMoved(Question answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.sync(before().plan());
    String company = subscribe(bench);

    var asked = bench.run(after().plan(), Bench.MIGRATE);
    assertThat(reason(asked.outcome())).isEqualTo(Reason.APPROVAL_REQUIRED);
    bench.approval = asked.pendingHash();

    int published = publications(bench).size();

    assertThat(bench.run(after().plan(), Bench.MIGRATE).outcome()).isEqualTo(new Outcome.Done());

    assertThat(bill(bench, company)).as("what is paid").isEqualByComparingTo("5900.3");
    assertThat(publications(bench))
        .hasSizeGreaterThan(published)
        .last()
        .isEqualTo(
            "{\"migration_strategy\":\"immediate\",\"excluded_company_ids\":[],"
                + "\"proration_behavior\":\"none\"}");
  }

  /** The bodies of what was published. */
  private static List<String> publications(Bench bench) {
    return bench.server.exchanges().stream()
        .filter(it -> it.method().equals("PUT") || it.method().equals("POST"))
        .filter(it -> it.target().endsWith("/publish"))
        .map(it -> it.body())
        .toList();
  }

  @Test
  void aPriceThatTheVendorKeepsThoughItIsLeftOutIsNotCalledGone() {
    Bench bench = new Bench();
    bench.controls().assume(Question.AbsentPrice.KEPT);
    bench.sync(
        team().with(flat("yearly", "490", "USD", Interval.of(Interval.Unit.YEAR, 1))).plan());

    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.NOT_CONVERGED);
  }

  @ParameterizedTest
  @EnumSource(Question.AbsentEntitlementField.class)
  void aLimitThatIsTakenAwayIsGoneWhetherOrNotFieldsThatAreLeftOutStay(
      Question.AbsentEntitlementField answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.sync(team().granting(limit("projects", "10")).plan());
    bench.sync(team().granting(Samples.unlimited("projects")).plan());

    assertThat(bench.controls().grantedBy(bench.activeVersion()).get(bench.featureId("projects")))
        .satisfies(it -> assertThat(it.valueType()).isEqualTo("unlimited"))
        .satisfies(it -> assertThat(it.limit()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(Question.DeletedPlan.class)
  void aPlanThatIsDeletedAndStillReadableIsGone(Question.DeletedPlan answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.sync(before().plan());

    assertThat(bench.remove(before().plan(), Policies.Deletion.DELETE))
        .isEqualTo(new Outcome.Done());
    assertThat(bench.writes()).filteredOn(it -> it.startsWith("DELETE")).hasSize(1);
  }

  @Test
  void aPlanThatAPersonDeletedAndThatIsStillReadableIsMissedByTheNextSweep() {
    Bench bench = new Bench();
    bench.controls().assume(Question.DeletedPlan.READABLE_BY_ID);
    String id = bench.sync(team().plan());
    bench.controls().deletePlan(id);

    assertThat(bench.provider.sweep(Set.of(id), listed -> {})).isEmpty();
    assertThat(reason(bench.run(team().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.REMOTE_MISSING);
  }

  @ParameterizedTest
  @EnumSource(Question.Offset.class)
  void moreFeaturesThanOnePageAreFoundWhateverOffsetCounts(Question.Offset answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    for (int i = 0; i < 600; i++) {
      bench.controls().addFeature("more " + i, "boolean");
    }

    bench.sync(team().granting(enabled("sso")).plan());
  }

  @ParameterizedTest
  @EnumSource(Question.ControlledPlan.class)
  void aPlanThatAnotherSystemTookOverIsLeftToIt(Question.ControlledPlan answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.sync(team().plan());
    bench.controls().controlPlan(bench.id(), "stripe");
    int before = bench.writes().size();

    assertThat(reason(bench.run(after().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(bench.writes()).hasSize(before);
  }

  @ParameterizedTest
  @EnumSource(Question.WithoutStripe.class)
  void withoutStripeAPaidPlanIsRefusedInTheVendorsWordsOrStaysAndIsFoundAgain(
      Question.WithoutStripe answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.controls().connectStripe(bench.environment, false);

    Outcome outcome = bench.run(team().plan(), Bench.KEEP).outcome();

    if (answer == Question.WithoutStripe.REFUSED) {
      assertThat(reason(outcome)).isEqualTo(Reason.BACKEND_REJECTED);
      assertThat(message(outcome)).contains("no Stripe account");
      bench.controls().connectStripe(bench.environment, true);
    }
    bench.sync(team().plan());
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Question.BundleFailure.class)
  void aHalfDoneCallIsCompletedAndNothingOfItIsSoldMeanwhile(Question.BundleFailure answer) {
    Bench bench = new Bench();
    bench.controls().assume(answer);
    bench.controls().failNextStripeCall("card_declined");
    CatalogPlan plan = before().plan();

    assertThat(reason(bench.run(plan, Bench.KEEP).outcome())).isEqualTo(Reason.BACKEND_REJECTED);
    assertThat(bench.remote().has("active_version")).isFalse();
    bench.sync(plan);

    sells(bench, "4900", "4500", "0.2");
  }

  private static String subscribe(Bench bench) {
    return bench.controls().subscribe(bench.id(), bench.environment, "usd", Cadence.MONTHLY);
  }

  private static BigDecimal bill(Bench bench, String company) {
    return bench.controls().bill(company, Map.of(bench.featureId("calls"), BigDecimal.ONE)).total();
  }

  /** Minor units: the base price in two currencies, and one call. */
  private static void sells(Bench bench, String dollars, String euros, String call) {
    Map<String, BigDecimal> one = Map.of(bench.featureId("calls"), BigDecimal.ONE);
    String version = bench.activeVersion();
    var usd = bench.controls().quote(version, "usd", Cadence.MONTHLY, one);
    var eur = bench.controls().quote(version, "eur", Cadence.MONTHLY, one);
    assertThat(usd.base()).isEqualByComparingTo(dollars);
    assertThat(eur.base()).isEqualByComparingTo(euros);
    assertThat(usd.usage().get(bench.featureId("calls"))).isEqualByComparingTo(call);
    assertThat(Optional.ofNullable(eur.usage().get(bench.featureId("calls")))).isPresent();
  }
}
