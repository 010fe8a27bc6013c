package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A listing that is either complete or no answer. It comes newest first in numbered pages, so that
 * what others create meanwhile shifts what follows: it is read again from the start until the
 * unique ids add up to the total (NodeRails: lookup).
 */
final class Listing {
  /** So often it is begun anew before it is given up. */
  private static final int PASSES = 6;

  private static final int MOST_PAGES = 100_000;

  private final ApiClient client;
  private final String operation;
  private final IntFunction<ApiRequest> page;

  /** Nothing is ever deleted there: what was once full is never empty. */
  private final AtomicBoolean seenFull = new AtomicBoolean();

  Listing(ApiClient client, String operation, IntFunction<ApiRequest> page) {
    this.client = client;
    this.operation = operation;
    this.page = page;
  }

  private record Page(List<JsonNode> items, long total, long totalPages) {}

  /** Every object. */
  List<JsonNode> all() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    each(fresh -> fresh.forEach(it -> all.put(RemotePlan.text(it, "id"), it)));
    return List.copyOf(all.values());
  }

  /**
   * Hands on each page's objects, those excepted that an earlier page brought.
   *
   * @throws BackendException of kind {@code NONSENSE} for a listing that does not add up
   */
  void each(Consumer<List<JsonNode>> sink) {
    Map<String, Boolean> seen = new LinkedHashMap<>();
    long total = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      total = pass(seen, sink);
      if (seen.size() == total) {
        refuseSuddenEmptiness(total);
        return;
      }
      if (seen.size() > total) {
        seen.clear(); // something left meanwhile: what was seen before proves nothing
      }
    }
    throw nonsense("shows %d objects and says that it has %d".formatted(seen.size(), total));
  }

  /** Reads pages until everything is there or nothing new comes; gives the total last said. */
  private long pass(Map<String, Boolean> seen, Consumer<List<JsonNode>> sink) {
    for (int number = 1; number <= MOST_PAGES; number++) {
      Page read = read(number);
      List<JsonNode> fresh = new ArrayList<>();
      for (JsonNode item : read.items()) {
        if (seen.put(RemotePlan.text(item, "id"), true) == null) {
          fresh.add(item);
        }
      }
      sink.accept(fresh);
      boolean last = read.items().isEmpty() || number >= read.totalPages();
      boolean repeats = fresh.isEmpty() && number > read.total() / NodeRailsCalls.PAGE;
      if (seen.size() == read.total() || last || repeats) {
        return read.total();
      }
    }
    throw nonsense("never ends");
  }

  private Page read(int number) {
    ApiRequest request = page.apply(number);
    ApiResponse answer = client.send(request);
    if (!answer.isSuccess()) {
      throw refused(request, answer);
    }
    JsonNode body = answer.body();
    JsonNode total = body.path("pagination").path("total");
    JsonNode pages = body.path("pagination").path("totalPages");
    if (!body.path("data").isArray() || !total.isIntegralNumber() || !pages.isIntegralNumber()) {
      throw nonsense("answered no page with a total");
    }
    List<JsonNode> items = new ArrayList<>();
    body.path("data").forEach(items::add);
    return new Page(items, total.longValue(), pages.longValue());
  }

  private void refuseSuddenEmptiness(long total) {
    if (total > 0) {
      seenFull.set(true);
    } else if (seenFull.get()) {
      throw nonsense(
          "is empty, and was not before; nothing is ever deleted there, so that is not believed"
              + " (if the account was emptied on purpose, restart the operator)");
    }
  }

  static BackendException refused(ApiRequest request, ApiResponse answer) {
    return new BackendException(
        BackendException.Kind.REFUSED,
        "NodeRails refused "
            + request.operation()
            + " with "
            + answer.status()
            + ": "
            + NodeRailsRefusals.said(answer));
  }

  private BackendException nonsense(String what) {
    return new BackendException(
        BackendException.Kind.NONSENSE, "NodeRails " + operation + ": the listing " + what);
  }
}
