package dev.planwright.backend.paygentic;

import dev.planwright.backend.paygentic.Wanted.Slot;
import dev.planwright.catalog.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which price of a remote plan is which price of the manifest: by metric, by the Price that the
 * mark of its fee names, then by equal content, then by the part it plays. Among several, one that
 * is equal comes first, then the lowest id.
 *
 * @param found remote price by price name
 * @param rest remote prices that no manifest names
 */
record Matching(Map<String, RemotePrice> found, List<RemotePrice> rest) {

  /** What the remote plan and its fees are to the wanted prices. */
  static Matching of(
      Wanted wanted, RemotePlan remote, Map<String, RemoteFee> fees, Identity identity) {
    List<RemotePrice> left = new ArrayList<>(remote.prices());
    left.sort(Comparator.comparing(RemotePrice::id));
    Map<String, RemotePrice> found = new LinkedHashMap<>();
    List<String> names = wanted.slots().stream().map(Slot::priceName).toList();
    for (Slot slot : wanted.slots()) {
      take(slot, remote, left, found, it -> isNamed(slot, it, fees, identity));
    }
    for (Slot slot : wanted.slots()) {
      take(
          slot,
          remote,
          left,
          found,
          it -> slot.isOfFee() && it.isOfFee() && slot.isBilledAs(it, remote.cadence()));
    }
    for (Slot slot : wanted.slots()) {
      take(
          slot,
          remote,
          left,
          found,
          it ->
              slot.isOfFee()
                  && it.isOfFee()
                  && slot.isOnce() == it.isOnce()
                  && !isForAnother(it, names, fees, identity));
    }
    return new Matching(found, List.copyOf(left));
  }

  private static void take(
      Slot slot,
      RemotePlan remote,
      List<RemotePrice> left,
      Map<String, RemotePrice> found,
      Predicate<RemotePrice> condition) {
    if (found.containsKey(slot.priceName())) {
      return;
    }
    Optional<RemotePrice> match =
        left.stream()
            .filter(condition)
            .min(
                Comparator.comparing((RemotePrice it) -> !slot.isBilledAs(it, remote.cadence()))
                    .thenComparing(RemotePrice::id));
    match.ifPresent(
        it -> {
          left.remove(it);
          found.put(slot.priceName(), it);
        });
  }

  private static boolean isNamed(
      Slot slot, RemotePrice price, Map<String, RemoteFee> fees, Identity identity) {
    if (!slot.isOfFee()) {
      return price.metricId().equals(slot.metricId());
    }
    RemoteFee fee = fees.get(price.feeId());
    return fee != null && fee.isOf(identity) && fee.price().equals(slot.priceName());
  }

  /** A fee that bears our mark for a Price that is wanted beside it, or somebody else's mark. */
  private static boolean isForAnother(
      RemotePrice price, List<String> names, Map<String, RemoteFee> fees, Identity identity) {
    RemoteFee fee = fees.get(price.feeId());
    return fee != null
        && fee.mark().isPresent()
        && (!fee.isOf(identity) || names.contains(fee.price()));
  }
}
