package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Provider.Planning;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls that bring one plan from what is there to what is wanted: one for a new plan with all
 * its prices; else one for the plan, and one for each price that differs.
 */
final class NodeRailsPlanner {
  private final CatalogPlan desired;
  private final NodeRailsWorld world;
  private final boolean migrate;
  private final String appId;
  private final InstantSource clock;
  private final List<Wanted.Price> wanted;
  private final List<Step> steps = new ArrayList<>();

  private NodeRailsPlanner(
      CatalogPlan desired,
      NodeRailsWorld world,
      boolean migrate,
      String appId,
      InstantSource clock) {
    this.appId = appId;
    this.desired = desired;
    this.world = world;
    this.migrate = migrate;
    this.clock = clock;
    this.wanted =
        world
            .plan()
            .map(it -> Matching.of(desired, it, world.ownership()).wanted())
            .orElseGet(() -> Wanted.prices(desired));
  }

  static List<Step> plan(
      CatalogPlan desired,
      NodeRailsWorld world,
      Planning planning,
      String appId,
      InstantSource clock) {
    boolean migrate = planning.existingSubscribers() == Policies.ExistingSubscribers.MIGRATE;
    NodeRailsPlanner planner = new NodeRailsPlanner(desired, world, migrate, appId, clock);
    if (planner.wanted.isEmpty() && desired.lifecycle() == CatalogPlan.Lifecycle.ACTIVE) {
      return List.of(); // nothing to sell: the core says so, and NodeRails is left as it is
    }
    Optional<Step> unresolved = planner.unresolved();
    if (unresolved.isPresent()) {
      return List.of(unresolved.get());
    }
    world.plan().ifPresentOrElse(planner::change, planner::create);
    return List.copyOf(planner.steps);
  }

  /** A bulk listing may meet a tax rate that went away: a difference, and nothing to send. */
  private Optional<Step> unresolved() {
    return desired
        .tax()
        .filter(it -> world.taxRates().choose(it, linked()) instanceof TaxRates.Choice.Missing)
        .map(
            it ->
                Step.of(
                        Step.Kind.WRITE,
                        "resolve the tax rate of " + desired.object(),
                        sending -> {
                          throw new IllegalStateException("cannot be sent: no such tax rate");
                        })
                    .changes(List.of(new FieldChange("tax", "", TaxRates.words(it))))
                    .build());
  }

  private String linked() {
    return world.plan().map(RemotePlan::taxRateId).orElse("");
  }

  private void create() {
    PlanTexts texts = new PlanTexts(desired, world);
    ObjectNode body = texts.creation(appId);
    Optional<String> standard =
        Defaults.named(desired)
            .or(
                () ->
                    wanted.size() == 1 ? Optional.of(wanted.getFirst().name()) : Optional.empty());
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange("displayName", "", desired.displayName()));
    ArrayNode prices = body.putArray("prices");
    for (Wanted.Price price : wanted) {
      prices.add(creation(price, 1, standard.equals(Optional.of(price.name()))));
      changes.add(new FieldChange("prices." + price.name(), "", price.terms().toString()));
    }
    steps.add(
        Step.of(
                Step.Kind.CREATE,
                "create plan " + desired.identity().key(),
                sending -> NodeRailsCalls.createPlan(body.deepCopy(), sending.idempotencyKey()))
            .changes(changes)
            .affects(NodeRailsStep.CREATE_PLAN.affects(migrate))
            .intent(Handles.PLAN)
            .learn(
                (handles, answer) ->
                    isReplayed(answer)
                        ? handles
                        : handles.with(Handles.PLAN, id("plans.create", answer)))
            .build());
  }

  private void change(RemotePlan remote) {
    Matching matching = Matching.of(desired, remote, world.ownership());
    Defaults defaults = Defaults.of(desired, remote, matching, migrate);
    Agreements agreements = new Agreements(remote, matching, migrate, world.usage());
    // The plan first: an adopted one is claimed before anything is added to it.
    new PlanTexts(desired, world)
        .change(remote, matching, agreements, migrate)
        .ifPresent(steps::add);
    PriceEdits edits = new PriceEdits(remote, migrate, world.usage());
    for (Wanted.Price price : wanted) {
      // The old ones first: while the current one differs, a crash leaves nobody behind.
      agreements.moving(price).forEach(it -> edits.moveOld(it, price));
      edits.leaveOld(price, agreements.staying(price));
      boolean standard = defaults.name().equals(Optional.of(price.name()));
      price(remote, matching, edits, price, standard);
    }
    for (RemotePlan.Price other : defaults.toUnset()) {
      String name = nameOf(matching, other);
      if (defaults.name().equals(Optional.of(name))) {
        edits.passDefaultOn(other, name, defaults.successorIsMade());
      } else {
        edits.unsetDefault(other, name, defaults.name());
      }
    }
    steps.addAll(edits.steps());
    remove(remote, matching);
    if (steps.isEmpty()) {
      steps.addAll(restored(remote, agreements));
    }
    if (steps.isEmpty()) {
      // Not in the round that adds the successor: who subscribes meanwhile is seen by the next.
      retire(remote, matching);
    }
  }

  /** Old prices that somebody changed or switched off by hand: people renew on them. */
  private List<Step> restored(RemotePlan remote, Agreements agreements) {
    PriceEdits edits = new PriceEdits(remote, migrate, world.usage());
    for (Wanted.Price price : wanted) {
      agreements
          .tampered(price)
          .forEach(it -> edits.restoreOld(it, price.name(), agreements.restored(it)));
      agreements.cutOff(price).forEach(it -> edits.bringBackOld(it, price.name()));
    }
    return edits.steps();
  }

  private void price(
      RemotePlan remote,
      Matching matching,
      PriceEdits edits,
      Wanted.Price price,
      boolean standard) {
    Optional<RemotePlan.Price> current = matching.current(price);
    Optional<RemotePlan.Price> dormant =
        current.isEmpty() ? matching.dormant(price) : Optional.empty();
    if (current.or(() -> dormant).isEmpty()) {
      add(remote, matching, price, standard, Optional.empty());
      return;
    }
    RemotePlan.Price there = current.or(() -> dormant).orElseThrow();
    boolean movable = there.terms().isMovableTo(price.terms());
    if (!there.terms().equals(price.terms()) && !(migrate && movable)) {
      add(remote, matching, price, standard, Optional.of(there));
      return;
    }
    dormant.ifPresent(it -> edits.reactivate(it, price.name()));
    edits.bring(there, price);
    if (standard) {
      edits.setDefault(there, price.name());
    }
  }

  /** A price beside the old one, which stays as it is. */
  private void add(
      RemotePlan remote,
      Matching matching,
      Wanted.Price price,
      boolean standard,
      Optional<RemotePlan.Price> old) {
    int revision = matching.nextRevision(price.name());
    ObjectNode body = creation(price, revision, standard);
    List<FieldChange> changes =
        old.map(it -> PriceEdits.termChanges(price.name(), it.terms(), price.terms()))
            .orElseGet(
                () ->
                    List.of(
                        new FieldChange("prices." + price.name(), "", price.terms().toString())));
    NodeRailsStep kind = NodeRailsStep.ADD_PRICE;
    if (old.isPresent()) {
      kind =
          old.get().terms().isMovableTo(price.terms())
              ? NodeRailsStep.CHANGE_AMOUNT
              : NodeRailsStep.REPLACE_PRICE;
    }
    steps.add(
        Step.of(
                Step.Kind.CREATE,
                "add price "
                    + price.name()
                    + old.map(it -> " beside the old one of " + it.terms().money()).orElse(""),
                sending ->
                    NodeRailsCalls.createPrice(
                        remote.id(), body.deepCopy(), sending.idempotencyKey()))
            .changes(changes)
            .affects(kind.affects(migrate))
            .intent(PriceMark.intent(price.name(), revision))
            .learn(
                (handles, answer) ->
                    isReplayed(answer)
                        ? handles
                        : Landing.added(handles, id("prices.create", answer), clock.instant()))
            .build());
  }

  private ObjectNode creation(Wanted.Price price, int revision, boolean standard) {
    ObjectNode body = NodeRailsCalls.object();
    price.terms().writeTo(body);
    if (!price.nickname().isEmpty()) {
      body.put("nickname", price.nickname());
    }
    body.put("sortOrder", price.sortOrder());
    body.put("isDefault", standard);
    body.set(
        "metadata",
        new PriceMark(desired.identity(), price.name(), revision, List.of(Agreed.of(price.terms())))
            .metadata());
    return body;
  }

  /** Prices that no manifest names any more. Without any price left the plan is only archived. */
  private void remove(RemotePlan remote, Matching matching) {
    if (wanted.isEmpty()) {
      return;
    }
    for (RemotePlan.Price price : matching.removed()) {
      String name = nameOf(matching, price);
      boolean unused = world.usage().isUnused(price.id());
      steps.add(
          deactivate(remote, price, "remove price " + name)
              .changes(List.of(new FieldChange("prices." + name, price.terms().toString(), "")))
              .affects(
                  (unused ? NodeRailsStep.RETIRE_PRICE : NodeRailsStep.REMOVE_PRICE)
                      .affects(migrate))
              .build());
    }
  }

  /** Old prices that were kept for people who are no longer there. */
  private void retire(RemotePlan remote, Matching matching) {
    for (Wanted.Price price : wanted) {
      for (RemotePlan.Price old : matching.superseded(price)) {
        if (world.usage().isUnused(old.id())) {
          steps.add(
              deactivate(
                      remote,
                      old,
                      "retire old price %s of %s, which nobody is on"
                          .formatted(price.name(), old.terms().money()))
                  .changes(
                      List.of(
                          new FieldChange(
                              "prices." + price.name() + ".superseded",
                              old.terms().toString(),
                              "")))
                  .affects(NodeRailsStep.RETIRE_PRICE.affects(migrate))
                  .upkeep()
                  .build());
        }
      }
    }
  }

  private static Step.Builder deactivate(RemotePlan remote, RemotePlan.Price price, String title) {
    return Step.of(
            Step.Kind.DELETE,
            title,
            sending -> NodeRailsCalls.deactivatePrice(remote.id(), price.id()))
        .removes()
        .alsoDone(404);
  }

  private static String nameOf(Matching matching, RemotePlan.Price price) {
    return matching.name(price).orElse("[" + price.id() + "]");
  }

  /**
   * An old answer, kept under the idempotency key. What it speaks of was looked for before this was
   * sent, and not seen: only another look tells whether it is still there.
   */
  private static boolean isReplayed(ApiResponse answer) {
    return answer.header("idempotent-replayed").filter("true"::equalsIgnoreCase).isPresent();
  }

  private static String id(String operation, ApiResponse answer) {
    return RemotePlan.text(answer.requireBody(operation).path("data"), "id");
  }

  /** Takes the plan off sale on deletion. */
  static Step archive(RemotePlan remote) {
    return Step.of(
            Step.Kind.ARCHIVE,
            "archive plan " + remote.name(),
            sending ->
                NodeRailsCalls.updatePlan(
                    remote.id(), NodeRailsCalls.object().put("isActive", false)))
        .changes(List.of(new FieldChange("lifecycle", "Active", "Archived")))
        .affects(NodeRailsStep.ARCHIVE_PLAN.affects(false))
        .removes()
        .build();
  }
}
