package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.testing.VirtualClock;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people pay, against figures worked out by hand. */
class NodeRailsRenewalsTest {
  private final VirtualClock clock = new VirtualClock();
  private final NodeRailsEmulator emulator =
      new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);
  private final String plan = api.plan("Gold", monthly("29.90"));
  private final String price = api.priceOf(plan);
  private final String atPlan = "/product-plans/" + plan;
  private final String atPrice = atPlan + "/prices/" + price;

  @ParameterizedTest(name = "{0} with {1}% (inclusive: {2}) is {3}, of which {4} on top")
  @CsvSource({
    "29.90, 20, false, 35.88, 5.98",
    "29.90, 20, true, 29.90, 0",
    "100, 7.7, false, 107.7, 7.7",
    "0.05, 8.88, false, 0.05444, 0.00444",
    "0, 20, false, 0, 0",
    "9999999999999999.99, 0, false, 9999999999999999.99, 0"
  })
  void aPeriodCostsTheAmountAndTheTaxThatIsNotInIt(
      String amount, String percent, boolean inclusive, String total, String tax) {
    api.change(atPrice, "{'amount':'" + amount + "'}");
    api.change(atPlan, "{'taxRateId':'" + api.taxRate(percent, inclusive) + "'}");
    Charge charge = emulator.newSubscriberPays(price);
    assertThat(charge.amount()).isEqualByComparingTo(amount);
    assertThat(charge.total()).isEqualByComparingTo(total);
    assertThat(charge.tax()).isEqualByComparingTo(tax);
  }

  @Test
  void aPeriodIsWhatThePriceSays() {
    String quarterly =
        api.price(
            plan,
            """
            {'amount':'80','currency':'EUR','billingInterval':'MONTH','billingIntervalCount':3,
             'trialPeriodDays':14}
            """);
    Charge charge = emulator.newSubscriberPays(quarterly);
    assertThat(charge.currency()).isEqualTo("EUR");
    assertThat(charge.interval()).isEqualTo("MONTH");
    assertThat(charge.intervalCount()).isEqualTo(3);
    assertThat(charge.trialDays()).isEqualTo(14);
    String once =
        controls.makePrice(
            controls.makePlan(NodeRailsEmulator.TEST_APP, "Once", "ONE_TIME", json("{}")),
            "5",
            "USD",
            "",
            json("{}"));
    assertThat(emulator.newSubscriberPays(once).interval()).isEmpty();
  }

  @Test
  void anAmountThatChangesInPlaceRepricesWhoPaysItAlready() {
    String subscription = controls.addSubscription(price, "ACTIVE");
    assertThat(charged(emulator.subscriberPays(subscription)).total()).isEqualByComparingTo("29.9");
    api.change(atPrice, "{'amount':'49'}");
    assertThat(charged(controls.renew(subscription)).total()).isEqualByComparingTo("49");
  }

  @Test
  void whoIsOnASupersededPriceThatStaysActiveKeepsIt() {
    String subscription = controls.addSubscription(price, "ACTIVE");
    String next = api.price(plan, "{'amount':'49','billingInterval':'MONTH','isDefault':true}");
    api.change(atPrice, "{'isDefault':false}");
    assertThat(charged(controls.renew(subscription)).total()).isEqualByComparingTo("29.90");
    assertThat(emulator.newSubscriberPays(next).total()).isEqualByComparingTo("49");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "price", "tax rate"})
  void whateverIsDeactivatedMakesRenewalsFailUntilTheSubscriptionIsCancelled(String what) {
    String rate = api.taxRate("20", false);
    api.change(atPlan, "{'taxRateId':'" + rate + "'}");
    String subscription = controls.addSubscription(price, "ACTIVE");
    switch (what) {
      case "plan" -> api.change(atPlan, "{'isActive':false}");
      case "price" -> api.delete(atPrice);
      default -> api.delete("/tax-rates/" + rate);
    }
    assertThat(status(subscription)).as("nothing happens at once").isEqualTo("ACTIVE");
    assertThat(controls.renew(subscription))
        .asInstanceOf(InstanceOfAssertFactories.type(Renewal.Failed.class))
        .satisfies(failed -> assertThat(failed.reason()).startsWith(what + " "));
    assertThat(status(subscription)).isEqualTo("PAST_DUE");
    clock.advance(Duration.ofDays(7).minusSeconds(1));
    controls.renew(subscription);
    assertThat(status(subscription)).isEqualTo("PAST_DUE");
    clock.advance(Duration.ofSeconds(1));
    controls.renew(subscription);
    assertThat(status(subscription)).isEqualTo("CANCELLED");
    assertThatThrownBy(() -> emulator.newSubscriberPays(price)).hasMessageContaining(what);
  }

  @Test
  void aPriceThatIsActiveAgainIsPaidAgainAndTheGraceBeginsAnew() {
    String subscription = controls.addSubscription(price, "ACTIVE");
    api.delete(atPrice);
    controls.renew(subscription);
    clock.advance(Duration.ofDays(6));
    api.change(atPrice, "{'isActive':true}");
    controls.renew(subscription);
    assertThat(status(subscription)).isEqualTo("ACTIVE");
    api.delete(atPrice);
    clock.advance(Duration.ofDays(6));
    controls.renew(subscription);
    assertThat(status(subscription)).isEqualTo("PAST_DUE");
  }

  @ParameterizedTest(name = "{0}: charged {1}")
  @CsvSource({
    "CREATED, false",
    "TRIALING, true",
    "ACTIVE, true",
    "PAST_DUE, true",
    "PAUSED, false",
    "CANCELLED, false"
  })
  void onlySomeStatusesAreCharged(String status, boolean isCharged) {
    String subscription = controls.addSubscription(price, status);
    boolean charged = controls.renew(subscription) instanceof Renewal.Charged;
    assertThat(charged).isEqualTo(isCharged);
    assertThat(status(subscription)).isEqualTo(isCharged ? "ACTIVE" : status);
  }

  @Test
  void aPriceTamperedWithByHandIsPaidAsItIsAndOneThatIsGoneFails() {
    String subscription = controls.addSubscription(price, "ACTIVE");
    controls.editPrice(price, "amount", TextNode.valueOf("1.00"));
    controls.editPrice(price, "currency", TextNode.valueOf("EUR"));
    controls.editPlan(plan, "planType", TextNode.valueOf("ONE_TIME"));
    assertThat(charged(emulator.subscriberPays(subscription)).total()).isEqualByComparingTo("1");
    assertThat(charged(emulator.subscriberPays(subscription)).currency()).isEqualTo("EUR");
    assertThat(api.read(atPlan).path("planType").asText()).isEqualTo("ONE_TIME");
    controls.removePrice(price);
    assertThat(emulator.subscriberPays(subscription)).isInstanceOf(Renewal.Failed.class);
    controls.removePlan(plan);
    assertThat(controls.counts()).isEqualTo(new NodeRailsControls.Counts(0, 0, 0, 0, 0, 1));
  }

  /** What a wrong mapping would do: these must never look alike to whoever compares prices. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'amount':'2990','billingInterval':'MONTH'}",
        "{'amount':'29.90','billingInterval':'YEAR'}",
        "{'amount':'29.90','billingInterval':'MONTH','billingIntervalCount':12}",
        "{'amount':'29.90','billingInterval':'MONTH','currency':'EUR'}",
        "{'amount':'29.90','billingInterval':'MONTH','trialPeriodDays':30}"
      })
  void aPriceThatIsMappedWronglyCostsSomethingElse(String wrong) {
    Charge right = emulator.newSubscriberPays(price);
    assertThat(emulator.newSubscriberPays(api.price(plan, wrong))).isNotEqualTo(right);
    assertThat(emulator.newSubscriberPays(api.price(plan, monthly("29.90")))).isEqualTo(right);
  }

  private String status(String subscription) {
    return controls.subscription(subscription).path("status").asText();
  }

  private static Charge charged(Renewal renewal) {
    assertThat(renewal).isInstanceOf(Renewal.Charged.class);
    return ((Renewal.Charged) renewal).charge();
  }
}
