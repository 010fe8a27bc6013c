package dev.planwright.backend.bxb;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import java.util.Collection;

/**
 * Everything that a step on bxb can be, and whom it touches. bxb keeps no old version of a plan: a
 * subscription reads its plan whenever it is billed, so what changes there changes for everybody.
 *
 * <p>The table in {@code docs/backends/bxb.md} is this list, and a test compares the two.
 */
enum BxbStep {
  CREATE_PLAN(
      Affects.NEW_SUBSCRIBERS,
      "create plan",
      "nobody subscribes to a plan that did not exist; from now on somebody may"),
  COMPLETE_NEW_PLAN(
      Affects.NEW_SUBSCRIBERS,
      "add a commitment, threshold, entitlement or tax to a plan created in the same round",
      "bxb takes these in calls of their own, moments after the plan was created"),
  CHANGE_TEXT(
      Affects.NOBODY,
      "change name, description or mark",
      "texts; no amount and no right depends on them"),
  CHANGE_TRIAL(
      Affects.NOBODY,
      "change trial",
      "bxb stores it and applies it to no subscription, old or new"),
  CHANGE_BASE_FEE(
      Affects.EXISTING_SUBSCRIBERS,
      "change base fee",
      "the next invoice of every subscription reads the plan's current amount"),
  REPLACE_CHARGES(
      Affects.EXISTING_SUBSCRIBERS,
      "replace charges",
      "usage is priced by the plan's current charges, and charges are only written all together"),
  CHANGE_COMMITMENT(
      Affects.EXISTING_SUBSCRIBERS,
      "create, change or remove commitment",
      "the next invoice reads the plan's current commitments"),
  CHANGE_THRESHOLD(
      Affects.EXISTING_SUBSCRIBERS,
      "create or remove threshold",
      "running usage is compared with the plan's current thresholds"),
  CHANGE_ENTITLEMENT(
      Affects.EXISTING_SUBSCRIBERS,
      "create, change or remove entitlement",
      "a subscriber has what the plan grants now"),
  CHANGE_TAX(
      Affects.EXISTING_SUBSCRIBERS,
      "apply or remove tax",
      "the next invoice of every subscription takes the plan's current taxes"),
  DELETE_PLAN(
      Affects.EXISTING_SUBSCRIBERS,
      "delete plan",
      "it is gone for good; bxb refuses it while a subscription refers to it");

  private final AffectsRow row;

  BxbStep(Affects affects, String what, String why) {
    row = new AffectsRow(what, affects, affects, why);
  }

  AffectsRow row() {
    return row;
  }

  Affects affects() {
    return row.underKeep();
  }

  /** Whom a call touches that does several of these at once. */
  static Affects affects(Collection<BxbStep> parts) {
    return Affects.most(parts.stream().map(BxbStep::affects));
  }
}
