package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Identity;
import dev.planwright.cli.validate.Validated;
import dev.planwright.sync.Memory;
import dev.planwright.sync.PlanSync;
import dev.planwright.testing.FakeBilling;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody should know of a Plan stands in its status, as {@code validate} says it. */
class PlanWarningsTest {
  private static final String PLAN =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Plan
      metadata: {name: team, namespace: shop, uid: uid-team, generation: 1}
      spec: {displayName: Team}
      """;
  private static final String PRICE =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Price
      metadata: {name: monthly, namespace: shop, uid: uid-monthly, generation: 1}
      spec:
        planRef: {name: team}
        currency: USD
        recurring: {interval: Month}
        flat: {amount: "49.001"}
      """;
  private static final String BY_PROVIDER = "Plan shop/team spec.imageUrl: has no place there";

  private final BackendBench bench = new BackendBench();
  private PlanContext context = bench.planContext();
  private PlanReconciler plans = reconciler();

  private PlanReconciler reconciler() {
    PlanSync sync = new PlanSync(bench.clock);
    return new PlanReconciler(
        context,
        new CatalogCompiler((namespace, name) -> Optional.empty()),
        new PlanWork(context, sync, new DriftMarks()),
        new PlanDeletion(context, sync));
  }

  @BeforeEach
  void openAnAccountThatHoldsThePlan() {
    bench.apply(BackendBench.spec());
    bench.secret("good");
    bench.run();
    bench.billing.plans.put(
        "p1",
        new FakeBilling.Remote(
            Optional.of(new Identity("shop-prod", "shop.team")), "p1", "Team", true));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anAmountWithMoreDecimalsThanItsCurrencyIsToldInTheWordsOfValidate() {
    run(create(PLAN, PRICE));

    assertThat(status().warnings())
        .singleElement()
        .asString()
        .contains("Price shop/monthly spec.flat.amount", "more decimals than USD has coins");
    assertThat(status().warnings()).isEqualTo(Validated.of(PLAN + "---\n" + PRICE).warnings());
    assertThat(ready()).isTrue();
  }

  @Test
  void whatTheProviderWarnsOfStandsBeside() {
    bench.billing.verdict = new Verdict(List.of(), List.of(BY_PROVIDER));

    run(create(PLAN, PRICE));

    assertThat(status().warnings()).hasSize(2).contains(BY_PROVIDER);
  }

  @Test
  void aSettledPlanIsNotWrittenAgain() {
    bench.billing.verdict = new Verdict(List.of(), List.of(BY_PROVIDER));
    run(create(PLAN, PRICE));
    bench.requests();

    run(live());
    assertThat(bench.writes()).isEmpty();

    restart();
    bench.run();
    assertThat(bench.state()).isInstanceOf(AccountState.Remembered.class);
    bench.requests();
    // What the provider warns of may need facts that nobody has asked for since.
    bench.billing.verdict = new Verdict(List.of(), List.of());
    run(live());
    assertThat(bench.writes()).isEmpty();
    assertThat(status().warnings()).hasSize(2).contains(BY_PROVIDER);
  }

  @Test
  void aStatusWrittenBeforeTheyWereKeptGetsThemOnce() {
    run(create(PLAN, PRICE));
    List<String> warnings = status().warnings();
    assertThat(warnings).hasSize(1);
    Plan older = live();
    older.setStatus(PlanStatusBuilder.from(older.getStatus()).warnings(List.of()).build());
    restart();
    bench.run();

    run(bench.client.resource(older).updateStatus());
    assertThat(status().warnings()).isEqualTo(warnings);
    bench.requests();
    run(live());
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void whatIsNoLongerSaidGoesWhenTheAccountIsKnown() {
    run(create(PLAN, PRICE));
    bench.billing.verdict = new Verdict(List.of(), List.of(BY_PROVIDER));
    run(live());
    assertThat(status().warnings()).hasSize(2);

    bench.billing.verdict = new Verdict(List.of(), List.of());
    run(live());
    assertThat(status().warnings()).hasSize(1);
  }

  @Test
  void aPolicyThatCanNeverBeCarriedOutIsToldAndForgottenWithIt() {
    bench.billing.neverDeletes =
        Optional.of(new Removal.Impossible("it never deletes", "use Retain"));
    String deleting = PLAN.replace("Team}", "Team, deletionPolicy: Delete}");
    run(create(deleting, PRICE.replace("49.001", "49")));
    assertThat(status().warnings())
        .containsExactly(
            "Plan shop/team spec.deletionPolicy \"Delete\": it never deletes, and the Plan would"
                + " wait for ever when it is deleted; use Retain");
    String refused = "refused, and it would wait: it never deletes; use Retain (Delete)";
    assertThat(status().onDelete()).isEqualTo(refused);
    assertThat(ready()).isTrue();
    bench.requests();
    run(live());
    assertThat(bench.writes()).isEmpty();

    // The facts that tell it may be forgotten: what was said of this spec goes on standing there.
    bench.billing.neverDeletes = Optional.empty();
    restart();
    bench.run();
    bench.requests();
    run(live());
    assertThat(bench.writes()).isEmpty();
    assertThat(status().onDelete()).isEqualTo(refused);

    // Edited while no operator ran: what stands in status was said of another spec.
    Plan edited = live();
    edited.setSpec(new KubernetesSerialization().unmarshal(PLAN, Plan.class).getSpec());
    edited.getMetadata().setGeneration(2L);
    restart();
    bench.run();
    assertThat(bench.state()).isInstanceOf(AccountState.Remembered.class);
    run(bench.client.resource(edited).update());
    bench.run();
    run(live());
    assertThat(status().warnings()).isEmpty();
  }

  @Test
  void aPlanThatIsNotValidWarnsOfNothing() {
    run(create(PLAN, PRICE));
    assertThat(status().warnings()).hasSize(1);

    bench.manifests.prices.set(0, price(PRICE.replace("49.001", "49,00")));
    run(live());

    assertThat(ready()).isFalse();
    assertThat(status().warnings()).isEmpty();
  }

  private void restart() {
    bench.restart();
    context = bench.planContext();
    plans = reconciler();
  }

  /** Two runs: the first waits for quiet. */
  private void run(Plan plan) {
    bench.manifests.plans.clear();
    bench.manifests.plans.add(plan);
    plans.run(plan, false);
    bench.clock.advance(Settling.Times.DEFAULT.quiet());
    plans.run(plan, false);
  }

  private Plan live() {
    return bench.client.resources(Plan.class).inNamespace("shop").withName("team").get();
  }

  private PlanStatus status() {
    return live().getStatus();
  }

  private boolean ready() {
    return Conditions.isReady(status().conditions(), 1);
  }

  private Plan create(String yaml, String price) {
    bench.manifests.prices.add(price(price));
    Plan plan = new KubernetesSerialization().unmarshal(yaml, Plan.class);
    Memory known =
        Memory.EMPTY.withBinding(new Memory.Binding("", "org_1", "p1", "", Handles.NONE));
    Plan created = bench.client.resource(plan).create();
    created.setStatus(MemoryCodec.write(PlanStatusBuilder.from(PlanStatus.EMPTY), known).build());
    return bench.client.resource(created).updateStatus();
  }

  private static Price price(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, Price.class);
  }
}
