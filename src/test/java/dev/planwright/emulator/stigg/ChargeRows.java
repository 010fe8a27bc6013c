package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the flat rows of one pricing model, and checks what was sent as the vendor does. */
final class ChargeRows {
  private static final int DECIMALS = 5;
  private static final BigDecimal MOST_UNITS = new BigDecimal("999999");

  private final StiggState state;
  private final Features features;
  private final Currencies currencies;

  ChargeRows(StiggState state, Features features, Currencies currencies) {
    this.state = state;
    this.features = features;
    this.currencies = currencies;
  }

  /** A row without any price. */
  ObjectNode blank(String model, String cadence, String period) {
    long seq = state.next();
    ObjectNode row = StiggState.object().put("id", StiggState.uuid(seq)).put("seq", seq);
    row.put("billingModel", model).put("billingCadence", cadence).put("billingPeriod", period);
    row.put("createdAt", state.now());
    for (String name :
        List.of(
            "billingCountryCode",
            "billingId",
            "blockSize",
            "creditGrantCadence",
            "creditRate",
            "crmId",
            "crmLinkUrl",
            "featureId",
            "maxUnitQuantity",
            "minUnitQuantity",
            "price",
            "tiers",
            "tiersMode",
            "topUpCustomCurrencyId")) {
      row.putNull(name);
    }
    return row;
  }

  List<ObjectNode> ofModel(Input model) {
    String billing = model.word("billingModel", Words.BILLING_MODEL);
    if (billing.equals("MINIMUM_SPEND")) {
      throw model.wrong("billingModel", "cannot be MINIMUM_SPEND: use minimumSpend");
    }
    ObjectNode shared = StiggState.object();
    model.copyText(shared, "featureId", false).copyText(shared, "topUpCustomCurrencyId", false);
    model.copyWord(shared, "tiersMode", false, Words.TIERS_MODE);
    model.copyNumber(shared, "minUnitQuantity", false);
    model.copyNumber(shared, "maxUnitQuantity", false);
    if (shared.path("maxUnitQuantity").decimalValue().compareTo(MOST_UNITS) > 0) {
      throw model.wrong("maxUnitQuantity", "must be at most " + MOST_UNITS);
    }
    if (model.holds("resetPeriod")) {
      // Kept, but nothing reads it back.
      shared.putObject("reset").put("resetPeriod", model.word("resetPeriod", Words.RESET_PERIOD));
    }
    for (String name : List.of("monthly", "weekly", "yearly")) {
      model.has(name + "ResetPeriodConfiguration");
    }
    checkFeature(model, billing, shared);
    if (shared.hasNonNull("topUpCustomCurrencyId")) {
      currencies.refer(shared.path("topUpCustomCurrencyId").textValue());
    }
    List<ObjectNode> rows = periods(model, billing, shared, 1);
    model.finish();
    return rows;
  }

  List<ObjectNode> ofOverage(Input model) {
    String billing = model.word("billingModel", Words.BILLING_MODEL);
    ObjectNode shared = StiggState.object();
    model.copyText(shared, "featureId", false).copyText(shared, "currencyId", false);
    if (model.holds("entitlement")) {
      String feature = model.object("entitlement").text("featureId", Input.TEXT);
      if (!shared.hasNonNull("featureId")) {
        shared.put("featureId", feature);
      }
    }
    if (shared.hasNonNull("featureId")) {
      features.refer(shared.path("featureId").textValue());
    }
    if (shared.hasNonNull("currencyId")) {
      currencies.refer(shared.path("currencyId").textValue());
    }
    model.has("creditEntitlement");
    List<ObjectNode> rows = periods(model, billing, shared, 0);
    model.finish();
    return rows;
  }

  private void checkFeature(Input model, String billing, ObjectNode shared) {
    boolean needed = billing.equals("PER_UNIT") || billing.equals("USAGE_BASED");
    if (needed && !shared.hasNonNull("featureId")) {
      throw model.wrong("featureId", "is needed for " + billing);
    }
    if (shared.hasNonNull("featureId")) {
      ObjectNode feature = features.refer(shared.path("featureId").textValue());
      if (billing.equals("USAGE_BASED") && feature.path("meterType").asText().equals("None")) {
        throw model.wrong("featureId", "must name a metered feature for USAGE_BASED");
      }
    }
  }

  private List<ObjectNode> periods(Input model, String billing, ObjectNode shared, int least) {
    String cadence =
        model.has("billingCadence")
            ? model.word("billingCadence", Words.BILLING_CADENCE)
            : "RECURRING";
    List<ObjectNode> rows = new ArrayList<>();
    for (Input period : model.objects("pricePeriods", least, Integer.MAX_VALUE)) {
      ObjectNode row = blank(billing, cadence, period.word("billingPeriod", Words.BILLING_PERIOD));
      row.setAll(shared.deepCopy());
      price(period, row);
      rows.add(row);
    }
    return rows;
  }

  private void price(Input period, ObjectNode row) {
    if (period.holds("billingCountryCode")) {
      String country = period.text("billingCountryCode", 2);
      if (!List.of(Locale.getISOCountries()).contains(country)) {
        throw period.wrong("billingCountryCode", "must be an ISO country code");
      }
      row.put("billingCountryCode", country);
    }
    period.copyWord(row, "creditGrantCadence", false, Words.GRANT_CADENCE);
    period.copyNumber(row, "blockSize", false);
    if (row.hasNonNull("blockSize") && state.is(StiggSwitch.ZUORA_CONNECTED)) {
      throw period.wrong("blockSize", "cannot be used with Zuora");
    }
    if (period.holds("price")) {
      row.set("price", money(period, "price", Optional.of(row)));
    }
    if (period.holds("tiers")) {
      tiers(period, row);
    }
    if (period.holds("creditRate")) {
      Input rate = period.object("creditRate");
      ObjectNode to = row.putObject("creditRate");
      to.put("currencyId", rate.text("currencyId", Input.TEXT)).putNull("costFormula");
      currencies.refer(to.path("currencyId").textValue());
      to.set("amount", Input.plain(rate.number("amount")));
      rate.copyText(to, "costFormula", false).finish();
    }
    period.finish();
  }

  private void tiers(Input period, ObjectNode row) {
    List<Input> all = period.objects("tiers", 0, Integer.MAX_VALUE);
    if (all.isEmpty()) {
      return;
    }
    if (!row.hasNonNull("tiersMode")) {
      throw period.wrong("tiers", "need a tiersMode");
    }
    if (row.hasNonNull("blockSize")) {
      throw period.wrong("tiers", "cannot be combined with blockSize");
    }
    ArrayNode tiers = row.putArray("tiers");
    for (Input tier : all) {
      ObjectNode to = tiers.addObject();
      to.putNull("upTo").putNull("unitPrice").putNull("flatPrice");
      tier.copyNumber(to, "upTo", false);
      for (String price : List.of("unitPrice", "flatPrice")) {
        if (tier.holds(price)) {
          to.set(price, money(tier, price, Optional.empty()));
        }
      }
      tier.finish();
    }
  }

  /**
   * An amount in major units.
   *
   * @param row the row that it is the price of, empty for amounts inside of tiers
   */
  ObjectNode money(Input from, String name, Optional<ObjectNode> row) {
    Input money = from.object(name);
    BigDecimal amount = money.number("amount");
    if (!money.has("currency") && state.is(StiggSwitch.CURRENCY_NEEDED)) {
      throw money.wrong("currency", "is needed");
    }
    String currency = money.has("currency") ? money.word("currency", Words.CURRENCIES) : "usd";
    money.finish();
    amount = decimals(money, amount);
    boolean flat =
        row.filter(it -> it.path("billingModel").asText().equals("FLAT_FEE")).isPresent();
    if (flat
        && state.is(StiggSwitch.FINE_FLAT_FEES_REFUSED)
        && amount.stripTrailingZeros().scale() > scale(currency)) {
      throw money.wrong("amount", "is finer than the minor unit of " + currency);
    }
    JsonNode plain = Input.plain(amount);
    return StiggState.object().put("currency", currency).set("amount", plain);
  }

  private BigDecimal decimals(Input money, BigDecimal amount) {
    if (amount.stripTrailingZeros().scale() <= DECIMALS) {
      return amount;
    }
    if (state.is(StiggSwitch.SIXTH_DECIMAL_REFUSED)) {
      throw Refusal.of(
          400,
          "InvalidUpdatePriceUnitAmountError",
          money.at() + ".amount has more than " + DECIMALS + " decimals");
    }
    return amount.setScale(DECIMALS, RoundingMode.HALF_UP);
  }

  private static int scale(String currency) {
    String code = currency.toUpperCase(Locale.ROOT);
    return Currency.getAvailableCurrencies().stream()
        .filter(it -> it.getCurrencyCode().equals(code))
        .findFirst()
        .map(Currency::getDefaultFractionDigits)
        .orElse(2);
  }
}
