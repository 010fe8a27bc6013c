package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.price;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.matrix.GuardCases.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For every row of NodeRails's table, a change that falls under it. */
final class NodeRailsGuardCases {
  private NodeRailsGuardCases() {}

  static Map<String, Change> changes() {
    CatalogPlan shop = NodeRailsUnderTest.shop();
    String plan = "/product-plans/{id}";
    String put = "PUT " + plan + "/prices/{id}";
    Map<String, Change> all = new LinkedHashMap<>();
    all.put(
        "change name, description, image, metadata or mark",
        new Change(shop, edit(p -> p.displayName = "Team XL"), List.of("PUT " + plan)));
    all.put(
        "change tax rate",
        new Change(
            shop,
            edit(
                p ->
                    p.tax =
                        Optional.of(
                            new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()))),
            List.of("PUT " + plan)));
    all.put(
        "change nickname or sort order of a price",
        new Change(shop, price("team-euro", p -> p.nickname = "Europe"), List.of(put)));
    all.put(
        "move the default to another price",
        new Change(
            shop, edit(p -> p.defaultPrice = Optional.of("team-yearly")), List.of(put, put)));
    return all;
  }

  /** Rows that no edit falls under, and the test that holds each. */
  static Map<String, String> elsewhere() {
    Map<String, String> tests = new LinkedHashMap<>();
    tests.put("create plan", "createsAreNeverAskedAbout");
    // Each of these sends something else with subscribers than without, or only once.
    for (String row :
        List.of(
            "archive plan",
            "add price",
            "change amount or trial of a price",
            "change amount or trial of an old price",
            "change currency or interval of a price",
            "bring back a price that somebody is on",
            "remove price that somebody is on",
            "remove, retire or bring back a price that nobody is on")) {
      tests.put(row, "NodeRailsGuardsTest");
    }
    return tests;
  }
}
