package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of {@code validate} for what stands above the spec, put to a real API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadingsOnApiServerIT {
  private final KubeCluster cluster = KubeCluster.shared();
  private final Kubectl kubectl = cluster.kubectl();
  private String namespace = "";

  static Stream<Arguments> refused() {
    return HeadingCases.refused();
  }

  static Stream<String> taken() {
    return HeadingCases.taken();
  }

  @BeforeAll
  void install() {
    cluster.applyCrds(Path.of("crds"));
    namespace = cluster.newNamespace("headings");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refused")
  void whatValidateRefusesTheApiServerRefuses(String field, String metadata) {
    Kubectl.Result result = create(metadata);

    assertThat(result.ok()).as(result.stderr()).isFalse();
    assertThat(result.stderr()).doesNotContain("Unauthorized", "refused the connection");
  }

  @ParameterizedTest
  @MethodSource("taken")
  void whatValidateTakesTheApiServerTakes(String metadata) {
    Kubectl.Result result = create(metadata);

    assertThat(result.ok()).as(result.stderr()).isTrue();
  }

  private Kubectl.Result create(String metadata) {
    String[] arguments =
        metadata.contains("namespace:")
            ? new String[] {"create", "--dry-run=server", "-f", "-"}
            : new String[] {"create", "--dry-run=server", "-n", namespace, "-f", "-"};
    return kubectl.runWithInput(HeadingCases.plan(metadata), arguments);
  }
}
