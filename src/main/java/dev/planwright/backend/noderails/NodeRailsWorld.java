package dev.planwright.backend.noderails;

import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.RemoteView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is there, in NodeRails' own terms.
 *
 * @param plan the remote plan, where there is one
 * @param ownership whose it is; of no meaning without a plan
 * @param taxRates read where a plan names a tax
 * @param usage read where a price may have to go
 * @param priceIds ids of current prices by price name
 * @param superseded old prices that are still active
 */
record NodeRailsWorld(
    Optional<RemotePlan> plan,
    Ownership ownership,
    TaxRates taxRates,
    Usage usage,
    Map<String, String> priceIds,
    List<RemoteView.Superseded> superseded) {

  NodeRailsWorld {
    priceIds = Map.copyOf(priceIds);
    superseded = List.copyOf(superseded);
  }

  static NodeRailsWorld without(TaxRates taxRates) {
    return new NodeRailsWorld(
        Optional.empty(), Ownership.UNMARKED, taxRates, new Usage.NotRead(), Map.of(), List.of());
  }
}
