package dev.planwright.emulator.noderails;

/** What comes of a subscription when its next period is due. */
public sealed interface Renewal {
  /** The invoice was built and is paid. */
  record Charged(Charge charge) implements Renewal {}

  /**
   * The invoice could not be built.
   *
   * @param reason what is inactive: plan, price or tax rate, with its id
   * @param status the subscription's status from then on: PAST_DUE, or CANCELLED after the grace
   */
  record Failed(String reason, String status) implements Renewal {}

  /** Nothing is charged in this status. */
  record NotDue(String status) implements Renewal {}
}
