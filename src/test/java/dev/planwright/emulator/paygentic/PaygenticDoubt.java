package dev.planwright.emulator.paygentic;

/**
 * What the vendor's documents leave open. With no doubt raised the emulator behaves as is likelier;
 * each constant is a question and, raised, its other answer.
 */
public enum PaygenticDoubt {
  // ---- plans ------------------------------------------------------------------------------------

  /** Does a plan answer with whole prices or with their ids? Raised: ids everywhere. */
  PLAN_PRICES_AS_IDS,
  /** The same question. Raised: ids from create, read and update, whole prices in lists. */
  PLAN_PRICES_AS_IDS_BUT_IN_LISTS,
  /** Do a plan's prices carry {@code unitAmount} and {@code currency}? Raised: yes, in cents. */
  PLAN_PRICES_SHOW_UNIT_AMOUNT,
  /** Is a plan's {@code prices} in a PATCH the full new list? Raised: it adds to the list. */
  PATCHED_PRICES_ARE_ADDED,
  /** Does a PATCH of {@code prices} make a version? Raised: it changes the default version. */
  PATCHED_PRICES_KEEP_THE_VERSION,
  /** May {@code prices} be patched while there are subscribers? Raised: 409. */
  PATCHED_PRICES_CONFLICT_WITH_SUBSCRIBERS,
  /** May a PATCH leave a plan without prices? Raised: yes. */
  PATCHED_PRICES_MAY_BE_EMPTY,
  /** May the cadence be patched while there are subscribers? Raised: 409. */
  PATCHED_CADENCE_CONFLICTS_WITH_SUBSCRIBERS,
  /** Does a patched cadence reach those who subscribe already? Raised: they keep theirs. */
  PATCHED_CADENCE_SPARES_SUBSCRIBERS,
  /** May one price serve two plans? Raised: 400 for the second. */
  PRICE_OF_ONE_PLAN_ONLY,
  /** May a price of another product serve a plan? Raised: 400. */
  PRICE_OF_THE_PLANS_PRODUCT_ONLY,
  /** May a metric be charged twice in a plan? Raised: 400. */
  METRIC_ONCE_IN_A_PLAN,
  /** May a recurring price's cadence differ from its plan's? Raised: 400. */
  CADENCE_AS_THE_PLANS,
  /** Must a plan name its product? Raised: it may be left out, as in the older document. */
  PRODUCT_MAY_BE_LEFT_OUT,
  /** Is {@code billingVersion} 0 still taken? Raised: yes. */
  BILLING_VERSION_ZERO,
  /** Is a plan that was deleted in the dashboard readable? Raised: 404. */
  DELETED_PLAN_IS_GONE,
  /** Is a plan that was deleted in the dashboard in lists? Raised: yes. */
  DELETED_PLAN_IS_LISTED,

  // ---- versions ---------------------------------------------------------------------------------

  /** With stable ids, which id does the old value take? Raised: that of the price made for it. */
  REPLACE_SWAPS_IDS,
  /** With stable ids, what becomes of the price that was made? Raised: it is deleted. */
  REPLACE_DELETES_THE_NEW_PRICE,
  /** Does a change of the default version reach the current period? Raised: at once. */
  VERSION_AT_ONCE,
  /** Does a change of the default version reach present subscribers' entitlements? Raised: yes. */
  VERSION_ENTITLES_EVERYBODY,
  /** Do those who subscribe already pay a one-time price that comes later? Raised: yes. */
  ONE_TIME_PRICE_REACHES_EVERYBODY,
  /** Do subscribers count for the version they began with? Raised: for the default one. */
  SUBSCRIBERS_COUNT_FOR_THE_DEFAULT,
  /** Whom does {@code subscriptionCount} count? Raised: not those whose payment is pending. */
  COUNT_ACTIVE_ONLY,
  /** The same question. Raised: also those who left. */
  COUNT_EVERYBODY,
  /** Is a version that is no longer the default archived? Raised: yes, and it cannot come back. */
  OLD_VERSION_IS_ARCHIVED,
  /** What answers a mint that names a price which is not there? Raised: 404 instead of 400. */
  UNKNOWN_PRICE_IS_NOT_FOUND,

  // ---- prices, fees, features -------------------------------------------------------------------

  /** Is a deleted price still in its plan, and charged? Raised: yes. */
  DELETED_PRICE_IS_CHARGED,
  /** May a price be deleted that a plan lists? Raised: 400. */
  LISTED_PRICE_IS_NOT_DELETED,
  /** Is a deleted price readable by its id? Raised: yes. */
  DELETED_PRICE_IS_READABLE,
  /** Does a deleted price still keep its fee from being deleted? Raised: yes. */
  DELETED_PRICE_BLOCKS_THE_FEE,
  /** What answers a field of a price that subscribers block? Raised: 409 instead of 400. */
  BLOCKED_FIELD_IS_A_CONFLICT,
  /** The same question. Raised: 200, and the field is as it was. */
  BLOCKED_FIELD_IS_DROPPED,
  /** Do subscribers block any field of a price? Raised: none. */
  NO_FIELD_IS_BLOCKED,
  /** Which is the least quantity? Raised: 1 instead of 0. */
  QUANTITY_FROM_ONE,
  /** May a fee be quarterly? Raised: no, 400. */
  NO_QUARTERLY_FEE,
  /** Are amounts given back as they were sent? Raised: without trailing zeros. */
  AMOUNTS_ARE_RESPELLED,
  /** Are the legacy models and their properties still taken? Raised: yes. */
  LEGACY_MODELS_ARE_TAKEN,
  /** Must an entitlement template be of the feature's type? Raised: any type is taken. */
  TEMPLATE_OF_ANY_TYPE,
  /** Does a deleted feature leave the prices that carry it? Raised: it stays on them. */
  DELETED_FEATURE_STAYS_ON_PRICES,

  // ---- everywhere -------------------------------------------------------------------------------

  /** What becomes of a field that is unknown or cannot be changed? Raised: 400. */
  UNKNOWN_FIELDS_ARE_REFUSED,
  /** What answers the id of an object of another organisation? Raised: 404 instead of 403. */
  FOREIGN_IS_NOT_FOUND,
  /** What answers a limit out of range? Raised: the nearest limit is taken. */
  LIMIT_IS_CLAMPED,
  /** Are optional fields without a value left out? Raised: they are null. */
  NULLS_ARE_SHOWN,
  /** In which order are lists? Newest first; raised: oldest first. */
  OLDEST_FIRST,
  /** The same question. Raised: by id, so that new objects come up in the middle. */
  ORDERED_BY_ID,
  /** The same question. Raised: another order for every answer. */
  NO_ORDER
}
