package dev.planwright.backend.stigg;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import java.util.Collection;

/**
 * Everything that a change on Stigg can be, and whom it touches. A subscriber stays on the version
 * that was published when he came, unless a publish moves everybody.
 *
 * <p>The table in {@code docs/backends/stigg.md} is this list, and a test compares the two.
 */
enum StiggStep {
  PREPARE(
      Affects.NOBODY,
      Affects.NOBODY,
      "create a plan, open, fill or drop a draft",
      "nobody can subscribe to a draft; each step that fills the draft of a published plan counts"
          + " as what it leads to all the same, so that the question comes first"),
  PUBLISH_FIRST(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "publish a plan for the first time",
      "nobody subscribes to a plan that was never published; from now on somebody may"),
  CHANGE_TEXT(
      Affects.NOBODY,
      Affects.NOBODY,
      "change name, description, metadata or mark",
      "texts; the new version is published for new customers, whatever is wanted for existing ones"),
  CHANGE_PRICES(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change prices, pricing or minimum commitments",
      "under Keep the version is published with NEW_CUSTOMERS, under Migrate with ALL_CUSTOMERS;"
          + " even then an existing subscription pays its old price until it is migrated in Stigg"),
  CHANGE_TRIAL(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change trial",
      "a trial begins with a subscription; under Migrate everybody moves to the new version"),
  CHANGE_RELATIONS(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change parent plan or add-ons",
      "what is inherited, and what can be bought on top, belongs to the version"),
  CHANGE_ENTITLEMENTS(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change entitlements or credits",
      "a subscriber has what his version grants; under Migrate he moves to the new one at once"),
  CHANGE_INHERITED(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change entitlements or credits that other plans inherit",
      "whether subscribers of the plans that build on this one get them at once is not documented"),
  ARCHIVE(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "archive",
      "nobody can subscribe any more; existing subscriptions run on");

  private final AffectsRow row;

  StiggStep(Affects underKeep, Affects underMigrate, String what, String why) {
    row = new AffectsRow(what, underKeep, underMigrate, why);
  }

  AffectsRow row() {
    return row;
  }

  Affects affects(boolean migrates) {
    return migrates ? row.underMigrate() : row.underKeep();
  }

  /** Whom a version touches that does several of these at once. */
  static Affects affects(Collection<StiggStep> parts, boolean migrates) {
    return Affects.most(parts.stream().map(part -> part.affects(migrates)));
  }
}
