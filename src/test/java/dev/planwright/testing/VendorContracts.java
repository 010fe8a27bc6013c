package dev.planwright.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The vendors' own schemas, which are not part of this project: {@code PLANWRIGHT_CONTRACTS}, an
 * environment variable or a system property, names the directory that has them in {@code openapi/}.
 */
public final class VendorContracts {
  private static final String NAME = "PLANWRIGHT_CONTRACTS";

  private VendorContracts() {}

  /**
   * A vendor's schema; empty, and said aloud, when no directory is named.
   *
   * @param vendor such as {@code bxb}
   * @throws IllegalStateException when the directory is named and has no such file, or when {@code
   *     CI} is set and none is named: there, nothing is left out
   */
  public static Optional<OpenApiContract> of(String vendor) {
    return find(
        vendor,
        Optional.ofNullable(System.getProperty(NAME)).or(() -> environment(System.getenv())),
        System.getenv().containsKey("CI"));
  }

  static Optional<OpenApiContract> find(String vendor, Optional<String> directory, boolean ci) {
    if (directory.isEmpty()) {
      String missing =
          "NOT CHECKED: requests to %s against its schema; set %s to the directory with openapi/%s.json"
              .formatted(vendor, NAME, vendor);
      if (ci) {
        throw new IllegalStateException(missing);
      }
      System.out.println(missing);
      return Optional.empty();
    }
    Path file = Path.of(directory.get(), "openapi", vendor + ".json");
    if (!Files.isReadable(file)) {
      throw new IllegalStateException(NAME + " is set, but there is no " + file);
    }
    try {
      return Optional.of(new OpenApiContract(new JsonMapper().readTree(file.toFile())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> environment(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(NAME)).filter(value -> !value.isEmpty());
  }
}
