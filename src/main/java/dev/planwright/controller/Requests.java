package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Plan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What annotations ask of us. */
final class Requests {
  private Requests() {}

  static boolean isPaused(HasMetadata object) {
    return annotation(object, Annotations.PAUSED).equals("true");
  }

  /** The hash that a person approved; {@code ""} for none. */
  static String approval(Plan plan) {
    return annotation(plan, Annotations.APPROVE).strip();
  }

  /** The value that asks for a full read. */
  static Optional<String> reconcileRequestedAt(Plan plan) {
    return Optional.of(annotation(plan, Annotations.RECONCILE_REQUESTED_AT))
        .filter(value -> !value.isEmpty())
        .map(value -> value.substring(0, Math.min(value.length(), 255)));
  }

  /** Whether a full read was asked for that has not been done yet. */
  static boolean isReconcileRequested(Plan plan) {
    return reconcileRequestedAt(plan)
        .filter(value -> !value.equals(plan.getStatus().lastHandledReconcileAt()))
        .isPresent();
  }

  /** Whether two states of an object differ in anything that we act on. */
  static boolean differs(HasMetadata before, HasMetadata after) {
    return !Objects.equals(
            before.getMetadata().getGeneration(), after.getMetadata().getGeneration())
        || before.isMarkedForDeletion() != after.isMarkedForDeletion()
        || !Objects.equals(before.getMetadata().getUid(), after.getMetadata().getUid())
        || !annotation(before, Annotations.PAUSED).equals(annotation(after, Annotations.PAUSED))
        || !annotation(before, Annotations.APPROVE).equals(annotation(after, Annotations.APPROVE))
        || !annotation(before, Annotations.RECONCILE_REQUESTED_AT)
            .equals(annotation(after, Annotations.RECONCILE_REQUESTED_AT));
  }

  private static String annotation(HasMetadata object, String name) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }
}
