package dev.planwright.testing;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans of which only key and text matter. */
public final class SmallPlans {
  public static final Policies POLICIES =
      new Policies(
          Policies.ExistingSubscribers.KEEP,
          Policies.Management.MANAGE,
          Policies.Adoption.NEVER,
          Policies.Deletion.RETAIN,
          Policies.DriftPolicy.REPORT);

  private SmallPlans() {}

  public static CatalogPlan plan(String owner, String key, String text) {
    return plan(owner, key, text, "");
  }

  /** One that names an object to take over; {@code ""} for none. */
  public static CatalogPlan plan(String owner, String key, String text, String externalId) {
    return new CatalogPlan(
        new Identity(owner, key),
        "shop",
        key,
        Optional.of(externalId).filter(id -> !id.isEmpty()),
        text,
        "",
        "",
        "",
        CatalogPlan.Type.PLAN,
        CatalogPlan.Pricing.FREE,
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
        List.of());
  }
}
