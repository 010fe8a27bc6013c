package dev.planwright.backend.stigg;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Sought;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks for one plan: which of its versions counts, and whether it is ours to work on. */
final class StiggFinder {
  /** After so long, a request that was not answered cannot land any more. */
  private static final Duration LANDED = Duration.ofSeconds(90);

  /** A publish that has not come through by then is asked for again. */
  private static final Duration PUBLISH = Duration.ofMinutes(10);

  private final StiggReader reader;
  private final StiggReferences references;
  private final StiggSettings settings;
  private final InstantSource clock;

  StiggFinder(
      StiggReader reader, StiggReferences references, StiggSettings settings, InstantSource clock) {
    this.reader = reader;
    this.references = references;
    this.settings = settings;
    this.clock = clock;
  }

  /** A version that a read showed, and whether it is of an add-on. */
  private record Located(Pack pack, boolean addon) {
    StiggCalls calls() {
      return new StiggCalls(addon);
    }
  }

  Observation<StiggWorld> find(Sought sought) {
    Optional<Located> located = locate(sought);
    if (located.isEmpty() && sought.named() && sought.desired().isPresent()) {
      String id = sought.externalId().orElse("");
      return new Observation.Unresolved<>(
          List.of(new MissingReference("plan", id, id, "spec.externalId")));
    }
    if (located.isPresent()) {
      Optional<Observation<StiggWorld>> foreign = foreign(located.get().pack(), sought);
      if (foreign.isPresent()) {
        return foreign.get();
      }
    }
    StiggReferences.Found known = references.of(sought.desired());
    if (!known.missing().isEmpty()) {
      return new Observation.Unresolved<>(known.missing());
    }
    if (located.isEmpty()) {
      boolean addon = sought.desired().map(StiggFinder::isAddon).orElse(false);
      return new Observation.Absent<>(
          new StiggWorld(
              addon,
              Optional.empty(),
              List.of(),
              known.features(),
              known.archivedProduct(),
              Handles.NONE.with(StiggHandles.KIND, kind(addon))));
    }
    return present(located.get(), sought, known);
  }

  private Observation<StiggWorld> present(
      Located located, Sought sought, StiggReferences.Found known) {
    Pack shown = located.pack();
    if (shown.status() == Pack.Status.UNKNOWN) {
      throw StiggReader.nonsense(
          located.calls().noun() + ".get",
          shown.id() + " is in a state that Planwright does not know; nothing is written to it");
    }
    if (shown.status() == Pack.Status.ARCHIVED) {
      StiggWorld.Remote remote =
          new StiggWorld.Remote(shown, StiggWorld.State.ARCHIVED, List.of(), List.of());
      return new Observation.Archived<>(
          world(located, remote, sought, known, List.of()), ownership(shown));
    }
    Optional<Pack> draft =
        shown.status() == Pack.Status.DRAFT ? Optional.of(shown) : openDraft(located);
    Optional<StiggHandles.Publishing> publishing = StiggHandles.publishing(sought.handles());
    if (draft.isPresent()) {
      Optional<Observation<StiggWorld>> foreign = foreign(draft.get(), sought);
      return foreign.isPresent()
          ? foreign.get()
          : draft(located, draft.get(), publishing, sought, known);
    }
    if (publishing.isPresent() && !StiggHandles.bears(shown, publishing.get())) {
      Optional<Observation<StiggWorld>> waiting = waiting(publishing.get());
      if (waiting.isPresent()) {
        return waiting.get();
      }
    }
    Optional<Observation<StiggWorld>> late = lateDraft(sought);
    if (late.isPresent()) {
      return late.get();
    }
    StiggWorld.Remote remote = details(located, shown, StiggWorld.State.PUBLISHED);
    confirm(located, remote, sought);
    return new Observation.Found<>(
        world(located, remote, sought, known, children(located, remote, sought)), ownership(shown));
  }

  // ---- drafts -------------------------------------------------------------------------------

  private Observation<StiggWorld> draft(
      Located located,
      Pack draft,
      Optional<StiggHandles.Publishing> publishing,
      Sought sought,
      StiggReferences.Found known) {
    if (publishing.isPresent() && StiggHandles.bears(draft, publishing.get())) {
      Optional<Observation<StiggWorld>> waiting = waiting(publishing.get());
      if (waiting.isPresent()) {
        return waiting.get();
      }
    }
    Optional<Seal> seal = Seal.of(draft);
    boolean marked = Mark.identity(draft).isPresent();
    boolean ours = seal.isPresent() && marked && isOf(seal.get(), draft);
    if (!ours) {
      StiggWorld.Remote copy = details(located, draft, StiggWorld.State.OPENED);
      if (!isOpenedByUs(copy, sought)) {
        return new Observation.ForeignDraft<>(draft.id(), unclaimed(copy, seal, sought));
      }
      confirm(located, copy, sought);
      return new Observation.Found<>(
          world(located, copy, sought, known, children(located, copy, sought)), ownership(draft));
    }
    StiggWorld.Remote remote =
        details(
            located,
            draft,
            seal.get().first() ? StiggWorld.State.NEVER_PUBLISHED : StiggWorld.State.SEALED);
    Optional<String> tampered =
        seal.get().number().isEmpty()
            ? untouched(remote)
            : seal.get().tamperedWith(draft, remote.rows(), remote.grants());
    if (tampered.isPresent()) {
      new StiggContent(reader, located.calls()).confirmPrices(remote);
      return new Observation.ForeignDraft<>(
          draft.id(),
          "the draft that Planwright prepared is not as it was left: somebody changed "
              + tampered.get()
              + ", or Stigg stored it otherwise");
    }
    List<String> children =
        seal.get().grants().isEmpty() ? List.of() : children(located, remote, sought);
    return new Observation.Found<>(world(located, remote, sought, known, children), Ownership.OURS);
  }

  /** A plan that was created has no prices yet, and neither has anybody else put some there. */
  private static Optional<String> untouched(StiggWorld.Remote remote) {
    return remote.rows().isEmpty() && remote.grants().isEmpty()
        ? Optional.empty()
        : Optional.of("its prices or entitlements");
  }

  /** A seal is copied with every draft that is opened later; the number is not. */
  private static boolean isOf(Seal seal, Pack draft) {
    return seal.number().isEmpty()
        ? draft.number().equals("0") || draft.number().equals("1")
        : seal.number().equals(draft.number());
  }

  /** A draft without our seal that is still a plain copy, and that status knows we asked for. */
  private static boolean isOpenedByUs(StiggWorld.Remote draft, Sought sought) {
    boolean asked =
        sought.intents().stream().anyMatch(it -> it.what().equals(StiggPlanner.DRAFT_INTENT));
    boolean opened =
        sought.handles().get(StiggHandles.DRAFT).equals(Optional.of(draft.pack().number()));
    return (asked || opened)
        && sought.handles().get(StiggHandles.BASE).equals(Optional.of(draft.fingerprint()));
  }

  /**
   * Why a draft is left to people. One that equals what is published is left alone too: Stigg's
   * interface does not show all of a draft (its visibility and order, for instance), a draft bears
   * our mark only because it is a copy, and nothing can be sent along when one is opened. So only
   * the journal tells ours from one that somebody has just opened.
   */
  private static String unclaimed(StiggWorld.Remote draft, Optional<Seal> seal, Sought sought) {
    boolean copy =
        sought.handles().get(StiggHandles.BASE).equals(Optional.of(draft.fingerprint()))
            || seal.filter(it -> it.isCopiedBy(draft)).isPresent();
    return copy
        ? "a draft is open on Stigg that holds what is published, as far as Stigg's interface"
            + " shows: either Planwright opened it and its status was lost, or somebody is about to"
            + " work in it; if nobody is, drop it in Stigg's console"
        : "a draft is open on Stigg that is not Planwright's and differs from what is published;"
            + " publish or drop it in Stigg's console";
  }

  /** Reading one plan may hide its draft: then only the list of drafts shows it. */
  private Optional<Pack> openDraft(Located located) {
    String target =
        located.calls().collection()
            + "?productId="
            + StiggCalls.segment(located.pack().product())
            + "&status=DRAFT";
    return reader.all(located.calls().noun() + ".list", target).stream()
        .filter(it -> it.path("id").asText("").equals(located.pack().id()))
        .map(Pack::parse)
        .filter(it -> it.status() == Pack.Status.DRAFT)
        .findFirst();
  }

  private Optional<Observation<StiggWorld>> waiting(StiggHandles.Publishing publishing) {
    Duration since = Duration.between(publishing.asked(), clock.instant());
    if (since.compareTo(PUBLISH) > 0) {
      return Optional.empty(); // nobody tells why it failed: what is there decides
    }
    Duration again =
        since.compareTo(Duration.ofSeconds(30)) < 0
            ? Duration.ofSeconds(2)
            : Duration.ofSeconds(15);
    return Optional.of(
        new Observation.Unsettled<>(
            again, "Stigg is still publishing the version that was asked for", false));
  }

  /** A draft that was asked for without an answer may still come to be: then it would be ours. */
  private Optional<Observation<StiggWorld>> lateDraft(Sought sought) {
    Optional<Instant> attempted =
        sought.intents().stream()
            .filter(it -> it.what().equals(StiggPlanner.DRAFT_INTENT))
            .map(Intent::attempted)
            .max(Instant::compareTo);
    if (attempted.isEmpty()) {
      return Optional.empty();
    }
    Instant sure = attempted.get().plus(LANDED);
    Instant now = clock.instant();
    if (sought.lookedBefore().isPresent() && now.isAfter(sure)) {
      return Optional.empty();
    }
    Duration rest = Duration.between(now, sure).plusSeconds(1);
    return Optional.of(
        new Observation.Unsettled<>(
            rest.isPositive() ? rest : Duration.ofSeconds(5),
            "a draft was asked for and not answered; it may still come to be",
            true));
  }

  // ---- reading ------------------------------------------------------------------------------

  private Optional<Located> locate(Sought sought) {
    String key = sought.identity().key();
    Optional<Located> byId = sought.externalId().flatMap(id -> locate(id, sought));
    if (byId.isPresent() || sought.named() || sought.externalId().equals(Optional.of(key))) {
      return byId;
    }
    return locate(key, sought);
  }

  private Optional<Located> locate(String id, Sought sought) {
    Optional<Boolean> known =
        sought
            .desired()
            .map(StiggFinder::isAddon)
            .or(() -> sought.handles().get(StiggHandles.KIND).map("addon"::equals));
    if (known.isPresent()) {
      return locate(id, known.get());
    }
    return locate(id, false).or(() -> locate(id, true));
  }

  private Optional<Located> locate(String id, boolean addon) {
    StiggCalls calls = new StiggCalls(addon);
    return reader
        .readIfAny(calls.read(id))
        .map(Pack::parse)
        .or(() -> references.archived(calls, id))
        .map(it -> new Located(it, addon));
  }

  private Optional<Observation<StiggWorld>> foreign(Pack pack, Sought sought) {
    Optional<Identity> identity = Mark.identity(pack);
    return identity
        .filter(it -> !it.equals(sought.identity()))
        .map(it -> new Observation.Foreign<>(pack.id(), it.toString()));
  }

  private static Ownership ownership(Pack pack) {
    return Mark.identity(pack).isPresent() ? Ownership.OURS : Ownership.UNMARKED;
  }

  private StiggWorld.Remote details(Located located, Pack pack, StiggWorld.State state) {
    return new StiggContent(reader, located.calls()).of(pack, state);
  }

  /** Prices that would be written over others must have been listed completely. */
  private void confirm(Located located, StiggWorld.Remote remote, Sought sought) {
    boolean writes =
        sought
            .desired()
            .map(it -> Difference.of(Wanted.of(it, settings), remote, settings).pricesDiffer())
            .orElse(false);
    if (writes) {
      new StiggContent(reader, located.calls()).confirmPrices(remote);
    }
  }

  /** Plans that build on this one, asked for only when its entitlements are to change. */
  private List<String> children(Located located, StiggWorld.Remote remote, Sought sought) {
    if (located.addon() || sought.desired().isEmpty()) {
      return List.of();
    }
    Wanted wanted = Kept.over(Wanted.of(sought.desired().get(), settings), remote.pack());
    boolean asked =
        remote.state() == StiggWorld.State.SEALED
            || !Difference.of(wanted, remote, settings).grantHashes().isEmpty();
    if (!asked) {
      return List.of();
    }
    return reader
        .all(
            "plans.list",
            "/api/v1/plans?productId="
                + StiggCalls.segment(remote.pack().product())
                + "&status=DRAFT,PUBLISHED")
        .stream()
        .filter(it -> Words.text(it.path("parentPlanId")).equals(remote.pack().id()))
        .map(it -> it.path("id").asText(""))
        .distinct()
        .sorted()
        .toList();
  }

  private static StiggWorld world(
      Located located,
      StiggWorld.Remote remote,
      Sought sought,
      StiggReferences.Found known,
      List<String> children) {
    Handles handles =
        remote.state() == StiggWorld.State.PUBLISHED
            ? Handles.NONE.with(StiggHandles.BASE, remote.fingerprint())
            : sought.handles();
    return new StiggWorld(
        located.addon(),
        Optional.of(remote),
        children,
        known.features(),
        known.archivedProduct(),
        handles
            .with(Handles.PLAN, remote.pack().id())
            .with(StiggHandles.KIND, kind(located.addon())));
  }

  private static boolean isAddon(CatalogPlan plan) {
    return plan.type() == CatalogPlan.Type.ADD_ON;
  }

  private static String kind(boolean addon) {
    return addon ? "addon" : "plan";
  }
}
