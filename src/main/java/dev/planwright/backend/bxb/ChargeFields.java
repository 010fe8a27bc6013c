package dev.planwright.backend.bxb;

import dev.planwright.backend.FieldChange;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What differs in a charge, in the manifest's fields and units. What has no such form there, as
 * tiers that somebody wrote in another way, is shown as bxb has it.
 */
final class ChargeFields {
  private static final Pattern NUMBER = Pattern.compile("([a-z_]+)=(-?[0-9]+(?:\\.[0-9]+)?)");

  /** A property as a field: its name in the manifest, and what bxb's number counts there. */
  private record Part(String field, UnaryOperator<BigDecimal> spelling) {}

  private ChargeFields() {}

  /** The fields in which a charge has to change: {@code prices.calls.amount}. */
  static List<FieldChange> changed(Wanted.Charge wanted, BxbPlan.Charge before) {
    String price = "prices." + wanted.price().name() + ".";
    Map<String, Part> parts = parts(wanted);
    Optional<SortedMap<String, BigDecimal>> from = numbers(before.properties(), parts);
    Optional<SortedMap<String, BigDecimal>> to = numbers(wanted.remote().properties(), parts);
    List<FieldChange> changes = new ArrayList<>();
    if (from.isPresent() && to.isPresent()) {
      compare(price, parts, from.get(), to.get(), changes);
    }
    // A difference is never lost for want of a name.
    return changes.isEmpty()
        ? List.of(
            new FieldChange(
                price + whole(wanted.price().model()),
                before.properties(),
                wanted.remote().properties()))
        : List.copyOf(changes);
  }

  private static void compare(
      String price,
      Map<String, Part> parts,
      SortedMap<String, BigDecimal> from,
      SortedMap<String, BigDecimal> to,
      List<FieldChange> changes) {
    parts.forEach(
        (property, part) -> {
          String was = shown(from, property, part);
          String is = shown(to, property, part);
          if (!was.equals(is)) {
            changes.add(new FieldChange(price + part.field(), was, is));
          }
        });
  }

  private static Map<String, Part> parts(Wanted.Charge wanted) {
    ChargeMapping.Scale scale = wanted.scale();
    SortedMap<String, Part> parts = new TreeMap<>();
    switch (wanted.price().model()) {
      case PriceModel.Flat flat ->
          parts.put("custom_amount", new Part("amount", scale::majorAmount));
      case PriceModel.PerUnit perUnit -> {
        if (perUnit.filters().isEmpty()) {
          parts.put("amount", new Part("amount", scale::majorPerUnit));
        }
      }
      case PriceModel.Percentage percentage ->
          parts.put("amount", new Part("rate", it -> Decimals.percent(scale.majorPerUnit(it))));
      case PriceModel.Package pack -> {
        parts.put("amount", new Part("amount", scale::majorAmount));
        parts.put("package_size", new Part("size", scale::units));
        parts.put("free_units", new Part("freeUnits", scale::units));
      }
      case PriceModel.Graduated graduated -> {}
      case PriceModel.Volume volume -> {}
      case PriceModel.GraduatedPercentage graduated -> {}
      case PriceModel.Overage overage -> {}
      case PriceModel.Dynamic dynamic -> {}
    }
    return parts;
  }

  /** The field that stands for all of a model. */
  private static String whole(PriceModel model) {
    return switch (model) {
      case PriceModel.Graduated graduated -> "tiers";
      case PriceModel.Volume volume -> "tiers";
      case PriceModel.GraduatedPercentage graduated -> "tiers";
      case PriceModel.Flat flat -> flat.field();
      case PriceModel.PerUnit perUnit -> perUnit.field();
      case PriceModel.Percentage percentage -> percentage.field();
      case PriceModel.Package pack -> pack.field();
      case PriceModel.Overage overage -> overage.field();
      case PriceModel.Dynamic dynamic -> dynamic.field();
    };
  }

  /** Properties that are these numbers and nothing else. */
  private static Optional<SortedMap<String, BigDecimal>> numbers(
      String properties, Map<String, Part> parts) {
    SortedMap<String, BigDecimal> numbers = new TreeMap<>();
    String inner = properties.substring(1, Math.max(1, properties.length() - 1));
    for (String property : inner.isEmpty() ? new String[0] : inner.split(", ", -1)) {
      Matcher number = NUMBER.matcher(property);
      if (!number.matches() || !parts.containsKey(number.group(1))) {
        return Optional.empty();
      }
      numbers.put(number.group(1), new BigDecimal(number.group(2)));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(numbers);
  }

  private static String shown(SortedMap<String, BigDecimal> numbers, String property, Part part) {
    BigDecimal number = numbers.get(property);
    return number == null ? "" : Decimals.canonical(part.spelling().apply(number));
  }
}
