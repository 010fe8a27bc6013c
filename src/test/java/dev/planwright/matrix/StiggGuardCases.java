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
import java.util.Optional;

/** For every row of Stigg's table, a change that falls under it. */
final class StiggGuardCases {
  private StiggGuardCases() {}

  static Map<String, Change> changes() {
    List<String> version =
        List.of(
            "POST /api/v1/plans/team/draft",
            "PATCH /api/v1/plans/team",
            "POST /api/v1/plans/team/publish");
    Map<String, Change> all = new LinkedHashMap<>();
    all.put(
        "change name, description, metadata or mark",
        new Change(team(), edit(p -> p.displayName = "Team XL"), version));
    all.put(
        "change prices, pricing or minimum commitments",
        new Change(team(), model("team-monthly", GuardCases.flatModel("59.00")), version));
    all.put("change trial", new Change(team(), edit(p -> p.trial = GuardCases.trial(14)), version));
    all.put(
        "change parent plan or add-ons",
        new Change(team(), edit(p -> p.parentPlan = Optional.of("starter")), version));
    all.put(
        "change entitlements or credits",
        new Change(
            entitled(team(), true, 0),
            p -> entitled(p, false, 0),
            List.of(
                "POST /api/v1/plans/team/draft",
                "PATCH /api/v1/plans/team",
                "PATCH /api/v1/plans/team/entitlements/sso",
                "POST /api/v1/plans/team/publish")));
    all.put(
        "archive",
        new Change(
            team(),
            edit(p -> p.lifecycle = CatalogPlan.Lifecycle.ARCHIVED),
            List.of("POST /api/v1/plans/team/archive")));
    return all;
  }

  /** Rows that no edit falls under, and the test that holds each. */
  static Map<String, String> elsewhere() {
    return Map.of(
        "create a plan, open, fill or drop a draft",
        "createsAreNeverAskedAbout",
        "publish a plan for the first time",
        "createsAreNeverAskedAbout",
        "change entitlements or credits that other plans inherit",
        "StiggGuardTest.whatOtherPlansInheritIsNotChangedUnasked");
  }
}
