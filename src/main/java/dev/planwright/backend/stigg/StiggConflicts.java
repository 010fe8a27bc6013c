package dev.planwright.backend.stigg;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What only a read can tell: fields that never change, and features of another type. */
final class StiggConflicts {
  private final CatalogPlan plan;
  private final StiggWorld world;
  private final StiggSettings settings;
  private final List<Violation> all = new ArrayList<>();

  private StiggConflicts(CatalogPlan plan, StiggWorld world, StiggSettings settings) {
    this.plan = plan;
    this.world = world;
    this.settings = settings;
  }

  static List<Violation> of(CatalogPlan plan, StiggWorld world, StiggSettings settings) {
    StiggConflicts conflicts = new StiggConflicts(plan, world, settings);
    conflicts.product();
    plan.entitlements().forEach(conflicts::entitlement);
    plan.prices().forEach(conflicts::price);
    return List.copyOf(conflicts.all);
  }

  private void product() {
    Optional<String> there = world.remote().map(it -> it.pack().product());
    Optional<String> named = settings.named(plan);
    if (there.isPresent() && named.isPresent() && !there.equals(named)) {
      add(
          plan.object(),
          "spec.product",
          named.get(),
          "the plan was made under product " + there.get() + ", which Stigg never changes",
          "name that product, or make a new Plan under another key");
    }
    if (there.isEmpty() && world.archivedProduct()) {
      add(
          plan.object(),
          "spec.product",
          settings.product(plan).orElse(""),
          "the product is archived on Stigg",
          "unarchive it in Stigg's console, or name another");
    }
  }

  private void entitlement(Entitlement entitlement) {
    String id = settings.feature(entitlement.feature());
    String field = "spec.entitlements[" + entitlement.feature() + "]";
    StiggWorld.Feature feature = world.features().get(id);
    if (feature == null) {
      return;
    }
    suspended(plan.object(), field, feature);
    String type =
        switch (entitlement.grant()) {
          case Entitlement.Enabled enabled -> "BOOLEAN";
          case Entitlement.Limit limit -> "NUMBER";
          case Entitlement.Unlimited unlimited -> "NUMBER";
          case Entitlement.Value value -> "ENUM";
        };
    if (!feature.type().equals(type)) {
      add(
          plan.object(),
          field,
          id,
          "is a " + feature.type() + " feature on Stigg",
          "use "
              + switch (feature.type()) {
                case "BOOLEAN" -> "enabled";
                case "NUMBER" -> "limit or unlimited";
                case "ENUM" -> "value";
                default -> "another feature";
              });
    } else if (entitlement.grant() instanceof Entitlement.Value(String value)
        && !feature.values().contains(value)) {
      add(
          plan.object(),
          field + ".value",
          value,
          "is no value of the feature on Stigg",
          "use one of " + String.join(", ", feature.values()));
    } else if (entitlement.grant() instanceof Entitlement.Limit limit
        && limit.reset().isPresent()
        && feature.meter().equals("None")) {
      add(
          plan.object(),
          field + ".reset",
          limit.reset().get().name(),
          "nothing on Stigg counts the usage of this feature",
          "leave reset out, or give the feature a meter");
    }
  }

  private void price(CatalogPrice price) {
    String field = "spec." + price.model().field();
    Optional<String> metric = price.model().metricName().map(settings::metric);
    boolean overage = price.model() instanceof PriceModel.Overage;
    Optional<String> id =
        price.model() instanceof PriceModel.Overage(String feature, var amount)
            ? Optional.of(settings.feature(feature))
            : metric;
    StiggWorld.Feature feature = id.map(it -> world.features().get(it)).orElse(null);
    if (feature == null) {
      return;
    }
    suspended(plan.object(price), field, feature);
    boolean licensed =
        price.model() instanceof PriceModel.PerUnit perUnit
            && perUnit.usageType() == PriceModel.UsageType.LICENSED;
    if (!feature.type().equals("NUMBER")) {
      add(
          plan.object(price),
          field,
          feature.id(),
          "is a " + feature.type() + " feature on Stigg and counts nothing",
          "name a feature of type NUMBER");
    } else if (!licensed && !overage && feature.meter().equals("None")) {
      add(
          plan.object(price),
          field + ".metric",
          feature.id(),
          "nothing on Stigg counts the usage of this feature",
          "give the feature a meter, or use usageType: Licensed");
    }
  }

  private void suspended(String object, String field, StiggWorld.Feature feature) {
    if (feature.status().equals("SUSPENDED")) {
      add(
          object,
          field,
          feature.id(),
          "the feature is archived on Stigg",
          "unarchive it in Stigg's console");
    }
  }

  private void add(String object, String field, String value, String problem, String instead) {
    all.add(new Violation(object, field, value, problem, instead));
  }
}
