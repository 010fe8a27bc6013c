package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.price;
import static dev.planwright.matrix.SamplePlans.flat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A plan that people made by hand says more than the manifest that adopts it. What the manifest
 * leaves out is neither written over nor called drift, until a manifest names it.
 */
class AdoptRicherPlanTest {
  private static final String KEY = SamplePlans.TEAM.key();

  /**
   * A field that a manifest can name.
   *
   * @param extra the server's word for it
   * @param edit names it
   * @param then what the server shows then
   * @param there names it as it is there
   * @param gone what the server shows when a manifest named it and names it no more; empty for
   *     nothing
   */
  record Naming(
      String extra,
      UnaryOperator<CatalogPlan> edit,
      String then,
      UnaryOperator<CatalogPlan> there,
      Optional<String> gone) {}

  /**
   * @param byId whether nothing but its id leads to a plan without a mark
   */
  record Richer(BackendUnderTest backend, boolean byId, List<Naming> namings) {
    @Override
    public String toString() {
      return backend.name();
    }
  }

  static Stream<Richer> kept() {
    return Stream.of(
        new Richer(
            new StiggUnderTest(),
            false,
            List.of(
                description(),
                new Naming(
                    "defaultTrialConfig",
                    trial(7),
                    "{budget={hasSoftLimit=true, limit=100}, duration=7,"
                        + " trialEndBehavior=\"CANCEL_SUBSCRIPTION\", units=\"DAY\"}",
                    trial(14),
                    Optional.of("refused")),
                new Naming(
                    "parentPlanId",
                    edit(p -> p.parentPlan = Optional.of("basic")),
                    "basic",
                    edit(p -> p.parentPlan = Optional.of("starter")),
                    Optional.empty()),
                new Naming(
                    "compatibleAddonIds",
                    edit(p -> p.compatibleAddOns = List.of("extra-seats", "extra-sms")),
                    "[\"extra-seats\",\"extra-sms\"]",
                    edit(p -> p.compatibleAddOns = List.of("extra-seats")),
                    Optional.empty()))),
        new Richer(
            new SchematicUnderTest(false),
            false,
            List.of(
                description(),
                new Naming("trial_days", trial(7), "7", trial(14), Optional.empty()))),
        new Richer(
            new SchematicUnderTest(true),
            false,
            List.of(
                description(),
                new Naming("trial_days", trial(7), "7", trial(14), Optional.empty()))),
        new Richer(new SchematicUnderTest(false), true, List.of(description())),
        new Richer(
            new BxbUnderTest(true),
            false,
            List.of(
                description(),
                new Naming("trial_period_days", trial(7), "7", trial(14), Optional.empty()))),
        new Richer(
            new BxbUnderTest(false),
            false,
            List.of(
                description(),
                new Naming("trial_period_days", trial(7), "7", trial(14), Optional.empty()))),
        new Richer(
            new NodeRailsUnderTest(),
            true,
            List.of(
                description(),
                new Naming(
                    "price.trialPeriodDays",
                    price("team-monthly", p -> p.trialDays = OptionalInt.of(7)),
                    "7",
                    price("team-monthly", p -> p.trialDays = OptionalInt.of(14)),
                    Optional.empty()),
                new Naming(
                    "price.nickname",
                    price("team-monthly", p -> p.nickname = "Monthly"),
                    "Monthly",
                    price("team-monthly", p -> p.nickname = "By hand"),
                    Optional.empty()),
                new Naming(
                    "price.sortOrder",
                    price("team-monthly", p -> p.sortOrder = OptionalInt.of(5)),
                    "5",
                    price("team-monthly", p -> p.sortOrder = OptionalInt.of(3)),
                    Optional.empty()))),
        new Richer(
            new PaygenticUnderTest(),
            true,
            List.of(
                description(),
                new Naming(
                    "invoiceDisplayName",
                    edit(p -> p.invoiceDisplayName = "Team plan"),
                    "Team plan",
                    edit(p -> p.invoiceDisplayName = "Team, by hand"),
                    Optional.of("Team")),
                new Naming(
                    "price.invoiceDisplayName",
                    price("team-monthly", p -> p.invoiceDisplayName = "Monthly"),
                    "Monthly",
                    price("team-monthly", p -> p.invoiceDisplayName = "A month, by hand"),
                    Optional.of("Team")))));
  }

  private static Naming description() {
    return new Naming(
        "description",
        edit(p -> p.description = "For all"),
        "For all",
        edit(p -> p.description = "Made by hand"),
        Optional.empty());
  }

  private static UnaryOperator<CatalogPlan> trial(int days) {
    return edit(p -> p.trial = Optional.of(new CatalogPlan.Trial(days, Optional.empty())));
  }

  private static CatalogPlan silent() {
    return SamplePlans.silent("49.00");
  }

  @ParameterizedTest
  @MethodSource("kept")
  void whatTheManifestLeavesOutOutlivesAdoptionEditsAndALostStatus(Richer richer) {
    try (Shop shop = new Shop(richer)) {
      SortedMap<String, String> before = shop.extras();
      shop.reaches(silent());
      assertThat(shop.extras()).as("adopted").isEqualTo(before);
      shop.isAtRest(silent());

      CatalogPlan dearer = silent().withPrices(List.of(flat("team-monthly", "59.00")));
      shop.reaches(dearer);
      assertThat(shop.pays()).isEqualByComparingTo("59.00");
      assertThat(shop.extras()).as("another amount").isEqualTo(before);
      shop.isAtRest(dearer);

      shop.forgets();
      shop.isAtRest(dearer);
      assertThat(shop.extras()).as("without a status").isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void underIfEqualWhatTheManifestLeavesOutIsNoDifference(Richer richer) {
    try (Shop shop = new Shop(richer)) {
      shop.adoption = Policies.Adoption.IF_EQUAL;
      SortedMap<String, String> before = shop.extras();
      shop.reaches(silent());
      assertThat(shop.extras()).isEqualTo(before);
      shop.isAtRest(silent());
    }
  }

  @ParameterizedTest
  @MethodSource("kept")
  void whatAManifestNamesAfterwardsIsChanged(Richer richer) {
    for (Naming naming : richer.namings()) {
      try (Shop shop = new Shop(richer)) {
        SortedMap<String, String> expected = shop.extras();
        shop.reaches(silent());
        CatalogPlan named = naming.edit().apply(silent());
        shop.reaches(named);
        expected.put(naming.extra(), naming.then());
        assertThat(shop.extras()).as("named: " + naming.extra()).isEqualTo(expected);
        shop.isAtRest(named);
      }
    }
  }

  /** Whether a manifest named it as it was or otherwise: it is the manifest's from then on. */
  @ParameterizedTest
  @MethodSource("kept")
  void whatAManifestNamedIsItsOwnFromThenOn(Richer richer) {
    for (Naming naming : richer.namings()) {
      try (Shop shop = new Shop(richer)) {
        SortedMap<String, String> expected = shop.extras();
        shop.reaches(silent());
        CatalogPlan named = naming.there().apply(silent());
        shop.reaches(named);
        assertThat(shop.extras()).as("named as it is: " + naming.extra()).isEqualTo(expected);
        if (naming.gone().equals(Optional.of("refused"))) {
          shop.isRefused(silent(), "budget");
          assertThat(shop.extras()).isEqualTo(expected);
          continue;
        }
        shop.reaches(silent());
        naming
            .gone()
            .ifPresentOrElse(
                it -> expected.put(naming.extra(), it), () -> expected.remove(naming.extra()));
        assertThat(shop.extras()).as("named no more: " + naming.extra()).isEqualTo(expected);
        shop.isAtRest(silent());
      }
    }
  }

  /** Without status and mark nobody can tell whose it is: then it is asked, and nothing written. */
  @ParameterizedTest
  @MethodSource("schematic")
  void whereNothingTellsWhoseItIsNothingIsWritten(Richer richer) {
    try (Shop shop = new Shop(richer)) {
      SortedMap<String, String> before = shop.extras();
      shop.reaches(silent());
      shop.forgetsAllButTheId();
      shop.isRefused(silent(), "description", "trial");
      assertThat(shop.extras()).isEqualTo(before);
      shop.reaches(trial(14).apply(edit(p -> p.description = "Made by hand").apply(silent())));
      assertThat(shop.extras()).isEqualTo(before);
    }
  }

  static Stream<Richer> schematic() {
    return kept().filter(it -> it.backend() instanceof SchematicUnderTest && !it.byId());
  }

  /** bxb has a base fee whether or not a manifest has a flat price. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBaseFeeThatNoManifestNamesIsStillPaid(boolean marks) {
    try (Shop shop = new Shop(new Richer(new BxbUnderTest(marks), false, List.of()))) {
      CatalogPlan usage = silent().withPrices(List.of(SamplePlans.calls("0.002")));
      shop.reaches(usage);
      assertThat(shop.pays()).as("not named").isEqualByComparingTo("49");
      shop.isAtRest(usage);
      shop.reaches(
          usage.withPrices(List.of(flat("team-monthly", "59.00"), SamplePlans.calls("0.002"))));
      assertThat(shop.pays()).as("named").isEqualByComparingTo("59");
      shop.reaches(usage);
      assertThat(shop.pays()).as("named no more").isEqualByComparingTo("0");
    }
  }

  /** On NodeRails a trial is a price's own, and goes on with those that follow it. */
  @Test
  void whatAPriceHadStaysUnderAnotherNameAndAmount() {
    try (Shop shop = new Shop(new Richer(new NodeRailsUnderTest(), true, List.of()))) {
      SortedMap<String, String> before = shop.extras();
      for (String price :
          List.of("monthly 49", "base 49", "base 59", "monthly 59", "monthly 69", "monthly 49")) {
        String[] words = price.split(" ", -1);
        CatalogPlan plan = silent().withPrices(List.of(flat("team-" + words[0], words[1])));
        shop.reaches(plan);
        assertThat(shop.extras()).as(price).isEqualTo(before);
        assertThat(shop.pays()).as(price).isEqualByComparingTo(words[1]);
        shop.isAtRest(plan);
      }
    }
  }

  /** A tax of which a manifest names the code alone keeps its rate. */
  @Test
  void aTaxThatIsNamedInPartKeepsTheRest() {
    try (Shop shop = new Shop(new Richer(new PaygenticUnderTest(), true, List.of()))) {
      SortedMap<String, String> expected = shop.extras();
      CatalogPlan coded = taxed("txcd_10000000", Optional.empty());
      shop.reaches(coded);
      expected.put("defaultTaxCode", "txcd_10000000");
      assertThat(shop.extras()).isEqualTo(expected);
      shop.isAtRest(coded);
      shop.reaches(taxed("txcd_10000000", Optional.of(new BigDecimal("7"))));
      expected.put("defaultTaxRate", "7");
      assertThat(shop.extras()).isEqualTo(expected);
    }
  }

  private static CatalogPlan taxed(String code, Optional<BigDecimal> rate) {
    return edit(p -> p.tax = Optional.of(new CatalogPlan.Tax(code, rate, Optional.empty())))
        .apply(silent());
  }

  /** The protocol writes plans whole, so it asks first. */
  @ParameterizedTest
  @MethodSource("http")
  void whereAPlanIsWrittenWholeWhatWouldBeLostIsListed(Richer richer) {
    try (Shop shop = new Shop(richer)) {
      SortedMap<String, String> before = shop.extras();
      for (Policies.Adoption adoption :
          List.of(Policies.Adoption.ALWAYS, Policies.Adoption.IF_EQUAL)) {
        shop.adoption = adoption;
        shop.isRefused(
            silent(),
            "description",
            "invoiceDisplayName",
            "imageUrl",
            "parentPlan",
            "trial.days",
            "trial.onEnd",
            "entitlements.sso",
            "metadata.tier",
            "prices.team-monthly.nickname",
            "prices.team-monthly.invoiceDisplayName",
            "prices.team-monthly.trialDays",
            "prices.team-monthly.sortOrder");
        // What is left to a default is not said either.
        shop.isRefused(trial(14).apply(silent()), "trial.onEnd");
        assertThat(shop.extras()).isEqualTo(before);
      }
    }
  }

  static Stream<Richer> http() {
    return Stream.of(new Richer(new HttpUnderTest(), false, List.of()));
  }

  /** A person's plan, and an operator that is told to adopt it. */
  private static final class Shop implements AutoCloseable {
    private final Richer richer;
    private final ManualClock clock = new ManualClock();
    private final Server server;
    private final String id;
    private Policies.Adoption adoption = Policies.Adoption.ALWAYS;
    private Desk desk = new Desk();

    Shop(Richer richer) {
      this.richer = richer;
      this.server = richer.backend().fresh(clock);
      assertThat(run(silent(), false)).isEqualTo(new Outcome.Done());
      this.id = server.idOf(KEY).orElse("");
      server.unmark(KEY);
      ((Rich) server).enrich(KEY);
      desk = new Desk();
    }

    SortedMap<String, String> extras() {
      return new TreeMap<>(((Rich) server).extras(KEY));
    }

    BigDecimal pays() {
      return ((Till) server).pays(KEY, BigDecimal.ZERO);
    }

    void reaches(CatalogPlan plan) {
      assertThat(run(plan, richer.byId())).isEqualTo(new Outcome.Done());
    }

    void isAtRest(CatalogPlan plan) {
      long writes = server.writesSeen();
      reaches(plan);
      assertThat(server.writesSeen()).as("a second sync writes nothing").isEqualTo(writes);
    }

    void isRefused(CatalogPlan plan, String... listed) {
      long writes = server.writesSeen();
      Outcome outcome = run(plan, richer.byId());
      assertThat(outcome).isInstanceOf(Outcome.Blocked.class);
      Outcome.Blocked blocked = (Outcome.Blocked) outcome;
      assertThat(blocked.reason()).as(blocked.message()).isEqualTo(Reason.UNMANAGED_REMOTE_CONTENT);
      assertThat(blocked.message()).contains(listed);
      assertThat(server.writesSeen()).isEqualTo(writes);
    }

    void forgets() {
      desk = new Desk();
    }

    void forgetsAllButTheId() {
      String known = desk.current().memory().binding().externalId();
      desk = new Desk();
      desk.remember(known);
    }

    private Outcome run(CatalogPlan plan, boolean byId) {
      CatalogPlan wanted = byId ? SamplePlans.taking(plan, id) : plan;
      Scenario scenario = Scenario.create("adopt", wanted, SamplePlans.with(adoption));
      Plot plot = Plot.undisturbed();
      Outcome outcome = new Outcome.Stale();
      for (int tries = 0; tries < 12; tries++) {
        outcome =
            OperatorProcess.start(
                    richer.backend(), new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE)
                .once(scenario.goal(), scenario);
        Optional<Duration> again = OperatorProcess.retry(outcome);
        if (again.isEmpty() || outcome instanceof Outcome.Blocked) {
          return outcome;
        }
        clock.advance(again.get());
      }
      return outcome;
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
