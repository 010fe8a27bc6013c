package dev.planwright.backend;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backend says of a plan and of what may be done for it: the operator and {@code planwright
 * validate} ask here, so that both say the same. Pure.
 */
public final class Check {
  private Check() {}

  /**
   * What {@link Provider#check} says, and a warning of a policy that can never be carried out. It
   * is no violation: as long as nobody deletes the Plan, everything can be done for it.
   */
  public static Verdict of(
      Provider<?> provider, CatalogPlan plan, Policies policies, AccountFacts facts) {
    Verdict verdict = provider.check(plan, facts);
    List<String> warnings = new ArrayList<>(verdict.warnings());
    provider
        .neverRemoves(policies.deletion(), facts)
        .map(never -> warning(plan, policies.deletion(), never))
        .ifPresent(warnings::add);
    return new Verdict(verdict.violations(), warnings);
  }

  private static String warning(
      CatalogPlan plan, Policies.Deletion policy, Removal.Impossible never) {
    return new Violation(
            plan.object(),
            "spec.deletionPolicy",
            policy.word(),
            never.why() + ", and the Plan would wait for ever when it is deleted",
            never.instead())
        .message();
  }
}
