package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads out of Stigg's envelope: complete, or no answer at all. */
final class StiggReader {
  /** The largest page. */
  static final int PAGE = 100;

  private static final int NOT_FOUND = 404;

  private final ApiClient client;

  StiggReader(ApiClient client) {
    this.client = client;
  }

  /** An object, or nothing when Stigg says that it has none. */
  Optional<JsonNode> readIfAny(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (answer.status() == NOT_FOUND) {
      if (!answer.body().isObject()) {
        throw refused(request, answer); // some proxy's page, not Stigg's word
      }
      return Optional.empty();
    }
    JsonNode data = data(request, answer);
    if (!data.isObject()) {
      throw nonsense(request.operation(), "the answer has no object in \"data\"");
    }
    return Optional.of(data);
  }

  /** A list that is served whole; nothing when what it belongs to is not there. */
  Optional<List<JsonNode>> listIfAny(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (answer.status() == NOT_FOUND && answer.body().isObject()) {
      return Optional.empty();
    }
    return Optional.of(items(request, data(request, answer)));
  }

  /** Every object of a collection, page by page. */
  List<JsonNode> all(String operation, String target) {
    return allIfAny(operation, target, PAGE)
        .orElseThrow(() -> nonsense(operation, "there is no such list"));
  }

  /**
   * Every object of a collection; nothing when what it belongs to is not there.
   *
   * @param target with a query or without
   * @param limit how many to ask for at once, 1 to {@link #PAGE}
   * @throws BackendException of kind {@code NONSENSE} for pages that repeat
   */
  Optional<List<JsonNode>> allIfAny(String operation, String target, int limit) {
    List<JsonNode> all = new ArrayList<>();
    Set<String> cursors = new HashSet<>();
    String page = target + (target.contains("?") ? "&" : "?") + "limit=" + limit;
    String after = "";
    while (true) {
      ApiRequest request =
          ApiRequest.get(operation, after.isEmpty() ? page : page + "&after=" + after);
      ApiResponse answer = client.send(request);
      if (answer.status() == NOT_FOUND && answer.body().isObject()) {
        return Optional.empty();
      }
      all.addAll(items(request, data(request, answer)));
      JsonNode next = answer.body().path("pagination").path("next");
      if (!next.isTextual()) {
        return Optional.of(distinct(operation, all));
      }
      after = StiggCalls.segment(next.textValue());
      if (!cursors.add(after)) {
        throw nonsense(operation, "the listing repeats a page and would never end");
      }
    }
  }

  /** Versions of one plan share an id, so whole rows are compared. */
  private static List<JsonNode> distinct(String operation, List<JsonNode> all) {
    if (new HashSet<>(all).size() != all.size()) {
      throw nonsense(operation, "the listing shows the same row twice: it changed while read");
    }
    return all;
  }

  private static JsonNode data(ApiRequest request, ApiResponse answer) {
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return answer.requireBody(request.operation()).path("data");
  }

  private static List<JsonNode> items(ApiRequest request, JsonNode data) {
    if (!data.isArray()) {
      throw nonsense(request.operation(), "the answer has no list in \"data\"");
    }
    List<JsonNode> items = new ArrayList<>();
    data.forEach(items::add);
    return items;
  }

  private static BackendException refused(ApiRequest request, ApiResponse answer) {
    return new BackendException(
        BackendException.Kind.REFUSED,
        "Stigg refused "
            + request.operation()
            + " with "
            + answer.status()
            + ": "
            + StiggErrors.of(answer).words());
  }

  static BackendException nonsense(String operation, String what) {
    return new BackendException(BackendException.Kind.NONSENSE, "Stigg " + operation + ": " + what);
  }
}
