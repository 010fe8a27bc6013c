package dev.planwright.cli.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Makes the mock store behave like Kubernetes where reconcilers lean on it: a write from a stale
 * read is refused (the store takes a stale status), a write of the spec leaves the status alone, a
 * merge patch replaces lists (the store appends, so that a finalizer could never be taken away),
 * and an object with finalizers that is deleted gets a new version with a time, which watches show
 * (the store leaves the version as it was, and caches take that for old news).
 */
final class KubernetesManners extends Dispatcher {
  private static final String STATUS = "/status";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Dispatcher store;
  private final InstantSource clock;
  private final Object writing = new Object();
  private final Queue<WebSocketListener> watches = new ConcurrentLinkedQueue<>();

  KubernetesManners(Dispatcher store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    HttpMethod method = request.method();
    if (method == HttpMethod.GET) {
      return Discovery.of(request.getPath()).map(this::ok).orElseGet(() -> read(request));
    }
    synchronized (writing) {
      return switch (method) {
        case PUT -> put(request, (current, sent) -> sent);
        case PATCH -> patch(request);
        case DELETE -> delete(request);
        default -> store.dispatch(request);
      };
    }
  }

  /** What a write makes of the object there and the body sent. */
  private interface Change {
    JsonNode apply(ObjectNode current, JsonNode sent);
  }

  /**
   * Ends what the store holds for each watch: a thread that would keep the process. The store does
   * so itself when it hears that a watch was closed, which it does not when it ends first.
   */
  void endWatches() {
    for (WebSocketListener watch : watches) {
      watch.onClosed(null, 1000, "the server ends");
    }
    watches.clear();
  }

  private MockResponse read(RecordedRequest request) {
    MockResponse response = store.dispatch(request);
    if (response.getWebSocketListener() != null) {
      watches.add(response.getWebSocketListener());
    }
    return response.code() == 404
        ? failure(404, "NotFound", request.getPath() + " not found")
        : response;
  }

  private MockResponse patch(RecordedRequest request) {
    String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
    if (type.startsWith("application/merge-patch+json")) {
      return put(request, KubernetesManners::merged);
    }
    if (type.startsWith("application/json-patch+json")) {
      return put(request, (current, sent) -> JsonPatch.apply(sent, current));
    }
    return failure(
        415, "UnsupportedMediaType", "the embedded API server takes merge and JSON patches only");
  }

  private MockResponse put(RecordedRequest request, Change change) {
    String path = withoutQuery(request.getPath());
    boolean status = path.endsWith(STATUS);
    Optional<ObjectNode> found = current(objectPath(path));
    if (found.isEmpty()) {
      return failure(404, "NotFound", path + " not found");
    }
    ObjectNode current = found.get();
    ObjectNode next;
    try {
      JsonNode changed = change.apply(current.deepCopy(), JSON.readTree(request.getUtf8Body()));
      if (!(changed instanceof ObjectNode object)) {
        return failure(400, "BadRequest", "an object is needed");
      }
      next = object;
    } catch (JsonProcessingException | JsonPatchException e) {
      return failure(422, "Invalid", "the body cannot be used: " + e.getMessage());
    }
    String based = next.at("/metadata/resourceVersion").asText();
    if (!based.isEmpty() && !based.equals(current.at("/metadata/resourceVersion").asText())) {
      return failure(
          409,
          "Conflict",
          "the object has been modified; please apply your changes to the latest version");
    }
    ObjectNode stored = status ? withStatus(current, next) : withSpec(current, next);
    MockResponse response = store.dispatch(request(HttpMethod.PUT, path, stored));
    // The last finalizer went, and the object with it: Kubernetes answers what it was.
    return response.code() == 200 && response.getBody() == null ? ok(stored) : response;
  }

  private MockResponse delete(RecordedRequest request) {
    String path = withoutQuery(request.getPath());
    Optional<ObjectNode> found = current(path);
    if (found.isEmpty() || found.get().at("/metadata/finalizers").isEmpty()) {
      MockResponse response =
          store.dispatch(request(HttpMethod.DELETE, path, JSON.createObjectNode()));
      return response.code() == 404 ? failure(404, "NotFound", path + " not found") : response;
    }
    ObjectNode marked = found.get().deepCopy();
    if (!marked.at("/metadata/deletionTimestamp").isMissingNode()) {
      return ok(marked);
    }
    marked
        .withObject("/metadata")
        .put("deletionTimestamp", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("deletionGracePeriodSeconds", 0);
    return store.dispatch(request(HttpMethod.PUT, path, marked));
  }

  private Optional<ObjectNode> current(String path) {
    MockResponse response = store.dispatch(request(HttpMethod.GET, path, JSON.createObjectNode()));
    if (response.code() != 200 || response.getBody() == null) {
      return Optional.empty();
    }
    try {
      // A list has items and no uid: it is not one object.
      return JSON.readTree(response.getBody().getBytes()) instanceof ObjectNode object
              && object.at("/metadata/uid").isTextual()
          ? Optional.of(object)
          : Optional.empty();
    } catch (java.io.IOException e) {
      throw new IllegalStateException("the store holds something that is no JSON: " + path, e);
    }
  }

  /** One object with the status of another, and nothing else of it. */
  private static ObjectNode withStatus(ObjectNode object, ObjectNode statusOf) {
    ObjectNode stored = object.deepCopy();
    JsonNode status = statusOf.get("status");
    if (status == null) {
      stored.remove("status");
    } else {
      stored.set("status", status);
    }
    return stored;
  }

  /** Any other write leaves the status and the deletion as they are. */
  private static ObjectNode withSpec(ObjectNode current, ObjectNode next) {
    JsonNode deleted = current.at("/metadata/deletionTimestamp");
    if (!deleted.isMissingNode()) {
      next.withObject("/metadata").set("deletionTimestamp", deleted);
    }
    return withStatus(next, current);
  }

  /** RFC 7396: what is sent replaces, null removes, objects are merged. */
  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode object ? object : JSON.createObjectNode();
    changes
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
              } else {
                JsonNode before = result.path(entry.getKey());
                result.set(entry.getKey(), merged(before, entry.getValue()));
              }
            });
    return result;
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String objectPath(String path) {
    return path.endsWith(STATUS) ? path.substring(0, path.length() - STATUS.length()) : path;
  }

  private static RecordedRequest request(HttpMethod method, String path, JsonNode body) {
    Buffer buffer = new Buffer(body.toString().getBytes(StandardCharsets.UTF_8));
    Headers headers = Headers.builder().add("Content-Type", "application/json").build();
    return new RecordedRequest("HTTP/1.1", method, path, headers, buffer);
  }

  private MockResponse ok(JsonNode body) {
    return answer(200, body);
  }

  private static MockResponse failure(int code, String reason, String message) {
    return answer(
        code,
        JSON.createObjectNode()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Failure")
            .put("message", message)
            .put("reason", reason)
            .put("code", code));
  }

  private static MockResponse answer(int code, JsonNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }
}
