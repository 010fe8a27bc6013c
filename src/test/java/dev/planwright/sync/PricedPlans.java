package dev.planwright.sync;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A plan with one monthly price, of which name and currency matter. */
final class PricedPlans {
  private PricedPlans() {}

  static CatalogPlan team(String price, String currency) {
    return new CatalogPlan(
        new Identity("shop-prod", "team"),
        "shop",
        "team",
        Optional.empty(),
        "Team",
        "",
        "",
        "",
        CatalogPlan.Type.PLAN,
        CatalogPlan.Pricing.PAID,
        CatalogPlan.Lifecycle.ACTIVE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(monthly(price, currency)));
  }

  private static CatalogPrice monthly(String name, String currency) {
    return new CatalogPrice(
        name,
        "uid-" + name,
        1,
        Optional.empty(),
        "",
        "",
        currency,
        new CatalogPrice.Recurring(new Interval(Interval.Unit.MONTH, 1)),
        CatalogPrice.Billing.IN_ADVANCE,
        new PriceModel.Flat(new BigDecimal("49"), Optional.empty()),
        List.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Map.of());
  }
}
