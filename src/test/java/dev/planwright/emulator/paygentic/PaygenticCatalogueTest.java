package dev.planwright.emulator.paygentic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products, metrics, fees and features. */
class PaygenticCatalogueTest {
  private final PaygenticShop shop = PaygenticShop.open();
  private final PaygenticCalls api = shop.api();
  private final String owner =
      "'merchantId':'%s','productId':'%s'".formatted(shop.merchant(), shop.product());

  @Test
  void aProductsMetadataBecomesTextsAndIsSetOnce() {
    String id =
        api.make(
            "/v0/products",
            "{'name':'P','description':'d','merchantId':'%s','metadata':{'n':1,'b':true,'t':'x'}}"
                .formatted(shop.merchant()));
    JsonNode metadata = api.read("/v0/products/" + id).path("metadata");
    assertThat(metadata.toString()).isEqualTo("{\"n\":\"1\",\"b\":\"true\",\"t\":\"x\"}");
    JsonNode patched =
        api.patch("/v0/products/" + id, "{'name':'Q','metadata':{},'merchantId':'org_x'}");
    assertThat(patched.path("name").asText()).isEqualTo("Q");
    assertThat(patched.path("metadata")).isEqualTo(metadata);
    assertThat(patched.path("merchantId").asText()).isEqualTo(shop.merchant());
  }

  @ParameterizedTest(name = "{0} cannot be deleted")
  @ValueSource(strings = {"products", "billableMetrics", "plans"})
  void productsMetricsAndPlansHaveNoDelete(String path) {
    String id =
        switch (path) {
          case "products" -> shop.product();
          case "plans" -> shop.plan();
          default -> shop.metric();
        };
    assertThat(api.delete("/v0/" + path + "/" + id)).isEqualTo(404);
    assertThat(api.status("/v0/" + path + "/" + id)).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0} needs a description")
  @ValueSource(strings = {"products", "fees", "billableMetrics"})
  void aDescriptionIsRequired(String path) {
    String body =
        "{'name':'n',%s,'unit':'call','aggregation':'COUNT'}"
            .formatted(path.equals("products") ? "'merchantId':'" + shop.merchant() + "'" : owner);
    EmulatorResponse answer = api.call("POST", "/v0/" + path, body);
    assertThat(PaygenticCalls.wrongFields(answer)).containsExactly("description");
    String whole = body.replace("{", "{'description':'d',");
    assertThat(api.status("POST", "/v0/" + path, whole)).isEqualTo(201);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"SUM", "AVG", "MIN", "MAX", "LATEST"})
  void aMetricOfValuesNeedsToKnowWhereTheValueIs(String aggregation) {
    String body =
        "{'name':'m','description':'d','unit':'u',%s,'aggregation':'%s'"
            .formatted(owner, aggregation);
    EmulatorResponse answer = api.call("POST", "/v0/billableMetrics", body + "}");
    assertThat(PaygenticCalls.wrongFields(answer)).containsExactly("valueProperty");
    EmulatorResponse path =
        api.call("POST", "/v0/billableMetrics", body + ",'valueProperty':'a.b'}");
    assertThat(PaygenticCalls.wrongFields(path)).containsExactly("valueProperty");
    String whole = body + ",'valueProperty':'$.a.b','groupBy':{'region':'$.region'}}";
    assertThat(api.status("POST", "/v0/billableMetrics", whole)).isEqualTo(201);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"COUNT", "UNIQUE_COUNT"})
  void aMetricThatCountsNeedsNoValue(String aggregation) {
    String body =
        "{'name':'m','description':'d','unit':'u',%s,'aggregation':'%s'}"
            .formatted(owner, aggregation);
    assertThat(api.status("POST", "/v0/billableMetrics", body)).isEqualTo(201);
  }

  @Test
  void aMetricsAggregationIsForEver() {
    JsonNode patched =
        api.patch("/v0/billableMetrics/" + shop.metric(), "{'aggregation':'COUNT','unit':'token'}");
    assertThat(patched.path("aggregation").asText()).isEqualTo("SUM");
    assertThat(patched.path("unit").asText()).isEqualTo("token");
  }

  @Test
  void anItemStandsForItsProduct() {
    String item = shop.make().item(shop.product());
    JsonNode fee =
        api.made(
            "/v0/fees",
            "{'name':'f','description':'d','merchantId':'%s','itemId':'%s'}"
                .formatted(shop.merchant(), item));
    assertThat(fee.path("productId").asText()).isEqualTo(shop.product());
    assertThat(fee.path("itemId").asText()).isEqualTo(item);
    EmulatorResponse neither =
        api.call(
            "POST",
            "/v0/fees",
            "{'name':'f','description':'d','merchantId':'%s'}".formatted(shop.merchant()));
    assertThat(PaygenticCalls.wrongFields(neither)).containsExactly("productId");
  }

  @Test
  void aFeeThatPricesUseCannotBeDeletedAndSaysHowMany() {
    String one = shop.flat("1");
    String two = shop.flat("2");
    EmulatorResponse answer = api.call("DELETE", "/v0/fees/" + shop.fee(), "");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(PaygenticCalls.json(answer).path("details").path("blockers").toString())
        .isEqualTo("[{\"type\":\"price\",\"count\":2}]");
    api.delete("/v0/prices/" + one);
    api.delete("/v0/prices/" + two);
    assertThat(api.delete("/v0/fees/" + shop.fee())).isEqualTo(204);
    assertThat(api.status("/v0/fees/" + shop.fee())).isEqualTo(404);
    assertThat(api.read("/v0/fees?merchantId=" + shop.merchant()).path("data")).isEmpty();
  }

  @Test
  void namesAndDescriptionsAreNotUnique() {
    String body = "{'name':'Base','description':'d',%s}".formatted(owner);
    assertThat(api.make("/v0/fees", body)).isNotEqualTo(api.make("/v0/fees", body));
    assertThat(shop.controls().counts().fees()).isEqualTo(3);
  }

  @Test
  void aFeeIsEditedWithoutItsProduct() {
    JsonNode fee =
        api.patch(
            "/v0/fees/" + shop.fee(), "{'name':'N','description':'two\\nlines','productId':'x'}");
    assertThat(fee.path("description").asText()).isEqualTo("two\nlines");
    assertThat(fee.path("productId").asText()).isEqualTo(shop.product());
    shop.controls().editFee(shop.fee(), "description", TextNode.valueOf("by hand"));
    assertThat(shop.controls().fees().getFirst().path("description").asText()).isEqualTo("by hand");
  }

  @Test
  void aFeaturesKeyIsUniqueInItsProduct() {
    String body = "{'key':'sso','name':'SSO',%s}".formatted(owner);
    String id = api.make("/v0/features", body);
    assertThat(api.read("/v0/features/" + id).path("type").asText()).isEqualTo("boolean");
    assertThat(api.status("POST", "/v0/features", body)).isEqualTo(409);
    String other = shop.make().product(shop.merchant(), "Other");
    assertThat(api.status("POST", "/v0/features", body.replace(shop.product(), other)))
        .isEqualTo(201);
    EmulatorResponse capitals = api.call("POST", "/v0/features", body.replace("'sso'", "'SSO'"));
    assertThat(PaygenticCalls.wrongFields(capitals)).containsExactly("key");
    assertThat(api.delete("/v0/features/" + id)).isEqualTo(204);
    assertThat(api.status("POST", "/v0/features", body)).as("the key is free again").isEqualTo(201);
  }

  @Test
  void featuresAreFoundByKeyWithinAProduct() {
    String sso = shop.make().feature(shop.product(), "sso", "boolean");
    shop.make().feature(shop.product(), "seats", "metered");
    JsonNode found = api.read("/v0/features?productId=" + shop.product() + "&key=sso");
    assertThat(PaygenticCalls.ids(found.path("data"))).isEqualTo(List.of(sso));
    assertThat(found.path("pagination").path("total").asInt()).isEqualTo(1);
    assertThat(api.status("/v0/features?key=sso")).isEqualTo(400);
  }
}
