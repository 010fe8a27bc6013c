package dev.planwright.backend.bxb;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation.Ownership;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What status remembers of the parts of a plan where no mark can be kept: which are ours, and which
 * were there before we were. Status may be lost or old, so what it knows nothing of is nobody's
 * until a person says: it is neither taken away nor passed over in silence.
 */
final class Recollection {
  /** Hashes of what a manifest of ours names or named. */
  static final String MADE = "made";

  /** Hashes of what was there when the plan was adopted, and no manifest named. */
  static final String KEPT = "kept";

  private Recollection() {}

  static BxbWorld.Origin origin(Handles handles, String hash) {
    if (read(handles, KEPT).contains(hash)) {
      return BxbWorld.Origin.NOT_OURS;
    }
    return read(handles, MADE).contains(hash) ? BxbWorld.Origin.OURS : BxbWorld.Origin.UNKNOWN;
  }

  /** Remembers what was made. */
  static Handles made(Handles handles, Collection<String> hashes) {
    Set<String> made = read(handles, MADE);
    made.addAll(hashes);
    Set<String> kept = read(handles, KEPT);
    kept.removeAll(made);
    return write(write(handles, MADE, made), KEPT, kept);
  }

  /**
   * Remembers what a look at the plan tells.
   *
   * @param named hashes of what is there and the manifest names
   */
  static Handles seen(Handles handles, BxbPlan plan, Ownership ownership, Set<String> named) {
    if (ownership == Ownership.UNMARKED) {
      // To be adopted: nothing that is remembered is about this object.
      return begin(handles, plan, named);
    }
    Set<String> kept = plan.mark().map(Marks::kept).orElse(Set.of());
    if (plan.mark().isPresent()) {
      // The mark is about to go, and tells one last time what is whose.
      Set<String> ours = parts(plan);
      ours.removeAll(kept);
      ours.addAll(named);
      return begin(handles, plan, ours);
    }
    return made(handles, named);
  }

  private static Handles begin(Handles handles, BxbPlan plan, Set<String> ours) {
    Set<String> others = parts(plan);
    others.removeAll(ours);
    return write(write(handles, MADE, ours), KEPT, others);
  }

  private static Set<String> parts(BxbPlan plan) {
    Set<String> all = Kept.there(plan);
    plan.charges().forEach(it -> all.add(it.hash()));
    plan.commitments().forEach(it -> all.add(BxbChildren.hash(it.id())));
    plan.thresholds().forEach(it -> all.add(BxbChildren.hash(it.id())));
    plan.entitlements().forEach(it -> all.add(BxbChildren.hash(it.id())));
    plan.taxes().forEach(it -> all.add(BxbChildren.hash(it.id())));
    return all;
  }

  private static Set<String> read(Handles handles, String name) {
    Set<String> hashes = new TreeSet<>();
    handles.get(name).filter(it -> !it.isEmpty()).map(it -> it.split(",", -1)).stream()
        .flatMap(Arrays::stream)
        .forEach(hashes::add);
    return hashes;
  }

  private static Handles write(Handles handles, String name, Set<String> hashes) {
    // Empty rather than absent: what is absent is filled up from an older memory.
    return hashes.isEmpty() && handles.get(name).isEmpty()
        ? handles
        : handles.with(name, String.join(",", hashes));
  }
}
