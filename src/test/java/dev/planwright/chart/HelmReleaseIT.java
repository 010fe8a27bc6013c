package dev.planwright.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart installed, upgraded and uninstalled by Helm itself. */
class HelmReleaseIT {
  private static final String HOME = "planwright-system";
  private static final String RELEASE = "planwright";

  private static KubeCluster cluster;

  @BeforeAll
  static void start() {
    cluster = KubeCluster.builder().start();
    cluster.kubectl().mustRun("create", "namespace", "shop");
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  @Test
  void kindsThatWereAppliedByHandAreTakenOverByTheLinesInTheDocs() throws IOException {
    cluster.applyCrds(Path.of("crds"));
    // What an earlier release of this chart may have left on them.
    cluster.kubectl().mustRun("annotate", "crd", "--all", "meta.helm.sh/release-name-");
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
  @ValueSource(strings = {"", "namespaces: [shop]"})
  void whatIsPrintedAfterInstallingSaysTheNextStepAndItsManifestIsTaken(String values) {
    Release release =
        Chart.withValues(values, file -> installer(Chart.FOLDER).withValuesFile(file).call());
    uninstall();

    assertThat(release.getOutput())
        .contains("rollout status deployment/planwright")
        .contains("planwright.dev/credentials=true")
        .contains(values.isEmpty() ? "watches all namespaces" : "watches shop");
    Matcher manifest = Pattern.compile("(?s)<<EOF\n(.*?\n)EOF\n").matcher(release.getOutput());
    assertThat(manifest.find()).as(release.getOutput()).isTrue();
    Kubectl.Result taken =
        cluster.kubectl().runWithInput(manifest.group(1), "apply", "--dry-run=server", "-f", "-");
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
