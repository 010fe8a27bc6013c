package dev.planwright.backend.schematic;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Sought;
import dev.planwright.catalog.CatalogPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a plan is: by the id that we keep; else by a create that was not answered; else there may
 * be a plan of that exact name, which is not ours and in the way of making one.
 */
final class Whereabouts {
  /** How long a request may be under way: its timeout, and what a proxy or the server adds. */
  static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

  private final SchematicReader reader;
  private final PlanReader plans;
  private final References references;
  private final Lookalikes lookalikes;
  private final SchematicSettings settings;
  private final SchematicAccount account;
  private final Set<String> unlisted;
  private final Instant now;

  /**
   * @param unlisted ids that the last listing did not show
   */
  Whereabouts(
      SchematicReader reader,
      References references,
      Lookalikes lookalikes,
      SchematicSettings settings,
      SchematicAccount account,
      Set<String> unlisted,
      InstantSource clock) {
    this.reader = reader;
    this.plans = new PlanReader(reader);
    this.references = references;
    this.lookalikes = lookalikes;
    this.settings = settings;
    this.account = account;
    this.unlisted = unlisted;
    this.now = clock.instant();
  }

  Observation<SchematicWorld> find(Sought sought) {
    if (sought.externalId().isPresent()) {
      String id = sought.externalId().get();
      Optional<SchematicPlan> plan = plan(id).filter(it -> !isHidden(it.id(), sought));
      if (plan.isPresent()) {
        return found(
            plan.get(), sought.named() ? Ownership.UNMARKED : Ownership.OURS, sought, false);
      }
      if (sought.named() && sought.desired().isPresent()) {
        return new Observation.Unresolved<>(
            List.of(new Observation.MissingReference("plan", id, id, "spec.externalId")));
      }
    }
    List<String> made = new LostCreate(reader, account).find(sought);
    if (made.size() > 1) {
      return new Observation.Ambiguous<>(
          made, "several plans could be the one whose create was not answered");
    }
    Optional<SchematicPlan> lost = made.stream().findFirst().flatMap(this::plan);
    if (lost.isPresent()) {
      return found(lost.get(), Ownership.OURS, sought, true);
    }
    // What a lost create made and we have deleted since cannot land once more.
    boolean deleted = sought.desired().isEmpty() && sought.handles().get(Memo.DELETED).isPresent();
    List<Intent> creates =
        sought.intents().stream()
            .filter(it -> LostCreate.name(it).isPresent() && !deleted)
            .toList();
    return awaited(sought, creates, "plan " + sought.identity().key() + " was sent to Schematic")
        .orElseGet(() -> byName(sought));
  }

  private Optional<SchematicPlan> plan(String id) {
    return plans.plan(id, account.environment());
  }

  /**
   * Whether a plan that can be read by its id is deleted all the same: whether Schematic keeps
   * deleted plans readable is not documented. Only asked where there is a reason to.
   */
  private boolean isHidden(String id, Sought sought) {
    boolean asked =
        unlisted.contains(id) || sought.handles().get(Memo.DELETED).equals(Optional.of(id));
    if (!asked) {
      return false;
    }
    boolean listed =
        !reader
            .all(
                "plans.list",
                "/plans",
                SchematicCalls.repeated(List.of(id)) + "&include_draft_versions=true")
            .isEmpty();
    if (listed) {
      unlisted.remove(id);
    }
    return !listed;
  }

  /** Nothing is created beside a plan of the same name that no Plan holds: it may be ours. */
  private Observation<SchematicWorld> byName(Sought sought) {
    Optional<CatalogPlan> desired = sought.desired();
    List<String> same =
        desired.map(settings::name).stream()
            .flatMap(name -> new LostCreate(reader, account).named(name).stream())
            .map(it -> Json.need(it, "id"))
            .filter(id -> !sought.claimed().test(id))
            .filter(id -> !sought.externalId().equals(Optional.of(id)))
            .toList();
    if (same.size() > 1) {
      return new Observation.Ambiguous<>(
          same, "several plans are named \"" + desired.map(settings::name).orElse("") + "\"");
    }
    Optional<SchematicPlan> other = same.stream().findFirst().flatMap(this::plan);
    if (other.isPresent()) {
      return found(other.get(), Ownership.UNMARKED, sought, false);
    }
    Directory directory = references.directory(desired, false);
    Optional<Wanted> wanted = wanted(desired, directory);
    if (wanted.isPresent() && !wanted.get().missing().isEmpty()) {
      return new Observation.Unresolved<>(wanted.get().missing());
    }
    return new Observation.Absent<>(
        new SchematicWorld(
            Optional.empty(),
            Ownership.UNMARKED,
            directory,
            account.environments(),
            Map.of(),
            Handles.NONE,
            wanted
                .map(it -> lookalikes.of(it, directory, account, sought.claimed()))
                .orElse(List.of())));
  }

  private Optional<Wanted> wanted(Optional<CatalogPlan> desired, Directory directory) {
    return desired.filter(Wanted::isSellable).map(it -> Wanted.of(it, settings, directory));
  }

  /**
   * @param made whether a create of ours has just been found again
   */
  private Observation<SchematicWorld> found(
      SchematicPlan seen, Ownership ownership, Sought sought, boolean made) {
    if (!seen.companyId().isEmpty()) {
      return new Observation.Foreign<>(
          seen.id(), "company " + seen.companyId() + " (a custom plan)");
    }
    if (!seen.controller().equals("schematic")) {
      return new Observation.Foreign<>(
          seen.id(), seen.controller() + " (it is managed there, not in Schematic)");
    }
    boolean hasRows = seen.target().map(it -> !it.rows().isEmpty()).orElse(false);
    Directory directory = references.directory(sought.desired(), hasRows);
    Optional<Wanted> wanted = wanted(sought.desired(), directory);
    if (wanted.isPresent() && !wanted.get().missing().isEmpty()) {
      return new Observation.Unresolved<>(wanted.get().missing());
    }
    Handles known =
        made
            ? sought.handles().with(Memo.MADE, "yes")
            : ownership == Ownership.UNMARKED
                ? sought.handles().with(Memo.ADOPTED, "yes")
                : sought.handles();
    SchematicPlan plan = seen;
    // A draft that says what the manifest says is as good as ours, whoever opened it.
    boolean wantedDraft = wanted.isPresent() && !differs(wanted, seen, known, directory);
    if (hasForeignDraft(seen, sought) && !wantedDraft) {
      plan = seen.withoutDraft();
      if (sought.desired().isEmpty() || differs(wanted, plan, known, directory)) {
        return new Observation.ForeignDraft<>(
            seen.id(),
            "version "
                + seen.draft().map(SchematicPlan.Version::number).orElse(0L)
                + " is an open draft that was not made from here");
      }
    }
    Optional<Observation<SchematicWorld>> awaited =
        awaitedContent(sought, plan, wanted, known, directory);
    if (awaited.isPresent()) {
      return awaited.get();
    }
    return new Observation.Found<>(
        new SchematicWorld(
            Optional.of(plan),
            ownership,
            directory,
            account.environments(),
            priceIds(plan, wanted),
            Memo.seen(known, plan, wanted),
            List.of()),
        ownership);
  }

  private static boolean differs(
      Optional<Wanted> wanted, SchematicPlan plan, Handles known, Directory directory) {
    return wanted
        .map(it -> !Comparison.of(it, plan, plan.target(), known, directory).isEqual())
        .orElse(false);
  }

  /** The first draft of a plan is the plan itself; another one is ours when we opened it. */
  private static boolean hasForeignDraft(SchematicPlan plan, Sought sought) {
    if (plan.draft().isEmpty() || plan.active().isEmpty()) {
      return false;
    }
    SchematicPlan.Version draft = plan.draft().get();
    String opened = sought.handles().get(Memo.DRAFT).orElse("");
    boolean remembered = opened.equals(draft.id()) || opened.equals(plan.active().get().id());
    return !remembered && !isOpenedSince(draft, sought);
  }

  private static boolean isOpenedSince(SchematicPlan.Version draft, Sought sought) {
    return sought.intents().stream()
        .filter(it -> it.what().equals(SchematicPlanner.CONTENT))
        .anyMatch(it -> !draft.created().isBefore(LostCreate.since(it)));
  }

  /** A write that was not answered and has not shown: sent again, its entitlements came twice. */
  private Optional<Observation<SchematicWorld>> awaitedContent(
      Sought sought,
      SchematicPlan plan,
      Optional<Wanted> wanted,
      Handles known,
      Directory directory) {
    List<Intent> writes =
        sought.intents().stream().filter(it -> it.what().equals(SchematicPlanner.CONTENT)).toList();
    boolean landed = wanted.isPresent() && !differs(wanted, plan, known, directory);
    return landed
        ? Optional.empty()
        : awaited(sought, writes, "a change of plan " + plan.id() + " was sent to Schematic");
  }

  /** Absence is believed after two looks, the second so late that nothing is under way any more. */
  private Optional<Observation<SchematicWorld>> awaited(
      Sought sought, List<Intent> intents, String what) {
    Optional<Instant> landed =
        intents.stream().map(it -> it.attempted().plus(LONGEST)).max(Instant::compareTo);
    if (landed.isEmpty() || (sought.lookedBefore().isPresent() && now.isAfter(landed.get()))) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, landed.get().plusSeconds(1));
    return Optional.of(
        new Observation.Unsettled<>(
            left.compareTo(BETWEEN_LOOKS) > 0 ? left : BETWEEN_LOOKS,
            what + " and not answered: it may still land",
            true));
  }

  private static Map<String, String> priceIds(SchematicPlan plan, Optional<Wanted> wanted) {
    Map<String, String> ids = new TreeMap<>();
    if (wanted.isEmpty() || plan.target().isEmpty()) {
      return ids;
    }
    SchematicPlan.Version version = plan.target().get();
    wanted
        .get()
        .basePrices()
        .forEach((key, price) -> put(ids, price.name(), version.priceIds().get(key)));
    for (SchematicPlan.Row row : version.rows()) {
      Wanted.Want want = wanted.get().wants().get(row.featureId());
      if (want != null) {
        want.prices().forEach((key, price) -> put(ids, price.name(), row.priceIds().get(key)));
      }
    }
    return ids;
  }

  private static void put(Map<String, String> ids, String name, @Nullable String id) {
    if (id != null && !id.isEmpty()) {
      ids.put(name, id);
    }
  }
}
