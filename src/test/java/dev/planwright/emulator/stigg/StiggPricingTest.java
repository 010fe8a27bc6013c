package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggCalls.flat;
import static dev.planwright.emulator.stigg.StiggCalls.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each figure was worked out by hand. */
class StiggPricingTest {
  private static final String TIERS =
      "[{'upTo':10,'unitPrice':{'amount':2,'currency':'usd'},'flatPrice':{'amount':5,'currency':'usd'}},"
          + "{'upTo':100,'unitPrice':{'amount':1.5,'currency':'usd'}},"
          + "{'flatPrice':{'amount':50,'currency':'usd'},'unitPrice':{'amount':0.1,'currency':'usd'}}]";

  private final StiggEmulator emulator = new StiggEmulator();
  private final StiggControls controls = emulator.controls();
  private final StiggConsole console = emulator.console();
  private final StiggCalls api = StiggCalls.on(emulator);

  @BeforeEach
  void someFeatures() {
    console.feature("seats", "NUMBER", "FLUCTUATING");
    console.feature("calls", "NUMBER", "INCREMENTAL");
  }

  private static String model(String billing, String feature, String period) {
    return "{'billingModel':'%s','featureId':'%s','pricePeriods':[%s]}"
        .formatted(billing, feature, period);
  }

  private static String tiered(String mode) {
    return "{'billingModel':'USAGE_BASED','featureId':'calls','tiersMode':'%s','pricePeriods':[{'billingPeriod':'MONTHLY','tiers':%s}]}"
        .formatted(mode, TIERS);
  }

  private BigDecimal usd(Purchase purchase) {
    return emulator.bill("a", purchase).getOrDefault("usd", BigDecimal.ZERO);
  }

  private static BigDecimal dec(String number) {
    return new BigDecimal(number);
  }

  @ParameterizedTest
  @CsvSource({
    "GRADUATED, 0, 5", // the first tier's flat price
    "GRADUATED, 10, 25", // 10 * 2 + 5
    "GRADUATED, 11, 26.5", // 25 + 1 * 1.5
    "GRADUATED, 100, 160", // 25 + 90 * 1.5
    "GRADUATED, 101, 210.1", // 160 + 50 + 1 * 0.1
    "GRADUATED, 10.5, 25.75", // 25 + 0.5 * 1.5
    "VOLUME, 0, 5",
    "VOLUME, 10, 25",
    "VOLUME, 11, 16.5", // 11 * 1.5, no flat price
    "VOLUME, 101, 60.1" // 101 * 0.1 + 50
  })
  void tiersCost(String mode, String quantity, String cost) {
    api.published("a", tiered(mode));
    assertThat(usd(Purchase.monthly().with("calls", quantity))).isEqualByComparingTo(cost);
    String row = console.charges("a", StiggConsole.Which.PUBLISHED).getFirst().path("id").asText();
    assertThat(emulator.cost(row, dec(quantity))).isEqualByComparingTo(cost);
  }

  @Test
  void theFirstFlatPriceAtZeroIsAnOpenQuestion() {
    api.published("a", tiered("GRADUATED"));
    controls.set(StiggSwitch.FIRST_TIER_FLAT_AT_ZERO, false);
    assertThat(usd(Purchase.monthly())).isZero();
    assertThat(usd(Purchase.monthly().with("calls", "1"))).isEqualByComparingTo("7");
  }

  @Test
  void flatPerUnitAndUsageAddUp() {
    api.published(
        "a",
        flat("49.90"),
        model("PER_UNIT", "seats", price("MONTHLY", "5.5")),
        model("USAGE_BASED", "calls", price("MONTHLY", "0.0027")));
    // 49.90 + 3 * 5.5 + 1001 * 0.0027
    assertThat(usd(Purchase.monthly().with("seats", "3").with("calls", "1001")))
        .isEqualByComparingTo("69.1027");
    assertThat(usd(Purchase.monthly())).isEqualByComparingTo("49.90");
    assertThat(emulator.bill("a", Purchase.yearly())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 8", "1000, 8", "1000.5, 16", "2001, 24"})
  void aBlockIsPaidAsAWhole(String quantity, String cost) {
    String blocks = price("MONTHLY", "8").replace("'price'", "'blockSize':1000,'price'");
    api.published("a", model("USAGE_BASED", "calls", blocks));
    assertThat(usd(Purchase.monthly().with("calls", quantity))).isEqualByComparingTo(cost);
  }

  @Test
  void unitsOutsideOfTheRangeCannotBeBought() {
    String seats = model("PER_UNIT", "seats", price("MONTHLY", "2"));
    api.published(
        "a", seats.replace("{'billingM", "{'minUnitQuantity':2,'maxUnitQuantity':4,'billingM"));
    assertThat(usd(Purchase.monthly().with("seats", "4"))).isEqualByComparingTo("8");
    for (String quantity : new String[] {"1", "5"}) {
      assertThatThrownBy(() -> usd(Purchase.monthly().with("seats", quantity)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aCountryWithoutARowPaysTheRowWithoutACountry() {
    String german =
        "{'billingPeriod':'MONTHLY','billingCountryCode':'DE','price':{'amount':45,'currency':'eur'}}";
    String periods = german + "," + price("MONTHLY", "49");
    api.published("a", "{'billingModel':'FLAT_FEE','pricePeriods':[%s]}".formatted(periods));
    assertThat(emulator.bill("a", Purchase.monthly().from("DE"))).hasToString("{eur=45}");
    assertThat(emulator.bill("a", Purchase.monthly().from("FR"))).hasToString("{usd=49}");
    assertThat(emulator.bill("a", Purchase.monthly())).hasToString("{usd=49}");
  }

  @Test
  void aOneOffFeeIsPaidOnceAndWithItsPeriodUnlessItIsPaidWithAny() {
    String yearly =
        "{'billingModel':'FLAT_FEE','pricePeriods':[%s]}".formatted(price("ANNUALLY", "490"));
    api.published("a", flat("49"), yearly, flat("100").replace("RECURRING", "ONE_OFF"));
    assertThat(usd(Purchase.monthly().atFirst())).isEqualByComparingTo("149");
    assertThat(usd(Purchase.monthly())).isEqualByComparingTo("49");
    assertThat(usd(Purchase.yearly().atFirst())).isEqualByComparingTo("490");
    controls.set(StiggSwitch.ONE_OFF_TIED_TO_PERIOD, false);
    assertThat(usd(Purchase.yearly().atFirst())).isEqualByComparingTo("590");
    assertThat(usd(Purchase.monthly().atFirst())).isEqualByComparingTo("149");
  }

  @Test
  void overageIsPaidAboveTheSoftLimitOnly() {
    api.create("a");
    api.patch(
        "/plans/a",
        "{'charges':{'pricingType':'PAID','pricingModels':[%s],'overagePricingModels':[%s]}}"
            .formatted(flat("10"), model("USAGE_BASED", "calls", price("MONTHLY", "0.5"))));
    api.post(
        "/plans/a/entitlements",
        "{'entitlements':[{'type':'FEATURE','id':'calls','usageLimit':100,'hasSoftLimit':true}]}");
    api.publish("a");
    assertThat(usd(Purchase.monthly().with("calls", "100"))).isEqualByComparingTo("10");
    assertThat(usd(Purchase.monthly().with("calls", "103"))).isEqualByComparingTo("11.5");
    StiggConsole.Which live = StiggConsole.Which.PUBLISHED;
    console.editEntitlement("a", live, "calls", "hasSoftLimit", BooleanNode.FALSE);
    assertThat(usd(Purchase.monthly().with("calls", "103"))).isEqualByComparingTo("10");
    controls.set(StiggSwitch.OVERAGE_NEEDS_SOFT_LIMIT, false);
    assertThat(usd(Purchase.monthly().with("calls", "103"))).isEqualByComparingTo("11.5");
    console.removeEntitlement("a", live, "calls");
    assertThat(usd(Purchase.monthly().with("calls", "103"))).isEqualByComparingTo("10");
  }

  @Test
  void aMinimumIsPaidWhereTheRestIsLessButOneOffFeesComeOnTop() {
    api.create("a");
    api.patch(
        "/plans/a",
        "{'charges':{'pricingType':'PAID','pricingModels':[%s,%s],'minimumSpend':[{'billingPeriod':'MONTHLY','minimum':{'amount':30,'currency':'usd'}}]}}"
            .formatted(
                model("USAGE_BASED", "calls", price("MONTHLY", "1")),
                flat("7").replace("RECURRING", "ONE_OFF")));
    api.publish("a");
    assertThat(usd(Purchase.monthly().with("calls", "29"))).isEqualByComparingTo("30");
    assertThat(usd(Purchase.monthly().with("calls", "31"))).isEqualByComparingTo("31");
    assertThat(usd(Purchase.monthly().atFirst())).isEqualByComparingTo("37");
  }

  @Test
  void whatHasNoKnownPriceIsNeverTakenForFree() {
    api.published("a", model("PER_UNIT", "seats", "{'billingPeriod':'MONTHLY'}"));
    assertThatThrownBy(() -> usd(Purchase.monthly())).isInstanceOf(IllegalStateException.class);
    String closed =
        tiered("VOLUME")
            .replace(",{'flatPrice':{'amount':50", ",{'upTo':200,'flatPrice':{'amount':50");
    api.published("b", closed);
    assertThatThrownBy(() -> emulator.bill("b", Purchase.monthly().with("calls", "201")))
        .isInstanceOf(IllegalStateException.class);
    console.currency("tokens");
    api.published(
        "c",
        model(
            "USAGE_BASED",
            "calls",
            "{'billingPeriod':'MONTHLY','creditRate':{'amount':2,'currencyId':'tokens'}}"));
    assertThatThrownBy(() -> emulator.bill("c", Purchase.monthly()))
        .isInstanceOf(IllegalStateException.class);
    api.create("d");
    assertThatThrownBy(() -> emulator.bill("d", Purchase.monthly()))
        .as("a draft is not on sale")
        .isInstanceOf(IllegalArgumentException.class);
  }
}
