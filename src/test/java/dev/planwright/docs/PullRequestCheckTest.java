package dev.planwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.cli.ValidateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The job for GitHub that docs/gitops.md shows, as far as it can be held without GitHub. */
class PullRequestCheckTest {
  private static final Pattern JOB =
      Pattern.compile("^```\\n(name: .*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile("planwright validate ([^\\n`|]*)", Pattern.MULTILINE);

  @Test
  void theJobFetchesPlanwrightWithItsJdkAndChecksTheManifests() throws IOException {
    JsonNode job = new YAMLMapper().readTree(job()).path("jobs").path("catalogue");

    List<JsonNode> steps = job.path("steps").valueStream().toList();
    assertThat(steps)
        .extracting(step -> step.path("uses").asText())
        .anyMatch(uses -> uses.startsWith("actions/checkout@"))
        .anyMatch(uses -> uses.startsWith("actions/setup-java@"));
    assertThat(steps)
        .filteredOn(step -> step.path("uses").asText().startsWith("actions/setup-java@"))
        .allMatch(step -> step.at("/with/java-version").asText().equals("25"));
    String where =
        steps.stream()
            .filter(step -> step.at("/with/repository").asText().endsWith("/planwright"))
            .map(step -> step.at("/with/path").asText())
            .findFirst()
            .orElseThrow();
    assertThat(steps)
        .extracting(step -> step.path("run").asText())
        .anyMatch(run -> run.startsWith(where + "/planwright validate "));
    assertThat(Path.of("planwright")).isExecutable();
  }

  @Test
  void everyCallThatIsShownCanBeMade() throws IOException {
    List<String> calls =
        Stream.of("README.md", "docs/gitops.md")
            .map(PullRequestCheckTest::read)
            .flatMap(text -> CALL.matcher(text).results())
            .map(call -> call.group(1).strip())
            .filter(call -> call.startsWith("-") || call.endsWith("/"))
            .toList();

    assertThat(calls).hasSizeGreaterThanOrEqualTo(4);
    for (String call : calls) {
      ValidateCommand command = new ValidateCommand();
      assertThat(new CommandLine(command).parseArgs(call.split(" +", -1)).errors())
          .as(call)
          .isEmpty();
    }
  }

  private static String job() {
    return JOB.matcher(read("docs/gitops.md"))
        .results()
        .map((MatchResult job) -> job.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
