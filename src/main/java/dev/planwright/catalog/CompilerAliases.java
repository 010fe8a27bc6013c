package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.AmountUnit;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The aliases of a BillingBackend that one plan uses: part of what the plan means there. */
public final class CompilerAliases {
  private CompilerAliases() {}

  /**
   * The aliases in use, to be added to the backend's meaning before hashing: an alias that no word
   * of the plan names may change without a call for this plan.
   *
   * @return {@code alias.<kind>.<word>} to the id, with the unit where it is not the default
   */
  public static Map<String, String> inUse(CatalogPlan plan, BillingBackendSpec backend) {
    BillingBackendSpec.Aliases aliases =
        Optional.ofNullable(backend.aliases()).orElse(BillingBackendSpec.Aliases.NONE);
    Map<String, String> used = new TreeMap<>();
    metrics(plan)
        .forEach(
            word -> {
              BillingBackendSpec.MetricAlias alias = aliases.metrics().get(word);
              if (alias != null) {
                String unit = alias.unit() == AmountUnit.MINOR ? " in minor units" : "";
                used.put("alias.metrics." + word, alias.id() + unit);
              }
            });
    features(plan)
        .forEach(
            word -> {
              BillingBackendSpec.Alias alias = aliases.features().get(word);
              if (alias != null) {
                used.put("alias.features." + word, alias.id());
              }
            });
    plan.product()
        .ifPresent(
            word -> {
              BillingBackendSpec.Alias alias = aliases.products().get(word);
              if (alias != null) {
                used.put("alias.products." + word, alias.id());
              }
            });
    return used;
  }

  private static Stream<String> metrics(CatalogPlan plan) {
    return plan.prices().stream().flatMap(price -> price.model().metricName().stream());
  }

  private static Stream<String> features(CatalogPlan plan) {
    Stream<String> overage =
        plan.prices().stream()
            .filter(price -> price.model() instanceof PriceModel.Overage)
            .map(price -> ((PriceModel.Overage) price.model()).feature());
    return Stream.concat(plan.entitlements().stream().map(Entitlement::feature), overage);
  }
}
