package dev.planwright.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * One way to pay for a plan. Texts are {@code ""} when unset.
 *
 * @param name the Price object's name: identity within the plan
 * @param uid the Price object's uid and
 * @param generation its generation, for status rows only: no part of the content
 * @param externalId a price on the backend to take over
 * @param currency ISO 4217, upper case
 * @param countries sorted; empty means everywhere
 */
public record CatalogPrice(
    String name,
    String uid,
    long generation,
    Optional<String> externalId,
    String nickname,
    String invoiceDisplayName,
    String currency,
    Schedule schedule,
    Billing billing,
    PriceModel model,
    List<String> countries,
    OptionalInt trialDays,
    OptionalInt sortOrder,
    Map<String, String> metadata) {

  public CatalogPrice {
    countries = countries.stream().sorted().distinct().toList();
    metadata = java.util.Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** When a price is due. */
  public sealed interface Schedule {}

  /** Again and again. */
  public record Recurring(Interval interval) implements Schedule {}

  /** Once. */
  public record OneTime() implements Schedule {}

  /** Before the period, or after it. */
  public enum Billing {
    IN_ADVANCE,
    IN_ARREARS
  }

  /** What part a price plays in its plan. */
  public enum Role {
    /** The subscriber picks exactly one of these. */
    ALTERNATIVE,
    /** Applies to every alternative of its currency. */
    COMPONENT,
    /** Once: a setup fee beside recurring prices; alone, it is what is sold. */
    ONE_TIME
  }

  public Role role() {
    return switch (schedule) {
      case OneTime once -> Role.ONE_TIME;
      case Recurring recurring ->
          model instanceof PriceModel.Flat flat && flat.metric().isEmpty()
              ? Role.ALTERNATIVE
              : Role.COMPONENT;
    };
  }

  /** The interval, where the price recurs. */
  public Optional<Interval> interval() {
    return schedule instanceof Recurring recurring
        ? Optional.of(recurring.interval())
        : Optional.empty();
  }
}
