package dev.planwright.catalog;

import dev.planwright.api.v1alpha1.Rule;
import java.util.List;
import java.util.Set;

/** What became of a Plan and its Prices. */
public sealed interface Compilation {
  /**
   * A plan that can be put before a backend.
   *
   * @param plan what is wanted
   * @param policies what may be done for it
   * @param warnings what is valid and somebody should know
   * @param complete whether {@code requiredPrices} names prices and all are there, so that nothing
   *     else has to be waited for
   */
  record Compiled(CatalogPlan plan, Policies policies, List<String> warnings, boolean complete)
      implements Compilation {
    public Compiled {
      warnings = List.copyOf(warnings);
    }
  }

  /** Manifests that are not valid, with everything that is wrong. */
  record Invalid(List<Finding> findings) implements Compilation {
    /** Rules that a changed field breaks, rather than a wrong one. */
    private static final Set<Rule> CHANGES =
        Set.of(
            Rule.KEY_IMMUTABLE,
            Rule.BACKEND_REF_IMMUTABLE,
            Rule.EXTERNAL_ID_IMMUTABLE,
            Rule.EXTERNAL_ID_MATCHES_STATUS);

    public Invalid {
      findings = List.copyOf(findings);
    }

    /** What is wrong, object by object, in the order of the fields. */
    public List<Violation> violations() {
      return findings.stream().map(Finding::violation).toList();
    }

    /** What is wrong with one object, for instance {@code Price shop/team-monthly}. */
    public List<Violation> violations(String object) {
      return violations().stream().filter(violation -> violation.object().equals(object)).toList();
    }

    /** {@link Reason#IMMUTABLE_FIELD} when that is all that is wrong. */
    public Reason reason() {
      return findings.stream().allMatch(finding -> CHANGES.contains(finding.rule()))
          ? Reason.IMMUTABLE_FIELD
          : Reason.INVALID_SPEC;
    }
  }

  /**
   * Valid as far as it goes, and something that it names does not exist yet.
   *
   * @param policies what may be done
   * @param reason {@link Reason#PLAN_NOT_FOUND}, or {@link Reason#WAITING_FOR_PRICES}
   * @param missing names of the Plans or Prices; empty when the plan is paid and has no price and
   *     names none
   */
  record Waiting(Policies policies, Reason reason, List<String> missing) implements Compilation {
    public Waiting {
      missing = List.copyOf(missing);
    }

    /** For the person who waits too. */
    public String message() {
      if (missing.isEmpty()) {
        return "the plan is Paid and has no Price yet; apply a Price whose spec.planRef names it, or"
            + " set spec.pricing to Free or Custom";
      }
      String what = reason == Reason.PLAN_NOT_FOUND ? "Plan" : "Price";
      return "waits for "
          + (missing.size() == 1 ? what + " " : what + "s ")
          + String.join(", ", missing)
          + "; apply what is missing, or mend the name";
    }
  }

  /**
   * One thing that is wrong, and the rule that it breaks.
   *
   * @param rule the rule
   * @param violation where and how
   */
  record Finding(Rule rule, Violation violation) {}
}
