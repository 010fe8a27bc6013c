package dev.planwright.api.v1alpha1;

import java.util.Locale;

/**
 * What a spec must be, one constant for each rule. The schema and the compiler both hold it; the
 * compiler holds every one, because an API server without the schema holds none.
 */
public enum Rule {
  /**
   * Is a decimal string in major units such as "49.00": at most 18 digits before and 20 after the
   * point, no sign, no exponent.
   */
  AMOUNT_FORMAT(
      Kind.ANY,
      "spec.**.amount",
      "is a decimal string in major units such as \"49.00\": at most 18 digits before and 20 after the point, no sign, no exponent",
      Held.SCHEMA),

  /**
   * Is a percentage from 0 to 100 as a decimal string such as "2.5": at most 10 digits after the
   * point.
   */
  RATE_FORMAT(
      Kind.ANY,
      "spec.**.rate",
      "is a percentage from 0 to 100 as a decimal string such as \"2.5\": at most 10 digits after the point",
      Held.SCHEMA),

  /** Is an ISO 4217 code of three capital letters such as USD. */
  CURRENCY_FORMAT(
      Kind.ANY,
      "spec.**.currency",
      "is an ISO 4217 code of three capital letters such as USD",
      Held.SCHEMA),

  /** Is a currency that ISO 4217 knows. */
  CURRENCY_KNOWN(Kind.ANY, "spec.**.currency", "is a currency that ISO 4217 knows", Held.COMPILER),

  /** Is a name of at most 255 letters, digits and . _ : | -, beginning with a letter or digit. */
  WORD_FORMAT(
      Kind.ANY,
      "spec.**.metric",
      "is a name of at most 255 letters, digits and . _ : | -, beginning with a letter or digit",
      Held.SCHEMA),

  /** Is a whole number from its minimum to 9007199254740991. */
  QUANTITY_RANGE(
      Kind.ANY,
      "spec.**.limit",
      "is a whole number from its minimum to 9007199254740991",
      Held.SCHEMA),

  /** Is required. */
  REQUIRED(Kind.ANY, "spec.**", "is required", Held.SCHEMA),

  /** Is no longer than its bound. */
  TEXT_LENGTH(Kind.ANY, "spec.**", "is no longer than its bound", Held.SCHEMA),

  /** Has no more items than its bound. */
  LIST_LENGTH(Kind.ANY, "spec.**", "has no more items than its bound", Held.SCHEMA),

  /** Is the name of an object of Kubernetes: at most 253 small letters, digits, - and .. */
  NAME_FORMAT(
      Kind.ANY,
      "spec.**Ref.name",
      "is the name of an object of Kubernetes: at most 253 small letters, digits, - and .",
      Held.SCHEMA),

  /** Is an absolute http or https URL without spaces. */
  URL_FORMAT(
      Kind.ANY, "spec.**.url", "is an absolute http or https URL without spaces", Held.SCHEMA),

  /** Has no key that begins with planwright.dev/, which are kept for the operator. */
  METADATA_RESERVED(
      Kind.ANY,
      "spec.metadata",
      "has no key that begins with planwright.dev/, which are kept for the operator",
      Held.CEL),

  /** Has keys of at most 63 letters, digits and . _ / -, beginning with a letter or digit. */
  METADATA_KEY(
      Kind.ANY,
      "spec.metadata",
      "has keys of at most 63 letters, digits and . _ / -, beginning with a letter or digit",
      Held.CEL),

  /** Has values without control characters. */
  METADATA_VALUE(Kind.ANY, "spec.metadata", "has values without control characters", Held.COMPILER),

  /** Cannot be changed or removed once it is set. */
  EXTERNAL_ID_IMMUTABLE(
      Kind.ANY, "spec.externalId", "cannot be changed or removed once it is set", Held.CEL),

  /** May be set later only to the id that is in status.externalId. */
  EXTERNAL_ID_MATCHES_STATUS(
      Kind.ANY,
      "spec.externalId",
      "may be set later only to the id that is in status.externalId",
      Held.CEL),

  /** Is at most 255 letters, digits and . _ | -, beginning with a letter or digit. */
  KEY_FORMAT(
      Kind.PLAN,
      "spec.key",
      "is at most 255 letters, digits and . _ | -, beginning with a letter or digit",
      Held.SCHEMA),

  /** Cannot be set, changed or removed after the Plan was created. */
  KEY_IMMUTABLE(
      Kind.PLAN,
      "spec.key",
      "cannot be set, changed or removed after the Plan was created",
      Held.CEL),

  /** Cannot be set, changed or removed after the Plan was created. */
  BACKEND_REF_IMMUTABLE(
      Kind.PLAN,
      "spec.backendRef",
      "cannot be set, changed or removed after the Plan was created",
      Held.CEL),

  /** Cannot be changed after the Plan was created. */
  TYPE_IMMUTABLE(Kind.PLAN, "spec.type", "cannot be changed after the Plan was created", Held.CEL),

  /** Names another Plan than this one, and no circle of Plans. */
  PARENT_IS_ANOTHER(
      Kind.PLAN,
      "spec.parentPlanRef",
      "names another Plan than this one, and no circle of Plans",
      Held.CEL),

  /** Names other Plans than this one. */
  ADD_ON_IS_ANOTHER(
      Kind.PLAN, "spec.compatibleAddOns", "names other Plans than this one", Held.CEL),

  /** Is only for a Plan of type Plan. */
  ADD_ON_HAS_NO_ADD_ONS(
      Kind.PLAN, "spec.compatibleAddOns", "is only for a Plan of type Plan", Held.CEL),

  /** Names each Price once. */
  REQUIRED_PRICES_UNIQUE(Kind.PLAN, "spec.requiredPrices", "names each Price once", Held.SCHEMA),

  /** Is one of spec.requiredPrices, when those are given. */
  DEFAULT_PRICE_REQUIRED(
      Kind.PLAN,
      "spec.defaultPrice",
      "is one of spec.requiredPrices, when those are given",
      Held.CEL),

  /** Is the name of a Price of the Plan. */
  DEFAULT_PRICE_EXISTS(
      Kind.PLAN, "spec.defaultPrice", "is the name of a Price of the Plan", Held.COMPILER),

  /** Names each feature once. */
  ENTITLEMENT_UNIQUE(Kind.PLAN, "spec.entitlements", "names each feature once", Held.SCHEMA),

  /** Has exactly one of enabled, limit, value and unlimited: true. */
  ENTITLEMENT_ONE_KIND(
      Kind.PLAN,
      "spec.entitlements[]",
      "has exactly one of enabled, limit, value and unlimited: true",
      Held.CEL),

  /** Has reset and soft only beside a limit. */
  ENTITLEMENT_LIMIT_WORDS(
      Kind.PLAN, "spec.entitlements[]", "has reset and soft only beside a limit", Held.CEL),

  /** Is only for a Plan of type AddOn. */
  ENTITLEMENT_MODE_ADD_ON(
      Kind.PLAN, "spec.entitlements[].mode", "is only for a Plan of type AddOn", Held.CEL),

  /** Is Increment only beside a limit. */
  ENTITLEMENT_INCREMENT_LIMIT(
      Kind.PLAN, "spec.entitlements[].mode", "is Increment only beside a limit", Held.CEL),

  /** Is a whole number from 1 to 730. */
  TRIAL_DAYS(Kind.PLAN, "spec.trial.days", "is a whole number from 1 to 730", Held.SCHEMA),

  /** Is not for a Plan with pricing Free. */
  TRIAL_NEEDS_PAID(Kind.PLAN, "spec.trial", "is not for a Plan with pricing Free", Held.CEL),

  /** Is not for a Plan with pricing Free. */
  FREE_HAS_NO_COMMITMENT(
      Kind.PLAN, "spec.minimumCommitments", "is not for a Plan with pricing Free", Held.CEL),

  /** Has each currency and period once. */
  COMMITMENT_UNIQUE(
      Kind.PLAN, "spec.minimumCommitments", "has each currency and period once", Held.CEL),

  /** Is greater than zero. */
  THRESHOLD_POSITIVE(
      Kind.PLAN, "spec.usageThresholds[].amount", "is greater than zero", Held.COMPILER),

  /** Has at least one of code, rate and behavior. */
  TAX_SAYS_SOMETHING(
      Kind.PLAN, "spec.tax", "has at least one of code, rate and behavior", Held.CEL),

  /** Free allows at most one Price, flat and of "0". */
  FREE_PRICE(
      Kind.PLAN, "spec.pricing", "Free allows at most one Price, flat and of \"0\"", Held.COMPILER),

  /** Has at most 200 Prices. */
  PRICES_PER_PLAN(Kind.PLAN, "metadata.name", "has at most 200 Prices", Held.COMPILER),

  /** No two flat recurring Prices of a Plan are alike in interval, currency and countries. */
  ALTERNATIVES_DISTINCT(
      Kind.PRICE,
      "spec.recurring",
      "no two flat recurring Prices of a Plan are alike in interval, currency and countries",
      Held.COMPILER),

  /** Cannot be changed after the Price was created. */
  PLAN_REF_IMMUTABLE(
      Kind.PRICE, "spec.planRef", "cannot be changed after the Price was created", Held.CEL),

  /**
   * Has exactly one model: flat, perUnit, package, graduated, volume, overage, percentage,
   * graduatedPercentage or dynamic.
   */
  ONE_MODEL(
      Kind.PRICE,
      "spec",
      "has exactly one model: flat, perUnit, package, graduated, volume, overage, percentage, graduatedPercentage or dynamic",
      Held.CEL),

  /** Has exactly one of recurring and oneTime. */
  RECURRING_OR_ONE_TIME(Kind.PRICE, "spec", "has exactly one of recurring and oneTime", Held.CEL),

  /** Is needed by every model but flat. */
  USAGE_NEEDS_RECURRING(
      Kind.PRICE, "spec.recurring", "is needed by every model but flat", Held.CEL),

  /** Is only for a recurring price. */
  ONE_TIME_HAS_NO_BILLING(Kind.PRICE, "spec.billing", "is only for a recurring price", Held.CEL),

  /** Is not InAdvance for usage, which is known only at the end of the period. */
  METERED_IN_ARREARS(
      Kind.PRICE,
      "spec.billing",
      "is not InAdvance for usage, which is known only at the end of the period",
      Held.CEL),

  /** Is a whole number from 1 to 1000. */
  RECURRING_COUNT(
      Kind.PRICE, "spec.recurring.count", "is a whole number from 1 to 1000", Held.SCHEMA),

  /** Is needed unless usageType is Licensed. */
  METERED_NEEDS_METRIC(
      Kind.PRICE, "spec.perUnit.metric", "is needed unless usageType is Licensed", Held.CEL),

  /** Is needed unless there are filters and unmatched is NotBilled. */
  PER_UNIT_AMOUNT(
      Kind.PRICE,
      "spec.perUnit.amount",
      "is needed unless there are filters and unmatched is NotBilled",
      Held.CEL),

  /** Has a minUnits that is not greater than maxUnits. */
  UNIT_RANGE(
      Kind.PRICE, "spec.perUnit", "has a minUnits that is not greater than maxUnits", Held.CEL),

  /** Has minUnits and maxUnits only when usageType is Licensed. */
  UNITS_ARE_LICENSED(
      Kind.PRICE,
      "spec.perUnit",
      "has minUnits and maxUnits only when usageType is Licensed",
      Held.CEL),

  /** Is needed with filters, and only with them. */
  FILTERS_UNMATCHED(
      Kind.PRICE, "spec.perUnit.unmatched", "is needed with filters, and only with them", Held.CEL),

  /** Are only for metered usage. */
  FILTERS_ARE_METERED(Kind.PRICE, "spec.perUnit.filters", "are only for metered usage", Held.CEL),

  /** No two filters have a key and a value in common. */
  FILTERS_DISTINCT(
      Kind.PRICE,
      "spec.perUnit.filters",
      "no two filters have a key and a value in common",
      Held.CEL),

  /** Has upTo on every tier but the last, and not on the last. */
  TIERS_LAST_OPEN(
      Kind.PRICE,
      "spec.*.tiers",
      "has upTo on every tier but the last, and not on the last",
      Held.CEL),

  /** Has strictly rising upTo. */
  TIERS_RISING(Kind.PRICE, "spec.*.tiers", "has strictly rising upTo", Held.CEL),

  /** Has unitAmount or flatAmount. */
  TIER_HAS_AMOUNT(Kind.PRICE, "spec.*.tiers[]", "has unitAmount or flatAmount", Held.CEL),

  /** Has a minAmount that is not greater than maxAmount. */
  PERCENTAGE_RANGE(
      Kind.PRICE,
      "spec.percentage",
      "has a minAmount that is not greater than maxAmount",
      Held.COMPILER),

  /** Has an entitlement in the Plan with a limit and soft: true. */
  OVERAGE_NEEDS_SOFT_LIMIT(
      Kind.PRICE,
      "spec.overage.feature",
      "has an entitlement in the Plan with a limit and soft: true",
      Held.COMPILER),

  /** Is an ISO 3166-1 code of two capital letters such as DE. */
  COUNTRY_FORMAT(
      Kind.PRICE,
      "spec.countries[]",
      "is an ISO 3166-1 code of two capital letters such as DE",
      Held.SCHEMA),

  /** Is a country that ISO 3166-1 knows. */
  COUNTRY_KNOWN(
      Kind.PRICE, "spec.countries[]", "is a country that ISO 3166-1 knows", Held.COMPILER),

  /** Names each country once. */
  COUNTRIES_UNIQUE(Kind.PRICE, "spec.countries", "names each country once", Held.SCHEMA),

  /** Is at most 63 letters, digits and . _ -, beginning with a letter or digit. */
  OWNER_ID_FORMAT(
      Kind.BILLING_BACKEND,
      "spec.ownerId",
      "is at most 63 letters, digits and . _ -, beginning with a letter or digit",
      Held.SCHEMA),

  /** Cannot be changed after the BillingBackend was created. */
  OWNER_ID_IMMUTABLE(
      Kind.BILLING_BACKEND,
      "spec.ownerId",
      "cannot be changed after the BillingBackend was created",
      Held.CEL),

  /** Has exactly one of bxb, stigg, schematic, noderails, paygentic and http. */
  ONE_PROVIDER(
      Kind.BILLING_BACKEND,
      "spec.provider",
      "has exactly one of bxb, stigg, schematic, noderails, paygentic and http",
      Held.CEL),

  /** Keeps its block, because another billing system is another BillingBackend. */
  PROVIDER_IMMUTABLE(
      Kind.BILLING_BACKEND,
      "spec.provider",
      "keeps its block, because another billing system is another BillingBackend",
      Held.CEL),

  /** Is needed by paygentic without a url. */
  PAYGENTIC_ENVIRONMENT(
      Kind.BILLING_BACKEND, "spec.environment", "is needed by paygentic without a url", Held.CEL),

  /** Is a duration such as 30s, 10m or 1h30m. */
  DURATION_FORMAT(
      Kind.BILLING_BACKEND,
      "spec.limits.timeout",
      "is a duration such as 30s, 10m or 1h30m",
      Held.SCHEMA),

  /** Is longer than zero. */
  DURATION_POSITIVE(Kind.BILLING_BACKEND, "spec.limits.timeout", "is longer than zero", Held.CEL),

  /**
   * Is https, unless it is loopback, *.svc or *.svc.cluster.local, or the operator runs with
   * --allow-http.
   */
  URL_SECURE(
      Kind.BILLING_BACKEND,
      "spec.provider.*.url",
      "is https, unless it is loopback, *.svc or *.svc.cluster.local, or the operator runs with --allow-http",
      Held.COMPILER);

  /** The kinds that a rule is about. */
  public enum Kind {
    /** Every kind that has the field. */
    ANY,

    /** A Plan, or a Plan with its Prices. */
    PLAN,

    /** A Price. */
    PRICE,

    /** A BillingBackend. */
    BILLING_BACKEND
  }

  /** Who holds a rule before the compiler does. */
  public enum Held {
    /** The schema: type, pattern, bound, enum, list of unique items. */
    SCHEMA,

    /** A rule in CEL, which has this rule's sentence as its message. */
    CEL,

    /** Nobody: it takes several objects, or more than CEL can say. */
    COMPILER
  }

  private final Kind kind;
  private final String field;
  private final String sentence;
  private final Held held;

  Rule(Kind kind, String field, String sentence, Held held) {
    this.kind = kind;
    this.field = field;
    this.sentence = sentence;
    this.held = held;
  }

  /** The stable name of the rule, such as {@code one-model}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind that the rule is about. */
  public Kind kind() {
    return kind;
  }

  /** The field that the rule is about; {@code *} is any name, {@code **} any path. */
  public String field() {
    return field;
  }

  /** What is right, in words that go on from the path of the field: "spec.key" + " is ...". */
  public String sentence() {
    return sentence;
  }

  /** Who holds the rule before the compiler does. */
  public Held held() {
    return held;
  }
}
