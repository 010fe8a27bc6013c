package dev.planwright.chart;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The chart of this project. */
public final class Chart {
  /** Where it is. */
  public static final Path FOLDER = Path.of("helm", "planwright");

  private static final String KUBERNETES = "1.36.3";

  private Chart() {}

  /** Helm, looking at the chart. */
  static Helm helm() {
    return new Helm(FOLDER);
  }

  /**
   * What {@code helm template} makes of it.
   *
   * @param release its name
   * @param values YAML, as in a values file; empty for none
   * @throws IllegalStateException when Helm refuses, in its words
   */
  public static Rendered render(String release, String namespace, String values) {
    return withValues(
        values,
        file ->
            new Rendered(
                helm()
                    .template()
                    .withName(release)
                    .withNamespace(namespace)
                    // The library would take the oldest that it knows.
                    .withKubeVersion(KUBERNETES)
                    .withValuesFile(file)
                    .call()));
  }

  /** The same of a release {@code planwright} in {@code planwright-system}. */
  static Rendered render(String values) {
    return render("planwright", "planwright-system", values);
  }

  /** Runs something that wants a file of values. */
  static <T> T withValues(String values, Function<Path, T> work) {
    try {
      Path file = Files.createTempFile("values-", ".yaml");
      try {
        Files.writeString(file, values);
        return work.apply(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
