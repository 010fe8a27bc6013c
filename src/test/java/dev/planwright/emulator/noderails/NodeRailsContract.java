package dev.planwright.emulator.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.VendorContracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The schema as a judge of answers. The judge of requests is made to do it: a document is derived
 * in which every answer is the body of a request of its own.
 */
final class NodeRailsContract {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ANY_ERROR = "/any-error";

  private final OpenApiContract requests;
  private final OpenApiContract answers;

  private NodeRailsContract(OpenApiContract requests, JsonNode document) {
    this.requests = requests;
    this.answers = new OpenApiContract(derived(document));
  }

  /** Empty, and said aloud, where no directory of contracts is named. */
  static Optional<NodeRailsContract> find() {
    return VendorContracts.of("noderails")
        .map(requests -> new NodeRailsContract(requests, document()));
  }

  private static JsonNode document() {
    String name = "PLANWRIGHT_CONTRACTS";
    String directory = System.getProperty(name, System.getenv().getOrDefault(name, ""));
    try {
      return JSON.readTree(Path.of(directory, "openapi", "noderails.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a request. */
  List<String> faultsOfRequest(String method, String target, Optional<JsonNode> body) {
    return requests.faults(method, target, body);
  }

  /** What is wrong with an answer; one that the document does not list must be an error's. */
  List<String> faultsOfAnswer(String method, String target, EmulatorResponse answer) {
    Optional<JsonNode> body =
        answer.text().isEmpty() ? Optional.empty() : Optional.of(read(answer));
    String path = target.split("\\?", 2)[0];
    String asRequest = "/" + method.toLowerCase(Locale.ROOT) + "/" + answer.status() + path;
    List<String> faults = answers.faults("POST", asRequest, body);
    boolean unlisted = faults.stream().anyMatch(it -> it.endsWith("is not in the document"));
    return unlisted && answer.status() >= 400 ? answers.faults("POST", ANY_ERROR, body) : faults;
  }

  private static JsonNode read(EmulatorResponse answer) {
    try {
      return JSON.readTree(answer.text());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + answer.text(), e);
    }
  }

  private static ObjectNode derived(JsonNode document) {
    ObjectNode derived = JSON.createObjectNode();
    derived.set("components", document.path("components"));
    ObjectNode paths = derived.putObject("paths");
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> answer : verb.getValue().path("responses").properties()) {
          String at = "/" + verb.getKey() + "/" + answer.getKey() + path.getKey();
          put(paths, at, resolved(document, answer.getValue()).path("content"));
        }
      }
    }
    put(paths, ANY_ERROR, document.at("/components/responses/BadRequest/content"));
    return derived;
  }

  private static void put(ObjectNode paths, String at, JsonNode content) {
    ObjectNode post = paths.putObject(at).putObject("post");
    if (content.isObject()) {
      post.putObject("requestBody").put("required", true).set("content", content);
    }
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }
}
