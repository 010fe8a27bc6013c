import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or mends the formatting of every Java file below the given folders.
 *
 * <p>Usage: {@code Format check|write FOLDER...}. Exits 1 when {@code check} finds a file that
 * would change.
 */
public final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException, FormatterException {
    boolean write = args[0].equals("write");
    List<Path> changed = new ArrayList<>();
    Formatter formatter = new Formatter(JavaFormatterOptions.builder().build());
    for (int i = 1; i < args.length; i++) {
      try (Stream<Path> files = Files.walk(Path.of(args[i]))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
          String source = Files.readString(file);
          String formatted =
              formatter.formatSource(
                  RemoveUnusedImports.removeUnusedImports(
                      ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE)));
          if (!formatted.equals(source)) {
            changed.add(file);
            if (write) {
              Files.writeString(file, formatted);
            }
          }
        }
      }
    }
    changed.forEach(file -> System.out.println((write ? "formatted " : "not formatted: ") + file));
    if (!write && !changed.isEmpty()) {
      System.out.println("To mend: mvn -q validate -Dformat=write");
      System.exit(1);
    }
  }
}
