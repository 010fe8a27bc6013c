package dev.planwright.backend.http;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import java.util.List;
import java.util.Optional;

/**
 * Whom a change of a field touches: the table in {@code docs/backends/http.md}, as data. The
 * protocol leaves everyone on the version he bought unless it is told to migrate, so under Keep
 * nothing reaches existing subscribers.
 */
final class AffectsTable {
  static final String PRICE_ADDED = "prices.* (added)";
  static final String PRICE_REMOVED = "prices.* (removed)";
  static final String PRICE_RENAMED = "prices.*.name";

  /** By the first part of a field's name, {@code prices.*.} before those of a price. */
  static final List<AffectsRow> ROWS =
      List.of(
          nobody("owner", "the mark that says who keeps the plan"),
          nobody("displayName", "text"),
          nobody("invoiceDisplayName", "text"),
          nobody("description", "text"),
          nobody("imageUrl", "a picture"),
          nobody("metadata", "words for other systems, never interpreted"),
          newOnly("lifecycle", "who has the plan keeps it; it is only no longer, or again, sold"),
          newOnly("defaultPrice", "which price is shown first; who has bought has chosen"),
          newOnly("product", "what the plan is shown under"),
          versioned("pricing", "says whether the plan costs anything"),
          versioned("parentPlan", "its entitlements are built upon"),
          versioned("compatibleAddOns", "what may be bought beside it"),
          versioned("trial", "a trial under way may get longer or shorter"),
          versioned("entitlements", "what a subscriber gets"),
          versioned("creditGrants", "what a subscriber gets"),
          versioned("minimumCommitments", "what a subscriber pays at least"),
          versioned("usageThresholds", "when a subscriber is billed"),
          versioned("tax", "what a subscriber pays"),
          versioned(PRICE_ADDED, "a component is charged to everyone on the version"),
          versioned(PRICE_REMOVED, "who pays it would have to pay another one"),
          nobody(PRICE_RENAMED, "the same price under another name: its id stays"),
          nobody("prices.*.nickname", "text for back offices"),
          nobody("prices.*.invoiceDisplayName", "text"),
          nobody("prices.*.sortOrder", "where it is shown"),
          nobody("prices.*.metadata", "words for other systems, never interpreted"),
          versioned("prices.*.model", "what a subscriber pays"),
          versioned("prices.*.currency", "what a subscriber pays"),
          versioned("prices.*.recurring", "when a subscriber pays"),
          versioned("prices.*.oneTime", "when a subscriber pays"),
          versioned("prices.*.billing", "when a subscriber pays"),
          versioned("prices.*.metric", "what is counted"),
          versioned("prices.*.feature", "what is counted"),
          versioned("prices.*.amount", "what a subscriber pays"),
          versioned("prices.*.usageType", "what is counted"),
          versioned("prices.*.minUnits", "what a subscriber pays"),
          versioned("prices.*.maxUnits", "what a subscriber can buy"),
          versioned("prices.*.filters", "what a subscriber pays"),
          versioned("prices.*.unmatched", "what a subscriber pays"),
          versioned("prices.*.size", "what a subscriber pays"),
          versioned("prices.*.freeUnits", "what a subscriber pays"),
          versioned("prices.*.tiers", "what a subscriber pays"),
          versioned("prices.*.rate", "what a subscriber pays"),
          versioned("prices.*.fixedAmount", "what a subscriber pays"),
          versioned("prices.*.freeEvents", "what a subscriber pays"),
          versioned("prices.*.minAmount", "what a subscriber pays"),
          versioned("prices.*.maxAmount", "what a subscriber pays"),
          versioned("prices.*.countries", "who pays this price"),
          versioned("prices.*.trialDays", "a trial under way may get longer or shorter"));

  private AffectsTable() {}

  /**
   * Whom a change touches.
   *
   * @param rule the field as {@link Difference#rule()} names it
   * @return existing subscribers for a field that no row names: the most careful answer
   */
  static Affects of(String rule, ExistingSubscribers policy) {
    return row(rule).map(row -> row.under(policy)).orElse(Affects.EXISTING_SUBSCRIBERS);
  }

  static Optional<AffectsRow> row(String rule) {
    return ROWS.stream().filter(row -> row.what().equals(rule)).findFirst();
  }

  private static AffectsRow nobody(String field, String why) {
    return new AffectsRow(field, Affects.NOBODY, Affects.NOBODY, why);
  }

  private static AffectsRow newOnly(String field, String why) {
    return new AffectsRow(field, Affects.NEW_SUBSCRIBERS, Affects.NEW_SUBSCRIBERS, why);
  }

  private static AffectsRow versioned(String field, String why) {
    return new AffectsRow(field, Affects.NEW_SUBSCRIBERS, Affects.EXISTING_SUBSCRIBERS, why);
  }
}
