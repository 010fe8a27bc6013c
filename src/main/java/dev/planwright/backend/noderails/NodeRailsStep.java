package dev.planwright.backend.noderails;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import java.util.Collection;

/**
 * Everything that a step on NodeRails can be, and whom it touches. A renewal reads the price, the
 * plan and the tax rate as they are on that day, not as they were at signup; and it fails when one
 * of them is inactive, which ends the subscription after a week (NodeRails: immutability).
 *
 * <p>The table in {@code docs/backends/noderails.md} is this list, and a test compares the two.
 */
enum NodeRailsStep {
  CREATE_PLAN(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "create plan",
      "nobody subscribes to a plan that did not exist; from now on somebody may"),
  CHANGE_TEXT(
      Affects.NOBODY,
      Affects.NOBODY,
      "change name, description, image, metadata or mark",
      "texts; no amount depends on them"),
  CHANGE_TAX(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change tax rate",
      "the next invoice of every subscription takes the plan's current tax rate"),
  ARCHIVE_PLAN(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "archive plan",
      "renewals on an inactive plan fail, and the subscription is cancelled after a week"),
  ADD_PRICE(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "add price",
      "another way to pay for who subscribes from now on"),
  CHANGE_AMOUNT(
      Affects.NEW_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change amount or trial of a price",
      "Keep: a new price is added, and the old one stays active for those who renew on it; Migrate:"
          + " the price is changed in place, and everybody pays the new amount at the next charge"),
  CHANGE_OLD_PRICE(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "change amount or trial of an old price",
      "Migrate: who was kept on it moves with who is on the price that is sold now; or somebody"
          + " changed it by hand, and it is put back to what was agreed: either way everybody on it"
          + " pays another amount at the next charge"),
  REPLACE_PRICE(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "change currency or interval of a price",
      "neither ever changes on NodeRails: a new price is added, and the old one stays active for"
          + " those who renew on it"),
  CHANGE_LOOK(
      Affects.NOBODY,
      Affects.NOBODY,
      "change nickname or sort order of a price",
      "texts and order; no amount depends on them"),
  MOVE_DEFAULT(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "move the default to another price",
      "what is offered first to who subscribes from now on"),
  REACTIVATE_PRICE(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "bring back a price that somebody is on",
      "whoever subscribed to it is charged again"),
  REMOVE_PRICE(
      Affects.EXISTING_SUBSCRIBERS,
      Affects.EXISTING_SUBSCRIBERS,
      "remove price that somebody is on",
      "renewals on an inactive price fail, and the subscription is cancelled after a week"),
  RETIRE_PRICE(
      Affects.NEW_SUBSCRIBERS,
      Affects.NEW_SUBSCRIBERS,
      "remove, retire or bring back a price that nobody is on",
      "read from all subscriptions just before; only who subscribes from now on misses it or finds"
          + " it");

  private final AffectsRow row;

  NodeRailsStep(Affects underKeep, Affects underMigrate, String what, String why) {
    row = new AffectsRow(what, underKeep, underMigrate, why);
  }

  AffectsRow row() {
    return row;
  }

  Affects affects(boolean migrate) {
    return migrate ? row.underMigrate() : row.underKeep();
  }

  /** Whom a call touches that does several of these at once. */
  static Affects affects(Collection<NodeRailsStep> parts, boolean migrate) {
    return Affects.most(parts.stream().map(part -> part.affects(migrate)));
  }
}
