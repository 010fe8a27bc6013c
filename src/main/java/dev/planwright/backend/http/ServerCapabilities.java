package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.AccountFacts;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the server says it can do.
 *
 * @param archive whether plans can be archived
 * @param delete whether plans without subscribers can be deleted
 * @param subscriberCounts whether it counts subscribers
 * @param existingSubscribers {@code keep}, {@code migrate}
 * @param models the price models that it bills, in the manifest's words
 * @param fields the optional parts of plans and prices that it acts on
 */
record ServerCapabilities(
    boolean archive,
    boolean delete,
    boolean subscriberCounts,
    SortedSet<String> existingSubscribers,
    SortedSet<String> models,
    SortedSet<String> fields) {

  ServerCapabilities {
    existingSubscribers = Collections.unmodifiableSortedSet(new TreeSet<>(existingSubscribers));
    models = Collections.unmodifiableSortedSet(new TreeSet<>(models));
    fields = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
  }

  static ServerCapabilities parse(JsonNode node) {
    return new ServerCapabilities(
        node.path("archive").asBoolean(false),
        node.path("delete").asBoolean(false),
        node.path("subscriberCounts").asBoolean(false),
        words(node.path("existingSubscribers")),
        words(node.path("models")),
        words(node.path("fields")));
  }

  /** As {@link AccountFacts#facts()} carries them to {@code check}. */
  Map<String, String> toFacts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("archive", Boolean.toString(archive));
    facts.put("delete", Boolean.toString(delete));
    facts.put("subscriberCounts", Boolean.toString(subscriberCounts));
    facts.put("existingSubscribers", String.join(",", existingSubscribers));
    facts.put("models", String.join(",", models));
    facts.put("fields", String.join(",", fields));
    return facts;
  }

  /** Empty when nothing is known of the account: then nothing is refused for its sake. */
  static Optional<ServerCapabilities> of(AccountFacts account) {
    Map<String, String> facts = account.facts();
    return facts.containsKey("models")
        ? Optional.of(
            new ServerCapabilities(
                isTrue(facts, "archive"),
                isTrue(facts, "delete"),
                isTrue(facts, "subscriberCounts"),
                split(facts, "existingSubscribers"),
                split(facts, "models"),
                split(facts, "fields")))
        : Optional.empty();
  }

  private static boolean isTrue(Map<String, String> facts, String name) {
    return "true".equals(facts.get(name));
  }

  private static SortedSet<String> split(Map<String, String> facts, String name) {
    String joined = facts.getOrDefault(name, "");
    return joined.isEmpty() ? new TreeSet<>() : new TreeSet<>(Set.of(joined.split(",", -1)));
  }

  private static SortedSet<String> words(JsonNode list) {
    SortedSet<String> words = new TreeSet<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }
}
