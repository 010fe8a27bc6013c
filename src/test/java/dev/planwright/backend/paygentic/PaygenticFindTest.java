package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.setup;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.Listed;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.paygentic.PaygenticControls.ListFault;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found, what is taken for ours, and what ends in a named refusal without any write. */
class PaygenticFindTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aMetric() {
    bench.metric("calls", "SUM");
  }

  private static Samples plain() {
    return team().with(perUnit("calls", "calls", "0.002"));
  }

  // ---- lost statuses and adoption
  // ----------------------------------------------------------------

  @Test
  void aClusterThatIsRebuiltFindsItsOwnWithoutAnyStatus() {
    bench.sync(plain().plan());
    bench.memory = Memory.EMPTY;
    bench.restart();
    bench.server.clearExchanges();

    bench.sync(plain().plan());

    assertThat(bench.writes()).isEmpty();
    assertThat(bench.memory.binding().externalId()).isEqualTo(bench.planId());
  }

  /** A monthly price of 49 and one for usage, made by hand; gives the plan. */
  private String handMade(String amount) {
    String fee = bench.make().fee(bench.product, "Team", "By hand");
    String metric = bench.controls().state().path("billableMetric").path(0).path("id").asText();
    String plan =
        bench
            .make()
            .plan(
                bench.product,
                "Team",
                "USD",
                bench.make().feePrice(fee, "Team", "P1M", amount),
                bench.make().usagePrice(metric, "Team: calls", "0.002"));
    bench.controls().editPlan(plan, "description", TextNode.valueOf("For growing teams"));
    return plan;
  }

  @Test
  void anEqualPlanThatTheManifestNamesIsTakenOverByItsMarksAlone() {
    String plan = handMade("49.00");
    Samples sample = plain();
    sample.externalId = Optional.of(plan);

    assertThat(bench.blocked(sample.plan(), Bench.policies()).reason())
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(bench.writes()).isEmpty();
    bench.sync(sample.plan(), Bench.with(Policies.Adoption.IF_EQUAL));

    assertThat(bench.writes()).containsExactly("PATCH /v0/plans/{id}", "PATCH /v0/fees/{id}");
    assertThat(bench.planId()).isEqualTo(plan);
    assertThat(bench.plan().path("stablePriceIds").asBoolean(true))
        .as("ids are plain from now on")
        .isFalse();
  }

  @Test
  void aPlanThatDiffersIsTakenOverUnderAlwaysOnly() {
    String plan = handMade("45");
    Samples sample = plain();
    sample.externalId = Optional.of(plan);

    assertThat(bench.blocked(sample.plan(), Bench.with(Policies.Adoption.IF_EQUAL)).message())
        .contains("prices.team-monthly.amount 45 -> 49");
    assertThat(bench.writes()).isEmpty();
    bench.sync(sample.plan(), Bench.with(Policies.Adoption.ALWAYS));

    assertThat(bench.server.newSubscriberPays(plan, Map.of()).amount()).isEqualByComparingTo("49");
  }

  @Test
  void whatAnAdoptedPlanHadBesideIsKeptForGoodAndIsNoDrift() {
    String plan = handMade("49");
    String fee = bench.make().fee(bench.product, "Support", "By hand");
    String support = bench.make().feePrice(fee, "Support", "P1M", "5");
    List<String> listed = new ArrayList<>(bench.controls().listedPrices(plan));
    listed.add(support);
    bench.controls().editPlanPrices(plan, listed.toArray(String[]::new));
    bench.controls().editPlan(plan, "defaultTaxRate", IntNode.valueOf(7));
    Samples sample = plain();
    sample.externalId = Optional.of(plan);

    bench.sync(sample.plan(), Bench.with(Policies.Adoption.ALWAYS));
    sample.prices.set(0, flat("team-monthly", "59"));
    bench.sync(sample.plan());
    bench.memory = Memory.EMPTY;
    bench.sync(sample.plan());

    assertThat(bench.controls().listedPrices(plan)).contains(support);
    assertThat(bench.plan().path("defaultTaxRate").asInt()).isEqualTo(7);
    assertThat(bench.plan().path("description").asText()).endsWith("kept=" + support + ",tax");
    assertThat(bench.server.newSubscriberPays(plan, Map.of()).amount()).isEqualByComparingTo("64");
  }

  // ---- refusals
  // ----------------------------------------------------------------------------------

  /** What is there, the reason, and what the message says. */
  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal(
            Reason.OWNERSHIP_CONFLICT,
            "other/team",
            it -> {
              String theirs = it.make().plan(it.product, "Team", "USD");
              it.controls()
                  .editPlan(
                      theirs, "description", TextNode.valueOf("planwright: other/team shop/team"));
            },
            (it, sample) ->
                sample.externalId =
                    Optional.of(it.controls().plans().getFirst().path("id").asText())),
        refusal(
            Reason.AMBIGUOUS_REMOTE,
            "several plans bear the mark",
            it -> {
              for (int i = 0; i < 2; i++) {
                it.controls()
                    .editPlan(
                        it.make().plan(it.product, "Team", "USD"),
                        "description",
                        TextNode.valueOf("planwright: shop-prod/team shop/team"));
              }
            },
            (it, sample) -> {}),
        refusal(
            Reason.DEPENDENCY_MISSING,
            "metric \"nothing\"",
            it -> {},
            (it, sample) -> sample.with(perUnit("more", "nothing", "1"))),
        refusal(
            Reason.DEPENDENCY_MISSING,
            "the only one of this name, and there are bm_",
            it -> it.metric("calls", "COUNT"),
            (it, sample) -> {}),
        refusal(
            Reason.DEPENDENCY_MISSING,
            "feature \"calls\"",
            it -> {},
            (it, sample) -> sample.entitlements.add(Samples.monthly("calls", "10", true))),
        refusal(
            Reason.DEPENDENCY_MISSING,
            "product \"other\"",
            it -> {},
            (it, sample) -> sample.product = Optional.of("other")),
        refusal(
            Reason.DEPENDENCY_MISSING,
            "plan \"plan_nothing\"",
            it -> {},
            (it, sample) -> sample.externalId = Optional.of("plan_nothing")));
  }

  private interface Edit {
    void edit(Bench bench, Samples sample);
  }

  private static Arguments refusal(Reason reason, String says, Consumer<Bench> before, Edit edit) {
    return Arguments.of(reason, says, before, edit);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refusals")
  void whatCannotBeIsNamedAndNothingIsWritten(
      Reason reason, String says, Consumer<Bench> before, Edit edit) {
    before.accept(bench);
    Samples sample = plain();
    edit.edit(bench, sample);

    Outcome.Blocked blocked = bench.blocked(sample.plan(), Bench.with(Policies.Adoption.ALWAYS));

    assertThat(blocked.reason()).isEqualTo(reason);
    assertThat(blocked.message()).contains(says);
    assertThat(bench.writes()).isEmpty();
  }

  /** What only a look shows to be impossible. */
  static Stream<Arguments> conflicts() {
    return Stream.of(
        conflict("spec.currency", (it, s) -> s.prices.set(0, euro())),
        conflict(
            "spec.recurring",
            (it, s) ->
                s.prices.set(
                    0,
                    Samples.price(
                        "team-monthly",
                        new PriceModel.Flat(dec("49"), Optional.empty()),
                        "USD",
                        Interval.of(Interval.Unit.YEAR, 1)))),
        conflict(
            "spec.product",
            (it, s) ->
                s.product = Optional.of(it.make().product(it.access.merchantId(), "Another"))),
        conflict(
            "spec.percentage.metric",
            (it, s) -> {
              it.metric("payments", "COUNT");
              s.with(Samples.price("share", Samples.rate("payments", "2")));
            }),
        conflict(
            "spec.entitlements[calls]",
            (it, s) -> {
              it.make().feature(it.product, "calls", "boolean");
              s.entitlements.add(Samples.monthly("calls", "10", true));
            }),
        conflict(
            "spec.perUnit.metric",
            (it, s) ->
                s.with(
                    perUnit(
                        "twice",
                        it.controls().state().path("billableMetric").path(0).path("id").asText(),
                        "1"))));
  }

  private static Arguments conflict(String field, Edit edit) {
    return Arguments.of(field, edit);
  }

  private static dev.planwright.catalog.CatalogPrice euro() {
    return Samples.price(
        "team-monthly", new PriceModel.Flat(dec("49"), Optional.empty()), "EUR", Samples.MONTHLY);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conflicts")
  void whatThePlanThatIsThereForbidsIsNotExpressible(String field, Edit edit) {
    bench.sync(team().plan());
    Samples sample = field.equals("spec.perUnit.metric") ? plain() : team();
    edit.edit(bench, sample);
    bench.server.clearExchanges();

    Outcome outcome = bench.once(sample.plan(), Bench.policies()).outcome();

    assertThat(outcome).isInstanceOf(Outcome.Inexpressible.class);
    assertThat(outcome.toString()).contains(field);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aPlanThatSomebodyDeletedInTheDashboardIsMissingAndMadeAgainUnderRevertOnly() {
    bench.sync(plain().plan());
    bench.controls().deletePlan(bench.planId());
    bench.server.clearExchanges();

    assertThat(bench.blocked(plain().plan(), Bench.with(Policies.DriftPolicy.REPORT)).reason())
        .isEqualTo(Reason.REMOTE_MISSING);
    assertThat(bench.writes()).isEmpty();
    bench.sync(plain().plan());

    assertThat(bench.writes()).as("fees and prices are there").containsExactly("POST /v0/plans");
  }

  // ---- lists
  // -------------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(
      value = ListFault.class,
      names = {"LAST_OF_PAGE_MISSING", "EMPTY_PAGES", "REPEATING_PAGES", "NO_TOTAL"})
  void aListThatIsCutShortIsNoAbsence(ListFault fault) {
    bench.sync(plain().plan());
    bench.memory = Memory.EMPTY;
    bench.restart();
    bench.server.clearExchanges();
    for (String object : List.of("plan", "fee", "price")) {
      bench.controls().breakList(object, fault);
    }

    Outcome outcome = bench.once(plain().plan(), Bench.policies()).outcome();

    assertThat(outcome).isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void pagesThatAreShorterThanAskedForAreReadToTheEnd() {
    for (int i = 0; i < 5; i++) {
      bench.make().plan(bench.product, "Other " + i, "USD");
    }
    bench.sync(plain().plan());
    bench.memory = Memory.EMPTY;
    bench.restart();
    bench.controls().breakList("plan", ListFault.CAPPED_PAGES);
    bench.server.clearExchanges();

    bench.sync(plain().plan());

    assertThat(bench.writes()).isEmpty();
  }

  // ---- sweeps
  // ------------------------------------------------------------------------------------

  private List<Listed<PaygenticWorld>> sweep() {
    List<Listed<PaygenticWorld>> seen = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of(), seen::add)).isEmpty();
    return seen;
  }

  @Test
  void aSweepShowsOursAloneAndSeesNoDifferenceWhereThereIsNone() {
    bench.make().feature(bench.product, "calls", "metered");
    Samples sample = plain().with(setup("setup", "9"));
    sample.entitlements.add(Samples.monthly("calls", "10", true));
    CatalogPlan plan = sample.plan();
    bench.sync(plan);
    bench.make().plan(bench.product, "By hand", "USD");
    bench.restart();

    List<Listed<PaygenticWorld>> seen = sweep();

    assertThat(seen).hasSize(1);
    PaygenticWorld world = seen.getFirst().world().orElseThrow();
    assertThat(plan(plan, world)).isEmpty();
    Samples other = plain().with(setup("setup", "10"));
    assertThat(plan(other.plan(), world)).isNotEmpty();
    assertThat(bench.provider.markedFor(world)).contains("shop/team");
  }

  private List<dev.planwright.backend.Step> plan(CatalogPlan plan, PaygenticWorld world) {
    return bench.provider.plan(
        plan,
        world,
        new dev.planwright.backend.Provider.Planning(
            Policies.ExistingSubscribers.KEEP, dev.planwright.backend.Handles.NONE));
  }

  @Test
  void aSweepOverABrokenListSaysSo() {
    bench.sync(plain().plan());
    bench.controls().breakList("plan", ListFault.LAST_OF_PAGE_MISSING);

    assertThat(bench.provider.sweep(Set.of(), it -> {})).isPresent();
  }
}
