package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads that are either complete or no answer at all. */
final class SchematicReader {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final ApiClient client;

  SchematicReader(ApiClient client) {
    this.client = client;
  }

  /** What an answer that has to be there holds. */
  JsonNode read(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return data(request, answer);
  }

  /** An object, or nothing when Schematic says that it has none. */
  Optional<JsonNode> readIfAny(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (answer.status() == NOT_FOUND) {
      // A proxy's 404 holds no error of Schematic's: that is no absence.
      if (!answer.body().path("error").isTextual()) {
        throw nonsense(request.operation(), "answered 404 without saying what is not found");
      }
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return Optional.of(data(request, answer));
  }

  /** An answer that may be forbidden to this key, and is then as good as none. */
  Optional<JsonNode> readIfAllowed(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (answer.status() == FORBIDDEN || answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return Optional.of(data(request, answer));
  }

  /** A number that may be forbidden to read: then why. */
  CountAnswer count(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (!answer.isSuccess()) {
      return new CountAnswer(OptionalLong.empty(), words(request, answer));
    }
    JsonNode count = data(request, answer).path("count");
    return count.isIntegralNumber() && count.longValue() >= 0
        ? new CountAnswer(OptionalLong.of(count.longValue()), "")
        : new CountAnswer(OptionalLong.empty(), "Schematic answered \"" + count + "\" as a count");
  }

  /** A count, or why there is none. */
  record CountAnswer(OptionalLong count, String why) {}

  /**
   * Every object of a collection. There is no total in a listing, so the unique ids have to add up
   * to what the collection's own count says.
   *
   * @param query without limit and offset; {@code ""} for none
   * @throws BackendException of kind {@code NONSENSE} for pages that repeat, are short or shifted
   */
  List<JsonNode> all(String operation, String collection, String query) {
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    String filter = query.isEmpty() ? "" : query + "&";
    boolean byPage = false;
    for (int page = 0; ; page++) {
      int offset = byPage ? page : seen.size();
      ApiRequest request =
          ApiRequest.get(
              operation,
              collection
                  + "?"
                  + filter
                  + "limit="
                  + SchematicCalls.PAGE
                  + (offset == 0 ? "" : "&offset=" + offset));
      int before = seen.size();
      int shown = 0;
      JsonNode data = read(request);
      if (!data.isArray()) {
        throw nonsense(operation, "the answer is no list");
      }
      for (JsonNode item : data) {
        shown++;
        seen.put(Json.need(item, "id"), item);
      }
      if (shown == SchematicCalls.PAGE && seen.size() > before) {
        continue;
      }
      long total = total(operation, collection, query);
      if (seen.size() == total) {
        return new ArrayList<>(seen.values());
      }
      // One page of the documentation counts records in offset, another one pages.
      if (!byPage && seen.size() < total && shown == 0 && page > 0) {
        byPage = true;
        page = seen.size() / SchematicCalls.PAGE - 1;
        continue;
      }
      throw nonsense(
          operation, "the listing has " + seen.size() + " objects and the count says " + total);
    }
  }

  /** The same of what may be forbidden to this key: then nothing is shown by it. */
  List<JsonNode> allIfAllowed(String operation, String collection, String query) {
    boolean any =
        readIfAllowed(count(operation, collection, query))
            .map(it -> it.path("count").asLong(1) > 0)
            .orElse(false);
    return any ? all(operation, collection, query) : List.of();
  }

  private long total(String operation, String collection, String query) {
    JsonNode count = read(count(operation, collection, query)).path("count");
    if (!count.isIntegralNumber()) {
      throw nonsense(operation, "the count is no number");
    }
    return count.longValue();
  }

  private static ApiRequest count(String operation, String collection, String query) {
    return ApiRequest.get(
        operation + "Count", collection + "/count" + (query.isEmpty() ? "" : "?" + query));
  }

  /** What Schematic says in an error. */
  static String detail(ApiResponse answer) {
    return answer.body().path("error").asText("");
  }

  private static JsonNode data(ApiRequest request, ApiResponse answer) {
    JsonNode data = answer.requireBody(request.operation()).path("data");
    if (data.isMissingNode() || data.isNull()) {
      throw nonsense(request.operation(), "the answer holds no data");
    }
    return data;
  }

  private static BackendException refused(ApiRequest request, ApiResponse answer) {
    return new BackendException(BackendException.Kind.REFUSED, words(request, answer));
  }

  private static String words(ApiRequest request, ApiResponse answer) {
    return "Schematic refused "
        + request.operation()
        + " with "
        + answer.status()
        + ": "
        + detail(answer)
        + requestId(answer);
  }

  /** No header is documented; where one comes, support can find the call by it. */
  static String requestId(ApiResponse answer) {
    return answer.header("x-request-id").map(it -> " (request " + it + ")").orElse("");
  }

  static BackendException nonsense(String operation, String what) {
    return new BackendException(
        BackendException.Kind.NONSENSE, "Schematic " + operation + ": " + what);
  }
}
