package dev.planwright.backend.schematic;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import dev.planwright.catalog.Policies.ExistingSubscribers;

/**
 * Everything that a step on Schematic can be, and whom it touches. A company stays on the version
 * of a plan that it bought until it is moved; whether a change of a published plan makes a new
 * version or changes that one is not documented for the API, so it counts as the latter unless a
 * person has seen otherwise.
 *
 * <p>The table in {@code docs/backends/schematic.md} is this list, and a test compares the two.
 */
enum SchematicStep {
  CREATE_PLAN(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "create plan",
      "an unpublished plan cannot be bought"),
  CHANGE_DRAFT(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "change a version that was never published",
      "the call names the draft, which nobody has"),
  CHANGE_TEXT(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change name or description of a published plan",
      "only texts, yet it is not documented what any write does to the version that companies have"),
  CHANGE_TEXT_BY_DRAFT(
      Affects.NOBODY,
      Affects.NOBODY,
      "change name or description of a published plan, with editsOpenDraft: true",
      "texts that wait in a draft; no amount and no right depends on them"),
  CHANGE_PUBLISHED(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change prices, trial or entitlements of a published plan",
      "not documented whether the API changes the version that companies have"),
  CHANGE_PUBLISHED_BY_DRAFT(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change prices, trial or entitlements of a published plan, with editsOpenDraft: true",
      "the change waits in a draft, which is published with or without moving companies"),
  PUBLISH_FIRST(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "publish the first version",
      "from now on it can be bought"),
  PUBLISH_TEXT(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "publish a draft that differs in texts only",
      "published with migration_strategy leave: companies keep their version"),
  PUBLISH_DRAFT(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "publish a draft",
      "under Keep with migration_strategy leave and require_no_migration; under Migrate with"
          + " immediate, which moves everybody at once, and proration_behavior none: the period that"
          + " is paid for is neither charged nor credited again"),
  DELETE_PLAN(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "delete plan",
      "it is gone from every environment for good");

  private final AffectsRow row;

  SchematicStep(Affects underKeep, Affects underMigrate, String what, String why) {
    row = new AffectsRow(what, underKeep, underMigrate, why);
  }

  AffectsRow row() {
    return row;
  }

  Affects affects(ExistingSubscribers policy) {
    return row.under(policy);
  }
}
