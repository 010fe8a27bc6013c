package dev.planwright.cluster;

import dev.planwright.emulator.EmulatorHandler;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An account of one billing system that has everything that its examples refer to, and no plan.
 * What somebody pays is computed by the billing system's own code. Plans are named by the id that
 * the billing system gave them.
 */
interface Vendor extends EmulatorHandler {
  /** What deleting a Plan came to. */
  enum Fate {
    ON_SALE,
    ARCHIVED,
    GONE
  }

  /** One of each, fresh. */
  static List<Vendor> all(Clock clock) {
    List<Function<Clock, Vendor>> makers =
        List.of(
            HttpVendor::new,
            BxbVendor::new,
            StiggVendor::new,
            SchematicVendor::new,
            NodeRailsVendor::new,
            PaygenticVendor::new);
    return makers.stream().map(it -> it.apply(clock)).toList();
  }

  /** As the provider is called in a BillingBackend. */
  String name();

  /** The folder of {@code examples} that is written for it. */
  default String examples() {
    return name();
  }

  /** The Secret that its example names. */
  default String secret() {
    return name() + "-api";
  }

  /** What goes into that Secret. */
  String key();

  /** A manifest of the examples for this account: its address and ids in place of invented ones. */
  String fitted(String manifest, String url);

  /** Which of the portable examples the documentation promises here. */
  default Set<String> portable() {
    return Set.of("flat", "usage", "entitled");
  }

  /** So many plans there are that somebody made through the API, archived ones too. */
  long plans();

  /** So many calls that change something came so far. */
  long writes();

  /** Somebody subscribes to what the plan sells now. Gives the subscription's id. */
  String subscribe(String plan);

  /** What that subscriber pays for a month without any use. */
  BigDecimal pays(String subscriber);

  /** What somebody who comes now pays for a month without any use. */
  BigDecimal newcomerPays(String plan);

  /**
   * A person takes away what a deleted Plan left behind. Where nothing but its content tells a plan
   * that lost its Plan from one to be made, a new one of the same content is asked about.
   */
  default void tidy(String plan) {}

  /** Where a period is billed as it began: the next one begins. */
  default void nextPeriod(String subscriber) {}

  /** Where a migration leaves prices to people: somebody moves this subscription. */
  default void move(String subscriber) {}

  /** Whether another amount leaves who subscribes on the old one; where not, it is refused. */
  boolean keepsOldAmounts();

  /** Somebody changes the one amount of a flat plan by hand. */
  void tamper(String plan, String amount);

  /** Somebody takes our mark off a plan and its prices, where there is one. */
  void unmark(String plan);

  /** Where the plan is now. */
  Fate fate(String plan);

  /**
   * Whether a plan is known by its id alone, so that losing all status ends in a question: nothing
   * on this system tells whose it is.
   */
  default boolean isKnownByIdOnly() {
    return false;
  }

  /** The first write of a create that a kill is tried at. */
  default int firstWriteHeld() {
    return 1;
  }

  /** What a deletion comes to; where a policy is left out, it is not expressible. */
  Map<String, Fate> deletions();
}
