package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRailsListingsTest {
  private final NodeRailsEmulator emulator = new NodeRailsEmulator();
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);

  @Test
  void plansComeNewestFirstInPagesWithInactiveOnesAndTheirPrices() {
    String first = api.plan("1", monthly("1"));
    api.plan("2", monthly("2"));
    api.plan("3", monthly("3"));
    api.change("/product-plans/" + first, "{'isActive':false}");
    api.delete("/product-plans/" + first + "/prices/" + api.priceOf(first));
    assertThat(names("/product-plans?pageSize=2")).containsExactly("3", "2");
    JsonNode last = json(api.get("/product-plans?pageSize=2&page=2"));
    assertThat(last.path("pagination"))
        .isEqualTo(json("{'total':3,'page':2,'pageSize':2,'totalPages':2}"));
    assertThat(last.path("data").path(0).path("name").asText()).isEqualTo("1");
    assertThat(last.path("data").path(0).path("prices")).hasSize(1);
    assertThat(names("/product-plans?page=9")).isEmpty();
  }

  @Test
  void twentyComeAtOnceUnlessAskedForMore() {
    for (int i = 0; i < 21; i++) {
      controls.makePlan(NodeRailsEmulator.TEST_APP, "P" + i, "SUBSCRIPTION", json("{}"));
    }
    assertThat(names("/product-plans")).hasSize(20);
    assertThat(names("/product-plans?pageSize=100")).hasSize(21);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pageSize=101", "pageSize=0", "page=0", "page=x", "appId=x", "planType=FREE"})
  void aQueryIsValidated(String query) {
    assertThat(api.get("/product-plans?" + query).status()).isEqualTo(400);
  }

  @Test
  void plansAreFilteredByAppAndTypeOnly() {
    String app = NodeRailsEmulator.PRODUCTION_APP;
    controls.makePlan(NodeRailsEmulator.TEST_APP, "test", "SUBSCRIPTION", json("{}"));
    controls.makePlan(app, "live", "SUBSCRIPTION", json("{}"));
    controls.makePlan(app, "once", "ONE_TIME", json("{}"));
    assertThat(names("/product-plans")).containsExactly("once", "live", "test");
    assertThat(names("/product-plans?appId=" + app)).containsExactly("once", "live");
    assertThat(names("/product-plans?planType=SUBSCRIPTION&appId=" + app)).containsExactly("live");
    assertThat(names("/product-plans?name=once&isActive=false")).hasSize(3);
  }

  @Test
  void aStrangersCreateShiftsThePagesThatFollow() {
    api.plan("1", monthly("1"));
    api.plan("2", monthly("2"));
    controls.strangersCreateWhileListing(1);
    assertThat(names("/product-plans?pageSize=1")).containsExactly("2");
    JsonNode second = json(api.get("/product-plans?pageSize=1&page=2"));
    assertThat(second.path("data").path(0).path("name").asText()).as("seen before").isEqualTo("2");
    assertThat(second.path("pagination").path("total").asInt()).isEqualTo(3);
    assertThat(names("/product-plans?pageSize=1&page=3")).containsExactly("1");
  }

  @ParameterizedTest(name = "{0}: {1}, and {2} pages of {3} in all")
  @CsvSource({
    "NONE, 4 3 | 2 1 | , 2, 4",
    "EMPTY, | |, 0, 0",
    "SHORT, 4 | 2 |, 2, 4",
    "REPEATING, 4 3 | 4 3 | 4 3, 2, 4",
    "ENDLESS, 4 3 | 4 3 | 4 3, 4, 4"
  })
  void aListingLiesWhenATestSaysSo(ListingFault fault, String pages, int totalPages, int total) {
    String plan = api.plan("1", monthly("1"));
    for (int i = 2; i <= 4; i++) {
      api.plan(String.valueOf(i), monthly("1"));
    }
    controls.breakListing(Listing.PLANS, fault);
    List<String> seen = new ArrayList<>();
    JsonNode last = json("{}");
    for (int page = 1; page <= 3; page++) {
      last = json(api.get("/product-plans?pageSize=2&page=" + page));
      seen.add(String.join(" ", last.path("data").findValuesAsText("name")));
    }
    assertThat(String.join("|", seen)).isEqualTo(pages.replace(" | ", "|").replace(" |", "|"));
    assertThat(last.path("pagination").path("totalPages").asInt()).isEqualTo(totalPages);
    assertThat(last.path("pagination").path("total").asInt()).isEqualTo(total);
    controls.addSubscription(api.priceOf(plan), "ACTIVE");
    assertThat(api.read("/subscriptions")).as("the other listing is not broken").hasSize(1);
  }

  @Test
  void subscriptionsAreListedByAppAndStatusAndNeverByPlan() {
    String plan = api.plan("Gold", monthly("5"));
    String price = api.priceOf(plan);
    for (String status :
        List.of("CREATED", "TRIALING", "ACTIVE", "PAST_DUE", "PAUSED", "CANCELLED")) {
      String id = controls.addSubscription(price, status);
      JsonNode found = api.read("/subscriptions?status=" + status);
      assertThat(found.findValuesAsText("id")).containsExactly(id);
    }
    JsonNode all = api.read("/subscriptions?productPlanId=other&pageSize=5");
    assertThat(all.findValuesAsText("status"))
        .containsExactly("CANCELLED", "PAUSED", "PAST_DUE", "ACTIVE", "TRIALING");
    assertThat(all.path(0).path("productPlanId").asText()).isEqualTo(plan);
    assertThat(all.path(0).path("productPlanPriceId").asText()).isEqualTo(price);
    assertThat(all.path(0).has("amountAtSignup")).isFalse();
    assertThat(api.read("/subscriptions?appId=" + NodeRailsEmulator.PRODUCTION_APP)).isEmpty();
    assertThat(api.get("/subscriptions?status=EXPIRED").status()).isEqualTo(400);
    assertThat(api.get("/subscriptions?pageSize=101").status()).isEqualTo(400);
    String theirs = controls.addKey(controls.addMerchant(), "TEST", "sk");
    assertThat(NodeRailsCalls.with(emulator, theirs).read("/subscriptions")).isEmpty();
  }

  @Test
  void subscriptionsCanBeEmptyOrHidden() {
    String subscription =
        controls.addSubscription(api.priceOf(api.plan("Gold", monthly("5"))), "ACTIVE");
    controls.breakListing(Listing.SUBSCRIPTIONS, ListingFault.EMPTY);
    assertThat(api.read("/subscriptions")).isEmpty();
    controls.breakListing(Listing.SUBSCRIPTIONS, ListingFault.NONE);
    controls.hideSubscriptions(true);
    assertThat(api.beyondTheSchema().get("/subscriptions").status()).isEqualTo(403);
    controls.hideSubscriptions(false);
    assertThat(api.read("/subscriptions").path(0).path("id").asText()).isEqualTo(subscription);
  }

  private List<String> names(String target) {
    return api.read(target).findValuesAsText("name");
  }
}
