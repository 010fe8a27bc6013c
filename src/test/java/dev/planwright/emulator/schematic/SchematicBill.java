package dev.planwright.emulator.schematic;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a subscriber pays for one period. Amounts are minor units of the currency, not rounded.
 *
 * @param base the price of the plan itself
 * @param usage by feature id, for every priced entitlement
 */
public record SchematicBill(String currency, BigDecimal base, Map<String, BigDecimal> usage) {
  public SchematicBill {
    usage = Map.copyOf(usage);
  }

  /** Base and usage together. */
  public BigDecimal total() {
    return usage.values().stream().reduce(base, BigDecimal::add);
  }
}
