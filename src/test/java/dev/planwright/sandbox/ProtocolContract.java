package dev.planwright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** The protocol's document, as a judge of requests and answers. */
public final class ProtocolContract {
  private static final String HOME = "https://planwright.test/protocol";

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private ProtocolContract(JsonNode document) {
    this.document = document;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(HOME, document.toString())));
  }

  /** Reads {@code docs/protocol.yaml}. */
  public static ProtocolContract load() {
    try {
      return new ProtocolContract(
          new YAMLMapper().readTree(Files.readString(Path.of("docs/protocol.yaml"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode document() {
    return document;
  }

  /** Fails when the document doesn't allow this answer to this request. */
  void check(SandboxRequest request, SandboxResponse response) {
    if (response.lost()) {
      return;
    }
    Optional<String> path = pathOf(request.target());
    if (path.isEmpty()) {
      assertThat(response.status()).as("an unknown path").isIn(400, 401, 404);
      return;
    }
    String pointer =
        "/paths/" + escape(path.get()) + "/" + request.method().toLowerCase(Locale.ROOT);
    JsonNode operation = document.at(pointer);
    if (operation.isMissingNode()) {
      assertThat(response.status()).as("an unknown method").isIn(401, 404, 405);
      return;
    }
    String status = String.valueOf(response.status());
    JsonNode responses = operation.path("responses");
    boolean named = responses.has(status);
    assertThat(named || response.status() >= 400)
        .as("%s of %s %s is in the document", status, request.method(), request.target())
        .isTrue();
    checkAnswer(pointer + "/responses/" + (named ? status : "default"), response);
    if (response.status() < 300 && operation.has("requestBody") && request.body().length > 0) {
      // What the server takes, the document allows; it may well refuse more.
      check(
          pointer + "/requestBody/content/application~1json/schema", request.body(), "the request");
    }
  }

  private void checkAnswer(String pointer, SandboxResponse response) {
    String resolved = resolve(pointer);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(response.headers());
    document
        .at(resolved + "/headers")
        .fieldNames()
        .forEachRemaining(name -> assertThat(headers).as(resolved).containsKey(name));
    JsonNode content = document.at(resolved + "/content");
    if (content.isMissingNode()) {
      assertThat(response.body()).as(resolved).isEmpty();
      return;
    }
    String type = content.fieldNames().next();
    assertThat(headers).as(resolved).containsEntry("Content-Type", type);
    check(
        resolved + "/content/" + escape(type) + "/schema",
        response.body(),
        "the answer " + response.text());
  }

  private void check(String pointer, byte[] body, String what) {
    assertThat(errors(pointer, body)).as("%s against %s", what, pointer).isEmpty();
  }

  /** What the schema at a place of the document says against a body. */
  List<String> errors(String pointer, byte[] body) {
    Schema schema =
        schemas.computeIfAbsent(
            pointer,
            p ->
                registry.getSchema(
                    JsonNodeFactory.instance.objectNode().put("$ref", HOME + "#" + p)));
    try {
      return schema.validate(new ObjectMapper().readTree(body)).stream()
          .map(Error::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String resolve(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isMissingNode() ? pointer : reference.textValue().substring(1);
  }

  private Optional<String> pathOf(String target) {
    String[] segments = target.split("\\?", 2)[0].split("/", -1);
    Iterable<String> paths = () -> document.path("paths").fieldNames();
    return StreamSupport.stream(paths.spliterator(), false)
        .filter(path -> matches(path.split("/", -1), segments))
        .findFirst();
  }

  private static boolean matches(String[] template, String[] segments) {
    if (template.length != segments.length) {
      return false;
    }
    for (int i = 0; i < template.length; i++) {
      if (!template[i].startsWith("{") && !template[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  private static String escape(String segment) {
    return JsonPointer.empty().appendProperty(segment).toString().substring(1);
  }
}
