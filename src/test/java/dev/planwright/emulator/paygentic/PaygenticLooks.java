package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the cases of the doubts do in a shop, and look at. */
final class PaygenticLooks {
  private PaygenticLooks() {}

  // ----------------------------------------------------------------------------

  static List<Boolean> pricesAreTexts(PaygenticShop it) {
    JsonNode one = read(it, it.plan(it.flat("1")));
    JsonNode listed = it.api().read("/v0/plans").path("data").path(0);
    return List.of(
        one.path("prices").path(0).isTextual(), listed.path("prices").path(0).isTextual());
  }

  static JsonNode read(PaygenticShop it, String plan) {
    return it.api().read("/v0/plans/" + plan);
  }

  static int post(PaygenticShop it, String path, String body) {
    return it.api().status("POST", "/v0/" + path, body);
  }

  static int patch(PaygenticShop it, String plan, String fields) {
    return it.api().status("PATCH", "/v0/plans/" + plan, "{" + fields + "}");
  }

  static String patched(PaygenticShop it) {
    String plan = it.plan(it.flat("1"));
    assertThat(patch(it, plan, "'prices':['" + it.flat("2") + "']")).isEqualTo(200);
    return plan;
  }

  static String subscribed(PaygenticShop it, String price) {
    String plan = it.plan(price);
    it.controls().addSubscriber(plan);
    return plan;
  }

  static String cadence(PaygenticShop it) {
    String plan = it.plan(it.usage("1"));
    String subscriber = it.controls().addSubscriber(plan);
    assertThat(patch(it, plan, "'billingCadence':'P1Y'")).isEqualTo(200);
    it.controls().nextPeriod(subscriber);
    return it.emulator().subscriberPays(subscriber, Map.of()).lines().getFirst().cadence();
  }

  static String deletedPlan(PaygenticShop it) {
    String plan = it.plan();
    it.controls().deletePlan(plan);
    return plan;
  }

  static String deletedPrice(PaygenticShop it) {
    String price = it.flat("1");
    assertThat(it.api().delete("/v0/prices/" + price)).isEqualTo(204);
    return price;
  }

  /** Gives the price that was made to take the place of the plan's only one. */
  static String replaced(PaygenticShop it, String plan, String unitPrice) {
    String made = it.flat(unitPrice);
    String body =
        "{'replacePrices':[{'replacesPriceId':'%s','withPriceId':'%s'}]}"
            .formatted(it.controls().listedPrices(plan).getFirst(), made);
    assertThat(it.api().status("POST", "/v0/plans/" + plan + "/versions", body)).isEqualTo(201);
    return made;
  }

  static int mint(PaygenticShop it, String plan, String added) {
    String body = "{'addPrices':['" + added + "']}";
    return it.api().status("POST", "/v0/plans/" + plan + "/versions", body);
  }

  static String carrying(String feature) {
    return ",'feature':{'featureId':'%s','entitlementTemplate':{'type':'boolean'}}"
        .formatted(feature);
  }

  static Object entitled(PaygenticShop it) {
    String plan = it.plan(it.flat("1"));
    String subscriber = it.controls().addSubscriber(plan);
    String sso = it.make().feature(it.product(), "sso", "boolean");
    mint(it, plan, it.api().make("/v0/prices", it.feePrice("2", carrying(sso))));
    return it.controls().entitlements(subscriber).keySet();
  }

  static List<String> counted(PaygenticShop it) {
    String plan = it.plan(it.flat("1"));
    for (String status : List.of("active", "pending_payment", "terminated")) {
      it.controls().addSubscriber(plan, status);
    }
    mint(it, plan, it.flat("2"));
    return it.api()
        .read("/v0/plans/" + plan + "/versions")
        .path("data")
        .findValuesAsText("subscriptionCount");
  }

  static String blocked(PaygenticShop it) {
    String flat = it.flat("1");
    subscribed(it, flat);
    int status = it.api().status("PATCH", "/v0/prices/" + flat, "{'billingCadence':'P1Y'}");
    return status + " " + it.api().read("/v0/prices/" + flat).path("billingCadence").asText();
  }

  static List<String> order(PaygenticShop it) {
    if (it.controls().counts().prices() == 0) {
      Arrays.asList("0", "1", "2", "3", "4").forEach(it::flat);
    }
    return it.api().read("/v0/prices").path("data").findValuesAsText("unitPrice");
  }

  static boolean isById(PaygenticShop it) {
    order(it);
    List<String> ids = PaygenticCalls.ids(it.api().read("/v0/prices").path("data"));
    return ids.stream().sorted().toList().equals(ids);
  }
}
