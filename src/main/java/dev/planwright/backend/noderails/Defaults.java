package dev.planwright.backend.noderails;

import dev.planwright.catalog.CatalogPlan;
import java.util.List;
import java.util.Optional;

/**
 * Which price is offered first. NodeRails lets several be the default at once (NodeRails: other
 * quirks): we see to it that only one is.
 *
 * @param name of the price that is the default; empty where nobody named one and none is
 * @param successorIsMade whether the price of that name is yet to be made
 * @param toUnset prices that are flagged and must not be
 */
record Defaults(Optional<String> name, boolean successorIsMade, List<RemotePlan.Price> toUnset) {

  /** The one that the manifest names. */
  static Optional<String> named(CatalogPlan desired) {
    return desired
        .defaultPrice()
        .filter(it -> desired.prices().stream().anyMatch(price -> price.name().equals(it)));
  }

  static Defaults of(CatalogPlan desired, RemotePlan remote, Matching matching, boolean migrate) {
    List<Wanted.Price> wanted = matching.wanted();
    Optional<String> named = named(desired);
    Optional<String> name =
        named.or(() -> flagged(wanted, matching)).or(() -> heir(wanted, remote, matching));
    Optional<RemotePlan.Price> target =
        name.flatMap(
            it ->
                wanted.stream()
                    .filter(price -> price.name().equals(it))
                    .findFirst()
                    .flatMap(price -> target(price, matching, migrate)));
    List<RemotePlan.Price> toUnset =
        remote.prices().stream()
            .filter(RemotePlan.Price::isDefault)
            .filter(it -> !target.equals(Optional.of(it)))
            // What somebody else made is only touched where the manifest names a default.
            .filter(it -> matching.name(it).isPresent() ? name.isPresent() : named.isPresent())
            .toList();
    return new Defaults(name, target.isEmpty(), toUnset);
  }

  /** The price that stays under the name; none where another one is about to be added. */
  private static Optional<RemotePlan.Price> target(
      Wanted.Price price, Matching matching, boolean migrate) {
    return matching
        .current(price)
        .or(() -> matching.dormant(price))
        .filter(
            it ->
                it.terms().equals(price.terms())
                    || (migrate && it.terms().isMovableTo(price.terms())));
  }

  /** Nobody named one: the flag stays with the name that has it, and moves to its newest price. */
  private static Optional<String> flagged(List<Wanted.Price> wanted, Matching matching) {
    return wanted.stream()
        .filter(it -> matching.current(it).filter(RemotePlan.Price::isDefault).isPresent())
        .map(Wanted.Price::name)
        .findFirst()
        .or(
            () ->
                wanted.stream()
                    .filter(
                        it ->
                            matching.superseded(it).stream().anyMatch(RemotePlan.Price::isDefault))
                    .map(Wanted.Price::name)
                    .findFirst());
  }

  /** The one that had it is no longer sold, and only one is left. */
  private static Optional<String> heir(
      List<Wanted.Price> wanted, RemotePlan remote, Matching matching) {
    boolean orphaned =
        remote.prices().stream().anyMatch(it -> it.isDefault() && matching.name(it).isPresent());
    return wanted.size() == 1 && orphaned
        ? Optional.of(wanted.getFirst().name())
        : Optional.empty();
  }
}
