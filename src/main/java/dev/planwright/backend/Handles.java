package dev.planwright.backend;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ids that a backend gave us, by our own names for what they belong to: {@code plan}, {@code
 * price:team-monthly}, {@code fee:team-monthly}. A provider chooses the names; the core only keeps
 * them in status.
 */
public record Handles(SortedMap<String, String> ids) {
  /** Nothing known. */
  public static final Handles NONE = new Handles(new TreeMap<>());

  /** The name under which the plan's own id is kept. */
  public static final String PLAN = "plan";

  public Handles {
    ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
  }

  public static Handles of(Map<String, String> ids) {
    return new Handles(new TreeMap<>(ids));
  }

  public Optional<String> get(String name) {
    return Optional.ofNullable(ids.get(name));
  }

  /**
   * An id that a step cannot do without.
   *
   * @throws IllegalStateException when an earlier step should have brought it and did not
   */
  public String require(String name) {
    return get(name)
        .orElseThrow(() -> new IllegalStateException("no id is known for \"" + name + "\""));
  }

  public Handles with(String name, String id) {
    TreeMap<String, String> more = new TreeMap<>(ids);
    more.put(name, id);
    return new Handles(more);
  }

  public Handles without(String name) {
    TreeMap<String, String> fewer = new TreeMap<>(ids);
    fewer.remove(name);
    return new Handles(fewer);
  }

  /** These, and the others on top. */
  public Handles and(Handles others) {
    TreeMap<String, String> all = new TreeMap<>(ids);
    all.putAll(others.ids);
    return new Handles(all);
  }
}
