package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.model;
import static dev.planwright.matrix.SamplePlans.committed;
import static dev.planwright.matrix.SamplePlans.entitled;
import static dev.planwright.matrix.SamplePlans.flat;
import static dev.planwright.matrix.SamplePlans.price;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Capability;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One edit is told in the same words, with the same values, whatever the backend. */
class SameWordsTest {
  static Stream<Arguments> edits() {
    return Stream.of(
        Arguments.of("displayName Team -> Team XL", edit(p -> p.displayName = "Team XL")),
        Arguments.of(
            "description For growing teams -> For all", edit(p -> p.description = "For all")),
        Arguments.of(
            "trial.days (none) -> 14",
            edit(p -> p.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty())))),
        Arguments.of(
            "prices.team-monthly.amount 49 -> 59",
            model("team-monthly", flat("team-monthly", "59").model())),
        Arguments.of(
            "prices.team-calls.amount 0.002 -> 0.003",
            model("team-calls", SamplePlans.calls("0.003").model())),
        Arguments.of("prices.team-sms.amount 8 -> 9", model("team-sms", pack("1000", "9", "10"))),
        Arguments.of("prices.team-sms.size 1000 -> 500", model("team-sms", pack("500", "8", "10"))),
        Arguments.of(
            "prices.team-sms.freeUnits 10 -> 0", model("team-sms", pack("1000", "8", "0"))),
        Arguments.of("prices.team-share.rate 2.5 -> 3", model("team-share", rate("3"))),
        Arguments.of("entitlements.sso.enabled true -> false", with(p -> entitled(p, false, 10))),
        Arguments.of("entitlements.seats.limit 10 -> 25", with(p -> entitled(p, true, 25))),
        Arguments.of("entitlements.seats.limit 10 -> (none)", with(p -> entitled(p, true, 0))),
        Arguments.of(
            "minimumCommitments.USD/Month.amount 100 -> 150",
            with(p -> committed(p, "150", "500"))),
        Arguments.of(
            "minimumCommitments.USD/Month.amount 100 -> (none)",
            edit(p -> p.minimumCommitments = List.of())),
        Arguments.of(
            "usageThresholds.USD/900.displayName (none) -> Soft cap;"
                + " usageThresholds.USD/900.recurring (none) -> false",
            with(p -> committed(p, "100", "500", "900"))),
        Arguments.of(
            "usageThresholds.USD/500.displayName Soft cap -> (none);"
                + " usageThresholds.USD/500.recurring false -> (none)",
            with(p -> committed(p, "100"))),
        Arguments.of(
            "usageThresholds.USD/500.displayName Soft cap -> Cap",
            edit(p -> p.usageThresholds = List.of(threshold(false, "Cap")))),
        Arguments.of(
            "usageThresholds.USD/500.recurring false -> true",
            edit(p -> p.usageThresholds = List.of(threshold(true, "Soft cap")))));
  }

  /** Edits of plans that are no richer than the edit needs, so that most backends can say them. */
  static Stream<Arguments> smallEdits() {
    List<Arguments> all = new ArrayList<>();
    for (BackendUnderTest backend : Backends.OFFERED) {
      for (SmallEdit edit : SMALL) {
        all.add(Arguments.of(backend.name(), edit.words(), backend, edit));
      }
    }
    return all.stream();
  }

  /**
   * @param needs what a backend must be able to say; where it cannot, the plan is refused
   */
  private record SmallEdit(
      String words, Capability needs, CatalogPlan before, UnaryOperator<CatalogPlan> edit) {}

  private static final CatalogPlan FLAT = SamplePlans.plan(flat("team-monthly", "49.00"));

  private static final CatalogPlan METERED =
      SamplePlans.plan(flat("team-monthly", "49.00"), SamplePlans.calls("0.002"));

  private static final List<SmallEdit> SMALL =
      List.of(
          new SmallEdit(
              "displayName Team -> Team XL",
              Capability.FLAT,
              FLAT,
              edit(p -> p.displayName = "Team XL")),
          new SmallEdit(
              "description For growing teams -> For all",
              Capability.FLAT,
              FLAT,
              edit(p -> p.description = "For all")),
          new SmallEdit(
              "prices.team-monthly.amount 49 -> 59",
              Capability.FLAT,
              FLAT,
              model("team-monthly", flat("team-monthly", "59").model())),
          new SmallEdit(
              "prices.team-calls.amount 0.002 -> 0.003",
              Capability.PER_UNIT,
              METERED,
              model("team-calls", SamplePlans.calls("0.003").model())),
          new SmallEdit(
              "prices.team-sms.size 1000 -> 500",
              Capability.PACKAGE,
              SamplePlans.plan(
                  flat("team-monthly", "49.00"), price("team-sms", pack("1000", "8", "0"))),
              model("team-sms", pack("500", "8", "0"))));

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("smallEdits")
  void whatABackendCanSayItTellsInTheSameWords(
      String name, String words, BackendUnderTest backend, SmallEdit edit) {
    if (backend.factory().capabilities().has(edit.needs())) {
      assertThat(told(backend, edit.before(), edit.edit()))
          .filteredOn(SameWordsTest::isField)
          .containsExactly(words);
    } else {
      assertThat(made(backend, edit.before())).isInstanceOf(Outcome.Inexpressible.class);
    }
  }

  /** Steps without a field are told by their title; an invoice's name follows the plan's. */
  private static boolean isField(String told) {
    return told.contains(" -> ") && !told.contains("invoiceDisplayName");
  }

  private static Outcome made(BackendUnderTest backend, CatalogPlan plan) {
    ManualClock clock = new ManualClock();
    try (Server server = backend.fresh(clock)) {
      Plot plot = Plot.undisturbed();
      Scenario create = Scenario.create("create", plan, SamplePlans.policies());
      return OperatorProcess.start(
              backend, new Wire(server, clock, plot), clock, new Desk(), plot, Tamper.NONE)
          .once(create.goal(), create);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edits")
  void anEditOfARichPlanIsToldAlikeWhereItCanBeSaid(String words, UnaryOperator<CatalogPlan> edit) {
    for (BackendUnderTest backend : List.of(new HttpUnderTest(), new BxbUnderTest(true))) {
      assertThat(told(backend, edit)).as(backend.name()).containsAll(List.of(words.split("; ")));
    }
    // The protocol also tells the defaults of what is new.
    assertThat(told(new BxbUnderTest(true), edit)).containsExactlyInAnyOrder(words.split("; "));
  }

  /** What status would say of the difference, with nothing written. */
  private static List<String> told(BackendUnderTest backend, UnaryOperator<CatalogPlan> edit) {
    return told(backend, before(), edit);
  }

  private static List<String> told(
      BackendUnderTest backend, CatalogPlan before, UnaryOperator<CatalogPlan> edit) {
    ManualClock clock = new ManualClock();
    Desk desk = new Desk();
    try (Server server = backend.fresh(clock)) {
      Plot plot = Plot.undisturbed();
      OperatorProcess process =
          OperatorProcess.start(
              backend, new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE);
      Scenario create = Scenario.create("create", before, SamplePlans.policies());
      assertThat(process.once(create.goal(), create)).isEqualTo(new Outcome.Done());
      Scenario look = Scenario.create("look", edit.apply(before), observing());
      return process.once(look.goal(), look)
              instanceof Outcome.Blocked(Reason reason, String message)
          ? List.of(message.replace("differs, and nothing is written: ", "").split("; "))
          : List.of();
    }
  }

  private static Policies observing() {
    Policies p = SamplePlans.policies();
    return new Policies(
        p.existingSubscribers(),
        Policies.Management.OBSERVE,
        p.adoption(),
        p.deletion(),
        p.drift());
  }

  private static CatalogPlan before() {
    return committed(
        entitled(
            SamplePlans.plan(
                flat("team-monthly", "49.00"),
                SamplePlans.calls("0.002"),
                price("team-sms", pack("1000", "8", "10")),
                price("team-share", rate("2.5"))),
            true,
            10),
        "100",
        "500");
  }

  private static UnaryOperator<CatalogPlan> with(UnaryOperator<CatalogPlan> edit) {
    return edit;
  }

  private static CatalogPlan.UsageThreshold threshold(boolean recurring, String name) {
    return new CatalogPlan.UsageThreshold(new BigDecimal("500"), "USD", recurring, name);
  }

  private static PriceModel pack(String size, String amount, String free) {
    return new PriceModel.Package(
        "sms", new BigDecimal(size), new BigDecimal(amount), new BigDecimal(free));
  }

  private static PriceModel rate(String percent) {
    return new PriceModel.Percentage(
        "api-calls",
        new BigDecimal(percent),
        BigDecimal.ZERO,
        0,
        Optional.empty(),
        Optional.empty());
  }
}
