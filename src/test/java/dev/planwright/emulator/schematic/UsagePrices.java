package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prices of an entitlement by currency and cadence; an equal price keeps its id. */
final class UsagePrices {
  private static final List<String> MODES = List.of("graduated", "volume");
  private static final List<String> ASSIGNED =
      List.of("id", "price_id", "price_external_id", "created_at", "updated_at");
  private static final List<String> UNREAD =
      List.of(
          "price_tiers",
          "monthly_metered_price_id",
          "quarterly_metered_price_id",
          "yearly_metered_price_id");

  private final Store store;

  UsagePrices(Store store) {
    this.store = store;
  }

  void addTo(
      ObjectNode columns,
      Fields body,
      ObjectNode feature,
      Optional<String> behavior,
      Optional<ObjectNode> before,
      String planCurrency) {
    UNREAD.forEach(body::has);
    Optional<String> mode = body.choice("tier_mode", MODES);
    String currency = BillingInput.cased(store, body.text("currency", 3)).orElse(planCurrency);
    Map<String, Fields> rows = new LinkedHashMap<>();
    for (Fields row : body.objects("currency_prices", 50)) {
      rows.put(BillingInput.cased(store, Optional.of(row.need("currency", 3))).orElseThrow(), row);
    }
    columns.put("_currency", currency);
    ObjectNode prices = columns.putObject("_prices");
    JsonNode old = before.map(it -> it.path("_prices")).orElseGet(Store::object);
    read(prices, body, currency, feature, behavior, mode, old);
    rows.forEach((other, row) -> read(prices, row, other, feature, behavior, mode, old));
  }

  private void read(
      ObjectNode prices,
      Fields body,
      String currency,
      ObjectNode feature,
      Optional<String> behavior,
      Optional<String> mode,
      JsonNode before) {
    for (Cadence cadence : Cadence.OF_USAGE) {
      String word = cadence.word();
      OptionalLong whole = body.integer(word + "_unit_price", 0, Long.MAX_VALUE);
      Optional<BigDecimal> exact = body.decimal(word + "_unit_price_decimal");
      List<Fields> tiers = body.objects(word + "_price_tiers", 100);
      boolean tiered = behavior.filter("tier"::equals).isPresent();
      boolean sent = tiered ? !tiers.isEmpty() : whole.isPresent() || exact.isPresent();
      boolean takenAlready = prices.path(currency).has(cadence.name());
      if (behavior.isEmpty() || behavior.get().equals("credit_burndown") || !sent || takenAlready) {
        continue; // dropped without a word
      }
      ObjectNode content = content(cadence, currency, feature, behavior.get());
      if (tiered) {
        content.put("price", 0).put("price_decimal", "0").put("billing_scheme", "tiered");
        content.put("tiers_mode", mode.orElseThrow(() -> Refusal.invalid("tier_mode is required")));
        content.set("price_tier", tiers(tiers));
      } else {
        amount(content, "price", "price_decimal", whole, exact);
      }
      prices
          .withObject("/" + currency)
          .set(cadence.name(), priced(content, before.path(currency).path(cadence.name())));
    }
  }

  private ObjectNode content(
      Cadence cadence, String currency, ObjectNode feature, String behavior) {
    String product = Store.text(feature, "id").replace("feat_", "");
    ObjectNode content =
        Store.object()
            .put("billing_scheme", "per_unit")
            .put("currency", currency)
            .put("interval", cadence.interval())
            .put("interval_count", cadence.count())
            .put("is_active", true)
            .put("package_size", 1)
            .put("product_external_id", "prod_" + product)
            .put("product_id", "bilp_" + product)
            .put("product_name", Store.text(feature, "name"))
            .put("provider_type", "stripe")
            .put("usage_type", behavior.equals("pay_in_advance") ? "licensed" : "metered");
    content.putArray("price_tier");
    return content;
  }

  private void amount(
      ObjectNode target,
      String wholeName,
      String decimalName,
      OptionalLong whole,
      Optional<BigDecimal> exact) {
    BigDecimal value = exact.orElseGet(() -> BigDecimal.valueOf(whole.orElse(0)));
    target.put(wholeName, value.setScale(0, RoundingMode.HALF_UP).longValueExact());
    if (exact.isPresent() || store.holds(Question.WholePriceDecimal.GIVEN)) {
      target.put(decimalName, value.stripTrailingZeros().toPlainString());
    }
  }

  private ArrayNode tiers(List<Fields> tiers) {
    ArrayNode all = Store.object().putArray("tiers");
    long last = 0;
    for (int i = 0; i < tiers.size(); i++) {
      Fields tier = tiers.get(i);
      ObjectNode view = all.addObject();
      OptionalLong upTo = tier.integer("up_to", 1, Long.MAX_VALUE);
      if (upTo.isEmpty() != (i == tiers.size() - 1)) {
        throw Refusal.invalid("the last tier, and no other, has no up_to");
      }
      if (upTo.isPresent() && upTo.getAsLong() <= last) {
        throw Refusal.invalid("up_to must rise from tier to tier");
      }
      last = upTo.orElse(last);
      upTo.ifPresent(it -> view.put("up_to", it));
      view.put("flat_amount", tier.integer("flat_amount", 0, Long.MAX_VALUE).orElse(0));
      amount(
          view,
          "per_unit_price",
          "per_unit_price_decimal",
          tier.integer("per_unit_price", 0, Long.MAX_VALUE),
          tier.decimal("per_unit_price_decimal"));
      tier.end(store);
    }
    return all;
  }

  private ObjectNode priced(ObjectNode content, JsonNode before) {
    if (before instanceof ObjectNode old) {
      ObjectNode same = old.deepCopy();
      same.remove(ASSIGNED);
      if (same.equals(content)) {
        return old;
      }
    }
    ObjectNode price = content.deepCopy();
    String id = store.newId("bprice");
    return price
        .put("id", id)
        .put("price_id", id)
        .put("price_external_id", store.newId("price"))
        .put("created_at", store.now())
        .put("updated_at", store.now());
  }
}
