package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaygenticPlansTest {
  private final PaygenticShop shop = PaygenticShop.open();
  private final PaygenticCalls api = shop.api();
  private final PaygenticControls controls = shop.controls();

  @Test
  void aPlanSaysWhatNobodySaid() {
    JsonNode plan = api.made("/v0/plans", shop.planBody(""));
    assertThat(plan.path("billingCadence").asText()).isEqualTo("P1M");
    assertThat(plan.path("billingInterval").asText()).isEqualTo("monthly");
    assertThat(plan.path("defaultTaxCode").asText()).isEqualTo("eservice");
    assertThat(plan.path("defaultTaxRate").asText()).isEqualTo("0");
    assertThat(plan.path("taxBehavior").asText()).isEqualTo("exclusive");
    assertThat(plan.path("renewalReminderEnabled").asBoolean()).isTrue();
    assertThat(plan.path("renewalReminderDays").asInt()).isEqualTo(3);
    assertThat(plan.path("billingVersion").asInt()).isEqualTo(1);
    assertThat(plan.path("stablePriceIds").asBoolean()).isTrue();
    assertThat(plan.has("description") || plan.has("deletedAt")).isFalse();
  }

  @ParameterizedTest(name = "{0} is refused for {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        ",'currency':'GBP' | currency",
        ",'currency':'usd' | currency",
        ",'merchantId':null | merchantId",
        ",'productId':null | productId",
        ",'name':7 | name",
        ",'billingCadence':'P1W' | billingCadence",
        ",'billingInterval':'weekly' | billingInterval",
        ",'prices':['nothing'] | prices",
        ",'defaultTaxRate':'20' | defaultTaxRate",
        ",'taxBehavior':'none' | taxBehavior",
        ",'renewalReminderDays':31 | renewalReminderDays",
        ",'billingVersion':0 | billingVersion",
        ",'billingAnchor':'2999-01-01T00:00:00Z' | billingAnchor",
        ",'billingAnchor':'yesterday' | billingAnchor",
        ",'creditAllocations':[{'pricingUnitId':'x','amount':1}] | creditAllocations.pricingUnitId",
        ",'description':null | description"
      })
  void aPlanIsChecked(String wrong, String field) {
    assertThat(PaygenticCalls.wrongFields(api.call("POST", "/v0/plans", shop.planBody(wrong))))
        .containsExactly(field);
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void creditsAreGivenOncePerUnitAndAboveZero() {
    String unit = shop.make().pricingUnit(shop.merchant(), "credits");
    String one = "{'pricingUnitId':'" + unit + "','amount':%s}";
    String body = ",'creditAllocations':[%s]";
    assertThat(api.make("/v0/plans", shop.planBody(body.formatted(one.formatted("10")))))
        .isNotEmpty();
    String zero = shop.planBody(body.formatted(one.formatted("0")));
    assertThat(PaygenticCalls.wrongFields(api.call("POST", "/v0/plans", zero)))
        .containsExactly("creditAllocations.amount");
    String two = shop.planBody(body.formatted(one.formatted("1") + "," + one.formatted("2")));
    assertThat(PaygenticCalls.wrongFields(api.call("POST", "/v0/plans", two)))
        .containsExactly("creditAllocations.pricingUnitId");
  }

  @Test
  void theCadenceWinsOverTheInterval() {
    JsonNode plan =
        api.made("/v0/plans", shop.planBody(",'billingCadence':'P3M','billingInterval':'annual'"));
    assertThat(plan.path("billingCadence").asText()).isEqualTo("P3M");
    assertThat(plan.path("billingInterval").asText()).isEqualTo("quarterly");
    JsonNode annual = api.made("/v0/plans", shop.planBody(",'billingInterval':'annual'"));
    assertThat(annual.path("billingCadence").asText()).isEqualTo("P1Y");
    assertThat(annual.path("billingInterval").asText()).isEqualTo("yearly");
  }

  @Test
  void whatIsForEverIsDroppedInSilence() {
    String plan = shop.plan();
    String other = shop.make().product(shop.merchant(), "Other");
    JsonNode patched =
        api.patch(
            "/v0/plans/" + plan,
            "{'currency':'EUR','productId':'%s','merchantId':'org_x','billingVersion':0,'name':'N'}"
                .formatted(other));
    assertThat(patched.path("currency").asText()).isEqualTo("USD");
    assertThat(patched.path("productId").asText()).isEqualTo(shop.product());
    assertThat(patched.path("merchantId").asText()).isEqualTo(shop.merchant());
    assertThat(patched.path("billingVersion").asInt()).isEqualTo(1);
    assertThat(patched.path("name").asText()).isEqualTo("N");
  }

  @Test
  void aPlanHasNoMetadataOfItsOwn() {
    JsonNode plan = api.made("/v0/plans", shop.planBody(",'metadata':{'a':'b'},'price':'9'"));
    assertThat(plan.has("metadata") || plan.has("price")).isFalse();
  }

  @Test
  void aRepeatedCreateMakesASecondPlanWhateverTheIdempotencyKey() {
    assertThat(shop.plan()).isNotEqualTo(shop.plan());
    assertThat(controls.counts().plans()).isEqualTo(2);
  }

  @Test
  void everyListedPriceIsCharged() {
    String plan = shop.plan(shop.flat("49"), shop.flat("59"));
    assertThat(shop.pays(plan)).isEqualByComparingTo("108");
    assertThat(api.read("/v0/plans/" + plan).path("paymentTerm").toString())
        .isEqualTo("{\"in_arrears\":false,\"in_advance\":true}");
  }

  @Test
  void aPlanAnswersWithWholePrices() {
    String flat = shop.flat("49.00");
    JsonNode price = api.read("/v0/plans/" + shop.plan(flat)).path("prices").path(0);
    assertThat(price.path("id").asText()).isEqualTo(flat);
    assertThat(price.path("properties").path("unitPrice").asText()).isEqualTo("49.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"price_unknown", "deleted"})
  void aPriceThatIsNotThereIsRefused(String which) {
    String id = which;
    if (which.equals("deleted")) {
      id = shop.flat("1");
      controls.deletePrice(id);
    }
    assertThat(api.status("POST", "/v0/plans", shop.planBody("", id))).isEqualTo(400);
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void patchedPricesAreTheWholeListWithTheirOwnIds() {
    String old = shop.flat("49");
    String usage = shop.usage("1");
    String plan = shop.plan(old, usage);
    String flat = shop.flat("59");
    api.patch("/v0/plans/" + plan, "{'prices':['" + flat + "','" + usage + "']}");
    assertThat(shop.pricesOf(plan)).containsExactly(flat, usage);
    assertThat(shop.pays(plan)).isEqualByComparingTo("59");
    assertThat(api.status("/v0/prices/" + old)).as("the old one stays").isEqualTo(200);
    assertThat(api.read("/v0/plans/" + plan + "/versions").path("data")).hasSize(2);
    assertThat(api.status("PATCH", "/v0/plans/" + plan, "{'prices':[]}")).isEqualTo(400);
    assertThat(
            api.status(
                "PATCH", "/v0/plans/" + plan, "{'prices':['%s','%s']}".formatted(flat, flat)))
        .isEqualTo(400);
  }

  @Test
  void aPatchWithoutPricesMakesNoVersion() {
    String plan = shop.plan(shop.flat("1"));
    api.patch("/v0/plans/" + plan, "{'description':'d'}");
    assertThat(controls.counts().versions()).isEqualTo(1);
  }

  @Test
  void anAskedForConflictComesOnce() {
    String plan = shop.plan();
    controls.conflictNext(1);
    assertThat(api.status("PATCH", "/v0/plans/" + plan, "{'name':'N'}")).isEqualTo(409);
    assertThat(api.read("/v0/plans/" + plan).path("name").asText()).isEqualTo("Team");
    assertThat(api.status("PATCH", "/v0/plans/" + plan, "{'name':'N'}")).isEqualTo(200);
  }

  @Test
  void aPlanDeletedInTheDashboardSaysSoAndLeavesTheList() {
    String plan = shop.plan();
    controls.deletePlan(plan);
    assertThat(api.read("/v0/plans/" + plan).has("deletedAt")).isTrue();
    assertThat(api.read("/v0/plans").path("data")).isEmpty();
    assertThat(api.status("PATCH", "/v0/plans/" + plan, "{'name':'N'}")).isEqualTo(404);
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void aCustomerIsOfferedNoPlanOfAProductThatHeHas() {
    String plan = shop.plan();
    String other = shop.make().product(shop.merchant(), "Other");
    String free = shop.make().plan(other, "Free", "USD");
    String subscription = controls.addSubscriber(plan);
    String customer = api.read("/v0/subscriptions/" + subscription).path("customerId").asText();
    String offers = "/v0/plans/available?customerId=" + customer;
    assertThat(PaygenticCalls.ids(api.read(offers).path("data"))).containsExactly(free);
    controls.removeSubscriber(subscription);
    assertThat(PaygenticCalls.ids(api.read(offers).path("data"))).containsExactly(free, plan);
  }

  @Test
  void plansAreListedByMerchantAndProduct() {
    String plan = shop.plan();
    String other = shop.make().product(shop.merchant(), "Other");
    shop.make().plan(other, "Free", "USD");
    JsonNode list =
        api.read("/v0/plans?merchantId=%s&productId=%s".formatted(shop.merchant(), shop.product()));
    assertThat(PaygenticCalls.ids(list.path("data"))).containsExactly(plan);
    assertThat(list.has("object")).as("only some lists say that they are").isFalse();
    assertThat(list.path("pagination").path("total").asInt()).isEqualTo(1);
    assertThat(api.status("/v0/plans?merchantId=org_other")).isEqualTo(403);
  }

  @Test
  void aPlanIsEditedByHand() {
    String flat = shop.flat("1");
    String plan = shop.plan(flat);
    controls.editPlan(plan, "currency", TextNode.valueOf("EUR"));
    controls.editPlanPrices(plan, flat, shop.flat("2"));
    assertThat(api.read("/v0/plans/" + plan).path("currency").asText()).isEqualTo("EUR");
    assertThat(shop.pays(plan)).isEqualByComparingTo("3");
    assertThat(controls.counts().versions()).isEqualTo(1);
  }

  @Test
  void theStateIsReadAsAWhole() {
    String plan = shop.plan(shop.flat("1"));
    JsonNode state = controls.state();
    assertThat(state.path("plan").path(0).path("id").asText()).isEqualTo(plan);
    assertThat(state.path("plan_version").path(0).path("_prices")).hasSize(1);
    assertThat(state.has("key")).isFalse();
  }
}
