package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrdsOnApiServerIT {
  private final KubeCluster cluster = KubeCluster.shared();
  private final Kubectl kubectl = cluster.kubectl();
  private String namespace = "";

  @BeforeAll
  void theCrdsAreAccepted() {
    // An expression that could cost too much makes the API server refuse the whole CRD here.
    cluster.applyCrds(Path.of("crds"));
  }

  @BeforeEach
  void aNamespaceForEachTest() {
    namespace = cluster.newNamespace("crds");
  }

  static Stream<SpecCase> cases() {
    return SpecCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theRuleRefusesWithItsMessage(SpecCase broken) {
    broken
        .before()
        .ifPresent(spec -> kubectl.mustRunWithInput(manifest(broken.kind(), spec), apply()));

    Kubectl.Result result = kubectl.runWithInput(manifest(broken.kind(), broken.spec()), apply());

    assertThat(result.ok()).as("it is accepted").isFalse();
    assertThat(result.stderr()).contains(broken.answer());
    if (broken.rule().held() == Rule.Held.CEL) {
      assertThat(result.stderr()).contains(broken.rule().sentence());
    }
  }

  @Test
  void everyRuleThatTheApiServerHoldsHasACase() {
    Set<Rule> tested =
        cases()
            .map(SpecCase::rule)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
    // Needs a status: it has a test of its own below.
    tested.add(Rule.EXTERNAL_ID_MATCHES_STATUS);
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Rule.values()).filter(r -> r.held() != Rule.Held.COMPILER).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"billing-backend.yaml", "providers.yaml", "plan.yaml", "prices.yaml"})
  void theExamplesAreAcceptedAndKeptWhole(String file) {
    for (JsonNode document : Manifests.documents(file)) {
      ((ObjectNode) document.get("metadata")).put("namespace", namespace);
      String kind = document.get("kind").asText();
      String name = document.at("/metadata/name").asText();
      kubectl.mustRunWithInput(document.toString(), apply());
      if (document.has("status")) {
        kubectl.mustRunWithInput(
            document.toString(), "apply", "--server-side", "--subresource=status", "-f", "-");
      }

      JsonNode stored =
          Manifests.parse(kubectl.mustRun("get", kind, name, "-n", namespace, "-o", "json"));

      assertThat(stored.get("spec")).isEqualTo(document.get("spec"));
      assertThat(stored.get("status"))
          .isEqualTo(
              document.has("status")
                  ? document.get("status")
                  : Manifests.parse("{\"observedGeneration\":-1}"));
    }
  }

  @Test
  void anExternalIdMayBeSetLaterOnlyToThatOfTheStatus() {
    String plan = "displayName: Team";
    kubectl.mustRunWithInput(manifest("Plan", plan), apply());
    kubectl.mustRun(
        "patch",
        "plans.planwright.dev",
        "subject",
        "-n",
        namespace,
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"externalId\":\"plan_1\"}}");

    Kubectl.Result other =
        kubectl.runWithInput(manifest("Plan", plan + ", externalId: plan_2"), apply());

    assertThat(other.stderr())
        .contains(Rule.EXTERNAL_ID_MATCHES_STATUS.sentence())
        .contains("it is plan_2 and must be plan_1");
    kubectl.mustRunWithInput(manifest("Plan", plan + ", externalId: ''"), apply());
    kubectl.mustRunWithInput(manifest("Plan", plan + ", externalId: plan_1"), apply());
  }

  @Test
  void aStatusWithAnotherIdThanTheSpecIsWritten() {
    // The operator must always be able to write what it found, whatever the spec says.
    kubectl.mustRunWithInput(manifest("Plan", "displayName: Team, externalId: plan_1"), apply());
    kubectl.mustRun(
        "patch",
        "plans.planwright.dev",
        "subject",
        "-n",
        namespace,
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"externalId\":\"plan_2\"}}");
  }

  @Test
  void theTablesShowTheColumnsInOrder() {
    assertThat(columns("bplan")).isEqualTo("NAME KEY BACKEND READY REASON EXTERNAL-ID PRICES AGE");
    assertThat(columns("bplan", "-o", "wide"))
        .isEqualTo(
            "NAME KEY BACKEND READY REASON EXTERNAL-ID PRICES SUBSCRIBERS ON-DELETE LAST-SYNC"
                + " MESSAGE AGE");
    assertThat(columns("bprice")).isEqualTo("NAME PLAN MODEL AMOUNT EVERY READY EXTERNAL-ID AGE");
    assertThat(columns("bb")).isEqualTo("NAME PROVIDER ENVIRONMENT ACCOUNT READY PLANS AGE");
    assertThat(kubectl.mustRun("get", "billing", "-n", namespace))
        .contains("plan.planwright.dev/subject")
        .contains("price.planwright.dev/subject")
        .contains("billingbackend.planwright.dev/subject");
  }

  private String columns(String kind, String... options) {
    String full =
        switch (kind) {
          case "bplan" -> manifest("Plan", "displayName: Team");
          case "bprice" ->
              manifest(
                  "Price",
                  "planRef: {name: team}, currency: USD, oneTime: {}, flat: {amount: '1'}");
          default ->
              manifest(
                  "BillingBackend",
                  "ownerId: a, provider: {http: {url: 'https://a/',"
                      + " credentials: {secretRef: {name: s, key: k}}}}");
        };
    kubectl.mustRunWithInput(full, apply());
    String[] command =
        Stream.concat(Stream.of("get", kind, "-n", namespace), Arrays.stream(options))
            .toArray(String[]::new);
    return kubectl.mustRun(command).lines().findFirst().orElse("").replaceAll(" +", " ").strip();
  }

  private String manifest(String kind, String spec) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: %s
        metadata: {name: subject, namespace: %s}
        spec: {%s}
        """
        .formatted(kind, namespace, spec);
  }

  private static String[] apply() {
    return new String[] {"apply", "-f", "-"};
  }
}
