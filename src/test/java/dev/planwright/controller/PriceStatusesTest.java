package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceState;
import dev.planwright.api.v1alpha1.PriceStatus;
import dev.planwright.catalog.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceStatusesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = NOW.plusSeconds(60);

  @Test
  void aSyncedRowIsAReadyPrice() {
    PriceStatus status = of(Manifested.price("a"), row(1, "uid-a", PriceState.SYNCED, null));
    assertThat(ready(status).holds()).isTrue();
    assertThat(status.externalId()).isEqualTo("price_1");
    assertThat(status.observedGeneration()).isEqualTo(1);
  }

  @Test
  void aRowOfAnotherGenerationOrAnotherPriceChangesNothing() {
    Price price = Manifested.price("a");
    price.setStatus(of(price, row(1, "uid-a", PriceState.SYNCED, null)));
    PriceStatus before = price.getStatus();
    price.getMetadata().setGeneration(2L);

    assertThat(of(price, row(1, "uid-a", PriceState.PENDING, "Progressing"))).isEqualTo(before);
    assertThat(of(price, row(3, "uid-a", PriceState.PENDING, "Progressing"))).isEqualTo(before);
    assertThat(of(price, row(2, "uid-former", PriceState.SYNCED, null))).isEqualTo(before);
    assertThat(Conditions.isReady(before.conditions(), 2))
        .as("what it said of the generation before is not said of this one")
        .isFalse();
    assertThat(of(price, row(2, "uid-a", PriceState.PENDING, "Progressing"))).isNotEqualTo(before);
  }

  @Test
  void aRowThatWaitsSaysWhyAndWhetherAnythingGoesOn() {
    Price price = Manifested.price("a");
    PriceRow row = row(1, "uid-a", PriceState.PENDING, "BackendUnavailable");
    PriceStatus working = PriceStatuses.of(price, row, plan(true), LATER);
    PriceStatus stalled = PriceStatuses.of(price, row, plan(false), LATER);
    assertThat(ready(working).reason()).isEqualTo("BackendUnavailable");
    assertThat(ready(working).message()).isEqualTo("why");
    assertThat(Conditions.find(working.conditions(), ConditionType.RECONCILING)).isPresent();
    assertThat(Conditions.find(stalled.conditions(), ConditionType.STALLED)).isPresent();
    assertThat(working.externalId()).isEqualTo("price_1");
  }

  @ParameterizedTest
  @CsvSource({"InvalidSpec", "NotExpressible", "WaitingForPrices", "KeyConflict"})
  void aValidPriceSaysThatItsPlanWaitsAndNotThatItIsWrong(String reason) {
    PriceStatus status = of(Manifested.price("a"), row(1, "uid-a", PriceState.PENDING, reason));
    assertThat(find(status, ConditionType.ACCEPTED).holds()).isTrue();
    assertThat(find(status, ConditionType.SYNCED).status()).isEqualTo(Condition.Status.UNKNOWN);
    assertThat(ready(status).reason()).isEqualTo(reason);
    assertThat(ready(status).message()).isEqualTo("this Price is valid; Plan shop/team waits: why");
    assertThat(find(status, ConditionType.STALLED).holds()).isTrue();

    PriceStatus own = of(Manifested.price("a"), row(1, "uid-a", PriceState.REJECTED, reason));
    assertThat(find(own, ConditionType.ACCEPTED).holds()).isFalse();
    assertThat(ready(own).message()).isEqualTo("why");
  }

  @Test
  void aReasonOfANewerVersionIsNeverReady() {
    PriceStatus status =
        of(Manifested.price("a"), row(1, "uid-a", PriceState.PENDING, "NeverHeard"));
    assertThat(ready(status).holds()).isFalse();
    assertThat(ready(of(Manifested.price("a"), row(1, "uid-a", null, null))).holds()).isFalse();
  }

  @Test
  void aPriceWithoutItsPlanWaitsAndNamesIt() {
    Price price =
        Manifested.price(
            "a",
            1,
            "{planRef: {name: team}, currency: USD, recurring: {interval: Month}, flat: {amount: \"49\"}}");
    PriceStatus status = PriceStatuses.withoutPlan(price, NOW);
    assertThat(ready(status).reason()).isEqualTo("PlanNotFound");
    assertThat(ready(status).message()).contains("Plan team");
    assertThat(
            ready(PriceStatuses.withoutPlan(Manifested.price("a", 1, "{currency: USD}"), NOW))
                .reason())
        .as("what is wrong with it is said at once")
        .isEqualTo("InvalidSpec");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          flat: {amount: "49.00"}                                            | Flat                | 49.00 USD
          perUnit: {metric: m, amount: "0.002"}                              | PerUnit             | 0.002 USD
          perUnit: {metric: m, filters: [{key: k, values: [v], amount: "1"}]}| PerUnit             | ``
          package: {metric: m, size: 1000, amount: "8.00"}                   | Package             | 8.00 USD per 1000
          graduated: {metric: m, tiers: [{upTo: 10, unitAmount: "0.10"}, {unitAmount: "0.080"}]} | Graduated | from 0.080 USD
          volume: {metric: m, tiers: [{upTo: 10, unitAmount: "9"}, {unitAmount: "10"}]}          | Volume    | from 9 USD
          graduated: {metric: m, tiers: [{flatAmount: "5"}]}                 | Graduated           | ``
          overage: {feature: f, amount: "5.00"}                              | Overage             | 5.00 USD
          percentage: {metric: m, rate: "2.5"}                               | Percentage          | 2.5% of USD
          graduatedPercentage: {metric: m, tiers: [{rate: "3"}]}             | GraduatedPercentage | ``
          dynamic: {metric: m}                                               | Dynamic             | ``
          """)
  void eachModelHasItsWords(String model, String name, String amount) {
    PriceStatus.Summary words = summary(model + ", recurring: {interval: Month}");
    assertThat(words.model()).isEqualTo(name);
    assertThat(words.amount()).isEqualTo(amount);
    assertThat(words.every()).isEqualTo("1 month");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recurring: {interval: Year}            | 1 year
          recurring: {interval: Month, count: 3} | 3 months
          oneTime: {}                            | once
          """)
  void howOftenIsSaidInWords(String when, String words) {
    assertThat(summary("flat: {amount: \"1\"}, " + when).every()).isEqualTo(words);
  }

  @Test
  void aSpecThatSaysNothingHasNoWords() {
    assertThat(summary("nickname: x")).isEqualTo(new PriceStatus.Summary("", "", ""));
  }

  private static PriceStatus.Summary summary(String fields) {
    return PriceSummaries.of(Manifested.price("a", 1, "{currency: USD, " + fields + "}").getSpec());
  }

  private static PriceStatus of(Price price, PriceRow row) {
    return PriceStatuses.of(price, row, plan(true), NOW);
  }

  private static Plan plan(boolean working) {
    Plan plan = Manifested.plan("team", 1, PlanStatus.EMPTY);
    plan.setStatus(
        PlanStatuses.waiting(plan, List.of(), NOW, Reason.BACKEND_UNAVAILABLE, "down", working));
    return plan;
  }

  private static PriceRow row(
      long generation, String uid, @Nullable PriceState state, @Nullable String reason) {
    return new PriceRow("a", uid, generation, "price_1", state, reason, "why");
  }

  private static Condition ready(PriceStatus status) {
    return find(status, ConditionType.READY);
  }

  private static Condition find(PriceStatus status, String type) {
    return Conditions.find(status.conditions(), type).orElseThrow();
  }
}
