package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.model;
import static dev.planwright.matrix.PlanDraft.price;
import static dev.planwright.matrix.SamplePlans.committed;
import static dev.planwright.matrix.SamplePlans.entitled;
import static dev.planwright.matrix.SamplePlans.flat;
import static dev.planwright.matrix.SamplePlans.plan;
import static dev.planwright.matrix.SamplePlans.sms;
import static dev.planwright.matrix.SamplePlans.storage;
import static dev.planwright.matrix.SamplePlans.team;

import dev.planwright.backend.AffectsRow;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** For every row of every backend's table, a change that falls under it. */
final class GuardCases {
  private static final BigDecimal ONE = BigDecimal.ONE;

  /**
   * A change that falls under a row.
   *
   * @param calls what it sends when it may
   */
  record Change(CatalogPlan before, UnaryOperator<CatalogPlan> edit, List<String> calls) {}

  private GuardCases() {}

  static List<GuardCase> all() {
    List<GuardCase> cases = new ArrayList<>();
    cases.addAll(of(new HttpUnderTest(), http()));
    cases.addAll(of(new BxbUnderTest(true), bxb()));
    cases.addAll(of(new NodeRailsUnderTest(), NodeRailsGuardCases.changes()));
    cases.addAll(of(new PaygenticUnderTest(), PaygenticGuardCases.changes()));
    cases.addAll(of(new SchematicUnderTest(false), SchematicGuardCases.changes()));
    cases.addAll(of(new SchematicUnderTest(true), SchematicGuardCases.drafts()));
    cases.addAll(of(new StiggUnderTest(), StiggGuardCases.changes()));
    return cases;
  }

  /** Rows that no edit of a plan falls under, and the test that holds each. */
  static Map<String, String> elsewhere() {
    Map<String, String> tests = new LinkedHashMap<>();
    tests.put("http: owner", "the mark alone changes on adoption: every case of that path");
    tests.put("bxb: create plan", "a plan that nobody can have: createsAreNeverAskedAbout");
    tests.put(
        "bxb: add a commitment, threshold, entitlement or tax to a plan created in the same round",
        "createsAreNeverAskedAbout");
    tests.put("bxb: delete plan", "aPlanThatPeoplePayForIsNeverDeleted");
    NodeRailsGuardCases.elsewhere().forEach((row, test) -> tests.put("noderails: " + row, test));
    PaygenticGuardCases.elsewhere().forEach((row, test) -> tests.put("paygentic: " + row, test));
    SchematicGuardCases.elsewhere().forEach((row, test) -> tests.put("schematic: " + row, test));
    StiggGuardCases.elsewhere().forEach((row, test) -> tests.put("stigg: " + row, test));
    return tests;
  }

  private static List<GuardCase> of(BackendUnderTest backend, Map<String, Change> changes) {
    List<GuardCase> cases = new ArrayList<>();
    for (AffectsRow row : backend.factory().affects()) {
      Change change = changes.get(row.what());
      if (change != null) {
        cases.add(new GuardCase(backend, row, change.before(), change.edit(), change.calls()));
      }
    }
    return cases;
  }

  private static Map<String, Change> bxb() {
    List<String> put = List.of("PUT /v1/plans/{id}");
    Map<String, Change> all = new LinkedHashMap<>();
    all.put(
        "change name, description or mark",
        new Change(team(), edit(p -> p.displayName = "Team XL"), put));
    all.put("change trial", new Change(team(), edit(p -> p.trial = trial(14)), put));
    all.put("change base fee", new Change(team(), model("team-monthly", flatModel("59.00")), put));
    all.put("replace charges", new Change(team(), model("team-calls", perUnit("0.003")), put));
    all.put(
        "create, change or remove commitment",
        new Change(
            committed(team(), "100.00"),
            p -> committed(p, "150.00"),
            List.of("PUT /v1/commitments/{id}")));
    all.put(
        "create or remove threshold",
        new Change(
            committed(team(), "100.00"),
            p -> committed(p, "100.00", "500.00"),
            List.of("POST /v1/plans/team/usage_thresholds")));
    all.put(
        "create, change or remove entitlement",
        new Change(
            entitled(team(), true, 0),
            p -> entitled(p, false, 0),
            List.of("PATCH /v1/entitlements/{id}")));
    all.put(
        "apply or remove tax",
        new Change(
            team(),
            edit(
                p ->
                    p.tax =
                        Optional.of(
                            new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()))),
            List.of("POST /v1/taxes/apply")));
    return all;
  }

  private static Map<String, Change> http() {
    Map<String, UnaryOperator<CatalogPlan>> edits = new LinkedHashMap<>();
    edits.put("displayName", edit(p -> p.displayName = "Team XL"));
    edits.put("invoiceDisplayName", edit(p -> p.invoiceDisplayName = "Team plan"));
    edits.put("description", edit(p -> p.description = "For large teams"));
    edits.put("imageUrl", edit(p -> p.imageUrl = "https://example.com/team.png"));
    edits.put("metadata", edit(p -> p.metadata = Map.of("tier", "team")));
    edits.put("defaultPrice", edit(p -> p.defaultPrice = Optional.of("team-monthly")));
    edits.put("product", edit(p -> p.product = Optional.of("other")));
    edits.put("pricing", edit(p -> p.pricing = CatalogPlan.Pricing.CUSTOM));
    edits.put("parentPlan", edit(p -> p.parentPlan = Optional.of("starter")));
    edits.put("compatibleAddOns", edit(p -> p.compatibleAddOns = List.of("extra-seats")));
    edits.put("trial", edit(p -> p.trial = trial(14)));
    edits.put(
        "entitlements",
        edit(
            p ->
                p.entitlements =
                    List.of(
                        soft("seats"),
                        soft("projects"),
                        new Entitlement("sso", new Entitlement.Enabled(true), Optional.empty()))));
    edits.put(
        "creditGrants",
        edit(
            p ->
                p.creditGrants =
                    List.of(
                        new CatalogPlan.CreditGrant(
                            "tokens", ONE, Optional.of(Interval.Unit.MONTH)))));
    edits.put("minimumCommitments", p -> committed(p, "150.00"));
    edits.put(
        "usageThresholds",
        edit(
            p ->
                p.usageThresholds =
                    List.of(new CatalogPlan.UsageThreshold(ONE, "USD", false, "Soft cap"))));
    edits.put(
        "tax",
        edit(
            p ->
                p.tax =
                    Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()))));
    edits.put("prices.* (added)", edit(p -> p.prices = with(p.prices, sms("team-texts"))));
    edits.put(
        "prices.* (removed)",
        edit(
            p ->
                p.prices =
                    p.prices.stream().filter(it -> !it.name().equals("team-calls")).toList()));
    edits.put("prices.*.name", price("team-storage", p -> p.name = "team-disk"));
    edits.put("prices.*.nickname", price("team-calls", p -> p.nickname = "Calls"));
    edits.put(
        "prices.*.invoiceDisplayName",
        price("team-calls", p -> p.invoiceDisplayName = "API calls"));
    edits.put("prices.*.sortOrder", price("team-calls", p -> p.sortOrder = OptionalInt.of(3)));
    edits.put("prices.*.metadata", price("team-calls", p -> p.metadata = Map.of("a", "b")));
    edits.put("prices.*.currency", price("team-calls", p -> p.currency = "EUR"));
    edits.put("prices.*.recurring", price("team-calls", p -> p.months(3)));
    edits.put(
        "prices.*.oneTime", price("team-setup", p -> p.schedule = new CatalogPrice.OneTime()));
    edits.put(
        "prices.*.billing",
        price("team-monthly", p -> p.billing = CatalogPrice.Billing.IN_ARREARS));
    edits.put("prices.*.model", model("team-calls", storage("any").model()));
    edits.put(
        "prices.*.metric",
        model(
            "team-calls",
            new PriceModel.PerUnit(
                "sms",
                new BigDecimal("0.002"),
                PriceModel.UsageType.METERED,
                OptionalLong.empty(),
                OptionalLong.empty(),
                List.of(),
                PriceModel.Unmatched.BASE_AMOUNT)));
    edits.put("prices.*.feature", model("team-overage", new PriceModel.Overage("projects", ONE)));
    edits.put("prices.*.amount", model("team-monthly", flatModel("59.00")));
    edits.put("prices.*.countries", price("team-monthly", p -> p.countries = List.of("DE")));
    edits.put("prices.*.trialDays", price("team-monthly", p -> p.trialDays = OptionalInt.of(7)));
    edits.put(
        "prices.*.usageType",
        model("team-calls", seats(OptionalLong.empty(), OptionalLong.empty())));
    edits.put(
        "prices.*.minUnits", model("team-seats", seats(OptionalLong.of(2), OptionalLong.empty())));
    edits.put(
        "prices.*.maxUnits", model("team-seats", seats(OptionalLong.empty(), OptionalLong.of(9))));
    edits.put("prices.*.filters", model("team-calls", filtered(true)));
    edits.put("prices.*.unmatched", model("team-filtered", filtered(false)));
    edits.put("prices.*.size", model("team-sms", pack("500", "0")));
    edits.put("prices.*.freeUnits", model("team-sms", pack("1000", "10")));
    edits.put(
        "prices.*.tiers",
        model(
            "team-storage",
            new PriceModel.Volume(
                "storage-gb",
                List.of(new PriceModel.Tier(Optional.empty(), ONE, BigDecimal.ZERO)))));
    edits.put("prices.*.rate", model("team-share", share("3", "0.30", 0, "0.10", "5.00")));
    edits.put("prices.*.fixedAmount", model("team-share", share("2.5", "0.40", 0, "0.10", "5.00")));
    edits.put("prices.*.freeEvents", model("team-share", share("2.5", "0.30", 5, "0.10", "5.00")));
    edits.put("prices.*.minAmount", model("team-share", share("2.5", "0.30", 0, "0.20", "5.00")));
    edits.put("prices.*.maxAmount", model("team-share", share("2.5", "0.30", 0, "0.10", "6.00")));
    Map<String, Change> changes = new LinkedHashMap<>();
    edits.forEach(
        (row, edit) ->
            changes.put(row, new Change(everything(), edit, List.of("PUT /plans/team"))));
    changes.put(
        "lifecycle",
        new Change(
            everything(),
            edit(p -> p.lifecycle = CatalogPlan.Lifecycle.ARCHIVED),
            List.of("POST /plans/team/archive")));
    return changes;
  }

  /** A plan that has one of everything that an edit needs. */
  private static CatalogPlan everything() {
    CatalogPlan base =
        plan(
            flat("team-monthly", "49.00"),
            flat("team-setup", "10.00"),
            SamplePlans.calls("0.002"),
            storage("team-storage"),
            SamplePlans.price("team-sms", pack("1000", "0")),
            SamplePlans.price("team-seats", seats(OptionalLong.empty(), OptionalLong.empty())),
            SamplePlans.price("team-filtered", filtered(true)),
            SamplePlans.price("team-share", share("2.5", "0.30", 0, "0.10", "5.00")),
            SamplePlans.price("team-overage", new PriceModel.Overage("seats", ONE)));
    CatalogPlan named =
        price("team-setup", p -> p.months(6))
            .andThen(edit(p -> p.product = Optional.of("main")))
            .apply(base);
    return edit(p -> p.entitlements = List.of(soft("seats"), soft("projects"))).apply(named);
  }

  private static List<CatalogPrice> with(List<CatalogPrice> prices, CatalogPrice more) {
    List<CatalogPrice> all = new ArrayList<>(prices);
    all.add(more);
    return all;
  }

  private static Entitlement soft(String feature) {
    return new Entitlement(
        feature, new Entitlement.Limit(BigDecimal.TEN, Optional.empty(), true), Optional.empty());
  }

  static Optional<CatalogPlan.Trial> trial(int days) {
    return Optional.of(new CatalogPlan.Trial(days, Optional.empty()));
  }

  static PriceModel flatModel(String amount) {
    return new PriceModel.Flat(new BigDecimal(amount), Optional.empty());
  }

  static PriceModel perUnit(String amount) {
    return SamplePlans.calls(amount).model();
  }

  private static PriceModel seats(OptionalLong least, OptionalLong most) {
    return new PriceModel.PerUnit(
        "api-calls",
        new BigDecimal("0.002"),
        PriceModel.UsageType.LICENSED,
        least,
        most,
        List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  private static PriceModel filtered(boolean notBilled) {
    return new PriceModel.PerUnit(
        "api-calls",
        new BigDecimal("0.002"),
        PriceModel.UsageType.METERED,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(new PriceModel.Filter("region", List.of("eu"), new BigDecimal("0.003"))),
        notBilled ? PriceModel.Unmatched.NOT_BILLED : PriceModel.Unmatched.BASE_AMOUNT);
  }

  private static PriceModel pack(String size, String free) {
    return new PriceModel.Package(
        "sms", new BigDecimal(size), new BigDecimal("8.00"), new BigDecimal(free));
  }

  private static PriceModel share(String rate, String fixed, long free, String least, String most) {
    return new PriceModel.Percentage(
        "payments",
        new BigDecimal(rate),
        new BigDecimal(fixed),
        free,
        Optional.of(new BigDecimal(least)),
        Optional.of(new BigDecimal(most)));
  }
}
