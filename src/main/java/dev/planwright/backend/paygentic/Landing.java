package dev.planwright.backend.paygentic;

import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Sought;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Creates that we may have sent and do not see. Nothing on Paygentic has a unique key but features,
 * and no call of the catalogue takes an idempotency key, so a second one is only made once the
 * first cannot come any more.
 */
final class Landing {
  /** How long a request may be under way: its timeout, and what a proxy or the server adds. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private Landing() {}

  /**
   * Why nothing can be decided yet. Absence is believed after two complete looks, the second so
   * late that nothing is under way any more.
   *
   * @param seen intents whose object is there
   */
  static Optional<Observation.Unsettled<PaygenticWorld>> awaited(
      Sought sought, Collection<String> seen, Instant now) {
    List<Intent> unseen =
        sought.intents().stream().filter(it -> !seen.contains(it.what())).toList();
    Optional<Instant> landed =
        unseen.stream().map(it -> it.attempted().plus(LONGEST)).max(Instant::compareTo);
    if (landed.isEmpty() || (sought.lookedBefore().isPresent() && now.isAfter(landed.get()))) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, landed.get().plusSeconds(1));
    return Optional.of(
        new Observation.Unsettled<>(
            left.compareTo(BETWEEN_LOOKS) > 0 ? left : BETWEEN_LOOKS,
            "\"%s\" of plan %s was sent to Paygentic and not answered: it may still land"
                .formatted(unseen.getFirst().what().replaceAll("#.*", ""), sought.identity().key()),
            true));
  }
}
