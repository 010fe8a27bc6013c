package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceState;
import dev.planwright.api.v1alpha1.PriceStatus;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.Compilation.Finding;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** What a Price's status says; pure. */
final class PriceStatuses {
  private PriceStatuses() {}

  /** A Price whose Plan does not exist, which is fine for a while: files come in any order. */
  static PriceStatus withoutPlan(Price price, Instant now) {
    List<Violation> violations =
        CatalogCompiler.check(price).stream().map(Finding::violation).toList();
    String planName = References.planOf(price).name();
    return violations.isEmpty()
        ? notReady(
            price,
            null,
            now,
            Reason.PLAN_NOT_FOUND,
            "Plan "
                + planName
                + " (spec.planRef.name) does not exist yet; apply it, or mend the name",
            false)
        : notReady(price, null, now, Reason.INVALID_SPEC, PlanStatuses.messages(violations), false);
  }

  /** What the Plan's row says, as far as it speaks of this generation. */
  static PriceStatus of(Price price, PriceRow row, Plan plan, Instant now) {
    boolean current =
        Objects.equals(row.generation(), price.getMetadata().getGeneration())
            && Objects.equals(row.uid(), price.getMetadata().getUid());
    if (!current) {
      return price.getStatus();
    }
    if (row.state() == PriceState.SYNCED) {
      return new PriceStatus(
          price.getMetadata().getGeneration(),
          row.externalId(),
          PriceSummaries.of(price.getSpec()),
          Conditions.ready(
              price.getStatus().conditions(), price.getMetadata().getGeneration(), now));
    }
    Reason reason = reason(row.reason());
    boolean working =
        plan.getStatus().conditions().stream()
            .anyMatch(c -> c.type().equals("Reconciling") && c.status() == Condition.Status.TRUE);
    String message = row.message() == null ? "" : row.message();
    return reason.kind() == Reason.Kind.ACCEPTED && row.state() != PriceState.REJECTED
        ? waiting(price, row.externalId(), plan, now, reason, message)
        : notReady(price, row.externalId(), now, reason, message, working);
  }

  /** Nothing is wrong with this one: its Plan waits for something else. */
  private static PriceStatus waiting(
      Price price,
      @org.jspecify.annotations.Nullable String externalId,
      Plan plan,
      Instant now,
      Reason reason,
      String message) {
    return new PriceStatus(
        price.getMetadata().getGeneration(),
        externalId,
        PriceSummaries.of(price.getSpec()),
        Conditions.waiting(
            price.getStatus().conditions(),
            price.getMetadata().getGeneration(),
            now,
            reason,
            "this Price is valid; Plan %s waits: %s".formatted(ObjectKey.of(plan), message)));
  }

  private static PriceStatus notReady(
      Price price,
      @org.jspecify.annotations.Nullable String externalId,
      Instant now,
      Reason reason,
      String message,
      boolean working) {
    return new PriceStatus(
        price.getMetadata().getGeneration(),
        externalId,
        PriceSummaries.of(price.getSpec()),
        Conditions.notReady(
            price.getStatus().conditions(),
            price.getMetadata().getGeneration(),
            now,
            reason,
            message,
            working));
  }

  private static Reason reason(@org.jspecify.annotations.Nullable String text) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.toString().equals(text))
        .findFirst()
        .orElse(Reason.PROGRESSING);
  }
}
