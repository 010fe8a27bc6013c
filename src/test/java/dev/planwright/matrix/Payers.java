package dev.planwright.matrix;

import dev.planwright.catalog.CatalogPlan;
import java.math.BigDecimal;
import java.util.Map;

/** Those who pay on a server of the matrix, by its own stored data and its own code. */
interface Payers {
  /**
   * Somebody subscribes, month by month in USD, to what this plan sells now.
   *
   * @param priceIds as status shows them, by the name of the price
   * @return who that is
   */
  String join(CatalogPlan plan, Map<String, String> priceIds);

  /**
   * What this subscriber pays for the next month.
   *
   * @param calls usage of the metric {@code api-calls}
   * @return major units of USD
   */
  BigDecimal owes(String subscriber, BigDecimal calls);
}
