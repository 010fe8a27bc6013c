package dev.planwright.emulator.schematic;

/**
 * What the vendor's documentation leaves open. Each question is an enum; its first constant is what
 * seems likelier and what the emulator does until {@link SchematicControls#assume} says otherwise.
 */
public sealed interface Question {
  /** Does a new name or description of a published plan wait in a draft, or hold at once? */
  enum RenameOfPublished implements Question {
    OPENS_DRAFT,
    IN_PLACE
  }

  /** Does setting the prices of a published plan open a draft, or change what is on sale? */
  enum PriceEditOfPublished implements Question {
    OPENS_DRAFT,
    IN_PLACE
  }

  /** Does a write to an entitlement or a grant of a published plan open a draft? */
  enum EntitlementEditOfPublished implements Question {
    OPENS_DRAFT,
    IN_PLACE
  }

  /**
   * Which version does a write without a version id edit, when a published one and a draft exist?
   */
  enum EditedVersion implements Question {
    DRAFT,
    PUBLISHED
  }

  /** Does a write that changes nothing open a draft all the same? */
  enum EqualWrite implements Question {
    OPENS_DRAFT,
    DOES_NOTHING
  }

  /** What does a plan that is read without a version id show as its billing settings? */
  enum UnnamedVersion implements Question {
    PUBLISHED_ELSE_DRAFT,
    DRAFT_ELSE_PUBLISHED,
    PUBLISHED_ONLY
  }

  /** What does the list of plans leave out without {@code include_draft_versions}? */
  enum ListWithoutDrafts implements Question {
    OMITS_DRAFT_VERSIONS,
    OMITS_UNPUBLISHED_PLANS,
    OMITS_NOTHING
  }

  /** Do {@code versions} of a plan hold those of other environments too? */
  enum VersionsShown implements Question {
    CALLERS_ENVIRONMENT,
    EVERY_ENVIRONMENT
  }

  /** Does a new plan have its first draft in the caller's environment only, or in each? */
  enum FirstDraft implements Question {
    CALLERS_ENVIRONMENT,
    EVERY_ENVIRONMENT
  }

  /** Which entitlements does a list by plan id give, when no version id is named? */
  enum EntitlementList implements Question {
    SHOWN_VERSION,
    EVERY_VERSION
  }

  /** May a feature be entitled twice on one version? */
  enum SecondEntitlement implements Question {
    MADE,
    REFUSED
  }

  /** What becomes of a base price that the body of a later write leaves out? */
  enum AbsentPrice implements Question {
    REMOVED,
    KEPT
  }

  /** What becomes of an entitlement's field that the body of a later write leaves out? */
  enum AbsentEntitlementField implements Question {
    CLEARED,
    KEPT
  }

  /** What becomes of a description that a rename leaves out or sends as null? */
  enum AbsentDescription implements Question {
    KEPT,
    CLEARED
  }

  /** What becomes of base prices that do not belong to the charge type? */
  enum MismatchedPrice implements Question {
    DROPPED,
    REFUSED
  }

  /** Must {@code currency_prices}, when given, repeat the default currency? */
  enum DefaultCurrency implements Question {
    MAY_BE_LEFT_OUT,
    MUST_BE_REPEATED
  }

  /** Do the {@code currency_prices} that are read hold the default currency? */
  enum DefaultCurrencyRead implements Question {
    REPEATED,
    LEFT_OUT
  }

  /** Does the vendor write currencies in lower case, or keep them as they came? */
  enum CurrencyCase implements Question {
    LOWERED,
    KEPT
  }

  /** Is {@code price_decimal} given for prices that were sent as whole numbers? */
  enum WholePriceDecimal implements Question {
    GIVEN,
    NULL
  }

  /** What does a call that sets a paid price do while the environment has no Stripe account? */
  enum WithoutStripe implements Question {
    REFUSED,
    STAYS_UNSELLABLE
  }

  /** Is a bundle one transaction? */
  enum BundleFailure implements Question {
    ROLLS_BACK,
    KEEPS_WHAT_WAS_DONE
  }

  /** Whose companies does {@code require_no_migration} count under the strategy {@code leave}? */
  enum NoMigrationUnderLeave implements Question {
    COUNTS_NOBODY,
    COUNTS_EVERYBODY
  }

  /** Whose companies forbid the deletion of a plan? Those who do not forbid it lose the plan. */
  enum PlanDelete implements Question {
    REFUSED_FOR_CALLERS_ENVIRONMENT,
    REFUSED_FOR_ANY_ENVIRONMENT,
    NEVER_REFUSED
  }

  /** Is a deleted plan gone, or only hidden from lists? */
  enum DeletedPlan implements Question {
    GONE,
    READABLE_BY_ID
  }

  /** Can the published version be deleted without promoting an archived one? */
  enum PublishedVersionDelete implements Question {
    REFUSED,
    LEAVES_NONE
  }

  /** May two plans bear one name? */
  enum PlanNames implements Question {
    REPEATABLE,
    UNIQUE
  }

  /** Must a new plan bring a description, as it had to until about August 2026? */
  enum NewPlanDescription implements Question {
    OPTIONAL,
    REQUIRED
  }

  /** What happens to fields that the vendor does not know? */
  enum UnknownField implements Question {
    DROPPED,
    REFUSED
  }

  /** What does the search parameter {@code q} of plans and features match in a name? */
  enum Search implements Question {
    ANY_PART,
    WHOLE_WORDS
  }

  /**
   * How are several values of a query parameter sent? The other way finds nothing or too little.
   */
  enum ArrayParameter implements Question {
    REPEATED,
    COMMA_SEPARATED
  }

  /** Does {@code offset} count records or pages? */
  enum Offset implements Question {
    RECORDS,
    PAGES
  }

  /** Can a plan be linked to the provider {@code schematic} as an upsert by a key of our own? */
  enum LinkToSchematic implements Question {
    TAKEN,
    REFUSED
  }

  /** Does linking set {@code controlled_by} to the provider that was named? */
  enum LinkedPlan implements Question {
    STAYS_OURS,
    IS_CONTROLLED
  }

  /** Are writes to a plan refused while {@code controlled_by} names another system? */
  enum ControlledPlan implements Question {
    WRITES_REFUSED,
    WRITES_TAKEN
  }

  /** Do entries of the audit log hold the bodies of requests and answers? */
  enum AuditBodies implements Question {
    WHOLE,
    REDACTED,
    ABSENT
  }

  /** Is the {@code url} of an audit entry a path, or a whole address? */
  enum AuditUrl implements Question {
    PATH,
    ABSOLUTE
  }

  /** Is the rate counted for each key, or for the account? */
  enum RateScope implements Question {
    KEY,
    ACCOUNT
  }

  /** Which header tells when to come back after a 429? */
  enum RateHeader implements Question {
    NONE,
    RETRY_AFTER,
    RESET
  }

  /** Does an answer bear a request id in a header? None is documented. */
  enum RequestId implements Question {
    NONE,
    HEADER
  }

  /** Is the first tier's flat amount due when nothing was used? */
  enum FlatAmountAtZero implements Question {
    DUE,
    NOT_DUE
  }
}
