package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every provider's block is held to the same, before a key is sent anywhere. */
class ProviderBlocksTest {
  @ParameterizedTest
  @ValueSource(strings = {"bxb", "stigg", "schematic", "noderails", "paygentic", "http"})
  void aKeyHasAPlaceAndAnAddressItMayBeSentTo(String block) {
    String at = "spec.provider." + block;

    assertThat(fields(block, "")).isEmpty();
    assertThat(fields(block, ".credentials: {}")).containsExactly(at + ".credentials");
    assertThat(fields(block, ".credentials.secretRef.name: ''"))
        .containsExactly(at + ".credentials.secretRef.name");
    assertThat(fields(block, ".credentials.secretRef.name: A_B"))
        .containsExactly(at + ".credentials.secretRef.name");
    assertThat(fields(block, ".credentials.secretRef.key: ''"))
        .containsExactly(at + ".credentials.secretRef.key");
    assertThat(fields(block, ".credentials.secretRef.key: 'a b'"))
        .containsExactly(at + ".credentials.secretRef.key");
    assertThat(fields(block, ".url: 'http://billing.example'")).containsExactly(at + ".url");
    assertThat(fields(block, ".url: 'billing.example'")).containsExactly(at + ".url");
    assertThat(fields(block, ".url: 'https://" + "x".repeat(2040) + "'")).isEmpty();
    assertThat(fields(block, ".url: 'https://" + "x".repeat(2041) + "'"))
        .containsExactly(at + ".url");
    assertThat(fields(block, ".url"))
        .containsExactly(block.equals("paygentic") ? "spec.environment" : at + ".url");
  }

  @ParameterizedTest
  @CsvSource({
    "bxb, organizationId",
    "stigg, productId",
    "schematic, accountId",
    "noderails, appId",
    "paygentic, merchantId",
    "paygentic, productId"
  })
  void anIdIsOneLineOfAThousandSignsAtMost(String block, String id) {
    String field = "spec.provider." + block + "." + id;

    assertThat(fields(block, "." + id + ": " + "x".repeat(1024))).isEmpty();
    assertThat(fields(block, "." + id + ": " + "x".repeat(1025))).containsExactly(field);
    assertThat(fields(block, "." + id + ": \"a\\nb\"")).containsExactly(field);
  }

  @ParameterizedTest(name = "{1} is refused")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          spec.provider.paygentic.merchantId;    .merchantId: ''
          spec.provider.schematic.nameSuffix;    .nameSuffix: "a\\nb"
          """)
  void whatOnlyOneBlockHasIsHeldToo(String field, String change) {
    assertThat(fields(field.split("\\.", -1)[2], change)).containsExactly(field);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          spec.aliases.features[sso].id;         spec.aliases: {features: {sso: {}}}
          spec.aliases.products[main].id;        spec.aliases: {products: {main: {}}}
          spec.aliases.metrics[calls].id;        spec.aliases: {metrics: {calls: {id: "a\\nb"}}}
          spec.limits.maxConcurrent;             spec.limits: {maxConcurrent: 101}
          spec.limits.requestsPerSecond;         spec.limits: {requestsPerSecond: 1001}
          spec.limits.timeout;                   spec.limits: {timeout: 1234567890123456789s}
          spec.drift.interval;                   spec.drift: {interval: 0s}
          spec.defaults.product;                 spec.defaults: {product: 'a b'}
          """)
  void whatABackendSaysBesideItsBlockIsHeld(String field, String change) {
    assertThat(fields("http", " " + change)).containsExactly(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " spec.limits: {maxConcurrent: 100, requestsPerSecond: 1000, timeout: 30s}",
        " spec.limits: {maxConcurrent: 1, requestsPerSecond: 1, timeout: ''}",
        " spec.drift: {interval: 9999h99999m999999s}",
        " spec.defaults: {product: main}",
        " spec.aliases: {metrics: {calls: {id: bm_1}}, features: {sso: {id: f}}}"
      })
  void whatIsWithinTheLimitsIsRight(String change) {
    assertThat(fields("http", change)).isEmpty();
  }

  /** Fields at fault after one change: of the block, or after a blank of the backend. */
  private static List<String> fields(String block, String change) {
    String tenant = block.equals("paygentic") ? "merchantId: m, " : "";
    Manifests manifests =
        CompilerCases.shop()
            .with(
                List.of(
                    "BillingBackend default spec.provider: {%s: {url: 'https://billing.example', %scredentials: {secretRef: {name: a, key: b}}}}"
                        .formatted(block, tenant)));
    if (!change.isEmpty()) {
      String path = change.startsWith(" ") ? change.strip() : "spec.provider." + block + change;
      manifests.with(List.of("BillingBackend default " + path));
    }
    return BackendCompiler.check(
            manifests.backend(),
            url ->
                url.startsWith("http:") ? Optional.of("would be in the clear") : Optional.empty())
        .stream()
        .map(finding -> finding.violation().field())
        .toList();
  }
}
