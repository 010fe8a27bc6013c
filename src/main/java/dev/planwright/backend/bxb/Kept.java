package dev.planwright.backend.bxb;

import dev.planwright.backend.MarkLine;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Fields of a plan that the manifest leaves out and that were there before it was adopted: they
 * stay, and the mark, or else status, remembers them.
 *
 * @param wanted what is wanted, with what stays
 * @param names what stays, as it is remembered
 * @param unknown what would be taken away though nobody can tell whose it is
 */
record Kept(Wanted wanted, Set<String> names, List<String> unknown) {
  static final String DESCRIPTION = "description";
  static final String TRIAL = "trial";
  static final String BASE_FEE = "basefee";

  static Kept over(Wanted wanted, BxbPlan there, BxbWorld world) {
    Set<String> names = new TreeSet<>();
    List<String> unknown = new ArrayList<>();
    String text = MarkLine.split(there.description()).text();
    for (String name : silent(wanted, there)) {
      switch (world.origin(name)) {
        case OURS -> {}
        case NOT_OURS -> names.add(name);
        case UNKNOWN -> unknown.add(shown(name, text, there));
      }
    }
    Wanted merged =
        wanted.with(
            names.contains(DESCRIPTION) ? text : wanted.text(),
            names.contains(BASE_FEE) ? there.amountCents() : wanted.amountCents(),
            names.contains(TRIAL) ? there.trialDays().intValueExact() : wanted.trialDays());
    return new Kept(merged, names, List.copyOf(unknown));
  }

  /** What is there and the manifest leaves out. */
  private static Set<String> silent(Wanted wanted, BxbPlan there) {
    Set<String> silent = there(there);
    silent.removeAll(named(wanted));
    return silent;
  }

  /** What of this a plan has. */
  static Set<String> there(BxbPlan plan) {
    Set<String> there = new TreeSet<>();
    note(there, DESCRIPTION, !MarkLine.split(plan.description()).text().isEmpty());
    note(there, TRIAL, plan.trialDays().signum() != 0);
    note(there, BASE_FEE, plan.amountCents().signum() != 0);
    return there;
  }

  /** What of this the manifest says. */
  static Set<String> named(Wanted wanted) {
    Set<String> named = new TreeSet<>();
    note(named, DESCRIPTION, !wanted.text().isEmpty());
    note(named, TRIAL, wanted.trialDays() != 0);
    note(named, BASE_FEE, wanted.hasBaseFee());
    return named;
  }

  private static void note(Set<String> into, String name, boolean is) {
    if (is) {
      into.add(name);
    }
  }

  private static String shown(String name, String text, BxbPlan there) {
    return switch (name) {
      case DESCRIPTION -> "description \"" + text + "\"";
      case TRIAL -> "trial of " + Decimals.canonical(there.trialDays()) + " days";
      default -> "base fee " + major(there.amountCents(), there.currency());
    };
  }

  private static String major(BigDecimal cents, String currency) {
    return Decimals.canonical(Decimals.majorUnits(cents, currency)) + " " + currency;
  }
}
