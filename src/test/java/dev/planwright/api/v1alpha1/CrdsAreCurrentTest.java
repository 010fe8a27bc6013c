package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrdsAreCurrentTest {
  private static final Path CRDS = Path.of("crds");
  private static final String UPDATE =
      "mvn test -Dtest=CrdsAreCurrentTest -Dplanwright.update=true";

  @Test
  void theFilesInCrdsAreWhatTheTypesSay() throws IOException {
    Map<String, String> generated = new TreeMap<>();
    for (Map.Entry<String, CustomResourceDefinition> crd : CrdFiles.generate().entrySet()) {
      generated.put(crd.getKey(), CrdFiles.yaml(crd.getValue()));
    }
    if (Boolean.getBoolean("planwright.update")) {
      Files.createDirectories(CRDS);
      for (Map.Entry<String, String> file : generated.entrySet()) {
        Files.writeString(CRDS.resolve(file.getKey()), file.getValue());
      }
    }
    assertThat(kept())
        .as("crds/ is what the types say; to write it again: %s", UPDATE)
        .isEqualTo(generated);
  }

  private static Map<String, String> kept() throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(CRDS)) {
      try (Stream<Path> paths = Files.list(CRDS)) {
        for (Path path : paths.toList()) {
          files.put(path.getFileName().toString(), Files.readString(path));
        }
      }
    }
    return files;
  }
}
