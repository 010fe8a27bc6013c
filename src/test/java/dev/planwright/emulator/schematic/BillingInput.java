package dev.planwright.emulator.schematic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a body asks the billing settings of a version to be.
 *
 * @param currency the default one
 * @param prices whole minor units by currency and cadence
 * @param linked ids of imported prices by cadence
 */
record BillingInput(
    String chargeType,
    String strategy,
    boolean isTrialable,
    OptionalLong trialDays,
    String currency,
    Map<String, Map<Cadence, Long>> prices,
    Optional<String> product,
    Map<Cadence, String> linked) {
  private static final List<String> CHARGE_TYPES = List.of("free", "none", "one_time", "recurring");
  private static final List<String> STRATEGIES =
      List.of("schematic_managed", "provider_managed", "no_billing");

  /** Reads a body over what the version had before. */
  static BillingInput read(Fields body, Store store, ObjectNode before) {
    String chargeType = body.needChoice("charge_type", CHARGE_TYPES);
    boolean trialable = body.needBool("is_trialable");
    String strategy =
        body.choice("billing_strategy", STRATEGIES)
            .orElse(chargeType.equals("none") ? "no_billing" : "schematic_managed");
    OptionalLong days = body.integer("trial_days", 0, Integer.MAX_VALUE);
    Map<Cadence, String> linked = new LinkedHashMap<>();
    for (Cadence cadence : Cadence.values()) {
      body.text(cadence.word() + "_price_id", 255).ifPresent(id -> linked.put(cadence, id));
    }
    Optional<String> product = body.text("billing_product_id", 255);
    String currency =
        cased(store, body.text("currency", Integer.MAX_VALUE))
            .orElse(before.path("currency").asText("usd"));
    Map<String, Map<Cadence, Long>> prices = prices(body, store, currency);
    if (store.holds(Question.AbsentPrice.KEPT)) {
      keep(prices, before);
    }
    drop(prices, chargeType, store);
    body.end(store);
    return new BillingInput(
        chargeType,
        strategy,
        trialable,
        trialable ? days : OptionalLong.empty(),
        currency,
        prices,
        product,
        linked);
  }

  boolean isPaid() {
    return chargeType.equals("recurring") || chargeType.equals("one_time");
  }

  static Optional<String> cased(Store store, Optional<String> currency) {
    return currency.map(
        it -> {
          if (!it.matches("[A-Za-z]{3}")) {
            throw Refusal.invalid("currency must have three letters");
          }
          return store.holds(Question.CurrencyCase.LOWERED) ? it.toLowerCase(Locale.ROOT) : it;
        });
  }

  private static Map<String, Map<Cadence, Long>> prices(Fields body, Store store, String currency) {
    Map<String, Map<Cadence, Long>> prices = new LinkedHashMap<>();
    prices.put(currency, amounts(body));
    List<Fields> rows = body.objects("currency_prices", 50);
    for (Fields row : rows) {
      String other = cased(store, Optional.of(row.need("currency", 3))).orElseThrow();
      // The flat fields hold the default currency: a row that repeats it fills gaps only.
      Map<Cadence, Long> all = prices.computeIfAbsent(other, it -> new LinkedHashMap<>());
      amounts(row).forEach(all::putIfAbsent);
      row.end(store);
    }
    boolean repeated =
        rows.stream().anyMatch(it -> it.need("currency", 3).equalsIgnoreCase(currency));
    if (!rows.isEmpty() && !repeated && store.holds(Question.DefaultCurrency.MUST_BE_REPEATED)) {
      throw Refusal.invalid("currency_prices must hold the default currency " + currency);
    }
    prices.values().removeIf(Map::isEmpty);
    return prices;
  }

  private static Map<Cadence, Long> amounts(Fields body) {
    Map<Cadence, Long> amounts = new LinkedHashMap<>();
    for (Cadence cadence : Cadence.values()) {
      body.integer(cadence.word() + "_price", 0, Long.MAX_VALUE)
          .ifPresent(amount -> amounts.put(cadence, amount));
    }
    return amounts;
  }

  private static void keep(Map<String, Map<Cadence, Long>> prices, ObjectNode before) {
    before
        .path("prices")
        .properties()
        .forEach(
            currency ->
                currency
                    .getValue()
                    .properties()
                    .forEach(
                        price ->
                            prices
                                .computeIfAbsent(currency.getKey(), it -> new LinkedHashMap<>())
                                .putIfAbsent(
                                    Cadence.valueOf(price.getKey()),
                                    price.getValue().path("amount").longValue())));
  }

  private static void drop(Map<String, Map<Cadence, Long>> prices, String chargeType, Store store) {
    for (Map<Cadence, Long> amounts : prices.values()) {
      boolean dropped = amounts.entrySet().removeIf(price -> !belongs(price, chargeType));
      if (dropped && store.holds(Question.MismatchedPrice.REFUSED)) {
        throw Refusal.invalid("a price does not belong to charge_type " + chargeType);
      }
    }
    prices.values().removeIf(Map::isEmpty);
  }

  private static boolean belongs(Map.Entry<Cadence, Long> price, String chargeType) {
    return switch (chargeType) {
      case "none" -> false;
      case "free" -> price.getValue() == 0;
      case "one_time" -> price.getKey() == Cadence.ONE_TIME;
      default -> price.getKey() != Cadence.ONE_TIME;
    };
  }
}
