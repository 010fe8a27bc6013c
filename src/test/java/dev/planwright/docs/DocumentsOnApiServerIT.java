package dev.planwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.planwright.docs.Manuscripts.Manuscript;
import dev.planwright.testing.gitops.GitTools;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people copy is what a real API server takes: nothing of it is refused, or unknown, by the
 * definitions of Argo CD and Flux neither.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsOnApiServerIT {
  private final KubeCluster cluster = KubeCluster.shared();
  private final Kubectl kubectl = cluster.kubectl();

  static List<Manuscript> manuscripts() {
    return Manuscripts.all().stream()
        .filter(manuscript -> manuscript.yaml().contains("kind: "))
        .toList();
  }

  @BeforeAll
  void theKindsAreInstalled() {
    cluster.applyCrds(Path.of("crds"));
    cluster.applyCrds(GitTools.find().definitions());
  }

  @AfterAll
  void theKindsOfOthersGo() {
    kubectl.mustRun("delete", "-f", GitTools.find().definitions().toString());
  }

  @ParameterizedTest
  @MethodSource("manuscripts")
  void everyManifestIsTaken(Manuscript manuscript) throws IOException {
    for (String namespace : namespaces(manuscript.yaml())) {
      // A dry run makes no namespace: what stands in it would be refused.
      kubectl.run("create", "namespace", namespace);
    }

    Kubectl.Result result =
        kubectl.runWithInput(
            manuscript.yaml(),
            "apply",
            "--server-side",
            "--dry-run=server",
            "--validate=strict",
            "-f",
            "-");

    assertThat(result.ok()).as(result.stderr()).isTrue();
  }

  private static Set<String> namespaces(String yaml) throws IOException {
    Set<String> names = new TreeSet<>();
    ObjectMapper json = new ObjectMapper();
    YAMLFactory documents = new YAMLFactory();
    try (var values = json.readerFor(JsonNode.class).readValues(documents.createParser(yaml))) {
      while (values.hasNext()) {
        if (values.next() instanceof JsonNode document) {
          names.add(document.at("/metadata/namespace").asText());
        }
      }
    }
    names.remove("");
    return names;
  }
}
