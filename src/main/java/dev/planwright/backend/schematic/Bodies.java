package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.Decimals;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is sent. */
final class Bodies {
  private Bodies() {}

  static ObjectNode create(Wanted wanted) {
    return SchematicCalls.object()
        .put("name", wanted.name())
        .put("description", wanted.description())
        .put("plan_type", wanted.type());
  }

  /**
   * Texts, base prices and entitlements in one call. It names the version that it means, since a
   * call that names none may change a draft or what is on sale, by all that is documented.
   */
  static ObjectNode change(
      Wanted wanted,
      String planId,
      Optional<SchematicPlan.Version> version,
      boolean withBase,
      List<Comparison.Edit> edits) {
    ObjectNode body = SchematicCalls.object();
    body.putObject("plan").put("name", wanted.name()).put("description", wanted.description());
    version.ifPresent(it -> body.put("plan_version_id", it.id()));
    String currency = currency(wanted, version);
    if (withBase) {
      body.set("billing_product", base(wanted.base(), currency));
    }
    ArrayNode rows = body.putArray("entitlements");
    for (Comparison.Edit edit : edits) {
      ObjectNode row = rows.addObject();
      switch (edit) {
        case Comparison.Edit.Add(String feature, Grant grant) ->
            row.put("action", "create").set("req", grant(planId, feature, grant, currency));
        case Comparison.Edit.Change(String id, String feature, Grant grant) ->
            row.put("action", "update")
                .put("entitlement_id", id)
                .set("req", grant(planId, feature, grant, currency));
        case Comparison.Edit.Remove(String id) ->
            row.put("action", "delete").put("entitlement_id", id);
      }
    }
    return body;
  }

  /** The default currency stays what it is, as long as the plan is sold in it. */
  private static String currency(Wanted wanted, Optional<SchematicPlan.Version> version) {
    TreeSet<String> all = new TreeSet<>(wanted.base().prices().keySet());
    String before = version.map(SchematicPlan.Version::currency).orElse("");
    return all.isEmpty() || all.contains(before) ? before : all.first();
  }

  private static ObjectNode base(Base base, String currency) {
    ObjectNode body =
        SchematicCalls.object()
            .put("charge_type", base.charge())
            .put("is_trialable", base.trialDays() > 0);
    if (!base.strategy().isEmpty()) {
      body.put("billing_strategy", base.strategy());
    }
    if (base.trialDays() > 0) {
      body.put("trial_days", base.trialDays());
    }
    if (base.prices().isEmpty()) {
      return body;
    }
    body.put("currency", lower(currency));
    amounts(body, base.prices().getOrDefault(currency, Map.of()));
    if (base.prices().size() > 1) {
      // With the default one repeated: whether that may be left out is not documented.
      ArrayNode rows = body.putArray("currency_prices");
      base.prices()
          .forEach((it, prices) -> amounts(rows.addObject().put("currency", lower(it)), prices));
    }
    return body;
  }

  private static void amounts(ObjectNode body, Map<Cadence, java.math.BigDecimal> prices) {
    prices.forEach(
        (cadence, amount) -> body.put(cadence.word() + "_price", amount.longValueExact()));
  }

  private static ObjectNode grant(String planId, String featureId, Grant grant, String currency) {
    ObjectNode body =
        SchematicCalls.object()
            .put("plan_id", planId)
            .put("feature_id", featureId)
            .put("value_type", grant.type());
    grant.enabled().ifPresent(it -> body.put("value_bool", it));
    grant.limit().ifPresent(it -> body.put("value_numeric", it.longValueExact()));
    grant.softLimit().ifPresent(it -> body.put("soft_limit", it.longValueExact()));
    put(body, "metric_period", grant.period());
    put(body, "metric_period_month_reset", grant.monthReset());
    if (!grant.isPriced()) {
      return body;
    }
    body.put("price_behavior", grant.behavior());
    String main = grant.prices().containsKey(currency) ? currency : first(grant);
    Map<Cadence, Rate> rates = grant.prices().getOrDefault(main, Map.of());
    rates.values().stream()
        .filter(Rate::isTiered)
        .findFirst()
        .ifPresent(it -> body.put("tier_mode", it.mode()));
    body.put("currency", lower(main));
    rates(body, rates);
    if (grant.prices().size() > 1) {
      ArrayNode rows = body.putArray("currency_prices");
      grant
          .prices()
          .forEach((it, each) -> rates(rows.addObject().put("currency", lower(it)), each));
    }
    return body;
  }

  private static String first(Grant grant) {
    return grant.prices().keySet().iterator().next();
  }

  private static void rates(ObjectNode body, Map<Cadence, Rate> rates) {
    rates.forEach(
        (cadence, rate) -> {
          if (!rate.isTiered()) {
            body.put(
                cadence.word() + "_unit_price_decimal",
                Decimals.canonical(rate.slices().getFirst().unit()));
            return;
          }
          ArrayNode tiers = body.putArray(cadence.word() + "_price_tiers");
          for (Rate.Slice slice : rate.slices()) {
            ObjectNode tier = tiers.addObject();
            slice.upTo().ifPresent(it -> tier.put("up_to", it.longValueExact()));
            if (slice.flat().signum() != 0) {
              tier.put("flat_amount", slice.flat().longValueExact());
            }
            tier.put("per_unit_price_decimal", Decimals.canonical(slice.unit()));
          }
        });
  }

  /**
   * Publishing.
   *
   * @param moves whether companies are moved to the new version
   */
  static ObjectNode publish(boolean moves) {
    ObjectNode body =
        SchematicCalls.object().put("migration_strategy", moves ? "immediate" : "leave");
    body.putArray("excluded_company_ids");
    return moves ? body.put("proration_behavior", "none") : body.put("require_no_migration", true);
  }

  private static void put(ObjectNode body, String field, String value) {
    if (!value.isEmpty()) {
      body.put(field, value);
    }
  }

  /** Every example of the vendor's writes currencies in lower case. */
  private static String lower(String currency) {
    return currency.toLowerCase(Locale.ROOT);
  }
}
