package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceState;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Plan's status says; pure. Everything that is not said here is kept as it was. */
final class PlanStatuses {
  private static final int SHOWN = 20;

  private final Plan plan;
  private final List<Price> prices;
  private final Instant now;
  private final PlanStatusBuilder status;

  private PlanStatuses(Plan plan, List<Price> prices, Instant now) {
    this.plan = plan;
    this.prices = prices;
    this.now = now;
    this.status =
        PlanStatusBuilder.from(plan.getStatus())
            .observedGeneration(generation(plan))
            // The first ones count: they are what a changed key is held against.
            .key(plan.getStatus().key() != null ? plan.getStatus().key() : References.keyOf(plan))
            .backend(
                plan.getStatus().backend() != null
                    ? plan.getStatus().backend()
                    : References.backendOf(plan).name())
            .priceCount(prices.size());
  }

  /** Something stands in the way before the backend is asked. */
  static PlanStatus waiting(
      Plan plan, List<Price> prices, Instant now, Reason reason, String message, boolean working) {
    PlanStatuses statuses = new PlanStatuses(plan, prices, now);
    return statuses.notReady(reason, message, working, Map.of()).build();
  }

  /** Deleting waits: the status says why, and otherwise stays as it was. */
  static PlanStatus deleting(
      Plan plan, Instant now, Reason reason, String message, boolean working) {
    return PlanStatusBuilder.from(plan.getStatus())
        .conditions(
            Conditions.notReady(
                plan.getStatus().conditions(), generation(plan), now, reason, message, working))
        .build();
  }

  /** Nothing had to be read: what was confirmed before is what is wanted now. */
  static PlanStatus settled(
      Plan plan, List<Price> prices, String onDelete, List<String> warnings, Instant now) {
    PlanStatuses statuses = new PlanStatuses(plan, prices, now);
    statuses.status.warnings(warnings).onDelete(onDelete).pending(List.of()).pendingHash(null);
    Map<String, String> ids = new TreeMap<>();
    for (PriceRow row : plan.getStatus().prices()) {
      if (row.externalId() != null) {
        ids.put(row.name(), row.externalId());
      }
    }
    // Nobody read the backend: when it was last confirmed has not changed.
    return statuses.ready(ids).lastSyncTime(plan.getStatus().lastSyncTime()).build();
  }

  /** The manifests are not valid: what was said of the ones before says nothing about these. */
  static PlanStatus invalid(
      Plan plan, List<Price> prices, Instant now, Reason reason, List<Violation> violations) {
    PlanStatuses statuses = new PlanStatuses(plan, prices, now);
    statuses.status.warnings(List.of());
    return statuses
        .notReady(reason, messages(violations), false, messagesByPrice(violations))
        .build();
  }

  /**
   * What a run of the core found and did.
   *
   * @param warnings what is known of the manifests alone; what the provider said is in the result
   */
  static PlanStatus of(
      Plan plan,
      List<Price> prices,
      String onDelete,
      List<String> warnings,
      SyncResult result,
      Instant now) {
    PlanStatuses statuses = new PlanStatuses(plan, prices, now);
    MemoryCodec.write(statuses.status, result.memory());
    statuses
        .status
        .warnings(Stream.concat(warnings.stream(), result.warnings().stream()).toList())
        .onDelete(onDelete)
        .lastHandledReconcileAt(handled(plan, result))
        .pending(pending(result.pending()))
        .pendingHash(result.pendingHash().isEmpty() ? null : result.pendingHash())
        .subscribers(subscribers(result.subscribers(), plan.getStatus().subscribers()));
    result.view().ifPresent(statuses::view);
    return statuses.outcome(result).build();
  }

  private PlanStatusBuilder outcome(SyncResult result) {
    return switch (result.outcome()) {
      case Outcome.Done done -> done(result);
      case Outcome.Inexpressible(List<Violation> violations) ->
          notReady(
              Reason.NOT_EXPRESSIBLE, messages(violations), false, messagesByPrice(violations));
      case Outcome.Blocked(Reason reason, String message) ->
          notReady(reason, message, reason == Reason.PROGRESSING, Map.of());
      case Outcome.Unfinished(Reason reason, String message, var after) ->
          notReady(reason, message, true, Map.of());
      case Outcome.Stale stale ->
          notReady(Reason.PROGRESSING, "changed while it was read; read again", true, Map.of());
    };
  }

  /** Done without anything to see: an archived plan of which the backend holds nothing. */
  private PlanStatusBuilder done(SyncResult result) {
    if (result.view().isEmpty()) {
      status.externalVersion(null).externalUrl(null).superseded(List.of());
    }
    PlanStatusBuilder ready = ready(result.view().map(RemoteView::priceIds).orElse(Map.of()));
    // Somebody asked, and it was read: that is told even when nothing else is new.
    return Requests.isReconcileRequested(plan) ? ready.lastSyncTime(now) : ready;
  }

  /**
   * What was seen of the object. Not its id: that is written with the memory, once the object is
   * known to be ours. An id in status is believed by the next run, whoever the object belongs to.
   */
  private void view(RemoteView view) {
    List<PlanStatus.Superseded> superseded =
        view.superseded().stream()
            .map(
                old ->
                    new PlanStatus.Superseded(
                        old.price(),
                        (long) old.revision(),
                        old.externalId(),
                        old.amount(),
                        since(old)))
            .toList();
    status
        .externalVersion(view.version().orElse(null))
        .externalUrl(view.url().orElse(null))
        .superseded(superseded);
  }

  private Instant since(RemoteView.Superseded old) {
    return plan.getStatus().superseded().stream()
        .filter(known -> old.externalId().equals(known.externalId()))
        .map(PlanStatus.Superseded::since)
        .flatMap(Stream::ofNullable)
        .findFirst()
        .orElse(now);
  }

  private PlanStatusBuilder ready(Map<String, String> ids) {
    List<PriceRow> rows =
        prices.stream()
            .map(
                price -> {
                  String name = price.getMetadata().getName();
                  return row(price, ids.get(name), PriceState.SYNCED, "", "");
                })
            .toList();
    List<Condition> conditions =
        Conditions.ready(plan.getStatus().conditions(), generation(plan), now);
    boolean already = Conditions.isReady(plan.getStatus().conditions(), generation(plan));
    return status
        .prices(rows)
        .conditions(conditions)
        // A run that only confirmed what was known is no news.
        .lastSyncTime(already ? plan.getStatus().lastSyncTime() : now);
  }

  private PlanStatusBuilder notReady(
      Reason reason, String message, boolean working, Map<String, String> byPrice) {
    Map<String, PriceRow> rows = new TreeMap<>();
    Map<String, PriceRow> before =
        plan.getStatus().prices().stream()
            .collect(Collectors.toMap(PriceRow::name, row -> row, (a, b) -> a));
    for (PriceRow old : plan.getStatus().prices()) {
      if (old.externalId() != null || wasThere(old)) {
        rows.put(
            old.name(),
            new PriceRow(
                old.name(),
                old.uid(),
                old.generation(),
                old.externalId(),
                working ? PriceState.REMOVING : PriceState.REMOVAL_BLOCKED,
                reason.toString(),
                message));
      }
    }
    for (Price price : prices) {
      String name = price.getMetadata().getName();
      PriceRow old = before.get(name);
      String own = byPrice.get(name);
      rows.put(
          name,
          row(
              price,
              old == null ? null : old.externalId(),
              own != null ? PriceState.REJECTED : PriceState.PENDING,
              reason.toString(),
              own != null ? own : message));
    }
    return status
        .prices(List.copyOf(rows.values()))
        .conditions(
            Conditions.notReady(
                plan.getStatus().conditions(), generation(plan), now, reason, message, working));
  }

  /** Also without an id of its own, which some backends do not give. */
  private static boolean wasThere(PriceRow row) {
    return row.state() == PriceState.SYNCED
        || row.state() == PriceState.REMOVING
        || row.state() == PriceState.REMOVAL_BLOCKED;
  }

  private static PriceRow row(
      Price price, @Nullable String externalId, PriceState state, String reason, String message) {
    return new PriceRow(
        price.getMetadata().getName(),
        price.getMetadata().getUid(),
        price.getMetadata().getGeneration(),
        externalId,
        state,
        reason.isEmpty() ? null : reason,
        message.isEmpty() ? null : message);
  }

  private static List<PlanStatus.PendingStep> pending(List<Step> steps) {
    List<PlanStatus.PendingStep> pending = new ArrayList<>();
    for (Step step : steps) {
      var affects = dev.planwright.api.v1alpha1.Affects.valueOf(step.affects().name());
      if (step.changes().isEmpty()) {
        pending.add(new PlanStatus.PendingStep(step.title(), null, null, null, affects));
      }
      for (FieldChange change : step.changes()) {
        pending.add(
            new PlanStatus.PendingStep(
                step.title(), change.field(), change.from(), change.to(), affects));
      }
    }
    return pending;
  }

  /** A read that was asked for and did not take place, or not to its end, is still to be done. */
  private static @Nullable String handled(Plan plan, SyncResult result) {
    String before = plan.getStatus().lastHandledReconcileAt();
    return wasRead(result) ? Requests.reconcileRequestedAt(plan).orElse(before) : before;
  }

  private static boolean wasRead(SyncResult result) {
    return switch (result.outcome()) {
      case Outcome.Done done -> true;
      case Outcome.Inexpressible inexpressible -> result.view().isPresent();
      // Of another account nothing is read, and a refusal may be the read's own.
      case Outcome.Blocked(Reason reason, String message) ->
          (reason != Reason.ACCOUNT_MISMATCH && reason != Reason.BACKEND_REJECTED)
              || result.view().isPresent();
      case Outcome.Unfinished unfinished -> false;
      case Outcome.Stale stale -> false;
    };
  }

  private static @Nullable Long subscribers(OptionalLong read, @Nullable Long before) {
    return read.isPresent() ? Long.valueOf(read.getAsLong()) : before;
  }

  /** All errors in one message, bounded. */
  static String messages(List<Violation> violations) {
    String shown =
        violations.stream().limit(SHOWN).map(Violation::message).collect(Collectors.joining("; "));
    return violations.size() <= SHOWN
        ? shown
        : shown + "; and " + (violations.size() - SHOWN) + " more";
  }

  /** What is wrong with single Prices, by name. */
  static Map<String, String> messagesByPrice(List<Violation> violations) {
    Map<String, List<Violation>> byPrice =
        violations.stream()
            .filter(violation -> violation.object().startsWith("Price "))
            .collect(
                Collectors.groupingBy(
                    violation ->
                        violation.object().substring(violation.object().indexOf('/') + 1)));
    Map<String, String> messages = new TreeMap<>();
    byPrice.forEach((name, all) -> messages.put(name, messages(all)));
    return messages;
  }

  private static long generation(Plan plan) {
    Long generation = plan.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
