package dev.planwright.backend.http;

import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.http.References.Names;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which metrics, features and products a plan names, and which of them the account lacks. */
final class ReferenceLookup {
  private record Named(MissingReference reference, ReferenceCache.Kind kind) {}

  private final List<Named> named;
  private final References references;

  ReferenceLookup(Words words, ReferenceCache cache, Optional<CatalogPlan> desired) {
    this.named = desired.map(plan -> named(plan, words)).orElse(List.of());
    this.references =
        new References(
            cache.names(ReferenceCache.Kind.METRICS, wanted(ReferenceCache.Kind.METRICS)),
            cache.names(ReferenceCache.Kind.FEATURES, wanted(ReferenceCache.Kind.FEATURES)),
            cache.names(ReferenceCache.Kind.PRODUCTS, wanted(ReferenceCache.Kind.PRODUCTS)));
  }

  /** Everything that the account has. */
  static References all(ReferenceCache cache) {
    return new References(
        cache.all(ReferenceCache.Kind.METRICS),
        cache.all(ReferenceCache.Kind.FEATURES),
        cache.all(ReferenceCache.Kind.PRODUCTS));
  }

  References references() {
    return references;
  }

  List<MissingReference> missing() {
    return named.stream()
        .filter(one -> !names(one.kind()).has(one.reference().lookedFor()))
        .map(Named::reference)
        .toList();
  }

  private Names names(ReferenceCache.Kind kind) {
    return switch (kind) {
      case METRICS -> references.metrics();
      case FEATURES -> references.features();
      case PRODUCTS -> references.products();
    };
  }

  private Set<String> wanted(ReferenceCache.Kind kind) {
    return named.stream()
        .filter(one -> one.kind() == kind)
        .map(one -> one.reference().lookedFor())
        .collect(Collectors.toSet());
  }

  private static List<Named> named(CatalogPlan plan, Words words) {
    List<Named> all = new ArrayList<>();
    plan.product()
        .ifPresent(
            word ->
                all.add(
                    new Named(
                        new MissingReference("product", word, words.product(word), "spec.product"),
                        ReferenceCache.Kind.PRODUCTS)));
    for (Entitlement entitlement : plan.entitlements()) {
      String word = entitlement.feature();
      all.add(feature(word, words, "spec.entitlements[" + word + "]"));
    }
    for (CatalogPrice price : plan.prices()) {
      String field = "prices." + price.name() + "." + price.model().field();
      if (price.model() instanceof PriceModel.Overage overage) {
        all.add(feature(overage.feature(), words, field + ".feature"));
      }
      price
          .model()
          .metricName()
          .ifPresent(
              word ->
                  all.add(
                      new Named(
                          new MissingReference(
                              "metric", word, words.metric(word), field + ".metric"),
                          ReferenceCache.Kind.METRICS)));
    }
    return all;
  }

  private static Named feature(String word, Words words, String field) {
    return new Named(
        new MissingReference("feature", word, words.feature(word), field),
        ReferenceCache.Kind.FEATURES);
  }
}
