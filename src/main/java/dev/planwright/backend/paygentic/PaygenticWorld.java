package dev.planwright.backend.paygentic;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is there, in Paygentic's own terms.
 *
 * @param plan the remote plan with its prices, where there is one
 * @param ownership whose it is; of no meaning without a plan
 * @param directory what plans refer to
 * @param fees of the plan's prices and those that bear our mark, by id
 * @param leftovers of a former try: what can be used and what has to go
 * @param priceIds ids by price name
 * @param handles ids known
 */
record PaygenticWorld(
    Optional<RemotePlan> plan,
    Ownership ownership,
    Directory directory,
    Map<String, RemoteFee> fees,
    Leftovers leftovers,
    Map<String, String> priceIds,
    Handles handles) {

  /**
   * What a former try made and nobody lists.
   *
   * @param prices the price to use for a Price, by its intent
   * @param fees the fee to use for a Price, by its name
   * @param uselessPrices ids of prices of ours that nobody will ever list
   * @param uselessFees ids of fees of ours without a price
   */
  record Leftovers(
      Map<String, String> prices,
      Map<String, String> fees,
      List<String> uselessPrices,
      List<String> uselessFees) {
    static final Leftovers NONE = new Leftovers(Map.of(), Map.of(), List.of(), List.of());

    Leftovers {
      prices = Map.copyOf(prices);
      fees = Map.copyOf(fees);
      uselessPrices = List.copyOf(uselessPrices);
      uselessFees = List.copyOf(uselessFees);
    }
  }

  PaygenticWorld {
    fees = Map.copyOf(fees);
    priceIds = Map.copyOf(priceIds);
  }

  /** The same, with none of these fees among the leftovers. */
  PaygenticWorld withoutFees(Predicate<String> known) {
    return new PaygenticWorld(
        plan,
        ownership,
        directory,
        fees,
        new Leftovers(
            leftovers.prices(),
            leftovers.fees(),
            leftovers.uselessPrices(),
            leftovers.uselessFees().stream().filter(known.negate()).toList()),
        priceIds,
        handles);
  }
}
