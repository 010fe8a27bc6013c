package dev.planwright.backend.bxb;

import dev.planwright.backend.MarkLine;
import dev.planwright.catalog.CatalogPlan;
import java.util.List;
import java.util.Set;

/** What the mark on a bxb plan notes besides the owner. */
final class Marks {
  private static final String FILTERS = "filters";
  private static final String KEPT = "kept";

  private Marks() {}

  static MarkLine of(CatalogPlan plan, String filtersHash, Set<String> kept) {
    return new MarkLine(plan.identity(), plan.namespace(), plan.name())
        .with(FILTERS, filtersHash.isEmpty() ? List.of() : List.of(filtersHash))
        .with(KEPT, kept);
  }

  /** Hash of the charges' filters, which bxb never returns; {@code ""} without filters. */
  static String filters(MarkLine mark) {
    return mark.firstNote(FILTERS);
  }

  /** Hashes of content that was there when we adopted the plan and is not ours. */
  static Set<String> kept(MarkLine mark) {
    return mark.note(KEPT);
  }
}
