package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Rule;
import dev.planwright.catalog.Compilation.Compiled;
import dev.planwright.catalog.Compilation.Invalid;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit is what is still right: the last value within it compiles, the next one doesn't. */
class LimitsTest {
  private static final String TEAM = "Plan team spec.";
  private static final String MONTHLY = "Price monthly spec.";

  static Stream<Arguments> limits() {
    String metadata = TEAM + "metadata: ";
    String size = "Price sms spec.package.size: ";
    String sortOrder = MONTHLY + "sortOrder: ";
    String days = TEAM + "trial: ";
    return Stream.of(
        text("a name", TEAM + "displayName: ", 255, Rule.TEXT_LENGTH),
        text("a description", TEAM + "description: ", 2000, Rule.TEXT_LENGTH),
        text("an id", TEAM + "externalId: ", 1024, Rule.TEXT_LENGTH),
        text("a key", TEAM + "key: ", 255, Rule.KEY_FORMAT),
        text("a metric", "Price calls spec.perUnit.metric: ", 255, Rule.WORD_FORMAT),
        limit(
            "a name of signs that take two units",
            TEAM + "displayName: '" + "\ud83d\ude00".repeat(255) + "'",
            TEAM + "displayName: '" + "\ud83d\ude00".repeat(256) + "'",
            Rule.TEXT_LENGTH),
        limit(
            "an image's URL",
            TEAM + "imageUrl: 'https://" + "x".repeat(2040) + "'",
            TEAM + "imageUrl: 'https://" + "x".repeat(2041) + "'",
            Rule.URL_FORMAT),
        limit("metadata", metadata + entries(50), metadata + entries(51), Rule.LIST_LENGTH),
        limit(
            "a metadata key",
            metadata + "{" + "k".repeat(63) + ": v}",
            metadata + "{" + "k".repeat(64) + ": v}",
            Rule.METADATA_KEY),
        limit(
            "a metadata value",
            metadata + "{k: " + "v".repeat(500) + "}",
            metadata + "{k: " + "v".repeat(501) + "}",
            Rule.TEXT_LENGTH),
        limit("the shortest trial", days + "{days: 1}", days + "{days: 0}", Rule.TRIAL_DAYS),
        limit("the longest trial", days + "{days: 730}", days + "{days: 731}", Rule.TRIAL_DAYS),
        limit(
            "the longest trial of a price",
            MONTHLY + "trialDays: 730",
            MONTHLY + "trialDays: 731",
            Rule.TRIAL_DAYS),
        limit("the first place", sortOrder + "0", sortOrder + "-1", Rule.QUANTITY_RANGE),
        limit("the last", sortOrder + "1000000", sortOrder + "1000001", Rule.QUANTITY_RANGE),
        limit(
            "the longest period",
            MONTHLY + "recurring.count: 1000",
            MONTHLY + "recurring.count: 1001",
            Rule.RECURRING_COUNT),
        limit("the smallest package", size + "1", size + "0", Rule.QUANTITY_RANGE),
        limit(
            "the largest",
            size + "9007199254740991",
            size + "9007199254740992",
            Rule.QUANTITY_RANGE),
        limit(
            "tiers",
            "Price gb spec.graduated.tiers: " + tiers(50),
            "Price gb spec.graduated.tiers: " + tiers(51),
            Rule.LIST_LENGTH),
        limit(
            "an amount before the point",
            MONTHLY + "flat.amount: '" + "9".repeat(18) + "'",
            MONTHLY + "flat.amount: '" + "9".repeat(19) + "'",
            Rule.AMOUNT_FORMAT),
        limit(
            "an amount behind it",
            MONTHLY + "flat.amount: '0." + "1".repeat(20) + "'",
            MONTHLY + "flat.amount: '0." + "1".repeat(21) + "'",
            Rule.AMOUNT_FORMAT),
        limit(
            "a rate",
            "Price card spec.percentage.rate: '100.0'",
            "Price card spec.percentage.rate: '100.1'",
            Rule.RATE_FORMAT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void theLimitItselfIsAllowed(String what, String within, String beyond, Rule rule) {
    assertThat(shop(within).compile("team")).isInstanceOf(Compiled.class);
    assertThat(((Invalid) shop(beyond).compile("team")).findings())
        .extracting(Compilation.Finding::rule)
        .startsWith(rule);
  }

  @Test
  void twoHundredPricesAreNotTooMany() {
    // Seven are there.
    List<String> more =
        IntStream.range(0, 193)
            .mapToObj(i -> "+ " + CompilerCases.price("p" + i, "dynamic: {metric: m" + i + "}"))
            .toList();

    assertThat(CompilerCases.shop().with(more).compile("team")).isInstanceOf(Compiled.class);
  }

  @Test
  void anAmountInTheSmallestCoinIsNoSlip() {
    Compiled compiled = (Compiled) shop(MONTHLY + "flat.amount: '49.99'").compile("team");

    assertThat(compiled.warnings()).isEmpty();
  }

  private static Manifests shop(String change) {
    return CompilerCases.shop().with(List.of(change));
  }

  private static Arguments text(String what, String field, int length, Rule rule) {
    return limit(what, field + "x".repeat(length), field + "x".repeat(length + 1), rule);
  }

  private static Arguments limit(String what, String within, String beyond, Rule rule) {
    return Arguments.of(what, within, beyond, rule);
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "k" + i + ": v")
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String tiers(int count) {
    return IntStream.range(1, count)
        .mapToObj(i -> "{upTo: " + i + ", unitAmount: '1'}, ")
        .collect(Collectors.joining("", "[", "{unitAmount: '1'}]"));
  }
}
