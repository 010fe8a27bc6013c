package dev.planwright.backend.paygentic;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Currencies;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.Optional;

/** Small translations between the manifest's words and Paygentic's. */
final class Words {
  static final String IN_ADVANCE = "in_advance";
  static final String IN_ARREARS = "in_arrears";

  private Words() {}

  /** Paygentic's word for an interval, where it has one. */
  static Optional<String> cadence(Interval interval) {
    return Optional.ofNullable(
        switch (interval.unit()) {
          case DAY, WEEK -> null;
          case MONTH ->
              switch (interval.count()) {
                case 1 -> "P1M";
                case 3 -> "P3M";
                default -> null;
              };
          case YEAR -> interval.count() == 1 ? "P1Y" : null;
        });
  }

  /** A plan's cadence; the older word counts where the newer is missing. */
  static String cadence(String cadence, String interval) {
    if (!cadence.isEmpty()) {
      return cadence;
    }
    return switch (interval) {
      case "quarterly" -> "P3M";
      case "yearly", "annual" -> "P1Y";
      default -> "P1M";
    };
  }

  /** For people: {@code 1 month}. */
  static String shownCadence(String cadence) {
    return switch (cadence) {
      case "P1M" -> "1 month";
      case "P3M" -> "3 months";
      case "P1Y" -> "1 year";
      case RemotePrice.ONCE -> "once";
      default -> cadence;
    };
  }

  /** The price whose interval and currency are the plan's: the flat one, else the first. */
  static Optional<CatalogPrice> leading(CatalogPlan plan) {
    return plan.prices(Role.ALTERNATIVE)
        .findFirst()
        .or(() -> plan.prices(Role.COMPONENT).findFirst());
  }

  static String term(CatalogPrice.Billing billing) {
    return switch (billing) {
      case IN_ADVANCE -> IN_ADVANCE;
      case IN_ARREARS -> IN_ARREARS;
    };
  }

  static String behavior(CatalogPlan.TaxBehavior behavior) {
    return switch (behavior) {
      case EXCLUSIVE -> "exclusive";
      case INCLUSIVE -> "inclusive";
    };
  }

  /** What stands on invoices, which every price needs. */
  static String invoiceName(CatalogPlan plan, CatalogPrice price) {
    if (!price.invoiceDisplayName().isEmpty()) {
      return price.invoiceDisplayName();
    }
    if (!price.nickname().isEmpty()) {
      return price.nickname();
    }
    return plan.displayName() + price.model().metricName().map(it -> ": " + it).orElse("");
  }

  /**
   * What one unit costs, in major units: times the quantity, it is what the model costs. Empty
   * where no unit price says it.
   *
   * @param minorMetric whether the metric sums money in minor units
   */
  static Optional<BigDecimal> unitPrice(PriceModel model, boolean minorMetric, String currency) {
    int digits = minorMetric ? Currencies.minorDigits(currency) : 0;
    return switch (model) {
      case PriceModel.Flat flat -> Optional.of(flat.amount());
      case PriceModel.PerUnit perUnit -> Optional.of(perUnit.amount().movePointLeft(digits));
      case PriceModel.Percentage percentage ->
          Optional.of(Decimals.fraction(percentage.rate()).movePointLeft(digits));
      case PriceModel.Package pack -> Optional.empty();
      case PriceModel.Graduated graduated -> Optional.empty();
      case PriceModel.Volume volume -> Optional.empty();
      case PriceModel.Overage overage -> Optional.empty();
      case PriceModel.GraduatedPercentage graduated -> Optional.empty();
      case PriceModel.Dynamic dynamic -> Optional.empty();
    };
  }

  /** The other way round: the number that the manifest has for a unit price. */
  static String manifestAmount(
      PriceModel model, BigDecimal unitPrice, boolean minorMetric, String currency) {
    int digits = minorMetric ? Currencies.minorDigits(currency) : 0;
    BigDecimal major = unitPrice.movePointRight(digits);
    return Decimals.canonical(
        model instanceof PriceModel.Percentage ? Decimals.percent(major) : major);
  }

  /** The manifest's field that a unit price comes from. */
  static String amountField(PriceModel model) {
    return model instanceof PriceModel.Percentage ? "rate" : "amount";
  }
}
