package dev.planwright.backend.bxb;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import java.math.BigDecimal;
import java.util.Optional;

/** Small translations between the manifest's words and bxb's. */
final class Words {
  /** The largest base fee: the column is a 32-bit integer, and beyond it bxb answers 500. */
  static final BigDecimal MAX_BASE_CENTS = BigDecimal.valueOf(Integer.MAX_VALUE);

  /** The largest commitment, in minor units; beyond it bxb answers 500. */
  static final BigDecimal MAX_COMMITMENT_CENTS = new BigDecimal("99999999.9999");

  /** Decimals of a minor unit that commitments and thresholds keep. */
  static final int COMMITMENT_DECIMALS = 4;

  private Words() {}

  /** bxb's word for an interval, where it has one. */
  static Optional<String> interval(Interval interval) {
    return Optional.ofNullable(
        switch (interval.unit()) {
          case DAY -> null;
          case WEEK -> interval.count() == 1 ? "weekly" : null;
          case MONTH ->
              switch (interval.count()) {
                case 1 -> "monthly";
                case 3 -> "quarterly";
                default -> null;
              };
          case YEAR -> interval.count() == 1 ? "yearly" : null;
        });
  }

  /** The price whose interval and currency are the plan's: the flat one, else the first. */
  static Optional<CatalogPrice> leading(CatalogPlan plan) {
    return plan.prices(Role.ALTERNATIVE)
        .findFirst()
        .or(() -> plan.prices(Role.COMPONENT).findFirst());
  }

  /** The value of an entitlement; empty where bxb cannot say it. */
  static Optional<String> grant(Entitlement.Grant grant) {
    return switch (grant) {
      case Entitlement.Enabled enabled -> Optional.of(Boolean.toString(enabled.enabled()));
      case Entitlement.Limit limit -> Optional.of(Decimals.canonical(limit.limit()));
      case Entitlement.Value value -> Optional.of(value.value());
      case Entitlement.Unlimited unlimited -> Optional.empty();
    };
  }

  /** The type that a feature needs to have for a grant. */
  static String featureType(Entitlement.Grant grant) {
    return switch (grant) {
      case Entitlement.Enabled enabled -> "boolean";
      case Entitlement.Limit limit -> "quantity";
      case Entitlement.Unlimited unlimited -> "quantity";
      case Entitlement.Value value -> "custom";
    };
  }
}
