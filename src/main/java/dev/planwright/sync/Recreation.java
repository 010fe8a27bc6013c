package dev.planwright.sync;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whether a plan is made that may be there already: in the place of one that is gone, or beside
 * objects that may be it. Never unasked: by the drift policy, or by an approval of exactly this,
 * which is the way out for one Plan alone. Pure.
 */
final class Recreation<R> {
  private final Provider<R> provider;
  private final SyncRequest request;
  private final Memory memory;

  /**
   * @param memory as this run knows it by now
   */
  Recreation(Provider<R> provider, SyncRequest request, Memory memory) {
    this.provider = provider;
    this.request = request;
    this.memory = memory;
  }

  /** The answer. */
  sealed interface Ruling {
    /** It is made. */
    record Go() implements Ruling {}

    /**
     * It is made, and the approval is used up by that.
     *
     * @param hash what was approved
     * @param content for what, see {@link Memory#isApproved}
     */
    record GoByApproval(String hash, String content) implements Ruling {}

    /**
     * It is not.
     *
     * @param steps what would make it; empty where nothing can be approved
     * @param hash what the approve annotation has to name; {@code ""} where nothing can be approved
     */
    record Stop(Reason reason, String message, List<Step> steps, String hash) implements Ruling {}
  }

  Ruling inPlaceOf(Lookout.Gone<R> gone) {
    if (request.policies().drift() == Policies.DriftPolicy.REVERT && gone.isRevertible()) {
      return new Ruling.Go();
    }
    return byApproval(
        gone.world(),
        gone.externalId(),
        Reason.REMOTE_MISSING,
        hash ->
            Messages.gone(
                request.desired(),
                gone.externalId(),
                gone.isRevertible(),
                provider.isKnownByIdOnly(),
                hash));
  }

  Ruling beside(Lookout.Unsure<R> unsure) {
    return byApproval(
        unsure.world(),
        String.join(",", unsure.alike()),
        Reason.OWNERSHIP_CONFLICT,
        hash -> Messages.alike(request.desired(), unsure.alike(), hash));
  }

  /**
   * @param others what it would be made in the place of, or beside
   * @param message what stands in the way, by the hash to approve
   */
  private Ruling byApproval(R world, String others, Reason reason, UnaryOperator<String> message) {
    // An approval of making it again is none of moving people who pay, and the other way round.
    String content = "again " + request.hash();
    if (memory.isApproved(content)) {
      return new Ruling.Go();
    }
    List<Step> steps = steps(world);
    String hash =
        steps.isEmpty()
            ? ""
            : Guards.pendingHash(others, reason.toString(), steps, memory.approvals().size());
    return !hash.isEmpty() && request.approval().equals(hash)
        ? new Ruling.GoByApproval(hash, content)
        : new Ruling.Stop(reason, message.apply(hash), steps, hash);
  }

  private List<Step> steps(R world) {
    CatalogPlan desired = request.desired();
    boolean wanted =
        request.policies().management() != Policies.Management.OBSERVE
            && desired.lifecycle() != CatalogPlan.Lifecycle.ARCHIVED
            && provider.conflicts(desired, world).isEmpty();
    return wanted
        ? provider.plan(
            desired,
            world,
            new Provider.Planning(request.policies().existingSubscribers(), Handles.NONE))
        : List.of();
  }
}
