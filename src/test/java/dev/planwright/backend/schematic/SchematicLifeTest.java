package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Bench.message;
import static dev.planwright.backend.schematic.Bench.reason;
import static dev.planwright.backend.schematic.Samples.enabled;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.limit;
import static dev.planwright.backend.schematic.Samples.metered;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.Question;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan from its creation to its end: what is sent, what drifts, who is asked. */
class SchematicLifeTest {
  private final Bench bench = new Bench();

  private static Samples full() {
    return team()
        .with(metered("calls", "calls", "0.002"))
        .granting(enabled("sso"), limit("projects", "10"));
  }

  @Test
  void aPlanIsSoldOnlyWhenAllOfItWasReadBack() {
    bench.sync(full().plan());

    assertThat(bench.writes())
        .containsExactly("POST /plans", "PUT /plan-bundles/ID", "PUT /plans/version/ID/publish");
  }

  @Test
  void whatIsNotReadBackAsItWasSentIsNeverPublished() {
    bench.spoiling =
        request ->
            Optional.ofNullable(request.body().orElseThrow().path("billing_product"))
                .filter(JsonNode::isObject)
                .ifPresent(
                    it ->
                        ((com.fasterxml.jackson.databind.node.ObjectNode) it)
                            .put("monthly_price", 490));

    assertThat(reason(bench.run(full().plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.NOT_CONVERGED);
    assertThat(bench.remote().has("active_version")).isFalse();
  }

  @Test
  void severalCurrenciesAndIntervalsAreOnePlan() {
    Interval year = Interval.of(Interval.Unit.YEAR, 1);
    bench.sync(
        team()
            .with(
                flat("euro", "45.00", "EUR", Samples.MONTH),
                flat("yen", "7000", "JPY", Samples.MONTH),
                flat("yearly", "490.00", "USD", year))
            .plan());

    var controls = bench.controls();
    String version = bench.activeVersion();
    assertThat(controls.quote(version, "jpy", Cadence.MONTHLY, java.util.Map.of()).base())
        .isEqualByComparingTo("7000");
    assertThat(controls.quote(version, "usd", Cadence.YEARLY, java.util.Map.of()).base())
        .isEqualByComparingTo("49000");
    assertThat(controls.quote(version, "eur", Cadence.MONTHLY, java.util.Map.of()).base())
        .isEqualByComparingTo("4500");
  }

  @Test
  void subscribersAreReportedAndPricesHaveTheirIds() {
    bench.sync(full().plan());
    subscribe();

    var result = bench.run(full().plan(), Bench.KEEP);

    assertThat(result.subscribers()).hasValue(1);
    assertThat(result.view().orElseThrow().priceIds()).containsOnlyKeys("team-monthly", "calls");
    assertThat(result.view().orElseThrow().version()).contains("1");
  }

  static Stream<Arguments> drift() {
    return Stream.of(
        drift(
            "displayName Xs -> Team",
            (b, s) -> b.controls().editPlan(b.id(), "name", TextNode.valueOf("Xs"))),
        drift(
            "description Xs -> For growing teams",
            (b, s) -> b.controls().editPlan(b.id(), "description", TextNode.valueOf("Xs"))),
        drift(
            "prices.team-monthly.amount 45 -> 49",
            (b, s) -> b.controls().editPrice(b.id(), b.environment, "usd", Cadence.MONTHLY, 4500)),
        drift(
            "prices.calls.amount 0.003 -> 0.002",
            (b, s) -> b.controls().editUsagePrice(s, "usd", Cadence.MONTHLY, "0.3")),
        drift(
            "entitlements.projects.limit 99 -> 10",
            (b, s) ->
                b.controls()
                    .editEntitlement(row(b, "projects"), "value_numeric", IntNode.valueOf(99))),
        drift("entitlements.sso", (b, s) -> b.controls().removeEntitlement(row(b, "sso"))),
        drift("entitlements.gb", (b, s) -> grantByHand(b)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drift")
  void whatSomebodyChangesIsSeenByTheSweepAndNamedAndPutBackUnderRevert(
      String told, BiConsumer<Bench, String> change) {
    CatalogPlan plan = full().plan();
    bench.sync(plan);
    assertThat(differing(plan)).isEmpty();
    change.accept(bench, row(bench, "calls"));

    assertThat(differing(plan)).anyMatch(it -> it.startsWith(told));
    Outcome reported = bench.run(plan, Bench.KEEP).outcome();
    assertThat(reason(reported)).isEqualTo(Reason.DRIFTED);
    String field = told.split(" ", 2)[0];
    assertThat(message(reported)).contains(field);
    assertThat(bench.memory.drift()).extracting(Memory.Drift::field).contains(field);

    bench.sync(plan, Bench.reverting());
    assertThat(differing(plan)).isEmpty();
  }

  /** Somebody edits through the API, on an account where that holds at once. */
  private void byHandAtOnce(String method, String target, String body) {
    bench.controls().assume(Question.PriceEditOfPublished.IN_PLACE);
    bench.controls().assume(Question.EntitlementEditOfPublished.IN_PLACE);
    bench.byHand(method, target, body);
    bench.controls().assume(Question.PriceEditOfPublished.OPENS_DRAFT);
    bench.controls().assume(Question.EntitlementEditOfPublished.OPENS_DRAFT);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"trial.days 30 -> 14, 'true,\"trial_days\":30'", "trial.days (none) -> 14, 'false'"})
  void aSweepTellsATrialWithWhatIsThereAndWhatIsWanted(String told, String trial) {
    Samples sample = team();
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    CatalogPlan plan = sample.plan();
    bench.sync(plan);
    assertThat(differing(plan)).isEmpty();

    byHandAtOnce(
        "PUT",
        "/plans/" + bench.id() + "/billing_products",
        "{\"charge_type\":\"recurring\",\"billing_strategy\":\"schematic_managed\",\"currency\":\"usd\","
            + "\"monthly_price\":4900,\"is_trialable\":"
            + trial
            + "}");

    assertThat(differing(plan)).containsExactly(told);
    bench.sync(plan, Bench.reverting());
    assertThat(differing(plan)).isEmpty();
  }

  @Test
  void aSweepTellsTiersWithWhatIsThereAndWhatIsWanted() {
    CatalogPlan plan =
        team()
            .with(
                Samples.price(
                    "storage",
                    new PriceModel.Graduated(
                        "gb",
                        List.of(Samples.tier("10", "0", "0"), Samples.tier("", "0.105", "1")))))
            .plan();
    bench.sync(plan);
    assertThat(differing(plan)).isEmpty();

    byHandAtOnce(
        "PUT",
        "/plan-entitlements/" + row(bench, "gb"),
        """
        {"value_type":"unlimited","price_behavior":"tier","tier_mode":"volume","currency":"usd",
         "monthly_price_tiers":[{"up_to":20,"per_unit_price_decimal":"0"},
                                {"flat_amount":300,"per_unit_price_decimal":"9.5"}]}
        """);

    assertThat(differing(plan))
        .containsExactly(
            "prices.storage.tiers volume (20: 0, rest: 0.095 + 3)"
                + " -> graduated (10: 0, rest: 0.105 + 1)");
    bench.sync(plan, Bench.reverting());
    assertThat(differing(plan)).isEmpty();
  }

  @Test
  void driftIsNotPutBackWhileSomebodySubscribes() {
    bench.sync(full().plan());
    subscribe();
    bench.controls().editPrice(bench.id(), bench.environment, "usd", Cadence.MONTHLY, 4500);

    assertThat(reason(bench.run(full().plan(), Bench.reverting()).outcome()))
        .isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
  }

  @Test
  void whatWasThereBeforeAnAdoptionStaysAndIsNeverErased() {
    Samples rich = full().with(flat("yearly", "490", "USD", Interval.of(Interval.Unit.YEAR, 1)));
    rich.prices.removeIf(it -> it.name().equals("calls"));
    String there = new Seller(bench).sell(rich.plan());
    Samples poor = team().granting(enabled("sso"));
    poor.externalId = Optional.of(there);
    assertThat(bench.sync(poor.plan(), Bench.adopting(Policies.Adoption.IF_EQUAL)))
        .isEqualTo(there);

    // An entitlement is written by itself, base prices only all together.
    Samples more = team().granting(enabled("sso"), limit("calls", "5"));
    bench.sync(more.plan());
    assertThat(bench.controls().grantedBy(bench.activeVersion()))
        .containsKey(bench.featureId("projects"));
    Samples dearer = team().granting(enabled("sso"), limit("calls", "5"));
    dearer.prices.set(0, flat("team-monthly", "59"));
    Outcome outcome = bench.run(dearer.plan(), Bench.KEEP).outcome();
    assertThat(reason(outcome)).isEqualTo(Reason.UNMANAGED_REMOTE_CONTENT);
    assertThat(message(outcome)).contains("490 USD yearly");
  }

  @Test
  void whatMayBeOursFromBeforeAStatusWasLostIsNeitherKeptInSilenceNorTakenAway() {
    bench.sync(full().plan());
    bench.memory = Memory.EMPTY.bound(bench.id());
    int before = bench.writes().size();
    Samples fewer = team().with(metered("calls", "calls", "0.002")).granting(enabled("sso"));

    Outcome outcome = bench.run(fewer.plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.UNMANAGED_REMOTE_CONTENT);
    assertThat(message(outcome)).contains("projects");
    assertThat(bench.writes()).hasSize(before);
    assertThat(bench.sync(full().plan())).isEqualTo(bench.id());
  }

  @Test
  void settingsOfAnEntitlementThatNoManifestHasAreNotWrittenOver() {
    bench.sync(full().plan());
    bench
        .controls()
        .editEntitlement(row(bench, "calls"), "billing_threshold", IntNode.valueOf(5000));
    assertThat(bench.run(full().plan(), Bench.KEEP).outcome()).isEqualTo(new Outcome.Done());
    Samples dearer = full();
    dearer.prices.set(1, metered("calls", "calls", "0.003"));

    Outcome outcome = bench.run(dearer.plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.UNMANAGED_REMOTE_CONTENT);
    assertThat(message(outcome)).contains("billing_threshold 5000");
  }

  @Test
  void aPlanIsDeletedOnlyWhereOneEnvironmentHasIt() {
    bench.sync(full().plan());
    bench.controls().addEnvironment("production");

    Outcome outcome = bench.remove(full().plan(), Policies.Deletion.DELETE);

    assertThat(reason(outcome)).isEqualTo(Reason.NOT_EXPRESSIBLE);
    assertThat(message(outcome)).contains("2 environments", "Retain");
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @Test
  void aPlanThatSomebodyHasOrWhoseCountIsForbiddenIsNotDeleted() {
    bench.sync(full().plan());
    String company = subscribe();
    assertThat(reason(bench.remove(full().plan(), Policies.Deletion.DELETE)))
        .isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
    bench.controls().unsubscribe(company);
    bench.controls().hideCompanies(true);
    assertThat(reason(bench.remove(full().plan(), Policies.Deletion.DELETE)))
        .isEqualTo(Reason.SUBSCRIBERS_UNKNOWN);
    bench.controls().hideCompanies(false);
    assertThat(bench.remove(full().plan(), Policies.Deletion.DELETE)).isEqualTo(new Outcome.Done());
    assertThat(bench.controls().counts().plans()).isZero();
  }

  @Test
  void thereIsNoArchive() {
    bench.sync(full().plan());

    Outcome outcome = bench.remove(full().plan(), Policies.Deletion.ARCHIVE);

    assertThat(reason(outcome)).isEqualTo(Reason.NOT_EXPRESSIBLE);
    assertThat(message(outcome)).contains("Retain");
  }

  @ParameterizedTest
  @EnumSource(Question.ArrayParameter.class)
  void aSweepAsksForOurIdsOnlyHoweverSeveralAreWritten(Question.ArrayParameter answer) {
    bench.controls().assume(answer);
    Set<String> ours = new HashSet<>();
    Set<String> theirs = new HashSet<>();
    for (int i = 0; i < 130; i++) {
      ours.add(bench.controls().addPlan(bench.environment, "Ours " + i, "plan"));
      theirs.add(bench.controls().addPlan(bench.environment, "Theirs " + i, "plan"));
    }
    List<String> seen = new ArrayList<>();

    assertThat(bench.provider.sweep(ours, it -> seen.add(it.externalId()))).isEmpty();

    assertThat(seen).containsExactlyInAnyOrderElementsOf(ours);
    assertThat(bench.server.exchanges())
        .extracting(it -> it.target())
        .filteredOn(it -> it.startsWith("/plans"))
        .isNotEmpty()
        .allMatch(it -> it.contains("ids="))
        .noneMatch(it -> theirs.stream().anyMatch(it::contains));
  }

  @Test
  void aSweepOfAPlanWithADraftSaysThatItWasNotReadInFull() {
    String plan = bench.sync(full().plan());
    bench.controls().openDraft(plan, bench.environment, "Later");
    List<Listed<SchematicWorld>> seen = new ArrayList<>();

    bench.provider.sweep(Set.of(plan), seen::add);

    assertThat(seen).singleElement().satisfies(it -> assertThat(it.world()).isEmpty());
    assertThat(bench.provider.holdsMarks()).isFalse();
    assertThat(bench.provider.isKnownByIdOnly()).isTrue();
  }

  @Test
  void aKeyOfAnotherAccountWritesNothing() {
    Bench other =
        new Bench(Bench.block().put("accountId", "acct_another"), AccountConfig.Aliases.NONE);

    Outcome outcome = other.run(full().plan(), Bench.KEEP).outcome();

    assertThat(message(outcome)).contains("acct_another");
    assertThat(other.writes()).isEmpty();
  }

  @Test
  void aFeatureIsFoundByItsAlias() {
    String id = bench.featureId("sso");
    AccountConfig.Aliases aliases =
        new AccountConfig.Aliases(
            java.util.Map.of(),
            java.util.Map.of("login", new AccountConfig.Alias(id, false)),
            java.util.Map.of());
    Bench aliased = new Bench(Bench.block(), aliases);

    aliased.sync(team().granting(enabled("login")).plan());

    assertThat(aliased.controls().grantedBy(aliased.activeVersion())).containsOnlyKeys(id);
  }

  private String subscribe() {
    return bench.controls().subscribe(bench.id(), bench.environment, "usd", Cadence.MONTHLY);
  }

  /** What the sweep finds to do, as fields. */
  private List<String> differing(CatalogPlan plan) {
    List<String> fields = new ArrayList<>();
    Provider.Planning planning =
        new Provider.Planning(Policies.ExistingSubscribers.KEEP, bench.memory.binding().handles());
    Optional<String> error =
        bench.provider.sweep(
            Set.of(bench.id()),
            listed -> {
              SchematicWorld world = listed.world().orElseThrow();
              for (Step step : bench.provider.plan(plan, world, planning)) {
                step.changes().forEach(it -> fields.add(it.toString()));
              }
            });
    assertThat(error).isEmpty();
    return fields;
  }

  private static void grantByHand(Bench bench) {
    String body =
        "{\"plan_id\":\"%s\",\"feature_id\":\"%s\",\"value_type\":\"unlimited\"}"
            .formatted(bench.id(), bench.featureId("gb"));
    bench.controls().assume(Question.EntitlementEditOfPublished.IN_PLACE);
    bench.byHand("POST", "/plan-entitlements", body);
    bench.controls().assume(Question.EntitlementEditOfPublished.OPENS_DRAFT);
  }

  private static String row(Bench bench, String feature) {
    for (JsonNode row : bench.remote().path("entitlements")) {
      if (row.path("feature_id").asText().equals(bench.featureId(feature))) {
        return row.path("id").asText();
      }
    }
    throw new AssertionError("no entitlement of " + feature);
  }

  private static Arguments drift(String field, BiConsumer<Bench, String> change) {
    return Arguments.of(field, change);
  }
}
