package dev.planwright.emulator.schematic;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a subscriber gets of one feature.
 *
 * @param valueType the vendor's word, such as {@code numeric}
 * @param enabled false only for a switch that is off
 * @param limit the most that can be used; empty for no limit
 * @param softLimit where overage begins
 * @param period the vendor's word for when use is counted anew
 */
public record SchematicGrant(
    String valueType,
    boolean enabled,
    Optional<BigDecimal> limit,
    Optional<BigDecimal> softLimit,
    Optional<String> period) {}
