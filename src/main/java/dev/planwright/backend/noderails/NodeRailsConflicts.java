package dev.planwright.backend.noderails;

import dev.planwright.backend.Observation.Ownership;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What only a look at the account shows to be impossible. */
final class NodeRailsConflicts {
  private final CatalogPlan desired;
  private final List<Violation> found = new ArrayList<>();

  private NodeRailsConflicts(CatalogPlan desired) {
    this.desired = desired;
  }

  static List<Violation> of(CatalogPlan desired, NodeRailsWorld world) {
    NodeRailsConflicts conflicts = new NodeRailsConflicts(desired);
    world.plan().ifPresent(it -> conflicts.immutable(it, world.ownership()));
    conflicts.tax(world);
    return List.copyOf(conflicts.found);
  }

  private void immutable(RemotePlan remote, Ownership ownership) {
    String type = Wanted.planType(desired);
    if (!desired.prices().isEmpty() && !remote.planType().equals(type)) {
      add(
          desired.object(),
          "spec.type",
          type,
          "plan "
              + remote.id()
              + " is of NodeRails' type "
              + remote.planType()
              + ", which never"
              + " changes",
          "make a new Plan with another key for "
              + (type.equals(Wanted.ONE_TIME) ? "one-time prices" : "recurring prices"));
    }
    if (desired.imageUrl().isEmpty()
        && !remote.imageUrl().isEmpty()
        && !PlanTexts.wasThere(ownership, remote, PlanMark.IMAGE)) {
      add(
          desired.object(),
          "spec.imageUrl",
          "",
          "NodeRails cannot take an image away from a plan, and it has " + remote.imageUrl(),
          "name another image, or that one");
    }
    for (CatalogPrice price : desired.prices()) {
      price.externalId().ifPresent(it -> priceId(remote, price, it));
    }
  }

  private void priceId(RemotePlan remote, CatalogPrice price, String id) {
    Optional<RemotePlan.Price> there = remote.price(id);
    boolean anothers =
        there
            .flatMap(RemotePlan.Price::mark)
            .filter(it -> !it.identity().equals(desired.identity()))
            .isPresent();
    if (there.isEmpty() || anothers) {
      add(
          desired.object(price),
          "spec.externalId",
          id,
          there.isEmpty()
              ? "plan " + remote.id() + " has no price with this id"
              : "the price bears the mark of another plan",
          "correct it, or leave it out to have the price made");
    }
  }

  private void tax(NodeRailsWorld world) {
    String linked = world.plan().map(RemotePlan::taxRateId).orElse("");
    desired
        .tax()
        .map(it -> world.taxRates().choose(it, linked))
        .ifPresent(
            it -> {
              switch (it) {
                case TaxRates.Choice.Several(List<String> ids) ->
                    add(
                        desired.object(),
                        "spec.tax",
                        desired.tax().map(TaxRates::words).orElse(""),
                        "several tax rates on NodeRails are like that: " + String.join(", ", ids),
                        "write the id of one as spec.tax.code");
                case TaxRates.Choice.One one -> {}
                case TaxRates.Choice.Missing missing -> {} // said as DependencyMissing
              }
            });
  }

  private void add(String object, String field, String value, String problem, String instead) {
    found.add(new Violation(object, field, value, problem, instead));
  }
}
