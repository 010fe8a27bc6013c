package dev.planwright.matrix;

import java.math.BigDecimal;
import java.util.Map;

/** What a server of the matrix charges and grants, by its own stored data and its own code. */
interface Till {
  /**
   * What somebody who subscribes to the plan now pays for a month.
   *
   * @param calls usage of the metric {@code api-calls}
   * @return major units of USD
   */
  BigDecimal pays(String key, BigDecimal calls);

  /** What a subscriber gets: {@code on}, or the most of it, by feature. */
  Map<String, String> gets(String key);
}
