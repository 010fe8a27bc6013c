package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.json;
import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static dev.planwright.emulator.noderails.NodeRailsCalls.planBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRailsTaxRatesTest {
  private final NodeRailsEmulator emulator = new NodeRailsEmulator();
  private final NodeRailsControls controls = emulator.controls();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);

  @ParameterizedTest(name = "{0} is kept as {1}")
  @CsvSource({"20, 20", "7.7, 7.7", "8.875, 8.88", "19.00, 19", "0, 0", "100, 100"})
  void aPercentageGoesInAsANumberAndComesOutAsATextWithTwoDecimals(String sent, String shown) {
    JsonNode percentage = api.read("/tax-rates/" + api.taxRate(sent, false)).path("percentage");
    assertThat(percentage.isTextual()).isTrue();
    assertThat(percentage.asText()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'displayName':'VAT'}",
        "{'percentage':20}",
        "{'displayName':'VAT','percentage':'20'}",
        "{'displayName':'VAT','percentage':100.01}",
        "{'displayName':'VAT','percentage':-1}",
        "{'displayName':'','percentage':20}",
        "{'displayName':'VAT','percentage':20,'inclusive':'no'}"
      })
  void aRateIsValidated(String body) {
    assertThat(api.post("/tax-rates", body).status()).isEqualTo(400);
    assertThat(controls.counts().taxRates()).isZero();
  }

  @Test
  void archivedRatesAreListedOnlyWhenAskedFor() {
    String kept = api.taxRate("20", false);
    String archived = api.taxRate("20", false);
    assertThat(api.delete("/tax-rates/" + archived).status()).isEqualTo(204);
    assertThat(api.read("/tax-rates").findValuesAsText("id")).containsExactly(kept);
    assertThat(api.read("/tax-rates?includeInactive=true").findValuesAsText("id"))
        .containsExactlyInAnyOrder(kept, archived);
    api.change("/tax-rates/" + archived, "{'isActive':true,'percentage':7}");
    assertThat(api.read("/tax-rates").findValuesAsText("percentage"))
        .containsExactlyInAnyOrder("20", "7");
  }

  @Test
  void anArchivedRateStaysLinkedButIsNotLinkedAnew() {
    String rate = api.taxRate("20", false);
    String linked = api.plan("Linked", monthly("5"));
    String other = api.plan("Other", monthly("5"));
    String link = "{'taxRateId':'%s'}".formatted(rate);
    assertThat(api.change("/product-plans/" + linked, link).path("taxRate").path("id").asText())
        .isEqualTo(rate);
    api.delete("/tax-rates/" + rate);
    assertThat(api.read("/product-plans/" + linked).path("taxRateId").asText()).isEqualTo(rate);
    assertThat(api.put("/product-plans/" + other, link).status()).isEqualTo(400);
    assertThat(api.put("/product-plans/" + linked, link).status()).isEqualTo(400);
    String create =
        planBody("New", monthly("5")).replace("{'appId'", link.replace("}", ",'appId'"));
    assertThat(api.post("/product-plans", create).status()).isEqualTo(400);
    assertThat(controls.counts().plans()).isEqualTo(2);
    JsonNode unlinked = api.change("/product-plans/" + linked, "{'taxRateId':null}");
    assertThat(unlinked.path("taxRateId").isNull()).isTrue();
    assertThat(unlinked.path("taxRate").isNull()).isTrue();
  }

  @Test
  void ratesBelongToTheMerchantWhateverTheApp() {
    String rate = api.taxRate("20", false);
    NodeRailsCalls live = NodeRailsCalls.with(emulator, NodeRailsEmulator.LIVE_KEY);
    assertThat(live.read("/tax-rates/" + rate).path("merchantId").asText())
        .isEqualTo(NodeRailsEmulator.MERCHANT);
    String theirs = controls.makeTaxRate(controls.addMerchant(), "GST", BigDecimal.TEN, true);
    assertThat(api.get("/tax-rates/" + theirs).status()).isEqualTo(403);
    assertThat(api.get("/tax-rates/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.read("/tax-rates").findValuesAsText("id")).containsExactly(rate);
  }

  @Test
  void aRateHasNoMetadata() {
    JsonNode rate =
        api.make("/tax-rates", "{'displayName':'VAT','percentage':1,'metadata':{'a':'b'}}");
    assertThat(rate.has("metadata")).isFalse();
    assertThat(json(rate.toString()).path("jurisdiction").isNull()).isTrue();
  }
}
