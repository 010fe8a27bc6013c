package dev.planwright.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Helm made of the chart.
 *
 * @param yaml as it would be applied
 */
public record Rendered(String yaml) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> ROLES = Set.of("Role", "ClusterRole");
  private static final Set<String> RIGHTS =
      Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

  /** Every object, in order. */
  public List<JsonNode> objects() {
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      List<JsonNode> objects = new ArrayList<>();
      while (all.hasNext()) {
        JsonNode next = all.next();
        if (next.isObject()) {
          objects.add(next);
        }
      }
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every object of a kind. */
  public List<JsonNode> all(String kind) {
    return objects().stream().filter(it -> it.path("kind").asText().equals(kind)).toList();
  }

  /**
   * The one object of a kind.
   *
   * @throws AssertionError when there is none, or several
   */
  public JsonNode only(String kind) {
    List<JsonNode> found = all(kind);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of kind " + kind + " in\n" + yaml);
    }
    return found.getFirst();
  }

  /** The kinds of all objects, each as often as it is there. */
  public List<String> kinds() {
    return objects().stream().map(it -> it.path("kind").asText()).toList();
  }

  /** Who the operator is and what it may do, and nothing else of the chart. */
  public String rights() {
    return text(
        objects().stream().filter(it -> RIGHTS.contains(it.path("kind").asText())).toList());
  }

  /** The whole as separate documents. */
  static String text(List<JsonNode> objects) {
    StringBuilder all = new StringBuilder();
    objects.forEach(object -> all.append("---\n").append(object).append('\n'));
    return all.toString();
  }

  /** The arguments of the operator's container. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    container().path("args").forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  /** The operator's container. */
  public JsonNode container() {
    return only("Deployment").at("/spec/template/spec/containers/0");
  }

  /** All that the roles allow, one by one. */
  public Set<Grant> grants() {
    Set<Grant> grants = new LinkedHashSet<>();
    for (JsonNode role : objects()) {
      if (ROLES.contains(role.path("kind").asText())) {
        String namespace = role.at("/metadata/namespace").asText("");
        role.path("rules").forEach(rule -> grants.addAll(grants(namespace, rule)));
      }
    }
    return grants;
  }

  private static List<Grant> grants(String namespace, JsonNode rule) {
    List<String> names = texts(rule.path("resourceNames"));
    List<Grant> grants = new ArrayList<>();
    for (String group : texts(rule.path("apiGroups"))) {
      for (String resource : texts(rule.path("resources"))) {
        for (String verb : texts(rule.path("verbs"))) {
          for (String name : names.isEmpty() ? List.of("") : names) {
            grants.add(new Grant(namespace, verb, group, resource, name));
          }
        }
      }
    }
    return grants;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
