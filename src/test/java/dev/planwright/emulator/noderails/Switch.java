package dev.planwright.emulator.noderails;

/**
 * What the vendor's documentation leaves open, or tells in two ways, or what only a snapshot of the
 * server's source says. Every switch is off at first, which is the likelier answer; on is the other
 * one. Whoever talks to the vendor must be right under both.
 */
public enum Switch {
  /** Does deleting a price answer 200 with {@code deactivated}, or 204 as the SDK's page says? */
  PRICE_DELETE_ANSWERS_204,

  /** Is a subscription's first status CREATED, or PENDING as the API reference shows it? */
  FIRST_STATUS_IS_PENDING,

  /** Do amounts and percentages come back as 29.9, or with both decimals as 29.90? */
  DECIMALS_KEEP_TRAILING_ZEROS,

  /** Does a key reach every app of its merchant, or only the apps of its own environment? */
  KEYS_ARE_BOUND_TO_THEIR_ENVIRONMENT,

  /** Does the filter by app in listings hold, or may plans of the merchant's other apps come? */
  APP_FILTER_IS_IGNORED,

  /**
   * Are idempotency keys honoured at all? The documentation gives the idea, the source the rest.
   */
  IDEMPOTENCY_KEYS_ARE_IGNORED,

  /** Do all callers share one namespace of idempotency keys, or has each API key its own? */
  IDEMPOTENCY_KEYS_ARE_SCOPED_TO_THE_CALLER,

  /** Is every answer replayed, refusals and crashes too, or only a success? */
  ONLY_SUCCESSES_ARE_REPLAYED,

  /** Does a used key with another request replay the old answer, or is it refused with a 409? */
  REUSED_KEYS_ARE_COMPARED,

  /** Does a renewal charge the price's amount of today, or the one of the day of signup? */
  SUBSCRIBERS_KEEP_THE_AMOUNT_OF_SIGNUP,

  /** Does a renewal on an inactive plan, price or tax rate fail, or is it charged all the same? */
  RENEWALS_IGNORE_DEACTIVATION,

  /** Does a plan's {@code updatedAt} stay when one of its prices changes, or does it move? */
  PLAN_UPDATED_AT_MOVES_WITH_ITS_PRICES,

  /** Are intervals of minutes refused, or is this a server with test intervals? */
  MINUTE_INTERVALS_ARE_ALLOWED,

  /** Does clearing a description leave an empty text, or null? */
  EMPTY_DESCRIPTION_BECOMES_NULL,

  /**
   * Is an archived tax rate refused also where the plan has it already, or may it be sent again?
   */
  LINKED_RATES_MAY_BE_SENT_AGAIN,

  /** Is metadata that nobody gave an empty object, or null? */
  METADATA_DEFAULTS_TO_NULL,

  /** Is an unknown API version refused with a 400, or taken and ignored? */
  ANY_VERSION_IS_ACCEPTED,

  /** Is a path's id that is no UUID simply not found, or refused with a 400? */
  MALFORMED_IDS_ARE_INVALID
}
