package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BackendRef;
import dev.planwright.api.v1alpha1.LocalRef;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.Price;
import java.util.ArrayList;
import java.util.List;

/** Which object names which; all within one namespace. */
public final class References {
  /** The BillingBackend of a Plan that names none. */
  public static final String DEFAULT_BACKEND = "default";

  private References() {}

  /** The BillingBackend that a Plan uses. */
  public static ObjectKey backendOf(Plan plan) {
    BackendRef ref = plan.getSpec().backendRef();
    String name = ref == null || ref.name().isEmpty() ? DEFAULT_BACKEND : ref.name();
    return new ObjectKey(plan.getMetadata().getNamespace(), name);
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
    String key = plan.getSpec().key();
    return key == null || key.isEmpty()
        ? plan.getMetadata().getNamespace() + "." + plan.getMetadata().getName()
        : key;
  }
}
