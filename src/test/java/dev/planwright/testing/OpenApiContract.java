package dev.planwright.testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/**
 * An OpenAPI 3.1 document as a judge of requests: is there such an operation, are path and query as
 * it says, and is the body valid, where a field that the document doesn't know is an error too.
 */
public final class OpenApiContract {
  private static final String HOME = "https://planwright.test/contract";

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /** A judge by this document, which is left as it is. */
  public OpenApiContract(JsonNode document) {
    this.document = closed(document);
    this.registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                    .schemas(Map.of(HOME, this.document.toString())));
  }

  /**
   * What is wrong with a request, empty when nothing is.
   *
   * @param target raw path with the raw query
   */
  public List<String> faults(String method, String target, Optional<JsonNode> body) {
    String[] parts = target.split("\\?", 2);
    String verb = method.toLowerCase(Locale.ROOT);
    Optional<String> path = pathOf(verb, parts[0]);
    if (path.isEmpty()) {
      return List.of(method + " " + parts[0] + " is not in the document");
    }
    String operation = "/paths/" + escape(path.get()) + "/" + verb;
    List<String> faults = new ArrayList<>();
    checkParameters(path.get(), operation, parts, faults);
    checkBody(operation, body, faults);
    return faults.stream().map(fault -> method + " " + target + ": " + fault).toList();
  }

  private void checkParameters(
      String path, String operation, String[] target, List<String> faults) {
    Map<String, String> inPath = pathValues(path, target[0]);
    Map<String, String> inQuery =
        target.length > 1 ? queryValues(target[1]) : new LinkedHashMap<>();
    List<String> declared = new ArrayList<>(children(operation + "/parameters"));
    declared.addAll(children("/paths/" + escape(path) + "/parameters"));
    for (String pointer : declared) {
      String at = resolve(pointer);
      JsonNode parameter = document.at(at);
      String name = parameter.path("name").asText();
      Map<String, String> values =
          switch (parameter.path("in").asText()) {
            case "path" -> inPath;
            case "query" -> inQuery;
            default -> Map.of();
          };
      String value = values.get(name);
      if (value != null) {
        checkText(at + "/schema", name, value, faults);
        inQuery.remove(name);
      } else if (parameter.path("required").asBoolean() && inQuery.equals(values)) {
        faults.add("the parameter " + name + " is missing");
      }
    }
    inQuery.keySet().forEach(name -> faults.add("no parameter is called " + name));
  }

  private void checkText(String schema, String name, String value, List<String> faults) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    List<JsonNode> readings = new ArrayList<>(List.of(json.textNode(value)));
    if (value.matches("-?\\d+")) {
      readings.add(json.numberNode(new BigDecimal(value).toBigIntegerExact()));
    }
    if (value.equals("true") || value.equals("false")) {
      readings.add(json.booleanNode(Boolean.parseBoolean(value)));
    }
    // A list in a query is one text with commas (style form, not exploded).
    ArrayNode list = json.arrayNode();
    List.of(value.split(",", -1)).forEach(list::add);
    readings.add(list);
    if (readings.stream().noneMatch(reading -> errors(schema, reading).isEmpty())) {
      faults.add(
          "the parameter " + name + "=" + value + ": " + errors(schema, readings.getFirst()));
    }
  }

  private void checkBody(String operation, Optional<JsonNode> body, List<String> faults) {
    String at = resolve(operation + "/requestBody");
    JsonNode declared = document.at(at);
    if (declared.isMissingNode()) {
      body.ifPresent(json -> faults.add("takes no body, got " + json));
    } else if (body.isEmpty()) {
      if (declared.path("required").asBoolean()) {
        faults.add("needs a body");
      }
    } else {
      errors(at + "/content/application~1json/schema", body.get())
          .forEach(error -> faults.add(error + " in " + body.get()));
    }
  }

  private List<String> errors(String pointer, JsonNode value) {
    Schema schema =
        schemas.computeIfAbsent(
            pointer,
            at ->
                registry.getSchema(
                    JsonNodeFactory.instance.objectNode().put("$ref", HOME + "#" + at)));
    return schema.validate(value).stream().map(Error::toString).toList();
  }

  // ---- finding the operation ----------------------------------------------------------------

  /** A segment said in full wins over one that is a parameter. */
  private Optional<String> pathOf(String verb, String path) {
    Iterable<String> paths = () -> document.path("paths").fieldNames();
    return StreamSupport.stream(paths.spliterator(), false)
        .filter(template -> matches(template.split("/", -1), path.split("/", -1)))
        .filter(template -> document.path("paths").path(template).has(verb))
        .min(Comparator.comparingInt(template -> template.split("\\{", -1).length));
  }

  private static boolean matches(String[] template, String[] segments) {
    if (template.length != segments.length) {
      return false;
    }
    for (int i = 0; i < template.length; i++) {
      boolean fits =
          template[i].startsWith("{") ? !segments[i].isEmpty() : template[i].equals(segments[i]);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, String> pathValues(String template, String path) {
    Map<String, String> values = new LinkedHashMap<>();
    String[] names = template.split("/", -1);
    String[] segments = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{")) {
        values.put(names[i].substring(1, names[i].length() - 1), decode(segments[i]));
      }
    }
    return values;
  }

  private static Map<String, String> queryValues(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      values.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
    }
    return values;
  }

  // ---- reading the document -----------------------------------------------------------------

  private List<String> children(String pointer) {
    List<String> children = new ArrayList<>();
    for (int i = 0; i < document.at(pointer).size(); i++) {
      children.add(pointer + "/" + i);
    }
    return children;
  }

  private String resolve(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isMissingNode() ? pointer : resolve(reference.textValue().substring(1));
  }

  private static JsonNode closed(JsonNode document) {
    JsonNode copy = document.deepCopy();
    Set<String> parts = new HashSet<>();
    copy.findValues("allOf").forEach(all -> all.forEach(it -> parts.add(it.path("$ref").asText())));
    close(copy, "#", parts);
    return copy;
  }

  /** A part of an {@code allOf} stays open: the whole is what is closed. */
  private static void close(JsonNode node, String at, Set<String> parts) {
    if (node instanceof ObjectNode schema
        && !parts.contains(at)
        && !at.matches(".*/(allOf/\\d+|properties)")
        && (schema.path("properties").isObject() || schema.path("allOf").isArray())
        && !schema.has("additionalProperties")
        && !schema.has("unevaluatedProperties")) {
      schema.put("unevaluatedProperties", false);
    }
    if (node.isObject()) {
      node.properties().forEach(e -> close(e.getValue(), at + "/" + e.getKey(), parts));
    } else {
      for (int i = 0; i < node.size(); i++) {
        close(node.get(i), at + "/" + i, parts);
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String escape(String segment) {
    return JsonPointer.empty().appendProperty(segment).toString().substring(1);
  }
}
