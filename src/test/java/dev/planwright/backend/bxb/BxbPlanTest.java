package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import dev.planwright.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BxbPlanTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void anAccountWithMetricsAndFeatures() {
    bench.metric("calls", "count");
    bench.metric("gb", "sum");
    bench.metricFilter("gb", "region", "eu", "us");
    bench.feature("sso", "boolean");
    bench.feature("projects", "quantity");
    bench.server.clearExchanges();
  }

  private static Samples full() {
    Samples sample = team().with(perUnit("calls", "calls", "0.002"));
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(limit("projects", "10"));
    sample.commitments = List.of(Samples.commitment("100"));
    sample.thresholds = List.of(Samples.threshold("1000"));
    return sample;
  }

  private String id() {
    return bench.remote().path("id").asText();
  }

  @Test
  void aPlanWithItsPricesIsOneCall() {
    List<Step> steps = bench.sync(team().with(perUnit("calls", "calls", "0.002")).plan());
    assertThat(steps).singleElement().extracting(Step::kind).isEqualTo(Step.Kind.KEYED_CREATE);
    assertThat(bench.writes()).containsExactly("POST /v1/plans/");
    assertThat(bench.remote().path("amount_cents").asLong()).isEqualTo(4900);
    assertThat(bench.remote().path("charges").path(0).path("properties").toString())
        .isEqualTo("{\"amount\":\"0.2\"}");
    assertThat(bench.remote().path("description").asText())
        .isEqualTo("For growing teams\nplanwright: shop-prod/team shop/team");
  }

  @Test
  void creatingTakesFewReadsHoweverManyPlansThereAre() {
    bench.sync(team().plan());
    assertThat(bench.server.exchanges())
        .extracting(it -> it.method() + " " + it.target())
        .startsWith(
            "GET /v1/organizations/current", "GET /v1/plans/team/commitments", "POST /v1/plans/");
  }

  @Test
  void whatHangsBesideAPlanIsOneCallEach() {
    bench.sync(full().plan());
    assertThat(bench.writes())
        .containsExactly(
            "POST /v1/plans/",
            "POST /v1/plans/team/commitments",
            "POST /v1/plans/team/usage_thresholds",
            "POST /v1/entitlements/",
            "POST /v1/entitlements/");
  }

  @Test
  void textsTouchNobodyAndLeaveChargesAlone() {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    String charge = bench.remote().path("charges").path(0).path("id").asText();
    Samples edited = full();
    edited.displayName = "Teams";
    edited.description = "New words";
    List<Step> steps = bench.sync(edited.plan());
    assertThat(steps).singleElement().extracting(Step::affects).isEqualTo(Affects.NOBODY);
    assertThat(bench.writes()).containsExactly("PUT /v1/plans/" + id());
    assertThat(bench.remote().path("charges").path(0).path("id").asText()).isEqualTo(charge);
  }

  @Test
  void aNewBaseFeeTouchesSubscribersAndIsSaidInTheManifestsWords() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.prices.set(0, flat("team-monthly", "59.00"));
    List<Step> steps = bench.sync(edited.plan());
    assertThat(steps)
        .singleElement()
        .extracting(Step::affects)
        .isEqualTo(Affects.EXISTING_SUBSCRIBERS);
    assertThat(steps.getFirst().changes())
        .containsExactly(new FieldChange("prices.team-monthly.amount", "49", "59"));
    assertThat(bench.server.exchanges().stream().filter(it -> it.method().equals("PUT")).toList())
        .singleElement()
        .satisfies(it -> assertThat(it.body()).isEqualTo("{\"amount_cents\":5900}"));
  }

  @Test
  void aTrialTouchesNobody() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    assertThat(bench.sync(edited.plan()))
        .singleElement()
        .extracting(Step::affects)
        .isEqualTo(Affects.NOBODY);
  }

  @Test
  void aChangedChargeReplacesAllAndTouchesSubscribers() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.prices.set(1, perUnit("calls", "calls", "0.003"));
    Step step = bench.sync(edited.plan()).getFirst();
    assertThat(step.affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS);
    assertThat(step.removes()).isFalse();
    assertThat(step.erases()).isEmpty();
    assertThat(step.changes())
        .containsExactly(new FieldChange("prices.calls.amount", "0.002", "0.003"));
  }

  @Test
  void aRemovedPriceIsSaidToTakeAway() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.prices.remove(1);
    Step step = bench.sync(edited.plan()).getFirst();
    assertThat(step.removes()).isTrue();
    assertThat(bench.remote().path("charges")).isEmpty();
  }

  @Test
  void aRenamedPriceIsTheSamePrice() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.prices.set(0, flat("base", "49.00"));
    edited.prices.set(1, perUnit("api", "calls", "0.0020"));
    assertThat(bench.plan(edited.plan())).isEmpty();
  }

  @Test
  void equalChargesInAnotherOrderAndSpellingAreNoDifference() {
    CatalogPlan plan =
        team()
            .with(perUnit("a", "calls", "0.002"), perUnit("b", "calls", "0.002"))
            .with(perUnit("c", "gb", "1"))
            .plan();
    bench.sync(plan);
    ObjectNode charge = bench.server.controls().charges(id()).getLast();
    bench
        .server
        .controls()
        .editCharge(
            charge.path("id").asText(),
            JsonNodeFactory.instance.objectNode().put("amount", "100.00"));
    assertThat(bench.plan(plan)).isEmpty();
    assertThat(bench.provider.view(bench.world(plan)).orElseThrow().priceIds())
        .containsOnlyKeys("a", "b", "c")
        .doesNotContainValue("");
  }

  @Test
  void anExtraChargeOnOurPlanIsDrift() {
    bench.sync(full().plan());
    bench
        .server
        .controls()
        .addCharge(
            id(),
            bench.world(full().plan()).directory().metric("gb").orElseThrow().id(),
            "standard",
            JsonNodeFactory.instance.objectNode().put("amount", "7"));
    Step step = bench.plan(full().plan()).getFirst();
    assertThat(step.erases()).isEmpty();
    assertThat(step.changes()).extracting(FieldChange::field).containsExactly("prices[metric=gb]");
    bench.sync(full().plan());
  }

  @Test
  void changedFiltersAreSeenByTheHashInTheMark() {
    CatalogPlan plan = filteredBy("0.02");
    bench.sync(plan);
    assertThat(bench.remote().path("description").asText()).contains(" filters=");
    assertThat(bench.plan(plan)).isEmpty();
    Step step = bench.sync(filteredBy("0.03")).getFirst();
    assertThat(step.affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS);
    assertThat(step.changes())
        .extracting(FieldChange::field)
        .containsExactly("prices.traffic.filters", FieldChange.OWNER);
    assertThat(bench.server.controls().charges(id()).getFirst().path("filters").toString())
        .contains("\"amount\":\"3\"");
  }

  private static CatalogPlan filteredBy(String amount) {
    return team()
        .with(
            Samples.filtered(
                "traffic", "gb", new PriceModel.Filter("region", List.of("eu"), dec(amount))))
        .plan();
  }

  @Test
  void aLostHashWritesTheChargesAgain() {
    CatalogPlan plan = filteredBy("0.02");
    bench.sync(plan);
    String description = bench.remote().path("description").asText();
    bench.put(
        id(),
        JsonNodeFactory.instance
            .objectNode()
            .put("description", description.replaceAll(" filters=.*", "")));
    assertThat(bench.plan(plan).getFirst().affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS);
  }

  @Test
  void commitmentsAreChangedInPlaceAndExtrasGo() {
    bench.sync(full().plan());
    bench.make(
        "/v1/plans/team/commitments",
        JsonNodeFactory.instance.objectNode().put("amount_cents", "5"));
    bench.server.clearExchanges();
    Samples edited = full();
    edited.commitments = List.of(Samples.commitment("200"));
    assertThat(bench.sync(edited.plan()))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.WRITE, Step.Kind.DELETE);
    assertThat(bench.server.controls().commitments(id()))
        .singleElement()
        .satisfies(it -> assertThat(it.path("amount_cents").asText()).startsWith("20000"));
  }

  @Test
  void thresholdsAreMadeBeforeTheOldOnesGo() {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    Samples edited = full();
    edited.thresholds = List.of(Samples.threshold("2000"));
    bench.sync(edited.plan());
    assertThat(bench.writes()).hasSize(2);
    assertThat(bench.writes().getFirst()).isEqualTo("POST /v1/plans/team/usage_thresholds");
    assertThat(bench.writes().getLast()).startsWith("DELETE /v1/usage_thresholds/");
  }

  @Test
  void entitlementsAreGrantedChangedAndTakenAway() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.entitlements.clear();
    edited.entitlements.add(limit("projects", "20"));
    List<Step> steps = bench.sync(edited.plan());
    assertThat(steps)
        .allSatisfy(it -> assertThat(it.affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS));
    assertThat(steps)
        .extracting(it -> it.kind() + " " + it.removes())
        .containsExactly("WRITE false", "DELETE true");
    assertThat(bench.server.controls().entitlements(id()))
        .singleElement()
        .satisfies(it -> assertThat(it.path("value").asText()).isEqualTo("20"));
  }

  @Test
  void somebodysEntitlementOnOurPlanIsDriftEvenWhenWeWantNone() {
    bench.sync(team().plan());
    bench.make(
        "/v1/entitlements/",
        JsonNodeFactory.instance
            .objectNode()
            .put("plan_id", id())
            .put("feature_id", featureId("sso"))
            .put("value", "true"));
    assertThat(bench.plan(team().plan()).getFirst().changes())
        .containsExactly(new FieldChange("entitlements.sso.enabled", "true", ""));
  }

  private String featureId(String code) {
    return bench.world(full().plan()).directory().feature(code).orElseThrow().id();
  }

  @Test
  void anotherIntervalOrCurrencyIsAConflictAndNoCall() {
    bench.sync(team().plan());
    Samples edited = new Samples();
    edited.prices.add(
        Samples.price(
            "team-yearly",
            new PriceModel.Flat(dec("490"), Optional.empty()),
            "EUR",
            Interval.of(Interval.Unit.YEAR, 1)));
    List<Violation> conflicts = bench.provider.conflicts(edited.plan(), bench.world(edited.plan()));
    assertThat(conflicts)
        .extracting(Violation::field)
        .containsExactly("spec.recurring", "spec.currency");
    assertThat(conflicts)
        .allSatisfy(it -> assertThat(it.instead()).contains("new Plan with another key"));
  }

  @Test
  void aRateNeedsASumAndAFeatureItsType() {
    Samples sample = team().with(Samples.price("fee", Samples.rate("calls", "2.5")));
    sample.entitlements.add(enabled("projects", true));
    assertThat(bench.provider.conflicts(sample.plan(), bench.world(sample.plan())))
        .extracting(Violation::field)
        .containsExactly("spec.percentage.metric", "spec.entitlements[projects]");
  }

  @Test
  void removalTakesWhatHangsOnThePlanFirst() {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    Removal removal = bench.provider.removal(Policies.Deletion.DELETE, bench.world(full().plan()));
    bench.execute(((Removal.Steps) removal).steps());
    assertThat(bench.writes())
        .hasSize(5)
        .last()
        .isEqualTo("DELETE /v1/plans/" + bench.externalId.orElseThrow());
    assertThat(bench.server.controls().counts().plans()).isZero();
    assertThat(bench.server.controls().counts().charges()).isZero();
    // Nothing happens when it is done again.
    bench.execute(((Removal.Steps) removal).steps());
  }

  @Test
  void archivingIsImpossibleAndSaysWhatWorks() {
    Removal removal = bench.provider.removal(Policies.Deletion.ARCHIVE, bench.world(team().plan()));
    assertThat(removal)
        .isInstanceOfSatisfying(
            Removal.Impossible.class, it -> assertThat(it.instead()).contains("Retain"));
  }

  @Test
  void subscribersOfEveryStatusCount() {
    bench.sync(team().plan());
    BxbWorld world = bench.world(team().plan());
    assertThat(bench.provider.subscribers(world)).isEqualTo(new Subscribers.Known(0));
    bench.server.controls().addSubscription(id(), "terminated");
    assertThat(bench.provider.subscribers(world)).isEqualTo(new Subscribers.Known(1));
  }

  @Test
  void taxesAreAppliedInTheDefaultOrganizationOnly() {
    Bench main = new Bench("Minor", "Description", AccountConfig.Aliases.NONE, true);
    String tax =
        main.make(
            "/v1/taxes/",
            JsonNodeFactory.instance
                .objectNode()
                .put("code", "vat")
                .put("name", "VAT")
                .put("rate", "0.20"));
    assertThat(tax).isNotEmpty();
    Samples sample = team();
    sample.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.of(dec("20")), Optional.empty()));
    main.sync(sample.plan());
    assertThat(main.writes()).contains("POST /v1/taxes/apply");
    sample.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.of(dec("19")), Optional.empty()));
    assertThat(main.provider.conflicts(sample.plan(), main.world(sample.plan())))
        .extracting(Violation::field)
        .containsExactly("spec.tax.rate");
    main.sync(team().plan());
    assertThat(main.writes()).last().asString().startsWith("DELETE /v1/taxes/applied/");
  }
}
