package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
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
 * Judges answers by the vendor's schema. Each answer that the document declares is turned into a
 * request of a document of our own, since requests are what {@link OpenApiContract} judges.
 */
final class PaygenticContract {
  private static final String ERROR = "/error";
  private static final Optional<PaygenticContract> CONTRACT =
      VendorContracts.of("paygentic").map(there -> new PaygenticContract(document()));

  private final OpenApiContract answers;
  private final JsonNode declared;

  private PaygenticContract(JsonNode document) {
    allowNull(document);
    ObjectNode turned = Store.object();
    ObjectNode paths = turned.putObject("paths");
    turned.set("components", document.path("components"));
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> answer :
            operation.getValue().path("responses").properties()) {
          String at = at(operation.getKey(), answer.getKey(), path.getKey());
          paths.putObject(at).putObject("post").set("requestBody", answer.getValue());
        }
      }
    }
    ObjectNode error = Store.object().put("$ref", "#/components/responses/BadRequest");
    paths.putObject(ERROR).putObject("post").set("requestBody", error);
    this.declared = paths;
    this.answers = new OpenApiContract(turned);
  }

  /** What is wrong with an answer; nothing when there is no schema here to judge by. */
  static List<String> faults(EmulatorRequest request, EmulatorResponse response) {
    return CONTRACT.map(it -> it.judge(request, response)).orElse(List.of());
  }

  private List<String> judge(EmulatorRequest request, EmulatorResponse response) {
    Optional<JsonNode> body =
        response.text().isEmpty() ? Optional.empty() : Optional.of(PaygenticCalls.json(response));
    String at = at(request.method(), String.valueOf(response.status()), request.rawPath());
    List<String> faults = answers.faults("POST", at, body);
    boolean undeclared = faults.stream().anyMatch(it -> it.endsWith("is not in the document"));
    // Not every status of an error is declared for every operation; its body is the same then.
    return undeclared && response.status() >= 400 ? answers.faults("POST", ERROR, body) : faults;
  }

  /** Whether there is a schema here, and it declares anything. */
  static boolean isThere() {
    return CONTRACT.isPresent() && CONTRACT.get().declared.size() > 1;
  }

  private static String at(String method, String status, String path) {
    return "/" + method.toLowerCase(Locale.ROOT) + "/" + status + path;
  }

  private static JsonNode document() {
    String directory =
        Optional.ofNullable(System.getProperty("PLANWRIGHT_CONTRACTS"))
            .orElseGet(() -> System.getenv("PLANWRIGHT_CONTRACTS"));
    try {
      return new JsonMapper().readTree(Path.of(directory, "openapi", "paygentic.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document says 3.1 and writes {@code nullable} as in 3.0. */
  private static void allowNull(JsonNode node) {
    if (node instanceof ObjectNode schema && schema.path("nullable").asBoolean()) {
      String type = schema.path("type").asText();
      schema.putArray("type").add(type).add("null");
    }
    node.forEach(PaygenticContract::allowNull);
  }
}
