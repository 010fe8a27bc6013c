package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The calls that bring one plan from what is there to what is wanted. A round fills a draft; the
 * next one has read it back and publishes it, so that a price that the server understood otherwise
 * is seen before anybody can buy it.
 */
final class StiggPlanner {
  /** The intent of opening a draft: two would be somebody's confusion. */
  static final String DRAFT_INTENT = "draft";

  private final Wanted wanted;
  private final StiggWorld world;
  private final StiggSettings settings;
  private final StiggCalls calls;
  private final StiggFilling filling;
  private final boolean migrates;
  private final InstantSource clock;
  private final List<Step> steps = new ArrayList<>();

  private StiggPlanner(
      Wanted wanted,
      StiggWorld world,
      StiggSettings settings,
      boolean migrates,
      InstantSource clock) {
    this.wanted = wanted;
    this.world = world;
    this.settings = settings;
    this.calls = new StiggCalls(wanted.addon());
    this.filling = new StiggFilling(wanted, world, settings, calls, migrates);
    this.migrates = migrates;
    this.clock = clock;
  }

  static List<Step> plan(
      CatalogPlan desired,
      StiggWorld world,
      StiggSettings settings,
      boolean migrates,
      InstantSource clock) {
    if (desired.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED) {
      return world.remote().map(it -> StiggRemoval.archive(it, world)).orElse(List.of());
    }
    if (desired.pricing() == CatalogPlan.Pricing.PAID && desired.prices().isEmpty()) {
      return List.of(); // nothing to sell: the core says so, and Stigg is left as it is
    }
    Wanted said = Wanted.of(desired, settings);
    Wanted wanted = world.remote().map(it -> Kept.over(said, it.pack())).orElse(said);
    StiggPlanner planner = new StiggPlanner(wanted, world, settings, migrates, clock);
    world.remote().ifPresentOrElse(planner::change, planner::create);
    return List.copyOf(planner.steps);
  }

  private void create() {
    SortedMap<String, String> metadata = wanted.metadata(Map.of(), wanted.made());
    Seal seal = new Seal("", true, true, "", "", "", "", "", "", Map.of());
    ObjectNode body = StiggCalls.object();
    body.put("id", wanted.key());
    body.put("displayName", wanted.displayName());
    body.put("productId", wanted.product().orElseThrow());
    if (!wanted.description().isEmpty()) {
      body.put("description", wanted.description());
    }
    body.set("metadata", Mark.sealed(metadata, seal.text()));
    steps.add(
        Step.of(
                Step.Kind.KEYED_CREATE,
                "create " + calls.named(wanted.key()),
                sending -> calls.create(body.deepCopy()))
            .changes(List.of(new FieldChange("displayName", "", wanted.displayName())))
            .affects(StiggStep.PREPARE.affects(migrates))
            .learn(
                (handles, answer) ->
                    StiggHandles.opened(
                        handles.with(Handles.PLAN, wanted.key()),
                        answer.requireBody("create").path("data")))
            .build());
    Pack blank =
        new Pack(
            wanted.key(),
            Pack.Status.DRAFT,
            "",
            wanted.displayName(),
            wanted.description(),
            wanted.product().orElseThrow(),
            "",
            "",
            java.util.Optional.of(new Pack.Terms("", List.of())),
            metadata,
            List.of());
    steps.addAll(
        filling.of(
            new StiggWorld.Remote(blank, StiggWorld.State.NEVER_PUBLISHED, List.of(), List.of()),
            true,
            true));
  }

  private void change(StiggWorld.Remote remote) {
    switch (remote.state()) {
      case ARCHIVED -> {}
      case PUBLISHED -> {
        if (!Difference.of(wanted, remote, settings).isEmpty()) {
          openDraft(remote);
          steps.addAll(filling.of(remote, false, true));
        }
      }
      case OPENED -> {
        if (Difference.of(wanted, remote, settings).isEmpty()) {
          steps.add(StiggRemoval.drop(remote, calls));
        } else {
          steps.addAll(filling.of(remote, false, false));
        }
      }
      case NEVER_PUBLISHED -> {
        if (!sealed(remote)) {
          steps.addAll(filling.of(remote, true, false));
        }
      }
      case SEALED -> {
        if (!sealed(remote)) {
          steps.add(StiggRemoval.drop(remote, calls)); // ours, for a manifest of yesterday
        }
      }
    }
  }

  /** Goes on with a draft that was filled for just this; false when it was for something else. */
  private boolean sealed(StiggWorld.Remote remote) {
    Seal seal = Seal.of(remote.pack()).orElseThrow();
    if (!seal.target().equals(wanted.target())) {
      return false;
    }
    Difference rest = Difference.of(wanted, remote, settings);
    boolean nothingShown =
        seal.grants().entrySet().containsAll(rest.grantHashes().entrySet())
            && StiggHandles.granted(world.handles(), seal.target());
    if (!rest.grantHashes().isEmpty() && !nothingShown) {
      steps.addAll(
          filling.grants(
              remote, rest, seal.first(), true, EnumSet.of(StiggStep.CHANGE_ENTITLEMENTS)));
    } else {
      publish(remote, seal);
    }
    return true;
  }

  // ---- the steps ----------------------------------------------------------------------------

  private void openDraft(StiggWorld.Remote remote) {
    String id = remote.pack().id();
    steps.add(
        Step.of(
                Step.Kind.CREATE,
                "open a draft of " + calls.named(id),
                sending -> calls.openDraft(id, sending.idempotencyKey()))
            .intent(DRAFT_INTENT)
            .affects(StiggStep.PREPARE.affects(migrates))
            .learn(
                (handles, answer) ->
                    StiggHandles.opened(handles, answer.requireBody("draft").path("data")))
            .build());
  }

  private void publish(StiggWorld.Remote remote, Seal seal) {
    boolean everybody = migrates && seal.terms() && !seal.first();
    Affects affects = publishAffects(seal);
    String id = remote.pack().id();
    String text = seal.text();
    steps.add(
        Step.of(
                Step.Kind.PUBLISH,
                "publish "
                    + calls.named(id)
                    + (everybody ? " for all customers" : " for new customers"),
                sending -> calls.publish(id, everybody))
            .affects(affects)
            .learn((handles, answer) -> StiggHandles.publishing(handles, text, clock.instant()))
            .build());
  }

  private Affects publishAffects(Seal seal) {
    if (seal.first()) {
      return StiggStep.PUBLISH_FIRST.affects(migrates);
    }
    Set<StiggStep> parts =
        seal.terms() ? EnumSet.of(StiggStep.CHANGE_PRICES) : EnumSet.of(StiggStep.CHANGE_TEXT);
    if (!seal.grants().isEmpty()) {
      parts.add(StiggStep.CHANGE_ENTITLEMENTS);
    }
    return StiggStep.affects(world.touched(parts), migrates);
  }
}
