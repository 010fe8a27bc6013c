package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Formats;
import dev.planwright.api.v1alpha1.PriceSpec;
import dev.planwright.api.v1alpha1.RateTier;
import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.api.v1alpha1.Tier;
import dev.planwright.api.v1alpha1.Unmatched;
import dev.planwright.api.v1alpha1.UsageType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The model of one Price: every block that is there is read, even when one too many is. */
final class PriceModelCompiler {
  private final PriceSpec spec;
  private final CompilerFields fields;

  PriceModelCompiler(PriceSpec spec, CompilerFields fields) {
    this.spec = spec;
    this.fields = fields;
  }

  PriceModel compile() {
    List<PriceModel> models = new ArrayList<>();
    add(models, spec.flat(), this::flat);
    add(models, spec.perUnit(), this::perUnit);
    add(models, spec.packageOf(), this::pack);
    add(models, spec.graduated(), this::graduated);
    add(models, spec.volume(), this::volume);
    add(models, spec.overage(), this::overage);
    add(models, spec.percentage(), this::percentage);
    add(models, spec.graduatedPercentage(), this::graduatedPercentage);
    add(models, spec.dynamic(), this::dynamic);
    if (models.size() != 1) {
      fields.report(
          Rule.ONE_MODEL,
          "spec",
          String.join(" and ", models.stream().map(PriceModel::field).toList()),
          models.isEmpty() ? "has no model" : "has several models",
          models.isEmpty()
              ? "set one, such as flat: {amount: \"49.00\"}"
              : "keep one and make a Price of each other");
    }
    if (spec.oneTime() != null && spec.recurring() == null) {
      models.forEach(this::needsRecurring);
    }
    return models.isEmpty()
        ? new PriceModel.Flat(BigDecimal.ZERO, Optional.empty())
        : models.getFirst();
  }

  private static <T> void add(
      List<PriceModel> models, @Nullable T block, Function<T, PriceModel> compile) {
    if (block != null) {
      models.add(compile.apply(block));
    }
  }

  private void needsRecurring(PriceModel model) {
    boolean bought =
        model instanceof PriceModel.Flat
            || (model instanceof PriceModel.PerUnit perUnit
                && perUnit.usageType() == PriceModel.UsageType.LICENSED);
    if (!bought) {
      fields.report(
          Rule.USAGE_NEEDS_RECURRING,
          "spec.recurring",
          "",
          "is missing beside " + model.field(),
          "set how often usage is billed, such as recurring: {interval: Month}");
    }
  }

  private PriceModel flat(PriceSpec.Flat flat) {
    return new PriceModel.Flat(
        fields.amount("spec.flat.amount", flat.amount()),
        fields.optionalWord("spec.flat.metric", flat.metric()));
  }

  private PriceModel perUnit(PriceSpec.PerUnit perUnit) {
    boolean licensed = perUnit.usageType() == UsageType.LICENSED;
    String metric = fields.optionalWord("spec.perUnit.metric", perUnit.metric()).orElse("");
    if (perUnit.metric() == null && !licensed) {
      fields.report(
          Rule.METERED_NEEDS_METRIC,
          "spec.perUnit.metric",
          "",
          "is missing",
          "set the metric that counts the usage, or usageType: Licensed");
    }
    List<PriceModel.Filter> filters = filters(perUnit, licensed);
    return new PriceModel.PerUnit(
        metric,
        perUnitAmount(perUnit),
        licensed ? PriceModel.UsageType.LICENSED : PriceModel.UsageType.METERED,
        units("spec.perUnit.minUnits", perUnit.minUnits(), 0, licensed),
        maxUnits(perUnit, licensed),
        filters,
        perUnit.unmatched() == Unmatched.BASE_AMOUNT
            ? PriceModel.Unmatched.BASE_AMOUNT
            : PriceModel.Unmatched.NOT_BILLED);
  }

  private BigDecimal perUnitAmount(PriceSpec.PerUnit perUnit) {
    String written = perUnit.amount();
    boolean needed = perUnit.filters().isEmpty() || perUnit.unmatched() != Unmatched.NOT_BILLED;
    if (needed && written == null) {
      fields.report(
          Rule.PER_UNIT_AMOUNT,
          "spec.perUnit.amount",
          "",
          "is missing",
          "set what a unit costs, such as \"0.002\"");
      return BigDecimal.ZERO;
    }
    return fields.optionalAmount("spec.perUnit.amount", written).orElse(BigDecimal.ZERO);
  }

  private OptionalLong maxUnits(PriceSpec.PerUnit perUnit, boolean licensed) {
    OptionalLong max = units("spec.perUnit.maxUnits", perUnit.maxUnits(), 1, licensed);
    Long min = perUnit.minUnits();
    if (min != null && max.isPresent() && min > max.getAsLong()) {
      fields.report(
          Rule.UNIT_RANGE,
          "spec.perUnit.minUnits",
          min,
          "is greater than maxUnits " + max.getAsLong(),
          "use a smaller minUnits or a greater maxUnits");
    }
    return max;
  }

  private OptionalLong units(String field, @Nullable Long units, long min, boolean licensed) {
    if (units == null) {
      return OptionalLong.empty();
    }
    if (!licensed) {
      fields.report(
          Rule.UNITS_ARE_LICENSED,
          field,
          units,
          "is set for usage that is metered",
          "remove it, or set usageType: Licensed");
    }
    return OptionalLong.of(fields.quantity(field, units, min, min));
  }

  private List<PriceModel.Filter> filters(PriceSpec.PerUnit perUnit, boolean licensed) {
    String at = "spec.perUnit.filters";
    List<PriceSpec.UsageFilter> all = fields.bounded(at, perUnit.filters(), 50);
    if ((perUnit.unmatched() != null) == all.isEmpty()) {
      fields.report(
          Rule.FILTERS_UNMATCHED,
          "spec.perUnit.unmatched",
          perUnit.unmatched() == null ? "" : perUnit.unmatched(),
          all.isEmpty() ? "is set without filters" : "is missing beside filters",
          all.isEmpty() ? "remove it" : "say what other usage costs: NotBilled or BaseAmount");
    }
    if (licensed && !all.isEmpty()) {
      fields.report(
          Rule.FILTERS_ARE_METERED,
          at,
          "",
          "are set for units that are bought",
          "remove them, or set usageType: Metered");
    }
    List<PriceModel.Filter> compiled = new ArrayList<>();
    Set<Map.Entry<String, String>> seen = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      compiled.add(filter(at + "[" + i + "]", all.get(i), seen));
    }
    return compiled;
  }

  private PriceModel.Filter filter(
      String at, PriceSpec.UsageFilter filter, Set<Map.Entry<String, String>> seen) {
    String key = fields.word(at + ".key", filter.key());
    if (filter.values().isEmpty()) {
      fields.missing(at + ".values", "name at least one value of " + key);
    }
    List<String> values = fields.bounded(at + ".values", filter.values(), 50);
    for (int i = 0; i < values.size(); i++) {
      String field = at + ".values[" + i + "]";
      fields.requiredLine(field, values.get(i));
      if (!seen.add(Map.entry(key, values.get(i)))) {
        fields.report(
            Rule.FILTERS_DISTINCT,
            field,
            values.get(i),
            "has two amounts",
            "name each value of " + key + " once");
      }
    }
    return new PriceModel.Filter(key, values, fields.amount(at + ".amount", filter.amount()));
  }

  private PriceModel pack(PriceSpec.PackageOf pack) {
    if (pack.size() == null) {
      fields.missing("spec.package.size", "set how many units a package has");
    }
    return new PriceModel.Package(
        fields.word("spec.package.metric", pack.metric()),
        BigDecimal.valueOf(fields.quantity("spec.package.size", pack.size(), 1, 1)),
        fields.amount("spec.package.amount", pack.amount()),
        BigDecimal.valueOf(fields.quantity("spec.package.freeUnits", pack.freeUnits(), 0, 0)));
  }

  private PriceModel graduated(PriceSpec.Graduated graduated) {
    return new PriceModel.Graduated(
        fields.word("spec.graduated.metric", graduated.metric()),
        tiers("spec.graduated.tiers", graduated.tiers()));
  }

  private PriceModel volume(PriceSpec.Volume volume) {
    return new PriceModel.Volume(
        fields.word("spec.volume.metric", volume.metric()),
        tiers("spec.volume.tiers", volume.tiers()));
  }

  private List<PriceModel.Tier> tiers(String at, List<Tier> written) {
    List<Tier> all = fields.bounded(at, written, Formats.TIERS);
    List<PriceModel.Tier> compiled = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String tier = at + "[" + i + "]";
      Long upTo = all.get(i).upTo();
      Optional<BigDecimal> unit =
          fields.optionalAmount(tier + ".unitAmount", all.get(i).unitAmount());
      Optional<BigDecimal> flat =
          fields.optionalAmount(tier + ".flatAmount", all.get(i).flatAmount());
      if (unit.isEmpty() && flat.isEmpty()) {
        fields.report(
            Rule.TIER_HAS_AMOUNT,
            tier,
            "",
            "costs nothing that is said",
            "set unitAmount: \"0\" when it is free");
      }
      compiled.add(
          new PriceModel.Tier(
              upTo == null
                  ? Optional.empty()
                  : Optional.of(BigDecimal.valueOf(fields.quantity(tier + ".upTo", upTo, 1, upTo))),
              unit.orElse(BigDecimal.ZERO),
              flat.orElse(BigDecimal.ZERO)));
    }
    boundaries(at, compiled.stream().map(PriceModel.Tier::upTo).toList());
    return compiled;
  }

  private PriceModel graduatedPercentage(PriceSpec.GraduatedPercentage graduated) {
    String at = "spec.graduatedPercentage.tiers";
    List<RateTier> all = fields.bounded(at, graduated.tiers(), Formats.TIERS);
    List<PriceModel.RateTier> compiled = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String tier = at + "[" + i + "]";
      compiled.add(
          new PriceModel.RateTier(
              fields.optionalAmount(tier + ".upTo", all.get(i).upTo()),
              fields.rate(tier + ".rate", all.get(i).rate())));
    }
    boundaries(at, compiled.stream().map(PriceModel.RateTier::upTo).toList());
    return new PriceModel.GraduatedPercentage(
        fields.word("spec.graduatedPercentage.metric", graduated.metric()), compiled);
  }

  /** Every tier but the last ends somewhere, each later than the one before. */
  private void boundaries(String at, List<Optional<BigDecimal>> ends) {
    if (ends.isEmpty()) {
      fields.report(
          Rule.TIERS_PRESENT,
          at,
          "",
          "is empty",
          "set at least one tier: {unitAmount: ...} or {rate: ...}");
      return;
    }
    BigDecimal last = BigDecimal.ZERO;
    for (int i = 0; i < ends.size(); i++) {
      boolean isLast = i == ends.size() - 1;
      Optional<BigDecimal> end = ends.get(i);
      String field = at + "[" + i + "].upTo";
      if (end.isPresent() == isLast) {
        fields.report(
            Rule.TIERS_LAST_OPEN,
            field,
            end.map(Decimals::canonical).orElse(""),
            isLast ? "ends the last tier: what lies beyond would have no price" : "is missing",
            isLast ? "add a last tier without upTo" : "leave it out on the last tier only");
      }
      if (end.isPresent() && end.get().compareTo(last) <= 0) {
        fields.report(
            Rule.TIERS_RISING,
            field,
            Decimals.canonical(end.get()),
            "is not greater than " + Decimals.canonical(last) + ", where the tier begins",
            "sort the tiers by upTo, each end once");
      }
      last = end.orElse(last).max(last);
    }
  }

  private PriceModel overage(PriceSpec.Overage overage) {
    return new PriceModel.Overage(
        fields.word("spec.overage.feature", overage.feature()),
        fields.amount("spec.overage.amount", overage.amount()));
  }

  private PriceModel percentage(PriceSpec.Percentage percentage) {
    Optional<BigDecimal> min =
        fields.optionalAmount("spec.percentage.minAmount", percentage.minAmount());
    Optional<BigDecimal> max =
        fields.optionalAmount("spec.percentage.maxAmount", percentage.maxAmount());
    if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
      fields.report(
          Rule.PERCENTAGE_RANGE,
          "spec.percentage.minAmount",
          min.get().toPlainString(),
          "is greater than maxAmount " + max.get().toPlainString(),
          "use a smaller minAmount or a greater maxAmount");
    }
    return new PriceModel.Percentage(
        fields.word("spec.percentage.metric", percentage.metric()),
        fields.rate("spec.percentage.rate", percentage.rate()),
        fields
            .optionalAmount("spec.percentage.fixedAmount", percentage.fixedAmount())
            .orElse(BigDecimal.ZERO),
        fields.quantity("spec.percentage.freeEvents", percentage.freeEvents(), 0, 0),
        min,
        max);
  }

  private PriceModel dynamic(PriceSpec.Dynamic dynamic) {
    return new PriceModel.Dynamic(fields.word("spec.dynamic.metric", dynamic.metric()));
  }
}
