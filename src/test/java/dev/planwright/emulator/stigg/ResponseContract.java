package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.testing.OpenApiContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The vendor's schema as a judge of answers: a document in which each answer is a request. */
final class ResponseContract {
  private final OpenApiContract judge;

  private ResponseContract(JsonNode document) {
    this.judge = new OpenApiContract(document);
  }

  /** Empty where the schemas' directory is not named, which others say aloud. */
  static Optional<ResponseContract> find() {
    String name = "PLANWRIGHT_CONTRACTS";
    return Optional.ofNullable(System.getProperty(name))
        .or(() -> Optional.ofNullable(System.getenv(name)).filter(it -> !it.isEmpty()))
        .map(directory -> Path.of(directory, "openapi", "stigg.json"))
        .map(ResponseContract::read);
  }

  private static ResponseContract read(Path file) {
    try {
      return new ResponseContract(turned(new JsonMapper().readTree(file.toFile())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode turned(JsonNode document) {
    ObjectNode turned = StiggState.object();
    turned.set("components", document.path("components"));
    ObjectNode paths = turned.putObject("paths");
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(verb -> turn(document, paths, path.getKey(), verb.getKey())));
    return turned;
  }

  private static void turn(JsonNode document, ObjectNode paths, String path, String verb) {
    JsonNode responses = document.path("paths").path(path).path(verb).path("responses");
    responses
        .properties()
        .forEach(
            entry -> {
              JsonNode reference = entry.getValue().path("$ref");
              JsonNode response =
                  reference.isTextual()
                      ? document.at(reference.textValue().substring(1))
                      : entry.getValue();
              List<String> codes =
                  entry.getKey().equals("2XX") ? List.of("200", "201") : List.of(entry.getKey());
              for (String code : codes) {
                ObjectNode post = paths.putObject("/" + verb + path + "/" + code).putObject("post");
                post.putObject("requestBody")
                    .put("required", true)
                    .set("content", response.path("content"));
              }
            });
  }

  /** What is wrong with an answer; an answer that is not in the document is wrong. */
  List<String> faults(String method, String path, int status, JsonNode body) {
    String verb = method.toLowerCase(Locale.ROOT);
    return judge.faults("POST", "/" + verb + path + "/" + status, Optional.of(body));
  }
}
