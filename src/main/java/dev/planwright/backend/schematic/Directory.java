package dev.planwright.backend.schematic;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The features of the account.
 *
 * @param features by id
 */
record Directory(Map<String, Feature> features) {
  static final Directory EMPTY = new Directory(Map.of());

  Directory {
    features = Collections.unmodifiableMap(new TreeMap<>(features));
  }

  /**
   * A feature.
   *
   * @param keys of its flags
   * @param type {@code boolean}, {@code event}, {@code trait}, {@code license}, or a newer one
   */
  record Feature(String id, String name, List<String> keys, String type) {}

  /**
   * By its id, else the key of its flag, else its exact name; a name or key that several bear names
   * none of them.
   */
  Optional<Feature> feature(String word) {
    return Optional.ofNullable(features.get(word))
        .or(() -> only(features.values().stream().filter(it -> it.keys().contains(word)).toList()))
        .or(() -> only(features.values().stream().filter(it -> it.name().equals(word)).toList()));
  }

  private static Optional<Feature> only(List<Feature> found) {
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** The key of a feature, for people; the id when it is not known. */
  String word(String id) {
    Feature feature = features.get(id);
    return feature == null ? id : feature.keys().stream().findFirst().orElse(feature.name());
  }

  String type(String id) {
    Feature feature = features.get(id);
    return feature == null ? "" : feature.type();
  }
}
