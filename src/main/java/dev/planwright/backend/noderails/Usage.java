package dev.planwright.backend.noderails;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Who subscribes to a plan, by price. */
sealed interface Usage {
  /** Nothing that was looked at needs it. */
  record NotRead() implements Usage {}

  /**
   * Every subscription was read.
   *
   * @param total all that are not cancelled
   * @param byPrice of these, by price id; a price that nobody is on is absent
   */
  record Counted(long total, Map<String, Long> byPrice) implements Usage {
    public Counted {
      byPrice = Collections.unmodifiableMap(new TreeMap<>(byPrice));
    }
  }

  /** Not to be had. */
  record Unread(String why) implements Usage {}

  /** Whether it is known that nobody is on a price. */
  default boolean isUnused(String priceId) {
    return this instanceof Counted counted && counted.byPrice().getOrDefault(priceId, 0L) == 0;
  }

  /** Whether it is known that somebody is on a price. */
  default boolean isUsed(String priceId) {
    return this instanceof Counted counted && counted.byPrice().getOrDefault(priceId, 0L) > 0;
  }

  /** How many are on a price, for people; {@code ""} where it was not read. */
  default String inWords(String priceId) {
    return switch (this) {
      case Counted(long total, Map<String, Long> byPrice) ->
          byPrice.getOrDefault(priceId, 0L) + " on it";
      case Unread unread -> "an unknown number on it";
      case NotRead notRead -> "";
    };
  }
}
