package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Our mark: entries of a plan's metadata. */
final class Mark {
  /** Every entry of ours begins with this; a manifest may not use it. */
  static final String PREFIX = "planwright_";

  static final String OWNER = PREFIX + "owner";
  static final String KEY = PREFIX + "key";
  static final String PLAN = PREFIX + "plan";

  /** Keys of rows and entitlements that came from manifests, and names of metadata that did. */
  static final String MADE = PREFIX + "made";

  static final String METADATA = PREFIX + "metadata";

  /** What was there when the plan was adopted and no manifest names, by the manifest's fields. */
  static final String KEPT = PREFIX + "kept";

  /** What a draft of ours is sealed with. */
  static final String SEAL = PREFIX + "draft";

  private Mark() {}

  static Optional<Identity> identity(Pack pack) {
    String owner = pack.metadata().getOrDefault(OWNER, "");
    String key = pack.metadata().getOrDefault(KEY, "");
    return owner.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new Identity(owner, key));
  }

  /** Who it is, for the comparison and for people. */
  static String shown(Map<String, String> metadata) {
    String owner = metadata.getOrDefault(OWNER, "");
    return owner.isEmpty()
        ? ""
        : owner
            + "/"
            + metadata.getOrDefault(KEY, "")
            + " for "
            + metadata.getOrDefault(PLAN, "nobody");
  }

  /** The entries that say whose it is. */
  static SortedMap<String, String> of(CatalogPlan plan) {
    TreeMap<String, String> mark = new TreeMap<>();
    mark.put(OWNER, plan.identity().ownerId());
    mark.put(KEY, plan.identity().key());
    mark.put(PLAN, plan.namespace() + "/" + plan.name());
    return mark;
  }

  /** The metadata of a draft of ours, as it is sent. */
  static ObjectNode sealed(SortedMap<String, String> entries, String seal) {
    ObjectNode node = StiggCalls.object();
    entries.forEach(node::put);
    return node.put(SEAL, seal);
  }

  /** Hashes of the keys of what came from manifests. */
  static Set<String> made(Pack pack) {
    return list(pack.metadata().getOrDefault(MADE, ""));
  }

  /** Metadata that came from the manifest. */
  static Set<String> named(Pack pack) {
    return list(pack.metadata().getOrDefault(METADATA, ""));
  }

  /** What was there when the plan was adopted, and stays. */
  static Set<String> kept(Pack pack) {
    return list(pack.metadata().getOrDefault(KEPT, ""));
  }

  static Set<String> list(String joined) {
    Set<String> all = new TreeSet<>(List.of(joined.split(",")));
    all.remove("");
    return all;
  }

  /** Metadata that is not of our own making, manifest or not. */
  static SortedMap<String, String> plain(Map<String, String> metadata) {
    TreeMap<String, String> plain = new TreeMap<>(metadata);
    plain.keySet().removeIf(it -> it.startsWith(PREFIX));
    return plain;
  }
}
