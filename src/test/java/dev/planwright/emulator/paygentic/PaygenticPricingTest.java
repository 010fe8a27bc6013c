package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures worked by hand. */
class PaygenticPricingTest {
  private final PaygenticShop shop = PaygenticShop.open();
  private final PaygenticCalls api = shop.api();

  private PaygenticBill bill(String plan, String calls) {
    return shop.emulator().newSubscriberPays(plan, Map.of("calls", new BigDecimal(calls)));
  }

  @ParameterizedTest(name = "{1} at {0} cost {2}")
  @CsvSource({
    "0.00002, 1000001, 20.00002",
    "0.03, 250, 7.5",
    "-0.5, 3, -1.5",
    "2, 0, 0",
    "19.99, 3, 59.97",
    "0.1, 0.25, 0.025"
  })
  void usageCostsQuantityTimesUnitPrice(String unitPrice, String quantity, String cost) {
    String plan = shop.plan(shop.usage(unitPrice));
    assertThat(bill(plan, quantity).amount()).isEqualByComparingTo(cost);
  }

  @Test
  void threePercentOfASumIsAFractionAndThreeIsThreeHundredPercent() {
    assertThat(bill(shop.plan(shop.usage("0.03")), "1000").amount()).isEqualByComparingTo("30");
    assertThat(bill(shop.plan(shop.usage("3")), "1000").amount()).isEqualByComparingTo("3000");
  }

  @Test
  void aFlatPriceIsTakenAsOftenAsItsQuantity() {
    String plan = shop.plan(api.make("/v0/prices", shop.feePrice("9.90", ",'quantity':3")));
    assertThat(shop.pays(plan)).isEqualByComparingTo("29.7");
  }

  @Test
  void aSetupFeeIsPaidOnceAndABaseFeeAlways() {
    String setup = api.make("/v0/prices", shop.feePrice("100", "").replace("'P1M'", "'P0D'"));
    String plan = shop.plan(setup, shop.flat("49"), shop.usage("0.5"));
    PaygenticBill first = bill(plan, "10");
    assertThat(first.amount()).isEqualByComparingTo("154");
    assertThat(first.once()).isEqualByComparingTo("100");
    assertThat(first.recurring()).isEqualByComparingTo("54");
    assertThat(first.overMonths(3)).isEqualByComparingTo("262");
    String subscriber = shop.controls().addSubscriber(plan);
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("149");
    shop.controls().nextPeriod(subscriber);
    assertThat(shop.subscriberPays(subscriber)).isEqualByComparingTo("49");
  }

  @Test
  void aPriceKeepsItsOwnCadence() {
    String yearly = api.make("/v0/prices", shop.feePrice("120", "").replace("'P1M'", "'P1Y'"));
    String quarterly = api.make("/v0/prices", shop.feePrice("30", "").replace("'P1M'", "'P3M'"));
    PaygenticBill bill = bill(shop.plan(yearly, quarterly, shop.usage("1")), "2");
    assertThat(bill.overMonths(12)).isEqualByComparingTo("264");
    assertThat(bill.overMonths(4)).as("two quarters have begun").isEqualByComparingTo("188");
  }

  @Test
  void usageWithoutACadenceFollowsThePlan() {
    String plan = api.make("/v0/plans", shop.planBody(",'billingCadence':'P3M'", shop.usage("1")));
    PaygenticBill bill = bill(plan, "5");
    assertThat(bill.lines().getFirst().cadence()).isEqualTo("P3M");
    assertThat(bill.overMonths(5)).as("one quarter has ended").isEqualByComparingTo("5");
  }

  @Test
  void taxComesOnTopUnlessItIsIncluded() {
    String flat = shop.flat("50");
    String plan = api.make("/v0/plans", shop.planBody(",'defaultTaxRate':7.5", flat));
    assertThat(bill(plan, "0").withTax()).isEqualByComparingTo("53.75");
    api.patch("/v0/plans/" + plan, "{'taxBehavior':'inclusive'}");
    assertThat(bill(plan, "0").withTax()).isEqualByComparingTo("50");
  }

  @Test
  void aPriceInCreditsIsNoMoney() {
    String unit = shop.make().pricingUnit(shop.merchant(), "credits");
    String credits =
        api.make("/v0/prices", shop.usagePrice("5", ",'pricingUnitId':'" + unit + "'"));
    PaygenticBill bill = bill(shop.plan(credits, shop.flat("1")), "2");
    assertThat(bill.amount()).isEqualByComparingTo("1");
    assertThat(bill.lines().getFirst().unit()).isEqualTo(unit);
    assertThat(bill.lines().getFirst().amount()).isEqualByComparingTo("10");
  }

  @ParameterizedTest(name = "3 % of {0}, from 1 to 20, is {1}")
  @CsvSource({"10, 1", "100, 3", "1000, 20"})
  void aLegacyPercentageHasALeastAndAMost(String amount, String cost) {
    ObjectNode properties = Store.object().put("percentage", "0.03");
    properties.put("minCharge", "1").put("maxCharge", "20");
    String price = shop.make().legacyPrice(shop.metric(), "Cut", "percentage", properties);
    String plan = shop.make().plan(shop.product(), "Old", "USD", price);
    assertThat(bill(plan, amount).amount()).isEqualByComparingTo(cost);
    assertThat(api.read("/v0/prices/" + price).path("model").asText()).isEqualTo("percentage");
    assertThat(api.status("PATCH", "/v0/prices/" + price, "{'properties':{'unitPrice':'1'}}"))
        .as("a legacy model is read only")
        .isEqualTo(400);
  }

  @Test
  void whatNobodyCanComputeIsNotGuessed() {
    ObjectNode properties = Store.object().put("minPrice", "1").put("maxPrice", "2");
    String price = shop.make().legacyPrice(shop.metric(), "D", "dynamic", properties);
    String plan = shop.make().plan(shop.product(), "Old", "USD", price);
    assertThatThrownBy(() -> bill(plan, "1")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> shop.emulator().newSubscriberPays(plan, Map.of("cals", BigDecimal.ONE)))
        .hasMessageContaining("cals");
  }
}
