package dev.planwright.backend.paygentic;

import dev.planwright.catalog.Identity;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fees of ours that the last sweep saw without a price in their plan, where nobody else makes any:
 * left over, or of a former version. The plan's own look tells these apart, and takes that trouble
 * only for what is noted here. Lost with the process; the next sweep notes it anew.
 */
final class Suspects {
  private final PaygenticSettings settings;
  private final Map<Identity, Set<String>> fees = new ConcurrentHashMap<>();

  Suspects(PaygenticSettings settings) {
    this.settings = settings;
  }

  /** Ids of the fees that bear a plan's mark and that it does not sell, sorted. */
  List<String> note(Identity identity, RemotePlan plan, Collection<RemoteFee> all) {
    List<String> unsold = unsold(identity, plan, all);
    fees.put(identity, Set.copyOf(unsold));
    return unsold;
  }

  Set<String> of(Identity identity) {
    return fees.getOrDefault(identity, Set.of());
  }

  private List<String> unsold(Identity identity, RemotePlan plan, Collection<RemoteFee> all) {
    if (!settings.exclusiveProduct() || !plan.productId().equals(settings.productId())) {
      return List.of();
    }
    Set<String> sold = new HashSet<>();
    plan.prices().forEach(it -> sold.add(it.feeId()));
    return all.stream()
        .filter(it -> it.isOf(identity) && it.productId().equals(plan.productId()))
        .map(RemoteFee::id)
        .filter(it -> !sold.contains(it))
        .sorted()
        .toList();
  }
}
