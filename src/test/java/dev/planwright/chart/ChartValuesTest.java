package dev.planwright.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every value is documented, in three places that say the same. */
class ChartValuesTest {
  private static final String START = "<!-- values: written by ChartValuesTest -->\n";
  private static final String END = "<!-- end of values -->\n";
  private static final String UPDATE = "mvn test -Dtest=ChartValuesTest -Dplanwright.update=true";

  private final List<String> leaves = ChartValues.leaves(ChartValues.defaults());

  @Test
  void everyValueHasACommentAndTheSchemaSaysTheSame() {
    Map<String, String> comments = ChartValues.comments();
    for (String path : leaves) {
      assertThat(comments).as("comments in values.yaml").containsKey(path);
      assertThat(ChartValues.described(path).path("description").asText())
          .as("description of %s in values.schema.json", path)
          .isEqualTo(comments.get(path));
    }
  }

  @Test
  void theSchemaKnowsEveryValueAndNoOther() {
    for (String path : leaves) {
      assertThat(ChartValues.described(path).isObject()).as(path).isTrue();
    }
    assertOnlyKnown("", ChartValues.schema(), ChartValues.defaults());
  }

  private static void assertOnlyKnown(String path, JsonNode schema, JsonNode defaults) {
    if (!schema.has("properties") || path.startsWith("probes.")) {
      return;
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            entry -> {
              String here = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
              if (!here.equals("global")) {
                assertThat(defaults.has(entry.getKey())).as(here + " in values.yaml").isTrue();
                assertOnlyKnown(here, entry.getValue(), defaults.get(entry.getKey()));
              }
            });
    assertThat(schema.path("additionalProperties").isBoolean()).as(path).isTrue();
  }

  @Test
  void theTableInTheChartsReadmeIsWrittenFromThem() throws IOException {
    StringBuilder table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
    Map<String, String> comments = ChartValues.comments();
    for (String path : leaves) {
      table.append(
          "| `%s` | `%s` | %s |\n"
              .formatted(
                  path,
                  ChartValues.defaults().at(ChartValues.pointer(path)).toString(),
                  comments.getOrDefault(path, "").replace("|", "\\|")));
    }
    Path file = Chart.FOLDER.resolve("README.md");
    String readme = Files.readString(file);
    int from = readme.indexOf(START) + START.length();
    int to = readme.indexOf(END);
    assertThat(readme).contains(START, END);
    if (Boolean.getBoolean("planwright.update")) {
      Files.writeString(file, readme.substring(0, from) + table + readme.substring(to));
      readme = Files.readString(file);
      to = readme.indexOf(END);
    }
    assertThat(readme.substring(from, to))
        .as("%s is what values.yaml says; to write it again: %s", file, UPDATE)
        .isEqualTo(table.toString());
  }
}
