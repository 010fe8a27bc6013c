package dev.planwright.backend.noderails;

import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What those who are on a price pay by our doing: the terms that can change in place. Whoever finds
 * another amount on the price knows that somebody else wrote it.
 *
 * @param amount in major units, without trailing zeros
 * @param trialDays before the first payment
 */
record Agreed(BigDecimal amount, int trialDays) {
  Agreed {
    amount = new BigDecimal(Decimals.canonical(amount));
  }

  static Agreed of(Terms terms) {
    return new Agreed(terms.amount(), terms.trialDays());
  }

  /** As a mark holds it: {@code 49}, or {@code 49/14} with a trial of 14 days. */
  String text() {
    return RemotePlan.shown(amount) + (trialDays > 0 ? "/" + trialDays : "");
  }

  /** Out of a mark; empty for what nobody of ours wrote. */
  static Optional<Agreed> parse(String text) {
    if (!text.matches("[0-9]{1,30}(\\.[0-9]{1,30})?(/[0-9]{1,9})?")) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    return Optional.of(
        slash < 0
            ? new Agreed(new BigDecimal(text), 0)
            : new Agreed(
                new BigDecimal(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1))));
  }

  /** Several: a change in place was begun, and either may be what is there. */
  static String text(List<Agreed> all) {
    return all.stream().map(Agreed::text).collect(Collectors.joining("|"));
  }

  static List<Agreed> parseAll(String text) {
    return Arrays.stream(text.split("\\|", -1)).flatMap(it -> parse(it).stream()).toList();
  }
}
