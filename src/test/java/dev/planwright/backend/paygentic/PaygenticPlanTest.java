package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.setup;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent, what comes of it, and what drift is called. */
class PaygenticPlanTest {
  private static final String MINT = "POST /v0/plans/{id}/versions";

  private final Bench bench = new Bench();

  @BeforeEach
  void aMetricThatIsAFeatureToo() {
    bench.metric("calls", "SUM");
    bench.metric("volume", "SUM");
    bench.make().feature(bench.product, "calls", "metered");
    bench.make().feature(bench.product, "volume", "static");
  }

  static Samples full() {
    Samples sample =
        team()
            .with(
                setup("setup", "99"),
                perUnit("calls", "calls", "0.002"),
                Samples.price("share", Samples.rate("volume", "2.5")));
    sample.tax =
        Optional.of(
            new CatalogPlan.Tax(
                "saas", Optional.of(dec("20")), Optional.of(CatalogPlan.TaxBehavior.INCLUSIVE)));
    sample.entitlements.add(Samples.monthly("calls", "1000", true));
    return sample;
  }

  @Test
  void aPlanIsMadeWithItsFeesAndPricesAndSaysWhoseItIs() {
    SyncResult result = bench.sync(full().plan());

    assertThat(bench.writes())
        .containsExactly(
            "POST /v0/fees",
            "POST /v0/fees",
            "POST /v0/prices",
            "POST /v0/prices",
            "POST /v0/prices",
            "POST /v0/prices",
            "POST /v0/plans");
    JsonNode plan = bench.plan();
    assertThat(plan.path("description").asText())
        .isEqualTo("For growing teams\nplanwright: shop-prod/team shop/team");
    assertThat(plan.path("stablePriceIds").asBoolean(true)).isFalse();
    assertThat(plan.path("defaultTaxCode").asText()).isEqualTo("saas");
    assertThat(plan.path("defaultTaxRate").decimalValue()).isEqualByComparingTo("20");
    assertThat(plan.path("taxBehavior").asText()).isEqualTo("inclusive");
    JsonNode share = it(plan, "Team: volume");
    assertThat(share.path("properties").path("unitPrice").asText()).isEqualTo("0.025");
    assertThat(it(plan, "Team: calls").path("features").path(0).path("entitlementTemplate"))
        .hasToString(
            "{\"type\":\"metered\",\"usagePeriod\":{\"interval\":\"MONTH\"},"
                + "\"isSoftLimit\":true,\"issueAfterReset\":1000}");
    assertThat(result.view().orElseThrow().priceIds())
        .containsOnlyKeys("team-monthly", "setup", "calls", "share");
    assertThat(bench.controls().fees())
        .allSatisfy(
            fee -> assertThat(fee.path("description").asText()).contains("planwright: shop-prod/"));
    assertThat(bench.server.newSubscriberPays(bench.planId(), Map.of("calls", dec("10"))).once())
        .isEqualByComparingTo("99");
  }

  private static JsonNode it(JsonNode plan, String name) {
    for (JsonNode price : plan.path("prices")) {
      if (price.path("invoiceDisplayName").asText().equals(name)) {
        return price;
      }
    }
    throw new AssertionError(name + " is not in " + plan);
  }

  /** What is edited, what it is called, and what is sent. */
  static Stream<Arguments> edits() {
    return Stream.of(
        edit(
            "displayName Team -> Teams",
            List.of(
                "PATCH /v0/plans/{id}",
                "PATCH /v0/prices/{id}",
                "PATCH /v0/prices/{id}",
                "PATCH /v0/prices/{id}"),
            it -> it.displayName = "Teams"),
        edit(
            "description For growing teams -> For all",
            List.of("PATCH /v0/plans/{id}"),
            it -> it.description = "For all"),
        edit(
            "tax.rate 20 -> 19",
            List.of("PATCH /v0/plans/{id}"),
            it ->
                it.tax =
                    Optional.of(
                        new CatalogPlan.Tax(
                            "saas",
                            Optional.of(dec("19")),
                            Optional.of(CatalogPlan.TaxBehavior.INCLUSIVE)))),
        edit(
            "tax.code saas -> eservice",
            List.of("PATCH /v0/plans/{id}"),
            it -> it.tax = Optional.empty()),
        edit(
            "prices.team-monthly.amount 49 -> 59",
            List.of("POST /v0/prices", MINT),
            it -> it.prices.set(0, flat("team-monthly", "59"))),
        edit(
            "prices.setup.amount 99 -> 199",
            List.of("POST /v0/prices", MINT),
            it -> it.prices.set(1, setup("setup", "199"))),
        edit(
            "prices.calls.amount 0.002 -> 0.003",
            List.of("POST /v0/prices", MINT),
            it -> it.prices.set(2, perUnit("calls", "calls", "0.003"))),
        edit(
            "prices.share.rate 2.5 -> 3",
            List.of("POST /v0/prices", MINT),
            it -> it.prices.set(3, Samples.price("share", Samples.rate("volume", "3")))),
        edit("prices.setup.amount 99 -> (none)", List.of(MINT), it -> it.prices.remove(1)),
        edit(
            "prices[metric=volume].amount 0.025 -> (none)",
            List.of(MINT),
            it -> it.prices.remove(3)),
        edit(
            "prices.help.amount (none) -> 5",
            List.of("POST /v0/fees", "POST /v0/prices", MINT),
            it -> it.prices.add(setup("help", "5"))),
        edit(
            "prices.begin.name setup -> begin",
            List.of("PATCH /v0/fees/{id}"),
            it -> it.prices.set(1, setup("begin", "99"))),
        edit(
            "entitlements.calls.limit 1000 -> 5000",
            List.of("PATCH /v0/prices/{id}"),
            it -> it.entitlements = List.of(Samples.monthly("calls", "5000", true))),
        edit(
            "entitlements.calls.soft true -> false",
            List.of("PATCH /v0/prices/{id}"),
            it -> it.entitlements = List.of(Samples.monthly("calls", "1000", false))),
        edit(
            "entitlements.calls.limit 1000 -> (none)",
            List.of("PATCH /v0/prices/{id}"),
            it -> it.entitlements = List.of()));
  }

  private static Arguments edit(
      String told, List<String> calls, java.util.function.Consumer<Samples> edit) {
    return Arguments.of(told, calls, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void anEditIsToldInTheManifestsWordsAndSendsNoMoreThanItNeeds(
      String told, List<String> calls, java.util.function.Consumer<Samples> edit) {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    Samples edited = full();
    edit.accept(edited);

    SyncResult seen = bench.once(edited.plan(), observing());
    assertThat(seen.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class, it -> assertThat(it.message()).contains(told));
    assertThat(bench.writes()).isEmpty();

    bench.sync(edited.plan());
    assertThat(bench.writes()).isEqualTo(calls);
  }

  private static Policies observing() {
    Policies p = Bench.policies();
    return new Policies(
        p.existingSubscribers(),
        Policies.Management.OBSERVE,
        p.adoption(),
        p.deletion(),
        p.drift());
  }

  /** What somebody did on Paygentic, what it is called. */
  static Stream<Arguments> driftByHand() {
    return Stream.of(
        drift(
            "displayName By hand -> Team",
            it -> it.controls().editPlan(it.planId(), "name", TextNode.valueOf("By hand"))),
        drift(
            "owner planwright: shop-prod/team shop/team -> (none)",
            it ->
                it.controls()
                    .editPlan(it.planId(), "description", TextNode.valueOf("For growing teams"))),
        drift(
            "tax.rate 7 -> 20",
            it ->
                it.controls()
                    .editPlan(it.planId(), "defaultTaxRate", DecimalNode.valueOf(dec("7")))),
        drift(
            "prices.team-monthly.amount 1 -> 49",
            it -> it.controls().editPrice(it.price("Team"), "properties", unitPrice("1"))),
        drift(
            "prices.calls.billing InAdvance -> InArrears",
            it ->
                it.controls()
                    .editPrice(
                        it.price("Team: calls"), "paymentTerm", TextNode.valueOf("in_advance"))),
        drift(
            "prices.team-monthly.recurring 1 year -> 1 month",
            it ->
                it.controls()
                    .editPrice(it.price("Team"), "billingCadence", TextNode.valueOf("P1Y"))),
        drift(
            "prices.calls.model discounted by grants -> plain",
            it ->
                it.controls()
                    .editPrice(it.price("Team: calls"), "grantDiscountEnabled", BooleanNode.TRUE)),
        drift(
            "prices.team-monthly.quantity 3 -> 1",
            it ->
                it.controls()
                    .editPrice(
                        it.price("Team"), "quantity", JsonNodeFactory.instance.numberNode(3))),
        drift(
            "prices.calls.invoiceDisplayName X -> Team: calls",
            it ->
                it.controls()
                    .editPrice(
                        it.price("Team: calls"), "invoiceDisplayName", TextNode.valueOf("X"))),
        drift(
            "entitlements.calls.limit (none) -> 1000",
            it ->
                it.controls()
                    .editPrice(
                        it.price("Team: calls"), "features", JsonNodeFactory.instance.arrayNode())),
        drift(
            "prices.team-monthly.amount (none) -> 49",
            it -> it.controls().deletePrice(it.price("Team"))));
  }

  private static Arguments drift(String told, java.util.function.Consumer<Bench> tamper) {
    return Arguments.of(told, tamper);
  }

  private static JsonNode unitPrice(String amount) {
    return JsonNodeFactory.instance.objectNode().put("unitPrice", amount);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("driftByHand")
  void whatSomebodyChangedIsReportedAndPutBack(
      String told, java.util.function.Consumer<Bench> tamper) {
    CatalogPlan plan = full().plan();
    bench.sync(plan);
    assertThat(swept(plan)).isEmpty();
    tamper.accept(bench);
    bench.restart();
    assertThat(swept(plan))
        .as("what a sweep finds to do")
        .anyMatch(it -> it.startsWith(told.startsWith("owner") ? "owner" : told));
    bench.server.clearExchanges();

    Outcome.Blocked reported = bench.blocked(plan, Bench.with(Policies.DriftPolicy.REPORT));
    assertThat(reported.reason()).isEqualTo(Reason.DRIFTED);
    assertThat(reported.message()).contains(told.startsWith("owner") ? "owner" : told);
    assertThat(bench.writes()).isEmpty();

    BigDecimal before = pays();
    bench.sync(plan);
    assertThat(bench.writes()).isNotEmpty();
    assertThat(pays()).as("after %s", before).isEqualByComparingTo("152.1");
  }

  /** What a sweep finds to do about the plan, each field with what is there and what is wanted. */
  private List<String> swept(CatalogPlan plan) {
    List<Listed<PaygenticWorld>> seen = new java.util.ArrayList<>();
    assertThat(bench.provider.sweep(Set.of(bench.planId()), seen::add)).isEmpty();
    return seen.stream()
        .flatMap(
            it ->
                bench
                    .provider
                    .plan(
                        plan,
                        it.world().orElseThrow(),
                        new Provider.Planning(
                            Policies.ExistingSubscribers.KEEP, bench.memory.binding().handles()))
                    .stream())
        .flatMap(it -> it.changes().stream())
        .map(Object::toString)
        .toList();
  }

  /** 49, the setup fee of 99, 50 calls and 4 % of 160. */
  private BigDecimal pays() {
    return bench
        .server
        .newSubscriberPays(bench.planId(), Map.of("calls", dec("50"), "volume", dec("160")))
        .amount();
  }

  @Test
  void aPriceThatSomebodyAddedToAPlanOfOursIsDriftAndGoes() {
    CatalogPlan plan = full().plan();
    bench.sync(plan);
    String fee = bench.make().fee(bench.product, "By hand", "By hand");
    String price = bench.make().feePrice(fee, "By hand", "P1M", "7");
    List<String> listed = new java.util.ArrayList<>(bench.controls().listedPrices(bench.planId()));
    listed.add(price);
    bench.controls().editPlanPrices(bench.planId(), listed.toArray(String[]::new));
    bench.server.clearExchanges();

    assertThat(bench.blocked(plan, Bench.with(Policies.DriftPolicy.REPORT)).message())
        .contains("prices[" + price + "].amount 7 -> (none)");
    bench.sync(plan);

    assertThat(bench.writes()).containsExactly(MINT);
    assertThat(bench.controls().listedPrices(bench.planId())).doesNotContain(price);
    assertThat(bench.controls().prices().stream().map(it -> it.path("id").asText()))
        .as("it is taken off the plan, and left where it is")
        .contains(price);
  }

  @Test
  void aChangeOfPriceWaitsForThoseWhoPayAndOldPricesStayInOldVersions() {
    bench.sync(full().plan());
    String subscriber = bench.controls().addSubscriber(bench.planId());
    Samples edited = full();
    edited.prices.set(0, flat("team-monthly", "59"));
    bench.server.clearExchanges();

    Outcome.Blocked kept = bench.blocked(edited.plan(), Bench.policies());
    assertThat(kept.reason()).isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
    SyncResult asked = bench.once(edited.plan(), Bench.migrating());
    assertThat(bench.writes()).isEmpty();
    bench.approval = asked.pendingHash();
    bench.sync(edited.plan(), Bench.migrating());

    bench.controls().nextPeriod(subscriber);
    assertThat(bench.server.subscriberPays(subscriber, Map.of()).recurring())
        .isEqualByComparingTo("59");
    assertThat(bench.controls().counts().deletedPrices()).isZero();
  }

  @Test
  void thePriceThatWasSoldBeforeIsSoldAgainAndNotMadeTwice() {
    bench.sync(full().plan());
    Samples edited = full();
    edited.prices.set(0, flat("team-monthly", "59"));
    bench.sync(edited.plan());
    bench.server.clearExchanges();

    bench.sync(full().plan());

    assertThat(bench.writes()).containsExactly(MINT);
  }

  @Test
  void whoSubscribesIsCountedOverAllVersionsAndThoseWhoAreAboutToPayToo() {
    CatalogPlan plan = full().plan();
    bench.sync(plan);
    bench.controls().addSubscriber(bench.planId(), "terminated");
    Samples edited = full();
    edited.prices.set(0, flat("team-monthly", "59"));
    bench.sync(edited.plan());

    bench.controls().addSubscriber(bench.planId(), "pending_payment");
    bench.sync(edited.plan());

    assertThat(bench.blocked(plan, Bench.policies()).message()).contains("1 subscriber");
  }

  @Test
  void aTextEntitlementIsStatic() {
    Samples sample = full();
    sample.entitlements.add(
        new Entitlement("volume", new Entitlement.Value("gold"), Optional.empty()));
    bench.sync(sample.plan());

    assertThat(it(bench.plan(), "Team: volume").path("features").path(0))
        .asString()
        .contains("\"config\":{\"value\":\"gold\"}");
    sample.entitlements.set(
        1, new Entitlement("volume", new Entitlement.Value("silver"), Optional.empty()));
    assertThat(bench.once(sample.plan(), observing()).outcome().toString())
        .contains("entitlements.volume.value gold -> silver");
  }

  @Test
  void usageMayBeBilledMoreOftenThanTheFlatPrice() {
    Samples sample = new Samples();
    sample.prices.add(
        Samples.price(
            "yearly",
            new PriceModel.Flat(dec("490"), Optional.empty()),
            "USD",
            Interval.of(Interval.Unit.YEAR, 1)));
    sample.prices.add(perUnit("calls", "calls", "0.5"));
    bench.sync(sample.plan());

    assertThat(
            bench
                .server
                .newSubscriberPays(bench.planId(), Map.of("calls", dec("10")))
                .overMonths(12))
        .isEqualByComparingTo("550");
  }
}
