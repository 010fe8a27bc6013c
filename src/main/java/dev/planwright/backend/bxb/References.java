package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What plans refer to, read once for many plans: metrics, features, dimensions and taxes are made
 * by people and rarely change. A word that is not found has everything read again; nothing read is
 * believed for longer than a minute.
 */
final class References {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final BxbReader reader;
  private final BxbSettings settings;
  private final InstantSource clock;

  private final ReentrantLock lock = new ReentrantLock();
  private Cached<Map<String, Directory.Metric>> metrics = Cached.never(Map.of());
  private Cached<Map<String, Directory.Feature>> features = Cached.never(Map.of());
  private final Map<String, Cached<List<Directory.Dimension>>> dimensions = new HashMap<>();
  private final Map<String, Cached<Directory.TaxRate>> taxes = new HashMap<>();

  References(BxbReader reader, BxbSettings settings, InstantSource clock) {
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
  }

  private record Cached<T>(T value, Instant readAt) {
    static <T> Cached<T> never(T value) {
      return new Cached<>(value, Instant.MIN);
    }
  }

  /**
   * What a plan, as it is wanted and as it is there, refers to.
   *
   * @param dimensionsOfRemote whether the dimensions of the metrics that the remote plan charges
   *     for are needed too
   */
  Directory directory(
      Optional<CatalogPlan> desired, Optional<BxbPlan> remote, boolean dimensionsOfRemote) {
    lock.lock();
    try {
      Map<String, Directory.Metric> knownMetrics = Map.of();
      Map<String, Directory.Feature> knownFeatures = Map.of();
      List<String> metricWords =
          desired.stream()
              .flatMap(it -> it.prices().stream())
              .flatMap(it -> it.model().metricName().stream())
              .map(settings::metric)
              .toList();
      List<String> featureWords =
          desired.stream()
              .flatMap(it -> it.entitlements().stream())
              .map(it -> settings.feature(it.feature()))
              .toList();
      if (!metricWords.isEmpty() || remote.stream().anyMatch(it -> !it.charges().isEmpty())) {
        knownMetrics = metrics(metricWords);
      }
      if (!featureWords.isEmpty() || remote.stream().anyMatch(it -> !it.entitlements().isEmpty())) {
        knownFeatures = features(featureWords);
      }
      Directory found = new Directory(knownMetrics, knownFeatures, Map.of(), Map.of());
      Map<String, List<Directory.Dimension>> filters = new TreeMap<>();
      for (CatalogPrice price : desired.map(CatalogPlan::prices).orElse(List.of())) {
        if (price.model() instanceof PriceModel.PerUnit perUnit && !perUnit.filters().isEmpty()) {
          found
              .metric(settings.metric(perUnit.metric()))
              .ifPresent(metric -> filters.put(metric.id(), dimensions(metric, perUnit)));
        }
      }
      if (dimensionsOfRemote) {
        for (BxbPlan.Charge charge : remote.map(BxbPlan::charges).orElse(List.of())) {
          found
              .metric(charge.metricId())
              .filter(metric -> !filters.containsKey(metric.id()))
              .ifPresent(metric -> filters.put(metric.id(), dimensions(metric)));
        }
      }
      Map<String, Directory.TaxRate> rates = new TreeMap<>();
      desired
          .flatMap(CatalogPlan::tax)
          .map(CatalogPlan.Tax::code)
          .flatMap(this::tax)
          .ifPresent(it -> rates.put(it.code(), it));
      return new Directory(knownMetrics, knownFeatures, filters, rates);
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Directory.Metric> metrics(List<String> words) {
    if (isStale(metrics)
        || !words.stream()
            .allMatch(word -> Directory.ofMetrics(metrics.value()).metric(word).isPresent())) {
      Map<String, Directory.Metric> byId = new TreeMap<>();
      for (JsonNode node : reader.all("metrics.list", BxbCalls.METRICS)) {
        String id = BxbPlan.text(node, "id");
        byId.put(
            id,
            new Directory.Metric(
                id, BxbPlan.text(node, "code"), BxbPlan.text(node, "aggregation_type")));
      }
      metrics = new Cached<>(byId, clock.instant());
    }
    return metrics.value();
  }

  private Map<String, Directory.Feature> features(List<String> words) {
    if (isStale(features)
        || !words.stream()
            .allMatch(word -> Directory.ofFeatures(features.value()).feature(word).isPresent())) {
      Map<String, Directory.Feature> byId = new TreeMap<>();
      for (JsonNode node : reader.all("features.list", BxbCalls.FEATURES)) {
        String id = BxbPlan.text(node, "id");
        byId.put(
            id,
            new Directory.Feature(
                id, BxbPlan.text(node, "code"), BxbPlan.text(node, "feature_type")));
      }
      features = new Cached<>(byId, clock.instant());
    }
    return features.value();
  }

  private List<Directory.Dimension> dimensions(Directory.Metric metric, PriceModel.PerUnit price) {
    Cached<List<Directory.Dimension>> before = dimensions.get(metric.id());
    boolean complete =
        before != null
            && price.filters().stream()
                .allMatch(
                    filter ->
                        before.value().stream()
                            .anyMatch(
                                it ->
                                    it.key().equals(filter.key())
                                        && it.values().containsAll(filter.values())));
    if (!complete) {
      dimensions.remove(metric.id());
    }
    return dimensions(metric);
  }

  private List<Directory.Dimension> dimensions(Directory.Metric metric) {
    Cached<List<Directory.Dimension>> before = dimensions.get(metric.id());
    if (before != null && !isStale(before)) {
      return before.value();
    }
    List<Directory.Dimension> read =
        reader
            .listIfAny(BxbCalls.metricFilters(metric.code()), References::dimension)
            .orElse(List.of());
    dimensions.put(metric.id(), new Cached<>(read, clock.instant()));
    return read;
  }

  private static Directory.Dimension dimension(JsonNode node) {
    List<String> values = new ArrayList<>();
    node.path("values").forEach(it -> values.add(it.asText("")));
    return new Directory.Dimension(BxbPlan.text(node, "id"), BxbPlan.text(node, "key"), values);
  }

  private Optional<Directory.TaxRate> tax(String code) {
    Cached<Directory.TaxRate> before = taxes.get(code);
    if (before != null && !isStale(before)) {
      return Optional.of(before.value());
    }
    Optional<Directory.TaxRate> read =
        reader
            .readIfAny(BxbCalls.tax(code))
            .map(
                node ->
                    new Directory.TaxRate(
                        BxbPlan.text(node, "id"),
                        BxbPlan.text(node, "code"),
                        Canonical.decimal(node.path("rate")).orElse(BigDecimal.ZERO)));
    read.ifPresent(it -> taxes.put(code, new Cached<>(it, clock.instant())));
    return read;
  }

  private boolean isStale(Cached<?> cached) {
    return cached.readAt().equals(Instant.MIN)
        || cached.readAt().plus(FRESH).isBefore(clock.instant());
  }
}
