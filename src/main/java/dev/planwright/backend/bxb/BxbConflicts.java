package dev.planwright.backend.bxb;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What only a look at the account shows to be impossible. */
final class BxbConflicts {
  private final CatalogPlan desired;
  private final BxbWorld world;
  private final BxbSettings settings;
  private final List<Violation> found = new ArrayList<>();

  private BxbConflicts(CatalogPlan desired, BxbWorld world, BxbSettings settings) {
    this.desired = desired;
    this.world = world;
    this.settings = settings;
  }

  static List<Violation> of(CatalogPlan desired, BxbWorld world, BxbSettings settings) {
    BxbConflicts conflicts = new BxbConflicts(desired, world, settings);
    world.plan().ifPresent(conflicts::immutable);
    desired.prices().forEach(conflicts::metric);
    desired.entitlements().forEach(conflicts::feature);
    conflicts.tax();
    return List.copyOf(conflicts.found);
  }

  /** Code and interval never change on bxb: a PUT with them answers 200 and drops them. */
  private void immutable(BxbPlan remote) {
    if (!remote.code().equals(desired.identity().key())) {
      add(
          desired.object(),
          "spec.key",
          desired.identity().key(),
          "plan " + remote.id() + " has the code \"" + remote.code() + "\", which never changes",
          "make a Plan with key: " + remote.code() + " to take it over");
    }
    Words.leading(desired)
        .ifPresent(
            price -> {
              String interval = price.interval().flatMap(Words::interval).orElse("");
              if (!interval.equals(remote.interval())) {
                add(
                    desired.object(price),
                    "spec.recurring",
                    interval,
                    "bxb's plan is " + remote.interval() + " and its interval never changes",
                    "make a new Plan with another key, and go back to " + remote.interval());
              }
              if (!price.currency().equals(remote.currency())) {
                add(
                    desired.object(price),
                    "spec.currency",
                    price.currency(),
                    "bxb's plan is sold in " + remote.currency() + ", which invoices refer to",
                    "make a new Plan with another key, and go back to " + remote.currency());
              }
            });
  }

  private void metric(CatalogPrice price) {
    boolean needsSum =
        price.model() instanceof PriceModel.Percentage
            || price.model() instanceof PriceModel.GraduatedPercentage;
    if (!needsSum) {
      return;
    }
    String word = price.model().metricName().orElse("");
    world
        .directory()
        .metric(settings.metric(word))
        .filter(it -> !it.aggregation().equals("sum"))
        .ifPresent(
            it ->
                add(
                    desired.object(price),
                    "spec." + price.model().field() + ".metric",
                    word,
                    "a rate needs a sum of money, and bxb's metric \""
                        + it.code()
                        + "\" aggregates "
                        + it.aggregation(),
                    "name a metric that aggregates sum"));
  }

  private void feature(Entitlement entitlement) {
    String needed = Words.featureType(entitlement.grant());
    world
        .directory()
        .feature(settings.feature(entitlement.feature()))
        .filter(it -> !it.type().equals(needed))
        .ifPresent(
            it ->
                add(
                    desired.object(),
                    "spec.entitlements[" + entitlement.feature() + "]",
                    Words.grant(entitlement.grant()).orElse(""),
                    "bxb's feature \"" + it.code() + "\" is of type " + it.type(),
                    switch (it.type()) {
                      case "boolean" -> "say enabled: true or false";
                      case "quantity" -> "say limit: and a number";
                      default -> "say value: and a text";
                    }));
  }

  private void tax() {
    desired
        .tax()
        .ifPresent(
            tax ->
                tax.rate()
                    .ifPresent(
                        rate ->
                            world
                                .directory()
                                .tax(tax.code())
                                .map(it -> Decimals.percent(it.rate()))
                                .filter(there -> !Decimals.same(there, rate))
                                .ifPresent(there -> taxRate(tax.code(), rate, there))));
  }

  private void taxRate(String code, BigDecimal rate, BigDecimal there) {
    add(
        desired.object(),
        "spec.tax.rate",
        Decimals.canonical(rate),
        "bxb's tax \"" + code + "\" has a rate of " + Decimals.canonical(there) + " percent",
        "name a tax with that rate, or change the tax in bxb");
  }

  private void add(String object, String field, String value, String problem, String instead) {
    found.add(new Violation(object, field, value, problem, instead));
  }
}
