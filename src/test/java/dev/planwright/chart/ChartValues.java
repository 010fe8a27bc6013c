package dev.planwright.chart;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of the chart: {@code values.yaml}, its comments, and its schema. */
final class ChartValues {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):.*");

  /**
   * Values whose content is Kubernetes' own and not listed here: security contexts, and what is
   * reserved.
   */
  private static final List<String> WHOLE =
      List.of(
          "resources.requests",
          "resources.limits",
          "podSecurityContext",
          "securityContext",
          "probes.liveness",
          "probes.readiness",
          "probes.startup");

  private ChartValues() {}

  static JsonNode defaults() {
    return read(text());
  }

  static JsonNode schema() {
    try {
      return YAML.readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }

  /** The path of every value that a person sets, such as {@code rbac.create}, in order. */
  static List<String> leaves(JsonNode values) {
    List<String> leaves = new ArrayList<>();
    collect("", values, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, List<String> leaves) {
    if (!node.isObject() || node.isEmpty() || isWhole(path)) {
      leaves.add(path);
      return;
    }
    node.properties()
        .forEach(
            entry ->
                collect(
                    path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                    entry.getValue(),
                    leaves));
  }

  private static boolean isWhole(String path) {
    return WHOLE.contains(path)
        || (!path.isEmpty() && defaults().at(pointer(path)).isObject() && isMapOfTheUser(path));
  }

  private static boolean isMapOfTheUser(String path) {
    return defaults().at(pointer(path)).isEmpty();
  }

  /** These values without one of them. */
  static String without(String yaml, String path) {
    JsonNode values = read(yaml);
    int dot = path.lastIndexOf('.');
    JsonNode parent = dot < 0 ? values : values.at(pointer(path.substring(0, dot)));
    ((ObjectNode) parent).remove(path.substring(dot + 1));
    return values.toString();
  }

  /** These values with one more, taken from others. */
  static String with(String yaml, String path, String others) {
    JsonNode values = read(yaml);
    int dot = path.lastIndexOf('.');
    ObjectNode parent =
        dot < 0
            ? (ObjectNode) values
            : ((ObjectNode) values)
                .withObject(
                    JsonPointer.compile(pointer(path.substring(0, dot))),
                    JsonNode.OverwriteMode.NULLS,
                    true);
    parent.set(path.substring(dot + 1), read(others).at(pointer(path)));
    return values.toString();
  }

  static String pointer(String path) {
    return "/" + path.replace(".", "/");
  }

  /** The comment above each value of {@code values.yaml}, as one line. */
  static Map<String, String> comments() {
    Map<String, String> comments = new TreeMap<>();
    List<String> path = new ArrayList<>();
    StringBuilder comment = new StringBuilder();
    for (String line : text().lines().toList()) {
      Matcher said = COMMENT.matcher(line);
      Matcher key = KEY.matcher(line);
      if (said.matches()) {
        comment.append(comment.isEmpty() ? "" : " ").append(said.group(1));
        continue;
      }
      if (key.matches()) {
        while (path.size() > key.group(1).length() / 2) {
          path.removeLast();
        }
        path.add(key.group(2));
        if (!comment.isEmpty()) {
          comments.put(String.join(".", path), comment.toString());
        }
      }
      comment.setLength(0);
    }
    return comments;
  }

  /** What the schema says about a value. */
  static JsonNode described(String path) {
    return schema().at("/properties/" + path.replace(".", "/properties/"));
  }

  private static String text() {
    try {
      return Files.readString(Chart.FOLDER.resolve("values.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
