package dev.planwright.backend.schematic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.Handles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where status and annotation are lost and the manifest was renamed meanwhile, not even the name
 * leads to the plan any more. What is left is what the plan says, and who made it: a plan that our
 * own key made, that no Plan holds, and that says all that the manifest says but for the name, or
 * once bore that name.
 *
 * <p>The whole account is listed for that, so the list is believed for a while: what was lost is
 * old.
 */
final class Lookalikes {
  private static final Duration FRESH = Duration.ofMinutes(5);

  /** What is younger may be another Plan's that is about to write its id down. */
  private static final Duration YOUNG = Duration.ofMinutes(10);

  private static final String ALL =
      "include_draft_versions=true&exclude_company_scoped=true&with_entitlements=true";

  private final SchematicReader reader;
  private final InstantSource clock;
  private @Nullable Read last;

  private record Read(List<Seen> plans, String environment, Instant at) {}

  /**
   * A plan of the listing.
   *
   * @param names that its versions bear or bore
   * @param plan all that it says; empty where the listing does not show that
   */
  private record Seen(
      String id, Instant created, Set<String> names, Optional<SchematicPlan> plan) {}

  Lookalikes(SchematicReader reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Ids of plans that may be the one that is wanted and was not found.
   *
   * @param claimed whether a Plan holds the one with this id
   */
  List<String> of(
      Wanted wanted, Directory directory, SchematicAccount account, Predicate<String> claimed) {
    LostCreate creates = new LostCreate(reader, account);
    Instant old = clock.instant().minus(YOUNG);
    return plans(account.environment()).stream()
        .filter(it -> it.created().isBefore(old))
        .filter(it -> it.names().contains(wanted.name()) || isEqual(wanted, it, directory))
        .filter(it -> !claimed.test(it.id()))
        .filter(it -> creates.isMadeByUs(it.id(), it.created()))
        .map(Seen::id)
        .filter(it -> reader.readIfAny(SchematicCalls.plan(it)).isPresent())
        .toList();
  }

  private static boolean isEqual(Wanted wanted, Seen seen, Directory directory) {
    return seen.plan()
        .filter(it -> it.type().equals(wanted.type()) && it.controller().equals("schematic"))
        .map(
            it ->
                Comparison.of(wanted.named(it.name()), it, it.active(), Handles.NONE, directory)
                    .isEqual())
        .orElse(false);
  }

  private synchronized List<Seen> plans(String environment) {
    Read read = last;
    if (read != null
        && read.environment().equals(environment)
        && read.at().plus(FRESH).isAfter(clock.instant())) {
      return read.plans();
    }
    Instant now = clock.instant();
    List<Seen> plans =
        reader.all("plans.list", "/plans", ALL).stream().map(it -> seen(it, environment)).toList();
    last = new Read(plans, environment, now);
    return plans;
  }

  private static Seen seen(JsonNode plan, String environment) {
    Set<String> names = new TreeSet<>();
    plan.path("versions").forEach(it -> names.add(Json.text(it, "name")));
    names.add(Json.text(plan.path("draft_version"), "name"));
    return new Seen(
        Json.need(plan, "id"),
        Json.time(plan, "created_at"),
        names,
        PlanReader.listed(plan, environment));
  }
}
