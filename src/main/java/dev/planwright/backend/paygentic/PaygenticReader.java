package dev.planwright.backend.paygentic;

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
final class PaygenticReader {
  private static final int PAGE = 100;
  private static final int NOT_FOUND = 404;

  /** The order of lists is documented nowhere: what one way through missed, another may show. */
  private static final int WAYS_THROUGH = 4;

  /** So many pages without anything new end a way through. */
  private static final int STALE_PAGES = 3;

  private final ApiClient client;

  PaygenticReader(ApiClient client) {
    this.client = client;
  }

  /** An answer that has to be there. */
  JsonNode read(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return answer.requireBody(request.operation());
  }

  /** An object, or nothing when Paygentic has none. That it may not be seen is no absence. */
  Optional<JsonNode> readIfAny(ApiRequest request) {
    ApiResponse answer = client.send(request);
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    return Optional.of(answer.requireBody(request.operation()));
  }

  /** A plan by its id; nothing for what is no id of a plan, or of one that somebody deleted. */
  Optional<RemotePlan> plan(String id) {
    if (!id.matches("plan_[A-Za-z0-9]{1,200}")) {
      return Optional.empty();
    }
    return readIfAny(PaygenticCalls.plan(id)).map(RemotePlan::parse).filter(it -> !it.deleted());
  }

  Optional<RemotePrice> price(String id) {
    return readIfAny(PaygenticCalls.price(id)).map(RemotePrice::parse);
  }

  Optional<RemoteFee> fee(String id) {
    return readIfAny(PaygenticCalls.fee(id)).map(RemoteFee::parse);
  }

  /** Prices that any version of the plan lists: an old one may yet be made the default again. */
  Set<String> everListed(RemotePlan plan) {
    Set<String> ids = new HashSet<>(plan.priceIds());
    List<String> numbers =
        all(
            "versions.list",
            PaygenticCalls.versions(plan.id()),
            it -> it.path("versionNumber").asText(""));
    for (String number : numbers) {
      read(PaygenticCalls.version(plan.id(), number))
          .path("prices")
          .forEach(it -> ids.add(it.isTextual() ? it.textValue() : Wire.text(it, "id")));
    }
    return ids;
  }

  /** Every object of a list. */
  <T> List<T> all(String operation, String list, Function<JsonNode, T> parse) {
    List<T> all = new ArrayList<>();
    each(operation, list, page -> page.forEach(it -> all.add(parse.apply(it))));
    return all;
  }

  /**
   * Every object of a list, page by page, each once. Pages may be shorter than asked for and come
   * in any order; in the end the unique ids have to add up to the total.
   *
   * @throws BackendException of kind {@code NONSENSE} for a list that is never complete
   */
  void each(String operation, String list, Consumer<List<JsonNode>> sink) {
    Set<String> seen = new HashSet<>();
    long total = 0;
    for (int way = 0; way < WAYS_THROUGH; way++) {
      int offset = 0;
      int stale = 0;
      do {
        JsonNode answer = read(ApiRequest.get(operation, page(list, offset)));
        total = total(operation, answer);
        List<JsonNode> page = items(operation, answer);
        List<JsonNode> fresh =
            page.stream().filter(it -> seen.add(Wire.required(it, "id"))).toList();
        sink.accept(fresh);
        if (seen.size() == total) {
          return;
        }
        if (page.isEmpty()) {
          break;
        }
        stale = fresh.isEmpty() ? stale + 1 : 0;
        offset += page.size();
      } while (offset < total && stale < STALE_PAGES);
    }
    throw nonsense(operation, "the list shows " + seen.size() + " objects and says " + total);
  }

  /** Whether an error is one that says what blocks: {@code price: 2}. */
  static String blockers(ApiResponse answer) {
    List<String> all = new ArrayList<>();
    for (JsonNode blocker : answer.body().path("details").path("blockers")) {
      all.add(Wire.text(blocker, "type") + ": " + blocker.path("count").asText("?"));
    }
    return String.join(", ", all);
  }

  /** What Paygentic says in an error: its code, its words, and field by field what is wrong. */
  static String words(ApiResponse answer) {
    JsonNode body = answer.body();
    StringBuilder words = new StringBuilder();
    String code = Wire.text(body, "code");
    words.append(code.isEmpty() ? Wire.text(body, "error") : code);
    String message = Wire.text(body, "message");
    if (!message.isEmpty()) {
      words.append(words.isEmpty() ? "" : ": ").append(message);
    }
    List<String> fields = new ArrayList<>();
    for (JsonNode one : body.path("errors")) {
      fields.add(Wire.text(one, "field") + ": " + Wire.text(one, "message"));
    }
    if (!fields.isEmpty()) {
      words.append(" (").append(String.join("; ", fields)).append(')');
    }
    String blockers = blockers(answer);
    if (!blockers.isEmpty()) {
      words.append(" (blocked by ").append(blockers).append(')');
    }
    answer
        .header("x-request-id")
        .ifPresent(id -> words.append(" (request ").append(id).append(')'));
    return words.isEmpty() ? "without a reason" : words.toString();
  }

  private static String page(String list, int offset) {
    return list + (list.contains("?") ? "&" : "?") + "limit=" + PAGE + "&offset=" + offset;
  }

  private static List<JsonNode> items(String operation, JsonNode answer) {
    if (!answer.path("data").isArray()) {
      throw nonsense(operation, "the answer is no list");
    }
    List<JsonNode> items = new ArrayList<>();
    answer.path("data").forEach(items::add);
    return items;
  }

  private static long total(String operation, JsonNode answer) {
    JsonNode total = answer.path("pagination").path("total");
    if (!total.isIntegralNumber() || total.longValue() < 0) {
      throw nonsense(operation, "the list does not say how many objects it has");
    }
    return total.longValue();
  }

  private static BackendException refused(ApiRequest request, ApiResponse answer) {
    return new BackendException(
        BackendException.Kind.REFUSED,
        "Paygentic refused "
            + request.operation()
            + " with "
            + answer.status()
            + ": "
            + words(answer));
  }

  private static BackendException nonsense(String operation, String what) {
    return new BackendException(
        BackendException.Kind.NONSENSE, "Paygentic " + operation + ": " + what);
  }
}
