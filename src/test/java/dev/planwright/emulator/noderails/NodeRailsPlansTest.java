package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.code;
import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static dev.planwright.emulator.noderails.NodeRailsCalls.planBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.testing.VirtualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRailsPlansTest {
  private final VirtualClock clock = new VirtualClock();
  private final NodeRailsEmulator emulator =
      new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);

  @Test
  void aPlanIsMadeWithItsPricesAndIsPaidOnceUnlessSaidOtherwise() {
    String body =
        "{'appId':'%s','name':'Gold','prices':[{'amount':'5'}]}"
            .formatted(NodeRailsEmulator.TEST_APP);
    JsonNode plan = api.make("/product-plans", body);
    assertThat(plan.path("planType").asText()).isEqualTo("ONE_TIME");
    assertThat(plan.path("isActive").asBoolean()).isTrue();
    assertThat(plan.path("description").isNull()).isTrue();
    assertThat(plan.path("metadata")).isEqualTo(json("{}"));
    assertThat(plan.path("prices")).hasSize(1);
    assertThat(plan.path("taxRate").isNull()).isTrue();
    assertThat(plan.has("app")).as("only a GET shows the app").isFalse();
  }

  @Test
  void fieldsThatNeverChangeAndFieldsThatNobodyKnowsAreDroppedWithA200() {
    String plan = api.plan("Gold", monthly("5"));
    JsonNode before = api.read("/product-plans/" + plan);
    JsonNode answer =
        api.change(
            "/product-plans/" + plan,
            "{'planType':'ONE_TIME','appId':'%s','id':'x','prices':[],'colour':'red'}"
                .formatted(NodeRailsEmulator.PRODUCTION_APP));
    assertThat(answer.has("colour")).isFalse();
    assertThat(api.read("/product-plans/" + plan)).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0} is not valid at {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'name':'' | name",
        "'name':7 | name",
        "'description':null | description",
        "'imageUrl':'logo' | imageUrl",
        "'planType':'FREE' | planType",
        "'taxRateId':null | taxRateId",
        "'taxRateId':'vat' | taxRateId",
        "'metadata':[] | metadata",
        "'metadata':null | metadata",
        "'appId':'test' | appId",
        "'prices':[] | prices",
        "'prices':[1] | prices/0",
        "'prices':[{'amount':'1'}] | prices/0/billingInterval",
        "'prices':[{'billingInterval':'DAY'}] | prices/0/amount"
      })
  void whatIsWrongIsNamedByItsPath(String field, String path) {
    String name = field.substring(1, field.indexOf("':"));
    String rest =
        planBody("P", monthly("1")).replaceAll("'" + name + "':('[^']*'|\\[.*])", "'x':1");
    EmulatorResponse answer =
        api.post("/product-plans", rest.replaceFirst("\\{", "{" + field + ","));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(code(answer)).isEqualTo("VALIDATION_ERROR");
    JsonNode details = json(answer).path("error").path("details");
    assertThat(details).hasSize(1);
    assertThat(details.path(0).path("path").toString().replaceAll("[\\[\\]\"]", ""))
        .isEqualTo(path.replace('/', ','));
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    EmulatorResponse answer = api.post("/product-plans", "{'description':1,'prices':[{}]}");
    assertThat(json(answer).path("error").path("details").findValuesAsText("message")).hasSize(4);
  }

  @Test
  void lengthsAreLimited() {
    String plan = api.plan("n".repeat(255), monthly("1"));
    String target = "/product-plans/" + plan;
    assertThat(api.put(target, "{'name':'" + "n".repeat(256) + "'}").status()).isEqualTo(400);
    assertThat(api.put(target, "{'description':'" + "d".repeat(2000) + "'}").status())
        .isEqualTo(200);
    assertThat(api.put(target, "{'description':'" + "d".repeat(2001) + "'}").status())
        .isEqualTo(400);
  }

  @Test
  void nothingIsUniqueAndARepeatedPostMakesAnother() {
    assertThat(api.plan("Gold", monthly("5"))).isNotEqualTo(api.plan("Gold", monthly("5")));
    assertThat(controls.counts().plans()).isEqualTo(2);
  }

  @Test
  void metadataIsReplacedAsAWhole() {
    String plan = api.plan("Gold", monthly("5"));
    api.change("/product-plans/" + plan, "{'metadata':{'a':'1','b':{'c':[2]}}}");
    api.change("/product-plans/" + plan, "{'name':'Silver'}");
    assertThat(api.read("/product-plans/" + plan).path("metadata"))
        .isEqualTo(json("{'a':'1','b':{'c':[2]}}"));
    api.change("/product-plans/" + plan, "{'metadata':{'b':'2'}}");
    assertThat(api.read("/product-plans/" + plan).path("metadata")).isEqualTo(json("{'b':'2'}"));
  }

  @Test
  void aDescriptionIsClearedByAnEmptyTextAndAnImageNever() {
    String plan = api.plan("Gold", monthly("5"));
    String target = "/product-plans/" + plan;
    api.change(target, "{'description':'d','imageUrl':'https://x.test/a.png'}");
    assertThat(api.put(target, "{'description':null}").status()).isEqualTo(400);
    assertThat(api.put(target, "{'imageUrl':null}").status()).isEqualTo(400);
    assertThat(api.put(target, "{'imageUrl':''}").status()).isEqualTo(400);
    assertThat(api.change(target, "{'description':''}").path("description").asText("null"))
        .isEmpty();
    assertThat(api.read(target).path("imageUrl").asText()).isEqualTo("https://x.test/a.png");
  }

  @Test
  void aPlanIsNeverDeletedOnlySetInactiveAndActiveAgain() {
    String plan = api.plan("Gold", monthly("5"));
    assertThat(api.delete("/product-plans/" + plan).status()).isEqualTo(404);
    JsonNode archived = api.change("/product-plans/" + plan, "{'isActive':false}");
    assertThat(archived.path("isActive").asBoolean()).isFalse();
    assertThat(archived.path("prices").path(0).path("isActive").asBoolean())
        .as("its prices stay active")
        .isTrue();
    assertThat(
            api.change("/product-plans/" + plan, "{'isActive':true}").path("isActive").asBoolean())
        .isTrue();
  }

  @Test
  void aTestKeyWritesIntoTheProductionAppAndOnlyAGetTellsWhereThePlanWent() {
    String body = planBody("Gold", monthly("5"));
    String plan =
        api.make(
                "/product-plans",
                body.replace(NodeRailsEmulator.TEST_APP, NodeRailsEmulator.PRODUCTION_APP))
            .path("id")
            .asText();
    JsonNode app = api.read("/product-plans/" + plan).path("app");
    assertThat(app.path("id").asText()).isEqualTo(NodeRailsEmulator.PRODUCTION_APP);
    assertThat(app.path("environment").asText()).isEqualTo("PRODUCTION");
    assertThat(app.path("merchantId").asText()).isEqualTo(NodeRailsEmulator.MERCHANT);
  }

  @Test
  void whatAnotherMerchantHasIsForbiddenAndWhatNobodyHasIsNotFound() {
    String merchant = controls.addMerchant();
    String app = controls.addApp(merchant, "Theirs", "TEST");
    String theirs = controls.makePlan(app, "Theirs", "SUBSCRIPTION", json("{}"));
    String rate = controls.makeTaxRate(merchant, "VAT", BigDecimal.TEN, false);
    String mine = api.plan("Gold", monthly("5"));
    String nobody = UUID.randomUUID().toString();
    String body = planBody("Gold", monthly("5"));
    String link = "{'taxRateId':'%s'}";
    assertThat(api.get("/product-plans/" + theirs).status()).isEqualTo(403);
    assertThat(api.get("/product-plans/" + nobody).status()).isEqualTo(404);
    assertThat(api.post("/product-plans", body.replace(NodeRailsEmulator.TEST_APP, app)).status())
        .isEqualTo(403);
    assertThat(
            api.post("/product-plans", body.replace(NodeRailsEmulator.TEST_APP, nobody)).status())
        .isEqualTo(404);
    assertThat(api.put("/product-plans/" + mine, link.formatted(rate)).status()).isEqualTo(403);
    assertThat(api.put("/product-plans/" + mine, link.formatted(nobody)).status()).isEqualTo(404);
    assertThat(api.post("/product-plans/" + theirs + "/prices", monthly("1")).status())
        .isEqualTo(403);
    assertThat(api.read("/product-plans").findValuesAsText("id")).doesNotContain(theirs);
  }

  @Test
  void updatedAtMovesWithThePlanAndNotWithItsPrices() {
    String plan = api.plan("Gold", monthly("5"));
    clock.advance(Duration.ofHours(1));
    api.price(plan, monthly("6"));
    JsonNode after = api.read("/product-plans/" + plan);
    assertThat(after.path("updatedAt").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
    api.change("/product-plans/" + plan, "{'name':'Gold'}");
    assertThat(api.read("/product-plans/" + plan).path("updatedAt").asText())
        .isEqualTo("2026-01-01T01:00:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'amount':'99999999999999999','billingInterval':'DAY'}",
        "{'amount':'1','billingInterval':'DAY','sortOrder':2147483648}"
      })
  void whatTheDatabaseCannotHoldIsA500AndLeavesNothingOfThePlan(String tooLarge) {
    EmulatorResponse answer = api.post("/product-plans", planBody("P", monthly("1"), tooLarge));
    assertThat(answer.status()).isEqualTo(500);
    assertThat(code(answer)).isEqualTo("INTERNAL_ERROR");
    assertThat(controls.counts().plans()).isZero();
    assertThat(controls.counts().prices()).isZero();
  }
}
