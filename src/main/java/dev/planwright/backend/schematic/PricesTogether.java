package dev.planwright.backend.schematic;

import dev.planwright.backend.PriceFindings;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What Schematic cannot say of a price beside the others of its plan. */
record PricesTogether(
    CatalogPlan plan, SchematicSettings settings, CatalogPrice price, PriceFindings found) {
  /** Two prices that would be written to one field. */
  void inOneField(Map<String, String> slots) {
    if (Cadence.of(price).isEmpty()) {
      return;
    }
    String feature =
        switch (price.role()) {
          case COMPONENT -> feature(price);
          case ALTERNATIVE, ONE_TIME -> "";
        };
    String slot = feature + "/" + Wanted.key(price);
    String other = slots.putIfAbsent(slot, price.name());
    if (other != null) {
      found.refuse(
          "spec." + price.model().field(),
          Wanted.key(price),
          "DuplicatePrice: \""
              + other
              + "\" has the same currency and interval"
              + (feature.isEmpty() ? "" : " for the same feature"),
          "keep one of them, or sell them as two Plans");
    }
  }

  /** One entitlement has one way of pricing, whatever the currency. */
  void pricedAlike() {
    if (Wanted.behavior(price).isEmpty()) {
      return; // refused before
    }
    siblings().stream()
        .filter(it -> !mode(it).equals(mode(price)) && it.name().compareTo(price.name()) < 0)
        .findFirst()
        .ifPresent(
            it ->
                found.refuse(
                    "spec." + price.model().field(),
                    Wanted.word(price.model()),
                    "a feature has one entitlement in Schematic, priced in one way, and \""
                        + it.name()
                        + "\" is "
                        + it.model().field(),
                    "price the feature in one way, or make a feature for each"));
  }

  private static String mode(CatalogPrice price) {
    return Wanted.behavior(price) + "/" + price.model().field();
  }

  private List<CatalogPrice> siblings() {
    return plan.prices(Role.COMPONENT).filter(it -> feature(it).equals(feature(price))).toList();
  }

  private String feature(CatalogPrice other) {
    return other.model() instanceof PriceModel.Overage overage
        ? settings.feature(overage.feature())
        : settings.metric(Wanted.word(other.model()));
  }

  /**
   * Schematic bills usage at the price of the currency and interval that somebody subscribes in,
   * and not at all where there is none: so they have to be the same for all prices of the plan.
   */
  void pricedWhereverSold() {
    Set<String> sold = keys(plan.prices(Role.ALTERNATIVE).toList());
    if (sold.isEmpty()) {
      sold = keys(plan.prices(Role.COMPONENT).toList());
    }
    Set<String> priced = keys(siblings());
    Set<String> lacking = new TreeSet<>(sold);
    lacking.removeAll(priced);
    Set<String> surplus = new TreeSet<>(priced);
    surplus.removeAll(sold);
    if (!lacking.isEmpty() || !surplus.isEmpty()) {
      found.refuse(
          "spec.recurring",
          price.interval().map(Interval::toString).orElse(""),
          "Schematic bills usage in the currency and interval of the subscription: "
              + (lacking.isEmpty()
                  ? "nobody subscribes in " + String.join(", ", surplus)
                  : "who subscribes in "
                      + String.join(", ", lacking)
                      + " would pay nothing for it"),
          "give the usage price every currency of the Plan, and all prices of the Plan one"
              + " interval");
    } else if (isMixed(sold)) {
      found.refuse(
          "spec.recurring",
          price.interval().map(Interval::toString).orElse(""),
          "usage is billed with the subscription, so those who pay by the year would pay for usage"
              + " at another time than those who pay by the month",
          "make one Plan for each interval");
    }
  }

  /** Several intervals in one currency. */
  private static boolean isMixed(Set<String> keys) {
    return keys.stream().map(it -> it.substring(0, 3)).distinct().count() < keys.size();
  }

  private static Set<String> keys(List<CatalogPrice> prices) {
    return prices.stream()
        .filter(it -> Cadence.of(it).isPresent())
        .map(Wanted::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
