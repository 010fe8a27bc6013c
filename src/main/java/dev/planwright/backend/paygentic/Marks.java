package dev.planwright.backend.paygentic;

import dev.planwright.backend.MarkLine;
import dev.planwright.catalog.CatalogPlan;
import java.util.List;
import java.util.Set;

/** What the marks on plans and fees note besides the owner. */
final class Marks {
  /** Kept on a plan: its tax, which no manifest names. */
  static final String TAX = "tax";

  private static final String PRICE = "price";
  private static final String KEPT = "kept";

  private Marks() {}

  /**
   * The mark of a plan.
   *
   * @param kept what was there when it was adopted and is not ours: ids of prices, and {@link #TAX}
   */
  static MarkLine ofPlan(CatalogPlan plan, Set<String> kept) {
    return base(plan).with(KEPT, kept);
  }

  /** The mark of the fee that a Price is made of. */
  static MarkLine ofFee(CatalogPlan plan, String price) {
    return base(plan).with(PRICE, List.of(price));
  }

  private static MarkLine base(CatalogPlan plan) {
    return new MarkLine(plan.identity(), plan.namespace(), plan.name());
  }

  /** The Price that the mark of a fee names; {@code ""} on a plan. */
  static String price(MarkLine mark) {
    return mark.firstNote(PRICE);
  }

  static Set<String> kept(MarkLine mark) {
    return mark.note(KEPT);
  }
}
