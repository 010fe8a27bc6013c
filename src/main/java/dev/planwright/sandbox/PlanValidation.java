package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.sandbox.FieldError.Reason;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a body is a valid plan for this account: all that is wrong, at once. */
final class PlanValidation {
  static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|-]{0,254}");
  static final Pattern PRICE_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  static final Set<String> INTERVALS = Set.of("Day", "Week", "Month", "Year");
  static final long MOST = 9_007_199_254_740_991L;
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private final Errors errors = new Errors();
  private final References references;
  private final PlanStore plans;

  PlanValidation(References references, PlanStore plans) {
    this.references = references;
    this.plans = plans;
  }

  /**
   * @param stored the version to be replaced; empty for a create
   * @throws Problem with every error
   */
  void check(String key, ObjectNode body, Optional<StoredPlan> stored) {
    Fields fields = new Fields(body, "", errors);
    fields.required("owner", "displayName", "prices");
    owner(fields);
    fields.line("displayName", 255);
    fields.line("invoiceDisplayName", 255);
    fields.lines("description", 2000);
    fields.line("imageUrl", 2048);
    fields.word("type", Set.of("Plan", "AddOn"));
    fields.word("pricing", Set.of("Paid", "Free", "Custom"));
    fields.word("lifecycle", Set.of("Active", "Archived"));
    reference(fields, "product", References.Kind.PRODUCT);
    parentPlan(fields, key);
    addOns(fields, key);
    fields.object("trial", PlanValidation::trial);
    entitlements(fields, body);
    creditGrants(fields);
    minimumCommitments(fields);
    fields.objects("usageThresholds", 0, 50, this::usageThreshold);
    fields.object("tax", this::tax);
    metadata(fields);
    fields.pattern("defaultPrice", PRICE_NAME, "must be the name of a price of this plan");
    JsonNode prices = fields.take("prices");
    new PriceValidation(this, errors).check(body, prices, stored);
    stored.ifPresent(plan -> immutable(plan, body));
    fields.end();
    errors.refuse();
  }

  private void owner(Fields fields) {
    JsonNode owner = fields.get("owner");
    if (owner.isNull()) {
      fields.take("owner");
    } else {
      fields.line("owner", 253);
    }
  }

  private void parentPlan(Fields fields, String key) {
    fields.pattern("parentPlan", KEY, "must be the key of a plan");
    if (!fields.get("parentPlan").isTextual()) {
      return;
    }
    Set<String> seen = new HashSet<>(Set.of(key));
    String next = fields.get("parentPlan").textValue();
    boolean direct = true;
    while (!next.isEmpty()) {
      if (!seen.add(next)) {
        errors.invalid("parentPlan", fields.get("parentPlan"), "leads back to this plan");
        return;
      }
      Optional<StoredPlan> parent = plans.byKey(next);
      if (parent.isEmpty() && direct) {
        errors.add(
            "parentPlan",
            fields.get("parentPlan"),
            Reason.UNKNOWN,
            "is not a plan: create it first");
      }
      next = parent.map(plan -> plan.content().path("parentPlan").asText()).orElse("");
      direct = false;
    }
  }

  private void addOns(Fields fields, String key) {
    fields.texts(
        "compatibleAddOns",
        0,
        100,
        (item, where) -> {
          if (!KEY.matcher(item.textValue()).matches()) {
            errors.invalid(where, item, "must be the key of an add-on");
          } else if (item.textValue().equals(key)) {
            errors.invalid(where, item, "is this plan itself");
          }
        });
  }

  private static void trial(Fields trial) {
    trial.required("days");
    trial.integer("days", 1, 3650);
    trial.word("onEnd", Set.of("ConvertToPaid", "Cancel"));
  }

  private void entitlements(Fields fields, ObjectNode body) {
    boolean addOn = body.path("type").asText().equals("AddOn");
    List<ObjectNode> all =
        fields.objects(
            "entitlements",
            0,
            200,
            one -> {
              one.required("feature");
              reference(one, "feature", References.Kind.FEATURE);
              one.oneOf("grant", List.of("enabled", "limit", "unlimited", "value"));
              one.bool("enabled");
              one.integer("limit", 0, MOST);
              one.bool("unlimited");
              if (one.get("unlimited").isBoolean() && !one.get("unlimited").booleanValue()) {
                errors.invalid(one.at("unlimited"), one.get("unlimited"), "can only be true");
              }
              one.line("value", 255);
              one.word("reset", INTERVALS);
              one.bool("soft");
              one.word("mode", Set.of("Increment", "Override"));
              onlyWith(one, "reset", one.has("limit"), "a limit");
              onlyWith(one, "soft", one.has("limit"), "a limit");
              onlyWith(one, "mode", addOn, "the type AddOn");
            });
    distinct(
        "entitlements",
        all.stream().map(e -> identityOf(References.Kind.FEATURE, e.path("feature"))).toList());
  }

  private void creditGrants(Fields fields) {
    List<ObjectNode> all =
        fields.objects(
            "creditGrants",
            0,
            50,
            one -> {
              one.required("credit", "amount");
              one.line("credit", 255);
              one.decimal("amount");
              one.word("every", INTERVALS);
            });
    distinct("creditGrants", all.stream().map(g -> g.path("credit").asText()).toList());
  }

  private void minimumCommitments(Fields fields) {
    List<ObjectNode> all =
        fields.objects(
            "minimumCommitments",
            0,
            50,
            one -> {
              one.required("amount", "currency");
              one.decimal("amount");
              currency(one);
              one.word("every", INTERVALS);
            });
    distinct(
        "minimumCommitments",
        all.stream()
            .map(c -> c.path("currency").asText() + " " + c.path("every").asText())
            .toList());
  }

  private void usageThreshold(Fields one) {
    one.required("amount", "currency");
    one.decimal("amount");
    currency(one);
    one.bool("recurring");
    one.line("displayName", 255);
  }

  private void tax(Fields tax) {
    if (!tax.has("code") && !tax.has("rate") && !tax.has("behavior")) {
      errors.invalid("tax", null, "needs at least one of code, rate and behavior");
    }
    tax.line("code", 255);
    tax.decimal("rate");
    tax.word("behavior", Set.of("Exclusive", "Inclusive"));
  }

  void metadata(Fields fields) {
    JsonNode value = fields.take("metadata");
    if (value == null) {
      return;
    }
    String where = fields.at("metadata");
    if (!value.isObject() || value.size() > 50) {
      errors.invalid(where, null, "must be an object of at most 50 texts");
      return;
    }
    value
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              if (name.isEmpty() || name.length() > 100) {
                errors.invalid(where, null, "has a name that is empty or longer than 100");
              }
              if (!entry.getValue().isTextual() || entry.getValue().textValue().length() > 500) {
                errors.invalid(
                    where + "." + name, entry.getValue(), "must be a text of at most 500");
              }
            });
  }

  void currency(Fields fields) {
    JsonNode value = fields.take("currency");
    if (value != null && !(value.isTextual() && CURRENCIES.contains(value.textValue()))) {
      errors.invalid(fields.at("currency"), value, "must be a code of ISO 4217 such as USD");
    }
  }

  /** That a metric, feature or product of this name or id exists. */
  void reference(Fields fields, String field, References.Kind kind) {
    fields.line(field, 255);
    JsonNode value = fields.get(field);
    if (value.isTextual() && references.find(kind, value.textValue()).isEmpty()) {
      errors.add(
          fields.at(field),
          value,
          Reason.UNKNOWN,
          "is neither the name nor the id of a " + kind.word() + " of this account");
    }
  }

  /** The id behind a name or an id, so that both spellings are one. */
  String identityOf(References.Kind kind, JsonNode nameOrId) {
    return references
        .find(kind, nameOrId.asText())
        .map(References.Reference::id)
        .orElse(nameOrId.asText());
  }

  void onlyWith(Fields fields, String field, boolean allowed, String what) {
    if (fields.has(field) && !allowed) {
      errors.invalid(fields.at(field), fields.get(field), "is only for " + what);
    }
  }

  void distinct(String list, List<String> identities) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < identities.size(); i++) {
      if (!identities.get(i).isBlank() && !seen.add(identities.get(i))) {
        errors.invalid(list + "[" + i + "]", null, "says \"" + identities.get(i) + "\" again");
      }
    }
  }

  private void immutable(StoredPlan plan, ObjectNode body) {
    String before = plan.content().path("type").asText("Plan");
    String after = body.path("type").asText("Plan");
    if (!before.equals(after)) {
      errors.add(
          "type", body.get("type"), Reason.IMMUTABLE, "is " + before + " and cannot be changed");
    }
  }
}
