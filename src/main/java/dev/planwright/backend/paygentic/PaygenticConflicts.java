package dev.planwright.backend.paygentic;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What only a look at the account shows to be impossible. */
final class PaygenticConflicts {
  private static final String SUM = "SUM";

  private final CatalogPlan plan;
  private final PaygenticWorld world;
  private final PaygenticSettings settings;
  private final List<Violation> violations = new ArrayList<>();

  private PaygenticConflicts(CatalogPlan plan, PaygenticWorld world, PaygenticSettings settings) {
    this.plan = plan;
    this.world = world;
    this.settings = settings;
  }

  static List<Violation> of(CatalogPlan plan, PaygenticWorld world, PaygenticSettings settings) {
    PaygenticConflicts conflicts = new PaygenticConflicts(plan, world, settings);
    world.plan().ifPresent(conflicts::immutable);
    plan.prices().forEach(conflicts::aggregation);
    conflicts.chargedTwice();
    plan.entitlements().forEach(conflicts::featureType);
    return List.copyOf(conflicts.violations);
  }

  private void immutable(RemotePlan remote) {
    Words.leading(plan)
        .ifPresent(
            leading -> {
              if (!leading.currency().equals(remote.currency())) {
                violations.add(
                    new Violation(
                        plan.object(leading),
                        "spec.currency",
                        leading.currency(),
                        "plan " + remote.id() + " has " + remote.currency() + " for ever",
                        "make a new Plan with another key"));
              }
              String cadence = leading.interval().flatMap(Words::cadence).orElse("");
              if (!cadence.equals(remote.cadence())) {
                violations.add(
                    new Violation(
                        plan.object(leading),
                        "spec.recurring",
                        leading.interval().map(Interval::toString).orElse(""),
                        "plan "
                            + remote.id()
                            + " is billed every "
                            + Words.shownCadence(remote.cadence())
                            + ", and what another interval does to its subscribers is documented"
                            + " nowhere",
                        "make a new Plan with another key"));
              }
            });
    settings
        .named(plan)
        .filter(it -> !it.equals(remote.productId()))
        .ifPresent(
            it ->
                violations.add(
                    new Violation(
                        plan.object(),
                        "spec.product",
                        it,
                        "plan " + remote.id() + " is of " + remote.productId() + " for ever",
                        "put that product back, or make a new Plan with another key")));
    if (remote.billingVersion() == 0
        && plan.entitlements().stream().anyMatch(it -> it.grant() instanceof Entitlement.Limit)) {
      violations.add(
          new Violation(
              plan.object(),
              "spec.entitlements",
              "",
              "plan " + remote.id() + " has billing version 0, which knows no metered features",
              "make a new Plan with another key"));
    }
  }

  private void aggregation(CatalogPrice price) {
    if (!(price.model() instanceof PriceModel.Percentage percentage)) {
      return;
    }
    for (Directory.Metric metric :
        world.directory().metrics(settings.metric(percentage.metric()))) {
      if (!metric.aggregation().equals(SUM)) {
        violations.add(
            new Violation(
                plan.object(price),
                "spec.percentage.metric",
                percentage.metric(),
                "metric " + metric.id() + " is a " + metric.aggregation() + " and no sum of money",
                "name a metric whose aggregation is SUM"));
      }
    }
  }

  /** One by its id and one by its name: whether that is billed is documented in two ways. */
  private void chargedTwice() {
    Map<String, String> charged = new HashMap<>();
    for (CatalogPrice price : plan.prices()) {
      for (Directory.Metric metric :
          price.model().metricName().stream()
              .flatMap(it -> world.directory().metrics(settings.metric(it)).stream())
              .toList()) {
        String other = charged.putIfAbsent(metric.id(), price.name());
        if (other != null) {
          violations.add(
              new Violation(
                  plan.object(price),
                  "spec." + price.model().field() + ".metric",
                  metric.id(),
                  "\"" + other + "\" charges this metric already, and a plan charges it once",
                  "make one price of the two, or name another metric"));
        }
      }
    }
  }

  private void featureType(Entitlement entitlement) {
    world
        .directory()
        .feature(settings.feature(entitlement.feature()))
        .filter(it -> !it.type().equals(Template.featureType(entitlement.grant())))
        .ifPresent(
            it ->
                violations.add(
                    new Violation(
                        plan.object(),
                        "spec.entitlements[" + entitlement.feature() + "]",
                        Template.featureType(entitlement.grant()),
                        "feature " + it.id() + " is " + it.type(),
                        "grant it as such, or name another feature")));
  }
}
