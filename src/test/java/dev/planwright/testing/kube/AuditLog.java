package dev.planwright.testing.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who asked the API server for what. Service accounts only: what tests themselves do is no news.
 *
 * @param file one JSON object on each line
 */
record AuditLog(Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: Metadata
          userGroups: ["system:serviceaccounts"]
        - level: None
      """;

  /** All that this user has asked for, repetitions too. */
  List<AuditEntry> of(String user) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    String named = '"' + user + '"';
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          // The last line may be half written.
          .filter(line -> line.contains(named) && line.endsWith("}"))
          .map(AuditLog::parse)
          .filter(event -> event.at("/user/username").asText().equals(user))
          .map(AuditLog::entry)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON in the audit log: " + line, e);
    }
  }

  private static AuditEntry entry(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String subresource = object.path("subresource").asText("");
    return new AuditEntry(
        event.path("verb").asText(),
        object.path("apiGroup").asText(""),
        object.path("resource").asText("") + (subresource.isEmpty() ? "" : "/" + subresource),
        object.path("namespace").asText(""),
        object.path("name").asText(""),
        event.path("annotations").path("authorization.k8s.io/decision").asText().equals("forbid"),
        event.path("requestURI").asText());
  }
}
