package dev.planwright.backend.paygentic;

import dev.planwright.backend.Affects;
import dev.planwright.backend.AffectsRow;
import java.util.Collection;

/**
 * Everything that a step on Paygentic can be, and whom it touches. Billing follows the default
 * version of a plan for all its subscriptions, so what a version changes it changes for everybody
 * (the vendor's documentation on plan versions).
 */
enum PaygenticStep {
  CREATE_PLAN(
      Affects.NEW_SUBSCRIBERS,
      "create plan",
      "nobody subscribes to a plan that did not exist; from now on somebody may"),
  CREATE_FEE(
      Affects.NOBODY, "create fee", "a fee is charged to nobody before a plan lists a price of it"),
  CREATE_PRICE(
      Affects.NOBODY, "create price", "a price is charged to nobody before a plan lists it"),
  CHANGE_TEXT(
      Affects.NOBODY,
      "change name, invoice name, description or mark of a plan",
      "texts; no amount and no right depends on them"),
  MARK_FEE(
      Affects.NOBODY,
      "mark a fee, or name another Price in its mark",
      "a text that only tells which Price a fee is for"),
  CHANGE_PRICE_TEXT(
      Affects.NOBODY,
      "change the name of a price on invoices",
      "a text; the next invoice bears the new one"),
  CHANGE_TAX(
      Affects.EXISTING_SUBSCRIBERS,
      "change tax",
      "a plan's tax is what an invoice falls back on, and nobody says that it is kept for anybody"),
  CHANGE_ENTITLEMENT(
      Affects.NEW_SUBSCRIBERS,
      "add or change an entitlement on a price",
      "an entitlement template reaches who subscribes from then on"),
  REMOVE_ENTITLEMENT(
      Affects.EXISTING_SUBSCRIBERS,
      "remove an entitlement from a price",
      "nobody says that those who have it keep it"),
  MINT_VERSION(
      Affects.EXISTING_SUBSCRIBERS,
      "add, change or remove prices by a new version",
      "the new version is the default one at once, and every subscription is billed by it"),
  DELETE_LEFTOVER(
      Affects.NOBODY,
      "delete a price or fee of ours that no plan lists",
      "nobody is charged what no version lists");

  private final AffectsRow row;

  PaygenticStep(Affects affects, String what, String why) {
    row = new AffectsRow(what, affects, affects, why);
  }

  AffectsRow row() {
    return row;
  }

  Affects affects() {
    return row.underKeep();
  }

  /** Whom a call touches that does several of these at once. */
  static Affects affects(Collection<PaygenticStep> parts) {
    return Affects.most(parts.stream().map(PaygenticStep::affects));
  }
}
