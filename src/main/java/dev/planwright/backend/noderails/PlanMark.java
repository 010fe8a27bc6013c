package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Our mark in a plan's metadata, beside whatever others keep there.
 *
 * @param object the Plan's namespace/name, for people
 * @param metadataKeys the keys of the metadata that came from the manifest: taken away again when
 *     the manifest no longer has them
 * @param bound ids of prices that belong to another name than their own mark says, or that bear no
 *     mark, by id: a price's metadata never changes
 * @param agreed what those who are on a price pay, by its id, where its own mark says otherwise or
 *     nothing; several while a change in place is under way
 * @param kept what was there when the plan was adopted and no manifest named: ids of prices, and
 *     {@link #TAX}, {@link #DESCRIPTION}, {@link #IMAGE}
 */
record PlanMark(
    Identity identity,
    String object,
    SortedSet<String> metadataKeys,
    SortedMap<String, String> bound,
    SortedMap<String, List<Agreed>> agreed,
    SortedSet<String> kept) {
  /** What our keys begin with; no manifest may use it. */
  static final String PREFIX = "planwright.dev/";

  static final String TAX = "tax";
  static final String DESCRIPTION = "description";
  static final String IMAGE = "imageUrl";

  static final String OWNER = PREFIX + "owner";
  static final String KEY = PREFIX + "key";
  static final String AGREED = PREFIX + "agreed";
  private static final String OBJECT = PREFIX + "plan";
  private static final String METADATA = PREFIX + "metadata";
  private static final String PRICES = PREFIX + "prices";
  private static final String KEPT = PREFIX + "kept";

  PlanMark {
    metadataKeys = Collections.unmodifiableSortedSet(new TreeSet<>(metadataKeys));
    bound = Collections.unmodifiableSortedMap(new TreeMap<>(bound));
    agreed = Collections.unmodifiableSortedMap(new TreeMap<>(agreed));
    kept = Collections.unmodifiableSortedSet(new TreeSet<>(kept));
  }

  /** The mark of a plan wanted, over what is there. */
  static PlanMark of(
      CatalogPlan plan,
      Map<String, String> bound,
      Map<String, List<Agreed>> agreed,
      Set<String> kept) {
    return new PlanMark(
        plan.identity(),
        plan.namespace() + "/" + plan.name(),
        new TreeSet<>(plan.metadata().keySet()),
        new TreeMap<>(bound),
        new TreeMap<>(agreed),
        new TreeSet<>(kept));
  }

  /** The mark that metadata bears; a mark without owner or key is none. */
  static Optional<PlanMark> in(JsonNode metadata) {
    Optional<Identity> identity = identity(metadata);
    return identity.map(
        it ->
            new PlanMark(
                it,
                metadata.path(OBJECT).asText(""),
                words(metadata, METADATA),
                bindings(metadata),
                agreements(metadata),
                words(metadata, KEPT)));
  }

  static Optional<Identity> identity(JsonNode metadata) {
    JsonNode owner = metadata.path(OWNER);
    JsonNode key = metadata.path(KEY);
    return owner.isTextual() && key.isTextual()
        ? Optional.of(new Identity(owner.textValue(), key.textValue()))
        : Optional.empty();
  }

  /** Puts the mark, and nothing else of ours, into metadata. */
  void writeTo(ObjectNode metadata) {
    metadata.remove(
        metadata.properties().stream()
            .map(Map.Entry::getKey)
            .filter(it -> it.startsWith(PREFIX))
            .toList());
    metadata.put(OWNER, identity.ownerId());
    metadata.put(KEY, identity.key());
    metadata.put(OBJECT, object);
    put(metadata, METADATA, joined(metadataKeys));
    put(
        metadata,
        PRICES,
        bound.entrySet().stream()
            .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
            .collect(Collectors.joining(",")));
    put(
        metadata,
        AGREED,
        agreed.entrySet().stream()
            .map(it -> encoded(it.getKey()) + "=" + Agreed.text(it.getValue()))
            .collect(Collectors.joining(",")));
    put(metadata, KEPT, joined(kept));
  }

  private static void put(ObjectNode metadata, String key, String value) {
    if (!value.isEmpty()) {
      metadata.put(key, value);
    }
  }

  private static String joined(Set<String> words) {
    return words.stream().map(PlanMark::encoded).collect(Collectors.joining(","));
  }

  private static SortedSet<String> words(JsonNode metadata, String key) {
    return Arrays.stream(metadata.path(key).asText("").split(",", -1))
        .filter(it -> !it.isEmpty())
        .map(PlanMark::decoded)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static SortedMap<String, String> bindings(JsonNode metadata) {
    SortedMap<String, String> all = new TreeMap<>();
    for (String pair : metadata.path(PRICES).asText("").split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        all.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return all;
  }

  private static SortedMap<String, List<Agreed>> agreements(JsonNode metadata) {
    SortedMap<String, List<Agreed>> all = new TreeMap<>();
    for (String pair : metadata.path(AGREED).asText("").split(",", -1)) {
      int equals = pair.indexOf('=');
      List<Agreed> agreed = Agreed.parseAll(pair.substring(equals + 1));
      if (equals > 0 && !agreed.isEmpty()) {
        all.put(decoded(pair.substring(0, equals)), agreed);
      }
    }
    return all;
  }

  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }

  private static String decoded(String word) {
    try {
      return URLDecoder.decode(word, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return word; // somebody's hand: it names nothing then
    }
  }
}
