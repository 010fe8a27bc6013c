package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrdsAreCurrentTest {
  private static final Path CRDS = Path.of("crds");
  private static final Path IN_THE_CHART = Path.of("helm", "planwright", "files", "crds");
  private static final String UPDATE =
      "mvn test -Dtest=CrdsAreCurrentTest -Dplanwright.update=true";

  @Test
  void theFilesInCrdsAreWhatTheTypesSay() throws IOException {
    Map<String, String> generated = new TreeMap<>();
    for (Map.Entry<String, CustomResourceDefinition> crd : CrdFiles.generate().entrySet()) {
      generated.put(crd.getKey(), CrdFiles.yaml(crd.getValue()));
    }
    if (Boolean.getBoolean("planwright.update")) {
      for (Path folder : List.of(CRDS, IN_THE_CHART)) {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : generated.entrySet()) {
          Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
      }
    }
    for (Path folder : List.of(CRDS, IN_THE_CHART)) {
      assertThat(kept(folder))
          .as("%s is what the types say; to write it again: %s", folder, UPDATE)
          .isEqualTo(generated);
    }
  }

  private static Map<String, String> kept(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> paths = Files.list(folder)) {
        for (Path path : paths.toList()) {
          files.put(path.getFileName().toString(), Files.readString(path));
        }
      }
    }
    return files;
  }
}
