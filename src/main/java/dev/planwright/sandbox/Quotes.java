package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.Pricing.Event;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a version of a plan costs for some usage. */
record Quotes(References references) {

  /**
   * @param body usage by metric and by feature, and the price that was chosen
   * @throws Problem when the usage cannot be read, or isn't enough for a price
   */
  ObjectNode quote(ObjectNode plan, int version, ObjectNode body) {
    Map<String, JsonNode> usage = byId(References.Kind.METRIC, body.path("usage"));
    Map<String, JsonNode> features = byId(References.Kind.FEATURE, body.path("features"));
    Errors errors = new Errors();
    ObjectNode quote = Json.object();
    quote.put("version", version);
    ArrayNode amounts = quote.putArray("prices");
    Map<String, BigDecimal> totals = new TreeMap<>();
    for (JsonNode price : applying(plan, body)) {
      String name = price.path("name").asText();
      try {
        BigDecimal amount =
            Pricing.amount(price, usageOf(price, usage, features), limit(plan, price));
        String currency = price.path("currency").asText();
        totals.merge(currency, amount, BigDecimal::add);
        amounts
            .addObject()
            .put("name", name)
            .put("id", price.path("id").asText())
            .put("currency", currency)
            .put("amount", Json.plain(amount));
      } catch (Pricing.UsageException e) {
        errors.invalid("prices." + name, null, String.valueOf(e.getMessage()));
      }
    }
    errors.refuse();
    ObjectNode sums = quote.putObject("totals");
    totals.forEach((currency, amount) -> sums.put(currency, Json.plain(amount)));
    return quote;
  }

  /** All prices; with a chosen one that, and what goes with it in its currency. */
  private static List<JsonNode> applying(ObjectNode plan, ObjectNode body) {
    List<JsonNode> all = Json.items(plan, "prices");
    if (!body.has("price")) {
      return all;
    }
    String chosen = body.get("price").asText();
    JsonNode price =
        all.stream()
            .filter(p -> p.path("name").asText().equals(chosen))
            .findFirst()
            .orElseThrow(() -> Call.bad("this version has no price named \"" + chosen + "\""));
    return all.stream()
        .filter(
            p ->
                p.path("name").equals(price.path("name"))
                    || (!Pricing.isAlternative(p)
                        && p.path("currency").equals(price.path("currency"))))
        .toList();
  }

  private Map<String, JsonNode> byId(References.Kind kind, JsonNode byName) {
    Map<String, JsonNode> byId = new HashMap<>();
    byName
        .properties()
        .forEach(
            entry -> {
              String id = identity(kind, entry.getKey());
              if (byId.put(id, entry.getValue()) != null) {
                throw Call.bad("usage of the " + kind.word() + " " + id + " comes twice");
              }
            });
    return byId;
  }

  private String identity(References.Kind kind, String nameOrId) {
    return references.find(kind, nameOrId).map(References.Reference::id).orElse(nameOrId);
  }

  private Pricing.Usage usageOf(
      JsonNode price, Map<String, JsonNode> usage, Map<String, JsonNode> features) {
    String model = PriceValidation.modelOf(price).orElse("");
    JsonNode terms = price.path(model);
    if (model.equals("overage")) {
      JsonNode used =
          features.get(identity(References.Kind.FEATURE, terms.path("feature").asText()));
      return sum(used == null ? BigDecimal.ZERO : decimal(used, "features"));
    }
    if (!terms.has("metric")) {
      // Units bought of the plan itself go by the name of their price.
      JsonNode bought = usage.get(price.path("name").asText());
      return bought == null ? sum(BigDecimal.ZERO) : read(bought, 0);
    }
    String metric = terms.get("metric").asText();
    int shift =
        references
            .find(References.Kind.METRIC, metric)
            .filter(found -> "Minor".equals(found.unit()))
            .map(found -> minorDigits(price.path("currency").asText()))
            .orElse(0);
    JsonNode used = usage.get(identity(References.Kind.METRIC, metric));
    return used == null ? new Pricing.Usage(List.of(), true) : read(used, shift);
  }

  private static int minorDigits(String currency) {
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  private static Pricing.Usage sum(BigDecimal quantity) {
    return new Pricing.Usage(List.of(new Event(quantity, BigDecimal.ZERO, Json.object())), false);
  }

  private static Pricing.Usage read(JsonNode usage, int shift) {
    if (!usage.has("events")) {
      return sum(decimal(usage.path("quantity"), "usage.quantity").movePointLeft(shift));
    }
    List<Event> events = new ArrayList<>();
    for (JsonNode event : usage.get("events")) {
      BigDecimal unitPrice =
          event.has("unitPrice")
              ? decimal(event.get("unitPrice"), "usage.events.unitPrice")
              : BigDecimal.ZERO;
      events.add(
          new Event(
              decimal(event.path("quantity"), "usage.events.quantity").movePointLeft(shift),
              unitPrice,
              event.path("properties")));
    }
    return new Pricing.Usage(events, true);
  }

  private static BigDecimal decimal(JsonNode value, String where) {
    if (value.isTextual() && Fields.DECIMAL.matcher(value.textValue()).matches()) {
      return new BigDecimal(value.textValue());
    }
    throw Call.bad(where + " must be a decimal string such as \"12.5\", not " + value);
  }

  private BigDecimal limit(ObjectNode plan, JsonNode price) {
    String feature =
        identity(References.Kind.FEATURE, price.path("overage").path("feature").asText());
    return Json.items(plan, "entitlements").stream()
        .filter(e -> identity(References.Kind.FEATURE, e.path("feature").asText()).equals(feature))
        .map(e -> Json.decimal(e, "limit"))
        .findFirst()
        .orElse(BigDecimal.ZERO);
  }
}
