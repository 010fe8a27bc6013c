package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.VendorContracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vendor's OpenAPI 3.0 document as a judge of requests and of answers: an answer is checked as
 * if it were the body of a request. Checks nothing where the document is not at hand.
 */
public final class SchematicDocument {
  private static final Optional<SchematicDocument> HERE = load();

  private final OpenApiContract requests;
  private final OpenApiContract answers;
  private final OpenApiContract errors;

  SchematicDocument(JsonNode original) {
    JsonNode document = original.deepCopy();
    nullable(document);
    oneOfMany(document);
    requests = new OpenApiContract(document);
    answers = new OpenApiContract(answers(document, "200", "201"));
    errors = new OpenApiContract(answers(document, "401", "401"));
  }

  /** Fails for a request that the vendor's document does not know. */
  public static void checkRequest(EmulatorRequest request) {
    HERE.ifPresent(
        it ->
            assertThat(it.requests.faults(request.method(), request.target(), request.json()))
                .as("the request by the vendor's document")
                .isEmpty());
  }

  /** What judges requests; empty where the document is not at hand. */
  public static Optional<OpenApiContract> requests() {
    return HERE.map(it -> it.requests);
  }

  static void checkAnswer(EmulatorRequest request, EmulatorResponse response) {
    HERE.ifPresent(
        it ->
            assertThat(it.faults(request, response))
                .as("the answer by the vendor's document")
                .isEmpty());
  }

  /** What is wrong with an answer; a route that the emulator doesn't have is not judged. */
  List<String> faults(EmulatorRequest request, EmulatorResponse response) {
    Optional<JsonNode> body = EmulatorRequest.of("GET", "/", Map.of(), response.text()).json();
    if (body.isEmpty() || response.text().contains("route ")) {
      return List.of();
    }
    OpenApiContract judge = response.status() < 300 ? answers : errors;
    return judge.faults(request.method(), request.rawPath(), body);
  }

  private static Optional<SchematicDocument> load() {
    if (VendorContracts.of("schematic").isEmpty()) {
      return Optional.empty();
    }
    String name = "PLANWRIGHT_CONTRACTS";
    String directory = System.getProperty(name, String.valueOf(System.getenv(name)));
    try {
      JsonNode document =
          new JsonMapper().readTree(Path.of(directory, "openapi", "schematic.json").toFile());
      return Optional.of(new SchematicDocument(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode answers(JsonNode document, String first, String second) {
    ObjectNode copy = document.deepCopy();
    for (JsonNode path : copy.path("paths")) {
      for (JsonNode operation : path) {
        if (operation instanceof ObjectNode it && it.has("responses")) {
          JsonNode responses = it.get("responses");
          JsonNode response = responses.has(first) ? responses.get(first) : responses.path(second);
          it.remove("parameters");
          it.remove("requestBody");
          if (response.isObject()) {
            it.set("requestBody", response);
          }
        }
      }
    }
    return copy;
  }

  /** The judge reads one value of a query parameter, not a list of them. */
  private static void oneOfMany(JsonNode node) {
    node.forEach(SchematicDocument::oneOfMany);
    if (node instanceof ObjectNode parameter
        && parameter.path("in").asText().equals("query")
        && parameter.path("schema").path("items").isObject()) {
      parameter.set("schema", parameter.path("schema").get("items"));
    }
  }

  /** The judge knows OpenAPI 3.1, where null is a type like any other. */
  private static void nullable(JsonNode node) {
    node.forEach(SchematicDocument::nullable);
    if (!(node instanceof ObjectNode schema) || !schema.path("nullable").asBoolean()) {
      return;
    }
    schema.remove("nullable");
    if (schema.path("type").isTextual()) {
      String type = schema.get("type").textValue();
      schema.putArray("type").add(type).add("null");
    } else {
      ObjectNode whole = schema.deepCopy();
      schema.removeAll();
      ArrayNode either = schema.putArray("anyOf");
      either.add(whole);
      either.addObject().put("type", "null");
    }
  }
}
