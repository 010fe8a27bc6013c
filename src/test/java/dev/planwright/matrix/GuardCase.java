package dev.planwright.matrix;

import dev.planwright.backend.AffectsRow;
import dev.planwright.catalog.CatalogPlan;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A change that falls under one row of a backend's table.
 *
 * @param before what is there
 * @param edit the change
 * @param calls what an edit sends when nothing forbids it; ids are {@code {id}}
 */
record GuardCase(
    BackendUnderTest backend,
    AffectsRow row,
    CatalogPlan before,
    UnaryOperator<CatalogPlan> edit,
    List<String> calls) {
  CatalogPlan after() {
    return edit.apply(before);
  }

  @Override
  public String toString() {
    return backend.name() + ": " + row.what();
  }
}
