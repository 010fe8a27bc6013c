package dev.planwright.backend.paygentic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import dev.planwright.testing.EmulatedClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings, keys and who is there. */
class PaygenticProviderFactoryTest {
  private final PaygenticProviderFactory factory = new PaygenticProviderFactory();

  private static AccountConfig config(
      String url, String merchant, String product, AccountEnvironment environment) {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("url", url).put("merchantId", merchant).put("productId", product);
    return new AccountConfig(
        "shop/default", "shop-prod", environment, block, AccountConfig.Aliases.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', SANDBOX, https://api.sandbox.paygentic.io, SANDBOX",
    "'', PRODUCTION, https://api.paygentic.io, PRODUCTION",
    "https://api.paygentic.io/, PRODUCTION, https://api.paygentic.io, PRODUCTION",
    "http://proxy.svc:80/x/, SANDBOX, http://proxy.svc:80/x, UNVERIFIED"
  })
  void theAddressFollowsTheEnvironmentWhenItIsLeftOut(
      String url, AccountEnvironment environment, String expected, AccountEnvironment told) {
    AccountConfig config = config(url, "org_1", "prod_1", environment);
    assertThat(factory.checkSettings(config)).isEmpty();
    assertThat(factory.baseUrl(config)).isEqualTo(expected);
    assertThat(PaygenticSettings.of(config).environment()).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({
    "'', org_1, prod_1, UNVERIFIED, url",
    "ftp://x, org_1, prod_1, SANDBOX, url",
    "https://api.paygentic.io, org_1, prod_1, SANDBOX, url",
    "'', '', prod_1, SANDBOX, merchantId",
    "'', acme, prod_1, SANDBOX, merchantId",
    "'', org_1, main, SANDBOX, productId"
  })
  void whatIsWrongWithTheBlockIsNamed(
      String url, String merchant, String product, AccountEnvironment environment, String field) {
    assertThat(factory.checkSettings(config(url, merchant, product, environment)))
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.provider.paygentic." + field));
  }

  @ParameterizedTest
  @CsvSource({
    "SANDBOX, sk_test_abc, true",
    "SANDBOX, sk_live_abc, false",
    "PRODUCTION, sk_live_abc, true",
    "PRODUCTION, sk_test_abc, false",
    "SANDBOX, abc, false",
    "SANDBOX, 'sk_test_a b', false"
  })
  void aKeyOfTheOtherEnvironmentIsNeverSent(
      AccountEnvironment environment, String key, boolean fine) {
    AccountConfig config = config("", "org_1", "prod_1", environment);
    assertThat(factory.refuseKey(key, config).isEmpty()).isEqualTo(fine);
    factory.refuseKey(key, config).ifPresent(it -> assertThat(it).doesNotContain(key));
  }

  @Test
  void whatItCanIsOneWordForEachQuestion() {
    assertThat(factory.capabilities().has(Capability.SETUP_FEE)).isTrue();
    assertThat(factory.capabilities().word(Capability.EXISTING_SUBSCRIBERS))
        .isEqualTo("MigrateOnly");
    for (Capability none :
        List.of(
            Capability.GRADUATED,
            Capability.VOLUME,
            Capability.PACKAGE,
            Capability.DYNAMIC,
            Capability.TRIAL,
            Capability.SEVERAL_INTERVALS,
            Capability.SEVERAL_CURRENCIES,
            Capability.MINIMUM_COMMITMENTS,
            Capability.USAGE_THRESHOLDS,
            Capability.FILTERS,
            Capability.ARCHIVE,
            Capability.DELETE)) {
      assertThat(factory.capabilities().has(none)).as(none.toString()).isFalse();
    }
  }

  @Test
  void noMoreIsAskedOfItThanFiveCallsASecond() {
    assertThat(new PaygenticProviderFactory().limits().requestsPerSecond()).isLessThanOrEqualTo(5);
  }

  /** By status alone: its codes and words may change from one week to the next. */
  @ParameterizedTest(name = "{0}, something of a former try: {1}")
  @CsvSource({
    "400, false, BACKEND_REJECTED, (amount: too small; name: missing)",
    "403, false, BACKEND_REJECTED, let that user write the catalogue",
    "404, false, RETRYING, looking again",
    "409, false, RETRYING, '(blocked by price: 2, item: 1)'",
    "418, false, BACKEND_REJECTED, '\"create fee for price team-monthly\"'",
    "400, true, RETRYING, without what was left of a former try",
    "409, true, RETRYING, without what was left of a former try"
  })
  void anErrorIsToldInTheVendorsWordsWithItsFieldsBlockersAndRequest(
      int status, boolean reused, Reason reason, String words) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error", "validation_error").put("message", "No").put("code", "SOME_CODE");
    body.putArray("errors").addObject().put("field", "amount").put("message", "too small");
    ((ArrayNode) body.get("errors")).addObject().put("field", "name").put("message", "missing");
    ArrayNode blockers = body.putObject("details").putArray("blockers");
    blockers.addObject().put("type", "price").put("count", 2);
    blockers.addObject().put("type", "item").put("count", 1);
    Step step =
        Step.of(
                Step.Kind.CREATE,
                "create fee for price team-monthly",
                sending -> PaygenticCalls.createFee(JsonNodeFactory.instance.objectNode()))
            .intent("fee:team-monthly")
            .build();

    Refusal refusal =
        PaygenticRefusals.of(
            step, new ApiResponse(status, Map.of("x-request-id", "req-7"), body), reused);

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.message())
        .contains(words, "Paygentic answered " + status, "SOME_CODE: No", "(request req-7)");
  }

  @Test
  void aKeyThatMayNotSeeTheMerchantIsRefusedBeforeAnyPlanIsLookedFor() {
    Bench bench = new Bench();
    assertThat(bench.provider.account().id()).isEqualTo(bench.access.merchantId());
    String other = bench.make().merchant("Other", "USD").key();
    EmulatedClient theirs =
        new EmulatedClient(
            bench.server, new PaygenticProviderFactory().headers(other), Optional.empty());
    PaygenticProvider wrong =
        new PaygenticProvider(PaygenticSettings.of(bench.config()), theirs, bench.clock);
    assertThatThrownBy(wrong::account)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("403")
        .hasMessageNotContaining(other);
  }
}
