package dev.planwright.backend.paygentic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people made and plans refer to, in one product: by id.
 *
 * @param productId the product that was looked into
 */
record Directory(String productId, Map<String, Metric> metrics, Map<String, Feature> features) {
  /** Where nothing is referred to. */
  static final Directory EMPTY = new Directory("", Map.of(), Map.of());

  /** A billable metric; its name need not be the only one of its kind. */
  record Metric(String id, String name, String aggregation) {}

  /**
   * A feature.
   *
   * @param key unique in its product
   * @param type {@code metered}, {@code static} or {@code boolean}
   */
  record Feature(String id, String key, String type) {}

  Directory {
    metrics = Map.copyOf(metrics);
    features = Map.copyOf(features);
  }

  /** The metrics that an id or a name stands for; several may bear one name. */
  List<Metric> metrics(String idOrName) {
    return Optional.ofNullable(metrics.get(idOrName))
        .map(List::of)
        .orElseGet(
            () ->
                metrics.values().stream()
                    .filter(it -> it.name().equals(idOrName))
                    .sorted((a, b) -> a.id().compareTo(b.id()))
                    .toList());
  }

  /** The feature that an id or a key stands for. */
  Optional<Feature> feature(String idOrKey) {
    return Optional.ofNullable(features.get(idOrKey))
        .or(() -> features.values().stream().filter(it -> it.key().equals(idOrKey)).findFirst());
  }

  /** The metric's name, for people; the id when it is not known. */
  String metricName(String id) {
    return Optional.ofNullable(metrics.get(id)).map(Metric::name).orElse(id);
  }

  /** The feature's key, for people; the id when it is not known. */
  String featureKey(String id) {
    return Optional.ofNullable(features.get(id)).map(Feature::key).orElse(id);
  }
}
