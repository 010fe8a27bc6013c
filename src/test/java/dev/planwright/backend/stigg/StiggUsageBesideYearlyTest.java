package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pay-as-you-go beside a yearly price, as the BillingBackend allows it and as the server does. */
class StiggUsageBesideYearlyTest {
  private static final Interval YEARLY = Interval.of(Interval.Unit.YEAR, 1);
  private static final StiggConsole.Which PUBLISHED = StiggConsole.Which.PUBLISHED;
  private static final String SETTING = "usageBesideYearly: true in the BillingBackend";

  private static StiggBench bench(boolean setting, boolean server) {
    return new StiggBench()
        .usageBesideYearly(setting)
        .with(StiggSwitch.USAGE_BESIDE_YEARLY, server)
        .with(StiggSwitch.MONTHLY_USAGE_PAID_BY_YEARLY, true);
  }

  private static CatalogPrice yearly(String name, PriceModel model) {
    return Samples.price(name, model, "USD", YEARLY);
  }

  private static CatalogPrice yearly(String name, String amount) {
    return yearly(name, new PriceModel.Flat(dec(amount), Optional.empty()));
  }

  private static CatalogPrice seats(Interval interval) {
    return Samples.price(
        "chairs",
        new PriceModel.PerUnit(
            "seats-bought",
            dec("6.50"),
            PriceModel.UsageType.LICENSED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT),
        "USD",
        new CatalogPrice.Recurring(interval),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  /** By the month or by the year, and usage every month. */
  private static Samples both() {
    Samples sample = team();
    sample.with(yearly("team-yearly", "490"), perUnit("calls", "api-calls", "0.002"));
    sample.with(
        Samples.price(
            "storage",
            new PriceModel.Graduated(
                "storage-gb", List.of(tier("10", "0.5", "0"), tier("", "0.3", "2")))));
    return sample;
  }

  /** By the year, usage too. */
  private static Samples yearOnly() {
    Samples sample = new Samples();
    sample.with(
        yearly("team-yearly", "490"), yearly("calls", perUnit("x", "api-calls", "0.002").model()));
    return sample;
  }

  private static List<BigDecimal> months(String... used) {
    List<BigDecimal> all = new ArrayList<>(Collections.nCopies(12, BigDecimal.ZERO));
    for (int i = 0; i < used.length; i++) {
      all.set(i, dec(used[i]));
    }
    return all;
  }

  private static List<String> rows(StiggBench bench) {
    return bench.server.console().charges("team", PUBLISHED).stream()
        .map(
            it ->
                "%s %s %s %s %s"
                    .formatted(
                        it.path("billingModel").asText(),
                        it.path("billingCadence").asText(),
                        it.path("billingPeriod").asText(),
                        it.path("featureId").asText("-").replace("null", "-"),
                        it.path("tiers").isArray()
                            ? it.path("tiersMode").asText()
                            : it.path("price").path("amount").asText()))
        .sorted()
        .toList();
  }

  private static List<Violation> refused(Samples sample, boolean setting) {
    return check(sample, setting).violations();
  }

  private static Verdict check(Samples sample, boolean setting) {
    AccountConfig config = StiggBench.config(AccountConfig.Aliases.NONE, setting);
    return StiggCheck.check(sample.plan(), StiggSettings.of(config));
  }

  // ---- not allowed by the BillingBackend ----------------------------------------------------

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void usageBesideAYearlyPriceIsRefusedBeforeAnyCall(boolean server) {
    for (Samples sample : List.of(both(), yearOnly())) {
      StiggBench bench = bench(false, server);
      bench.newWrites();
      Outcome outcome = bench.toRest(sample.plan(), StiggBench.KEEP);
      assertThat(outcome).isInstanceOf(Outcome.Inexpressible.class);
      assertThat(outcome.toString())
          .as("what has to be known first, and what to set then")
          .contains("ask Stigg whether whoever pays by the year can be billed for usage", SETTING);
      assertThat(bench.server.exchanges())
          .as("calls, but for those that open the account")
          .allMatch(it -> it.target().startsWith("/api/v1/products?"));
    }
  }

  // ---- allowed by both ----------------------------------------------------------------------

  @Test
  void usageByTheMonthStandsBesideBothAndEverybodyPaysItEachMonth() {
    StiggBench bench = bench(true, true);
    bench.sync(both().plan());

    assertThat(rows(bench))
        .containsExactly(
            "FLAT_FEE RECURRING ANNUALLY - 490",
            "FLAT_FEE RECURRING MONTHLY - 49",
            "USAGE_BASED RECURRING MONTHLY api-calls 0.002",
            "USAGE_BASED RECURRING MONTHLY storage-gb GRADUATED");
    Purchase month = Purchase.monthly().with("api-calls", "1000").with("storage-gb", "11");
    assertThat(bench.server.bill("team", month).get("usd")).isEqualByComparingTo("58.3");
    Purchase year =
        Purchase.yearly()
            .withMonths("api-calls", months("1000", "500"))
            .withMonths("storage-gb", months("11", "0", "9"));
    // 490 + 1500 * 0.002 + (10 * 0.5 + 2 + 0.3) + 9 * 0.5: tiers begin anew each month
    assertThat(bench.server.bill("team", year).get("usd")).isEqualByComparingTo("504.8");
  }

  @Test
  void usageByTheYearStandsBesideAYearlyPrice() {
    StiggBench bench = bench(true, true);
    bench.sync(yearOnly().plan());

    assertThat(rows(bench))
        .containsExactly(
            "FLAT_FEE RECURRING ANNUALLY - 490", "USAGE_BASED RECURRING ANNUALLY api-calls 0.002");
    for (boolean paid : List.of(true, false)) {
      bench.with(StiggSwitch.MONTHLY_USAGE_PAID_BY_YEARLY, paid);
      assertThat(bench.server.bill("team", Purchase.yearly().with("api-calls", "1500")).get("usd"))
          .isEqualByComparingTo("493");
    }
  }

  /** What a person has to ask before the setting is set. */
  @Test
  void whereThePeriodDecidesAloneAMonthOfUsageWouldBeFreeForWhoPaysByTheYear() {
    StiggBench bench = bench(true, true).with(StiggSwitch.MONTHLY_USAGE_PAID_BY_YEARLY, false);
    bench.sync(both().plan());
    Purchase year = Purchase.yearly().withMonths("api-calls", months("1000"));
    assertThat(bench.server.bill("team", year).get("usd")).isEqualByComparingTo("490");
  }

  @Test
  void aSetupFeeIsPaidWithThePeriodsThatThePlanIsSoldFor() {
    StiggBench bench = bench(true, true);
    Samples sample = new Samples();
    sample.with(
        yearly("team-yearly", "490"),
        perUnit("calls", "api-calls", "0.002"),
        Samples.setup("setup", "10"));
    bench.sync(sample.plan());

    assertThat(rows(bench))
        .containsExactly(
            "FLAT_FEE ONE_OFF ANNUALLY - 10",
            "FLAT_FEE RECURRING ANNUALLY - 490",
            "USAGE_BASED RECURRING MONTHLY api-calls 0.002");
  }

  @Test
  void aYearlyPriceIsAddedToUsageAndTakenAwayAgain() {
    StiggBench bench = bench(true, true);
    Samples usage = team();
    usage.with(perUnit("calls", "api-calls", "0.002"));
    bench.sync(usage.plan());
    bench.newWrites();
    Samples more = team();
    more.with(perUnit("calls", "api-calls", "0.002"), yearly("team-yearly", "490"));
    bench.sync(more.plan());
    assertThat(rows(bench))
        .containsExactly(
            "FLAT_FEE RECURRING ANNUALLY - 490",
            "FLAT_FEE RECURRING MONTHLY - 49",
            "USAGE_BASED RECURRING MONTHLY api-calls 0.002");
    assertThat(bench.newWrites())
        .containsExactly("POST plans/team/draft", "PATCH plans/team", "POST plans/team/publish");
    Samples less = team();
    less.with(yearly("team-yearly", "490"));
    bench.sync(less.plan());
    assertThat(rows(bench))
        .containsExactly("FLAT_FEE RECURRING ANNUALLY - 490", "FLAT_FEE RECURRING MONTHLY - 49");
  }

  // ---- what is compared ---------------------------------------------------------------------

  private static final Policies REVERT =
      StiggBench.with(Policies.Adoption.NEVER, Policies.DriftPolicy.REVERT);

  @ParameterizedTest
  @CsvSource({"true, MONTHLY", "false, ANNUALLY"})
  void aHandEditOfUsageIsDriftAndIsPutBack(boolean month, String period) {
    StiggBench bench = bench(true, true);
    Samples sample = month ? both() : yearOnly();
    bench.sync(sample.plan());
    List<String> made = rows(bench);
    edit(
        bench,
        row -> {
          if (row.path("featureId").asText().equals("api-calls")) {
            assertThat(row.path("billingPeriod").asText()).isEqualTo(period);
            ((ObjectNode) row.path("price")).set("amount", DecimalNode.valueOf(dec("0.003")));
          }
        });
    bench.blocked(
        bench.toRest(sample.plan(), StiggBench.KEEP), Reason.DRIFTED, "prices.calls.amount");
    assertThat(bench.toRest(sample.plan(), REVERT)).isEqualTo(new Outcome.Done());
    assertThat(rows(bench)).isEqualTo(made);
  }

  @Test
  void aRowOfUsageThatSomebodyRemovedIsDriftAndIsPutBack() {
    StiggBench bench = bench(true, true);
    bench.sync(both().plan());
    List<String> made = rows(bench);
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    bench.server.console().charges("team", PUBLISHED).stream()
        .filter(it -> !it.path("featureId").asText().equals("api-calls"))
        .forEach(left::add);
    bench.server.console().edit("team", PUBLISHED, "charges", left);
    bench.blocked(bench.toRest(both().plan(), StiggBench.KEEP), Reason.DRIFTED, "prices.calls");
    assertThat(bench.toRest(both().plan(), REVERT)).isEqualTo(new Outcome.Done());
    assertThat(rows(bench)).isEqualTo(made);
  }

  /** Somebody gives those who pay by the year a row of their own: nothing of ours may erase it. */
  @Test
  void aRowForTheOtherPeriodIsSomebodysOwn() {
    StiggBench bench = bench(true, true);
    bench.sync(both().plan());
    ArrayNode more = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode row : bench.server.console().charges("team", PUBLISHED)) {
      more.add(row);
      if (row.path("featureId").asText().equals("api-calls")) {
        more.add(
            row.deepCopy()
                .put("billingPeriod", "ANNUALLY")
                .put("id", "00000000-0000-4000-8000-000000000099"));
      }
    }
    bench.server.console().edit("team", PUBLISHED, "charges", more);
    bench.newWrites();
    assertThat(bench.toRest(both().plan(), StiggBench.KEEP))
        .as("it is no drift")
        .isEqualTo(new Outcome.Done());
    Samples edited = both();
    edited.prices.set(0, flat("team-monthly", "59"));
    bench.blocked(
        bench.toRest(edited.plan(), StiggBench.KEEP),
        Reason.UNMANAGED_REMOTE_CONTENT,
        "USAGE_BASED ANNUALLY over api-calls");
    assertThat(bench.newWrites()).isEmpty();
  }

  private static void edit(StiggBench bench, java.util.function.Consumer<ObjectNode> change) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    bench
        .server
        .console()
        .charges("team", PUBLISHED)
        .forEach(
            row -> {
              change.accept(row);
              rows.add(row);
            });
    bench.server.console().edit("team", PUBLISHED, "charges", rows);
  }

  // ---- allowed by the BillingBackend, and not by the server ---------------------------------

  @Test
  void aServerThatRefusesIsToldInItsOwnWordsAndNothingIsSold() {
    StiggBench bench = bench(true, false);
    for (int tries = 0; tries < 4; tries++) {
      bench.blocked(
          bench.toRest(both().plan(), StiggBench.KEEP),
          Reason.BACKEND_REJECTED,
          "pay-as-you-go is possible only where monthly is the sole period (BadUserInput)");
      assertThat(bench.last().outcome().toString())
          .contains("make one Plan for each interval", "usageBesideYearly");
      if (tries == 2) {
        bench.memory = Memory.EMPTY; // a status that was lost
      }
      bench.clock.advance(java.time.Duration.ofMinutes(10));
    }
    assertThat(Reason.BACKEND_REJECTED.retry()).isEqualTo(Reason.Retry.SLOW);
    assertThat(bench.writes())
        .as("made once, and once a try filled in vain")
        .containsExactly(
            "POST plans",
            "PATCH plans/team",
            "PATCH plans/team",
            "PATCH plans/team",
            "PATCH plans/team");
    assertThat(bench.server.controls().plan("team").orElseThrow().path("versions"))
        .singleElement()
        .satisfies(it -> assertThat(it.path("status").asText()).isEqualTo("DRAFT"));

    Samples apart = team();
    apart.with(perUnit("calls", "api-calls", "0.002"));
    bench.sync(apart.plan());
    assertThat(bench.server.bill("team", Purchase.monthly().with("api-calls", "500")).get("usd"))
        .isEqualByComparingTo("50");
    assertThat(bench.server.controls().plan("team").orElseThrow().path("versions")).hasSize(1);
  }

  @Test
  void anEditThatTheServerRefusesLeavesWhatIsSoldAsItIs() {
    StiggBench bench = bench(true, false);
    Samples before = team();
    before.with(perUnit("calls", "api-calls", "0.002"));
    bench.sync(before.plan());
    bench.newWrites();
    for (int tries = 0; tries < 3; tries++) {
      bench.blocked(
          bench.toRest(both().plan(), StiggBench.KEEP), Reason.BACKEND_REJECTED, "BadUserInput");
      bench.clock.advance(java.time.Duration.ofMinutes(10));
    }
    assertThat(bench.newWrites())
        .as("one draft")
        .containsExactly(
            "POST plans/team/draft", "PATCH plans/team", "PATCH plans/team", "PATCH plans/team");
    assertThat(rows(bench))
        .containsExactly(
            "FLAT_FEE RECURRING MONTHLY - 49", "USAGE_BASED RECURRING MONTHLY api-calls 0.002");
    bench.sync(before.plan());
    assertThat(bench.newWrites())
        .as("and it goes again")
        .containsExactly("DELETE plans/team/draft");
    assertThat(bench.server.controls().counts().planDrafts()).isZero();
  }

  @Test
  void aServerThatRefusesOnlyToPublishSellsNothingEither() {
    StiggBench bench = bench(true, true);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("message", "usage cannot be billed annually").putNull("code");
    bench.between =
        request ->
            request.target().endsWith("/publish")
                ? new ApiResponse(400, Map.of(), body)
                : bench.direct.send(request);
    for (int tries = 0; tries < 3; tries++) {
      bench.blocked(
          bench.toRest(both().plan(), StiggBench.KEEP),
          Reason.BACKEND_REJECTED,
          "usage cannot be billed annually; if that is about usage beside a yearly price");
    }
    assertThat(bench.writes()).containsExactly("POST plans", "PATCH plans/team");
    bench.between = bench.direct;
    bench.sync(both().plan());
  }

  /** A server that drops such rows without a word: the draft read back does not hold them. */
  @Test
  void aServerThatDropsUsageWithoutAWordPublishesNothing() {
    StiggBench bench = bench(true, true);
    bench.between =
        request -> {
          request
              .body()
              .map(it -> it.path("charges").path("pricingModels"))
              .filter(JsonNode::isArray)
              .ifPresent(
                  it -> {
                    for (int i = it.size() - 1; i >= 0; i--) {
                      if (it.path(i).path("billingModel").asText().equals("USAGE_BASED")) {
                        ((ArrayNode) it).remove(i);
                      }
                    }
                  });
          return bench.direct.send(request);
        };
    assertThat(bench.toRest(both().plan(), StiggBench.KEEP)).isInstanceOf(Outcome.Blocked.class);
    assertThat(bench.writes()).doesNotContain("POST plans/team/publish");
  }

  // ---- allowed once, and then no more -------------------------------------------------------

  @Test
  void turnedOffThePlanStaysOnSaleAsItIsAndIsToldAsNotExpressible() {
    StiggBench bench = bench(true, true);
    bench.sync(both().plan());
    List<String> sold = rows(bench);
    bench.newWrites();
    bench.usageBesideYearly(false);
    for (Policies policies : List.of(StiggBench.KEEP, REVERT)) {
      assertThat(bench.toRest(both().plan(), policies)).isInstanceOf(Outcome.Inexpressible.class);
    }
    assertThat(bench.newWrites()).isEmpty();
    assertThat(rows(bench)).isEqualTo(sold);
    assertThat(bench.memory.binding().externalId()).isEqualTo("team");
    bench.usageBesideYearly(true);
    bench.sync(both().plan());
    assertThat(bench.newWrites()).isEmpty();
    bench.usageBesideYearly(false);
    assertThat(bench.remove(both().plan(), Policies.Deletion.ARCHIVE))
        .as("what a deleted Plan leaves behind can be archived all the same")
        .isEqualTo(new Outcome.Done());
    assertThat(bench.newWrites()).containsExactly("POST plans/team/archive");
  }

  @Test
  void aSettledPlanIsCheckedAnewWhenTheSettingChanges() {
    StiggBench bench = new StiggBench();
    Map<String, String> off = bench.provider.meaning();
    Map<String, String> on = bench.usageBesideYearly(true).provider.meaning();
    assertThat(on).isNotEqualTo(off).containsEntry("usageBesideYearly", "true");
    assertThat(off).doesNotContainKey("usageBesideYearly");
  }

  // ---- what stays refused -------------------------------------------------------------------

  @Test
  void whatSomebodyWouldNotPayStaysRefused() {
    Samples yearOfUsage = both();
    yearOfUsage.prices.set(2, yearly("calls", perUnit("x", "api-calls", "0.002").model()));
    Samples overage = team();
    overage.with(
        yearly("team-yearly", "490"),
        Samples.price("over", new PriceModel.Overage("seats", dec("5"))));
    overage.entitlements.add(
        new Entitlement(
            "seats", new Entitlement.Limit(dec("10"), Optional.empty(), true), Optional.empty()));
    Samples seats = team();
    seats.with(yearly("team-yearly", "490"), seats(Samples.MONTHLY));
    Samples two = new Samples();
    two.with(
        perUnit("calls", "api-calls", "0.002"),
        yearly("texts", perUnit("x", "sms", "0.002").model()),
        yearly("team-yearly", "490"));
    Samples alone = new Samples();
    alone.with(
        perUnit("calls", "api-calls", "0.002"),
        yearly("texts", perUnit("x", "sms", "0.002").model()));
    for (Samples sample : List.of(yearOfUsage, overage, seats, two, alone)) {
      assertThat(refused(sample, true))
          .isNotEmpty()
          .allSatisfy(
              it -> {
                assertThat(it.field()).isEqualTo("spec.recurring");
                assertThat(it.instead()).doesNotContain("usageBesideYearly");
              });
      assertThat(refused(sample, false)).isNotEmpty();
    }
    for (Samples sample : List.of(yearOfUsage, overage, seats, alone)) {
      assertThat(refused(sample, false))
          .as("a setting that would not help is not named")
          .noneMatch(it -> it.instead().contains("usageBesideYearly"));
    }
  }

  /** The hint is there exactly where the setting would help. */
  @Test
  void theSettingIsNamedWhereItWouldHelp() {
    Samples seats = new Samples();
    seats.with(seats(YEARLY), perUnit("calls", "api-calls", "0.002"));
    Samples alone = new Samples();
    alone.with(yearly("calls", perUnit("x", "api-calls", "0.002").model()));
    for (Samples sample : List.of(both(), yearOnly(), seats, alone)) {
      assertThat(refused(sample, true)).isEmpty();
      assertThat(refused(sample, false))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.instead()).contains(SETTING));
    }
  }

  @Test
  void whoPaysByTheYearPaysUsageInHisOwnCurrency() {
    Samples sample = team();
    sample.with(
        Samples.price("euros", new PriceModel.Flat(dec("490"), Optional.empty()), "EUR", YEARLY),
        perUnit("calls", "api-calls", "0.002"));
    assertThat(refused(sample, true))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.field()).isEqualTo("spec.currency");
              assertThat(it.object()).contains("calls");
            });
  }

  @Test
  void aPlanWhoseOnlyMonthlyPriceIsUsageSaysWhatIsNotKnown() {
    Samples sample = new Samples();
    sample.with(yearly("team-yearly", "490"), perUnit("calls", "api-calls", "0.002"));
    assertThat(check(sample, true).isExpressible()).isTrue();
    assertThat(check(sample, true).warnings())
        .singleElement()
        .asString()
        .contains("subscribe to it by the month");
    assertThat(check(both(), true).warnings()).isEmpty();
    assertThat(check(yearOnly(), true).warnings()).isEmpty();
    StiggBench bench = bench(true, true);
    bench.sync(sample.plan());
    assertThat(bench.provider.check(sample.plan(), AccountFacts.unknown()).isExpressible())
        .isTrue();
  }
}
