package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.PRICES;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What subscribers pay and get, worked out from the stored rows alone. */
final class Bills {
  private final Store store;
  private final Versions versions;
  private final BillingProducts products;

  Bills(Store store, Versions versions, BillingProducts products) {
    this.store = store;
    this.versions = versions;
    this.products = products;
  }

  /** What this company pays: its own price, which a later version does not change. */
  SchematicBill ofCompany(String id, Map<String, BigDecimal> usage) {
    ObjectNode company = row(COMPANIES, id);
    if (!company.has("plan_version_id")) {
      throw new IllegalArgumentException("company " + id + " has no plan");
    }
    ObjectNode version = row(VERSIONS, Store.text(company, "plan_version_id"));
    BigDecimal base =
        store.find(PRICES, Store.text(company, "_price")).map(Bills::unit).orElse(BigDecimal.ZERO);
    return bill(
        version,
        base,
        Store.text(company, "_currency"),
        Cadence.valueOf(Store.text(company, "_cadence")),
        usage);
  }

  /** What somebody would pay on this version. */
  SchematicBill ofVersion(
      String id, String currency, Cadence cadence, Map<String, BigDecimal> usage) {
    ObjectNode version = row(VERSIONS, id);
    String charge = Store.text(BillingProducts.settings(version), "charge_type");
    boolean free = charge.equals("free") || charge.equals("none");
    BigDecimal base =
        products
            .price(version, currency, cadence.name())
            .map(Bills::unit)
            .or(() -> free ? Optional.of(BigDecimal.ZERO) : Optional.empty())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "version %s is not sold in %s %s".formatted(id, currency, cadence)));
    return bill(version, base, currency, cadence, usage);
  }

  /** By feature id; a second entitlement to a feature hides the first. */
  Map<String, SchematicGrant> granted(String versionId) {
    Map<String, SchematicGrant> granted = new LinkedHashMap<>();
    for (ObjectNode row : versions.children(ENTITLEMENTS, row(VERSIONS, versionId))) {
      granted.put(
          Store.text(row, "feature_id"),
          new SchematicGrant(
              Store.text(row, "value_type"),
              !Store.is(row, "value_type", "boolean") || row.path("value_bool").booleanValue(),
              number(row, "value_numeric"),
              number(row, "soft_limit"),
              Optional.of(Store.text(row, "metric_period")).filter(it -> !it.isEmpty())));
    }
    return granted;
  }

  private SchematicBill bill(
      ObjectNode version,
      BigDecimal base,
      String currency,
      Cadence cadence,
      Map<String, BigDecimal> usage) {
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    for (ObjectNode row : versions.children(ENTITLEMENTS, version)) {
      JsonNode price = row.path("_prices").path(currency).path(cadence.name());
      if (price.isObject()) {
        String feature = Store.text(row, "feature_id");
        BigDecimal used = usage.getOrDefault(feature, BigDecimal.ZERO);
        costs.merge(feature, cost(row, price, used), BigDecimal::add);
      }
    }
    return new SchematicBill(currency, base, costs);
  }

  private BigDecimal cost(ObjectNode row, JsonNode price, BigDecimal used) {
    return switch (Store.text(row, "price_behavior")) {
      case "pay_as_you_go", "pay_in_advance" -> used.multiply(unit(price));
      case "overage" -> {
        BigDecimal included =
            number(row, "soft_limit")
                .or(() -> number(row, "value_numeric"))
                .orElse(BigDecimal.ZERO);
        yield used.subtract(included).max(BigDecimal.ZERO).multiply(unit(price));
      }
      case "tier" ->
          Store.is(price, "tiers_mode", "volume") ? volume(price, used) : graduated(price, used);
      default -> BigDecimal.ZERO; // credits are burnt, not paid
    };
  }

  private BigDecimal graduated(JsonNode price, BigDecimal used) {
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal from = BigDecimal.ZERO;
    for (JsonNode tier : price.path("price_tier")) {
      boolean entered = used.compareTo(from) > 0 || isFirstOfNothing(from, used);
      if (entered) {
        BigDecimal to = number(tier, "up_to").map(used::min).orElse(used);
        total = total.add(to.subtract(from).multiply(unitOfTier(tier))).add(flat(tier));
      }
      from = number(tier, "up_to").orElse(from);
    }
    return total;
  }

  private BigDecimal volume(JsonNode price, BigDecimal used) {
    for (JsonNode tier : price.path("price_tier")) {
      if (number(tier, "up_to").filter(it -> it.compareTo(used) < 0).isEmpty()) {
        boolean nothing = used.signum() == 0;
        return nothing && !isFirstOfNothing(BigDecimal.ZERO, used)
            ? BigDecimal.ZERO
            : used.multiply(unitOfTier(tier)).add(flat(tier));
      }
    }
    return BigDecimal.ZERO;
  }

  private boolean isFirstOfNothing(BigDecimal from, BigDecimal used) {
    return used.signum() == 0 && from.signum() == 0 && store.holds(Question.FlatAmountAtZero.DUE);
  }

  private static BigDecimal flat(JsonNode tier) {
    return number(tier, "flat_amount").orElse(BigDecimal.ZERO);
  }

  private static BigDecimal unitOfTier(JsonNode tier) {
    return exact(tier, "per_unit_price_decimal", "per_unit_price");
  }

  private static BigDecimal unit(JsonNode price) {
    return exact(price, "price_decimal", "price");
  }

  /** The decimal where there is one: the whole number beside it may have been rounded. */
  private static BigDecimal exact(JsonNode price, String decimal, String whole) {
    return price.hasNonNull(decimal)
        ? new BigDecimal(price.get(decimal).textValue())
        : price.path(whole).decimalValue();
  }

  private static Optional<BigDecimal> number(JsonNode row, String column) {
    return row.hasNonNull(column) ? Optional.of(row.get(column).decimalValue()) : Optional.empty();
  }

  private ObjectNode row(Store.Kind kind, String id) {
    return store
        .find(kind, id)
        .orElseThrow(() -> new IllegalArgumentException("no row " + id + " in " + kind));
  }
}
