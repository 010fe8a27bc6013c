package dev.planwright.emulator.paygentic;

import static dev.planwright.emulator.paygentic.PaygenticDoubt.*;
import static dev.planwright.emulator.paygentic.PaygenticLooks.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every doubt, asked of a server that has it and of one that has not. */
class PaygenticDoubtTest {
  /**
   * What is seen with the doubt settled and with it raised.
   *
   * @param doubt is raised in a shop that was open before
   */
  record Case(
      PaygenticDoubt doubt, Function<PaygenticShop, Object> look, String settled, String raised) {
    @Override
    public String toString() {
      return doubt + ": " + settled + " or " + raised;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(plans(), versions(), prices(), everywhere()).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aDoubtTurnsOneThing(Case it) {
    assertThat(it.look().apply(open())).hasToString(it.settled());
    PaygenticShop shop = open();
    shop.controls().raise(it.doubt());
    assertThat(it.look().apply(shop)).hasToString(it.raised());
    PaygenticShop again = open();
    again.controls().raise(it.doubt()).settle(it.doubt());
    assertThat(it.look().apply(again)).hasToString(it.settled());
  }

  @Test
  void noDoubtIsForgotten() {
    assertThat(cases().map(Case::doubt).distinct())
        .containsExactlyInAnyOrder(PaygenticDoubt.values());
  }

  /** Not judged by the schema, since some of the other answers are not as it says. */
  private static PaygenticShop open() {
    PaygenticShop it = PaygenticShop.open();
    return new PaygenticShop(
        it.emulator(), it.api().unjudged(), it.merchant(), it.product(), it.fee(), it.metric());
  }

  private static List<Case> plans() {
    return List.of(
        new Case(PLAN_PRICES_AS_IDS, it -> pricesAreTexts(it), "[false, false]", "[true, true]"),
        new Case(
            PLAN_PRICES_AS_IDS_BUT_IN_LISTS,
            it -> pricesAreTexts(it),
            "[false, false]",
            "[true, false]"),
        new Case(
            PLAN_PRICES_SHOW_UNIT_AMOUNT,
            it -> read(it, it.plan(it.flat("1.5"))).path("prices").path(0).path("unitAmount"),
            "",
            "\"150\""),
        new Case(PATCHED_PRICES_ARE_ADDED, it -> it.pays(patched(it)), "2", "3"),
        new Case(
            PATCHED_PRICES_KEEP_THE_VERSION,
            it -> patched(it).isEmpty() ? "" : it.controls().counts().versions(),
            "2",
            "1"),
        new Case(
            PATCHED_PRICES_CONFLICT_WITH_SUBSCRIBERS,
            it -> patch(it, subscribed(it, it.flat("1")), "'prices':['" + it.flat("2") + "']"),
            "200",
            "409"),
        new Case(
            PATCHED_PRICES_MAY_BE_EMPTY,
            it -> patch(it, it.plan(it.flat("1")), "'prices':[]"),
            "400",
            "200"),
        new Case(
            PATCHED_CADENCE_CONFLICTS_WITH_SUBSCRIBERS,
            it -> patch(it, subscribed(it, it.flat("1")), "'billingCadence':'P1Y'"),
            "200",
            "409"),
        new Case(PATCHED_CADENCE_SPARES_SUBSCRIBERS, PaygenticLooks::cadence, "P1Y", "P1M"),
        new Case(
            PRICE_OF_ONE_PLAN_ONLY,
            it -> {
              String flat = it.flat("1");
              it.plan(flat);
              return post(it, "plans", it.planBody("", flat));
            },
            "201",
            "400"),
        new Case(
            PRICE_OF_THE_PLANS_PRODUCT_ONLY,
            it -> {
              String other = it.make().product(it.merchant(), "Other");
              String body = it.planBody("", it.flat("1")).replace(it.product(), other);
              return post(it, "plans", body);
            },
            "201",
            "400"),
        new Case(
            METRIC_ONCE_IN_A_PLAN,
            it -> post(it, "plans", it.planBody("", it.usage("1"), it.usage("-1"))),
            "201",
            "400"),
        new Case(
            CADENCE_AS_THE_PLANS,
            it -> post(it, "plans", it.planBody(",'billingCadence':'P1Y'", it.flat("1"))),
            "201",
            "400"),
        new Case(
            PRODUCT_MAY_BE_LEFT_OUT,
            it ->
                post(
                    it,
                    "plans",
                    it.planBody("").replace("'productId':'" + it.product() + "',", "")),
            "400",
            "201"),
        new Case(
            BILLING_VERSION_ZERO,
            it -> post(it, "plans", it.planBody(",'billingVersion':0")),
            "400",
            "201"),
        new Case(
            DELETED_PLAN_IS_GONE,
            it -> it.api().status("/v0/plans/" + deletedPlan(it)),
            "200",
            "404"),
        new Case(
            DELETED_PLAN_IS_LISTED,
            it -> deletedPlan(it).isEmpty() ? "" : it.api().read("/v0/plans").path("data").size(),
            "0",
            "1"));
  }

  private static List<Case> versions() {
    return List.of(
        new Case(
            REPLACE_SWAPS_IDS,
            it -> {
              String made = replaced(it, it.plan(it.flat("1")), "2");
              return it.api().read("/v0/prices/" + made).path("properties").path("unitPrice");
            },
            "\"2\"",
            "\"1\""),
        new Case(
            REPLACE_DELETES_THE_NEW_PRICE,
            it -> it.api().status("/v0/prices/" + replaced(it, it.plan(it.flat("1")), "2")),
            "200",
            "404"),
        new Case(
            VERSION_AT_ONCE,
            it -> {
              String plan = it.plan(it.flat("1"));
              String subscriber = it.controls().addSubscriber(plan);
              replaced(it, plan, "2");
              return it.subscriberPays(subscriber);
            },
            "1",
            "2"),
        new Case(VERSION_ENTITLES_EVERYBODY, PaygenticLooks::entitled, "[]", "[sso]"),
        new Case(
            ONE_TIME_PRICE_REACHES_EVERYBODY,
            it -> {
              String plan = it.plan(it.flat("1"));
              String subscriber = it.controls().addSubscriber(plan);
              mint(it, plan, it.make().feePrice(it.fee(), "Setup", "P0D", "100"));
              it.controls().nextPeriod(subscriber);
              BigDecimal next = it.subscriberPays(subscriber);
              it.controls().nextPeriod(subscriber);
              return List.of(next, it.subscriberPays(subscriber));
            },
            "[1, 1]",
            "[101, 1]"),
        new Case(SUBSCRIBERS_COUNT_FOR_THE_DEFAULT, PaygenticLooks::counted, "[0, 2]", "[2, 0]"),
        new Case(COUNT_ACTIVE_ONLY, PaygenticLooks::counted, "[0, 2]", "[0, 1]"),
        new Case(COUNT_EVERYBODY, PaygenticLooks::counted, "[0, 2]", "[0, 3]"),
        new Case(
            OLD_VERSION_IS_ARCHIVED,
            it -> {
              String plan = it.plan(it.flat("1"));
              mint(it, plan, it.flat("2"));
              return it.api()
                  .status("PATCH", "/v0/plans/" + plan + "/versions/1", "{'default':true}");
            },
            "200",
            "409"),
        new Case(
            UNKNOWN_PRICE_IS_NOT_FOUND,
            it -> mint(it, it.plan(it.flat("1")), "price_unknown"),
            "400",
            "404"));
  }

  private static List<Case> prices() {
    return List.of(
        new Case(
            DELETED_PRICE_IS_CHARGED,
            it -> {
              String flat = it.flat("1");
              String plan = it.plan(flat, it.flat("2"));
              it.api().delete("/v0/prices/" + flat);
              return List.of(it.pays(plan), it.pricesOf(plan).contains(flat));
            },
            "[2, false]",
            "[3, true]"),
        new Case(
            LISTED_PRICE_IS_NOT_DELETED,
            it -> {
              String flat = it.flat("1");
              it.plan(flat);
              return it.api().delete("/v0/prices/" + flat);
            },
            "204",
            "400"),
        new Case(
            DELETED_PRICE_IS_READABLE,
            it -> it.api().status("/v0/prices/" + deletedPrice(it)),
            "404",
            "200"),
        new Case(
            DELETED_PRICE_BLOCKS_THE_FEE,
            it -> deletedPrice(it).isEmpty() ? "" : it.api().delete("/v0/fees/" + it.fee()),
            "204",
            "409"),
        new Case(BLOCKED_FIELD_IS_A_CONFLICT, PaygenticLooks::blocked, "400 P1M", "409 P1M"),
        new Case(BLOCKED_FIELD_IS_DROPPED, PaygenticLooks::blocked, "400 P1M", "200 P1M"),
        new Case(NO_FIELD_IS_BLOCKED, PaygenticLooks::blocked, "400 P1M", "200 P1Y"),
        new Case(
            QUANTITY_FROM_ONE,
            it -> post(it, "prices", it.feePrice("1", ",'quantity':0")),
            "201",
            "400"),
        new Case(
            NO_QUARTERLY_FEE,
            it -> post(it, "prices", it.feePrice("1", "").replace("'P1M'", "'P3M'")),
            "201",
            "400"),
        new Case(
            AMOUNTS_ARE_RESPELLED,
            it ->
                it.api()
                    .made("/v0/prices", it.feePrice("100.00", ""))
                    .path("properties")
                    .path("unitPrice"),
            "\"100.00\"",
            "\"100\""),
        new Case(
            LEGACY_MODELS_ARE_TAKEN,
            it ->
                post(
                    it,
                    "prices",
                    it.usagePrice("1", "")
                        .replace("'standard'", "'percentage'")
                        .replace("'unitPrice':'1'", "'percentage':'0.03'")),
            "400",
            "201"),
        new Case(
            TEMPLATE_OF_ANY_TYPE,
            it -> {
              String sso = it.make().feature(it.product(), "sso", "metered");
              return post(it, "prices", it.feePrice("1", carrying(sso)));
            },
            "400",
            "201"),
        new Case(
            DELETED_FEATURE_STAYS_ON_PRICES,
            it -> {
              String sso = it.make().feature(it.product(), "sso", "boolean");
              String price = it.api().make("/v0/prices", it.feePrice("1", carrying(sso)));
              it.api().delete("/v0/features/" + sso);
              return it.api().read("/v0/prices/" + price).path("features").size();
            },
            "0",
            "1"));
  }

  private static List<Case> everywhere() {
    return List.of(
        new Case(
            UNKNOWN_FIELDS_ARE_REFUSED,
            it -> patch(it, it.plan(), "'currency':'EUR'"),
            "200",
            "400"),
        new Case(
            FOREIGN_IS_NOT_FOUND,
            it -> {
              String key = it.make().merchant("Beta", "USD").key();
              return PaygenticCalls.with(it.emulator(), key).status("/v0/plans/" + it.plan());
            },
            "403",
            "404"),
        new Case(LIMIT_IS_CLAMPED, it -> it.api().status("/v0/plans?limit=500"), "400", "200"),
        new Case(
            NULLS_ARE_SHOWN,
            it -> it.api().read("/v0/prices/" + it.usage("1")).has("billingCadence"),
            "false",
            "true"),
        new Case(OLDEST_FIRST, it -> order(it), "[4, 3, 2, 1, 0]", "[0, 1, 2, 3, 4]"),
        new Case(ORDERED_BY_ID, it -> isById(it), "false", "true"),
        new Case(NO_ORDER, it -> order(it).equals(order(it)), "true", "false"));
  }
}
