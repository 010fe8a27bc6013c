package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Check;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.Compilation;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is valid and somebody should know. {@code planwright validate} says it in the same words,
 * and in the same order: the manifests first, then the backend. Pure.
 */
public final class PlanWarnings {
  private PlanWarnings() {}

  /** What is known without asking anybody. */
  public static List<String> ofManifests(Compilation.Compiled compiled) {
    return compiled.warnings();
  }

  /** Everything, the backend's own included. */
  static List<String> of(Compilation.Compiled compiled, Provider<?> provider, AccountFacts facts) {
    return Stream.concat(
            ofManifests(compiled).stream(),
            Check.of(provider, compiled.plan(), compiled.policies(), facts).warnings().stream())
        .toList();
  }

  /**
   * Everything, where nobody has asked the account since the process started: what the backend
   * warned of may need facts that are not remembered, and stands in status from the last time.
   */
  static List<String> remembered(Plan plan, Compilation.Compiled compiled) {
    List<String> own = ofManifests(compiled);
    return Stream.concat(
            own.stream(),
            plan.getStatus().warnings().stream().filter(warning -> !own.contains(warning)))
        .toList();
  }

  /** Whether what stands in status was said of this very spec. */
  static boolean areKnown(Plan plan) {
    Long generation = plan.getMetadata().getGeneration();
    return generation == null || generation.equals(plan.getStatus().observedGeneration());
  }
}
