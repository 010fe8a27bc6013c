package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.RemovalRequest;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A create whose answer was lost, and a Plan that is deleted before it lands. */
class LateCreateTest {
  private final Bench bench = new Bench();
  private final List<ApiRequest> onTheirWay = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final ApiClient losing =
      request -> {
        if (request.operation().equals("plans.create")) {
          onTheirWay.add(request);
          throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
        }
        return bench.client.send(request);
      };
  private final Account<BxbWorld> account =
      new Account<>("shop/default", bench.provider, losing, bench.provider.account());
  private final PlanSync sync = new PlanSync(() -> now);

  @Test
  void aDeletionWaitsForWhatMayStillLandAndThenTakesItAway() {
    CatalogPlan plan = Samples.team().plan();
    Memory memory = create(plan).memory();

    SyncResult early = delete(plan, memory);
    assertThat(early.outcome()).isInstanceOf(Outcome.Unfinished.class);

    onTheirWay.forEach(bench.client::send);
    assertThat(bench.server.controls().counts().plans()).as("it landed").isEqualTo(1);
    SyncResult taken = delete(plan, early.memory());
    assertThat(bench.server.controls().counts().plans()).isZero();
    // What was there need not have been what was sent last.
    assertThat(taken.outcome()).isInstanceOf(Outcome.Unfinished.class);

    now = now.plus(Duration.ofMinutes(2));
    assertThat(delete(plan, taken.memory()).outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void aDeletionDoesNotWaitForEver() {
    CatalogPlan plan = Samples.team().plan();
    Memory memory = create(plan).memory();

    now = now.plus(Duration.ofMinutes(2));

    assertThat(delete(plan, memory).outcome()).isEqualTo(new Outcome.Done());
  }

  private SyncResult create(CatalogPlan plan) {
    Policies policies =
        new Policies(
            Policies.ExistingSubscribers.KEEP,
            Policies.Management.MANAGE,
            Policies.Adoption.NEVER,
            Policies.Deletion.DELETE,
            Policies.DriftPolicy.REPORT);
    return sync.sync(
        account, new SyncRequest(plan, policies, "hash", Memory.EMPTY, "", false), new Desk());
  }

  private SyncResult delete(CatalogPlan plan, Memory memory) {
    return sync.remove(
        account,
        new RemovalRequest(plan.object(), plan.identity(), Policies.Deletion.DELETE, memory),
        new Desk());
  }

  private static final class Desk implements StatusStore {
    @Override
    public void write(Memory memory) {
      throw new AssertionError("a keyed create needs no journal");
    }

    @Override
    public Optional<String> whyNotRemove() {
      return Optional.empty();
    }
  }
}
