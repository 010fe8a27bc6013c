package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BackendCompilerTest {
  static Stream<CompilerCases.Case> cases() {
    String http = "spec.provider.http";
    return Stream.of(
        backend("we are somebody", Rule.REQUIRED, "spec.ownerId", "spec.ownerId: ''"),
        backend("our name is a word", Rule.OWNER_ID_FORMAT, "spec.ownerId", "spec.ownerId: 'a b'"),
        backend("a provider is there", Rule.REQUIRED, "spec.provider", "spec.provider"),
        backend("a provider has a block", Rule.ONE_PROVIDER, "spec.provider", "spec.provider: {}"),
        backend(
            "a provider has one block",
            Rule.ONE_PROVIDER,
            "spec.provider",
            "spec.provider.stigg: {url: 'https://a', credentials: {secretRef: {name: a, key: b}}}"),
        backend("a backend is somewhere", Rule.REQUIRED, http + ".url", http + ".url: ''"),
        backend("a backend has a URL", Rule.URL_FORMAT, http + ".url", http + ".url: 'ftp://a'"),
        backend(
            "a key is not sent in the clear",
            Rule.URL_SECURE,
            http + ".url",
            http + ".url: 'http://catalog.example'"),
        backend(
            "a key is somewhere", Rule.REQUIRED, http + ".credentials", http + ".credentials: {}"),
        backend(
            "a Secret has a name",
            Rule.NAME_FORMAT,
            http + ".credentials.secretRef.name",
            http + ".credentials.secretRef.name: A_B"),
        backend(
            "Paygentic's address follows the environment",
            Rule.PAYGENTIC_ENVIRONMENT,
            "spec.environment",
            "spec.provider: {paygentic: {merchantId: m, credentials: {secretRef: {name: a, key: b}}}}"),
        backend(
            "a timeout is a duration",
            Rule.DURATION_FORMAT,
            "spec.limits.timeout",
            "spec.limits: {timeout: 30 seconds}"),
        backend(
            "a timeout is not zero",
            Rule.DURATION_POSITIVE,
            "spec.limits.timeout",
            "spec.limits: {timeout: 0s}"),
        backend(
            "an interval is a duration too",
            Rule.DURATION_FORMAT,
            "spec.drift.interval",
            "spec.drift: {interval: 10}"),
        backend(
            "a backend is pushed a little at least",
            Rule.QUANTITY_RANGE,
            "spec.limits.requestsPerSecond",
            "spec.limits: {requestsPerSecond: 0}"),
        backend(
            "an alias has an id",
            Rule.REQUIRED,
            "spec.aliases.metrics[calls].id",
            "spec.aliases: {metrics: {calls: {}}}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aMistakeIsFoundWhereItStands(CompilerCases.Case mistake) {
    assertThat(check(CompilerCases.shop().with(mistake.changes())))
        .anySatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo(mistake.rule());
              assertThat(finding.violation().object()).isEqualTo(mistake.object());
              assertThat(finding.violation().field()).isEqualTo(mistake.field());
            });
  }

  @Test
  void whatIsRightIsLeftAlone() {
    assertThat(check(CompilerCases.shop())).isEmpty();
  }

  @Test
  void aPasswordInAUrlIsNeverRepeated() {
    Manifests manifests =
        CompilerCases.shop()
            .with(
                List.of(
                    "BillingBackend default spec.provider.http.url:"
                        + " 'http://me:hunter2@catalog.example/?key=hunter3'"));

    assertThat(check(manifests))
        .isNotEmpty()
        .allSatisfy(
            finding ->
                assertThat(finding.violation().message()).doesNotContain("hunter2", "hunter3"));
  }

  private static List<Compilation.Finding> check(Manifests manifests) {
    return BackendCompiler.check(
        manifests.backend(),
        url -> url.startsWith("http:") ? Optional.of("would be in the clear") : Optional.empty());
  }

  private static CompilerCases.Case backend(
      String sentence, Rule rule, String field, String change) {
    return CompilerCases.wrong(
        sentence, rule, "BillingBackend shop/default", field, "BillingBackend default " + change);
  }
}
