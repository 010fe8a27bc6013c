package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BxbProviderFactoryTest {
  private final BxbProviderFactory factory = new BxbProviderFactory();

  private static AccountConfig config(ObjectNode block) {
    return new AccountConfig(
        "shop/default",
        "shop-prod",
        AccountFacts.AccountEnvironment.SANDBOX,
        block,
        AccountConfig.Aliases.NONE);
  }

  @Test
  void settingsAreCheckedAllAtOnce() {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("url", "ftp://x").put("organizationId", "acme").put("chargeAmountUnit", "Cents");
    block.put("ownershipMark", "Name");
    assertThat(factory.checkSettings(config(block)))
        .extracting(Violation::field)
        .containsExactly(
            "spec.provider.bxb.url",
            "spec.provider.bxb.organizationId",
            "spec.provider.bxb.chargeAmountUnit",
            "spec.provider.bxb.ownershipMark");
    assertThat(
            factory.checkSettings(
                Bench.config(
                    "Minor",
                    "None",
                    "39bfd059-d6b7-478b-89b1-e4289df3e2b2",
                    AccountConfig.Aliases.NONE)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bxb_liv_0123",
        "sk_live_1",
        "Bxb_live_0123456789",
        "bxb_live_a b",
        "bxb_live_a\n"
      })
  void aKeyThatWouldBeServedAsSomebodyElseIsNeverSent(String key) {
    assertThat(factory.refuseKey(key, config(JsonNodeFactory.instance.objectNode())))
        .hasValueSatisfying(
            it ->
                assertThat(key.isEmpty() || !it.contains(key))
                    .as("the key is kept quiet")
                    .isTrue());
  }

  @Test
  void aKeyWithThePrefixIsSentAsBearer() {
    String key = "bxb_live_" + "0f".repeat(32);
    assertThat(factory.refuseKey(key, config(JsonNodeFactory.instance.objectNode()))).isEmpty();
    assertThat(factory.headers(key)).containsEntry("Authorization", "Bearer " + key);
    assertThat(factory.headers(key)).doesNotContainKey("X-Organization-Id");
  }

  @Test
  void theBaseUrlHasNoTrailingSlash() {
    ObjectNode block = JsonNodeFactory.instance.objectNode().put("url", "http://h:8000/api//");
    assertThat(factory.baseUrl(config(block))).isEqualTo("http://h:8000/api");
  }

  @Test
  void capabilitiesSayWhatThereIsNot() {
    assertThat(factory.capabilities().word(Capability.ARCHIVE)).isEqualTo("no");
    assertThat(factory.capabilities().word(Capability.SEVERAL_INTERVALS)).isEqualTo("no");
    assertThat(factory.capabilities().word(Capability.EXISTING_SUBSCRIBERS))
        .isEqualTo("MigrateOnly");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | Billable metric 1 not found | DEPENDENCY_MISSING",
        "400 | Something else | BACKEND_REJECTED",
        "404 | Tax 'vat' not found | DEPENDENCY_MISSING",
        "404 | Plan not found | RETRYING",
        "409 | Plan with this code already exists | RETRYING",
        "403 | no | BACKEND_REJECTED"
      })
  void errorsBecomeReasonsInBxbsOwnWords(int status, String detail, Reason reason) {
    JsonNode body = JsonNodeFactory.instance.objectNode().put("detail", detail);
    Refusal refusal = BxbRefusals.of(step(), new ApiResponse(status, Map.of(), body));
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.message()).contains(detail, Integer.toString(status), "create plan x");
  }

  @Test
  void aValidationErrorNamesItsFields() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode part = body.putArray("detail").addObject().put("msg", "Input should be smaller");
    part.putArray("loc").add("body").add("amount_cents");
    Refusal refusal =
        BxbRefusals.of(step(), new ApiResponse(422, Map.of("x-request-id", "r1"), body));
    assertThat(refusal.reason()).isEqualTo(Reason.BACKEND_REJECTED);
    assertThat(refusal.message())
        .contains("body.amount_cents: Input should be smaller", "(request r1)");
  }

  private static Step step() {
    return Step.of(
            Step.Kind.KEYED_CREATE, "create plan x", it -> ApiRequest.of("o", "POST", "/v1/plans/"))
        .build();
  }
}
