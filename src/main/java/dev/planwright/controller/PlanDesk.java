package dev.planwright.controller;

import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.client.CallGate;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Memory;
import dev.planwright.sync.StatusStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The status of one Plan during one run: every write of it goes through here, one at a time, each
 * with the version that the last one left.
 */
final class PlanDesk implements StatusStore {
  private static final int TRIES = 5;

  private final KubernetesClient client;
  private final LiveLook live;
  private final LastWritten<Plan> lastWritten;
  private final InstantSource clock;
  private final List<Price> prices;
  private Plan plan;
  private boolean finished;
  private Optional<Instant> hold = Optional.empty();
  private Predicate<String> rivals = named -> false;
  private Function<String, Optional<String>> holders = id -> Optional.empty();

  PlanDesk(
      KubernetesClient client,
      LiveLook live,
      LastWritten<Plan> lastWritten,
      InstantSource clock,
      Plan plan,
      List<Price> prices) {
    this.client = client;
    this.live = live;
    this.lastWritten = lastWritten;
    this.clock = clock;
    this.plan = plan;
    this.prices = prices;
  }

  /** The journal: refused when the Plan changed since it was read, and then nothing is sent. */
  @Override
  public synchronized void write(Memory memory) throws StaleException {
    PlanStatus status =
        MemoryCodec.write(PlanStatusBuilder.from(progressing(plan)), memory).build();
    try {
      put(plan, status);
    } catch (KubernetesClientException e) {
      if (isConflict(e)) {
        throw new StaleException("Plan " + ObjectKey.of(plan) + " changed since it was read");
      }
      throw e;
    }
  }

  /** From the Lease: see {@link CallGate#holdUnguardedCreates}. */
  void holdCreates(Optional<Instant> until) {
    hold = until;
  }

  @Override
  public Optional<Instant> holdCreates() {
    return hold;
  }

  /** How to ask whether another Plan, by {@code namespace/name}, claims the same key. */
  void rivals(Predicate<String> claimsToo) {
    rivals = claimsToo;
  }

  @Override
  public boolean yieldsTo(String named) {
    return rivals.test(named);
  }

  /** How to ask which other Plan holds an object, by its external id. */
  void holders(Function<String, Optional<String>> holderOf) {
    holders = holderOf;
  }

  @Override
  public Optional<String> holderOf(String externalId) {
    return holders.apply(externalId);
  }

  @Override
  public Optional<String> whyNotRemove() {
    return live.whyNotRemovePrices(plan);
  }

  /** Says that work goes on, when it takes longer than a moment. Not worth a second try. */
  synchronized void sayProgressing() {
    boolean said =
        Conditions.find(plan.getStatus().conditions(), ConditionType.READY)
            .map(ready -> !ready.holds())
            .orElse(false);
    if (said || finished) {
      return;
    }
    try {
      put(plan, progressing(plan));
    } catch (KubernetesClientException e) {
      if (!isConflict(e)) {
        throw e;
      }
    }
  }

  /** What became of the last write. */
  enum Written {
    /** The status says it now. */
    NEWS,
    /** It said so before, or there is no Plan any more. */
    NOTHING,
    /** Another run wrote since this one read: what this one remembers is not the newest. */
    OUTDATED
  }

  /**
   * Writes the result of the run; nothing when nothing changed. When somebody edited the Plan
   * meanwhile, our own status is put onto what they made: an annotation must not cost us ids. When
   * another run wrote the status meanwhile, this one began from a stale cache, and putting its
   * memory over the newer one would lose ids and used approvals.
   */
  synchronized Written finish(PlanStatus status) {
    finished = true;
    if (status.equals(plan.getStatus())) {
      return Written.NOTHING;
    }
    Plan onto = plan;
    for (int attempt = 1; ; attempt++) {
      try {
        put(onto, status);
        return Written.NEWS;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return Written.NOTHING;
        }
        if (!isConflict(e) || attempt == TRIES) {
          throw e;
        }
        Optional<Plan> now = live.plan(ObjectKey.of(plan));
        if (now.isEmpty()
            || !now.get().getMetadata().getUid().equals(plan.getMetadata().getUid())) {
          return Written.NOTHING;
        }
        onto = now.get();
        if (!MemoryCodec.read(onto.getStatus()).equals(MemoryCodec.read(plan.getStatus()))) {
          return Written.OUTDATED;
        }
      }
    }
  }

  private void put(Plan onto, PlanStatus status) {
    Plan copy = new Plan();
    copy.setMetadata(onto.getMetadata());
    copy.setSpec(onto.getSpec());
    copy.setStatus(status);
    plan = lastWritten.remember(client.resource(copy).updateStatus());
  }

  private PlanStatus progressing(Plan of) {
    return PlanStatuses.waiting(
        of, prices, clock.instant(), Reason.PROGRESSING, "being brought to the backend", true);
  }

  private static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }
}
