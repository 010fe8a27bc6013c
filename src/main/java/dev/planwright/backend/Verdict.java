package dev.planwright.backend;

import dev.planwright.catalog.Violation;
import java.util.List;

/**
 * Whether a backend can say a plan.
 *
 * @param violations what it cannot say, all of it; with any, no call is made
 * @param warnings what it accepts and somebody should know
 */
public record Verdict(List<Violation> violations, List<String> warnings) {
  public Verdict {
    violations = List.copyOf(violations);
    warnings = List.copyOf(warnings);
  }

  public boolean isExpressible() {
    return violations.isEmpty();
  }
}
