package dev.planwright.api.v1alpha1;

import java.util.Locale;

/**
 * What a spec must be, one constant for each rule. The schema and the compiler both hold it; the
 * compiler holds every one, because an API server without the schema holds none. Each constant's
 * sentence is its documentation.
 */
public enum Rule {
  AMOUNT_FORMAT(
      Kind.ANY,
      "spec.**.amount",
      "is a decimal string in major units such as \"49.00\": at most 18 digits before and 20 after the point, no sign, no exponent",
      Held.SCHEMA),
  RATE_FORMAT(
      Kind.ANY,
      "spec.**.rate",
      "is a percentage from 0 to 100 as a decimal string such as \"2.5\": at most 10 digits after the point",
      Held.SCHEMA),
  CURRENCY_FORMAT(
      Kind.ANY,
      "spec.**.currency",
      "is an ISO 4217 code of three capital letters such as USD",
      Held.SCHEMA),
  CURRENCY_KNOWN(Kind.ANY, "spec.**.currency", "is a currency that ISO 4217 knows", Held.COMPILER),
  WORD_FORMAT(
      Kind.ANY,
      "spec.**.metric",
      "is a name of at most 255 letters, digits and . _ : | -, beginning with a letter or digit",
      Held.SCHEMA),
  QUANTITY_RANGE(
      Kind.ANY,
      "spec.**.limit",
      "is a whole number from its minimum to 9007199254740991",
      Held.SCHEMA),
  REQUIRED(Kind.ANY, "spec.**", "is required", Held.SCHEMA),
  TEXT_LENGTH(Kind.ANY, "spec.**", "is no longer than its bound", Held.SCHEMA),
  TEXT_PRINTABLE(
      Kind.ANY,
      "spec.**",
      "has no control characters, line breaks in a description excepted",
      Held.COMPILER),
  LIST_LENGTH(Kind.ANY, "spec.**", "has no more items than its bound", Held.SCHEMA),
  NAME_FORMAT(
      Kind.ANY,
      "spec.**Ref.name",
      "is the name of an object of Kubernetes: at most 253 small letters, digits, - and .",
      Held.SCHEMA),
  URL_FORMAT(
      Kind.ANY, "spec.**.url", "is an absolute http or https URL without spaces", Held.SCHEMA),
  METADATA_RESERVED(
      Kind.ANY,
      "spec.metadata",
      "has no key that begins with planwright.dev/, which are kept for the operator",
      Held.CEL),
  METADATA_KEY(
      Kind.ANY,
      "spec.metadata",
      "has keys of at most 63 letters, digits and . _ / -, beginning with a letter or digit",
      Held.CEL),
  METADATA_VALUE(Kind.ANY, "spec.metadata", "has values without control characters", Held.COMPILER),
  EXTERNAL_ID_IMMUTABLE(
      Kind.ANY, "spec.externalId", "cannot be changed or removed once it is set", Held.CEL),
  EXTERNAL_ID_MATCHES_STATUS(
      Kind.ANY,
      "spec.externalId",
      "may be set later only to the id that is in status.externalId",
      Held.CEL),
  KEY_FORMAT(
      Kind.PLAN,
      "spec.key",
      "is at most 255 letters, digits and . _ | -, beginning with a letter or digit",
      Held.SCHEMA),
  KEY_IMMUTABLE(
      Kind.PLAN,
      "spec.key",
      "cannot be set, changed or removed after the Plan was created",
      Held.CEL),
  BACKEND_REF_IMMUTABLE(
      Kind.PLAN,
      "spec.backendRef",
      "cannot be set, changed or removed after the Plan was created",
      Held.CEL),
  TYPE_IMMUTABLE(Kind.PLAN, "spec.type", "cannot be changed after the Plan was created", Held.CEL),
  PARENT_IS_ANOTHER(
      Kind.PLAN,
      "spec.parentPlanRef",
      "names another Plan than this one, and no circle of Plans",
      Held.CEL),
  ADD_ON_IS_ANOTHER(
      Kind.PLAN, "spec.compatibleAddOns", "names other Plans than this one", Held.CEL),
  ADD_ON_HAS_NO_ADD_ONS(
      Kind.PLAN, "spec.compatibleAddOns", "is only for a Plan of type Plan", Held.CEL),
  SAME_BACKEND(
      Kind.PLAN,
      "spec.parentPlanRef",
      "names a Plan of the same BillingBackend, as do compatibleAddOns",
      Held.COMPILER),
  ADD_ON_TYPE(Kind.PLAN, "spec.compatibleAddOns", "names Plans of type AddOn only", Held.COMPILER),
  REQUIRED_PRICES_UNIQUE(Kind.PLAN, "spec.requiredPrices", "names each Price once", Held.SCHEMA),
  DEFAULT_PRICE_REQUIRED(
      Kind.PLAN,
      "spec.defaultPrice",
      "is one of spec.requiredPrices, when those are given",
      Held.CEL),
  DEFAULT_PRICE_EXISTS(
      Kind.PLAN, "spec.defaultPrice", "is the name of a Price of the Plan", Held.COMPILER),
  ADD_ONS_UNIQUE(Kind.PLAN, "spec.compatibleAddOns", "names each Plan once", Held.SCHEMA),
  ENUM(Kind.ANY, "spec.**", "is one of the words that the field knows", Held.SCHEMA),
  KNOWN_FIELD(
      Kind.ANY,
      "spec.**",
      "is a field that the running version of the operator knows",
      Held.COMPILER),
  TIERS_PRESENT(Kind.PRICE, "spec.*.tiers", "has at least one tier", Held.SCHEMA),
  ENTITLEMENT_UNIQUE(Kind.PLAN, "spec.entitlements", "names each feature once", Held.SCHEMA),
  ENTITLEMENT_ONE_KIND(
      Kind.PLAN,
      "spec.entitlements[]",
      "has exactly one of enabled, limit, value and unlimited: true",
      Held.CEL),
  ENTITLEMENT_LIMIT_WORDS(
      Kind.PLAN, "spec.entitlements[]", "has reset and soft only beside a limit", Held.CEL),
  ENTITLEMENT_MODE_ADD_ON(
      Kind.PLAN, "spec.entitlements[].mode", "is only for a Plan of type AddOn", Held.CEL),
  ENTITLEMENT_INCREMENT_LIMIT(
      Kind.PLAN, "spec.entitlements[].mode", "is Increment only beside a limit", Held.CEL),
  TRIAL_DAYS(Kind.PLAN, "spec.trial.days", "is a whole number from 1 to 730", Held.SCHEMA),
  TRIAL_NEEDS_PAID(Kind.PLAN, "spec.trial", "is not for a Plan with pricing Free", Held.CEL),
  FREE_HAS_NO_COMMITMENT(
      Kind.PLAN, "spec.minimumCommitments", "is not for a Plan with pricing Free", Held.CEL),
  COMMITMENT_UNIQUE(
      Kind.PLAN, "spec.minimumCommitments", "has each currency and period once", Held.SCHEMA),
  THRESHOLD_POSITIVE(
      Kind.PLAN, "spec.usageThresholds[].amount", "is greater than zero", Held.COMPILER),
  TAX_SAYS_SOMETHING(
      Kind.PLAN, "spec.tax", "has at least one of code, rate and behavior", Held.CEL),
  FREE_PRICE(
      Kind.PLAN, "spec.pricing", "Free allows at most one Price, flat and of \"0\"", Held.COMPILER),
  PRICES_PER_PLAN(Kind.PLAN, "metadata.name", "has at most 200 Prices", Held.COMPILER),
  ALTERNATIVES_DISTINCT(
      Kind.PRICE,
      "spec.recurring",
      "differs in interval, currency or countries from every other flat recurring Price of the Plan",
      Held.COMPILER),
  COMPONENT_HAS_ALTERNATIVE(
      Kind.PRICE,
      "spec.currency",
      "is, on a usage price, the currency of a flat recurring Price of the Plan when it has any",
      Held.COMPILER),
  ONE_TIME_HAS_NO_TRIAL(
      Kind.PRICE, "spec.trialDays", "is only for a recurring price", Held.COMPILER),
  PLAN_REF_IMMUTABLE(
      Kind.PRICE, "spec.planRef", "cannot be changed after the Price was created", Held.CEL),
  ONE_MODEL(
      Kind.PRICE,
      "spec",
      "has exactly one model: flat, perUnit, package, graduated, volume, overage, percentage, graduatedPercentage or dynamic",
      Held.CEL),
  RECURRING_OR_ONE_TIME(Kind.PRICE, "spec", "has exactly one of recurring and oneTime", Held.CEL),
  USAGE_NEEDS_RECURRING(
      Kind.PRICE,
      "spec.recurring",
      "is needed by every model but flat and licensed perUnit",
      Held.CEL),
  RECURRING_COUNT(
      Kind.PRICE, "spec.recurring.count", "is a whole number from 1 to 1000", Held.SCHEMA),
  METERED_NEEDS_METRIC(
      Kind.PRICE, "spec.perUnit.metric", "is needed unless usageType is Licensed", Held.CEL),
  PER_UNIT_AMOUNT(
      Kind.PRICE,
      "spec.perUnit.amount",
      "is needed unless there are filters and unmatched is NotBilled",
      Held.CEL),
  UNIT_RANGE(
      Kind.PRICE, "spec.perUnit", "has a minUnits that is not greater than maxUnits", Held.CEL),
  UNITS_ARE_LICENSED(
      Kind.PRICE,
      "spec.perUnit",
      "has minUnits and maxUnits only when usageType is Licensed",
      Held.CEL),
  FILTERS_UNMATCHED(
      Kind.PRICE, "spec.perUnit.unmatched", "is needed with filters, and only with them", Held.CEL),
  FILTERS_ARE_METERED(Kind.PRICE, "spec.perUnit.filters", "are only for metered usage", Held.CEL),
  FILTERS_DISTINCT(
      Kind.PRICE, "spec.perUnit.filters", "has no value of a key in two filters", Held.COMPILER),
  TIERS_LAST_OPEN(
      Kind.PRICE,
      "spec.*.tiers",
      "has upTo on every tier but the last, and not on the last",
      Held.CEL),
  TIERS_RISING(Kind.PRICE, "spec.*.tiers", "has strictly rising upTo", Held.CEL),
  TIER_HAS_AMOUNT(Kind.PRICE, "spec.*.tiers[]", "has unitAmount or flatAmount", Held.CEL),
  PERCENTAGE_RANGE(
      Kind.PRICE,
      "spec.percentage",
      "has a minAmount that is not greater than maxAmount",
      Held.COMPILER),
  OVERAGE_NEEDS_SOFT_LIMIT(
      Kind.PRICE,
      "spec.overage.feature",
      "has an entitlement in the Plan with a limit and soft: true",
      Held.COMPILER),
  COUNTRY_FORMAT(
      Kind.PRICE,
      "spec.countries[]",
      "is an ISO 3166-1 code of two capital letters such as DE",
      Held.SCHEMA),
  COUNTRY_KNOWN(
      Kind.PRICE, "spec.countries[]", "is a country that ISO 3166-1 knows", Held.COMPILER),
  COUNTRIES_UNIQUE(Kind.PRICE, "spec.countries", "names each country once", Held.SCHEMA),
  OWNER_ID_FORMAT(
      Kind.BILLING_BACKEND,
      "spec.ownerId",
      "is at most 63 letters, digits and . _ -, beginning with a letter or digit",
      Held.SCHEMA),
  OWNER_ID_IMMUTABLE(
      Kind.BILLING_BACKEND,
      "spec.ownerId",
      "cannot be changed after the BillingBackend was created",
      Held.CEL),
  ONE_PROVIDER(
      Kind.BILLING_BACKEND,
      "spec.provider",
      "has exactly one of bxb, stigg, schematic, noderails, paygentic and http",
      Held.CEL),
  PAYGENTIC_ENVIRONMENT(
      Kind.BILLING_BACKEND, "spec.environment", "is needed by paygentic without a url", Held.CEL),
  DURATION_FORMAT(
      Kind.BILLING_BACKEND,
      "spec.limits.timeout",
      "is a duration such as 30s, 10m or 1h30m",
      Held.SCHEMA),
  DURATION_POSITIVE(Kind.BILLING_BACKEND, "spec.limits.timeout", "is longer than zero", Held.CEL),
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
