package dev.planwright.sync;

import static dev.planwright.sync.Steps.change;
import static dev.planwright.sync.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Policies.DriftPolicy;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DriftMemoryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final Instant EARLIER = NOW.minus(Duration.ofHours(3));
  private static final Duration DAY = Duration.ofDays(1);
  private static final String AMOUNT = "prices.team-monthly.amount";
  private static final Step PUT_BACK = put(change(AMOUNT, "45", "49"));

  @Test
  void aDifferenceThatLastsKeepsItsTimeAndANewOneGetsItsOwn() {
    List<Memory.Drift> before = List.of(new Memory.Drift(AMOUNT, "49", "45", EARLIER));

    assertThat(
            DriftMemory.record(
                before, List.of(PUT_BACK, put(change("displayName", "X", "Team"))), NOW))
        .containsExactly(
            new Memory.Drift(AMOUNT, "49", "45", EARLIER),
            new Memory.Drift("displayName", "Team", "X", NOW));
  }

  @ParameterizedTest(name = "{0} from {1} to {2}")
  @CsvSource({
    "prices.team-monthly.amount, 44, 49",
    "prices.team-monthly.amount, 45, 48",
    "prices.team-yearly.amount, 45, 49"
  })
  void whatDiffersInAnotherWayIsNews(String field, String actual, String desired) {
    List<Memory.Drift> before = List.of(new Memory.Drift(AMOUNT, "49", "45", EARLIER));

    assertThat(DriftMemory.record(before, List.of(put(change(field, actual, desired))), NOW))
        .containsExactly(new Memory.Drift(field, desired, actual, NOW));
  }

  @Test
  void whatIsMendedIsForgotten() {
    List<Memory.Drift> before = List.of(new Memory.Drift(AMOUNT, "49", "45", EARLIER));

    assertThat(DriftMemory.record(before, List.of(), NOW)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = DriftPolicy.class,
      names = {"REPORT", "OFF"})
  void withoutTheWordRevertNothingIsPutBack(DriftPolicy policy) {
    Outcome.Blocked blocked = objection(memory("http/1", List.of()), policy).orElseThrow();

    assertThat(blocked.reason()).isEqualTo(Reason.DRIFTED);
    assertThat(blocked.message()).contains(AMOUNT + " 45 -> 49", Reason.DRIFTED.whatToDo());
  }

  @Test
  void revertPutsBackWhatNobodyQuarrelsAbout() {
    assertThat(objection(memory("http/1", List.of()), DriftPolicy.REVERT)).isEmpty();
    assertThat(objection(memory("http/1", times(2)), DriftPolicy.REVERT)).isEmpty();
  }

  @Test
  void threeRevertsOfOneFieldWithinADayAreAQuarrel() {
    Outcome.Blocked blocked =
        objection(memory("http/1", times(3)), DriftPolicy.REVERT).orElseThrow();

    assertThat(blocked.reason()).isEqualTo(Reason.CONTESTED);
    assertThat(blocked.message())
        .contains("put back 3 times within a day", AMOUNT, Reason.CONTESTED.whatToDo());
  }

  @Test
  void anUpgradeNeverRewritesWhatANewerVersionWrote() {
    Outcome.Blocked blocked =
        objection(memory("http/2", List.of()), DriftPolicy.REVERT).orElseThrow();

    assertThat(blocked.reason()).isEqualTo(Reason.DRIFTED);
    assertThat(blocked.message()).contains("http/2", "http/1", AMOUNT + " 45 -> 49");
  }

  @Test
  void onlyTheFieldThatWasPutBackIsContestedAndOnlyForADay() {
    Map<String, List<Instant>> reverts =
        Map.of(AMOUNT, times(3), "displayName", List.of(NOW.minus(DAY), EARLIER, EARLIER));
    List<Step> steps = List.of(PUT_BACK, put(change("displayName", "X", "Team")), put());

    assertThat(DriftMemory.contested(reverts, steps, NOW)).containsExactly(AMOUNT);
    assertThat(DriftMemory.contested(reverts, steps, NOW.minusMillis(1)))
        .as("within the day still")
        .containsExactly(AMOUNT, "displayName");
  }

  @Test
  void aRevertIsRememberedForADay() {
    Map<String, List<Instant>> before =
        Map.of(
            AMOUNT,
            List.of(NOW.minus(DAY), EARLIER),
            "displayName",
            List.of(NOW.minus(DAY)),
            "description",
            List.of(NOW.minus(DAY).plusMillis(1)));

    assertThat(DriftMemory.reverted(before, List.of(PUT_BACK), NOW))
        .containsOnly(
            Map.entry(AMOUNT, List.of(EARLIER, NOW)),
            Map.entry("description", List.of(NOW.minus(DAY).plusMillis(1))));
    assertThat(DriftMemory.reverted(Map.of(), List.of(PUT_BACK), NOW))
        .containsOnly(Map.entry(AMOUNT, List.of(NOW)));
  }

  @ParameterizedTest(name = "{0} is newer than {1}: {2}")
  @CsvSource({
    "'', bxb/3, false",
    "bxb/3, bxb/3, false",
    "bxb/2, bxb/3, false",
    "bxb/4, bxb/3, true",
    "bxb/10, bxb/9, true",
    "bxb/9, bxb/10, false",
    "bxb/3.1, bxb/3, true",
    "bxb/, bxb/3, true",
    "bxb, bxb/3, true",
    "bxb/-1, bxb/3, true",
    "bxb/99999999999999999999, bxb/3, true"
  })
  void aMappingThatThisVersionCannotHaveWrittenIsNewer(String stored, String ours, boolean newer) {
    assertThat(DriftMemory.isNewer(stored, ours)).isEqualTo(newer);
  }

  private static Optional<Outcome.Blocked> objection(Memory memory, DriftPolicy policy) {
    return DriftMemory.objection(memory, "http/1", policy, List.of(PUT_BACK), NOW);
  }

  private static Memory memory(String mapping, List<Instant> reverts) {
    return Memory.EMPTY
        .withBinding(new Memory.Binding(mapping, "org_1", "plan_1", "hash-1", Handles.NONE))
        .withReverts(Map.of(AMOUNT, reverts));
  }

  private static List<Instant> times(int count) {
    return List.of(EARLIER, EARLIER.plusSeconds(60), NOW).subList(0, count);
  }

  private static Step put(FieldChange... changes) {
    return write(Affects.NEW_SUBSCRIBERS, changes);
  }
}
