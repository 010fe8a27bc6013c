package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.catalog.Currencies;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Price models as charges, in the one form of each that bills on an invoice what {@link
 * PriceModel#cost} says. bxb validates no properties, so what has no such form is refused here.
 *
 * <p>Amounts travel as text, since a number passes through a double; bounds travel as numbers,
 * since pricing crashes on text (bxb: charge models, tiers).
 */
final class ChargeMapping {
  /** More digits than this do not survive as a JSON number. */
  private static final int EXACT_DIGITS = 15;

  private final PriceModel model;
  private final Scale scale;
  private final List<Problem> problems = new ArrayList<>();

  private ChargeMapping(PriceModel model, Scale scale) {
    this.model = model;
    this.scale = scale;
  }

  /**
   * What numbers count.
   *
   * @param amountDigits how far an amount in major units moves to become the charge's: the
   *     currency's digits when charges count minor units, else 0
   * @param metricDigits how far a quantity in major units moves to become the metric's
   */
  record Scale(int amountDigits, int metricDigits) {
    static Scale of(BxbSettings.AmountUnit unit, boolean metricCountsMinor, String currency) {
      int digits = Currencies.minorDigits(currency);
      return new Scale(
          unit == BxbSettings.AmountUnit.MINOR ? digits : 0, metricCountsMinor ? digits : 0);
    }

    /** An amount for the period. */
    BigDecimal amount(BigDecimal major) {
      return major.movePointRight(amountDigits);
    }

    /** An amount for one unit of the metric. */
    BigDecimal perUnit(BigDecimal major) {
      return major.movePointRight(amountDigits - metricDigits);
    }

    BigDecimal quantity(BigDecimal units) {
      return units.movePointRight(metricDigits);
    }

    /** Back from what {@link #amount} gives. */
    BigDecimal majorAmount(BigDecimal amount) {
      return amount.movePointLeft(amountDigits);
    }

    /** Back from what {@link #perUnit} gives. */
    BigDecimal majorPerUnit(BigDecimal amount) {
      return amount.movePointLeft(amountDigits - metricDigits);
    }

    /** Back from what {@link #quantity} gives. */
    BigDecimal units(BigDecimal quantity) {
      return quantity.movePointLeft(metricDigits);
    }
  }

  /**
   * A charge without its ids.
   *
   * @param needsSum whether only a metric that sums gives it a meaning
   */
  record Draft(
      String chargeModel, ObjectNode properties, List<FilterDraft> filters, boolean needsSum) {}

  /** Other properties for usage with one of these values. */
  record FilterDraft(String key, List<String> values, ObjectNode properties) {}

  /**
   * What cannot be said.
   *
   * @param field path below {@code spec.<model>}, {@code ""} for the model itself
   */
  record Problem(String field, String value, String problem, String instead) {}

  /** A charge, or why there is none. The draft is usable only without problems. */
  record Outcome(Draft draft, List<Problem> problems) {}

  /** Maps a model. */
  static Outcome map(PriceModel model, Scale scale) {
    ChargeMapping mapping = new ChargeMapping(model, scale);
    Draft draft = mapping.draft();
    return new Outcome(draft, List.copyOf(mapping.problems));
  }

  private Draft draft() {
    return switch (model) {
      case PriceModel.Flat flat ->
          plain("custom", amounts("custom_amount", scale.amount(flat.amount())));
      case PriceModel.PerUnit perUnit -> perUnit(perUnit);
      case PriceModel.Package pack -> pack(pack);
      case PriceModel.Graduated graduated -> graduated(graduated);
      case PriceModel.Volume volume -> volume(volume);
      case PriceModel.Overage overage -> {
        refuse(
            "feature",
            overage.feature(),
            "bxb links no price to an entitlement",
            "use graduated over the feature's metric, with a first tier of unitAmount 0 up to the"
                + " limit");
        yield nothing();
      }
      case PriceModel.Percentage percentage -> percentage(percentage);
      case PriceModel.GraduatedPercentage graduated -> graduatedPercentage(graduated);
      case PriceModel.Dynamic dynamic -> dynamic();
    };
  }

  private Draft perUnit(PriceModel.PerUnit price) {
    if (price.usageType() == PriceModel.UsageType.LICENSED) {
      refuse(
          "usageType",
          "Licensed",
          "bxb sells no number of units in advance",
          "use usageType: Metered over a metric that aggregates max, such as seats in use");
    }
    price
        .minUnits()
        .ifPresent(
            it ->
                refuse(
                    "minUnits",
                    Long.toString(it),
                    "bxb charges no minimum of units",
                    "leave minUnits out and say the minimum as minimumCommitments of the Plan"));
    price
        .maxUnits()
        .ifPresent(
            it ->
                refuse(
                    "maxUnits",
                    Long.toString(it),
                    "bxb limits no units",
                    "leave maxUnits out and limit the feature by an entitlement of the Plan"));
    if (price.filters().isEmpty()) {
      return plain("standard", amounts("amount", scale.perUnit(price.amount())));
    }
    checkFilters(price);
    List<FilterDraft> filters =
        price.filters().stream()
            .map(
                it ->
                    new FilterDraft(
                        it.key(), it.values(), amounts("amount", scale.perUnit(it.amount()))))
            .toList();
    // What matches no filter is not billed. Should somebody remove the metric's dimension, bxb
    // drops the filters and bills everything at the charge's own amount: that has to be nothing.
    return new Draft("standard", amounts("amount", BigDecimal.ZERO), filters, false);
  }

  private void checkFilters(PriceModel.PerUnit price) {
    if (price.unmatched() == PriceModel.Unmatched.BASE_AMOUNT) {
      refuse(
          "unmatched",
          "BaseAmount",
          "bxb does not bill usage that matches no filter",
          "use unmatched: NotBilled and list every value in filters");
    }
    Set<String> seen = new HashSet<>();
    String key = price.filters().getFirst().key();
    for (int i = 0; i < price.filters().size(); i++) {
      PriceModel.Filter filter = price.filters().get(i);
      if (!filter.key().equals(key)) {
        refuse(
            "filters[" + i + "].key",
            filter.key(),
            "bxb bills usage that matches two filters twice",
            "use one key, such as \"" + key + "\", for all filters of this price");
      }
      if (filter.values().isEmpty()) {
        refuse(
            "filters[" + i + "].values",
            "",
            "bxb makes no filter without values",
            "list the values");
      }
      for (String value : filter.values()) {
        if (!seen.add(value)) {
          refuse(
              "filters[" + i + "].values",
              value,
              "bxb bills usage that matches two filters twice",
              "name each value once");
        }
      }
    }
  }

  private Draft pack(PriceModel.Package price) {
    ObjectNode properties = amounts("amount", scale.amount(price.amount()));
    properties.set("package_size", bound("size", scale.quantity(price.size())));
    properties.set("free_units", bound("freeUnits", scale.quantity(price.freeUnits())));
    return plain("package", properties);
  }

  private Draft graduated(PriceModel.Graduated price) {
    boolean flatFees = price.tiers().stream().anyMatch(it -> it.flatAmount().signum() != 0);
    return flatFees ? graduatedRanges(price) : graduatedTiers(price);
  }

  private Draft graduatedTiers(PriceModel.Graduated price) {
    ArrayNode tiers = JsonNodeFactory.instance.arrayNode();
    eachTier(
        price.tiers(),
        (path, tier) -> {
          ObjectNode one = tiers.addObject();
          // The open last tier leaves the bound out: an explicit null makes pricing crash, and
          // without an open tier everything beyond is free (bxb: tiers).
          tier.upTo().ifPresent(it -> one.set("up_to", bound(path + ".upTo", scale.quantity(it))));
          one.put("unit_price", Decimals.canonical(scale.perUnit(tier.unitAmount())));
        });
    return plain("graduated", object("tiers", tiers));
  }

  private Draft graduatedRanges(PriceModel.Graduated price) {
    PriceModel.Tier first = price.tiers().getFirst();
    if (first.flatAmount().signum() != 0) {
      refuse(
          "tiers[0].flatAmount",
          Decimals.canonical(first.flatAmount()),
          "bxb does not charge the first tier's flat amount when nothing was used",
          "say it as a price of its own: flat with this metric, and flatAmount 0 here");
    }
    ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
    // A slice holds to - from + 1 units, so the first starts at 1 (bxb: graduated ranges).
    BigDecimal[] from = {BigDecimal.ONE};
    eachTier(
        price.tiers(),
        (path, tier) -> {
          ObjectNode one = ranges.addObject();
          one.set("from_value", bound(path, from[0]));
          one.set("to_value", NullNode.getInstance());
          tier.upTo()
              .map(scale::quantity)
              .ifPresent(
                  to -> {
                    if (to.stripTrailingZeros().scale() > 0) {
                      refuse(
                          path + ".upTo",
                          Decimals.canonical(to),
                          "with flat amounts, bxb's graduated tiers end at whole units only",
                          "use a whole number, or leave the flat amounts out");
                    }
                    one.set("to_value", bound(path + ".upTo", to));
                    from[0] = to.add(BigDecimal.ONE);
                  });
          one.put("per_unit_amount", Decimals.canonical(scale.perUnit(tier.unitAmount())));
          one.put("flat_amount", Decimals.canonical(scale.amount(tier.flatAmount())));
        });
    return plain("graduated", object("graduated_ranges", ranges));
  }

  private Draft volume(PriceModel.Volume price) {
    ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
    BigDecimal[] from = {BigDecimal.ZERO};
    eachTier(
        price.tiers(),
        (path, tier) -> {
          ObjectNode one = ranges.addObject();
          // Only the order of these counts; the upper bound is inclusive (bxb: volume ranges).
          one.set("from_value", bound(path, from[0]));
          one.set("to_value", NullNode.getInstance());
          tier.upTo()
              .map(scale::quantity)
              .ifPresent(
                  to -> {
                    one.set("to_value", bound(path + ".upTo", to));
                    from[0] = to;
                  });
          one.put("per_unit_amount", Decimals.canonical(scale.perUnit(tier.unitAmount())));
          one.put("flat_amount", Decimals.canonical(scale.amount(tier.flatAmount())));
        });
    return plain("volume", object("volume_ranges", ranges));
  }

  private Draft percentage(PriceModel.Percentage price) {
    refusePart("fixedAmount", price.fixedAmount());
    refusePart("freeEvents", BigDecimal.valueOf(price.freeEvents()));
    price.minAmount().ifPresent(it -> refusePerEvent("minAmount", it));
    price.maxAmount().ifPresent(it -> refusePerEvent("maxAmount", it));
    // bxb's own percentage takes a fixed base_amount from the charge and bills 0 without one. A
    // pure rate over a sum is an amount per unit of the sum.
    BigDecimal rate = Decimals.fraction(price.rate());
    return new Draft("standard", amounts("amount", scale.perUnit(rate)), List.of(), true);
  }

  private void refusePart(String field, BigDecimal value) {
    if (value.signum() != 0) {
      refusePerEvent(field, value);
    }
  }

  private void refusePerEvent(String field, BigDecimal value) {
    refuse(
        field,
        Decimals.canonical(value),
        "bxb bills no part per event with a rate over usage",
        "leave it out; a fixed amount per event is a perUnit price over a metric that counts them");
  }

  private Draft graduatedPercentage(PriceModel.GraduatedPercentage price) {
    ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
    BigDecimal from = BigDecimal.ZERO;
    for (int i = 0; i < price.tiers().size(); i++) {
      PriceModel.RateTier tier = price.tiers().get(i);
      String path = "tiers[" + i + "]";
      ObjectNode one = ranges.addObject();
      // A slice holds to - from, so the bounds touch (bxb: graduated percentage ranges).
      one.set("from_value", bound(path, from));
      one.set("to_value", NullNode.getInstance());
      if (tier.upTo().isPresent()) {
        from = scale.quantity(tier.upTo().get());
        one.set("to_value", bound(path + ".upTo", from));
      }
      one.put("rate", Decimals.canonical(scale.perUnit(tier.rate())));
      one.put("flat_amount", "0");
    }
    ObjectNode properties = object("graduated_percentage_ranges", ranges);
    return new Draft("graduated_percentage", properties, List.of(), true);
  }

  private Draft dynamic() {
    if (scale.amountDigits() != scale.metricDigits()) {
      boolean chargesCountMinor = scale.amountDigits() > 0;
      refuse(
          "metric",
          model.metricName().orElse(""),
          "the price in each event counts "
              + (chargesCountMinor ? "major" : "minor")
              + " units, and this server reads it as "
              + (chargesCountMinor ? "minor" : "major")
              + " units",
          chargesCountMinor
              ? "send events with prices in minor units and say unit: Minor in the metric's alias"
              : "send events with prices in major units and drop unit: Minor from the metric's"
                  + " alias");
    }
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("price_field", "unit_price");
    properties.put("quantity_field", "quantity");
    return plain("dynamic", properties);
  }

  private static void eachTier(
      List<PriceModel.Tier> tiers, BiConsumer<String, PriceModel.Tier> action) {
    for (int i = 0; i < tiers.size(); i++) {
      action.accept("tiers[" + i + "]", tiers.get(i));
    }
  }

  private JsonNode bound(String field, BigDecimal value) {
    if (value.stripTrailingZeros().precision() > EXACT_DIGITS
        || value.abs().compareTo(BigDecimal.TEN.pow(EXACT_DIGITS)) >= 0) {
      refuse(
          field,
          Decimals.canonical(value),
          "bxb keeps no more than " + EXACT_DIGITS + " digits of a bound",
          "use fewer digits");
      return TextNode.valueOf("");
    }
    return Canonical.number(value);
  }

  private void refuse(String field, String value, String problem, String instead) {
    problems.add(new Problem(field, value, problem, instead));
  }

  private static ObjectNode amounts(String name, BigDecimal value) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put(name, Decimals.canonical(value));
    return properties;
  }

  private static ObjectNode object(String name, JsonNode value) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.set(name, value);
    return properties;
  }

  private static Draft plain(String chargeModel, ObjectNode properties) {
    return new Draft(chargeModel, properties, List.of(), false);
  }

  private static Draft nothing() {
    return plain("", JsonNodeFactory.instance.objectNode());
  }
}
