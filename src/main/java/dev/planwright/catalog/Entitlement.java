package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a subscriber gets of one feature.
 *
 * @param feature our word for a feature that exists on the backend
 * @param grant what is given
 * @param mode on add-ons: added to the plan's, or instead of it
 */
public record Entitlement(String feature, Grant grant, Optional<Mode> mode) {
  /** What is given. */
  public sealed interface Grant {}

  /** On or off. */
  public record Enabled(boolean enabled) implements Grant {}

  /**
   * So many units.
   *
   * @param reset when the count starts anew, where it does
   * @param soft whether more can be used, and is billed as overage
   */
  public record Limit(BigDecimal limit, Optional<Interval.Unit> reset, boolean soft)
      implements Grant {}

  /** As many as wanted. */
  public record Unlimited() implements Grant {}

  /** A text, such as a support level. */
  public record Value(String value) implements Grant {}

  /** How an add-on's entitlement meets the plan's. */
  public enum Mode {
    INCREMENT,
    OVERRIDE
  }
}
