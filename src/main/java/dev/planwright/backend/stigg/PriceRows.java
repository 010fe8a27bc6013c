package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plan's prices as Stigg's rows: one for each period and country. */
final class PriceRows {
  private final CatalogPlan plan;
  private final StiggSettings settings;

  PriceRows(CatalogPlan plan, StiggSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  /**
   * A row that is wanted.
   *
   * @param field of the manifest, for instance {@code prices.team-monthly}
   * @param period what stands in {@code pricePeriods}
   */
  record Wanted(Row row, String field, ObjectNode period) {}

  /** All rows; prices that cannot be said are left out, since check has refused them. */
  List<Wanted> all() {
    List<Wanted> rows = new ArrayList<>();
    if (plan.pricing() == CatalogPlan.Pricing.PAID) {
      plan.prices().forEach(price -> rows.addAll(of(price)));
      plan.minimumCommitments().forEach(it -> rows.addAll(of(it)));
    }
    return List.copyOf(rows);
  }

  private List<Wanted> of(CatalogPrice price) {
    List<Wanted> rows = new ArrayList<>();
    for (String period : periods(plan, price)) {
      for (String country : price.countries().isEmpty() ? List.of("") : price.countries()) {
        rows.addAll(of(price, period, country));
      }
    }
    return rows;
  }

  /**
   * The periods of a price: its own, or for one that is paid once, each that the plan is sold for,
   * as such a row is tied to a period too.
   */
  static List<String> periods(CatalogPlan plan, CatalogPrice price) {
    if (price.role() != Role.ONE_TIME) {
      return price.interval().flatMap(Words::period).stream().toList();
    }
    TreeSet<String> periods = new TreeSet<>();
    for (CatalogPrice other : StiggIntervals.sold(plan)) {
      other.interval().flatMap(Words::period).ifPresent(periods::add);
    }
    return periods.isEmpty() ? List.of(Words.MONTHLY) : List.copyOf(periods);
  }

  private List<Wanted> of(CatalogPrice price, String period, String country) {
    String cadence = price.role() == Role.ONE_TIME ? Words.ONE_OFF : Words.RECURRING;
    ObjectNode body = StiggCalls.object().put("billingPeriod", period);
    if (!country.isEmpty()) {
      body.put("billingCountryCode", country);
    }
    TreeMap<String, String> terms = new TreeMap<>();
    String currency = Words.currency(price.currency());
    terms.put(Row.CURRENCY, currency);
    String model;
    String feature;
    switch (price.model()) {
      case PriceModel.Flat flat -> {
        model = Words.FLAT_FEE;
        feature = "";
        amount(flat.amount(), currency, terms, body);
      }
      case PriceModel.PerUnit perUnit -> {
        boolean licensed = perUnit.usageType() == PriceModel.UsageType.LICENSED;
        model = licensed ? Words.PER_UNIT : Words.USAGE_BASED;
        feature = settings.metric(perUnit.metric());
        amount(perUnit.amount(), currency, terms, body);
        perUnit.minUnits().ifPresent(it -> terms.put(Row.MIN, Long.toString(it)));
        perUnit.maxUnits().ifPresent(it -> terms.put(Row.MAX, Long.toString(it)));
      }
      case PriceModel.Package pack -> {
        model = Words.USAGE_BASED;
        feature = settings.metric(pack.metric());
        amount(pack.amount(), currency, terms, body);
        terms.put(Row.SIZE, Decimals.canonical(pack.size()));
        body.set("blockSize", Words.number(pack.size()));
      }
      case PriceModel.Graduated graduated -> {
        model = Words.USAGE_BASED;
        feature = settings.metric(graduated.metric());
        tiers("GRADUATED", graduated.tiers(), currency, terms, body);
      }
      case PriceModel.Volume volume -> {
        model = Words.USAGE_BASED;
        feature = settings.metric(volume.metric());
        tiers("VOLUME", volume.tiers(), currency, terms, body);
      }
      case PriceModel.Overage overage -> {
        model = Words.USAGE_BASED;
        feature = settings.feature(overage.feature());
        amount(overage.amount(), currency, terms, body);
      }
      case PriceModel.Percentage no -> {
        return List.of();
      }
      case PriceModel.GraduatedPercentage no -> {
        return List.of();
      }
      case PriceModel.Dynamic no -> {
        return List.of();
      }
    }
    boolean over = price.model() instanceof PriceModel.Overage;
    Row row = new Row(over, model, cadence, period, country, feature, "", terms);
    return List.of(new Wanted(row, "prices." + price.name(), body));
  }

  private static void amount(
      BigDecimal amount, String currency, TreeMap<String, String> terms, ObjectNode body) {
    terms.put(Row.AMOUNT, Decimals.canonical(amount));
    body.set("price", money(amount, currency));
  }

  private static void tiers(
      String mode,
      List<PriceModel.Tier> tiers,
      String currency,
      TreeMap<String, String> terms,
      ObjectNode body) {
    List<String> shown = new ArrayList<>();
    ArrayNode all = body.putArray("tiers");
    for (PriceModel.Tier tier : tiers) {
      ObjectNode one = all.addObject();
      tier.upTo().ifPresent(it -> one.set("upTo", Words.number(it)));
      one.set("unitPrice", money(tier.unitAmount(), currency));
      if (tier.flatAmount().signum() != 0) {
        one.set("flatPrice", money(tier.flatAmount(), currency));
      }
      shown.add(
          Row.tier(
              tier.upTo().map(Decimals::canonical).orElse(""),
              Decimals.canonical(tier.unitAmount()),
              Decimals.canonical(tier.flatAmount())));
    }
    terms.put(Row.TIERS, String.join(", ", shown));
    terms.put(Row.MODE, mode);
  }

  /** Major units, as a number of JSON. */
  static ObjectNode money(BigDecimal amount, String currency) {
    ObjectNode money = StiggCalls.object();
    money.set("amount", Words.number(amount));
    return money.put("currency", currency);
  }

  private static List<Wanted> of(CatalogPlan.MinimumCommitment minimum) {
    return Words.period(minimum.every()).stream()
        .map(
            period -> {
              TreeMap<String, String> terms = new TreeMap<>();
              String currency = Words.currency(minimum.currency());
              terms.put(Row.CURRENCY, currency);
              terms.put(Row.AMOUNT, Decimals.canonical(minimum.amount()));
              ObjectNode body = StiggCalls.object().put("billingPeriod", period);
              body.set("minimum", money(minimum.amount(), currency));
              String every = period.equals(Words.MONTHLY) ? "Month" : "Year";
              return new Wanted(
                  new Row(false, Words.MINIMUM_SPEND, Words.RECURRING, period, "", "", "", terms),
                  "minimumCommitments." + minimum.currency() + "/" + every,
                  body);
            })
        .toList();
  }

  // ---- the body of a call -------------------------------------------------------------------

  /** The complete pricing of a plan: every list is sent, also when it is empty. */
  static ObjectNode body(String pricing, List<Wanted> rows) {
    ObjectNode body = StiggCalls.object().put("pricingType", pricing);
    ArrayNode charges = body.putArray("pricingModels");
    ArrayNode overages = body.putArray("overagePricingModels");
    ArrayNode spend = body.putArray("minimumSpend");
    TreeMap<String, ObjectNode> models = new TreeMap<>();
    for (Wanted wanted : rows) {
      Row row = wanted.row();
      if (row.isSpend()) {
        spend.add(wanted.period().deepCopy());
        continue;
      }
      String group = model(row);
      ObjectNode known = models.get(group);
      ObjectNode model = known == null ? head(row) : known;
      if (known == null) {
        models.put(group, model);
        (row.overage() ? overages : charges).add(model);
      }
      model.withArray("pricePeriods").add(wanted.period().deepCopy());
    }
    if (!overages.isEmpty()) {
      body.put("overageBillingPeriod", Words.MONTHLY);
    }
    return body;
  }

  /** How many pricing models these rows make. */
  static long models(List<Wanted> rows, boolean overages) {
    return rows.stream()
        .map(Wanted::row)
        .filter(it -> !it.isSpend() && it.overage() == overages)
        .map(PriceRows::model)
        .distinct()
        .count();
  }

  /** What the rows of one pricing model have in common. */
  private static String model(Row row) {
    return String.join(
        " ",
        row.overage() ? "overage" : "charge",
        row.model(),
        row.cadence(),
        row.feature(),
        row.terms().getOrDefault(Row.MODE, ""),
        row.terms().getOrDefault(Row.MIN, ""),
        row.terms().getOrDefault(Row.MAX, ""));
  }

  private static ObjectNode head(Row row) {
    ObjectNode model = StiggCalls.object().put("billingModel", row.model());
    model.put("billingCadence", row.cadence());
    if (!row.feature().isEmpty()) {
      model.put("featureId", row.feature());
    }
    if (row.terms().containsKey(Row.MODE)) {
      model.put("tiersMode", row.terms().get(Row.MODE));
    }
    if (row.terms().containsKey(Row.MIN)) {
      model.set("minUnitQuantity", Words.number(new BigDecimal(row.terms().get(Row.MIN))));
    }
    if (row.terms().containsKey(Row.MAX)) {
      model.set("maxUnitQuantity", Words.number(new BigDecimal(row.terms().get(Row.MAX))));
    }
    return model;
  }
}
