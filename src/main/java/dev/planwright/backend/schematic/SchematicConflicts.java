package dev.planwright.backend.schematic;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the account makes impossible: features of another type, and a plan that is an add-on. */
final class SchematicConflicts {
  private static final String EVENT = "event";
  private static final String TRAIT = "trait";
  private static final String LICENSE = "license";

  private final CatalogPlan desired;
  private final List<Violation> violations = new ArrayList<>();

  private SchematicConflicts(CatalogPlan desired) {
    this.desired = desired;
  }

  static List<Violation> of(CatalogPlan desired, SchematicWorld world, SchematicSettings settings) {
    if (!Wanted.isSellable(desired)) {
      return List.of();
    }
    SchematicConflicts conflicts = new SchematicConflicts(desired);
    Wanted wanted = Wanted.of(desired, settings, world.directory());
    world
        .plan()
        .filter(it -> !it.type().equals(wanted.type()))
        .ifPresent(
            it ->
                conflicts.add(
                    desired.object(),
                    "spec.type",
                    desired.type().name(),
                    "ImmutableField: plan " + it.id() + " of Schematic is a " + it.type(),
                    "put the old type back, or make a new Plan"));
    wanted.wants().forEach((id, want) -> conflicts.feature(want, world.directory().type(id)));
    return List.copyOf(conflicts.violations);
  }

  private void feature(Wanted.Want want, String type) {
    if (want.words().size() > 1) {
      add(
          desired.object(),
          "spec.entitlements",
          String.join(", ", want.words()),
          "these words mean one feature of Schematic, which has one entitlement",
          "use one word, or mend the aliases of the BillingBackend");
    }
    want.entitlement().ifPresent(it -> entitlement(it, type));
    want.components().forEach(it -> component(it, want, type));
  }

  private void entitlement(Entitlement entitlement, String type) {
    String field = "spec.entitlements[" + entitlement.feature() + "]";
    Set<String> possible =
        switch (entitlement.grant()) {
          case Entitlement.Enabled enabled -> Set.of("boolean");
          case Entitlement.Limit limit -> Set.of(EVENT, TRAIT);
          case Entitlement.Unlimited unlimited -> Set.of(EVENT, TRAIT);
          case Entitlement.Value value -> Set.of();
        };
    if (!possible.contains(type)) {
      wrongType(desired.object(), field, entitlement.feature(), type, possible);
    }
    boolean resets =
        entitlement.grant() instanceof Entitlement.Limit limit && limit.reset().isPresent();
    if (resets && type.equals(TRAIT)) {
      add(
          desired.object(),
          field + ".reset",
          entitlement.feature(),
          "a feature of type trait is a number that is set, not counted: it never starts anew",
          "leave reset out, or use a feature of type event");
    }
  }

  private void component(CatalogPrice price, Wanted.Want want, String type) {
    String field = "spec." + price.model().field();
    Set<String> possible =
        price.model() instanceof PriceModel.PerUnit perUnit
                && perUnit.usageType() == PriceModel.UsageType.LICENSED
            ? Set.of(LICENSE, TRAIT, EVENT)
            : Set.of(EVENT, TRAIT);
    if (!possible.contains(type)) {
      wrongType(desired.object(price), field, want.word(), type, possible);
    }
    boolean everlasting =
        price.model() instanceof PriceModel.Overage
            && type.equals(EVENT)
            && want.entitlement()
                .map(it -> it.grant() instanceof Entitlement.Limit limit && limit.reset().isEmpty())
                .orElse(false);
    if (everlasting) {
      add(
          desired.object(price),
          field,
          want.word(),
          "the soft limit of an event feature without reset counts from the beginning of time, and"
              + " overage is billed by the period",
          "add reset: Month to the entitlement");
    }
  }

  private void wrongType(
      String object, String field, String word, String type, Set<String> possible) {
    add(
        object,
        field,
        word,
        "is a feature of type " + (type.isEmpty() ? "unknown" : type) + " in Schematic",
        "use one of type " + String.join(" or ", possible.stream().sorted().toList()));
  }

  private void add(String object, String field, String value, String problem, String instead) {
    violations.add(new Violation(object, field, value, problem, instead));
  }
}
