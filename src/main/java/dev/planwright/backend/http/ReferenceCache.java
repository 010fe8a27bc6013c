package dev.planwright.backend.http;

import dev.planwright.backend.ApiClient;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.http.References.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The account's metrics, features and products: asked for once for many plans. They are only looked
 * up to say what is missing, so an old answer does no harm; what seems missing is asked for again.
 */
final class ReferenceCache {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration KEPT_WHEN_MISSING = Duration.ofSeconds(5);

  /** What can be referred to. */
  enum Kind {
    METRICS,
    FEATURES,
    PRODUCTS
  }

  private record Loaded(Names names, Instant at) {}

  private final ApiClient client;
  private final InstantSource clock;
  private final Map<Kind, Loaded> loaded = new EnumMap<>(Kind.class);

  ReferenceCache(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * The names of one kind, as far as they were ever asked for; a call only where one is wanted that
   * is not known. One caller asks while the others wait for what it brings.
   */
  synchronized Names names(Kind kind, Set<String> wanted) {
    Loaded last = loaded.get(kind);
    if (wanted.isEmpty()) {
      return last == null ? Names.NONE : last.names();
    }
    if (last != null) {
      boolean complete = wanted.stream().allMatch(last.names()::has);
      Duration age = Duration.between(last.at(), clock.instant());
      if (age.compareTo(complete ? KEPT : KEPT_WHEN_MISSING) < 0) {
        return last.names();
      }
    }
    return load(kind);
  }

  /** Everything of one kind, for comparing plans of which nobody knows yet what they name. */
  synchronized Names all(Kind kind) {
    Loaded last = loaded.get(kind);
    return last != null && Duration.between(last.at(), clock.instant()).compareTo(KEPT) < 0
        ? last.names()
        : load(kind);
  }

  private Names load(Kind kind) {
    String what = kind.name().toLowerCase(Locale.ROOT);
    Instant at = clock.instant();
    Map<String, String> idByName = new TreeMap<>();
    Map<String, String> nameById = new TreeMap<>();
    new Pages(client, clock)
        .read(
            what,
            "",
            (entry, readAt) -> {
              String name = entry.path("name").asText();
              String id = entry.path("id").asText();
              idByName.put(name, id);
              nameById.put(id, name);
            })
        .ifPresent(
            why -> {
              throw new BackendException(BackendException.Kind.NONSENSE, why);
            });
    Names names = new Names(idByName, nameById);
    loaded.put(kind, new Loaded(names, at));
    return names;
  }
}
