package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.model;
import static dev.planwright.matrix.PlanDraft.price;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.matrix.GuardCases.Change;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For every row of Paygentic's table, a change that falls under it. */
final class PaygenticGuardCases {
  private PaygenticGuardCases() {}

  static Map<String, Change> changes() {
    CatalogPlan team = PaygenticScenarios.team();
    CatalogPlan entitled = PaygenticScenarios.entitled(team, 1000);
    List<String> price = List.of("PATCH /v0/prices/{id}");
    Map<String, Change> all = new LinkedHashMap<>();
    all.put(
        "change name, invoice name, description or mark of a plan",
        new Change(team, edit(p -> p.description = "For all"), List.of("PATCH /v0/plans/{id}")));
    all.put(
        "mark a fee, or name another Price in its mark",
        new Change(
            team,
            price("team-monthly", p -> p.name = "team-base"),
            List.of("PATCH /v0/fees/{id}")));
    all.put(
        "change the name of a price on invoices",
        new Change(team, price("team-monthly", p -> p.invoiceDisplayName = "Base"), price));
    all.put(
        "change tax",
        new Change(
            team,
            edit(
                p ->
                    p.tax =
                        Optional.of(
                            new CatalogPlan.Tax(
                                "eservice", Optional.of(BigDecimal.TEN), Optional.empty()))),
            List.of("PATCH /v0/plans/{id}")));
    all.put(
        "add or change an entitlement on a price",
        new Change(entitled, p -> PaygenticScenarios.entitled(p, 5000), price));
    all.put(
        "remove an entitlement from a price",
        new Change(entitled, p -> PaygenticScenarios.entitled(p, 0), price));
    all.put(
        "add, change or remove prices by a new version",
        new Change(
            team,
            model("team-monthly", GuardCases.flatModel("59.00")),
            List.of("POST /v0/prices", "POST /v0/plans/{id}/versions")));
    return all;
  }

  /** Rows that no edit falls under, and the test that holds each. */
  static Map<String, String> elsewhere() {
    return Map.of(
        "create plan",
        "PaygenticGuardsTest: createsAreNeverAskedAbout",
        "create fee",
        "PaygenticGuardsTest: createsAreNeverAskedAbout",
        "create price",
        "it comes with a plan or with a version: every case of those",
        "delete a price or fee of ours that no plan lists",
        "PaygenticGuardsTest: whatNoVersionListsIsDeletedWhoeverSubscribes");
  }
}
