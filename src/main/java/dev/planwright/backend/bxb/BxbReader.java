package dev.planwright.backend.bxb;

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
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads that are either complete or no answer at all. */
final class BxbReader {
  /** The largest page that bxb serves. */
  private static final int PAGE = 1000;

  private static final int NOT_FOUND = 404;
  private static final int UNPROCESSABLE = 422;

  private final ApiClient client;

  BxbReader(ApiClient client) {
    this.client = client;
  }

  /** An answer that has to be there. */
  JsonNode read(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return answer.body();
  }

  /** An object, or nothing when bxb says that it has none. */
  Optional<JsonNode> readIfAny(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (answer.status() == NOT_FOUND && detail(answer).endsWith("not found")) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return Optional.of(answer.body());
  }

  /** A plan by its id; nothing for an id that bxb does not have or that is no id of bxb at all. */
  Optional<BxbPlan> plan(String id) {
    ApiRequest request = BxbCalls.plan(id);
    ApiResponse answer = client.send(request);
    if (answer.status() == UNPROCESSABLE
        || (answer.status() == NOT_FOUND && detail(answer).endsWith("not found"))) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return Optional.of(BxbPlan.parse(answer.body()));
  }

  /** A list that bxb serves whole. */
  <T> List<T> list(ApiRequest request, Function<JsonNode, T> parse) {
    return items(request, read(request), parse);
  }

  /** A whole list, or nothing when bxb does not have what it belongs to. */
  <T> Optional<List<T>> listIfAny(ApiRequest request, Function<JsonNode, T> parse) {
    return readIfAny(request).map(body -> items(request, body, parse));
  }

  /**
   * Every object of a collection, page by page.
   *
   * <p>Pages overlap by one object: when the listing shifts meanwhile, the overlap is gone and the
   * listing is no answer. In the end the unique ids have to add up to the total.
   *
   * @throws BackendException of kind {@code NONSENSE} for a page that repeats, is short or shifted
   */
  void each(String operation, String collection, Consumer<List<JsonNode>> sink) {
    Set<String> seen = new HashSet<>();
    String last = "";
    while (true) {
      int skip = Math.max(0, seen.size() - 1);
      ApiRequest request =
          ApiRequest.get(
              operation,
              collection + "?order_by=code:asc&limit=" + PAGE + (skip == 0 ? "" : "&skip=" + skip));
      ApiResponse answer = client.send(request);
      if (!answer.isSuccess()) {
        throw refused(request, answer);
      }
      List<JsonNode> page = items(request, answer.body(), it -> it);
      if (skip > 0 && (page.isEmpty() || !BxbPlan.text(page.getFirst(), "id").equals(last))) {
        throw nonsense(operation, "the listing shifted while it was read");
      }
      List<JsonNode> fresh = new ArrayList<>();
      for (JsonNode item : page) {
        if (seen.add(BxbPlan.text(item, "id"))) {
          fresh.add(item);
        }
      }
      sink.accept(fresh);
      long total = total(operation, answer);
      if (seen.size() == total) {
        return;
      }
      if (fresh.isEmpty() || seen.size() > total) {
        throw nonsense(
            operation, "the listing has " + seen.size() + " objects and says it has " + total);
      }
      last = BxbPlan.text(page.getLast(), "id");
    }
  }

  /** Every object of a collection. */
  List<JsonNode> all(String operation, String collection) {
    List<JsonNode> all = new ArrayList<>();
    each(operation, collection, all::addAll);
    return all;
  }

  /** What bxb says in an error. */
  static String detail(ApiResponse answer) {
    JsonNode detail = answer.body().path("detail");
    if (detail.isTextual()) {
      return detail.textValue();
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : detail) {
      List<String> where = new ArrayList<>();
      part.path("loc").forEach(it -> where.add(it.asText("")));
      parts.add(String.join(".", where) + ": " + part.path("msg").asText(""));
    }
    return String.join("; ", parts);
  }

  private static <T> List<T> items(ApiRequest request, JsonNode body, Function<JsonNode, T> parse) {
    if (!body.isArray()) {
      throw nonsense(request.operation(), "the answer is no list");
    }
    List<T> items = new ArrayList<>();
    body.forEach(it -> items.add(parse.apply(it)));
    return items;
  }

  private static long total(String operation, ApiResponse answer) {
    String total = answer.header("x-total-count").orElse("");
    if (!total.matches("[0-9]{1,15}")) {
      throw nonsense(operation, "the listing does not say how many objects it has");
    }
    return Long.parseLong(total);
  }

  private static BackendException refused(ApiRequest request, ApiResponse answer) {
    return new BackendException(
        BackendException.Kind.REFUSED,
        "bxb refused " + request.operation() + " with " + answer.status() + ": " + detail(answer));
  }

  private static BackendException nonsense(String operation, String what) {
    return new BackendException(BackendException.Kind.NONSENSE, "bxb " + operation + ": " + what);
  }
}
