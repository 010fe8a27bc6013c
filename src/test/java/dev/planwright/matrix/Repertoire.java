package dev.planwright.matrix;

import dev.planwright.catalog.CatalogPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What one backend plays: the shared scenarios, some of them with plans of its own, some of them
 * refused, and then scenarios that only it has. Names are those of the scenarios.
 */
final class Repertoire {
  private final Map<String, Scenario> shared = new LinkedHashMap<>();
  private final List<Scenario> own = new ArrayList<>();

  private Repertoire() {}

  /** Every shared scenario, as it is. */
  static Repertoire shared() {
    Repertoire all = new Repertoire();
    Scenarios.shared().forEach(scenario -> all.shared.put(scenario.name(), scenario));
    return all;
  }

  /** With this plan, which this backend can say. */
  Repertoire with(String name, CatalogPlan plan) {
    return with(name, plan, plan);
  }

  /** With these plans, of which this backend can say at least the first. */
  Repertoire with(String name, CatalogPlan before, CatalogPlan after) {
    return change(name, scenario -> scenario.about(before, after));
  }

  /** This backend refuses these, like this. */
  Repertoire refusing(Scenario.End end, String... names) {
    for (String name : names) {
      change(name, scenario -> scenario.ending(end));
    }
    return this;
  }

  /** Scenarios that only this backend has. */
  Repertoire and(List<Scenario> scenarios) {
    own.addAll(scenarios);
    return this;
  }

  Repertoire and(Scenario... scenarios) {
    return and(List.of(scenarios));
  }

  List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>(shared.values());
    all.addAll(own);
    return List.copyOf(all);
  }

  private Repertoire change(String name, UnaryOperator<Scenario> change) {
    if (shared.computeIfPresent(name, (key, scenario) -> change.apply(scenario)) == null) {
      throw new IllegalArgumentException("no shared scenario is called " + name);
    }
    return this;
  }
}
