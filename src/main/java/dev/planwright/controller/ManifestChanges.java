package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import org.jspecify.annotations.Nullable;

/** An update wakes us when it changes what we act on; our own status writes never do. */
public final class ManifestChanges implements OnUpdateFilter<HasMetadata> {
  @Override
  public boolean accept(HasMetadata after, HasMetadata before) {
    return Requests.differs(before, after)
        || isStatusSetBack(before, after)
        || isIdGiven(before, after);
  }

  /** Whether a person put another id there, or took it away; our own is in status before. */
  private static boolean isIdGiven(HasMetadata before, HasMetadata after) {
    return after instanceof Plan plan
        && before instanceof Plan old
        && !KeptId.of(old).equals(KeptId.of(plan))
        && (KeptId.of(plan).isEmpty() || KeptId.given(plan).isPresent());
  }

  /**
   * Whether status went back to an earlier one, or was lost: a restored backup, or somebody's hand.
   * What we write ourselves only goes on.
   */
  private static boolean isStatusSetBack(HasMetadata before, HasMetadata after) {
    return switch (after) {
      case Plan plan when before instanceof Plan old ->
          isEarlier(plan.getStatus().observedGeneration(), old.getStatus().observedGeneration())
              || isEarlier(plan.getStatus().lastSyncTime(), old.getStatus().lastSyncTime());
      case Price price when before instanceof Price old ->
          isEarlier(price.getStatus().observedGeneration(), old.getStatus().observedGeneration());
      default -> false;
    };
  }

  private static <T extends Comparable<T>> boolean isEarlier(
      @Nullable T after, @Nullable T before) {
    return before != null && (after == null || after.compareTo(before) < 0);
  }
}
