package dev.planwright.sync;

import static dev.planwright.sync.Steps.change;
import static dev.planwright.sync.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
  private static final CatalogPlan PLAN = PricedPlans.team("team-monthly", "USD");
  private static final FieldChange AMOUNT = change("prices.team-monthly.amount", "49", "59");
  private static final FieldChange NAME = change("displayName", "Team", "Team XL");

  static Stream<Arguments> done() {
    return Stream.of(
        Arguments.of(
            "a price is said with its name, its currency and whom it touches",
            step(Step.Kind.WRITE, "change the price", Affects.NEW_SUBSCRIBERS, AMOUNT),
            "price team-monthly: amount 49 -> 59 USD, new subscribers only"),
        Arguments.of(
            "that people who pay are touched is said",
            step(Step.Kind.WRITE, "change the price", Affects.EXISTING_SUBSCRIBERS, AMOUNT),
            "price team-monthly: amount 49 -> 59 USD, existing subscribers too"),
        Arguments.of(
            "who is not touched is not spoken of",
            step(Step.Kind.WRITE, "change the name", Affects.NOBODY, NAME),
            "displayName Team -> Team XL"),
        Arguments.of(
            "only an amount has a currency",
            step(
                Step.Kind.WRITE,
                "change the price",
                Affects.NOBODY,
                change("prices.team-monthly.tiers[0].unitAmount", "1", "2")),
            "price team-monthly: tiers[0].unitAmount 1 -> 2"),
        Arguments.of(
            "a price that is no longer in the plan has no currency to tell",
            step(
                Step.Kind.WRITE,
                "change the price",
                Affects.NOBODY,
                change("prices.team-yearly.amount", "490", "")),
            "price team-yearly: amount 490 -> (none)"),
        Arguments.of(
            "a whole price is a field like any other",
            step(
                Step.Kind.WRITE,
                "add the price",
                Affects.NOBODY,
                change("prices.team-yearly", "", "490 USD")),
            "prices.team-yearly (none) -> 490 USD"),
        Arguments.of(
            "a field of three parts is not always a price's",
            step(
                Step.Kind.WRITE,
                "change the grant",
                Affects.NOBODY,
                change("entitlements.seats.limit", "1", "2")),
            "entitlements.seats.limit 1 -> 2"),
        Arguments.of(
            "a create is said by its title: all of it is new",
            step(Step.Kind.CREATE, "create plan team", Affects.NEW_SUBSCRIBERS, NAME),
            "create plan team"),
        Arguments.of(
            "so is one with a unique key",
            step(Step.Kind.KEYED_CREATE, "create plan team", Affects.NEW_SUBSCRIBERS, NAME),
            "create plan team"),
        Arguments.of(
            "and one inside our plan, with whom it touches",
            step(Step.Kind.CHILD_CREATE, "add commitment", Affects.EXISTING_SUBSCRIBERS, NAME),
            "add commitment, existing subscribers too"),
        Arguments.of(
            "a publish without changes is said by its title",
            step(Step.Kind.PUBLISH, "publish the draft", Affects.NEW_SUBSCRIBERS),
            "publish the draft, new subscribers only"),
        Arguments.of(
            "an archive is said by what it changes",
            step(
                Step.Kind.ARCHIVE,
                "archive plan team",
                Affects.NEW_SUBSCRIBERS,
                change("lifecycle", "Active", "Archived")),
            "lifecycle Active -> Archived, new subscribers only"),
        Arguments.of(
            "a delete too",
            step(Step.Kind.DELETE, "delete tax", Affects.NEW_SUBSCRIBERS, change("tax", "vat", "")),
            "tax vat -> (none), new subscribers only"),
        Arguments.of(
            "eight changes are told",
            step(Step.Kind.WRITE, "change much", Affects.NOBODY, fields(8)),
            "f1 a -> b, f2 a -> b, f3 a -> b, f4 a -> b, f5 a -> b, f6 a -> b, f7 a -> b,"
                + " f8 a -> b"),
        Arguments.of(
            "what is more is counted",
            step(Step.Kind.WRITE, "change much", Affects.NOBODY, fields(10)),
            "f1 a -> b, f2 a -> b, f3 a -> b, f4 a -> b, f5 a -> b, f6 a -> b, f7 a -> b,"
                + " f8 a -> b and 2 more"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("done")
  void whatWasDoneIsALineThatAPersonUnderstands(String sentence, Step step, String line) {
    assertThat(Messages.done(List.of(step), PLAN)).isEqualTo(line);
  }

  @Test
  void whatWasDoneTwiceIsSaidOnce() {
    Step name = step(Step.Kind.WRITE, "change the name", Affects.NOBODY, NAME);
    Step create = step(Step.Kind.CREATE, "create plan team", Affects.NOBODY);

    assertThat(Messages.done(List.of(create, name, name), PLAN))
        .isEqualTo("create plan team; displayName Team -> Team XL");
  }

  @Test
  void whatWouldChangeIsSaidFieldByFieldOrByTitleWhereNoFieldIsNamed() {
    Step name = step(Step.Kind.WRITE, "change the name", Affects.NOBODY, NAME, AMOUNT);
    Step again = step(Step.Kind.WRITE, "change it elsewhere", Affects.NOBODY, NAME);
    Step publish = step(Step.Kind.PUBLISH, "publish the draft", Affects.NOBODY);

    assertThat(Messages.fields(List.of(name, again, publish)))
        .isEqualTo(
            "displayName Team -> Team XL; prices.team-monthly.amount 49 -> 59; publish the draft");
  }

  @Test
  void aListIsBoundedAndSaysHowMuchIsLeftOut() {
    assertThat(Messages.fields(List.of(write(8)))).contains("f8").doesNotContain("more");
    assertThat(Messages.fields(List.of(write(9))))
        .endsWith("f8 a -> b; and 1 more")
        .doesNotContain("f9");
  }

  @Test
  void whatTheAccountLacksIsNamedWithItsFieldAndTheWayOut() {
    MissingReference plain = new MissingReference("metric", "sms", "sms", "spec.package.metric");
    MissingReference aliased =
        new MissingReference("feature", "sso", "feat_77", "spec.entitlements[0].feature");

    assertThat(Messages.missing(List.of(plain, aliased, plain), "shop/default"))
        .isEqualTo(
            "metric \"sms\" (spec.package.metric) does not exist on the account;"
                + " feature \"sso\" (spec.entitlements[0].feature, looked for as feat_77)"
                + " does not exist on the account;"
                + " create it there, or set spec.aliases of BillingBackend shop/default");
  }

  private static Step write(int fields) {
    return step(Step.Kind.WRITE, "change much", Affects.NOBODY, fields(fields));
  }

  private static FieldChange[] fields(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> change("f" + i, "a", "b"))
        .toArray(FieldChange[]::new);
  }
}
