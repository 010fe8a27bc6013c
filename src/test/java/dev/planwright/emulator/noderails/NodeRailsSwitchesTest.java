package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static dev.planwright.emulator.noderails.NodeRailsCalls.planBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.VirtualClock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each question is asked twice, with its switch off and on. */
class NodeRailsSwitchesTest {
  private static final String TEST_APP = NodeRailsEmulator.TEST_APP;
  private static final String LIVE_APP = NodeRailsEmulator.PRODUCTION_APP;

  private final VirtualClock clock = new VirtualClock();
  private final NodeRailsEmulator emulator =
      new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator).beyondTheSchema();
  private final String rate = api.taxRate("20", false);
  private final String plan = api.plan("Gold", monthly("29.90"));
  private final String price = api.priceOf(plan);
  private final String atPlan = "/product-plans/" + plan;
  private final String atPrice = atPlan + "/prices/" + price;
  private final String subscription = controls.addSubscription(price, "ACTIVE");

  private record Question(Supplier<Object> ask, Object off, Object on) {}

  @ParameterizedTest
  @EnumSource(Switch.class)
  void aSwitchGivesTheOtherAnswer(Switch which) {
    Question question = question(which);
    assertThat(question.ask().get()).isEqualTo(question.off());
    controls.set(which, true);
    assertThat(question.ask().get()).isEqualTo(question.on());
    controls.set(which, false);
    assertThat(question.ask().get()).isEqualTo(question.off());
  }

  private Question question(Switch which) {
    return switch (which) {
      case PRICE_DELETE_ANSWERS_204 -> new Question(() -> api.delete(atPrice).status(), 200, 204);
      case FIRST_STATUS_IS_PENDING -> {
        String id = controls.addSubscription(price, "CREATED");
        yield new Question(
            () ->
                controls.subscription(id).path("status").asText()
                    + api.get("/subscriptions?status=PENDING").status(),
            "CREATED400",
            "PENDING200");
      }
      case DECIMALS_KEEP_TRAILING_ZEROS ->
          new Question(
              () ->
                  api.read(atPlan).path("prices").path(0).path("amount").asText()
                      + " "
                      + api.read("/tax-rates/" + rate).path("percentage").asText(),
              "29.9 20",
              "29.90 20.00");
      case KEYS_ARE_BOUND_TO_THEIR_ENVIRONMENT ->
          new Question(
              () ->
                  api.post(
                              "/product-plans",
                              planBody("P", monthly("1")).replace(TEST_APP, LIVE_APP))
                          .status()
                      + " "
                      + api.read("/product-plans").findValuesAsText("appId").contains(LIVE_APP),
              "201 true",
              "403 false");
      case APP_FILTER_IS_IGNORED ->
          new Question(() -> api.read("/product-plans?appId=" + LIVE_APP).size(), 0, 1);
      case IDEMPOTENCY_KEYS_ARE_IGNORED -> new Question(() -> twice(api, api), "same", "another");
      case IDEMPOTENCY_KEYS_ARE_SCOPED_TO_THE_CALLER -> {
        NodeRailsCalls live = NodeRailsCalls.with(emulator, NodeRailsEmulator.LIVE_KEY);
        yield new Question(() -> twice(api, live), "same", "another");
      }
      case ONLY_SUCCESSES_ARE_REPLAYED ->
          new Question(
              () -> {
                controls.forgetIdempotencyKeys();
                api.key("k").post("/product-plans", "{}");
                return api.key("k").post("/product-plans", planBody("P", monthly("1"))).status();
              },
              400,
              201);
      case REUSED_KEYS_ARE_COMPARED ->
          new Question(
              () -> {
                controls.forgetIdempotencyKeys();
                api.key("k").put(atPlan, "{'name':'A'}");
                return api.key("k").put(atPlan, "{'name':'A'}").status()
                    + " "
                    + api.key("k").put(atPlan, "{'name':'B'}").status();
              },
              "200 200",
              "200 409");
      case SUBSCRIBERS_KEEP_THE_AMOUNT_OF_SIGNUP -> {
        api.change(atPrice, "{'amount':'49'}");
        yield new Question(this::pays, "49.00", "29.90");
      }
      case RENEWALS_IGNORE_DEACTIVATION -> {
        api.delete(atPrice);
        yield new Question(this::pays, "nothing", "29.90");
      }
      case PLAN_UPDATED_AT_MOVES_WITH_ITS_PRICES ->
          new Question(
              () -> {
                String before = api.read(atPlan).path("updatedAt").asText();
                clock.advance(Duration.ofSeconds(1));
                api.change(atPrice, "{'nickname':'n'}");
                return !api.read(atPlan).path("updatedAt").asText().equals(before);
              },
              false,
              true);
      case MINUTE_INTERVALS_ARE_ALLOWED -> {
        String minutes = "{'amount':'1','billingInterval':'MINUTE'}";
        yield new Question(() -> api.post(atPlan + "/prices", minutes).status(), 400, 201);
      }
      case EMPTY_DESCRIPTION_BECOMES_NULL ->
          new Question(
              () -> api.change(atPlan, "{'description':''}").path("description").toString(),
              "\"\"",
              "null");
      case LINKED_RATES_MAY_BE_SENT_AGAIN -> {
        String link = "{'taxRateId':'" + rate + "'}";
        api.change(atPlan, link);
        api.delete("/tax-rates/" + rate);
        String other = "/product-plans/" + api.plan("Other", monthly("1"));
        yield new Question(
            () -> Map.of(1, api.put(atPlan, link).status(), 2, api.put(other, link).status()),
            Map.of(1, 400, 2, 400),
            Map.of(1, 200, 2, 400));
      }
      case METADATA_DEFAULTS_TO_NULL ->
          new Question(
              () -> {
                var made = api.make("/product-plans", planBody("P", monthly("1")));
                return made.path("metadata") + " " + made.path("prices").path(0).path("metadata");
              },
              "{} {}",
              "null null");
      case ANY_VERSION_IS_ACCEPTED ->
          new Question(
              () -> api.header("NodeRails-Version", "2099-01-01").get(atPlan).status(), 400, 200);
      case MALFORMED_IDS_ARE_INVALID ->
          new Question(
              () ->
                  api.get("/product-plans/x").status()
                      + " "
                      + api.delete(atPlan + "/prices/x").status()
                      + " "
                      + api.get("/tax-rates/x").status(),
              "404 404 404",
              "400 400 400");
    };
  }

  private static Object twice(NodeRailsCalls first, NodeRailsCalls second) {
    first.emulator().controls().forgetIdempotencyKeys();
    String body = planBody("P", monthly("1"));
    String one = json(first.key("k").post("/product-plans", body)).at("/data/id").asText();
    String two = json(second.key("k").post("/product-plans", body)).at("/data/id").asText();
    return one.equals(two) ? "same" : "another";
  }

  private Object pays() {
    return switch (emulator.subscriberPays(subscription)) {
      case Renewal.Charged charged -> charged.charge().total().toPlainString();
      case Renewal.Failed failed -> "nothing";
      case Renewal.NotDue notDue -> "not due";
    };
  }
}
