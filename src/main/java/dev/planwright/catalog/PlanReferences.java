package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.LocalRef;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanType;
import dev.planwright.api.v1alpha1.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The other Plans that a Plan names, as their keys on the account. */
final class PlanReferences {
  private final String namespace;
  private final String name;
  private final Plan plan;
  private final PlanLookup lookup;
  private final CompilerFields fields;
  private final List<String> missing = new ArrayList<>();

  PlanReferences(
      String namespace, String name, Plan plan, PlanLookup lookup, CompilerFields fields) {
    this.namespace = namespace;
    this.name = name;
    this.plan = plan;
    this.lookup = lookup;
    this.fields = fields;
  }

  /** Names that no Plan has yet. */
  List<String> missing() {
    return missing.stream().distinct().toList();
  }

  /** The parent's key. */
  Optional<String> parent() {
    LocalRef ref = plan.getSpec().parentPlanRef();
    if (ref == null) {
      return Optional.empty();
    }
    String field = "spec.parentPlanRef.name";
    String parentName = fields.name(field, ref.name());
    if (parentName.equals(name)) {
      fields.report(
          Rule.PARENT_IS_ANOTHER, field, parentName, "is this Plan itself", "name another Plan");
      return Optional.empty();
    }
    Optional<Plan> parent = find(parentName);
    parent.ifPresent(
        found -> {
          sameBackend(field, parentName, found);
          circle(parentName, found)
              .ifPresent(
                  circle ->
                      fields.report(
                          Rule.PARENT_IS_ANOTHER,
                          field,
                          parentName,
                          "closes a circle: " + circle,
                          "remove one parentPlanRef of the circle"));
        });
    return parent.map(found -> CatalogCompiler.key(found));
  }

  /** The keys of the add-ons. */
  List<String> addOns() {
    List<String> keys = new ArrayList<>();
    List<LocalRef> refs = plan.getSpec().compatibleAddOns();
    for (int i = 0; i < Math.min(refs.size(), 100); i++) {
      String field = "spec.compatibleAddOns[" + i + "].name";
      String addOn = fields.name(field, refs.get(i).name());
      if (addOn.equals(name)) {
        fields.report(
            Rule.ADD_ON_IS_ANOTHER, field, addOn, "is this Plan itself", "name another Plan");
        continue;
      }
      find(addOn)
          .ifPresent(
              found -> {
                sameBackend(field, addOn, found);
                if (found.getSpec().type() != PlanType.ADD_ON) {
                  fields.report(
                      Rule.ADD_ON_TYPE,
                      field,
                      addOn,
                      "is no AddOn",
                      "name a Plan with spec.type: AddOn");
                }
                keys.add(CatalogCompiler.key(found));
              });
    }
    return keys;
  }

  private Optional<Plan> find(String other) {
    if (other.isEmpty()) {
      return Optional.empty();
    }
    Optional<Plan> found = lookup.find(namespace, other);
    if (found.isEmpty()) {
      missing.add(other);
    }
    return found;
  }

  private void sameBackend(String field, String other, Plan found) {
    String mine = CatalogCompiler.backend(plan);
    String theirs = CatalogCompiler.backend(found);
    if (!mine.equals(theirs)) {
      fields.report(
          Rule.SAME_BACKEND,
          field,
          other,
          "is sold through BillingBackend " + theirs + ", this Plan through " + mine,
          "name a Plan of BillingBackend " + mine);
    }
  }

  /** The way up from the parent, when it never ends. */
  private Optional<String> circle(String parentName, Plan parent) {
    Set<String> seen = new HashSet<>(Set.of(name, parentName));
    StringBuilder way = new StringBuilder(name + " -> " + parentName);
    Optional<Plan> at = Optional.of(parent);
    while (at.isPresent()) {
      LocalRef ref = at.get().getSpec().parentPlanRef();
      if (ref == null || ref.name().isEmpty()) {
        return Optional.empty();
      }
      way.append(" -> ").append(ref.name());
      if (!seen.add(ref.name())) {
        return Optional.of(way.toString());
      }
      at = lookup.find(namespace, ref.name());
    }
    return Optional.empty();
  }
}
