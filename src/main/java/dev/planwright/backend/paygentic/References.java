package dev.planwright.backend.paygentic;

import dev.planwright.catalog.CatalogPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What plans refer to, read once for many plans: products, metrics and features are made by people
 * and rarely change. A word that is not found has its list read again; nothing read is believed for
 * longer than a minute.
 */
final class References {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final PaygenticReader reader;
  private final PaygenticSettings settings;
  private final InstantSource clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Cached<Map<String, Directory.Metric>>> metrics = new HashMap<>();
  private final Map<String, Cached<Map<String, Directory.Feature>>> features = new HashMap<>();
  private final Map<String, Instant> products = new HashMap<>();

  References(PaygenticReader reader, PaygenticSettings settings, InstantSource clock) {
    this.reader = reader;
    this.settings = settings;
    this.clock = clock;
  }

  private record Cached<T>(T value, Instant readAt) {}

  /** Whether the merchant has the product. */
  boolean hasProduct(String id) {
    lock.lock();
    try {
      Instant seen = products.getOrDefault(id, Instant.MIN);
      if (!isStale(seen)) {
        return true;
      }
      boolean there =
          PaygenticSettings.isProduct(id)
              && reader
                  .readIfAny(PaygenticCalls.product(id))
                  .filter(it -> Wire.text(it, "merchantId").equals(settings.merchantId()))
                  .isPresent();
      if (there) {
        products.put(id, clock.instant());
      }
      return there;
    } finally {
      lock.unlock();
    }
  }

  /** What a plan of that product, as it is wanted and as it is there, refers to. */
  Directory directory(String product, Optional<CatalogPlan> desired, Optional<RemotePlan> remote) {
    if (product.isEmpty()) {
      return Directory.EMPTY;
    }
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
    List<RemotePrice> prices = remote.map(RemotePlan::prices).orElse(List.of());
    lock.lock();
    try {
      Map<String, Directory.Metric> knownMetrics = Map.of();
      Map<String, Directory.Feature> knownFeatures = Map.of();
      if (!metricWords.isEmpty() || prices.stream().anyMatch(it -> !it.isOfFee())) {
        knownMetrics = metrics(product, metricWords);
      }
      if (!featureWords.isEmpty() || prices.stream().anyMatch(it -> !it.features().isEmpty())) {
        knownFeatures = features(product, featureWords);
      }
      return new Directory(product, knownMetrics, knownFeatures);
    } finally {
      lock.unlock();
    }
  }

  /** All that plans of that product can refer to. */
  Directory directory(String product) {
    if (product.isEmpty()) {
      return Directory.EMPTY;
    }
    lock.lock();
    try {
      return new Directory(product, metrics(product, List.of()), features(product, List.of()));
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Directory.Metric> metrics(String product, List<String> words) {
    Cached<Map<String, Directory.Metric>> known = metrics.get(product);
    if (known == null
        || isStale(known.readAt())
        || !all(words, new Directory(product, known.value(), Map.of())::metrics)) {
      known =
          new Cached<>(
              reader
                  .all(
                      "metrics.list",
                      PaygenticCalls.metrics(settings.merchantId(), product),
                      it ->
                          new Directory.Metric(
                              Wire.required(it, "id"),
                              Wire.text(it, "name"),
                              Wire.text(it, "aggregation")))
                  .stream()
                  .collect(Collectors.toMap(Directory.Metric::id, it -> it)),
              clock.instant());
      metrics.put(product, known);
    }
    return known.value();
  }

  private Map<String, Directory.Feature> features(String product, List<String> words) {
    Cached<Map<String, Directory.Feature>> known = features.get(product);
    if (known == null || isStale(known.readAt()) || !all(words, found(product, known.value()))) {
      known =
          new Cached<>(
              reader
                  .all(
                      "features.list",
                      PaygenticCalls.features(product),
                      it ->
                          new Directory.Feature(
                              Wire.required(it, "id"), Wire.text(it, "key"), Wire.text(it, "type")))
                  .stream()
                  .collect(Collectors.toMap(Directory.Feature::id, it -> it)),
              clock.instant());
      features.put(product, known);
    }
    return known.value();
  }

  private static Function<String, List<Directory.Feature>> found(
      String product, Map<String, Directory.Feature> features) {
    Directory known = new Directory(product, Map.of(), features);
    return word -> known.feature(word).stream().toList();
  }

  private static boolean all(List<String> words, Function<String, ? extends List<?>> found) {
    return words.stream().noneMatch(word -> found.apply(word).isEmpty());
  }

  private boolean isStale(Instant readAt) {
    return readAt
        .plus(readAt.equals(Instant.MIN) ? Duration.ZERO : FRESH)
        .isBefore(clock.instant());
  }
}
