package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.catalog.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
  private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = FIRST.plusSeconds(60);

  @Test
  void readyIsAcceptedAndSyncedAtThisGeneration() {
    List<Condition> ready = Conditions.ready(List.of(), 3, FIRST);
    assertThat(ready)
        .extracting(Condition::type)
        .containsExactly(ConditionType.ACCEPTED, ConditionType.SYNCED, ConditionType.READY);
    assertThat(ready).allMatch(Condition::holds);
    assertThat(ready)
        .allMatch(c -> Long.valueOf(3).equals(c.observedGeneration()) && c.message().isEmpty());
    assertThat(ready).allMatch(c -> FIRST.equals(c.lastTransitionTime()));
    assertThat(Conditions.isReady(ready, 3)).isTrue();
    assertThat(Conditions.isReady(ready, 4)).as("another generation").isFalse();
    assertThat(Conditions.isReady(List.of(), 0)).isFalse();
  }

  @Test
  void theTimeMovesOnlyWhenTheStatusDoes() {
    List<Condition> ready = Conditions.ready(List.of(), 1, FIRST);
    assertThat(Conditions.ready(ready, 2, LATER))
        .allMatch(c -> FIRST.equals(c.lastTransitionTime()))
        .allMatch(c -> Long.valueOf(2).equals(c.observedGeneration()));

    List<Condition> drifted =
        Conditions.notReady(ready, 2, LATER, Reason.DRIFTED, "amount 49 -> 59", false);
    assertThat(since(drifted, ConditionType.ACCEPTED)).isEqualTo(FIRST);
    assertThat(since(drifted, ConditionType.SYNCED)).isEqualTo(LATER);
    assertThat(since(drifted, ConditionType.READY)).isEqualTo(LATER);
    assertThat(since(drifted, ConditionType.STALLED)).isEqualTo(LATER);

    Instant muchLater = LATER.plusSeconds(60);
    List<Condition> contested =
        Conditions.notReady(drifted, 3, muchLater, Reason.CONTESTED, "again", false);
    assertThat(since(contested, ConditionType.READY)).as("other words").isEqualTo(LATER);
    assertThat(since(contested, ConditionType.STALLED)).isEqualTo(LATER);
    assertThat(find(contested, ConditionType.READY).reason()).isEqualTo("Contested");
    assertThat(find(contested, ConditionType.READY).message()).isEqualTo("again");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aSpecThatIsNotAcceptedSaysNothingOfTheBackend(Reason reason) {
    List<Condition> all = Conditions.notReady(List.of(), 1, FIRST, reason, "why", false);
    boolean refused = reason.kind() == Reason.Kind.ACCEPTED;
    assertThat(find(all, ConditionType.ACCEPTED).status())
        .isEqualTo(refused ? Condition.Status.FALSE : Condition.Status.TRUE);
    assertThat(find(all, ConditionType.SYNCED).status())
        .isEqualTo(refused ? Condition.Status.UNKNOWN : Condition.Status.FALSE);
    assertThat(find(all, ConditionType.READY).status()).isEqualTo(Condition.Status.FALSE);
    assertThat(find(all, ConditionType.READY).reason()).isEqualTo(reason.toString());
    assertThat(Conditions.isReady(all, 1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void reconcilingAndStalledArePresentAndTrueOrAbsent(boolean working) {
    List<Condition> before =
        Conditions.notReady(List.of(), 1, FIRST, Reason.PROGRESSING, "", !working);
    List<Condition> all =
        Conditions.notReady(before, 1, FIRST, Reason.BACKEND_UNAVAILABLE, "down", working);
    assertThat(find(all, working ? ConditionType.RECONCILING : ConditionType.STALLED).holds())
        .isTrue();
    assertThat(Conditions.find(all, working ? ConditionType.STALLED : ConditionType.RECONCILING))
        .isEmpty();
    List<Condition> ready = Conditions.ready(all, 1, FIRST);
    assertThat(Conditions.find(ready, ConditionType.RECONCILING)).isEmpty();
    assertThat(Conditions.find(ready, ConditionType.STALLED)).isEmpty();
  }

  @Test
  void workUnderWayIsToldFromATryAgain() {
    assertThat(reconciling(Reason.PROGRESSING)).isEqualTo("Progressing");
    assertThat(reconciling(Reason.RATE_LIMITED)).isEqualTo("Retrying");
  }

  private static String reconciling(Reason reason) {
    List<Condition> all = Conditions.notReady(List.of(), 1, FIRST, reason, "", true);
    return find(all, ConditionType.RECONCILING).reason();
  }

  private static Condition find(List<Condition> all, String type) {
    return Conditions.find(all, type).orElseThrow();
  }

  private static Instant since(List<Condition> all, String type) {
    return Objects.requireNonNull(find(all, type).lastTransitionTime());
  }
}
