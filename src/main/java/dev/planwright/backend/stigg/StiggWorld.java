package dev.planwright.backend.stigg;

import dev.planwright.backend.Handles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is there.
 *
 * @param remote the plan; empty when there is none
 * @param children plans that inherit from this one, where that was asked
 * @param features those that the manifest names, by id
 * @param archivedProduct whether the product is archived on Stigg
 */
record StiggWorld(
    boolean addon,
    Optional<Remote> remote,
    List<String> children,
    SortedMap<String, Feature> features,
    boolean archivedProduct,
    Handles handles) {

  StiggWorld {
    children = List.copyOf(children);
    features = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(features));
  }

  /** In what state the plan is. */
  enum State {
    /** Published, and no draft is open. */
    PUBLISHED,
    /** A draft of ours that was never published. */
    NEVER_PUBLISHED,
    /** A draft that we have just opened: a copy of what is published. */
    OPENED,
    /** A draft of ours with prices in it. */
    SEALED,
    ARCHIVED
  }

  /**
   * The plan, in the version that counts for the next step.
   *
   * @param rows prices, as far as they can be read in that version
   */
  record Remote(Pack pack, State state, List<Row> rows, List<Grant> grants) {
    Remote {
      rows = List.copyOf(rows);
      grants = List.copyOf(grants);
    }

    /** Everything that a pending step could depend on; no ids of rows, no times. */
    String fingerprint() {
      StringBuilder all = new StringBuilder();
      for (String text :
          List.of(
              pack.id(),
              pack.displayName(),
              pack.description(),
              pack.product(),
              pack.pricing(),
              pack.parent(),
              pack.terms().map(Pack.Terms::content).orElse(""),
              pack.metadata().toString())) {
        all.append(text.length()).append(':').append(text).append('\n');
      }
      rows.stream().map(Row::content).sorted().forEach(it -> all.append(it).append('\n'));
      grants.stream().map(Grant::content).sorted().forEach(it -> all.append(it).append('\n'));
      return Hash.of(all.toString(), 32);
    }
  }

  /**
   * A feature.
   *
   * @param type {@code BOOLEAN}, {@code NUMBER} or {@code ENUM}
   * @param meter {@code None} where nothing counts it
   * @param status {@code SUSPENDED} when it is archived
   * @param values what an enum feature can be
   */
  record Feature(String id, String type, String meter, String status, List<String> values) {
    Feature {
      values = List.copyOf(values);
    }
  }

  /** Entitlements that other plans inherit touch whoever subscribes to those. */
  Set<StiggStep> touched(Set<StiggStep> parts) {
    Set<StiggStep> all = EnumSet.noneOf(StiggStep.class);
    all.addAll(parts);
    if (parts.contains(StiggStep.CHANGE_ENTITLEMENTS) && !children.isEmpty()) {
      all.add(StiggStep.CHANGE_INHERITED);
    }
    return all;
  }

  static StiggWorld without(boolean addon, Handles handles) {
    return new StiggWorld(
        addon, Optional.empty(), List.of(), new TreeMap<>(Map.of()), false, handles);
  }
}
