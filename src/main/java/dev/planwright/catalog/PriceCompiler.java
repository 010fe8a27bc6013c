package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.PriceSpec;
import dev.planwright.api.v1alpha1.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The spec of one Price, without the Plan around it. */
final class PriceCompiler {
  private final PriceSpec spec;
  private final CompilerFields fields;

  PriceCompiler(PriceSpec spec, CompilerFields fields) {
    this.spec = spec;
    this.fields = fields;
  }

  CatalogPrice compile(String name, String uid, long generation) {
    if (spec.planRef() == null) {
      fields.missing("spec.planRef", "set the name of the Plan: planRef: {name: ...}");
    } else {
      fields.name("spec.planRef.name", spec.planRef().name());
    }
    PriceModel model = new PriceModelCompiler(spec, fields).compile();
    CatalogPrice.Schedule schedule = schedule();
    return new CatalogPrice(
        name,
        uid,
        generation,
        fields.externalId("spec.externalId", spec.externalId()),
        fields.line("spec.nickname", spec.nickname()),
        fields.line("spec.invoiceDisplayName", spec.invoiceDisplayName()),
        fields.currency("spec.currency", spec.currency()),
        schedule,
        billing(schedule, model),
        model,
        countries(),
        trialDays(),
        sortOrder(),
        fields.metadata(spec.metadata()));
  }

  private CatalogPrice.Schedule schedule() {
    PriceSpec.Recurring recurring = spec.recurring();
    if ((recurring == null) == (spec.oneTime() == null)) {
      fields.report(
          Rule.RECURRING_OR_ONE_TIME,
          "spec",
          "",
          recurring == null ? "has neither recurring nor oneTime" : "has recurring and oneTime",
          "set exactly one: recurring: {interval: Month}, or oneTime: {}");
    }
    if (recurring == null) {
      return new CatalogPrice.OneTime();
    }
    if (recurring.interval() == null) {
      fields.missing("spec.recurring.interval", "set Day, Week, Month or Year");
    }
    Integer count = recurring.count();
    long counted =
        fields.whole(
            Rule.RECURRING_COUNT,
            "spec.recurring.count",
            count == null ? null : count.longValue(),
            1,
            1000,
            1);
    Interval.Unit unit = CompilerWords.unit(recurring.interval()).orElse(Interval.Unit.MONTH);
    return new CatalogPrice.Recurring(Interval.of(unit, (int) counted));
  }

  /** What is fixed before the period is billed before it, what is counted in it afterwards. */
  private CatalogPrice.Billing billing(CatalogPrice.Schedule schedule, PriceModel model) {
    return switch (spec.billing()) {
      case IN_ADVANCE -> CatalogPrice.Billing.IN_ADVANCE;
      case IN_ARREARS -> CatalogPrice.Billing.IN_ARREARS;
      case null ->
          schedule instanceof CatalogPrice.OneTime || isKnownBeforehand(model)
              ? CatalogPrice.Billing.IN_ADVANCE
              : CatalogPrice.Billing.IN_ARREARS;
    };
  }

  private static boolean isKnownBeforehand(PriceModel model) {
    return switch (model) {
      case PriceModel.Flat flat -> true;
      case PriceModel.PerUnit perUnit -> perUnit.usageType() == PriceModel.UsageType.LICENSED;
      case PriceModel.Package pack -> false;
      case PriceModel.Graduated graduated -> false;
      case PriceModel.Volume volume -> false;
      case PriceModel.Overage overage -> false;
      case PriceModel.Percentage percentage -> false;
      case PriceModel.GraduatedPercentage graduated -> false;
      case PriceModel.Dynamic dynamic -> false;
    };
  }

  private List<String> countries() {
    List<String> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    List<String> countries = fields.bounded("spec.countries", spec.countries(), 250);
    for (int i = 0; i < countries.size(); i++) {
      String field = "spec.countries[" + i + "]";
      String country = countries.get(i);
      String instead =
          Countries.suggest(country)
              .map(meant -> "did you mean " + meant + "?")
              .orElse("use an ISO 3166-1 code such as DE");
      if (!country.matches(Formats.COUNTRY)) {
        fields.report(
            Rule.COUNTRY_FORMAT, field, country, "is no code of two capital letters", instead);
      } else if (!Countries.isKnown(country)) {
        fields.report(Rule.COUNTRY_KNOWN, field, country, "is no country", instead);
      }
      if (seen.add(country)) {
        kept.add(country);
      } else {
        fields.report(
            Rule.COUNTRIES_UNIQUE, field, country, "is named twice", "name each country once");
      }
    }
    return kept;
  }

  private OptionalInt trialDays() {
    Integer days = spec.trialDays();
    if (days != null && spec.oneTime() != null && spec.recurring() == null) {
      fields.report(
          Rule.ONE_TIME_HAS_NO_TRIAL,
          "spec.trialDays",
          days,
          "is set on a price that is paid once",
          "remove it, or make the price recurring");
    }
    return optional(Rule.TRIAL_DAYS, "spec.trialDays", days, 730);
  }

  private OptionalInt sortOrder() {
    return optional(Rule.QUANTITY_RANGE, "spec.sortOrder", spec.sortOrder(), 1_000_000);
  }

  private OptionalInt optional(Rule rule, String field, @Nullable Integer value, int max) {
    return value == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) fields.whole(rule, field, value.longValue(), 0, max, 0));
  }
}
