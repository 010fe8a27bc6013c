package dev.planwright.emulator.stigg;

/**
 * What the vendor's documentation leaves open, one question each. On or off is an answer that the
 * real server may give; the one that a fresh emulator gives is the likelier. A client must be right
 * under both.
 */
public enum StiggSwitch {
  /** Does reading one plan show its draft when a published version exists too? Off: published. */
  PLAN_READ_SHOWS_DRAFT(true),
  /** Do the charges and overage charges read back belong to the open draft? Off: published. */
  CHARGES_READ_SHOWS_DRAFT(true),
  /** Do the entitlements read back belong to the open draft? Off: published. */
  ENTITLEMENTS_READ_SHOWS_DRAFT(true),
  /** Does a list without status filter hold draft and published as two rows? Off: one row. */
  LIST_SHOWS_BOTH_VERSIONS(false),
  /** Does the status filter look at every open version? Off: only at what a single read shows. */
  STATUS_FILTER_FINDS_DRAFTS(true),
  /** Do lists hold superseded published versions as well? */
  LIST_SHOWS_OLD_VERSIONS(false),
  /** Does a list without status filter hold archived objects? */
  LIST_SHOWS_ARCHIVED(true),
  /** Can an archived plan or add-on still be read by its id? Off: 404. */
  ARCHIVED_IS_READABLE(true),
  /** Do lists begin with the newest row? */
  LIST_NEWEST_FIRST(false),
  /** Do charges come back in the order they were sent? Off: in the opposite order. */
  CHARGES_IN_ORDER_SENT(true),
  /** Has a draft the number that it will be published with? Off: the published one's, first 0. */
  DRAFT_HAS_NEXT_NUMBER(true),
  /** Is an open draft what {@code isLatest} points at? Off: the newest published version. */
  DRAFT_IS_LATEST(true),

  /** Does the id of an archived plan or add-on still block a create? */
  ARCHIVED_ID_BLOCKS(true),
  /** Do plans and add-ons share one space of ids? */
  ADDON_IDS_BLOCK_PLANS(false),
  /** Does {@code status} in a create do anything? On: PUBLISHED publishes at once. */
  CREATE_STATUS_HONOURED(false),
  /** Does {@code status} in an add-on's PATCH do anything? On: PUBLISHED publishes its draft. */
  ADDON_PATCH_STATUS_HONOURED(false),
  /**
   * Is a body that names a product, plan, feature or currency that is not there a 404? Off: 400.
   */
  MISSING_REFERENCE_IS_404(true),
  /** Are fields that the call does not know refused with 400? Off: dropped without a word. */
  UNKNOWN_FIELDS_REFUSED(false),
  /** Does PATCH merge metadata key by key? Off: it replaces the whole map. */
  METADATA_MERGES(false),
  /** Is a POST or PATCH without {@code content-type: application/json} refused? */
  CONTENT_TYPE_NEEDED(true),

  /** Does {@code charges} replace all pricing of the draft? Off: it changes row by row. */
  CHARGES_REPLACE(true),
  /** Is a list that {@code charges} leaves out kept as it was? Off: it is emptied. */
  ABSENT_CHARGE_LISTS_KEPT(false),
  /** Are two rows of equal model, cadence, period, country and feature refused? Off: last wins. */
  EQUAL_CHARGES_REFUSED(true),
  /** May pay-as-you-go stand beside a yearly price? */
  USAGE_BESIDE_YEARLY(false),
  /** Are charges on a FREE plan refused? Off: dropped without a word. */
  CHARGES_ON_FREE_REFUSED(true),
  /** Does money need a currency? Off: usd is taken. */
  CURRENCY_NEEDED(false),
  /** Are amounts with more than five decimals refused? Off: rounded without a word. */
  SIXTH_DECIMAL_REFUSED(true),
  /** Are flat fees finer than the currency's minor unit refused? Off: kept. */
  FINE_FLAT_FEES_REFUSED(false),
  /** Is a Zuora account connected, which refuses blocks? */
  ZUORA_CONNECTED(false),
  /** Does reading charges show each minimum spend as a row of its own? */
  MINIMUM_SPEND_IS_A_CHARGE(true),
  /** Does {@code entitlement} in an overage price write the plan's entitlement? */
  OVERAGE_WRITES_ENTITLEMENT(true),

  /** Does granting a feature again change its entitlement? Off: 409. */
  ENTITLEMENT_POST_UPSERTS(false),
  /** Do the entitlements of a plan include those of its parent when read? */
  ENTITLEMENTS_SHOW_INHERITED(false),
  /** Does an entitlement without {@code behavior} add to the parent's? Off: it overrides. */
  ENTITLEMENT_INCREMENTS_BY_DEFAULT(true),

  /** Does deleting the only draft of a never published plan remove the plan? Off: refused. */
  ONLY_DRAFT_CAN_BE_DELETED(true),
  /** Is archiving refused while a published plan has a draft? Off: the draft is dropped. */
  OPEN_DRAFT_FORBIDS_ARCHIVE(true),
  /** Is archiving what is archived refused? Off: it succeeds and changes nothing. */
  ARCHIVED_TWICE_REFUSED(true),
  /** Does a publish answer with a task id? Off: with null. */
  PUBLISH_NAMES_TASK(true),
  /** Is a second publish accepted while the first has not completed? Off: refused. */
  PUBLISH_TWICE_ACCEPTED(true),
  /** May a draft be changed while its publish runs, which then publishes the change as well? */
  EDIT_WHILE_PUBLISHING(true),
  /** Do action POSTs (archive, draft, publish) answer 200? Off: 201. */
  ACTIONS_ANSWER_200(true),

  /** Is the answer to a repeated idempotency key replayed on REST at all? */
  IDEMPOTENCY_REPLAYS(true),
  /** Does a key count for its path only? Off: for the whole environment. */
  IDEMPOTENCY_BY_PATH(true),
  /** Is a repeated key with another body refused? Off: the old answer is replayed. */
  IDEMPOTENCY_CHANGED_BODY_REFUSED(false),
  /** Are error answers below 500 replayed too? */
  IDEMPOTENCY_KEEPS_ERRORS(false),

  /** Have refusals of section "draft state" a code? Off: null, only a message. */
  STATE_CODES_NAMED(true),
  /** Has a 401 the plain error body? Off: {@code {"error":{"code","message"}}}. */
  PLAIN_401(true),
  /** Has a 429 the plain error body? Off: that of the edge API. */
  PLAIN_429(true),
  /** Does the server know trial and compatible add-ons of plans? Off: an older one, without. */
  CURRENT_PLAN_SHAPE(true),

  /** Is the first tier's flat price charged at quantity zero? */
  FIRST_TIER_FLAT_AT_ZERO(true),
  /**
   * Does whoever pays by the year pay a row of usage by the month, each month by what he used in
   * it? Off: he pays the rows of his own period alone.
   */
  MONTHLY_USAGE_PAID_BY_YEARLY(false),
  /** Is a one-off fee paid only with its own billing period? Off: with any. */
  ONE_OFF_TIED_TO_PERIOD(true),
  /** Is overage billed only above a soft limit, as a hard one stops the usage? */
  OVERAGE_NEEDS_SOFT_LIMIT(true);

  private final boolean onByDefault;

  StiggSwitch(boolean onByDefault) {
    this.onByDefault = onByDefault;
  }

  /** What a fresh emulator does. */
  public boolean onByDefault() {
    return onByDefault;
  }
}
