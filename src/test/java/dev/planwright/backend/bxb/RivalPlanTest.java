package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.testing.Samples;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two Plans claim one key, and no status says whose it is: the mark on the backend does. */
class RivalPlanTest {
  private final Bench bench = new Bench();
  private final Account<BxbWorld> account =
      new Account<>("shop/default", bench.provider, bench.client, bench.provider.account());

  @Test
  void theObjectIsLeftToThePlanThatItsMarkNames() {
    assertThat(sync(plan("shop"), "")).isEqualTo(new Outcome.Done());
    int before = writes();

    Outcome outcome = sync(plan("elsewhere"), "shop/team");

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            blocked -> {
              assertThat(blocked.reason()).isEqualTo(Reason.KEY_CONFLICT);
              assertThat(blocked.message()).contains("shop/team");
            });
    assertThat(writes()).as("mutating calls").isEqualTo(before);
  }

  @Test
  void aPlanThatMovedTakesItsObjectAlongWhenNobodyElseClaimsIt() {
    assertThat(sync(plan("shop"), "")).isEqualTo(new Outcome.Done());

    assertThat(sync(plan("elsewhere"), "")).isEqualTo(new Outcome.Done());

    assertThat(bench.server.controls().counts().plans()).isEqualTo(1);
    assertThat(bench.server.controls().plan("team").orElseThrow().toString())
        .contains("elsewhere/team");
  }

  private Outcome sync(CatalogPlan plan, String stillClaimedBy) {
    Policies policies =
        new Policies(
            Policies.ExistingSubscribers.KEEP,
            Policies.Management.MANAGE,
            Policies.Adoption.NEVER,
            Policies.Deletion.RETAIN,
            Policies.DriftPolicy.REPORT);
    SyncRequest request =
        new SyncRequest(plan, policies, "hash of " + plan.namespace(), Memory.EMPTY, "", false);
    return new PlanSync(InstantSource.system())
        .sync(
            account,
            request,
            new StatusStore() {
              @Override
              public void write(Memory memory) {
                throw new AssertionError("a keyed create needs no journal");
              }

              @Override
              public boolean yieldsTo(String named) {
                return named.equals(stillClaimedBy);
              }

              @Override
              public Optional<String> whyNotRemove() {
                return Optional.empty();
              }
            })
        .outcome();
  }

  private static CatalogPlan plan(String namespace) {
    Samples sample = Samples.team();
    sample.namespace = namespace;
    return sample.plan();
  }

  private int writes() {
    return (int)
        bench.server.exchanges().stream()
            .filter(exchange -> !exchange.method().equals("GET"))
            .count();
  }
}
