package dev.planwright.backend.noderails;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Sought;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates that may have happened and are not seen. Nothing is unique on NodeRails and nothing can
 * be deleted: a second one would stay for ever, so none is made before the first cannot come any
 * more.
 */
final class Landing {
  /** How long a request may be under way: its timeout, and what a proxy or the server adds. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  /** Handles of prices that were just added, with the time of that. */
  private static final String ADDED = "added:";

  private Landing() {}

  /** Remembers a price that reads may not show yet. */
  static Handles added(Handles handles, String priceId, Instant now) {
    return handles.with(ADDED + priceId, now.toString());
  }

  /**
   * Why nothing can be decided yet. Absence is believed after two looks, the second so late that
   * nothing is under way any more.
   */
  static Optional<Observation.Unsettled<NodeRailsWorld>> awaited(
      Sought sought, Optional<RemotePlan> plan, Instant now) {
    Optional<String> lagging = plan.flatMap(it -> lagging(sought.handles(), it, now));
    if (lagging.isPresent()) {
      return Optional.of(
          new Observation.Unsettled<>(
              BETWEEN_LOOKS,
              "NodeRails does not show price " + lagging.get() + " yet, which was just added",
              false));
    }
    List<Intent> unseen =
        sought.intents().stream().filter(it -> isAwaited(it, plan, sought)).toList();
    Optional<Instant> landed =
        unseen.stream().map(it -> it.attempted().plus(LONGEST)).max(Instant::compareTo);
    if (landed.isEmpty() || (sought.lookedBefore().isPresent() && now.isAfter(landed.get()))) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, landed.get().plusSeconds(1));
    return Optional.of(
        new Observation.Unsettled<>(
            left.compareTo(BETWEEN_LOOKS) > 0 ? left : BETWEEN_LOOKS,
            "%s of plan %s was sent to NodeRails and not answered: it may still land"
                .formatted(unseen.getFirst().what(), sought.identity().key()),
            true));
  }

  private static Optional<String> lagging(Handles handles, RemotePlan plan, Instant now) {
    return handles.ids().entrySet().stream()
        .filter(it -> it.getKey().startsWith(ADDED))
        .filter(it -> now.isBefore(time(it.getValue()).plus(LONGEST)))
        .map(Map.Entry::getKey)
        .map(it -> it.substring(ADDED.length()))
        .filter(it -> plan.price(it).isEmpty())
        .findFirst();
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH; // a handle that nobody of ours wrote is not waited for
    }
  }

  private static boolean isAwaited(Intent intent, Optional<RemotePlan> plan, Sought sought) {
    if (intent.what().equals(Handles.PLAN)) {
      return plan.isEmpty();
    }
    // A price goes with its plan: without one it cannot land anywhere.
    return plan.isPresent()
        && plan.get().prices().stream()
            .flatMap(it -> it.mark().stream())
            .filter(it -> it.identity().equals(sought.identity()))
            .noneMatch(it -> it.intent().equals(intent.what()));
  }
}
