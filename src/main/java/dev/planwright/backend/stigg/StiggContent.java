package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a plan costs and gives. Prices are always written as the complete set, so one that a
 * listing leaves out would be gone from the next version: before prices are written over others,
 * the listing has to prove itself.
 */
record StiggContent(StiggReader reader, StiggCalls calls) {
  /** Pages of the second reading where the first one filled a page, or more. */
  private static final int OTHER_PAGE = 50;

  /** The plan with its prices and entitlements. */
  StiggWorld.Remote of(Pack pack, StiggWorld.State state) {
    List<Row> rows = new ArrayList<>(charges(pack, StiggReader.PAGE));
    rows.addAll(overages(pack, StiggReader.PAGE));
    List<Grant> grants =
        reader
            .listIfAny(calls.entitlements(pack.id()))
            .orElseThrow(() -> vanished("entitlements"))
            .stream()
            .map(Grant::parse)
            .toList();
    if (state == StiggWorld.State.PUBLISHED) {
      requireAll(pack, grants);
    }
    // Some servers show what is inherited too; that is the parent's.
    return new StiggWorld.Remote(
        pack,
        state,
        rows,
        grants.stream()
            .filter(it -> pack.parent().isEmpty() || pack.grants().contains(it.id()))
            .toList());
  }

  /** A plan names its entitlements itself: a list without one of them is cut short. */
  private void requireAll(Pack pack, List<Grant> grants) {
    List<String> read = grants.stream().map(Grant::id).toList();
    List<String> lacking = pack.grants().stream().filter(it -> !read.contains(it)).toList();
    if (!lacking.isEmpty()) {
      throw StiggReader.nonsense(
          calls.noun() + ".entitlements",
          "the list lacks "
              + String.join(", ", lacking)
              + ", which "
              + pack.id()
              + " has: it is cut short, or somebody works in a draft that no list shows");
    }
  }

  /**
   * Reads the prices once more, in pages just as large as what was shown: a server that holds more
   * then has to name a next page.
   *
   * @throws dev.planwright.backend.BackendException of kind {@code NONSENSE} when the two differ,
   *     and for a paid plan that is listed without any price
   */
  void confirmPrices(StiggWorld.Remote remote) {
    Pack pack = remote.pack();
    if (remote.rows().isEmpty() && pack.pricing().equals("PAID")) {
      throw StiggReader.nonsense(
          calls.noun() + ".charges",
          pack.id()
              + " is a paid plan and is listed without any price; an empty list is not taken for"
              + " absence. If its prices were removed on purpose, put one back in Stigg's console");
    }
    for (boolean overage : List.of(false, true)) {
      List<Row> first = remote.rows().stream().filter(it -> it.overage() == overage).toList();
      int page = first.size() < StiggReader.PAGE ? Math.max(1, first.size()) : OTHER_PAGE;
      List<Row> again = overage ? overages(pack, page) : charges(pack, page);
      if (!contents(first).equals(contents(again))) {
        throw StiggReader.nonsense(
            calls.noun() + (overage ? ".overages" : ".charges"),
            "the prices of "
                + pack.id()
                + " were listed as "
                + first.size()
                + " and then as "
                + again.size()
                + " or others: the listing is cut short, or somebody changes it right now");
      }
    }
  }

  private static List<String> contents(List<Row> rows) {
    return rows.stream().map(Row::content).sorted().toList();
  }

  private List<Row> charges(Pack pack, int page) {
    return rows(false, calls.noun() + ".charges", calls.charges(pack.id()), page);
  }

  private List<Row> overages(Pack pack, int page) {
    return calls.addon()
        ? List.of()
        : rows(true, calls.noun() + ".overages", calls.overages(pack.id()), page);
  }

  private List<Row> rows(boolean overage, String operation, String target, int page) {
    List<JsonNode> nodes =
        reader.allIfAny(operation, target, page).orElseThrow(() -> vanished(operation));
    return nodes.stream().map(it -> Row.parse(overage, it)).toList();
  }

  private static dev.planwright.backend.BackendException vanished(String operation) {
    return StiggReader.nonsense(operation, "the plan is gone since it was looked up");
  }
}
