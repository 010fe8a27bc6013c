package dev.planwright.cli.validate;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What the Plans of one account look up there by name. */
final class Needs {
  private static final int SHOWN = 10;

  private final NavigableSet<String> metrics = new TreeSet<>();
  private final NavigableSet<String> features = new TreeSet<>();
  private final NavigableSet<String> products = new TreeSet<>();
  private final NavigableSet<String> credits = new TreeSet<>();
  private final NavigableSet<String> taxes = new TreeSet<>();

  void add(CatalogPlan plan) {
    plan.product().ifPresent(products::add);
    plan.entitlements().stream().map(Entitlement::feature).forEach(features::add);
    plan.creditGrants().forEach(grant -> credits.add(grant.credit()));
    plan.tax().map(CatalogPlan.Tax::code).filter(code -> !code.isEmpty()).ifPresent(taxes::add);
    plan.prices().stream().map(CatalogPrice::model).forEach(this::model);
  }

  private void model(PriceModel model) {
    switch (model) {
      case PriceModel.Flat flat -> flat.metric().ifPresent(metrics::add);
      case PriceModel.PerUnit perUnit -> {
        // Licensed units need none.
        if (!perUnit.metric().isEmpty()) {
          metrics.add(perUnit.metric());
        }
      }
      case PriceModel.Package pack -> metrics.add(pack.metric());
      case PriceModel.Graduated graduated -> metrics.add(graduated.metric());
      case PriceModel.Volume volume -> metrics.add(volume.metric());
      case PriceModel.Overage overage -> features.add(overage.feature());
      case PriceModel.Percentage percentage -> metrics.add(percentage.metric());
      case PriceModel.GraduatedPercentage graduated -> metrics.add(graduated.metric());
      case PriceModel.Dynamic dynamic -> metrics.add(dynamic.metric());
    }
  }

  /** In one clause; empty when nothing is looked up. */
  Optional<String> inWords() {
    List<String> all = new ArrayList<>();
    kind(all, "metric", metrics);
    kind(all, "feature", features);
    kind(all, "product", products);
    kind(all, "credit", credits);
    kind(all, "tax", taxes);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of("whether the account has " + String.join(", ", all));
  }

  private static void kind(List<String> all, String kind, NavigableSet<String> words) {
    if (words.isEmpty()) {
      return;
    }
    String shown = String.join(", ", words.stream().limit(SHOWN).toList());
    int more = words.size() - SHOWN;
    String plural = kind.equals("tax") ? "taxes" : kind + "s";
    all.add(
        (words.size() == 1 ? kind : plural)
            + " "
            + shown
            + (more > 0 ? " and " + more + " more" : ""));
  }
}
