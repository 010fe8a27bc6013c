package dev.planwright.cli.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What {@code kubectl} asks first: which kinds there are, and under which names. */
final class Discovery {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "planwright.dev";
  private static final String EVENTS = "events.k8s.io";

  private Discovery() {}

  /** The answer to a question of discovery; empty for any other path. */
  static Optional<JsonNode> of(String path) {
    int query = path.indexOf('?');
    return switch (query < 0 ? path : path.substring(0, query)) {
      case "/version" ->
          Optional.of(
              JSON.createObjectNode()
                  .put("major", "1")
                  .put("minor", "36")
                  .put("gitVersion", "v1.36.0-embedded"));
      case "/api" -> {
        ObjectNode versions = JSON.createObjectNode().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        yield Optional.of(versions);
      }
      case "/apis" -> {
        ObjectNode list =
            JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        list.putArray("groups").add(group(OURS, "v1alpha1")).add(group(EVENTS, "v1"));
        yield Optional.of(list);
      }
      case "/api/v1" ->
          Optional.of(
              resources(
                  "v1",
                  kind("namespaces", "namespace", "Namespace", "ns", false),
                  kind("secrets", "secret", "Secret", "", true)));
      case "/apis/planwright.dev/v1alpha1" ->
          Optional.of(
              resources(
                  "planwright.dev/v1alpha1",
                  ours("plans", "plan", "Plan", "bplan"),
                  ours("prices", "price", "Price", "bprice"),
                  ours("billingbackends", "billingbackend", "BillingBackend", "bb")));
      case "/apis/events.k8s.io/v1" ->
          Optional.of(resources("events.k8s.io/v1", kind("events", "event", "Event", "ev", true)));
      default -> Optional.empty();
    };
  }

  private static ObjectNode group(String name, String version) {
    ObjectNode group = JSON.createObjectNode().put("name", name);
    ObjectNode served =
        JSON.createObjectNode().put("groupVersion", name + "/" + version).put("version", version);
    group.putArray("versions").add(served);
    group.set("preferredVersion", served.deepCopy());
    return group;
  }

  private static ObjectNode resources(String groupVersion, ObjectNode... kinds) {
    ObjectNode list =
        JSON.createObjectNode()
            .put("kind", "APIResourceList")
            .put("apiVersion", "v1")
            .put("groupVersion", groupVersion);
    var all = list.putArray("resources");
    for (ObjectNode kind : kinds) {
      all.add(kind);
    }
    return list;
  }

  private static ObjectNode ours(String plural, String singular, String kind, String shortName) {
    ObjectNode resource = kind(plural, singular, kind, shortName, true);
    resource.putArray("categories").add("billing");
    return resource;
  }

  private static ObjectNode kind(
      String plural, String singular, String kind, String shortName, boolean namespaced) {
    ObjectNode resource =
        JSON.createObjectNode()
            .put("name", plural)
            .put("singularName", singular)
            .put("namespaced", namespaced)
            .put("kind", kind);
    resource
        .putArray("verbs")
        .add("get")
        .add("list")
        .add("create")
        .add("update")
        .add("patch")
        .add("delete");
    if (!shortName.isEmpty()) {
      resource.putArray("shortNames").add(shortName);
    }
    return resource;
  }
}
