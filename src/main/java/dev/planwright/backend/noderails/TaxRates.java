package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The merchant's tax rates: looked up, never made. They carry no metadata, so a rate is found by
 * its id, or by the fields that a manifest names.
 *
 * @param all archived ones too, sorted by id
 */
record TaxRates(List<Rate> all) {
  /** Not read: nothing that was looked at needs them. */
  static final TaxRates NONE = new TaxRates(List.of());

  TaxRates {
    all = all.stream().sorted(Comparator.comparing(Rate::id)).toList();
  }

  /** A tax rate, in percent. */
  record Rate(
      String id, String displayName, BigDecimal percentage, boolean inclusive, boolean active) {}

  /** Which rate a manifest means. */
  sealed interface Choice {
    /** This one; {@code ""} for no tax. */
    record One(String id) implements Choice {}

    /** None is like that, or only an archived one, on which every renewal fails. */
    record Missing(String lookedFor) implements Choice {}

    /** Several are like that, and nobody can say which one the manifest means. */
    record Several(List<String> ids) implements Choice {}
  }

  static TaxRates parse(JsonNode list) {
    List<Rate> rates = new ArrayList<>();
    list.forEach(
        it ->
            rates.add(
                new Rate(
                    RemotePlan.text(it, "id"),
                    it.path("displayName").asText(""),
                    RemotePlan.decimal(it, "percentage"),
                    RemotePlan.flag(it, "inclusive"),
                    RemotePlan.flag(it, "isActive"))));
    return new TaxRates(rates);
  }

  /**
   * The rate for a tax.
   *
   * @param linked the one that the plan has, preferred among equals; {@code ""} for none
   */
  Choice choose(CatalogPlan.Tax tax, String linked) {
    List<Rate> like = all.stream().filter(it -> isLike(it, tax)).toList();
    List<Rate> usable = like.stream().filter(Rate::active).toList();
    if (usable.isEmpty()) {
      return new Choice.Missing(words(tax) + (like.isEmpty() ? "" : ", which is archived"));
    }
    if (usable.stream().anyMatch(it -> it.id().equals(linked))) {
      return new Choice.One(linked);
    }
    return usable.size() == 1
        ? new Choice.One(usable.getFirst().id())
        : new Choice.Several(usable.stream().map(Rate::id).toList());
  }

  private static boolean isLike(Rate rate, CatalogPlan.Tax tax) {
    boolean named =
        tax.code().isEmpty()
            || rate.id().equals(tax.code())
            || rate.displayName().equals(tax.code());
    boolean rated = tax.rate().map(it -> Decimals.same(it, rate.percentage())).orElse(true);
    boolean behaves =
        tax.behavior()
            .map(it -> (it == CatalogPlan.TaxBehavior.INCLUSIVE) == rate.inclusive())
            .orElse(true);
    return named && rated && behaves;
  }

  /** For people. */
  String name(String id) {
    return all.stream()
        .filter(it -> it.id().equals(id))
        .map(it -> it.displayName() + " (" + Decimals.canonical(it.percentage()) + " percent)")
        .findFirst()
        .orElse(id);
  }

  static String words(CatalogPlan.Tax tax) {
    return (tax.code().isEmpty() ? "a rate" : tax.code())
        + tax.rate().map(it -> " of " + Decimals.canonical(it) + " percent").orElse("")
        + tax.behavior()
            .map(it -> it == CatalogPlan.TaxBehavior.INCLUSIVE ? ", inclusive" : ", exclusive")
            .orElse("");
  }
}
