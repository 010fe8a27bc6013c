package dev.planwright.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes, applied to a real API server. */
class ChartOnApiServerIT {
  private static final String RELEASE = "planwright";

  /** What the chart uses of a ServiceMonitor, closed: any other field is refused. */
  private static final String SERVICE_MONITORS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: servicemonitors.monitoring.coreos.com}
      spec:
        group: monitoring.coreos.com
        scope: Namespaced
        names: {kind: ServiceMonitor, plural: servicemonitors, singular: servicemonitor}
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [endpoints, selector]
                    properties:
                      selector: &labels
                        type: object
                        properties:
                          matchLabels: {type: object, additionalProperties: {type: string}}
                      endpoints:
                        type: array
                        items:
                          type: object
                          properties:
                            port: {type: string}
                            path: {type: string}
                            interval: {type: string}
                            scrapeTimeout: {type: string}
                            relabelings: &relabelings
                              type: array
                              items:
                                type: object
                                properties:
                                  action: {type: string}
                                  regex: {type: string}
                                  sourceLabels: {type: array, items: {type: string}}
                            metricRelabelings: *relabelings
      """;

  private static KubeCluster cluster;

  @BeforeAll
  static void start() {
    cluster = KubeCluster.builder().start();
    cluster.applyCrds(SERVICE_MONITORS);
    for (String namespace : List.of("shop", "other", "restricted")) {
      cluster.kubectl().mustRun("create", "namespace", namespace);
    }
    cluster
        .kubectl()
        .mustRun(
            "label",
            "namespace",
            "restricted",
            "pod-security.kubernetes.io/enforce=restricted",
            "pod-security.kubernetes.io/enforce-version=latest");
    cluster.kubectl().mustRun("-n", "restricted", "create", "serviceaccount", "any");
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  static Stream<String> modes() {
    return Stream.of(
        "",
        "namespaces: [shop, other]",
        "{namespaces: [shop], rbac: {readDefinitions: false}}",
        "{namespaces: [shop], rbac: {clusterWide: true, secretNames: [a, b]}}",
        "{serviceAccount: {create: false}, rbac: {create: false}, service: {enabled: false}}",
        "{podDisruptionBudget: {enabled: true}, networkPolicy: {enabled: true}}",
        "{podDisruptionBudget: {enabled: true, maxUnavailable: 50%}, serviceMonitor: {enabled: true}}",
        "{networkPolicy: {enabled: true, egress: {enabled: false}}}",
        ChartTest.EVERYTHING);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyModeIsTakenWithoutAWarning(String values) {
    String home = cluster.newNamespace("mode");
    Kubectl.Result applied =
        cluster
            .kubectl()
            .runWithInput(
                Chart.render(RELEASE, home, values).yaml(),
                "apply",
                "--server-side",
                "--force-conflicts",
                "--validate=strict",
                "-f",
                "-");

    assertThat(applied.ok()).as(applied.stderr()).isTrue();
    assertThat(applied.stderr()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void itsPodsPassTheRestrictedStandardAndNoLessWould(String values) {
    Rendered rendered = Chart.render(RELEASE, "restricted", values);
    JsonNode template = rendered.only("Deployment").at("/spec/template");

    Kubectl.Result taken = createPod(template, "as-rendered");
    assertThat(taken.ok()).as(taken.stderr()).isTrue();

    ObjectNode loose = template.deepCopy();
    ((ObjectNode) loose.at("/spec/containers/0")).remove("securityContext");
    assertThat(createPod(loose, "loose").stderr()).contains("violates PodSecurity");
    // What the standard does not ask for.
    assertThat(template.at("/spec/containers/0/securityContext/readOnlyRootFilesystem").asBoolean())
        .isTrue();
  }

  private static Kubectl.Result createPod(JsonNode template, String name) {
    ObjectNode pod = template.deepCopy();
    // Whose it is does not matter here, and nobody makes one by itself.
    pod.withObject("/spec").put("serviceAccountName", "any");
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ((ObjectNode) pod.path("metadata")).put("name", name).put("namespace", "restricted");
    return cluster.kubectl().runWithInput(pod.toString(), "create", "--dry-run=server", "-f", "-");
  }
}
