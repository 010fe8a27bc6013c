package dev.planwright.backend.stigg;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which intervals can stand beside each other in one plan. Whoever subscribes chooses a period, and
 * pays the rows of that period. Stigg documents usage only where that is the month; what a row of
 * usage by the month means for somebody who pays by the year it does not say, so that is refused
 * unless a person has asked and set {@code usageBesideYearly}. Overage has a period of its own and
 * is expressed in monthly plans alone.
 */
record StiggIntervals(CatalogPlan plan, StiggSettings settings) {
  private static final Optional<Interval> MONTH = Optional.of(Interval.of(Interval.Unit.MONTH, 1));
  private static final Optional<Interval> YEAR = Optional.of(Interval.of(Interval.Unit.YEAR, 1));

  private static final String SETTING =
      "or ask Stigg whether whoever pays by the year can be billed for usage, and if so set "
          + StiggSettings.USAGE_BESIDE_YEARLY
          + ": true in the BillingBackend";

  /** Usage that is counted; a price that is paid once is billed when it is bought. */
  static boolean isMetered(CatalogPrice price) {
    return price.role() != Role.ONE_TIME
        && switch (price.model()) {
          case PriceModel.Flat flat -> false;
          case PriceModel.PerUnit perUnit -> perUnit.usageType() == PriceModel.UsageType.METERED;
          case PriceModel.Package pack -> true;
          case PriceModel.Graduated graduated -> true;
          case PriceModel.Volume volume -> true;
          case PriceModel.Overage overage -> true;
          case PriceModel.Percentage percentage -> true;
          case PriceModel.GraduatedPercentage graduated -> true;
          case PriceModel.Dynamic dynamic -> true;
        };
  }

  private static boolean isPayAsYouGo(CatalogPrice price) {
    return isMetered(price) && !(price.model() instanceof PriceModel.Overage);
  }

  /** A flat price or seats, which somebody pays at the beginning of each period. */
  private static boolean isBase(CatalogPrice price) {
    return price.interval().isPresent() && !isMetered(price);
  }

  /**
   * The prices that say for which periods a plan is sold: usage alone where there is nothing else.
   */
  static List<CatalogPrice> sold(CatalogPlan plan) {
    List<CatalogPrice> base = plan.prices().stream().filter(StiggIntervals::isBase).toList();
    return base.isEmpty() ? plan.prices() : base;
  }

  /** What is wrong with the interval of a price beside those of the others. */
  List<Violation> refusals(CatalogPrice price) {
    List<Violation> all = new ArrayList<>();
    if (price.role() != Role.COMPONENT) {
      return all;
    }
    if (isMetered(price) && !price.interval().equals(MONTH)) {
      boolean wouldDo = isYearlyThroughout(price);
      if (!wouldDo || !settings.usageBesideYearly()) {
        all.add(
            refusal(
                price,
                "Stigg documents pay-as-you-go only where monthly is the sole period",
                "bill usage every month" + (wouldDo ? ", " + SETTING : "")));
      }
    }
    for (CatalogPrice other : plan.prices()) {
      boolean judges = other.role() == Role.ALTERNATIVE || other.name().compareTo(price.name()) < 0;
      if (judges && other.interval().isPresent() && !stand(price, other)) {
        boolean wouldDo = isMonthBesideYear(price, other) || isMonthBesideYear(other, price);
        all.add(
            refusal(
                price,
                "whoever pays \""
                    + other.name()
                    + "\" every "
                    + every(other)
                    + " would not pay this on Stigg"
                    + (isMetered(price)
                        ? ", which documents pay-as-you-go only in monthly plans"
                        : ""),
                "make one Plan for each interval" + (wouldDo ? ", " + SETTING : "")));
        return all;
      }
    }
    return all;
  }

  private boolean stand(CatalogPrice one, CatalogPrice other) {
    return one.interval().equals(other.interval())
        || (settings.usageBesideYearly()
            && (isMonthBesideYear(one, other) || isMonthBesideYear(other, one)));
  }

  private static boolean isMonthBesideYear(CatalogPrice usage, CatalogPrice base) {
    return isPayAsYouGo(usage)
        && usage.interval().equals(MONTH)
        && isBase(base)
        && base.interval().equals(YEAR);
  }

  /** Usage every year, in a plan that is sold by the year alone. */
  private boolean isYearlyThroughout(CatalogPrice price) {
    return isPayAsYouGo(price)
        && plan.prices().stream()
            .allMatch(it -> it.interval().isEmpty() || it.interval().equals(YEAR));
  }

  /** What nobody can know who has not asked Stigg about it too. */
  Optional<String> warning() {
    boolean usage =
        plan.prices().stream().anyMatch(it -> isPayAsYouGo(it) && it.interval().equals(MONTH));
    List<CatalogPrice> base = plan.prices().stream().filter(StiggIntervals::isBase).toList();
    return usage
            && settings.usageBesideYearly()
            && !base.isEmpty()
            && base.stream().noneMatch(it -> it.interval().equals(MONTH))
        ? Optional.of(
            plan.object()
                + " spec.recurring: usage is all that this plan bills by the month. Whether somebody"
                + " can subscribe to it by the month on Stigg, and then pays for usage alone, is not"
                + " documented: offer it by the year only")
        : Optional.empty();
  }

  private Violation refusal(CatalogPrice price, String problem, String instead) {
    return new Violation(plan.object(price), "spec.recurring", every(price), problem, instead);
  }

  private static String every(CatalogPrice price) {
    return price.interval().map(Interval::toString).orElse("");
  }
}
