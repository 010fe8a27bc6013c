package dev.planwright.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A vendor with no unique key anywhere: plans and prices are told apart by ids that it gives and by
 * a free text. What is sent twice is there twice. Listings may be behind, single objects never.
 */
final class MarkOnlyVendor implements Server {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SortedMap<String, ObjectNode> plans;
  private final SortedMap<String, ObjectNode> prices;
  private final SortedMap<String, Integer> subscribers;
  private int ids;
  private long writes;

  MarkOnlyVendor() {
    this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, 0);
  }

  private MarkOnlyVendor(
      SortedMap<String, ObjectNode> plans,
      SortedMap<String, ObjectNode> prices,
      SortedMap<String, Integer> subscribers,
      int ids,
      long writes) {
    this.plans = plans;
    this.prices = prices;
    this.subscribers = subscribers;
    this.ids = ids;
    this.writes = writes;
  }

  @Override
  public TransportReply answer(TransportCall call) {
    if (!call.method().equals("GET")) {
      writes++;
    }
    String[] path = call.uri().getRawPath().substring(1).split("/", -1);
    SortedMap<String, ObjectNode> kind = path[0].equals("plans") ? plans : prices;
    Optional<ObjectNode> named =
        path.length == 2 ? Optional.ofNullable(kind.get(path[1])) : Optional.empty();
    if (path[0].equals("account")) {
      return reply(200, JSON.createObjectNode().put("id", "acct-mark-only"));
    }
    if (path.length == 2 && named.isEmpty()) {
      return reply(404, JSON.createObjectNode().put("error", "no such object"));
    }
    return switch (call.method()) {
      case "GET" -> reply(200, named.isPresent() ? shown(named.get()) : list(kind));
      case "POST" -> {
        ObjectNode made = read(call);
        made.put("id", path[0] + "-" + ++ids);
        kind.put(made.path("id").asText(), made);
        yield reply(201, made);
      }
      case "PATCH" -> {
        named.orElseThrow().setAll(read(call));
        yield reply(200, named.get());
      }
      case "DELETE" -> {
        kind.remove(path[1]);
        prices.values().removeIf(price -> price.path("plan").asText().equals(path[1]));
        yield reply(204, JSON.missingNode());
      }
      default -> reply(405, JSON.createObjectNode());
    };
  }

  private JsonNode shown(ObjectNode object) {
    ObjectNode shown = object.deepCopy();
    String id = object.path("id").asText();
    if (plans.containsKey(id)) {
      shown.put("subscribers", subscribers.getOrDefault(id, 0));
    }
    return shown;
  }

  private static JsonNode list(SortedMap<String, ObjectNode> kind) {
    ObjectNode page = JSON.createObjectNode().put("total", kind.size());
    ArrayNode items = page.putArray("items");
    kind.values().forEach(item -> items.add(item.deepCopy()));
    return page;
  }

  @Override
  public boolean mayLag(TransportCall call) {
    String path = call.uri().getRawPath();
    return path.equals("/plans") || path.equals("/prices");
  }

  @Override
  public Server copy() {
    return new MarkOnlyVendor(deep(plans), deep(prices), new TreeMap<>(subscribers), ids, writes);
  }

  private static SortedMap<String, ObjectNode> deep(SortedMap<String, ObjectNode> objects) {
    SortedMap<String, ObjectNode> copies = new TreeMap<>();
    objects.forEach((id, object) -> copies.put(id, object.deepCopy()));
    return copies;
  }

  @Override
  public List<String> objects() {
    List<String> objects = new ArrayList<>();
    plans.values().forEach(plan -> objects.add("plan " + plan.deepCopy().without("id")));
    prices
        .values()
        .forEach(price -> objects.add("price " + price.deepCopy().without(List.of("id", "plan"))));
    return objects.stream().sorted().toList();
  }

  @Override
  public long writesSeen() {
    return writes;
  }

  @Override
  public void subscribe(String key) {
    subscribers.merge(planId(key), 1, Integer::sum);
  }

  @Override
  public void unmark(String key) {
    ObjectNode plan = plans.get(planId(key));
    if (plan != null) {
      plan.put("mark", "");
    }
  }

  @Override
  public void delete(String key) {
    String id = planId(key);
    plans.remove(id);
    prices.values().removeIf(price -> price.path("plan").asText().equals(id));
  }

  @Override
  public void hideSubscribers() {
    throw new IllegalStateException("this vendor always tells");
  }

  private String planId(String key) {
    return plans.values().stream()
        .filter(plan -> plan.path("mark").asText().endsWith("/" + key))
        .map(plan -> plan.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode read(TransportCall call) {
    try {
      return (ObjectNode) JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON was sent", e);
    }
  }

  private static TransportReply reply(int status, JsonNode body) {
    byte[] bytes =
        body.isMissingNode() ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    return new TransportReply(status, Map.of("content-type", "application/json"), bytes);
  }
}
