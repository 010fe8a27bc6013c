package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.Rule;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a Plan and its Prices must be together. Looks only at Prices that are valid alone. */
final class PlanPrices {
  private final CatalogPlan plan;
  private final Function<String, CompilerFields> fields;

  /**
   * @param plan the plan with the prices that are valid alone
   * @param fields where to report, by object
   */
  PlanPrices(CatalogPlan plan, Function<String, CompilerFields> fields) {
    this.plan = plan;
    this.fields = fields;
  }

  /**
   * Reports what does not go together.
   *
   * @param all how many Prices there are, valid or not
   * @param settled whether no Price is known to be missing: what only more Prices can mend is no
   *     mistake before
   */
  void check(int all, boolean settled) {
    if (all > Formats.PRICES) {
      fields
          .apply(plan.object())
          .report(
              Rule.PRICES_PER_PLAN,
              "metadata.name",
              plan.name(),
              "has " + all + " Prices",
              "keep at most " + Formats.PRICES + ", or split the Plan");
      return; // comparing thousands of prices with each other helps nobody
    }
    free(all);
    alternatives();
    for (CatalogPrice price : plan.prices()) {
      overage(price);
      trial(price);
      if (settled) {
        component(price);
      }
    }
  }

  private void free(int all) {
    if (plan.pricing() != CatalogPlan.Pricing.FREE) {
      return;
    }
    if (all > 1) {
      fields
          .apply(plan.object())
          .report(
              Rule.FREE_PRICE,
              "spec.pricing",
              "Free",
              "has " + all + " Prices",
              "keep at most one, flat and of \"0\", or set spec.pricing: Paid");
    }
    for (CatalogPrice price : plan.prices()) {
      if (!(price.model() instanceof PriceModel.Flat flat) || flat.amount().signum() != 0) {
        at(price)
            .report(
                Rule.FREE_PRICE,
                "spec." + price.model().field(),
                "",
                "is not flat and \"0\" while Plan " + plan.name() + " is Free",
                "use flat: {amount: \"0\"}, or set spec.pricing: Paid on the Plan");
      }
    }
  }

  /**
   * A price without countries is what the rest of the world pays: beside one for some countries a
   * subscriber always knows which is meant.
   */
  private void alternatives() {
    List<CatalogPrice> alternatives = plan.prices(CatalogPrice.Role.ALTERNATIVE).toList();
    for (CatalogPrice price : alternatives) {
      List<String> twins =
          alternatives.stream()
              .filter(other -> !other.name().equals(price.name()) && alike(price, other))
              .map(CatalogPrice::name)
              .toList();
      if (!twins.isEmpty()) {
        at(price)
            .report(
                Rule.ALTERNATIVES_DISTINCT,
                "spec.recurring",
                price.interval().map(Interval::toString).orElse(""),
                "is the same choice as Price "
                    + String.join(", ", twins)
                    + ": same interval, currency and countries",
                "keep one of them, or sell them as two Plans");
      }
    }
  }

  private static boolean alike(CatalogPrice a, CatalogPrice b) {
    boolean sameCountries =
        (a.countries().isEmpty() || b.countries().isEmpty())
            ? a.countries().equals(b.countries())
            : !Collections.disjoint(a.countries(), b.countries());
    return a.currency().equals(b.currency()) && a.interval().equals(b.interval()) && sameCountries;
  }

  private void overage(CatalogPrice price) {
    if (!(price.model() instanceof PriceModel.Overage overage)) {
      return;
    }
    boolean isSoft =
        plan.entitlements().stream()
            .filter(entitlement -> entitlement.feature().equals(overage.feature()))
            .anyMatch(
                entitlement ->
                    entitlement.grant() instanceof Entitlement.Limit limit && limit.soft());
    if (!isSoft) {
      at(price)
          .report(
              Rule.OVERAGE_NEEDS_SOFT_LIMIT,
              "spec.overage.feature",
              overage.feature(),
              "has no soft limit in Plan " + plan.name() + ": there is nothing to go beyond",
              "add {feature: "
                  + overage.feature()
                  + ", limit: ..., soft: true} to its entitlements");
    }
  }

  private void trial(CatalogPrice price) {
    if (plan.pricing() == CatalogPlan.Pricing.FREE && price.trialDays().orElse(0) > 0) {
      at(price)
          .report(
              Rule.TRIAL_NEEDS_PAID,
              "spec.trialDays",
              price.trialDays().orElse(0),
              "is set while Plan " + plan.name() + " is Free",
              "remove it: there is nothing to try before paying");
    }
  }

  /** Usage in a currency in which nobody can subscribe would be billed to nobody. */
  private void component(CatalogPrice price) {
    Set<String> currencies =
        plan.prices(CatalogPrice.Role.ALTERNATIVE)
            .map(CatalogPrice::currency)
            .collect(Collectors.toSet());
    if (price.role() == CatalogPrice.Role.COMPONENT
        && !currencies.isEmpty()
        && !currencies.contains(price.currency())) {
      at(price)
          .report(
              Rule.COMPONENT_HAS_ALTERNATIVE,
              "spec.currency",
              price.currency(),
              "is the currency of no flat recurring Price of Plan "
                  + plan.name()
                  + ": nobody would ever be billed",
              "use "
                  + String.join(" or ", currencies.stream().sorted().toList())
                  + ", or add a flat recurring Price in "
                  + price.currency());
    }
  }

  /** What is valid and looks like a slip. */
  List<String> warnings() {
    return plan.prices().stream()
        .filter(price -> price.model() instanceof PriceModel.Flat)
        .filter(price -> decimals(price) > Currencies.minorDigits(price.currency()))
        .map(
            price ->
                plan.object(price)
                    + " spec.flat.amount: has more decimals than "
                    + price.currency()
                    + " has coins; the backend may round or refuse it")
        .toList();
  }

  private static int decimals(CatalogPrice price) {
    BigDecimal amount = ((PriceModel.Flat) price.model()).amount();
    return amount.signum() == 0 ? 0 : amount.stripTrailingZeros().scale();
  }

  private CompilerFields at(CatalogPrice price) {
    return fields.apply(plan.object(price));
  }
}
