package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.AdoptionPolicy;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.DeletionPolicy;
import dev.planwright.api.v1alpha1.DriftPolicy;
import dev.planwright.api.v1alpha1.EntitlementMode;
import dev.planwright.api.v1alpha1.ExistingSubscribers;
import dev.planwright.api.v1alpha1.IntervalUnit;
import dev.planwright.api.v1alpha1.ManagementPolicy;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.TaxBehavior;
import dev.planwright.api.v1alpha1.TrialEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of manifests as words of the model, with what holds when nothing is said. */
final class CompilerWords {
  private CompilerWords() {}

  /** From the Plan, else from the backend, else the most careful. */
  static Policies policies(PlanSpec plan, BillingBackendSpec backend) {
    BillingBackendSpec.Defaults defaults = backend.defaults();
    return new Policies(
        plan.existingSubscribers() == ExistingSubscribers.MIGRATE
            ? Policies.ExistingSubscribers.MIGRATE
            : Policies.ExistingSubscribers.KEEP,
        management(
            or(plan.managementPolicy(), defaults == null ? null : defaults.managementPolicy())),
        adoption(or(plan.adoptionPolicy(), defaults == null ? null : defaults.adoptionPolicy())),
        deletion(or(plan.deletionPolicy(), defaults == null ? null : defaults.deletionPolicy())),
        drift(backend.drift() == null ? null : backend.drift().policy()));
  }

  private static <T> @Nullable T or(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }

  private static Policies.Management management(@Nullable ManagementPolicy policy) {
    return switch (policy) {
      case OBSERVE -> Policies.Management.OBSERVE;
      case MANAGE -> Policies.Management.MANAGE;
      case null -> Policies.Management.MANAGE;
    };
  }

  private static Policies.Adoption adoption(@Nullable AdoptionPolicy policy) {
    return switch (policy) {
      case ALWAYS -> Policies.Adoption.ALWAYS;
      case IF_EQUAL -> Policies.Adoption.IF_EQUAL;
      case NEVER -> Policies.Adoption.NEVER;
      case null -> Policies.Adoption.NEVER;
    };
  }

  private static Policies.Deletion deletion(@Nullable DeletionPolicy policy) {
    return switch (policy) {
      case DELETE -> Policies.Deletion.DELETE;
      case ARCHIVE -> Policies.Deletion.ARCHIVE;
      case RETAIN -> Policies.Deletion.RETAIN;
      case null -> Policies.Deletion.RETAIN;
    };
  }

  private static Policies.DriftPolicy drift(@Nullable DriftPolicy policy) {
    return switch (policy) {
      case REVERT -> Policies.DriftPolicy.REVERT;
      case OFF -> Policies.DriftPolicy.OFF;
      case REPORT -> Policies.DriftPolicy.REPORT;
      case null -> Policies.DriftPolicy.REPORT;
    };
  }

  static Optional<Interval.Unit> unit(@Nullable IntervalUnit unit) {
    return switch (unit) {
      case DAY -> Optional.of(Interval.Unit.DAY);
      case WEEK -> Optional.of(Interval.Unit.WEEK);
      case MONTH -> Optional.of(Interval.Unit.MONTH);
      case YEAR -> Optional.of(Interval.Unit.YEAR);
      case null -> Optional.empty();
    };
  }

  static Optional<CatalogPlan.TrialEnd> trialEnd(@Nullable TrialEnd end) {
    return switch (end) {
      case CONVERT_TO_PAID -> Optional.of(CatalogPlan.TrialEnd.CONVERT_TO_PAID);
      case CANCEL -> Optional.of(CatalogPlan.TrialEnd.CANCEL);
      case null -> Optional.empty();
    };
  }

  static Optional<Entitlement.Mode> mode(@Nullable EntitlementMode mode) {
    return switch (mode) {
      case INCREMENT -> Optional.of(Entitlement.Mode.INCREMENT);
      case OVERRIDE -> Optional.of(Entitlement.Mode.OVERRIDE);
      case null -> Optional.empty();
    };
  }

  static Optional<CatalogPlan.TaxBehavior> taxBehavior(@Nullable TaxBehavior behavior) {
    return switch (behavior) {
      case EXCLUSIVE -> Optional.of(CatalogPlan.TaxBehavior.EXCLUSIVE);
      case INCLUSIVE -> Optional.of(CatalogPlan.TaxBehavior.INCLUSIVE);
      case null -> Optional.empty();
    };
  }
}
