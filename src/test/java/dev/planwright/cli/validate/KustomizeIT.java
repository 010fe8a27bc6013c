package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.kube.KubeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real Kustomize writes is read from standard input. */
class KustomizeIT {
  @Test
  void whatKustomizeWritesIsValidated(@TempDir Path folder) throws IOException {
    List<Path> files = GivenFile.in(Path.of("examples/quickstart"));
    for (Path file : files) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: staging
        resources: [%s]
        configMapGenerator: [{name: words, literals: [a=b]}]
        patches:
          - target: {kind: Price, name: team-monthly}
            patch: |-
              - {op: replace, path: /spec/flat/amount, value: "59,00"}
        """
            .formatted(
                files.stream()
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.joining(", "))));

    String built = KubeCluster.shared().kubectl().mustRun("kustomize", folder.toString());
    Validated validated = Validated.of(built);

    assertThat(validated.errors())
        .singleElement()
        .asString()
        .contains("error: Price staging/team-monthly spec.flat.amount \"59,00\"");
    int line = Integer.parseInt(validated.errors().getFirst().split(":", 3)[1]);
    assertThat(built.lines().toList().get(line - 1)).contains("amount: 59,00");
    assertThat(validated.code()).isEqualTo(1);
    assertThat(Validated.of(built.replace("59,00", "\"59.00\"")).code()).isZero();
  }

  @Test
  void whatKustomizeSaysOfTheOriginIsTheFileThatIsMarked(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("base"));
    Files.createDirectories(folder.resolve("production"));
    Files.writeString(
        folder.resolve("base/plans.yaml"),
        """
        apiVersion: planwright.dev/v1alpha1
        kind: Plan
        metadata: {name: team}
        spec: {displayName: Team, pricing: Costum}
        """);
    Files.writeString(folder.resolve("base/kustomization.yaml"), "resources: [plans.yaml]\n");
    Files.writeString(
        folder.resolve("production/kustomization.yaml"),
        "resources: [../base]\nbuildMetadata: [originAnnotations]\n");

    String built =
        KubeCluster.shared()
            .kubectl()
            .mustRun("kustomize", folder.resolve("production").toString());

    assertThat(Validated.of(built, Optional.empty(), Validator.Format.GITHUB, "-").out())
        .contains("::error file=base/plans.yaml,title=InvalidSpec::stdin:");
  }
}
