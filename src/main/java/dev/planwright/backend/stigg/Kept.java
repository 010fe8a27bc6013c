package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people put on a plan before it was adopted, and no manifest names: it stays as it is. Our
 * mark remembers which fields these are, so that it is told from what a manifest of ours took back.
 */
final class Kept {
  static final String DESCRIPTION = "description";
  static final String PARENT = "parentPlan";
  static final String TRIAL = "trial";
  static final String TRIAL_END = "trial.onEnd";
  static final String BUDGET = "trial.budget";
  static final String ADD_ONS = "compatibleAddOns";

  /** A budget as {@link Pack} spells it at the end of a trial. */
  private static final Pattern BUDGET_SPELLED = Pattern.compile(" within ([0-9.]+)( soft)?$");

  private static final Pattern END = Pattern.compile(" (CONVERT_TO_PAID|CANCEL_SUBSCRIPTION)$");

  private final Wanted wanted;
  private final Pack there;
  private final boolean adopting;
  private final Set<String> before;
  private final SortedSet<String> kept = new TreeSet<>();

  private Kept(Wanted wanted, Pack there) {
    this.wanted = wanted;
    this.there = there;
    this.adopting = Mark.identity(there).isEmpty();
    this.before = Mark.kept(there);
  }

  /** What is wanted over what is there: where the manifest is silent, what stays. */
  static Wanted over(Wanted wanted, Pack there) {
    return new Kept(wanted, there).merged();
  }

  private Wanted merged() {
    String description = text(DESCRIPTION, wanted.description(), there.description());
    if (wanted.addon()) {
      return wanted.keeping(description, "", wanted.trial(), wanted.terms(), kept);
    }
    String parent = text(PARENT, wanted.parent(), there.parent());
    // An older server shows neither: then what may be there is kept by leaving it out.
    Pack.Terms terms = there.terms().orElse(new Pack.Terms("", java.util.List.of()));
    boolean hidden = there.terms().isEmpty();
    Pack.Terms to = wanted.terms();
    if (to.addOns().isEmpty() && isKept(ADD_ONS, hidden || !terms.addOns().isEmpty())) {
      to = new Pack.Terms(to.trial(), terms.addOns());
    }
    if (wanted.trial().isEmpty()) {
      if (isKept(TRIAL, hidden || !terms.trial().isEmpty())) {
        to = new Pack.Terms(terms.trial(), to.addOns());
      }
      return wanted.keeping(description, parent, Optional.empty(), to, kept);
    }
    ObjectNode trial = wanted.trial().get().deepCopy();
    String spelled = to.trial() + end(terms.trial(), trial) + budget(terms.trial(), trial);
    return wanted.keeping(
        description, parent, Optional.of(trial), new Pack.Terms(spelled, to.addOns()), kept);
  }

  private String text(String field, String to, String from) {
    return to.isEmpty() && isKept(field, !from.isEmpty()) ? from : to;
  }

  private boolean isKept(String field, boolean isThere) {
    boolean stays = isThere && (adopting || before.contains(field));
    if (stays) {
      kept.add(field);
    }
    return stays;
  }

  /** A trial is written whole: how it ends goes along where the manifest does not say it. */
  private String end(String from, ObjectNode trial) {
    Matcher end = END.matcher(BUDGET_SPELLED.matcher(from).replaceFirst(""));
    boolean found = end.find() && !trial.has("trialEndBehavior");
    boolean was = adopting || before.contains(TRIAL) || before.contains(TRIAL_END);
    if (!found || !was) {
      return "";
    }
    kept.add(TRIAL_END);
    trial.put("trialEndBehavior", end.group(1));
    return " " + end.group(1);
  }

  /** So does its budget, which no manifest can say. */
  private String budget(String from, ObjectNode trial) {
    Matcher budget = BUDGET_SPELLED.matcher(from);
    if (!budget.find() || !(adopting || before.contains(TRIAL) || before.contains(BUDGET))) {
      return "";
    }
    kept.add(BUDGET);
    ObjectNode node = trial.putObject("budget");
    node.set("limit", Words.number(new BigDecimal(budget.group(1))));
    node.put("hasSoftLimit", budget.group(2) != null);
    return budget.group();
  }

  /** What would be lost with a trial that is taken away. */
  static Optional<String> budget(String trial) {
    Matcher budget = BUDGET_SPELLED.matcher(trial);
    return budget.find()
        ? Optional.of("trial budget" + budget.group().replace(" within", ""))
        : Optional.empty();
  }
}
