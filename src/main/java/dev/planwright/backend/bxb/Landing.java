package dev.planwright.backend.bxb;

import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Sought;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commitments and usage thresholds that we may have created and do not see. bxb keeps no unique key
 * for either and takes the same one twice (bxb: commitments and thresholds), so a second one is
 * only made once the first cannot come any more: it would be billed twice.
 */
final class Landing {
  /** What the one minimum commitment of a plan is journaled as. */
  static final String COMMITMENT = "commitment";

  private static final String THRESHOLD = "threshold:";

  /** How long a request may be under way: its timeout, and what a proxy or the server adds. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private Landing() {}

  /**
   * What a usage threshold is journaled as.
   *
   * @param number which of several with equal content, from 1
   */
  static String threshold(BxbPlan.Threshold threshold, int number) {
    return THRESHOLD + Hash.of(threshold.content(), 12) + "#" + number;
  }

  /**
   * Why nothing can be decided yet. Absence is believed after two looks, the second so late that
   * nothing is under way any more.
   */
  static Optional<Observation.Unsettled<BxbWorld>> awaited(
      Sought sought, Optional<BxbPlan> plan, Instant now) {
    if (sought.desired().isEmpty() && plan.isEmpty()) {
      return Optional.empty(); // deleted: what comes now is answered with 404
    }
    List<Intent> unseen =
        sought.intents().stream()
            .filter(it -> isOfChild(it.what()))
            .filter(it -> plan.stream().noneMatch(there -> isSeen(it.what(), there)))
            .toList();
    Optional<Instant> landed =
        unseen.stream().map(it -> it.attempted().plus(LONGEST)).max(Instant::compareTo);
    if (landed.isEmpty() || (sought.lookedBefore().isPresent() && now.isAfter(landed.get()))) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, landed.get().plusSeconds(1));
    return Optional.of(
        new Observation.Unsettled<>(
            left.compareTo(BETWEEN_LOOKS) > 0 ? left : BETWEEN_LOOKS,
            "a minimum commitment or usage threshold of plan "
                + sought.identity().key()
                + " was sent to bxb and not answered: it may still land",
            true));
  }

  private static boolean isOfChild(String what) {
    return what.equals(COMMITMENT) || what.startsWith(THRESHOLD);
  }

  /** Whatever minimum is there, it is changed and no second one made: any will do. */
  private static boolean isSeen(String what, BxbPlan plan) {
    if (what.equals(COMMITMENT)) {
      return plan.commitments().stream().anyMatch(it -> it.type().equals(BxbPlan.MINIMUM));
    }
    Map<String, Integer> numbers = new HashMap<>();
    return plan.thresholds().stream()
        .map(it -> threshold(it, numbers.merge(it.content(), 1, Integer::sum)))
        .anyMatch(what::equals);
  }
}
