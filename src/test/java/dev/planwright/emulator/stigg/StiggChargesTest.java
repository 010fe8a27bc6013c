package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggCalls.flat;
import static dev.planwright.emulator.stigg.StiggCalls.paid;
import static dev.planwright.emulator.stigg.StiggCalls.price;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StiggChargesTest {
  private static final String BAD = "400 BadUserInput";
  private static final String USAGE =
      "{'billingModel':'USAGE_BASED','featureId':'calls','pricePeriods':[%s]}"
          .formatted(price("MONTHLY", "0.00270"));

  private final StiggEmulator emulator = new StiggEmulator();
  private final StiggControls controls = emulator.controls();
  private final StiggConsole console = emulator.console();
  private final StiggCalls api = StiggCalls.on(emulator);

  @BeforeEach
  void someFeaturesAndADraft() {
    console.feature("seats", "NUMBER", "FLUCTUATING");
    console.feature("calls", "NUMBER", "INCREMENTAL");
    console.feature("sso", "BOOLEAN", "None");
    api.create("a");
  }

  @Test
  void eachPeriodBecomesARowWithoutWhatNothingReadsBack() {
    String seats =
        "{'billingModel':'PER_UNIT','featureId':'seats','minUnitQuantity':1,'maxUnitQuantity':50,"
            + "'resetPeriod':'MONTH','pricePeriods':[%s,%s]}"
                .formatted(price("MONTHLY", "5.50"), price("ANNUALLY", "55"));
    api.charges("a", flat("49.00"), seats);
    assertThat(api.get("/plans/a").path("pricingType").asText()).isEqualTo("PAID");
    JsonNode rows = api.get("/plans/a/charges");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).path("price")).hasToString("{\"currency\":\"usd\",\"amount\":49}");
    assertThat(rows.get(1).path("price").path("amount")).hasToString("5.5");
    assertThat(rows.get(1).path("billingCadence").asText()).isEqualTo("RECURRING");
    assertThat(rows.get(2).path("billingPeriod").asText()).isEqualTo("ANNUALLY");
    assertThat(rows.get(2).path("maxUnitQuantity").asInt()).isEqualTo(50);
    assertThat(rows.get(2).has("resetPeriod")).isFalse();
    assertThat(rows.findValuesAsText("usedInSubscriptions")).containsOnly("false");
    api.publish("a");
    console.subscribe("a");
    assertThat(api.get("/plans/a/charges").findValuesAsText("usedInSubscriptions"))
        .containsOnly("true");
    controls.set(StiggSwitch.CHARGES_IN_ORDER_SENT, false);
    assertThat(api.ids("/plans/a/charges?limit=1"))
        .isEqualTo(Collections.unmodifiableList(rows.findValuesAsText("id").reversed()));
  }

  @Test
  void chargesReplaceAllOrMergeByTuple() {
    api.charges("a", flat("49"), USAGE);
    api.charges("a", flat("59"));
    assertThat(api.get("/plans/a/charges")).hasSize(1);
    controls.set(StiggSwitch.CHARGES_REPLACE, false);
    api.charges("a", flat("69"), USAGE);
    api.charges("a", flat("79"));
    JsonNode merged = api.get("/plans/a/charges");
    assertThat(merged.findValuesAsText("amount")).containsExactly("0.0027", "79");
  }

  @Test
  void aListThatIsLeftOutIsEmptiedOrKept() {
    api.patch(
        "/plans/a",
        "{'charges':{'pricingType':'PAID','minimumSpend':[{'billingPeriod':'MONTHLY',"
            + "'minimum':{'amount':20,'currency':'eur'}}],'pricingModels':["
            + flat("1")
            + "]}}");
    assertThat(api.get("/plans/a/charges").findValuesAsText("billingModel"))
        .containsExactly("FLAT_FEE", "MINIMUM_SPEND");
    controls.set(StiggSwitch.MINIMUM_SPEND_IS_A_CHARGE, false);
    assertThat(api.get("/plans/a/charges")).hasSize(1);
    controls.set(StiggSwitch.MINIMUM_SPEND_IS_A_CHARGE, true);
    controls.set(StiggSwitch.ABSENT_CHARGE_LISTS_KEPT, true);
    api.patch("/plans/a", "{'charges':{'pricingType':'PAID'}}");
    assertThat(api.get("/plans/a/charges")).hasSize(2);
    controls.set(StiggSwitch.ABSENT_CHARGE_LISTS_KEPT, false);
    api.patch("/plans/a", "{'charges':{'pricingType':'PAID'}}");
    assertThat(api.get("/plans/a/charges")).isEmpty();
  }

  @Test
  void whoseChargesAReadShowsIsAnOpenQuestion() {
    api.charges("a", flat("49"));
    api.publish("a");
    api.post("/plans/a/draft", "");
    api.charges("a", flat("59"));
    assertThat(api.get("/plans/a/charges").findValuesAsText("amount")).containsExactly("59");
    controls.set(StiggSwitch.CHARGES_READ_SHOWS_DRAFT, false);
    assertThat(api.get("/plans/a/charges").findValuesAsText("amount")).containsExactly("49");
  }

  @Test
  void aDraftsRowsHaveIdsOfTheirOwn() {
    api.charges("a", flat("49"));
    api.publish("a");
    String before = api.get("/plans/a/charges").get(0).path("id").asText();
    api.post("/plans/a/draft", "");
    assertThat(api.get("/plans/a/charges").get(0).path("id").asText()).isNotEqualTo(before);
  }

  @Test
  void equalRowsAreRefusedOrTheLastWins() {
    String once = flat("9").replace("RECURRING", "ONE_OFF");
    api.charges(
        "a",
        flat("1"),
        once,
        flat("2").replace("'billingPeriod'", "'billingCountryCode':'DE','billingPeriod'"));
    String twice = paid(flat("1"), flat("2"));
    assertThat(api.outcome("PATCH", "/plans/a", twice)).isEqualTo(BAD);
    assertThat(api.get("/plans/a/charges")).as("nothing of it is kept").hasSize(3);
    controls.set(StiggSwitch.EQUAL_CHARGES_REFUSED, false);
    api.patch("/plans/a", twice);
    assertThat(api.get("/plans/a/charges").findValuesAsText("amount")).containsExactly("2");
  }

  @Test
  void payAsYouGoStandsBesideMonthlyOnlyUnlessItMay() {
    String yearly = "{'billingModel':'FLAT_FEE','pricePeriods':[%s]}";
    String both = paid(yearly.formatted(price("ANNUALLY", "490")), USAGE);
    assertThat(api.outcome("PATCH", "/plans/a", both)).isEqualTo(BAD);
    String setup = yearly.replace("{'b", "{'billingCadence':'ONE_OFF','b");
    api.charges("a", setup.formatted(price("ANNUALLY", "9")), USAGE);
    controls.set(StiggSwitch.USAGE_BESIDE_YEARLY, true);
    api.patch("/plans/a", both);
    assertThat(api.get("/plans/a/charges")).hasSize(2);
  }

  @Test
  void aFreePlanHasNoCharges() {
    String free = paid(flat("1")).replace("PAID", "FREE");
    assertThat(api.outcome("PATCH", "/plans/a", free)).isEqualTo(BAD);
    controls.set(StiggSwitch.CHARGES_ON_FREE_REFUSED, false);
    api.patch("/plans/a", free);
    assertThat(api.get("/plans/a/charges")).isEmpty();
    assertThat(api.get("/plans/a").path("pricingType").asText()).isEqualTo("FREE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'billingModel':'FLAT_FEE'}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[]}",
        "{'billingModel':'CHEAP','pricePeriods':[{'billingPeriod':'MONTHLY'}]}",
        "{'billingModel':'MINIMUM_SPEND','pricePeriods':[{'billingPeriod':'MONTHLY'}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'billingPeriod':'WEEKLY'}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'price':{'amount':1,'currency':'usd'}}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'billingPeriod':'MONTHLY','price':{'amount':'1','currency':'usd'}}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'billingPeriod':'MONTHLY','price':{'amount':1,'currency':'USD'}}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'billingPeriod':'MONTHLY','price':{'amount':1,'currency':'kwd'}}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'billingPeriod':'MONTHLY','price':{'currency':'usd'}}]}",
        "{'billingModel':'FLAT_FEE','pricePeriods':[{'billingPeriod':'MONTHLY','billingCountryCode':'XX'}]}",
        "{'billingModel':'PER_UNIT','pricePeriods':[{'billingPeriod':'MONTHLY'}]}",
        "{'billingModel':'PER_UNIT','featureId':'seats','maxUnitQuantity':1000000,'pricePeriods':[{'billingPeriod':'MONTHLY'}]}",
        "{'billingModel':'USAGE_BASED','featureId':'sso','pricePeriods':[{'billingPeriod':'MONTHLY'}]}",
        "{'billingModel':'USAGE_BASED','featureId':'calls','pricePeriods':[{'billingPeriod':'MONTHLY','tiers':[{}]}]}",
        "{'billingModel':'USAGE_BASED','featureId':'calls','tiersMode':'VOLUME','pricePeriods':[{'billingPeriod':'MONTHLY','blockSize':10,'tiers':[{}]}]}"
      })
  void aModelThatTheSchemaOrThePageForbidsIsBadInput(String model) {
    assertThat(api.outcome("PATCH", "/plans/a", paid(model))).isEqualTo(BAD);
    assertThat(api.get("/plans/a").path("pricingType").isNull()).isTrue();
  }

  @Test
  void fiftyModelsAreTheMost() {
    String models = String.join(",", Collections.nCopies(51, "{'billingModel':'CREDIT_BASED'}"));
    assertThat(api.outcome("PATCH", "/plans/a", paid(models))).isEqualTo(BAD);
    assertThat(api.outcome("PATCH", "/plans/a", "{'charges':{}}")).isEqualTo(BAD);
  }

  @Test
  void whatAChargeNamesMustExist() {
    String missing =
        "{'billingModel':'PER_UNIT','featureId':'none','pricePeriods':[%s]}"
            .formatted(price("MONTHLY", "1"));
    assertThat(api.outcome("PATCH", "/plans/a", paid(missing))).isEqualTo("404 FeatureNotFound");
    String credits =
        "{'billingModel':'CREDIT_BASED','topUpCustomCurrencyId':'tokens','pricePeriods':[%s]}"
            .formatted(price("MONTHLY", "1"));
    String topUp = paid(credits);
    assertThat(api.outcome("PATCH", "/plans/a", topUp)).isEqualTo("404 CustomCurrencyNotFound");
    console.currency("tokens");
    api.patch("/plans/a", topUp);
    assertThat(api.outcome("PATCH", "/plans/a", "{'compatibleAddonIds':['none']}"))
        .isEqualTo("404 null");
  }

  @Test
  void amountsAreMajorUnitsWithFiveDecimals() {
    assertThat(api.outcome("PATCH", "/plans/a", paid(flat("0.000015"))))
        .isEqualTo("400 InvalidUpdatePriceUnitAmountError");
    api.charges("a", flat("0.00150000"));
    assertThat(amount()).hasToString("0.0015");
    controls.set(StiggSwitch.SIXTH_DECIMAL_REFUSED, false);
    api.charges("a", flat("0.000015"));
    assertThat(amount()).hasToString("0.00002");
    controls.set(StiggSwitch.FINE_FLAT_FEES_REFUSED, true);
    assertThat(api.outcome("PATCH", "/plans/a", paid(flat("0.001")))).isEqualTo(BAD);
    assertThat(api.outcome("PATCH", "/plans/a", paid(flat("0.5").replace("usd", "jpy"))))
        .isEqualTo(BAD);
    api.charges("a", flat("1E+3").replace("usd", "jpy"), USAGE);
    assertThat(amount()).hasToString("1000");
  }

  @Test
  void moneyWithoutCurrencyIsDollarsOrRefused() {
    String bare = paid(flat("1").replace(",'currency':'usd'", ""));
    api.patch("/plans/a", bare);
    assertThat(api.get("/plans/a/charges").findValuesAsText("currency")).containsExactly("usd");
    controls.set(StiggSwitch.CURRENCY_NEEDED, true);
    assertThat(api.outcome("PATCH", "/plans/a", bare)).isEqualTo(BAD);
  }

  @Test
  void blocksAreRefusedWithZuora() {
    String blocks = paid(USAGE.replace("'price'", "'blockSize':1000,'price'"));
    api.patch("/plans/a", blocks);
    assertThat(api.get("/plans/a/charges").get(0).path("blockSize").asInt()).isEqualTo(1000);
    controls.set(StiggSwitch.ZUORA_CONNECTED, true);
    assertThat(api.outcome("PATCH", "/plans/a", blocks)).isEqualTo(BAD);
  }

  @Test
  void anOveragePriceHasItsOwnListAndMayWriteTheLimitUnderIt() {
    String overage =
        "{'charges':{'pricingType':'PAID','overageBillingPeriod':'MONTHLY','overagePricingModels':["
            + "{'billingModel':'USAGE_BASED','entitlement':{'featureId':'calls','usageLimit':100,"
            + "'hasSoftLimit':true},'pricePeriods':[%s]}]}}".formatted(price("MONTHLY", "0.1"));
    api.patch("/plans/a", overage);
    assertThat(api.get("/plans/a/charges")).isEmpty();
    JsonNode row = api.get("/plans/a/overage-charges").get(0);
    assertThat(row.path("featureId").asText()).isEqualTo("calls");
    assertThat(api.get("/plans/a/entitlements").findValuesAsText("usageLimit"))
        .containsExactly("100");
    api.patch("/plans/a", overage.replace("100", "200"));
    assertThat(api.get("/plans/a/entitlements").findValuesAsText("usageLimit"))
        .containsExactly("200");
    controls.set(StiggSwitch.OVERAGE_WRITES_ENTITLEMENT, false);
    api.patch("/plans/a", overage);
    assertThat(api.get("/plans/a/entitlements").findValuesAsText("usageLimit"))
        .containsExactly("200");
  }

  @Test
  void aPersonCanTamperWithEveryPart() {
    api.charges("a", flat("49"), USAGE);
    StiggConsole.Which draft = StiggConsole.Which.DRAFT;
    console.editAmount("a", draft, 0, "490.00");
    assertThat(amount()).hasToString("490");
    console.editCharge(
        "a", draft, 0, "billingPeriod", console.charges("a", draft).get(0).path("id"));
    assertThat(console.charges("a", draft).getFirst().path("billingPeriod").asText()).hasSize(36);
    console.removeCharge("a", draft, 0);
    assertThat(api.get("/plans/a/charges").findValuesAsText("billingModel"))
        .containsExactly("USAGE_BASED");
    console.metadata("a", Map.of("k", "v"));
    assertThat(api.get("/plans/a").path("metadata")).hasToString("{\"k\":\"v\"}");
    assertThat(console.overages("a", draft)).isEmpty();
  }

  private JsonNode amount() {
    return api.get("/plans/a/charges").get(0).path("price").path("amount");
  }
}
