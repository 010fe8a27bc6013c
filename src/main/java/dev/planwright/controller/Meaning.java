package dev.planwright.controller;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountConfig.Alias;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of a BillingBackend that change what one plan means there: the provider's own, and
 * the aliases that the plan uses. An alias that it does not use must not make it read the backend.
 */
final class Meaning {
  private Meaning() {}

  static Map<String, String> of(OpenAccount open, CatalogPlan plan) {
    AccountConfig.Aliases aliases = open.config().aliases();
    Map<String, String> meaning = new TreeMap<>(open.account().provider().meaning());
    for (CatalogPrice price : plan.prices()) {
      price
          .model()
          .metricName()
          .ifPresent(word -> put(meaning, "metric", word, aliases.metric(word)));
      if (price.model() instanceof PriceModel.Overage overage) {
        put(meaning, "feature", overage.feature(), aliases.feature(overage.feature()));
      }
    }
    for (Entitlement entitlement : plan.entitlements()) {
      put(meaning, "feature", entitlement.feature(), aliases.feature(entitlement.feature()));
    }
    plan.product().ifPresent(word -> put(meaning, "product", word, aliases.product(word)));
    return meaning;
  }

  private static void put(
      Map<String, String> meaning, String kind, String word, Optional<Alias> alias) {
    alias.ifPresent(
        to ->
            meaning.put(
                "alias." + kind + "." + word, to.id() + (to.minorUnit() ? " (minor)" : "")));
  }
}
