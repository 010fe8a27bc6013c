package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a plan as the protocol wants it: decimals as strings in major units, what is unset or a
 * default left out.
 */
final class WireWriter {
  private final Words words;

  WireWriter(Words words) {
    this.words = words;
  }

  /**
   * The body of a {@code PUT}.
   *
   * @param plan what is wanted
   * @param product as the account names it, where the plan belongs to one
   * @param continued ids of stored prices by the name that the price has from now on: how a price
   *     is renamed
   */
  ObjectNode plan(CatalogPlan plan, Optional<String> product, Map<String, String> continued) {
    ObjectNode body = object();
    body.put("owner", plan.identity().ownerId());
    text(body, "displayName", plan.displayName());
    text(body, "invoiceDisplayName", plan.invoiceDisplayName());
    text(body, "description", plan.description());
    text(body, "imageUrl", plan.imageUrl());
    body.put("type", word(plan.type()));
    body.put("pricing", word(plan.pricing()));
    body.put("lifecycle", word(plan.lifecycle()));
    product.ifPresent(id -> body.put("product", id));
    plan.parentPlan().ifPresent(key -> body.put("parentPlan", key));
    strings(body, "compatibleAddOns", plan.compatibleAddOns());
    plan.defaultPrice().ifPresent(price -> body.put("defaultPrice", price));
    plan.trial().ifPresent(trial -> trial(body.putObject("trial"), trial));
    list(body, "entitlements", plan.entitlements(), this::entitlement);
    list(body, "creditGrants", plan.creditGrants(), WireWriter::creditGrant);
    list(body, "minimumCommitments", plan.minimumCommitments(), WireWriter::commitment);
    list(body, "usageThresholds", plan.usageThresholds(), WireWriter::threshold);
    plan.tax().ifPresent(tax -> tax(body.putObject("tax"), tax));
    metadata(body, plan.metadata());
    ArrayNode prices = body.putArray("prices");
    for (CatalogPrice price : plan.prices()) {
      ObjectNode node = price(price);
      Optional.ofNullable(continued.get(price.name())).ifPresent(id -> node.put("id", id));
      prices.add(node);
    }
    return body;
  }

  private static void trial(ObjectNode node, CatalogPlan.Trial trial) {
    node.put("days", trial.days());
    trial.onEnd().ifPresent(end -> node.put("onEnd", word(end)));
  }

  private ObjectNode entitlement(Entitlement entitlement) {
    ObjectNode node = object();
    node.put("feature", words.feature(entitlement.feature()));
    switch (entitlement.grant()) {
      case Entitlement.Enabled enabled -> node.put("enabled", enabled.enabled());
      case Entitlement.Limit limit -> {
        node.put("limit", limit.limit().toBigInteger());
        limit.reset().ifPresent(unit -> node.put("reset", word(unit)));
        if (limit.soft()) {
          node.put("soft", true);
        }
      }
      case Entitlement.Unlimited unlimited -> node.put("unlimited", true);
      case Entitlement.Value value -> node.put("value", value.value());
    }
    entitlement.mode().ifPresent(mode -> node.put("mode", word(mode)));
    return node;
  }

  private static ObjectNode creditGrant(CatalogPlan.CreditGrant grant) {
    ObjectNode node = object().put("credit", grant.credit());
    decimal(node, "amount", grant.amount());
    grant.every().ifPresent(every -> node.put("every", word(every)));
    return node;
  }

  private static ObjectNode commitment(CatalogPlan.MinimumCommitment commitment) {
    ObjectNode node = object();
    decimal(node, "amount", commitment.amount());
    return node.put("currency", commitment.currency()).put("every", word(commitment.every()));
  }

  private static ObjectNode threshold(CatalogPlan.UsageThreshold threshold) {
    ObjectNode node = object();
    decimal(node, "amount", threshold.amount());
    node.put("currency", threshold.currency());
    if (threshold.recurring()) {
      node.put("recurring", true);
    }
    text(node, "displayName", threshold.displayName());
    return node;
  }

  private static void tax(ObjectNode node, CatalogPlan.Tax tax) {
    text(node, "code", tax.code());
    tax.rate().ifPresent(rate -> decimal(node, "rate", rate));
    tax.behavior().ifPresent(behavior -> node.put("behavior", word(behavior)));
  }

  /** One price, without the id that a rename needs. */
  ObjectNode price(CatalogPrice price) {
    ObjectNode node = object();
    node.put("name", price.name());
    text(node, "nickname", price.nickname());
    text(node, "invoiceDisplayName", price.invoiceDisplayName());
    node.put("currency", price.currency());
    switch (price.schedule()) {
      case CatalogPrice.OneTime once -> node.putObject("oneTime");
      case CatalogPrice.Recurring recurring -> {
        interval(node, recurring.interval());
        if (price.billing() != usualBilling(price.model())) {
          node.put("billing", word(price.billing()));
        }
      }
    }
    model(node.putObject(price.model().field()), price.model());
    strings(node, "countries", price.countries());
    price.trialDays().ifPresent(days -> node.put("trialDays", days));
    price.sortOrder().ifPresent(order -> node.put("sortOrder", order));
    metadata(node, price.metadata());
    return node;
  }

  /** Flat and licensed are paid ahead unless said otherwise, all that is metered afterwards. */
  static CatalogPrice.Billing usualBilling(PriceModel model) {
    return switch (model) {
      case PriceModel.Flat flat -> CatalogPrice.Billing.IN_ADVANCE;
      case PriceModel.PerUnit perUnit ->
          perUnit.usageType() == PriceModel.UsageType.LICENSED
              ? CatalogPrice.Billing.IN_ADVANCE
              : CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.Package pack -> CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.Graduated graduated -> CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.Volume volume -> CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.Overage overage -> CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.Percentage percentage -> CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.GraduatedPercentage graduated -> CatalogPrice.Billing.IN_ARREARS;
      case PriceModel.Dynamic dynamic -> CatalogPrice.Billing.IN_ARREARS;
    };
  }

  private static void interval(ObjectNode node, Interval interval) {
    ObjectNode recurring = node.putObject("recurring").put("interval", word(interval.unit()));
    if (interval.count() != 1) {
      recurring.put("count", interval.count());
    }
  }

  private void model(ObjectNode node, PriceModel model) {
    model.metricName().ifPresent(metric -> node.put("metric", words.metric(metric)));
    switch (model) {
      case PriceModel.Flat flat -> decimal(node, "amount", flat.amount());
      case PriceModel.PerUnit perUnit -> perUnit(node, perUnit);
      case PriceModel.Package pack -> {
        node.put("size", pack.size().toBigInteger());
        decimal(node, "amount", pack.amount());
        if (pack.freeUnits().signum() != 0) {
          node.put("freeUnits", pack.freeUnits().toBigInteger());
        }
      }
      case PriceModel.Graduated graduated -> tiers(node, graduated.tiers());
      case PriceModel.Volume volume -> tiers(node, volume.tiers());
      case PriceModel.Overage overage -> {
        node.put("feature", words.feature(overage.feature()));
        decimal(node, "amount", overage.amount());
      }
      case PriceModel.Percentage percentage -> percentage(node, percentage);
      case PriceModel.GraduatedPercentage graduated -> {
        for (PriceModel.RateTier tier : graduated.tiers()) {
          ObjectNode entry = node.withArray("tiers").addObject();
          tier.upTo().ifPresent(upTo -> decimal(entry, "upTo", upTo));
          decimal(entry, "rate", tier.rate());
        }
      }
      case PriceModel.Dynamic dynamic -> {
        // The metric is all there is.
      }
    }
  }

  private static void perUnit(ObjectNode node, PriceModel.PerUnit perUnit) {
    decimal(node, "amount", perUnit.amount());
    node.put("usageType", word(perUnit.usageType()));
    perUnit.minUnits().ifPresent(units -> node.put("minUnits", units));
    perUnit.maxUnits().ifPresent(units -> node.put("maxUnits", units));
    for (PriceModel.Filter filter : perUnit.filters()) {
      ObjectNode entry = node.withArray("filters").addObject().put("key", filter.key());
      strings(entry, "values", filter.values());
      decimal(entry, "amount", filter.amount());
    }
    if (!perUnit.filters().isEmpty()) {
      node.put("unmatched", word(perUnit.unmatched()));
    }
  }

  private static void percentage(ObjectNode node, PriceModel.Percentage percentage) {
    decimal(node, "rate", percentage.rate());
    if (percentage.fixedAmount().signum() != 0) {
      decimal(node, "fixedAmount", percentage.fixedAmount());
    }
    if (percentage.freeEvents() != 0) {
      node.put("freeEvents", percentage.freeEvents());
    }
    percentage.minAmount().ifPresent(amount -> decimal(node, "minAmount", amount));
    percentage.maxAmount().ifPresent(amount -> decimal(node, "maxAmount", amount));
  }

  private static void tiers(ObjectNode node, List<PriceModel.Tier> tiers) {
    for (PriceModel.Tier tier : tiers) {
      ObjectNode entry = node.withArray("tiers").addObject();
      tier.upTo().ifPresent(upTo -> decimal(entry, "upTo", upTo));
      decimal(entry, "unitAmount", tier.unitAmount());
      if (tier.flatAmount().signum() != 0) {
        decimal(entry, "flatAmount", tier.flatAmount());
      }
    }
  }

  private static void decimal(ObjectNode node, String name, BigDecimal value) {
    node.put(name, Decimals.canonical(value));
  }

  private static void text(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  private static void strings(ObjectNode node, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(array::add);
    }
  }

  private static <T> void list(
      ObjectNode node,
      String name,
      List<T> values,
      java.util.function.Function<T, ObjectNode> writer) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(value -> array.add(writer.apply(value)));
    }
  }

  private static void metadata(ObjectNode node, Map<String, String> metadata) {
    if (!metadata.isEmpty()) {
      ObjectNode map = node.putObject("metadata");
      metadata.forEach(map::put);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** {@code IN_ADVANCE} as {@code InAdvance}. */
  static String word(Enum<?> value) {
    StringBuilder text = new StringBuilder();
    for (String part : value.name().split("_", -1)) {
      text.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
