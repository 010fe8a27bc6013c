package dev.planwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents that are made from code: written with {@code -Dplanwright.update=true}, else held. */
public final class Generated {
  private Generated() {}

  /** A document that is generated as a whole. */
  public static void whole(Path file, String wanted, Class<?> test) throws IOException {
    if (Boolean.getBoolean("planwright.update")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file)).as(advice(file, test)).isEqualTo(wanted);
  }

  /** What stands between {@code <!-- NAME -->} and {@code <!-- end of NAME -->}. */
  public static void part(Path file, String name, String wanted, Class<?> test) throws IOException {
    String text = Files.readString(file);
    String begin = "<!-- " + name + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end of " + name + " -->");
    assertThat(to).as("the place for %s in %s", name, file).isGreaterThanOrEqualTo(begin.length());
    if (Boolean.getBoolean("planwright.update")) {
      Files.writeString(file, text.substring(0, from) + wanted + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to)).as(advice(file, test)).isEqualTo(wanted);
  }

  private static String advice(Path file, Class<?> test) {
    return "%s is stale; write it again with: mvn test -Dtest=%s -Dplanwright.update=true"
        .formatted(file, test.getSimpleName());
  }
}
