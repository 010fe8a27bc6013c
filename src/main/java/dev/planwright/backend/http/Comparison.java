package dev.planwright.backend.http;

import dev.planwright.backend.FieldChange;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a manifest and the server's plan.
 *
 * @param differences all of them
 * @param continued stored price ids by the name that those prices have from now on: the renames
 */
record Comparison(List<Difference> differences, SortedMap<String, String> continued) {

  static Comparison of(CatalogPlan desired, Content wanted, RemotePlan remote) {
    List<Difference> differences = new ArrayList<>();
    String owner = remote.owner().orElse("");
    if (!owner.equals(desired.identity().ownerId())) {
      differences.add(Difference.ofPlan(FieldChange.OWNER, owner, desired.identity().ownerId()));
    }
    fields(wanted.fields(), remote.content().fields())
        .forEach((name, was) -> differences.add(Difference.ofPlan(name, was.from(), was.to())));
    SortedMap<String, String> oldNames = renames(desired, wanted, remote);
    prices(wanted, remote.content(), oldNames, differences);
    SortedMap<String, String> continued = new TreeMap<>();
    oldNames.forEach(
        (name, oldName) ->
            Optional.ofNullable(remote.priceIds().get(oldName))
                .ifPresent(id -> continued.put(name, id)));
    return new Comparison(List.copyOf(differences), continued);
  }

  private static void prices(
      Content wanted, Content stored, Map<String, String> oldNames, List<Difference> into) {
    for (Map.Entry<String, SortedMap<String, String>> price : wanted.prices().entrySet()) {
      String name = price.getKey();
      String oldName = oldNames.getOrDefault(name, name);
      SortedMap<String, String> was = stored.prices().get(oldName);
      if (was == null) {
        into.add(Difference.added(name, Content.summary(price.getValue())));
        continue;
      }
      if (!oldName.equals(name)) {
        into.add(Difference.renamed(oldName, name));
      }
      fields(price.getValue(), was)
          .forEach((field, v) -> into.add(Difference.ofPrice(name, field, v.from(), v.to())));
    }
    for (Map.Entry<String, SortedMap<String, String>> price : stored.prices().entrySet()) {
      if (!wanted.prices().containsKey(price.getKey()) && !oldNames.containsValue(price.getKey())) {
        into.add(Difference.removed(price.getKey(), Content.summary(price.getValue())));
      }
    }
  }

  private record FromTo(String from, String to) {}

  private static SortedMap<String, FromTo> fields(
      SortedMap<String, String> wanted, SortedMap<String, String> stored) {
    SortedSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(stored.keySet());
    // A manifest that names no product takes what is there, and it is sent again as it is.
    if (!wanted.containsKey("product")) {
      names.remove("product");
    }
    SortedMap<String, FromTo> differing = new TreeMap<>();
    for (String name : names) {
      String from = stored.getOrDefault(name, "");
      String to = wanted.getOrDefault(name, "");
      if (!from.equals(to)) {
        differing.put(name, new FromTo(from, to));
      }
    }
    return differing;
  }

  /**
   * Old names by new ones. A price that the manifest ties to a stored id goes first; then one that
   * vanished and one that appeared with equal content are one price.
   */
  private static SortedMap<String, String> renames(
      CatalogPlan desired, Content wanted, RemotePlan remote) {
    SortedMap<String, String> oldNames = new TreeMap<>();
    TreeSet<String> vanished = new TreeSet<>(remote.content().prices().keySet());
    vanished.removeAll(wanted.prices().keySet());
    vanished.retainAll(remote.priceIds().keySet());
    TreeSet<String> appeared = new TreeSet<>(wanted.prices().keySet());
    appeared.removeAll(remote.content().prices().keySet());
    for (CatalogPrice price : desired.prices()) {
      Optional<String> oldName =
          price.externalId().flatMap(id -> nameOf(remote, id)).filter(vanished::contains);
      if (oldName.isPresent() && appeared.remove(price.name())) {
        vanished.remove(oldName.get());
        oldNames.put(price.name(), oldName.get());
      }
    }
    for (String name : appeared) {
      vanished.stream()
          .filter(old -> equal(wanted.prices().get(name), remote.content().prices().get(old)))
          .findFirst()
          .ifPresent(
              old -> {
                vanished.remove(old);
                oldNames.put(name, old);
              });
    }
    return oldNames;
  }

  private static boolean equal(
      @Nullable SortedMap<String, String> a, @Nullable SortedMap<String, String> b) {
    return a != null && a.equals(b);
  }

  /** The name of the stored price with this id. */
  static Optional<String> nameOf(RemotePlan remote, String priceId) {
    return remote.priceIds().entrySet().stream()
        .filter(price -> price.getValue().equals(priceId))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
