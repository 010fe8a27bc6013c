package dev.planwright.backend.bxb;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What plans refer to on the account.
 *
 * @param metrics by id
 * @param features by id
 * @param filters the dimensions of those metrics for which they were read, by metric id
 * @param taxes those that were looked up and exist, by code
 */
record Directory(
    Map<String, Metric> metrics,
    Map<String, Feature> features,
    Map<String, List<Dimension>> filters,
    Map<String, TaxRate> taxes) {
  static final Directory EMPTY = new Directory(Map.of(), Map.of(), Map.of(), Map.of());

  Directory {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    features = Collections.unmodifiableMap(new TreeMap<>(features));
    filters = Collections.unmodifiableMap(new TreeMap<>(filters));
    taxes = Collections.unmodifiableMap(new TreeMap<>(taxes));
  }

  static Directory ofMetrics(Map<String, Metric> metrics) {
    return new Directory(metrics, Map.of(), Map.of(), Map.of());
  }

  static Directory ofFeatures(Map<String, Feature> features) {
    return new Directory(Map.of(), features, Map.of(), Map.of());
  }

  /**
   * A metric.
   *
   * @param aggregation {@code sum}, {@code count}, ...
   */
  record Metric(String id, String code, String aggregation) {}

  /**
   * A feature.
   *
   * @param type {@code boolean}, {@code quantity} or {@code custom}
   */
  record Feature(String id, String code, String type) {}

  /** A dimension of a metric, with the values that a charge may name. */
  record Dimension(String id, String key, List<String> values) {
    Dimension {
      values = values.stream().sorted().toList();
    }
  }

  /**
   * A tax.
   *
   * @param rate as a fraction
   */
  record TaxRate(String id, String code, BigDecimal rate) {}

  /** By its id or its code. */
  Optional<Metric> metric(String idOrCode) {
    return Optional.ofNullable(metrics.get(idOrCode))
        .or(() -> metrics.values().stream().filter(it -> it.code().equals(idOrCode)).findFirst());
  }

  /** By its id or its code. */
  Optional<Feature> feature(String idOrCode) {
    return Optional.ofNullable(features.get(idOrCode))
        .or(() -> features.values().stream().filter(it -> it.code().equals(idOrCode)).findFirst());
  }

  Optional<Dimension> dimension(String metricId, String key) {
    return filters.getOrDefault(metricId, List.of()).stream()
        .filter(it -> it.key().equals(key))
        .findFirst();
  }

  Optional<TaxRate> tax(String code) {
    return Optional.ofNullable(taxes.get(code));
  }

  /** The metric's code, for people; the id when it is not known. */
  String metricName(String id) {
    Metric metric = metrics.get(id);
    return metric == null ? id : metric.code();
  }

  /** The feature's code, for people; the id when it is not known. */
  String featureName(String id) {
    Feature feature = features.get(id);
    return feature == null ? id : feature.code();
  }
}
