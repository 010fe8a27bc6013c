package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Identity;
import dev.planwright.sync.Memory;
import dev.planwright.sync.PlanSync;
import dev.planwright.testing.FakeBilling;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a Plan is looked at again although it is as it should be. */
class ComingBackTest {
  private final BackendBench bench = new BackendBench();
  private final PlanContext context = bench.planContext();
  private final PlanSync sync = new PlanSync(bench.clock);
  private final PlanWork work = new PlanWork(context, sync, new DriftMarks());
  private final PlanReconciler plans =
      new PlanReconciler(
          context,
          new CatalogCompiler((namespace, name) -> Optional.empty()),
          work,
          new PlanDeletion(context, sync));

  @AfterEach
  void close() {
    work.close();
    bench.close();
  }

  @Test
  void aCreateThatWasNotAnsweredIsRememberedUntilItCannotLandAnyMore() {
    bench.apply(BackendBench.spec());
    bench.secret("good");
    bench.run();
    bench.billing.plans.put(
        "p1",
        new FakeBilling.Remote(
            Optional.of(new Identity("shop-prod", "shop.team")), "p1", "Team", true));
    Plan team = create(notAnswered());
    plans.run(team, false);
    bench.clock.advance(Settling.Times.DEFAULT.quiet());

    Optional<Duration> again = plans.run(team, false);

    assertThat(journal()).isNotEmpty();
    assertThat(again).hasValueSatisfying(it -> assertThat(it).isGreaterThan(Duration.ofMinutes(1)));
    bench.clock.advance(again.orElseThrow());
    plans.run(team, false);
    bench.clock.advance(Settling.Times.DEFAULT.quiet());
    assertThat(plans.run(team, false)).isEmpty();
    assertThat(journal()).isEmpty();
  }

  private Memory notAnswered() {
    return Memory.EMPTY
        .withBinding(new Memory.Binding("", "org_1", "p1", "", Handles.NONE))
        .withJournal(
            new Memory.Journal(
                List.of(new Intent("late: create plan shop.team", bench.clock.instant(), "", "")),
                Optional.empty()));
  }

  private List<Intent> journal() {
    Plan live = bench.client.resources(Plan.class).inNamespace("shop").withName("team").get();
    return MemoryCodec.read(live.getStatus()).journal().intents();
  }

  private Plan create(Memory memory) {
    Plan plan =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: planwright.dev/v1alpha1
                kind: Plan
                metadata: {name: team, namespace: shop, uid: uid-team, generation: 1}
                spec: {displayName: Team, pricing: Free}
                """,
                Plan.class);
    plan.setStatus(MemoryCodec.write(PlanStatusBuilder.from(plan.getStatus()), memory).build());
    Plan created = bench.client.resource(plan).create();
    created.setStatus(plan.getStatus());
    Plan stored = bench.client.resource(created).updateStatus();
    bench.manifests.plans.add(stored);
    return stored;
  }
}
