package dev.planwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that reviewers read: what a change sends. {@code mvn test -Dgolden=write} writes them anew;
 * the difference is then reviewed like code.
 */
public final class Golden {
  private static final Path ROOT = Path.of("src/test/resources/golden");

  private Golden() {}

  /**
   * Holds a text against its file.
   *
   * @param name below the golden directory, such as {@code http/create.http}
   */
  public static void check(String name, String text) throws IOException {
    Path file = ROOT.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    }
    assertThat(file).exists();
    assertThat(text)
        .as("%s; to renew it: mvn test -Dgolden=write", file)
        .isEqualTo(Files.readString(file));
  }
}
