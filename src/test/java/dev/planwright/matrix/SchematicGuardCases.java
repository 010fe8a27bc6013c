package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.model;
import static dev.planwright.matrix.SamplePlans.entitled;
import static dev.planwright.matrix.SamplePlans.team;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.matrix.GuardCases.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** For every row of Schematic's table, a change that falls under it. */
final class SchematicGuardCases {
  private static final List<String> DRAFTED =
      List.of("PUT /plan-bundles/{id}", "PUT /plans/version/{id}/publish");

  private SchematicGuardCases() {}

  static Map<String, Change> changes() {
    UnaryOperator<CatalogPlan> rename = edit(p -> p.displayName = "Team XL");
    Map<String, Change> all = new LinkedHashMap<>();
    all.put("change name or description of a published plan", new Change(team(), rename, DRAFTED));
    all.put(
        "change prices, trial or entitlements of a published plan",
        new Change(team(), model("team-calls", GuardCases.perUnit("0.003")), DRAFTED));
    return all;
  }

  /** With editsOpenDraft. */
  static Map<String, Change> drafts() {
    UnaryOperator<CatalogPlan> rename = edit(p -> p.displayName = "Team XL");
    Map<String, Change> all = new LinkedHashMap<>();
    all.put(
        "change name or description of a published plan, with editsOpenDraft: true",
        new Change(team(), rename, DRAFTED));
    all.put("publish a draft that differs in texts only", new Change(team(), rename, DRAFTED));
    all.put(
        "change prices, trial or entitlements of a published plan, with editsOpenDraft: true",
        new Change(entitled(team(), true, 10), p -> entitled(p, true, 25), DRAFTED));
    all.put(
        "publish a draft",
        new Change(team(), model("team-monthly", GuardCases.flatModel("59.00")), DRAFTED));
    return all;
  }

  /** Rows that no edit falls under, and the test that holds each. */
  static Map<String, String> elsewhere() {
    Map<String, String> tests = new LinkedHashMap<>();
    tests.put("create plan", "createsAreNeverAskedAbout");
    tests.put("change a version that was never published", "createsAreNeverAskedAbout");
    tests.put("publish the first version", "createsAreNeverAskedAbout");
    tests.put(
        "change prices, trial or entitlements of a published plan, with editsOpenDraft: true",
        "the cases of schematic-drafts");
    tests.put(
        "change name or description of a published plan, with editsOpenDraft: true",
        "the cases of schematic-drafts");
    tests.put("publish a draft that differs in texts only", "the cases of schematic-drafts");
    tests.put("publish a draft", "the cases of schematic-drafts");
    tests.put("delete plan", "aPlanThatPeoplePayForIsNeverDeleted");
    return tests;
  }
}
