package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaygenticPricesTest {
  private final PaygenticShop shop = PaygenticShop.open();
  private final PaygenticCalls api = shop.api();

  @ParameterizedTest(name = "a fee''s price with {0} has a wrong {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'invoiceDisplayName':null | invoiceDisplayName",
        "'paymentTerm':'instant' | paymentTerm",
        "'billingCadence':null | billingCadence",
        "'billingCadence':'P1W' | billingCadence",
        "'properties':{'unitPrice':'-1'} | properties.unitPrice",
        "'properties':{'unitPrice':1} | properties.unitPrice",
        "'properties':{'unitPrice':'1,5'} | properties.unitPrice",
        "'properties':{'percentage':'0.03'} | properties.unitPrice",
        "'model':'volume' | model",
        "'quantity':1000001 | quantity",
        "'quantity':1.5 | quantity",
        "'quantity':'1' | quantity",
        "'grantDiscountEnabled':true | grantDiscountEnabled",
        "'billableMetricId':'bm_1' | feeId",
        "'feature':null | feature"
      })
  void aFeesPriceIsChecked(String wrong, String field) throws Exception {
    assertThat(
            PaygenticCalls.wrongFields(
                api.call("POST", "/v0/prices", merged(shop.feePrice("1", ""), wrong))))
        .contains(field);
    assertThat(shop.controls().counts().prices()).isZero();
  }

  @ParameterizedTest(name = "a metric''s price with {0} has a wrong {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'model':'percentage','properties':{'percentage':'0.03','minCharge':'0','maxCharge':'1'} | model",
        "'model':'graduated' | model",
        "'quantity':2 | quantity",
        "'billingCadence':'P0D' | billingCadence",
        "'properties':{'unitPrice':'-1'},'grantDiscountEnabled':true | properties.unitPrice",
        "'properties':{'unitPrice':'-1'},'pricingUnitId':'pu_1' | properties.unitPrice",
        "'properties':{'unitPrice':'-1'},'feature':{'featureId':'feat_1','entitlementTemplate':"
            + "{'type':'metered','isSoftLimit':false}} | properties.unitPrice"
      })
  void aMetricsPriceIsChecked(String wrong, String field) throws Exception {
    assertThat(
            PaygenticCalls.wrongFields(
                api.call("POST", "/v0/prices", merged(shop.usagePrice("1", ""), wrong))))
        .contains(field);
  }

  private static String merged(String body, String more) throws Exception {
    JsonMapper json = new JsonMapper();
    ObjectNode whole = (ObjectNode) json.readTree(body.replace('\'', '"'));
    whole.setAll((ObjectNode) json.readTree(("{" + more + "}").replace('\'', '"')));
    return whole.toString();
  }

  @Test
  void aModelIsNeededWithAMetricAndNotWithAFee() {
    String body = shop.usagePrice("1", "").replace("'model':'standard',", "");
    assertThat(PaygenticCalls.wrongFields(api.call("POST", "/v0/prices", body)))
        .containsExactly("model");
    assertThat(api.made("/v0/prices", shop.feePrice("1", "")).path("model").asText())
        .isEqualTo("standard");
  }

  @Test
  void aPriceIsOfAMetricOrOfAFee() {
    String body = shop.feePrice("1", "").replace("'feeId':'" + shop.fee() + "',", "");
    assertThat(PaygenticCalls.wrongFields(api.call("POST", "/v0/prices", body)))
        .containsExactly("billableMetricId");
    String unknown = shop.feePrice("1", "").replace(shop.fee(), "fee_nowhere");
    assertThat(api.status("POST", "/v0/prices", unknown)).isEqualTo(404);
  }

  @Test
  void aRebateIsANegativePriceOfAMetric() {
    String plan = shop.plan(shop.usage("0.5"), shop.usage("-0.1"));
    var bill = shop.emulator().newSubscriberPays(plan, Map.of("calls", new BigDecimal(10)));
    assertThat(bill.amount()).isEqualByComparingTo("4");
  }

  @Test
  void amountsComeBackAsSentAndNothingElseIsKept() {
    String more = ",'nickname':'x','currency':'EUR','metadata':{'a':'b'}";
    JsonNode price =
        api.made("/v0/prices", shop.feePrice("49.00", more).replace("49.00'", "49.00','x':'y'"));
    assertThat(price.path("properties").toString()).isEqualTo("{\"unitPrice\":\"49.00\"}");
    assertThat(price.has("nickname") || price.has("currency") || price.has("metadata")).isFalse();
    assertThat(price.path("quantity").asInt()).isEqualTo(1);
    assertThat(api.read("/v0/prices/" + price.path("id").asText())).isEqualTo(price);
  }

  @Test
  void aPricesFeeIsForEverAndItsMetricIsNot() {
    String other = shop.make().fee(shop.product(), "Other", "d");
    String flat = shop.flat("1");
    JsonNode patched = api.patch("/v0/prices/" + flat, "{'feeId':'" + other + "','quantity':3}");
    assertThat(patched.path("feeId").asText()).isEqualTo(shop.fee());
    assertThat(patched.path("quantity").asInt()).isEqualTo(3);
    String metric = shop.make().metric(shop.product(), "tokens", "COUNT");
    String body = "{'billableMetricId':'" + metric + "'}";
    assertThat(api.patch("/v0/prices/" + shop.usage("1"), body).path("billableMetricId").asText())
        .isEqualTo(metric);
    assertThat(api.status("PATCH", "/v0/prices/" + flat, body)).isEqualTo(400);
  }

  @Test
  void aDeletedPriceLeavesItsPlanAndIsMarkedInTheVersion() {
    String flat = shop.flat("10");
    String usage = shop.usage("1");
    String plan = shop.plan(flat, usage);
    assertThat(api.delete("/v0/prices/" + flat)).isEqualTo(204);
    assertThat(api.status("/v0/prices/" + flat)).isEqualTo(404);
    assertThat(api.delete("/v0/prices/" + flat)).isEqualTo(404);
    assertThat(PaygenticCalls.ids(api.read("/v0/prices").path("data"))).containsExactly(usage);
    assertThat(shop.pricesOf(plan)).containsExactly(usage);
    assertThat(shop.pays(plan)).isEqualByComparingTo("0");
    JsonNode slots = api.read("/v0/plans/" + plan + "/versions/1").path("prices");
    assertThat(slots.get(0).path("priceDeleted").asBoolean()).isTrue();
    assertThat(slots.get(1).path("priceDeleted").asBoolean()).isFalse();
    assertThat(shop.controls().counts().deletedPrices()).isEqualTo(1);
    assertThat(shop.controls().listedPrices(plan)).containsExactly(flat, usage);
  }

  @Test
  void pricesAreListedOverAllPlansAndFoundByMetricOnly() {
    shop.flat("1");
    String usage = shop.usage("1");
    assertThat(PaygenticCalls.ids(api.read("/v0/prices?feeId=" + shop.fee()).path("data")))
        .as("there is no filter by fee")
        .hasSize(2);
    JsonNode found = api.read("/v0/prices?billableMetricId=" + shop.metric());
    assertThat(PaygenticCalls.ids(found.path("data"))).containsExactly(usage);
  }

  @Test
  void aFeatureIsCarriedShownAndTakenOff() {
    String sso = shop.make().feature(shop.product(), "sso", "boolean");
    String body =
        "{'feature':{'featureId':'%s','entitlementTemplate':{'type':'boolean'}}}".formatted(sso);
    String flat = shop.flat("1");
    JsonNode feature = api.patch("/v0/prices/" + flat, body).path("features").path(0);
    assertThat(feature.path("feature").path("key").asText()).isEqualTo("sso");
    assertThat(feature.path("entitlementTemplate").path("type").asText()).isEqualTo("boolean");
    assertThat(api.patch("/v0/prices/" + flat, "{'feature':null}").path("features")).isEmpty();
    assertThat(api.status("PATCH", "/v0/prices/" + flat, body.replace(sso, "feat_none")))
        .isEqualTo(404);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "boolean | {'type':'boolean'} | 200",
        "boolean | {'type':'static','config':{}} | 400",
        "static | {'type':'static','config':{'max':3}} | 200",
        "static | {'type':'static'} | 400",
        "metered | {'type':'metered','usagePeriod':{'interval':'MONTH'},'isSoftLimit':true} | 200",
        "metered | {'type':'metered'} | 400",
        "boolean | {} | 400",
        "boolean | null | 400"
      })
  void anEntitlementTemplateFitsItsFeature(String type, String template, int status) {
    String feature = shop.make().feature(shop.product(), "f", type);
    String body =
        "{'feature':{'featureId':'%s','entitlementTemplate':%s}}".formatted(feature, template);
    assertThat(api.status("PATCH", "/v0/prices/" + shop.flat("1"), body)).isEqualTo(status);
  }

  @Test
  void anEntitlementIsForThoseWhoSubscribeLater() {
    String seats = shop.make().feature(shop.product(), "seats", "static");
    String flat = shop.flat("1");
    String plan = shop.plan(flat);
    String before = shop.controls().addSubscriber(plan);
    api.patch(
        "/v0/prices/" + flat,
        "{'feature':{'featureId':'%s','entitlementTemplate':{'type':'static','config':{'n':5}}}}"
            .formatted(seats));
    String after = shop.controls().addSubscriber(plan);
    assertThat(shop.controls().entitlements(before)).isEmpty();
    assertThat(shop.controls().entitlements(after).get("seats"))
        .hasToString("{\"type\":\"static\",\"config\":{\"n\":5}}");
  }

  @Test
  void aPriceIsEditedByHand() {
    String flat = shop.flat("1");
    shop.controls().editPrice(flat, "properties", Store.object().put("unitPrice", "7"));
    shop.controls().editPrice(flat, "invoiceDisplayName", TextNode.valueOf("By hand"));
    JsonNode price = api.read("/v0/prices/" + flat);
    assertThat(price.path("properties").path("unitPrice").asText()).isEqualTo("7");
    assertThat(price.path("invoiceDisplayName").asText()).isEqualTo("By hand");
  }
}
