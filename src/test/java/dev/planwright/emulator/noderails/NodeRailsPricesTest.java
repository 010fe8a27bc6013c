package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRailsPricesTest {
  private final NodeRailsEmulator emulator = new NodeRailsEmulator();
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);
  private final String plan = api.plan("Gold", monthly("5"));
  private final String prices = "/product-plans/" + plan + "/prices";

  @Test
  void whatIsLeftOutHasItsDefaults() {
    JsonNode price = api.make(prices, monthly("7"));
    assertThat(price.path("currency").asText()).isEqualTo("USD");
    assertThat(price.path("billingIntervalCount").asInt()).isEqualTo(1);
    assertThat(price.path("trialPeriodDays").asInt(-1)).isZero();
    assertThat(price.path("sortOrder").asInt(-1)).isZero();
    assertThat(price.path("isDefault").asBoolean(true)).isFalse();
    assertThat(price.path("isActive").asBoolean()).isTrue();
    assertThat(price.path("nickname").isNull()).isTrue();
    assertThat(price.path("metadata")).isEqualTo(json("{}"));
    assertThat(price.path("productPlanId").asText()).isEqualTo(plan);
    assertThat(price.path("appId").asText()).isEqualTo(NodeRailsEmulator.TEST_APP);
  }

  @Test
  void aRepeatedPostMakesAnotherPrice() {
    assertThat(api.price(plan, monthly("7"))).isNotEqualTo(api.price(plan, monthly("7")));
    assertThat(controls.counts().prices()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0} is kept as {1}")
  @CsvSource({
    "29.90, 29.9",
    "100, 100",
    "100.00, 100",
    "0, 0",
    "0.05, 0.05",
    "007.5, 7.5",
    "9999999999999999.99, 9999999999999999.99"
  })
  void amountsAreDecimalsAndLoseTrailingZeros(String sent, String shown) {
    assertThat(api.make(prices, monthly(sent)).path("amount").asText()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'1.234'", "'-1'", "'1e2'", "'.5'", "'1.'", "' 1'", "''", "5", "null"})
  void anAmountIsATextWithAtMostTwoDecimals(String amount) {
    String body = "{'amount':%s,'billingInterval':'MONTH'}".formatted(amount);
    assertThat(api.post(prices, body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'billingInterval':'QUARTER'",
        "'billingInterval':'MINUTE'",
        "'billingInterval':null",
        "'billingInterval':'DAY','billingIntervalCount':0",
        "'billingInterval':'DAY','billingIntervalCount':1.5",
        "'billingInterval':'DAY','billingIntervalCount':'2'",
        "'billingInterval':'DAY','trialPeriodDays':-1",
        "'billingInterval':'DAY','currency':'01234567890'",
        "'billingInterval':'DAY','isDefault':'true'",
        "'sortOrder':1"
      })
  void aPriceOfASubscriptionPlanIsValidated(String fields) {
    assertThat(api.post(prices, "{'amount':'1'," + fields + "}").status()).isEqualTo(400);
    assertThat(controls.counts().prices()).isEqualTo(1);
  }

  @Test
  void anyTextIsACurrencyAndAOneTimePlanTakesIntervalsToo() {
    String once = controls.makePlan(NodeRailsEmulator.TEST_APP, "Once", "ONE_TIME", json("{}"));
    JsonNode price =
        api.make("/product-plans/" + once + "/prices", "{'amount':'1','currency':'no money'}");
    assertThat(price.path("currency").asText()).isEqualTo("no money");
    assertThat(price.path("billingInterval").isNull()).isTrue();
    assertThat(
            api.make("/product-plans/" + once + "/prices", monthly("1"))
                .path("billingInterval")
                .asText())
        .isEqualTo("MONTH");
  }

  @Test
  void currencyIntervalAndMetadataNeverChangeAndTheAnswerIsA200() {
    String price = api.price(plan, "{'amount':'9','billingInterval':'YEAR','metadata':{'k':'v'}}");
    JsonNode changed =
        api.change(
            prices + "/" + price,
            """
            {'amount':'8','nickname':'n','sortOrder':3,'isDefault':true,'trialPeriodDays':14,
             'currency':'EUR','billingInterval':'DAY','billingIntervalCount':7,'metadata':{}}
            """);
    assertThat(changed.path("amount").asText()).isEqualTo("8");
    assertThat(changed.path("nickname").asText()).isEqualTo("n");
    assertThat(changed.path("sortOrder").asInt()).isEqualTo(3);
    assertThat(changed.path("trialPeriodDays").asInt()).isEqualTo(14);
    assertThat(changed.path("currency").asText()).isEqualTo("USD");
    assertThat(changed.path("billingInterval").asText()).isEqualTo("YEAR");
    assertThat(changed.path("billingIntervalCount").asInt()).isEqualTo(1);
    assertThat(changed.path("metadata")).isEqualTo(json("{'k':'v'}"));
  }

  @Test
  void twoPricesMayBothBeTheDefault() {
    String body = "{'amount':'9','billingInterval':'YEAR','isDefault':true}";
    api.price(plan, body);
    api.price(plan, body);
    assertThat(api.read("/product-plans/" + plan).path("prices").findValuesAsText("isDefault"))
        .containsExactlyInAnyOrder("false", "true", "true");
  }

  @Test
  void deletingDeactivatesAsOftenAsOneLikesAndTheLastOneToo() {
    String target = prices + "/" + api.priceOf(plan);
    for (int i = 0; i < 2; i++) {
      EmulatorResponse answer = api.delete(target);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(json(answer).path("data")).isEqualTo(json("{'deactivated':true}"));
    }
    JsonNode price = api.read("/product-plans/" + plan).path("prices").path(0);
    assertThat(price.path("isActive").asBoolean(true)).as("still shown").isFalse();
    assertThat(api.change(target, "{'isActive':true}").path("isActive").asBoolean()).isTrue();
  }

  @Test
  void aPriceIsFoundUnderItsOwnPlanOnly() {
    String other = api.plan("Silver", monthly("1"));
    String wrong = "/product-plans/" + other + "/prices/" + api.priceOf(plan);
    assertThat(api.put(wrong, "{'amount':'0'}").status()).isEqualTo(404);
    assertThat(api.delete(wrong).status()).isEqualTo(404);
    assertThat(controls.prices(plan).getFirst().path("amount").asText()).isEqualTo("5");
  }

  @Test
  void pricesComeBySortOrderAndTiesInAnyOrder() {
    for (int i = 0; i < 4; i++) {
      api.price(plan, "{'amount':'%d','billingInterval':'DAY','sortOrder':2}".formatted(i));
    }
    api.price(plan, "{'amount':'77','billingInterval':'DAY','sortOrder':1}");
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      List<String> amounts =
          api.read("/product-plans/" + plan).path("prices").findValuesAsText("amount");
      assertThat(amounts.subList(0, 2)).containsExactly("5", "77");
      orders.add(amounts);
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }
}
