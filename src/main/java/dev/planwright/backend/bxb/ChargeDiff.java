package dev.planwright.backend.bxb;

import dev.planwright.backend.FieldChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The charges wanted against those that are there, as multisets: bxb's have neither names nor order
 * nor lasting ids.
 *
 * @param changes in the manifest's words; empty when only charges that are not ours are left over
 * @param notOurs charges that nobody's manifest named and that writing charges would erase
 * @param takesAway whether a charge goes without another one in its place
 */
record ChargeDiff(List<FieldChange> changes, List<BxbPlan.Charge> notOurs, boolean takesAway) {

  boolean differs() {
    return !changes.isEmpty();
  }

  static ChargeDiff of(Wanted wanted, BxbPlan remote, BxbWorld world, BxbSettings settings) {
    // Ours first: another amount is rather a change of our own charge than of somebody else's.
    List<BxbPlan.Charge> left =
        new ArrayList<>(
            remote.charges().stream()
                .sorted(Comparator.comparing((BxbPlan.Charge it) -> !world.isOurs(it.hash())))
                .toList());
    List<Wanted.Charge> open =
        wanted.charges().stream()
            .filter(
                charge ->
                    take(left, it -> it.content().equals(charge.remote().content())).isEmpty())
            .toList();
    List<BxbPlan.Charge> notOurs = new ArrayList<>();
    List<FieldChange> changes = new ArrayList<>();
    // One over the same metric in the same model is the same price at another amount. What was
    // there before us and that no manifest names stays somebody else's.
    for (Wanted.Charge charge : open) {
      Optional<BxbPlan.Charge> before =
          take(
              left,
              it ->
                  it.metricId().equals(charge.remote().metricId())
                      && it.model().equals(charge.remote().model()));
      changes.addAll(
          before
              .map(it -> ChargeFields.changed(charge, it))
              .orElseGet(() -> List.of(added(charge))));
    }
    boolean takesAway = false;
    for (BxbPlan.Charge charge : left) {
      BxbWorld.Origin origin = world.origin(charge.hash());
      if (origin != BxbWorld.Origin.OURS) {
        notOurs.add(charge);
      }
      // Where nobody can tell, the difference is said, and the write that it leads to is blocked.
      if (origin != BxbWorld.Origin.NOT_OURS) {
        takesAway = true;
        changes.add(
            new FieldChange(
                unnamed(settings.metricWord(world.directory(), charge.metricId())),
                charge.model() + " " + charge.properties(),
                ""));
      }
    }
    return new ChargeDiff(List.copyOf(changes), List.copyOf(notOurs), takesAway);
  }

  /** The ids of charges by price name, as far as their content tells; for status. */
  static Map<String, String> ids(Wanted wanted, BxbPlan remote) {
    List<BxbPlan.Charge> left = new ArrayList<>(remote.charges());
    Map<String, String> ids = new TreeMap<>();
    for (Wanted.Charge charge : wanted.charges()) {
      take(left, it -> it.content().equals(charge.remote().content()))
          .ifPresent(it -> ids.put(charge.price().name(), it.id()));
    }
    return ids;
  }

  static FieldChange added(Wanted.Charge charge) {
    return new FieldChange(
        "prices." + charge.price().name(),
        "",
        charge.remote().model() + " " + charge.remote().properties());
  }

  /** The field of a price that no manifest names: a charge is told by its metric alone. */
  private static String unnamed(String metric) {
    return "prices[metric=" + metric + "]";
  }

  /** A charge for people. */
  static String shown(BxbPlan.Charge charge, Directory directory) {
    return charge.model()
        + " over "
        + directory.metricName(charge.metricId())
        + " "
        + charge.properties();
  }

  private static Optional<BxbPlan.Charge> take(
      List<BxbPlan.Charge> from, Predicate<BxbPlan.Charge> wanted) {
    for (Iterator<BxbPlan.Charge> it = from.iterator(); it.hasNext(); ) {
      BxbPlan.Charge charge = it.next();
      if (wanted.test(charge)) {
        it.remove();
        return Optional.of(charge);
      }
    }
    return Optional.empty();
  }
}
