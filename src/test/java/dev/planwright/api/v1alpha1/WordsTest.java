package dev.planwright.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  static Stream<Enum<?>> constants() {
    return Stream.<Enum<?>[]>of(
            AccountEnvironment.values(),
            AdoptionPolicy.values(),
            Affects.values(),
            AmountUnit.values(),
            BackendRef.Kind.values(),
            BillingTiming.values(),
            Condition.Status.values(),
            DeletionPolicy.values(),
            DriftPolicy.values(),
            EntitlementMode.values(),
            Environment.values(),
            ExistingSubscribers.values(),
            IntervalUnit.values(),
            Lifecycle.values(),
            ManagementPolicy.values(),
            OwnershipMark.values(),
            PlanType.values(),
            PriceState.values(),
            Pricing.values(),
            TaxBehavior.values(),
            TrialEnd.values(),
            Unmatched.values(),
            UsageType.values(),
            Verification.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("constants")
  void aConstantIsWrittenAsItsWord(Enum<?> constant) {
    assertThat(new ObjectMapper().convertValue(constant, String.class))
        .isEqualTo(constant.toString());
  }

  @ParameterizedTest
  @CsvSource({"30s,PT30S", "10m,PT10M", "1h30m,PT1H30M", "2h3m4s,PT2H3M4S", "0s,PT0S"})
  void aDurationIsRead(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "10", "-1s", "1.5h", "1m1h", "10 m", "1d", "1234567s"})
  void anythingElseIsNoDuration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "49.00", "0.002", "999999999999999999.99999999999999999999"})
  void anAmountIsADecimal(String text) {
    assertThat(text).matches(Formats.AMOUNT).hasSizeLessThanOrEqualTo(Formats.AMOUNT_LENGTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1e3",
        "-1",
        "+1",
        "NaN",
        "01",
        ".5",
        "5.",
        "1,0",
        "\u0661",
        "1000000000000000000"
      })
  void anythingElseIsNoAmount(String text) {
    assertThat(text).doesNotMatch(Formats.AMOUNT);
  }

  @Test
  void aStatusNeverExceedsWhatTheSchemaTakes() {
    String longText = "x".repeat(Formats.MESSAGE_LENGTH - 2) + "\ud83d\ude00\ud83d\ude00";
    Condition condition =
        new Condition("Ready", Condition.Status.TRUE, "Ready", longText, Instant.EPOCH, 1L);
    PlanStatus status =
        PlanStatusBuilder.from(PlanStatus.EMPTY)
            .warnings(Collections.nCopies(60, longText))
            .pending(
                Collections.nCopies(
                    300, new PlanStatus.PendingStep(longText, null, longText, null, null)))
            .onDelete(longText)
            .conditions(List.of(condition))
            .build();

    assertThat(condition.message())
        .hasSizeLessThanOrEqualTo(Formats.MESSAGE_LENGTH)
        .endsWith("x\u2026");
    assertThat(status.warnings()).hasSize(50).allMatch(w -> w.length() == 1024);
    assertThat(status.pending()).hasSize(200).allMatch(p -> p.step().length() == 1024);
    assertThat(status.onDelete()).hasSize(1024);
    assertThat(PlanStatusBuilder.from(status).build()).isEqualTo(status);
  }
}
