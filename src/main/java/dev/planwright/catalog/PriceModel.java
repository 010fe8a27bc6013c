package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a quantity becomes an amount of money. Amounts are major units of the price's currency, rates
 * are percent.
 *
 * <p>Sealed, so that a new model does not compile until every backend says what it does with it.
 * {@link #cost} is the meaning: every mapping to a backend is tested against it.
 */
public sealed interface PriceModel {
  /**
   * What one billing period costs, in major units, not rounded.
   *
   * @throws IllegalArgumentException when the usage lacks what the model needs (a per-event part
   *     needs {@link Usage.Events}, filters need {@link Usage.Filtered}), or when tiers have no
   *     open end
   */
  default BigDecimal cost(Usage usage) {
    return PriceMath.cost(this, usage);
  }

  /** The metric that is counted, where the model counts one. */
  default Optional<String> metricName() {
    return switch (this) {
      case Flat flat -> flat.metric();
      case PerUnit perUnit ->
          perUnit.metric().isEmpty() ? Optional.empty() : Optional.of(perUnit.metric());
      case Package pack -> Optional.of(pack.metric());
      case Graduated graduated -> Optional.of(graduated.metric());
      case Volume volume -> Optional.of(volume.metric());
      case Overage overage -> Optional.empty();
      case Percentage percentage -> Optional.of(percentage.metric());
      case GraduatedPercentage graduated -> Optional.of(graduated.metric());
      case Dynamic dynamic -> Optional.of(dynamic.metric());
    };
  }

  /** The manifest's field that holds this model: {@code flat}, {@code perUnit}, ... */
  default String field() {
    return switch (this) {
      case Flat flat -> "flat";
      case PerUnit perUnit -> "perUnit";
      case Package pack -> "package";
      case Graduated graduated -> "graduated";
      case Volume volume -> "volume";
      case Overage overage -> "overage";
      case Percentage percentage -> "percentage";
      case GraduatedPercentage graduated -> "graduatedPercentage";
      case Dynamic dynamic -> "dynamic";
    };
  }

  /** The same amount whatever was used; with a metric, a fixed amount that belongs to it. */
  record Flat(BigDecimal amount, Optional<String> metric) implements PriceModel {}

  /**
   * Every unit costs the same.
   *
   * @param metric what is counted; {@code ""} where units are bought and no metric is named
   * @param usageType counted by events, or bought as seats
   * @param minUnits fewest units that are billed; fewer cost as many as these
   * @param maxUnits most units that can be bought
   * @param filters other amounts for usage that bears certain values; the first that matches counts
   * @param unmatched what usage costs that matches no filter
   */
  record PerUnit(
      String metric,
      BigDecimal amount,
      UsageType usageType,
      OptionalLong minUnits,
      OptionalLong maxUnits,
      List<Filter> filters,
      Unmatched unmatched)
      implements PriceModel {
    public PerUnit {
      filters = List.copyOf(filters);
    }
  }

  /** Whole packages; a begun one counts. {@code freeUnits} are not counted at all. */
  record Package(String metric, BigDecimal size, BigDecimal amount, BigDecimal freeUnits)
      implements PriceModel {}

  /** Each slice of the quantity at its own tier's price. */
  record Graduated(String metric, List<Tier> tiers) implements PriceModel {
    public Graduated {
      tiers = List.copyOf(tiers);
    }
  }

  /** The whole quantity at the price of the tier that holds the total. */
  record Volume(String metric, List<Tier> tiers) implements PriceModel {
    public Volume {
      tiers = List.copyOf(tiers);
    }
  }

  /** Each unit beyond the plan's soft limit of a feature; the usage given is what lies beyond. */
  record Overage(String feature, BigDecimal amount) implements PriceModel {}

  /**
   * A share of a sum of money, with parts per event.
   *
   * @param rate percent
   * @param fixedAmount added for every event that is billed
   * @param freeEvents the first so many events of a period cost nothing
   * @param minAmount least that one billed event costs
   * @param maxAmount most that one billed event costs
   */
  record Percentage(
      String metric,
      BigDecimal rate,
      BigDecimal fixedAmount,
      long freeEvents,
      Optional<BigDecimal> minAmount,
      Optional<BigDecimal> maxAmount)
      implements PriceModel {
    /** Whether the sum alone decides, not the single events. */
    public boolean isPureRate() {
      return fixedAmount.signum() == 0
          && freeEvents == 0
          && minAmount.isEmpty()
          && maxAmount.isEmpty();
    }
  }

  /** Each slice of a sum of money at its own rate. */
  record GraduatedPercentage(String metric, List<RateTier> tiers) implements PriceModel {
    public GraduatedPercentage {
      tiers = List.copyOf(tiers);
    }
  }

  /** Every event brings its own price. */
  record Dynamic(String metric) implements PriceModel {}

  /** Metered: counted from events. Licensed: a number of units that is bought, such as seats. */
  enum UsageType {
    METERED,
    LICENSED
  }

  /** What usage costs that matches no filter. */
  enum Unmatched {
    NOT_BILLED,
    BASE_AMOUNT
  }

  /** An amount per unit for usage whose dimension {@code key} has one of {@code values}. */
  record Filter(String key, List<String> values, BigDecimal amount) {
    public Filter {
      values = List.copyOf(values);
    }
  }

  /**
   * One tier.
   *
   * @param upTo last quantity inside, empty on the last tier
   * @param unitAmount per unit inside
   * @param flatAmount once, as soon as the tier is reached; the first tier's even at quantity zero
   */
  record Tier(Optional<BigDecimal> upTo, BigDecimal unitAmount, BigDecimal flatAmount) {}

  /** One slice of a sum of money: up to and with {@code upTo} at {@code rate} percent. */
  record RateTier(Optional<BigDecimal> upTo, BigDecimal rate) {}
}
