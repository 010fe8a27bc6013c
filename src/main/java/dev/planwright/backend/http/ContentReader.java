package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.catalog.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a plan of the protocol into {@link Content}. What a manifest would be sent as and what the
 * server answers pass through here alike, so that defaults and spellings can't make a difference.
 */
final class ContentReader {
  /** What the server adds by itself; never sent. */
  private static final Set<String> SERVER_FIELDS =
      Set.of(
          "id",
          "key",
          "owner",
          "version",
          "etag",
          "archived",
          "subscribers",
          "subscribersByVersion",
          "createdAt",
          "updatedAt");

  private static final List<String> MODELS =
      List.of(
          "flat",
          "perUnit",
          "package",
          "graduated",
          "volume",
          "overage",
          "percentage",
          "graduatedPercentage",
          "dynamic");

  /** What was read, and what could not be understood. */
  record Read(Content content, SortedMap<String, String> priceIds, List<String> unknown) {}

  private final References references;
  private final List<String> unknown = new ArrayList<>();
  private final SortedMap<String, String> priceIds = new TreeMap<>();

  private ContentReader(References references) {
    this.references = references;
  }

  static Read read(JsonNode plan, References references) {
    ContentReader reader = new ContentReader(references);
    SortedMap<String, String> fields = new TreeMap<>();
    SortedMap<String, SortedMap<String, String>> prices = new TreeMap<>();
    reader.plan(new Scope(plan, "", "", fields, reader.unknown), prices);
    return new Read(new Content(fields, prices), reader.priceIds, reader.unknown);
  }

  private void plan(Scope plan, SortedMap<String, SortedMap<String, String>> prices) {
    SERVER_FIELDS.forEach(plan::take);
    plan.text("displayName", "");
    plan.text("invoiceDisplayName", plan.value("displayName"));
    plan.text("description");
    plan.text("imageUrl");
    plan.text("type", "Plan");
    plan.text("pricing", "Paid");
    plan.text("lifecycle", "Active");
    plan.text("product", "", references.products()::nameOf);
    plan.text("parentPlan");
    plan.words("compatibleAddOns");
    plan.text("defaultPrice");
    plan.object(
        "trial",
        trial -> {
          trial.count("days");
          trial.text("onEnd", "ConvertToPaid");
        });
    plan.keyed(
        "entitlements",
        node -> references.features().nameOf(node.path("feature").asText()),
        ContentReader::entitlement);
    plan.keyed(
        "creditGrants",
        node -> node.path("credit").asText(),
        grant -> {
          grant.take("credit");
          grant.decimal("amount");
          grant.text("every", "once");
        });
    plan.keyed(
        "minimumCommitments",
        node -> node.path("currency").asText() + "/" + node.path("every").asText("Period"),
        commitment -> {
          commitment.take("currency");
          commitment.take("every");
          commitment.decimal("amount");
        });
    plan.keyed(
        "usageThresholds",
        node -> node.path("currency").asText() + "/" + Scope.canonical(node.path("amount")),
        threshold -> {
          threshold.take("currency");
          threshold.take("amount");
          threshold.flag("recurring", "false");
          threshold.text("displayName");
        });
    plan.object(
        "tax",
        tax -> {
          tax.text("code");
          tax.decimal("rate");
          tax.text("behavior");
        });
    plan.map("metadata");
    for (JsonNode price : plan.entries("prices")) {
      price(price, prices);
    }
    plan.close();
  }

  private static void entitlement(Scope entitlement) {
    entitlement.take("feature");
    entitlement.flag("enabled", "");
    entitlement.count("limit");
    entitlement.flag("unlimited", "");
    entitlement.text("value");
    entitlement.text("reset");
    entitlement.flag("soft", entitlement.has("limit") ? "false" : "");
    entitlement.text("mode");
  }

  private void price(JsonNode node, SortedMap<String, SortedMap<String, String>> prices) {
    String name = node.path("name").asText();
    SortedMap<String, String> fields = new TreeMap<>();
    if (prices.putIfAbsent(name, fields) != null) {
      unknown.add("a second price named " + name);
      return;
    }
    Scope price = new Scope(node, "prices." + name + ".", "", fields, unknown);
    price.take("name");
    JsonNode id = price.take("id");
    if (id.isTextual()) {
      priceIds.put(name, id.asText());
    }
    price.text("nickname");
    price.text("invoiceDisplayName");
    price.text("currency");
    schedule(price);
    for (String model : MODELS) {
      if (price.has(model)) {
        price.put("model", price.value("model").isEmpty() ? model : "several");
        price.inline(model, part -> model(model, part));
      }
    }
    price.text("billing", defaultBilling(price));
    price.words("countries");
    price.count("trialDays");
    price.count("sortOrder", "0");
    price.map("metadata");
    price.close();
  }

  private static void schedule(Scope price) {
    if (price.has("oneTime")) {
      price.put("oneTime", "yes");
      price.inline("oneTime", part -> {});
    }
    price.inline(
        "recurring",
        part -> {
          String unit = part.take("interval").asText();
          int count = part.take("count").asInt(1);
          part.put("recurring", every(unit, count));
        });
  }

  /** Twelve months are a year: the same length has one form. */
  private static String every(String unit, int count) {
    for (Interval.Unit known : Interval.Unit.values()) {
      if (known.name().equals(unit.toUpperCase(Locale.ROOT)) && count > 0) {
        return Interval.of(known, count).toString();
      }
    }
    return count + " " + unit;
  }

  private static String defaultBilling(Scope price) {
    if (price.has("oneTime")) {
      return "";
    }
    boolean paidAhead =
        price.value("model").equals("flat") || price.value("usageType").equals("Licensed");
    return paidAhead ? "InAdvance" : "InArrears";
  }

  private void model(String model, Scope part) {
    if (model.equals("overage")) {
      part.text("feature", "", references.features()::nameOf);
    } else {
      part.text("metric", "", references.metrics()::nameOf);
    }
    switch (model) {
      case "flat", "overage" -> part.decimal("amount");
      case "perUnit" -> perUnit(part);
      case "package" -> {
        part.count("size");
        part.decimal("amount");
        part.count("freeUnits", "0");
      }
      case "percentage" -> {
        part.decimal("rate");
        part.decimal("fixedAmount", "0");
        part.count("freeEvents", "0");
        part.decimal("minAmount", "0");
        part.decimal("maxAmount");
      }
      case "graduated", "volume" ->
          part.list(
              "tiers",
              tier -> {
                tier.decimal("upTo");
                tier.decimal("unitAmount", "0");
                tier.decimal("flatAmount", "0");
              });
      case "graduatedPercentage" ->
          part.list(
              "tiers",
              tier -> {
                tier.decimal("upTo");
                tier.decimal("rate");
              });
      default -> {
        // Dynamic: the metric is all there is.
      }
    }
  }

  private static void perUnit(Scope part) {
    part.decimal("amount", "0");
    part.text("usageType", "Metered");
    part.count("minUnits", part.value("usageType").equals("Licensed") ? "0" : "");
    part.count("maxUnits");
    part.text("unmatched");
    part.list(
        "filters",
        filter -> {
          filter.text("key");
          filter.words("values");
          filter.decimal("amount");
        });
  }
}
