package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.MarkLine;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls that bring one plan from what is there to what is wanted. At most one call for texts,
 * base fee and trial, one for all charges, and one for each thing beside the plan.
 */
final class BxbPlanner {
  private final CatalogPlan desired;
  private final Wanted wanted;
  private final BxbWorld world;
  private final BxbSettings settings;
  private final Kept stays;
  private final List<Step> steps = new ArrayList<>();

  private BxbPlanner(CatalogPlan desired, Wanted said, BxbWorld world, BxbSettings settings) {
    this.desired = desired;
    this.stays =
        world
            .plan()
            .map(it -> Kept.over(said, it, world))
            .orElse(new Kept(said, Set.of(), List.of()));
    this.wanted = stays.wanted();
    this.world = world;
    this.settings = settings;
  }

  static List<Step> plan(CatalogPlan desired, BxbWorld world, BxbSettings settings) {
    if (Words.leading(desired).isEmpty()) {
      return List.of(); // nothing to sell: the core says so, and bxb is left as it is
    }
    Wanted wanted = Wanted.of(desired, settings, world.directory());
    if (!wanted.missing().isEmpty()) {
      return List.of(unresolved(desired, wanted.missing()));
    }
    BxbPlanner planner = new BxbPlanner(desired, wanted, world, settings);
    world.plan().ifPresentOrElse(planner::change, planner::create);
    return List.copyOf(planner.steps);
  }

  /** A bulk listing may meet a reference that went away: a difference, and nothing to send. */
  private static Step unresolved(CatalogPlan desired, List<MissingReference> missing) {
    List<FieldChange> changes =
        missing.stream().map(it -> new FieldChange(it.field(), "", it.lookedFor())).toList();
    return Step.of(
            Step.Kind.WRITE,
            "resolve what " + desired.object() + " refers to",
            sending -> {
              throw new IllegalStateException("cannot be sent: " + changes);
            })
        .changes(changes)
        .build();
  }

  private void create() {
    ObjectNode body = BxbCalls.object();
    body.put("code", wanted.code());
    body.put("name", wanted.name());
    String description = description(wanted.filtersHash(), Set.of());
    if (!description.isEmpty()) {
      body.put("description", description);
    }
    body.put("interval", wanted.interval());
    body.put("amount_cents", wanted.amountCents().longValueExact());
    body.put("currency", wanted.currency());
    if (wanted.trialDays() != 0) {
      body.put("trial_period_days", wanted.trialDays());
    }
    if (!wanted.charges().isEmpty()) {
      body.set("charges", charges());
    }
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange("displayName", "", wanted.name()));
    changes.add(new FieldChange(wanted.baseField(), "", major(wanted.amountCents())));
    wanted.charges().forEach(it -> changes.add(ChargeDiff.added(it)));
    // Without a mark the code alone does not tell later that it was us: then it is journaled.
    Step.Builder step =
        Step.of(
            settings.marks() ? Step.Kind.KEYED_CREATE : Step.Kind.CREATE,
            "create plan " + wanted.code(),
            sending -> BxbCalls.createPlan(body.deepCopy()));
    if (!settings.marks()) {
      step.intent(Handles.PLAN);
    }
    steps.add(
        step.changes(changes)
            .affects(BxbStep.CREATE_PLAN.affects())
            .learn(
                (handles, answer) ->
                    rememberCharges(
                        handles.with(
                            Handles.PLAN, BxbPlan.text(answer.requireBody("plans.create"), "id"))))
            .build());
    new BxbChildren(wanted, world, settings, true).addAll(steps);
  }

  private void change(BxbPlan remote) {
    ChargeDiff diff = ChargeDiff.of(wanted, remote, world, settings);
    String oldHash = remote.mark().map(Marks::filters).orElse("");
    boolean filtersDiffer = settings.marks() && !wanted.filtersHash().equals(oldHash);
    boolean replace = diff.differs() || filtersDiffer || world.mayHideFilters();
    Set<String> kept = new TreeSet<>(new BxbChildren(wanted, world, settings, false).notOurs());
    kept.addAll(stays.names());
    if (!replace) {
      diff.notOurs().forEach(it -> kept.add(it.hash()));
    }
    String description = description(wanted.filtersHash(), kept);
    boolean unmarking = !settings.marks() && remote.mark().isPresent();
    if (!unmarking) {
      scalars(remote, replace ? remote.description() : description);
    }
    if (replace) {
      replaceCharges(remote, diff, unmarking ? remote.description() : description);
    }
    new BxbChildren(wanted, world, settings, false).addAll(steps);
    if (unmarking) {
      // Last: as long as something of ours is to be taken away, the mark says that it is ours.
      scalars(remote, description);
    }
  }

  private void scalars(BxbPlan remote, String description) {
    ObjectNode body = BxbCalls.object();
    List<FieldChange> changes = new ArrayList<>();
    Set<BxbStep> parts = EnumSet.noneOf(BxbStep.class);
    if (!remote.name().equals(wanted.name())) {
      body.put("name", wanted.name());
      changes.add(new FieldChange("displayName", remote.name(), wanted.name()));
      parts.add(BxbStep.CHANGE_TEXT);
    }
    if (!remote.description().equals(description)) {
      body.put("description", description);
      changes.addAll(MarkLine.changes(remote.description(), description));
      parts.add(BxbStep.CHANGE_TEXT);
    }
    if (!Decimals.same(remote.amountCents(), wanted.amountCents())) {
      body.put("amount_cents", wanted.amountCents().longValueExact());
      changes.add(
          new FieldChange(
              wanted.baseField(), major(remote.amountCents()), major(wanted.amountCents())));
      parts.add(BxbStep.CHANGE_BASE_FEE);
    }
    BigDecimal trialDays = BigDecimal.valueOf(wanted.trialDays());
    if (!Decimals.same(remote.trialDays(), trialDays)) {
      body.put("trial_period_days", wanted.trialDays());
      changes.add(
          new FieldChange("trial.days", daysOrNone(remote.trialDays()), daysOrNone(trialDays)));
      parts.add(BxbStep.CHANGE_TRIAL);
    }
    if (!body.isEmpty()) {
      steps.add(
          Step.of(
                  Step.Kind.WRITE,
                  "change plan " + wanted.code(),
                  sending -> BxbCalls.updatePlan(remote.id(), body.deepCopy()))
              .changes(changes)
              .affects(BxbStep.affects(parts))
              .erases(stays.unknown())
              .build());
    }
  }

  /** bxb writes no trial as one of no days. */
  private static String daysOrNone(BigDecimal days) {
    return days.signum() == 0 ? "" : Decimals.canonical(days);
  }

  private void replaceCharges(BxbPlan remote, ChargeDiff diff, String description) {
    ObjectNode body = BxbCalls.object();
    body.set("charges", charges());
    List<FieldChange> changes = new ArrayList<>(diff.changes());
    String oldFilters =
        world.mayHideFilters() ? "not shown by bxb" : remote.mark().map(Marks::filters).orElse("");
    if (settings.marks() && !oldFilters.equals(wanted.filtersHash())) {
      changes.add(new FieldChange(filtersField(), oldFilters, wanted.filtersHash()));
    }
    if (!remote.description().equals(description)) {
      // The hash of the filters travels with the filters: neither is ever there alone.
      body.put("description", description);
      changes.addAll(MarkLine.changes(remote.description(), description));
    }
    List<String> erases = new ArrayList<>(stays.unknown());
    diff.notOurs().forEach(it -> erases.add("charge " + ChargeDiff.shown(it, world.directory())));
    if (world.mayHideFilters()) {
      erases.add(
          "filters that the charges of plan "
              + remote.code()
              + " may have and bxb never shows (to go on, remove its charges in bxb)");
    }
    Step.Builder step =
        Step.of(
                Step.Kind.WRITE,
                "replace charges of plan "
                    + wanted.code()
                    + " (bxb answers 500 once invoices refer to the old ones)",
                sending -> BxbCalls.updatePlan(remote.id(), body.deepCopy()))
            .changes(changes)
            .affects(BxbStep.REPLACE_CHARGES.affects())
            .erases(erases)
            .learn((handles, answer) -> rememberCharges(handles));
    steps.add((diff.takesAway() ? step.removes() : step).build());
  }

  /** bxb never shows filters: with several prices that have some, nobody can say whose differ. */
  private String filtersField() {
    List<String> names =
        wanted.charges().stream()
            .filter(Wanted.Charge::filtered)
            .map(it -> it.price().name())
            .toList();
    return names.size() == 1
        ? "prices." + names.getFirst() + ".filters"
        : "prices[filtered].filters";
  }

  private ArrayNode charges() {
    ArrayNode all = BxbCalls.object().arrayNode();
    wanted.charges().forEach(it -> all.add(it.body()));
    return all;
  }

  private Handles rememberCharges(Handles handles) {
    return settings.marks()
        ? handles
        : Recollection.made(
            Recollection.made(handles, Kept.named(wanted)),
            wanted.charges().stream().map(it -> it.remote().hash()).toList());
  }

  private String description(String filtersHash, Set<String> kept) {
    return settings.marks()
        ? Marks.of(desired, filtersHash, kept).appendTo(wanted.text())
        : wanted.text();
  }

  private String major(BigDecimal cents) {
    return Decimals.canonical(Decimals.majorUnits(cents, wanted.currency()));
  }
}
