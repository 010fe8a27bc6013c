package dev.planwright.sync;

import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Sought;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPlan.Lifecycle;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Looks for a plan and decides whether what is there may be worked on. */
final class Lookout<R> {
  private final Account<R> account;
  private final CatalogPlan desired;
  private final Policies policies;
  private final StatusStore store;
  private final InstantSource clock;

  Lookout(
      Account<R> account,
      CatalogPlan desired,
      Policies policies,
      StatusStore store,
      InstantSource clock) {
    this.account = account;
    this.desired = desired;
    this.policies = policies;
    this.store = store;
    this.clock = clock;
  }

  /** What a look found. */
  sealed interface Sighting<R> {}

  /**
   * Something to work on.
   *
   * @param exists whether there is an object already
   * @param adopting whether that object bears nobody's mark and is being taken over
   */
  record Work<R>(R world, boolean exists, boolean adopting) implements Sighting<R> {}

  /** A reason to stop, with what was seen, where that is this plan's. */
  record Halt<R>(Outcome outcome, Optional<RemoteView> view) implements Sighting<R> {}

  /**
   * What was known by its id is not there any more. Nothing is made in its place unasked: whoever
   * removed it may have meant it, and an id that was never confirmed may be of somewhere else.
   *
   * @param isRevertible whether it was there as wanted once, so that the backend's drift policy may
   *     say to have it made again
   */
  record Gone<R>(R world, String externalId, boolean isRevertible) implements Sighting<R> {}

  /** Nothing was found, but for objects that nobody holds and that may be it. */
  record Unsure<R>(R world, List<String> alike) implements Sighting<R> {}

  /** Not decided yet; {@code looked}: a complete look found nothing. */
  record Wait<R>(Outcome outcome, boolean looked) implements Sighting<R> {}

  Sighting<R> look(Memory memory) {
    Sought sought = sought(memory);
    Optional<String> holder = Holders.of(account.provider(), sought.externalId(), store);
    if (holder.isPresent()) {
      return halt(
          Reason.OWNERSHIP_CONFLICT,
          "%s is held by Plan %s; take the annotation planwright.dev/external-id and spec.externalId away here to have an object of its own, or delete that Plan to hand it over"
              .formatted(sought.externalId().orElse(""), holder.get()));
    }
    return switch (account.provider().find(sought)) {
      case Observation.Absent<R>(R world) -> absent(world, memory);
      case Observation.Found<R>(R world, Ownership ownership) -> present(world, ownership, memory);
      case Observation.Archived<R>(R world, Ownership ownership) ->
          desired.lifecycle() == Lifecycle.ARCHIVED
              ? present(world, ownership, memory)
              : new Halt<>(
                  new Outcome.Blocked(
                      Reason.REMOTE_ARCHIVED,
                      "%s is archived on the backend; %s"
                          .formatted(id(world), Reason.REMOTE_ARCHIVED.whatToDo())),
                  isOurs(world, ownership, memory)
                      ? account.provider().view(world)
                      : Optional.empty());
      case Observation.Foreign<R>(String externalId, String owner) ->
          halt(
              Reason.OWNERSHIP_CONFLICT,
              "key %s is taken on the account by %s, which belongs to %s; choose another key"
                  .formatted(desired.identity().key(), externalId, owner));
      case Observation.Ambiguous<R>(List<String> ids, String why) ->
          halt(
              Reason.AMBIGUOUS_REMOTE,
              "%s: %s; %s"
                  .formatted(why, String.join(", ", ids), Reason.AMBIGUOUS_REMOTE.whatToDo()));
      case Observation.ForeignDraft<R>(String externalId, String why) ->
          halt(
              Reason.DRAFT_IN_USE,
              "%s: %s; %s".formatted(externalId, why, Reason.DRAFT_IN_USE.whatToDo()));
      case Observation.Unresolved<R>(List<MissingReference> missing) ->
          halt(Reason.DEPENDENCY_MISSING, Messages.missing(missing, account.backend()));
      case Observation.Unsettled<R> unsettled ->
          new Wait<>(
              new Outcome.Unfinished(
                  Reason.PROGRESSING, unsettled.why(), Optional.of(unsettled.again())),
              unsettled.looked());
    };
  }

  private Sought sought(Memory memory) {
    String remembered = memory.binding().externalId();
    boolean named = remembered.isEmpty() && desired.externalId().isPresent();
    return new Sought(
        desired.identity(),
        Optional.of(desired),
        named ? desired.externalId() : Optional.of(remembered).filter(id -> !id.isEmpty()),
        named,
        memory.binding().handles(),
        LateCreates.sought(memory.journal()),
        memory.journal().lookedAt(),
        id -> store.holderOf(id).isPresent());
  }

  /** Nothing there: fine before the first create, alarming after it. */
  private Sighting<R> absent(R world, Memory memory) {
    String remembered = memory.binding().externalId();
    if (remembered.isEmpty() && desired.externalId().isPresent()) {
      return halt(
          Reason.REMOTE_MISSING,
          "spec.externalId %s names nothing on the account; correct it, or remove it to create"
              .formatted(desired.externalId().get()));
    }
    if (remembered.isEmpty()) {
      List<String> alike = account.provider().lookalikes(world);
      return alike.isEmpty() ? new Work<>(world, false, false) : new Unsure<>(world, alike);
    }
    // Not confirmed since it was written last: reads may lag behind our own create. Looking again
    // is safe, a second create is not.
    if (memory.binding().syncedHash().isEmpty()
        && LateCreates.unbelieved(memory.journal(), clock.instant()).isPresent()) {
      return new Wait<>(
          new Outcome.Unfinished(
              Reason.PROGRESSING,
              "the backend does not show " + remembered + " (yet): it is looked for again",
              Optional.empty()),
          true);
    }
    AccountFacts facts = account.provider().account();
    if (!facts.id().equals(account.facts().id())) {
      return halt(
          Reason.ACCOUNT_MISMATCH,
          "the key opens account %s now, not %s".formatted(facts.id(), account.facts().id()));
    }
    return new Gone<>(world, remembered, memory.wasSynced());
  }

  private Sighting<R> present(R world, Ownership ownership, Memory memory) {
    if (isOurs(world, ownership, memory)) {
      return new Work<>(world, true, false);
    }
    if (policies.adoption() == Policies.Adoption.NEVER) {
      return halt(
          Reason.OWNERSHIP_CONFLICT,
          account.provider().isKnownByIdOnly()
              ? "%1$s exists and no Plan holds it; if it is this one's: kubectl annotate bplan %2$s -n %3$s --overwrite planwright.dev/external-id=%1$s ; to adopt it as it is, set spec.externalId: %1$s and spec.adoptionPolicy; if it is another's, give this Plan another displayName"
                  .formatted(id(world), desired.name(), desired.namespace())
              : "%s exists and bears no owner's mark; to take it over, set spec.adoptionPolicy to IfEqual or Always"
                  .formatted(id(world)));
    }
    return new Work<>(world, true, true);
  }

  private String id(R world) {
    return account.provider().view(world).map(RemoteView::externalId).orElse("the object");
  }

  /**
   * An object that status knows by its id is ours even if somebody took the mark off: that is
   * drift, not a conflict.
   */
  private boolean isOurs(R world, Ownership ownership, Memory memory) {
    return ownership == Ownership.OURS || id(world).equals(memory.binding().externalId());
  }

  private Sighting<R> halt(Reason reason, String message) {
    return new Halt<>(new Outcome.Blocked(reason, message), Optional.empty());
  }
}
