package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.BackendException.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks through a listing. Complete is only one whose different ids add up to the total that the
 * server names: whatever shifted between two pages, nothing can then have been missed.
 */
final class Pages {
  /** Takes an entry, and when its page was asked for. */
  interface Sink {
    void accept(JsonNode entry, Instant readAt);
  }

  private final ApiClient client;
  private final InstantSource clock;

  Pages(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Reads all pages.
   *
   * @param what {@code plans}, {@code metrics}, ...: path, and field of the answer
   * @param query before {@code limit}, with a trailing {@code &}, or empty
   * @param sink gets each entry once
   * @return why the listing is not complete; empty when it is
   * @throws BackendException of kind NONSENSE when it would never end
   */
  Optional<String> read(String what, String query, Sink sink) {
    Set<String> ids = new HashSet<>();
    Optional<String> after = Optional.empty();
    long total;
    do {
      Instant readAt = clock.instant();
      JsonNode page = get(client, Calls.page(what, query, after));
      JsonNode entries = page.path(what);
      if (!entries.isArray() || !page.path("total").canConvertToLong()) {
        throw nonsense(what, "a page lacks \"" + what + "\" or \"total\"");
      }
      total = page.path("total").asLong();
      int known = ids.size();
      for (JsonNode entry : entries) {
        if (ids.add(entry.path("id").asText())) {
          sink.accept(entry, readAt);
        }
      }
      after = Optional.ofNullable(page.path("next").textValue());
      if (after.isPresent() && ids.size() == known) {
        throw nonsense(what, "a page brought nothing new and names a further one");
      }
      if (ids.size() > total + Calls.PAGE) {
        throw nonsense(what, "its pages hold more than the total of " + total);
      }
    } while (after.isPresent());
    return ids.size() == total
        ? Optional.empty()
        : Optional.of(
            "the listing of "
                + what
                + " showed "
                + ids.size()
                + " of "
                + total
                + ": it changed while it was read, or the server is at fault");
  }

  /**
   * A read that must succeed.
   *
   * @throws BackendException when it was refused
   */
  static JsonNode get(ApiClient client, ApiRequest request) {
    ApiResponse response = client.send(request);
    if (!response.isSuccess()) {
      throw new BackendException(
          Kind.REFUSED, request.operation() + " was refused: " + Refusals.words(response));
    }
    return response.body();
  }

  private static BackendException nonsense(String what, String why) {
    return new BackendException(
        Kind.NONSENSE, "the listing of " + what + " cannot be right: " + why);
  }
}
