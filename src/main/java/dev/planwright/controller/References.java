package dev.planwright.controller;

import dev.planwright.api.v1alpha1.LocalRef;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.catalog.CatalogCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which object names which; all within one namespace. */
public final class References {
  private References() {}

  /** The BillingBackend that a Plan uses. */
  public static ObjectKey backendOf(Plan plan) {
    return new ObjectKey(plan.getMetadata().getNamespace(), CatalogCompiler.backend(plan));
  }

  /** The Plan that a Price belongs to. */
  public static ObjectKey planOf(Price price) {
    LocalRef ref = price.getSpec().planRef();
    return new ObjectKey(price.getMetadata().getNamespace(), ref == null ? "" : ref.name());
  }

  /** The parent and the add-ons that a Plan names. */
  static List<ObjectKey> plansNamedBy(Plan plan) {
    PlanSpec spec = plan.getSpec();
    List<LocalRef> refs = new ArrayList<>(spec.compatibleAddOns());
    LocalRef parent = spec.parentPlanRef();
    if (parent != null) {
      refs.add(parent);
    }
    return refs.stream()
        .map(ref -> new ObjectKey(plan.getMetadata().getNamespace(), ref.name()))
        .distinct()
        .toList();
  }

  /** The plan's identity on the account: {@code spec.key}, else {@code <namespace>.<name>}. */
  public static String keyOf(Plan plan) {
    return CatalogCompiler.key(plan);
  }

  /**
   * The external ids that a Plan holds or asks for: in status, in the annotation that keeps it, in
   * its spec.
   */
  static Set<String> externalIdsOf(Plan plan) {
    return Stream.of(
            Optional.ofNullable(plan.getStatus().externalId()),
            KeptId.of(plan),
            Optional.ofNullable(plan.getSpec().externalId()))
        .flatMap(Optional::stream)
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
