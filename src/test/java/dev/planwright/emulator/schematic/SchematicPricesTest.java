package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base prices, trials and entitlements as they are stored and read back. */
class SchematicPricesTest {
  private final SchematicCalls api = SchematicCalls.fresh();
  private final SchematicControls controls = api.controls();
  private final String here = controls.environment();
  private final String plan = api.plan("Team");

  private JsonNode read() {
    return api.read("/plans/" + plan);
  }

  private int put(String body) {
    return api.status("PUT", "/plans/" + plan + "/billing_products", body);
  }

  @Test
  void everyIntervalIsReadBackAndAQuarterIsThreeMonths() {
    JsonNode answer =
        api.prices(plan, "'monthly_price':4900,'quarterly_price':13900,'yearly_price':49000");
    assertThat(answer.has("quarterly_price_id")).isFalse();
    JsonNode read = read();
    assertThat(read.path("quarterly_price").path("interval").asText()).isEqualTo("month");
    assertThat(read.path("quarterly_price").path("interval_count").asInt()).isEqualTo(3);
    assertThat(read.path("yearly_price").path("price").asInt()).isEqualTo(49000);
    assertThat(read.path("monthly_price").path("id")).isEqualTo(answer.path("monthly_price_id"));
    assertThat(read.path("billing_product").path("prices")).hasSize(3);
  }

  @Test
  void currenciesAreLoweredAndTheDefaultIsRepeatedOnReading() {
    api.prices(
        plan,
        "'currency':'USD','monthly_price':4900,'currency_prices':"
            + "[{'currency':'EUR','monthly_price':4500},{'currency':'usd','yearly_price':49000}]");
    JsonNode read = read();
    assertThat(read.path("monthly_price").path("currency").asText()).isEqualTo("usd");
    assertThat(read.path("yearly_price").path("price").asInt()).isEqualTo(49000);
    assertThat(read.path("currency_prices").findValuesAsText("price"))
        .containsExactly("4900", "49000", "4500");
  }

  @Test
  void anEqualPriceKeepsItsIdAndAnAbsentOneIsGone() {
    JsonNode first = api.prices(plan, "'monthly_price':4900,'yearly_price':49000");
    JsonNode second = api.prices(plan, "'monthly_price':4900");
    assertThat(second.path("monthly_price_id")).isEqualTo(first.path("monthly_price_id"));
    assertThat(read().has("yearly_price")).isFalse();
    JsonNode third = api.prices(plan, "'monthly_price':4901");
    assertThat(third.path("monthly_price_id")).isNotEqualTo(first.path("monthly_price_id"));
    assertThat(third.path("billing_product_id")).isEqualTo(first.path("billing_product_id"));
  }

  @ParameterizedTest(name = "{0} keeps {2} of {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "recurring | 'monthly_price':1,'one_time_price':2 | 1",
        "one_time | 'monthly_price':1,'one_time_price':2 | 2",
        "free | 'monthly_price':0,'yearly_price':5 | 0",
        "none | 'monthly_price':1 | "
      })
  void pricesThatDoNotBelongToTheChargeTypeAreDroppedWithoutAWord(
      String charge, String prices, String kept) {
    String body = "{'charge_type':'%s','is_trialable':false,%s}".formatted(charge, prices);
    assertThat(put(body)).isEqualTo(200);
    assertThat(read().path("currency_prices").findValuesAsText("price"))
        .isEqualTo(kept == null ? java.util.List.of() : java.util.List.of(kept));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'is_trialable':false}",
        "{'charge_type':'recurring'}",
        "{'charge_type':'weekly','is_trialable':false}",
        "{'charge_type':'recurring','is_trialable':false,'monthly_price':49.5}",
        "{'charge_type':'recurring','is_trialable':false,'monthly_price':'4900'}",
        "{'charge_type':'recurring','is_trialable':false,'monthly_price':-1}",
        "{'charge_type':'recurring','is_trialable':false,'currency':'dollars'}",
        "{'charge_type':'recurring','is_trialable':false,'currency_prices':[{'monthly_price':1}]}"
      })
  void settingsThatTheVendorCannotReadAreRefused(String body) {
    assertThat(put(body)).isEqualTo(400);
    assertThat(read().path("charge_type").asText()).isEqualTo("none");
  }

  @Test
  void aTrialNeedsBothFieldsAndDaysWithoutATrialAreDropped() {
    String body = "{'charge_type':'recurring','is_trialable':%s,'trial_days':14}";
    assertThat(put(body.formatted("false"))).isEqualTo(200);
    assertThat(read().has("trial_days")).isFalse();
    assertThat(put(body.formatted("true"))).isEqualTo(200);
    assertThat(read().path("trial_days").asInt()).isEqualTo(14);
  }

  @Test
  void withoutStripePaidPricesAreRefusedAndAFailureOfStripeIsToldInItsWords() {
    String paid = "{'charge_type':'recurring','is_trialable':false,'monthly_price':1}";
    controls.connectStripe(here, false);
    assertThat(put(paid)).isEqualTo(400);
    assertThat(put("{'charge_type':'free','is_trialable':false}")).isEqualTo(200);
    controls.connectStripe(here, true);
    controls.failNextStripeCall("Invalid currency: xxx");
    assertThat(
            api.call("PUT", "/plans/" + plan + "/billing_products", "{" + paid.substring(1)).text())
        .contains("Invalid currency: xxx");
    assertThat(read().path("charge_type").asText()).isEqualTo("free");
    assertThat(put(paid)).isEqualTo(200);
  }

  @Test
  void anImportedPriceCanBeLinkedWhereItIsKnown() {
    ObjectNode imported = controls.importPrice(here, "usd", Cadence.MONTHLY, 777);
    api.prices(
        plan,
        "'billing_product_id':'%s','monthly_price_id':'%s'"
            .formatted(imported.path("product").asText(), imported.path("price").asText()));
    assertThat(read().path("monthly_price").path("price").asInt()).isEqualTo(777);
    assertThat(
            put("{'charge_type':'recurring','is_trialable':false,'monthly_price_id':'bprice_x'}"))
        .isEqualTo(404);
  }

  @Test
  void aPlanWithoutAPriceHasAnIssue() {
    assertThat(api.read("/plans/issues?plan_id=" + plan)).isEmpty();
    api.good(
        "PUT",
        "/plans/" + plan + "/billing_products",
        "{'charge_type':'recurring','is_trialable':false}");
    assertThat(api.read("/plans/issues?plan_id=" + plan).get(0).path("code").asText())
        .isEqualTo("missing_price");
  }

  @ParameterizedTest(name = "{0} with {1} is read as {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "event | 'value_type':'boolean','price_behavior':'pay_as_you_go' | unlimited",
        "event | 'value_type':'boolean','price_behavior':'overage','value_numeric':5 | numeric",
        "trait | 'value_type':'numeric','price_behavior':'pay_in_advance' | trait",
        "license | 'value_type':'unlimited','price_behavior':'pay_in_advance' | trait",
        "trait | 'value_type':'numeric','value_numeric':3 | numeric"
      })
  void withAPriceBehaviourTheVendorDecidesOnTheTypeOfValue(
      String feature, String fields, String read) {
    JsonNode made = api.entitle(plan, controls.addFeature("f", feature), fields);
    assertThat(made.path("value_type").asText()).isEqualTo(read);
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "trait | 'value_type':'credit','value_credit_id':'x','price_behavior':'credit_burndown'",
        "boolean | 'value_type':'boolean','price_behavior':'pay_as_you_go'",
        "license | 'value_type':'unlimited','price_behavior':'tier'",
        "trait | 'value_type':'numeric'",
        "trait | 'value_type':'number'",
        "trait | 'value_numeric':3",
        "event | 'value_type':'unlimited','billing_threshold':49",
        "event | 'value_type':'unlimited','price_behavior':'pay_as_you_go','monthly_unit_price_decimal':'-1'",
        "event | 'value_type':'unlimited','price_behavior':'tier','tier_mode':'volume','monthly_price_tiers':[{'up_to':5}]",
        "event | 'value_type':'unlimited','price_behavior':'tier','tier_mode':'volume','monthly_price_tiers':[{'up_to':5},{'up_to':5},{}]"
      })
  void entitlementsThatDoNotFitTheFeatureAreRefused(String feature, String fields) {
    String id = controls.addFeature("f", feature);
    String body = "{'plan_id':'%s','feature_id':'%s',%s}".formatted(plan, id, fields);
    assertThat(api.status("POST", "/plan-entitlements", body)).isEqualTo(400);
    assertThat(controls.counts().entitlements()).isZero();
  }

  @Test
  void usagePricesAreReadBackWithTheirDecimalsAndPricesOfNoBehaviourAreDropped() {
    String calls = controls.addFeature("calls", "event");
    JsonNode made =
        api.entitle(
            plan,
            calls,
            "'value_type':'unlimited','price_behavior':'pay_as_you_go',"
                + "'monthly_unit_price_decimal':'0.250','yearly_unit_price':7,"
                + "'currency_prices':[{'currency':'eur','monthly_unit_price_decimal':'0.2'}]");
    JsonNode price = made.path("metered_monthly_price");
    assertThat(price.path("price").asInt()).isZero();
    assertThat(price.path("price_decimal").asText()).isEqualTo("0.25");
    assertThat(made.path("metered_yearly_price").path("price_decimal").asText()).isEqualTo("7");
    assertThat(made.path("currency_prices")).hasSize(2);
    String one = "/plan-entitlements/" + made.path("id").asText();
    JsonNode bare = api.good("PUT", one, "{'value_type':'unlimited','monthly_unit_price':7}");
    assertThat(bare.has("metered_monthly_price")).isFalse();
    assertThat(bare.path("currency_prices")).isEmpty();
  }

  @Test
  void aFeatureCanBeEntitledTwiceAndEachIsDeletedByItsId() {
    String sso = controls.addFeature("sso", "boolean");
    JsonNode first = api.entitle(plan, sso, "'value_type':'boolean','value_bool':true");
    api.entitle(plan, sso, "'value_type':'boolean','value_bool':false");
    assertThat(api.read("/plan-entitlements?plan_id=" + plan)).hasSize(2);
    api.delete("/plan-entitlements/" + first.path("id").asText());
    assertThat(api.read("/plan-entitlements?plan_id=" + plan)).hasSize(1);
  }

  @Test
  void featuresAreMadeFoundByNameAndShownWithTheirFlag() {
    JsonNode made =
        api.good(
            "POST",
            "/features",
            "{'name':'API calls','description':'','feature_type':'event','event_subtype':'call',"
                + "'flag':{'key':'api-calls','name':'f','description':'','flag_type':'boolean',"
                + "'default_value':false}}");
    assertThat(made.path("flags").get(0).path("key").asText()).isEqualTo("api-calls");
    assertThat(api.read("/features?q=calls").get(0)).isEqualTo(made);
    assertThat(api.read("/features/" + made.path("id").asText())).isEqualTo(made);
    assertThat(api.status("POST", "/features", "{'name':'x','feature_type':'event'}"))
        .isEqualTo(400);
  }

  @Test
  void grantsOfCreditsAreMadeChangedAndDeleted() {
    String credit =
        api.good("POST", "/billing/credits", "{'name':'t','description':'','currency':'usd'}")
            .path("id")
            .asText();
    String rest = "'credit_amount':%d,'reset_cadence':'monthly','reset_start':'billing_period'";
    JsonNode made =
        api.good(
            "POST",
            "/billing/credits/plan-grants",
            ("{'plan_id':'%s','credit_id':'%s'," + rest + "}").formatted(plan, credit, 10));
    String one = "/billing/credits/plan-grants/" + made.path("id").asText();
    assertThat(api.good("PUT", one, "{" + rest.formatted(20) + "}").path("credit_amount").asInt())
        .isEqualTo(20);
    assertThat(api.read("/billing/credits/plan-grants?plan_id=" + plan)).hasSize(1);
    api.delete(one);
    assertThat(controls.counts().grants()).isZero();
  }
}
