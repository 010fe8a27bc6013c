package dev.planwright.backend.noderails;

import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.catalog.Identity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One listing of all plans, with what their comparison needs read once for all of them. */
final class PlanSweep {
  private final NodeRailsReader reader;
  private final PlanSearch search;
  private final NodeRailsSettings settings;
  private final InstantSource clock;
  private final Set<String> cutOff;

  /**
   * @param cutOff is told the plans of which people are on a price that is switched off, by id
   */
  PlanSweep(
      NodeRailsReader reader,
      PlanSearch search,
      NodeRailsSettings settings,
      InstantSource clock,
      Set<String> cutOff) {
    this.reader = reader;
    this.search = search;
    this.settings = settings;
    this.clock = clock;
    this.cutOff = cutOff;
  }

  /** What all plans of the account are compared with. */
  private record Common(TaxRates taxRates, Optional<NodeRailsReader.AppUsage> usage) {}

  void run(Set<String> externalIds, Consumer<Listed<NodeRailsWorld>> sink) {
    Instant[] askedAt = {clock.instant()};
    Common common = new Common(reader.taxRates(), reader.usageIfAny());
    reader.eachPlan(
        externalIds,
        page -> {
          page.forEach(search::noteSeen);
          page.forEach(it -> listed(it, externalIds, common, askedAt[0]).ifPresent(sink));
          askedAt[0] = clock.instant();
        });
  }

  private Optional<Listed<NodeRailsWorld>> listed(
      RemotePlan plan, Set<String> externalIds, Common common, Instant askedAt) {
    Optional<Identity> identity =
        plan.mark().map(PlanMark::identity).filter(it -> it.ownerId().equals(settings.ownerId()));
    boolean remembered = plan.mark().isEmpty() && externalIds.contains(plan.id());
    if (identity.isEmpty() && !remembered) {
      return Optional.empty();
    }
    Usage usage =
        common
            .usage()
            .map(it -> it.of(plan.id()))
            .orElseGet(() -> new Usage.Unread("the subscriptions could not be read"));
    // Their own look reads who subscribes only where it has a reason to.
    if (plan.prices().stream().anyMatch(it -> !it.active() && usage.isUsed(it.id()))) {
      cutOff.add(plan.id());
    } else {
      cutOff.remove(plan.id());
    }
    return Optional.of(
        new Listed<>(
            identity,
            plan.id(),
            plan.name(),
            plan.active(),
            Optional.of(
                new NodeRailsWorld(
                    Optional.of(plan),
                    identity.isPresent() ? Ownership.OURS : Ownership.UNMARKED,
                    common.taxRates(),
                    usage,
                    Map.of(),
                    List.of())),
            askedAt));
  }
}
