package dev.planwright.backend.stigg;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether in every country exactly those prices apply on Stigg that apply by the manifest. On Stigg
 * a country has its own row of a price or, where there is none, the row without a country; and a
 * row is all that tells currencies apart.
 */
final class StiggMarkets {
  private final CatalogPlan plan;
  private final StiggSettings settings;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Violation> violations;

  private record Entry(CatalogPrice price, Row row) {}

  private StiggMarkets(CatalogPlan plan, StiggSettings settings, List<Violation> violations) {
    this.plan = plan;
    this.settings = settings;
    this.violations = violations;
    Map<String, CatalogPrice> byField = new HashMap<>();
    plan.prices().forEach(it -> byField.put("prices." + it.name(), it));
    for (PriceRows.Wanted wanted : new PriceRows(plan, settings).all()) {
      CatalogPrice price = byField.get(wanted.field());
      if (price != null) {
        entries.add(new Entry(price, wanted.row()));
      }
    }
  }

  static void check(CatalogPlan plan, StiggSettings settings, List<Violation> violations) {
    StiggMarkets markets = new StiggMarkets(plan, settings, violations);
    if (markets.unique()) {
      markets.currencies();
    }
  }

  /** No two prices of one kind for the same period and country. */
  private boolean unique() {
    Map<String, Entry> seen = new HashMap<>();
    boolean all = true;
    for (Entry entry : entries) {
      Entry other = seen.putIfAbsent(entry.row().key(), entry);
      if (other != null) {
        all = false;
        refuse(
            entry.price(),
            "spec." + entry.price().model().field(),
            entry.row().country(),
            "on Stigg \""
                + other.price().name()
                + "\" is the one price of this kind for that period and country",
            "give the two different countries, or make one Plan for each");
      }
    }
    return all;
  }

  private void currencies() {
    TreeSet<String> countries = new TreeSet<>();
    TreeSet<String> periods = new TreeSet<>();
    for (Entry entry : entries) {
      countries.add(entry.row().country());
      periods.add(entry.row().period());
    }
    countries.add("");
    for (String period : periods) {
      for (String country : countries) {
        market(period, country);
      }
    }
  }

  /** What somebody of this country pays who takes the plan for this period. */
  private void market(String period, String country) {
    List<Entry> chosen = new ArrayList<>();
    Map<String, Entry> byKind = new HashMap<>();
    for (Entry entry : entries) {
      Row row = entry.row();
      boolean here = row.country().isEmpty() || row.country().equals(country);
      if (isPaid(row, period) && here) {
        String kind = row.overage() + row.model() + " " + row.cadence() + " " + row.feature();
        Entry before = byKind.get(kind);
        if (before == null || before.row().country().isEmpty()) {
          byKind.put(kind, entry);
        }
      }
    }
    chosen.addAll(byKind.values());
    Optional<Entry> leading =
        chosen.stream()
            .filter(it -> it.price().role() == Role.ALTERNATIVE)
            .findFirst()
            .or(
                () ->
                    chosen.stream()
                        .min(java.util.Comparator.comparing((Entry it) -> it.price().name())));
    if (leading.isEmpty()) {
      return;
    }
    String currency = leading.get().price().currency();
    for (Entry entry : chosen) {
      if (!entry.price().currency().equals(currency)) {
        refuse(
            entry.price(),
            "spec.currency",
            entry.price().currency(),
            where(country)
                + " it would be billed beside \""
                + leading.get().price().name()
                + "\" in "
                + currency,
            "give each country all its prices in one currency");
      }
    }
    for (Entry entry : entries) {
      Row row = entry.row();
      boolean applies =
          entry.price().role() != Role.ALTERNATIVE
              && isPaid(row, period)
              && row.country().isEmpty()
              && entry.price().currency().equals(currency);
      if (applies
          && chosen.stream().noneMatch(it -> it.price().name().equals(entry.price().name()))) {
        refuse(
            entry.price(),
            "spec.countries",
            "",
            where(country) + " another price of the same kind would be billed instead of it",
            "list the countries of each of the two");
      }
    }
  }

  /** Who pays by the year pays the usage of each month too, where that is confirmed. */
  private boolean isPaid(Row row, String period) {
    return row.period().equals(period)
        || (settings.usageBesideYearly()
            && row.model().equals(Words.USAGE_BASED)
            && !row.overage()
            && period.equals(Words.ANNUALLY));
  }

  private static String where(String country) {
    return country.isEmpty() ? "on Stigg" : "in " + country;
  }

  private void refuse(
      CatalogPrice price, String field, String value, String problem, String instead) {
    Violation violation = new Violation(plan.object(price), field, value, problem, instead);
    if (!violations.contains(violation)) {
      violations.add(violation);
    }
  }
}
