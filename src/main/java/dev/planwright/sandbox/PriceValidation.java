package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.FieldError.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether the prices of a plan are valid, each by itself and all together. */
final class PriceValidation {
  static final List<String> MODELS =
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
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final PlanValidation plan;
  private final Errors errors;

  PriceValidation(PlanValidation plan, Errors errors) {
    this.plan = plan;
    this.errors = errors;
  }

  /** The model of a price: the name of its one model field. */
  static Optional<String> modelOf(JsonNode price) {
    return MODELS.stream().filter(price::has).findFirst();
  }

  void check(ObjectNode body, @Nullable JsonNode prices, Optional<StoredPlan> stored) {
    if (prices == null) {
      return;
    }
    if (!prices.isArray() || prices.size() > 200) {
      errors.invalid("prices", null, "must be a list of at most 200 entries");
      return;
    }
    List<ObjectNode> all = new ArrayList<>();
    for (int i = 0; i < prices.size(); i++) {
      if (prices.get(i) instanceof ObjectNode price) {
        Fields fields = new Fields(price, path(price, i), errors);
        price(fields, body, stored);
        fields.end();
        all.add(price);
      } else {
        errors.invalid("prices[" + i + "]", prices.get(i), "must be an object");
      }
    }
    plan.distinct("prices", all.stream().map(p -> p.path("name").asText()).toList());
    together(body, all);
  }

  private static String path(ObjectNode price, int index) {
    String name = price.path("name").asText();
    return PlanValidation.PRICE_NAME.matcher(name).matches()
        ? "prices." + name
        : "prices[" + index + "]";
  }

  private void price(Fields price, ObjectNode body, Optional<StoredPlan> stored) {
    price.required("name", "currency");
    price.pattern(
        "name",
        PlanValidation.PRICE_NAME,
        "must be at most 253 small letters, digits, - and ., beginning and ending with a letter or"
            + " digit");
    price.line("nickname", 255);
    price.line("invoiceDisplayName", 255);
    plan.currency(price);
    price.oneOf("schedule", List.of("recurring", "oneTime"));
    price.object(
        "recurring",
        recurring -> {
          recurring.required("interval");
          recurring.word("interval", PlanValidation.INTERVALS);
          recurring.integer("count", 1, 1000);
        });
    price.object("oneTime", once -> {});
    model(price, body);
    schedule(price);
    price.texts(
        "countries",
        1,
        250,
        (item, where) -> {
          if (!COUNTRIES.contains(item.textValue())) {
            errors.invalid(where, item, "must be a code of ISO 3166-1 such as DE");
          }
        });
    price.integer("trialDays", 0, 3650);
    price.integer("sortOrder", -1_000_000, 1_000_000);
    plan.metadata(price);
    id(price, stored);
  }

  private void schedule(Fields price) {
    boolean licensed = price.get("perUnit").path("usageType").asText().equals("Licensed");
    boolean bought = price.has("flat") || licensed;
    price.word("billing", Set.of("InAdvance", "InArrears"));
    if (price.has("oneTime") && !bought) {
      errors.invalid(
          price.at("oneTime"), null, "is only for flat and licensed prices; usage needs recurring");
    }
    plan.onlyWith(price, "billing", price.has("recurring"), "a recurring price");
    if (price.get("billing").asText().equals("InAdvance") && !bought) {
      errors.invalid(
          price.at("billing"),
          price.get("billing"),
          "cannot be InAdvance for usage, which is known only at the end of the period");
    }
  }

  private void id(Fields price, Optional<StoredPlan> stored) {
    price.line("id", 100);
    if (!price.has("id")) {
      return;
    }
    String id = price.get("id").asText();
    Optional<JsonNode> continued =
        stored.stream()
            .flatMap(old -> Json.items(old.content(), "prices").stream())
            .filter(old -> old.path("id").asText().equals(id))
            .findFirst();
    if (continued.isEmpty()) {
      errors.add(
          price.at("id"), price.get("id"), Reason.UNKNOWN, "is not the id of a price of this plan");
    } else {
      modelOf(continued.get())
          .filter(model -> !price.has(model))
          .ifPresent(
              model ->
                  errors.invalid(
                      price.at("id"),
                      price.get("id"),
                      "is a price of model " + model + "; leave the id out to replace it"));
    }
  }

  private void model(Fields price, ObjectNode body) {
    price.oneOf("model", MODELS);
    price.object(
        "flat",
        flat -> {
          flat.required("amount");
          flat.decimal("amount");
          plan.reference(flat, "metric", References.Kind.METRIC);
        });
    price.object("perUnit", this::perUnit);
    price.object(
        "package",
        pack -> {
          pack.required("metric", "size", "amount");
          plan.reference(pack, "metric", References.Kind.METRIC);
          pack.integer("size", 1, PlanValidation.MOST);
          pack.decimal("amount");
          pack.integer("freeUnits", 0, PlanValidation.MOST);
        });
    price.object("graduated", this::tiered);
    price.object("volume", this::tiered);
    price.object("overage", overage -> overage(overage, body));
    price.object("percentage", this::percentage);
    price.object("graduatedPercentage", this::graduatedPercentage);
    price.object(
        "dynamic",
        dynamic -> {
          dynamic.required("metric");
          plan.reference(dynamic, "metric", References.Kind.METRIC);
        });
  }

  private void perUnit(Fields perUnit) {
    boolean licensed = "Licensed".equals(perUnit.word("usageType", Set.of("Metered", "Licensed")));
    String unmatched = perUnit.word("unmatched", Set.of("NotBilled", "BaseAmount"));
    if (!licensed) {
      perUnit.required("metric");
    }
    if (!"NotBilled".equals(unmatched)) {
      perUnit.required("amount");
    }
    plan.reference(perUnit, "metric", References.Kind.METRIC);
    perUnit.decimal("amount");
    Long least = perUnit.integer("minUnits", 0, PlanValidation.MOST);
    Long most = perUnit.integer("maxUnits", 1, PlanValidation.MOST);
    if (least != null && most != null && least > most) {
      errors.invalid(perUnit.at("minUnits"), perUnit.get("minUnits"), "is more than maxUnits");
    }
    plan.onlyWith(perUnit, "minUnits", licensed, "the usageType Licensed");
    plan.onlyWith(perUnit, "maxUnits", licensed, "the usageType Licensed");
    plan.onlyWith(perUnit, "filters", !licensed, "the usageType Metered");
    plan.onlyWith(perUnit, "unmatched", perUnit.has("filters"), "a price with filters");
    if (perUnit.has("filters")) {
      perUnit.required("unmatched");
    }
    perUnit.objects(
        "filters",
        1,
        100,
        filter -> {
          filter.required("key", "values", "amount");
          filter.line("key", 100);
          filter.texts(
              "values",
              1,
              100,
              (item, where) -> {
                if (item.textValue().isEmpty() || item.textValue().length() > 255) {
                  errors.invalid(where, item, "must be a text of 1 to 255 characters");
                }
              });
          filter.decimal("amount");
        });
  }

  private void tiered(Fields model) {
    model.required("metric", "tiers");
    plan.reference(model, "metric", References.Kind.METRIC);
    tiers(
        model,
        tier -> {
          if (!tier.has("unitAmount") && !tier.has("flatAmount")) {
            errors.invalid(tier.at("unitAmount"), null, "or flatAmount is required");
          }
          tier.decimal("unitAmount");
          tier.decimal("flatAmount");
        });
  }

  private void graduatedPercentage(Fields model) {
    model.required("metric", "tiers");
    plan.reference(model, "metric", References.Kind.METRIC);
    tiers(
        model,
        tier -> {
          tier.required("rate");
          tier.decimal("rate");
        });
  }

  private void tiers(Fields model, java.util.function.Consumer<Fields> amounts) {
    List<Optional<BigDecimal>> ends = new ArrayList<>();
    model.objects(
        "tiers",
        1,
        100,
        tier -> {
          ends.add(Optional.ofNullable(tier.decimal("upTo")));
          amounts.accept(tier);
        });
    BigDecimal from = BigDecimal.ZERO;
    for (int i = 0; i < ends.size(); i++) {
      String where = model.at("tiers") + "[" + i + "].upTo";
      boolean last = i == ends.size() - 1;
      JsonNode sent = model.get("tiers").path(i).get("upTo");
      if (last && sent != null) {
        errors.invalid(where, sent, "must be left out on the last tier, which has no end");
      } else if (!last && sent == null) {
        errors.add(where, null, Reason.REQUIRED, "is required on every tier but the last");
      }
      Optional<BigDecimal> end = ends.get(i);
      if (end.isPresent() && end.get().compareTo(from) <= 0) {
        errors.invalid(where, sent, "must be more than " + Json.plain(from));
      }
      from = end.orElse(from);
    }
  }

  private void overage(Fields overage, ObjectNode body) {
    overage.required("feature", "amount");
    plan.reference(overage, "feature", References.Kind.FEATURE);
    overage.decimal("amount");
    if (!overage.has("feature")) {
      return;
    }
    String feature = plan.identityOf(References.Kind.FEATURE, overage.get("feature"));
    boolean soft =
        Json.items(body, "entitlements").stream()
            .anyMatch(
                e ->
                    e.has("limit")
                        && e.path("soft").asBoolean()
                        && plan.identityOf(References.Kind.FEATURE, e.path("feature"))
                            .equals(feature));
    if (!soft) {
      errors.invalid(
          overage.at("feature"),
          overage.get("feature"),
          "needs an entitlement of this plan with a limit and soft: true");
    }
  }

  private void percentage(Fields model) {
    model.required("metric", "rate");
    plan.reference(model, "metric", References.Kind.METRIC);
    model.decimal("rate");
    model.decimal("fixedAmount");
    model.integer("freeEvents", 0, PlanValidation.MOST);
    BigDecimal least = model.decimal("minAmount");
    BigDecimal most = model.decimal("maxAmount");
    if (least != null && most != null && least.compareTo(most) > 0) {
      errors.invalid(model.at("minAmount"), model.get("minAmount"), "is more than maxAmount");
    }
  }

  private void together(ObjectNode body, List<ObjectNode> prices) {
    String pricing = body.path("pricing").asText("Paid");
    if (pricing.equals("Paid") && prices.isEmpty()) {
      errors.add("prices", null, Reason.REQUIRED, "must not be empty for a Paid plan");
    }
    if (pricing.equals("Free") && !isFree(prices)) {
      errors.invalid("prices", null, "must be at most one flat price of \"0\" for a Free plan");
    }
    JsonNode first = body.path("defaultPrice");
    if (first.isTextual() && prices.stream().noneMatch(p -> p.path("name").equals(first))) {
      errors.invalid("defaultPrice", first, "is not the name of a price of this plan");
    }
    Set<String> ids = new HashSet<>();
    Map<String, String> alternatives = new HashMap<>();
    for (ObjectNode price : prices) {
      String name = price.path("name").asText();
      if (price.has("id") && !ids.add(price.get("id").asText())) {
        errors.invalid("prices." + name + ".id", price.get("id"), "is named by two prices");
      }
      if (Pricing.isAlternative(price)) {
        String other = alternatives.putIfAbsent(choice(price), name);
        if (other != null) {
          errors.invalid(
              "prices." + name,
              null,
              "cannot be told from " + other + ": same interval, currency and countries");
        }
      }
    }
  }

  private static boolean isFree(List<ObjectNode> prices) {
    return prices.isEmpty()
        || (prices.size() == 1
            && prices.getFirst().path("flat").path("amount").asText().matches("0+(\\.0+)?"));
  }

  private static String choice(ObjectNode price) {
    Set<String> countries = new TreeSet<>();
    Json.items(price, "countries").forEach(country -> countries.add(country.asText()));
    return price.path("recurring").path("interval").asText()
        + " "
        + price.path("recurring").path("count").asInt(1)
        + " "
        + price.path("currency").asText()
        + " "
        + countries;
  }
}
