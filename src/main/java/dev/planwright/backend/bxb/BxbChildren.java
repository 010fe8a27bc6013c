package dev.planwright.backend.bxb;

import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What hangs beside a plan: commitment, thresholds, entitlements, tax. None of them knows a unique
 * key of ours, so they are listed before they are written, and one too many of ours goes away.
 */
final class BxbChildren {
  private final Wanted wanted;
  private final BxbWorld world;
  private final BxbSettings settings;
  private final boolean freshPlan;

  private final List<Step> creates = new ArrayList<>();
  private final List<Step> deletes = new ArrayList<>();
  private final TreeSet<String> notOurs = new TreeSet<>();

  /**
   * Compares what is wanted with the world.
   *
   * @param freshPlan whether the plan is created in the same round, so that its id comes later
   */
  BxbChildren(Wanted wanted, BxbWorld world, BxbSettings settings, boolean freshPlan) {
    this.wanted = wanted;
    this.world = world;
    this.settings = settings;
    this.freshPlan = freshPlan;
    commitments(world.plan().map(BxbPlan::commitments).orElse(List.of()));
    thresholds(world.plan().map(BxbPlan::thresholds).orElse(List.of()));
    entitlements(world.plan().map(BxbPlan::entitlements).orElse(List.of()));
    taxes(world.plan().map(BxbPlan::taxes).orElse(List.of()));
  }

  /** Adds the steps: what is missing first, so that a subscriber is never without. */
  void addAll(List<Step> steps) {
    steps.addAll(creates);
    steps.addAll(deletes);
  }

  /** Hashes of what somebody else made: it stays, and our mark remembers it. */
  Set<String> notOurs() {
    return notOurs;
  }

  /** The name under which a part of a plan is remembered as ours or as not ours. */
  static String hash(String id) {
    return Hash.of(id, 12);
  }

  private void commitments(List<BxbPlan.Commitment> remote) {
    List<BxbPlan.Commitment> left = new ArrayList<>(remote);
    wanted
        .commitment()
        .ifPresent(
            cents -> {
              Optional<BxbPlan.Commitment> same =
                  left.stream()
                      .filter(it -> it.type().equals(BxbPlan.MINIMUM))
                      .filter(it -> Decimals.same(it.amountCents(), cents))
                      .findFirst();
              Optional<BxbPlan.Commitment> other =
                  left.stream()
                      .filter(it -> it.type().equals(BxbPlan.MINIMUM))
                      .min(Comparator.comparing(it -> !world.isOurs(hash(it.id()))));
              if (same.isPresent()) {
                left.remove(same.get());
              } else if (other.isPresent()) {
                left.remove(other.get());
                changeCommitment(other.get(), cents);
              } else {
                create(
                    BxbStep.CHANGE_COMMITMENT,
                    "create the minimum commitment",
                    new FieldChange("minimumCommitments[0].amount", "", major(cents)),
                    planId -> BxbCalls.createCommitment(wanted.code(), cents));
              }
            });
    for (BxbPlan.Commitment it : left) {
      drop(
          it.id(),
          BxbStep.CHANGE_COMMITMENT,
          "remove a minimum commitment",
          new FieldChange("minimumCommitments", it.type() + " " + major(it.amountCents()), ""),
          BxbCalls.deleteCommitment(it.id()));
    }
  }

  private void changeCommitment(BxbPlan.Commitment before, BigDecimal cents) {
    creates.add(
        Step.of(
                Step.Kind.WRITE,
                "change the minimum commitment of plan " + wanted.code(),
                sending -> BxbCalls.updateCommitment(before.id(), cents))
            .changes(
                List.of(
                    new FieldChange(
                        "minimumCommitments[0].amount", major(before.amountCents()), major(cents))))
            .affects(BxbStep.CHANGE_COMMITMENT.affects())
            .build());
  }

  private void thresholds(List<BxbPlan.Threshold> remote) {
    List<BxbPlan.Threshold> left = new ArrayList<>(remote);
    for (BxbPlan.Threshold threshold : wanted.thresholds()) {
      Optional<BxbPlan.Threshold> same =
          left.stream().filter(it -> it.content().equals(threshold.content())).findFirst();
      if (same.isPresent()) {
        left.remove(same.get());
      } else {
        create(
            BxbStep.CHANGE_THRESHOLD,
            "create usage threshold " + shown(threshold),
            new FieldChange("usageThresholds", "", shown(threshold)),
            planId -> BxbCalls.createThreshold(wanted.code(), threshold));
      }
    }
    for (BxbPlan.Threshold it : left) {
      drop(
          it.id(),
          BxbStep.CHANGE_THRESHOLD,
          "remove usage threshold " + shown(it),
          new FieldChange("usageThresholds", shown(it), ""),
          BxbCalls.deleteThreshold(it.id()));
    }
  }

  private void entitlements(List<BxbPlan.Granted> remote) {
    Map<String, BxbPlan.Granted> byFeature = new LinkedHashMap<>();
    remote.forEach(it -> byFeature.put(it.featureId(), it));
    new TreeMap<>(wanted.grants())
        .forEach(
            (featureId, grant) -> {
              String field = "entitlements[" + grant.entitlement().feature() + "]";
              BxbPlan.Granted before = byFeature.remove(featureId);
              if (before == null) {
                create(
                    BxbStep.CHANGE_ENTITLEMENT,
                    "grant " + grant.entitlement().feature(),
                    new FieldChange(field, "", grant.value()),
                    planId -> BxbCalls.createEntitlement(planId, featureId, grant.value()));
              } else if (!before.value().equals(grant.value())) {
                creates.add(
                    Step.of(
                            Step.Kind.WRITE,
                            "change what plan "
                                + wanted.code()
                                + " grants of "
                                + grant.entitlement().feature(),
                            sending -> BxbCalls.updateEntitlement(before.id(), grant.value()))
                        .changes(List.of(new FieldChange(field, before.value(), grant.value())))
                        .affects(BxbStep.CHANGE_ENTITLEMENT.affects())
                        .build());
              }
            });
    for (BxbPlan.Granted it : byFeature.values()) {
      String feature = world.directory().featureName(it.featureId());
      drop(
          it.id(),
          BxbStep.CHANGE_ENTITLEMENT,
          "no longer grant " + feature,
          new FieldChange("entitlements[" + feature + "]", it.value(), ""),
          BxbCalls.deleteEntitlement(it.id()));
    }
  }

  private void taxes(List<BxbPlan.AppliedTax> remote) {
    List<BxbPlan.AppliedTax> left = new ArrayList<>(remote);
    wanted
        .tax()
        .ifPresent(
            tax -> {
              Optional<BxbPlan.AppliedTax> same =
                  left.stream().filter(it -> it.taxId().equals(tax.id())).findFirst();
              if (same.isPresent()) {
                left.remove(same.get());
              } else {
                create(
                    BxbStep.CHANGE_TAX,
                    "apply tax " + tax.code(),
                    new FieldChange("tax.code", "", tax.code()),
                    planId -> BxbCalls.applyTax(planId, tax.code()));
              }
            });
    for (BxbPlan.AppliedTax it : left) {
      drop(
          it.id(),
          BxbStep.CHANGE_TAX,
          "remove tax " + it.taxId(),
          new FieldChange("tax.code", it.taxId(), ""),
          BxbCalls.removeTax(it.id()));
    }
  }

  private void create(
      BxbStep step, String title, FieldChange change, Function<String, ApiRequest> request) {
    Optional<String> known = world.plan().map(BxbPlan::id);
    creates.add(
        Step.of(
                Step.Kind.CHILD_CREATE,
                title + " of plan " + wanted.code(),
                sending ->
                    request.apply(known.orElseGet(() -> sending.handles().require(Handles.PLAN))))
            .changes(List.of(change))
            .affects((freshPlan ? BxbStep.COMPLETE_NEW_PLAN : step).affects())
            .learn(
                (handles, answer) ->
                    settings.marks()
                        ? handles
                        : BxbCalls.withId(
                            answer.body(),
                            id -> BxbWorld.remember(handles, List.of(hash(id))),
                            handles))
            // Somebody made the same entitlement in between; the next look compares its value.
            .alsoDone(409)
            .build());
  }

  private void drop(String id, BxbStep step, String title, FieldChange change, ApiRequest request) {
    if (!world.isOurs(hash(id))) {
      notOurs.add(hash(id));
      return;
    }
    deletes.add(
        Step.of(Step.Kind.DELETE, title + " of plan " + wanted.code(), sending -> request)
            .changes(List.of(change))
            .affects(step.affects())
            .removes()
            .alsoDone(404)
            .build());
  }

  private String major(BigDecimal cents) {
    return Decimals.canonical(Decimals.majorUnits(cents, wanted.currency()));
  }

  private String shown(BxbPlan.Threshold threshold) {
    return major(threshold.amountCents())
        + " "
        + threshold.currency()
        + (threshold.recurring() ? " recurring" : "")
        + (threshold.displayName().isEmpty() ? "" : " \"" + threshold.displayName() + "\"");
  }
}
