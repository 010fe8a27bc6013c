package dev.planwright.backend.http;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plan says, field by field, in one spelling: decimals canonical, defaults filled in, order
 * gone where it means nothing. Two plans are equal exactly when these are.
 *
 * <p>Prices are kept apart from the plan's own fields, since a price's name may hold dots and a
 * joined path could then mean two things.
 *
 * @param fields of the plan itself, for instance {@code entitlements.seats.limit}
 * @param prices by name, each with its own fields, for instance {@code tiers[0].unitAmount}
 */
record Content(
    SortedMap<String, String> fields, SortedMap<String, SortedMap<String, String>> prices) {
  Content {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
  }

  /** A price in a few words: {@code flat 49 USD, 1 month}. */
  static String summary(SortedMap<String, String> price) {
    StringBuilder words = new StringBuilder(price.getOrDefault("model", "unknown model"));
    for (String field : new String[] {"amount", "rate", "tiers[0].unitAmount", "tiers[0].rate"}) {
      if (price.containsKey(field)) {
        words.append(field.startsWith("tiers") ? " from " : " ").append(price.get(field));
        break;
      }
    }
    words.append(' ').append(price.getOrDefault("currency", ""));
    return words.append(", ").append(price.getOrDefault("recurring", "once")).toString();
  }
}
