package dev.planwright.backend.http;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an existing plan makes impossible. */
final class Conflicts {
  private Conflicts() {}

  static List<Violation> of(CatalogPlan desired, RemotePlan remote) {
    List<Violation> violations = new ArrayList<>();
    String type = remote.content().fields().getOrDefault("type", "Plan");
    String wanted = WireWriter.word(desired.type());
    if (!type.equals(wanted)) {
      violations.add(
          new Violation(
              desired.object(),
              "spec.type",
              wanted,
              "the plan exists as " + type + ", which never changes",
              "set " + type + ", or use another key"));
    }
    for (CatalogPrice price : desired.prices()) {
      price.externalId().ifPresent(id -> price(desired, price, id, remote, violations));
    }
    return violations;
  }

  private static void price(
      CatalogPlan desired, CatalogPrice price, String id, RemotePlan remote, List<Violation> into) {
    String object = desired.object(price);
    Optional<String> stored = Comparison.nameOf(remote, id);
    if (stored.isEmpty()) {
      into.add(
          new Violation(
              object,
              "spec.externalId",
              id,
              "the plan on the server has no price with this id",
              "name one of " + remote.priceIds().values() + ", or leave it out"));
      return;
    }
    boolean nameTaken = remote.content().prices().containsKey(price.name());
    boolean wantedElsewhere =
        desired.prices().stream().anyMatch(other -> other.name().equals(stored.get()));
    if (!stored.get().equals(price.name()) && (nameTaken || wantedElsewhere)) {
      into.add(
          new Violation(
              object,
              "spec.externalId",
              id,
              "on the server this is the id of the price \"" + stored.get() + "\"",
              "rename the Price to that, or leave externalId out"));
    }
    SortedMap<String, String> fields =
        remote.content().prices().getOrDefault(stored.get(), new TreeMap<>());
    String model = fields.getOrDefault("model", "");
    if (!stored.get().equals(price.name()) && !model.equals(price.model().field())) {
      into.add(
          new Violation(
              object,
              "spec.externalId",
              id,
              "on the server this price is " + model + ", and a price keeps its model",
              "use " + model + ", or leave externalId out"));
    }
  }
}
