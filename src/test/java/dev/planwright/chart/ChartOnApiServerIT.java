package dev.planwright.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart on a real API server, by kubectl and by Helm. */
class ChartOnApiServerIT {
  private static final String HOME = "planwright-system";
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
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  /** On a cluster that has never seen the kinds. */
  @BeforeEach
  void removeKinds() {
    cluster
        .kubectl()
        .mustRun(
            "delete",
            "crd",
            "plans.planwright.dev",
            "prices.planwright.dev",
            "billingbackends.planwright.dev",
            "--ignore-not-found");
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

  @Test
  void itsPodsPassTheRestrictedStandardAndNoLessWould() {
    Rendered rendered = Chart.render(RELEASE, "restricted", "");
    cluster.kubectl().mustRunWithInput(rendered.rights(), "apply", "-f", "-");
    JsonNode template = rendered.only("Deployment").at("/spec/template");

    Kubectl.Result taken = createPod(template, "as-rendered");
    assertThat(taken.ok()).as(taken.stderr()).isTrue();

    ObjectNode loose = template.deepCopy();
    ((ObjectNode) loose.at("/spec/containers/0")).remove("securityContext");
    assertThat(createPod(loose, "loose").stderr()).contains("violates PodSecurity");
    // What the standard does not ask for.
    assertThat(
            template.at("/spec/containers/0/securityContext/readOnlyRootFilesystem").asBoolean())
        .isTrue();
  }

  private static Kubectl.Result createPod(JsonNode template, String name) {
    ObjectNode pod = template.deepCopy();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    ((ObjectNode) pod.path("metadata")).put("name", name).put("namespace", "restricted");
    return cluster.kubectl().runWithInput(pod.toString(), "create", "-f", "-");
  }

  @Test
  void kindsThatWereAppliedByHandAreTakenOverByTheLinesInTheDocs() throws IOException {
    cluster.applyCrds(Path.of("crds"));
    assertThatThrownBy(() -> install(Chart.FOLDER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be imported into the current release");

    List<String> lines =
        Files.readAllLines(Path.of("docs", "install.md")).stream()
            .filter(line -> line.matches("kubectl (label|annotate) crd .*"))
            .toList();
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      cluster.kubectl().mustRun(line.replaceFirst("kubectl ", "").split(" +"));
    }
    assertThat(install(Chart.FOLDER).getStatus()).isEqualTo("deployed");
    uninstall();
  }

  @Test
  void anUpgradeBringsTheKindsUpToDateAndUninstallingKeepsThemAndWhatIsThere(@TempDir Path folder)
      throws IOException {
    Release installed = install(older(folder));
    assertThat(installed.getStatus()).isEqualTo("deployed");
    assertThat(columns()).doesNotContain("REASON");
    String plan =
        """
        apiVersion: planwright.dev/v1alpha1
        kind: Plan
        metadata: {name: team, namespace: shop}
        spec: {displayName: Team}
        """;
    cluster.kubectl().mustRunWithInput(plan, "apply", "-f", "-");

    Release upgraded =
        Chart.helm()
            .upgrade()
            .withName(RELEASE)
            .withNamespace(HOME)
            .withKubeConfig(cluster.kubeconfig())
            .call();
    assertThat(upgraded.getStatus()).isEqualTo("deployed");
    assertThat(columns()).contains("REASON");

    uninstall();
    assertThat(cluster.kubectl().mustRun("get", "deploy,sa,svc", "-n", HOME, "-o", "name"))
        .doesNotContain(RELEASE);
    assertThat(cluster.kubectl().mustRun("get", "clusterrole", "-o", "name"))
        .doesNotContain("planwright-system:planwright");
    assertThat(cluster.kubectl().mustRun("get", "bplan/team", "-n", "shop", "-o", "name"))
        .contains("team");

    // And it goes on from there.
    assertThat(install(Chart.FOLDER).getStatus()).isEqualTo("deployed");
    assertThat(cluster.kubectl().mustRun("get", "bplan/team", "-n", "shop", "-o", "name"))
        .contains("team");
    uninstall();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "namespaces: [other]"})
  void whatIsPrintedAfterInstallingSaysTheNextStepAndItsManifestIsTaken(String values) {
    Release release =
        Chart.withValues(
            values, file -> installer(Chart.FOLDER).withValuesFile(file).call());
    uninstall();

    assertThat(release.getOutput())
        .contains("rollout status deployment/planwright")
        .contains("planwright.dev/credentials=true")
        .contains(values.isEmpty() ? "watches all namespaces" : "watches other");
    Matcher manifest = Pattern.compile("(?s)<<EOF\n(.*?)\n  EOF").matcher(release.getOutput());
    assertThat(manifest.find()).as(release.getOutput()).isTrue();
    Kubectl.Result taken =
        cluster
            .kubectl()
            .runWithInput(manifest.group(1).stripIndent(), "apply", "--dry-run=server", "-f", "-");
    assertThat(taken.ok()).as(taken.stderr()).isTrue();
  }

  private static InstallCommand installer(Path chart) {
    return new Helm(chart)
        .install()
        .withName(RELEASE)
        .withNamespace(HOME)
        .createNamespace()
        .withKubeConfig(cluster.kubeconfig());
  }

  private static Release install(Path chart) {
    return installer(chart).call();
  }

  private static void uninstall() {
    Helm.uninstall(RELEASE).withNamespace(HOME).withKubeConfig(cluster.kubeconfig()).call();
  }

  private static String columns() {
    return cluster
        .kubectl()
        .mustRun(
            "get",
            "crd/plans.planwright.dev",
            "-o",
            "jsonpath={.spec.versions[*].additionalPrinterColumns[*].name}");
  }

  /** The chart as an earlier version might have been: its Plans have a column less. */
  private static Path older(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve("older").resolve(Chart.FOLDER.relativize(file).toString()));
      }
    }
    Path chart = folder.resolve("older");
    Path plans = chart.resolve("files/crds/plans.yaml");
    String text = Files.readString(plans);
    String older =
        text.replaceFirst(
            "(?m)^    - description: [^\\n]*\\n      jsonPath: [^\\n]*\\n      name: REASON\\n      type: string\\n",
            "");
    Files.writeString(plans, older);
    assertThat(older).isNotEqualTo(text);
    return chart;
  }
}
