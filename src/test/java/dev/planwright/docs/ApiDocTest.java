package dev.planwright.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.testing.Generated;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/api.md: every field of every kind, from the CRDs. */
class ApiDocTest {
  private static final String HEAD =
      """
      # The kinds

      Generated from `crds/`; `mvn test -Dtest=ApiDocTest -Dplanwright.update=true` writes it again.
      `kubectl explain bplan.spec` says the same. What a manifest must be beyond the form of each
      field is in [validation.md](validation.md), what conditions say in [reasons.md](reasons.md).

      A field in bold is required where the object around it is given. Amounts and rates are texts,
      in quotes: a number would be read as a float on its way.
      """;

  @Test
  void theDocumentSaysWhatTheKindsAre() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    for (String plural : List.of("billingbackends", "plans", "prices")) {
      kind(text, new YAMLMapper().readTree(Path.of("crds", plural + ".yaml").toFile()));
    }
    Generated.whole(Path.of("docs/api.md"), text.toString(), ApiDocTest.class);
  }

  private static void kind(StringBuilder text, JsonNode crd) {
    JsonNode version = crd.at("/spec/versions/0");
    JsonNode schema = version.at("/schema/openAPIV3Schema");
    String kind = crd.at("/spec/names/kind").asText();
    text.append("\n## ").append(kind).append("\n\n");
    text.append(schema.path("description").asText()).append("\n\n");
    text.append("`apiVersion: ")
        .append(crd.at("/spec/group").asText())
        .append('/')
        .append(version.path("name").asText())
        .append("`, short name `")
        .append(crd.at("/spec/names/shortNames/0").asText())
        .append("`, in the category `")
        .append(crd.at("/spec/names/categories/0").asText())
        .append("`, ")
        .append(crd.at("/spec/scope").asText().equals("Namespaced") ? "namespaced" : "of a cluster")
        .append(".\n");
    for (String part : List.of("spec", "status")) {
      text.append("\n### ").append(kind).append(' ').append(part).append("\n\n");
      JsonNode of = schema.at("/properties/" + part);
      text.append(of.path("description").asText()).append("\n\n");
      text.append("| field | type | form | meaning |\n|---|---|---|---|\n");
      fields(text, part, of);
    }
    List<String> rules = new ArrayList<>();
    rules(schema, rules);
    if (!rules.isEmpty()) {
      text.append("\n### ").append(kind).append(" rules\n\n");
      rules.stream().distinct().forEach(rule -> text.append("- ").append(rule).append('\n'));
    }
    text.append("\n### ").append(kind).append(" columns\n\n");
    text.append("| column | from | meaning |\n|---|---|---|\n");
    for (JsonNode column : version.path("additionalPrinterColumns")) {
      text.append("| ")
          .append(column.path("name").asText())
          .append(column.path("priority").asInt(0) > 0 ? " (wide)" : "")
          .append(" | `")
          .append(cell(column.path("jsonPath").asText()))
          .append("` | ")
          .append(cell(column.path("description").asText()))
          .append(" |\n");
    }
  }

  private static void fields(StringBuilder text, String at, JsonNode object) {
    Set<String> required = new HashSet<>();
    object.path("required").forEach(name -> required.add(name.asText()));
    for (Map.Entry<String, JsonNode> field : object.path("properties").properties()) {
      String path = at + "." + field.getKey();
      JsonNode schema = field.getValue();
      boolean isRequired = required.contains(field.getKey());
      text.append(isRequired ? "| **`" : "| `")
          .append(path)
          .append(isRequired ? "`** | " : "` | ")
          .append(type(schema))
          .append(" | ")
          .append(cell(form(schema)))
          .append(" | ")
          .append(cell(schema.path("description").asText()))
          .append(" |\n");
      below(text, path, schema);
    }
  }

  private static void below(StringBuilder text, String path, JsonNode schema) {
    if (schema.has("properties")) {
      fields(text, path, schema);
    } else if (schema.at("/items/properties").isObject()) {
      fields(text, path + "[]", schema.get("items"));
    } else if (schema.at("/additionalProperties/properties").isObject()) {
      fields(text, path + ".*", schema.get("additionalProperties"));
    }
  }

  private static String type(JsonNode schema) {
    String type = schema.path("type").asText();
    return switch (type) {
      case "array" -> "list of " + type(schema.path("items")) + "s";
      case "object" ->
          schema.has("additionalProperties")
              ? "map to " + type(schema.path("additionalProperties")) + "s"
              : "object";
      case "integer" -> "whole number";
      case "string" ->
          schema.path("format").asText().equals("date-time")
              ? "time"
              : schema.has("enum") ? "word" : "text";
      default -> type;
    };
  }

  private static String form(JsonNode schema) {
    List<String> parts = new ArrayList<>();
    List<String> words = new ArrayList<>();
    schema.path("enum").forEach(word -> words.add("`" + word.asText() + "`"));
    if (!words.isEmpty()) {
      parts.add(String.join(", ", words));
    }
    if (schema.has("pattern")) {
      parts.add("`" + schema.path("pattern").asText() + "`");
    }
    bounds(parts, schema, "minimum", "maximum", "");
    bounds(parts, schema, "minItems", "maxItems", " items");
    bounds(parts, schema, "minProperties", "maxProperties", " entries");
    if (!schema.has("pattern") && !schema.has("enum")) {
      bounds(parts, schema, "minLength", "maxLength", " characters");
    }
    if (schema.has("x-kubernetes-list-map-keys")) {
      List<String> keys = new ArrayList<>();
      schema.path("x-kubernetes-list-map-keys").forEach(key -> keys.add("`" + key.asText() + "`"));
      parts.add("one for each " + String.join(" and ", keys));
    } else if (schema.path("x-kubernetes-list-type").asText().equals("set")) {
      parts.add("each once");
    }
    return String.join("; ", parts);
  }

  private static void bounds(
      List<String> parts, JsonNode schema, String least, String most, String unit) {
    if (schema.has(least) && schema.has(most)) {
      parts.add(schema.path(least).asText() + " to " + schema.path(most).asText() + unit);
    } else if (schema.has(most)) {
      parts.add("at most " + schema.path(most).asText() + unit);
    } else if (schema.has(least)) {
      parts.add("at least " + schema.path(least).asText() + unit);
    }
  }

  private static void rules(JsonNode schema, List<String> rules) {
    schema
        .path("x-kubernetes-validations")
        .forEach(rule -> rules.add(rule.path("message").asText()));
    schema.path("properties").forEach(part -> rules(part, rules));
    if (schema.has("items")) {
      rules(schema.get("items"), rules);
    }
    if (schema.path("additionalProperties").isObject()) {
      rules(schema.get("additionalProperties"), rules);
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
  }
}
