package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    SortedMap<String, String> metadata = wanted.metadata(Map.of(), made());
    Seal seal = new Seal("", true, true, "", "", "", "", "", "", Map.of());
    ObjectNode body = StiggCalls.object();
    body.put("id", wanted.key());
    body.put("displayName", wanted.displayName());
    body.put("productId", wanted.product().orElseThrow());
    if (!wanted.description().isEmpty()) {
      body.put("description", wanted.description());
    }
    body.set("metadata", metadata(metadata, seal.text()));
    steps.add(
        Step.of(
                Step.Kind.KEYED_CREATE,
                "create " + what(wanted.key()),
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
    fill(
        new StiggWorld.Remote(blank, StiggWorld.State.NEVER_PUBLISHED, List.of(), List.of()),
        true,
        true);
  }

  private void change(StiggWorld.Remote remote) {
    switch (remote.state()) {
      case ARCHIVED -> {}
      case PUBLISHED -> {
        if (!Difference.of(wanted, remote, settings).isEmpty()) {
          openDraft(remote);
          fill(remote, false, true);
        }
      }
      case OPENED -> {
        if (Difference.of(wanted, remote, settings).isEmpty()) {
          steps.add(StiggRemoval.drop(remote, calls));
        } else {
          fill(remote, false, false);
        }
      }
      case NEVER_PUBLISHED -> {
        if (!sealed(remote)) {
          fill(remote, true, false);
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
      grants(remote, rest, seal.first(), true, EnumSet.of(StiggStep.CHANGE_ENTITLEMENTS));
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
                "open a draft of " + what(id),
                sending -> calls.openDraft(id, sending.idempotencyKey()))
            .intent(DRAFT_INTENT)
            .affects(StiggStep.PREPARE.affects(migrates))
            .learn(
                (handles, answer) ->
                    StiggHandles.opened(handles, answer.requireBody("draft").path("data")))
            .build());
  }

  /** One call for texts, terms, all prices and the seal; then the entitlements. */
  private void fill(StiggWorld.Remote remote, boolean first, boolean opensNow) {
    Difference difference = Difference.of(wanted, remote, settings);
    Pack pack = remote.pack();
    boolean prices = first || difference.pricesDiffer();
    ObjectNode body = texts(pack);
    if (prices) {
      body.set("charges", PriceRows.body(wanted.pricing(), wanted.rows()));
    }
    SortedMap<String, String> metadata = wanted.metadata(pack.metadata(), made());
    Seal seal = seal(remote, difference, first, prices, metadata);
    String number = pack.number();
    Affects affects =
        first
            ? StiggStep.PREPARE.affects(migrates)
            : StiggStep.affects(parts(difference.parts()), migrates);
    Step.Builder step =
        Step.of(
                Step.Kind.WRITE,
                "fill the draft of " + what(pack.id()),
                sending -> {
                  String draft = opensNow ? sending.handles().require(StiggHandles.DRAFT) : number;
                  ObjectNode sent = body.deepCopy();
                  sent.set("metadata", metadata(metadata, seal.numbered(draft).text()));
                  return calls.change(pack.id(), sent);
                })
            .changes(difference.fillChanges())
            .affects(affects)
            .erases(difference.erases(prices))
            .learn((handles, answer) -> StiggHandles.filled(handles));
    steps.add((difference.takesPricesAway() ? step.removes() : step).build());
    grants(remote, difference, first, false, difference.parts());
  }

  private Seal seal(
      StiggWorld.Remote remote,
      Difference difference,
      boolean first,
      boolean prices,
      SortedMap<String, String> metadata) {
    String before = Seal.prices(remote.rows());
    String texts =
        Seal.texts(
            wanted.displayName(),
            wanted.description(),
            prices ? wanted.pricing() : remote.pack().pricing(),
            wanted.parent(),
            metadata,
            remote.grants(),
            difference.grantHashes());
    return new Seal(
        "",
        first,
        first || difference.changesTerms(),
        wanted.target(),
        texts,
        prices ? Seal.prices(wanted.plainRows()) : before,
        before,
        Seal.hidden(wanted.terms()),
        Seal.spend(wanted.plainRows()),
        difference.grantHashes());
  }

  private ObjectNode texts(Pack pack) {
    ObjectNode body = StiggCalls.object();
    if (!pack.displayName().equals(wanted.displayName())) {
      body.put("displayName", wanted.displayName());
    }
    if (!pack.description().equals(wanted.description())) {
      orNull(body, "description", wanted.description());
    }
    if (wanted.addon()) {
      return body;
    }
    if (!pack.parent().equals(wanted.parent())) {
      orNull(body, "parentPlanId", wanted.parent());
    }
    Pack.Terms there = pack.terms().orElse(new Pack.Terms("", List.of()));
    // Where neither is shown, what may be there and is nobody's is left out, and the rest is sent.
    boolean hidden = pack.terms().isEmpty();
    boolean trial = !there.trial().equals(wanted.terms().trial());
    if (hidden ? !wanted.kept().contains(Kept.TRIAL) : trial) {
      wanted
          .trial()
          .ifPresentOrElse(
              it -> body.set("defaultTrialConfig", it.deepCopy()),
              () -> body.putNull("defaultTrialConfig"));
    }
    boolean addOns = !there.addOns().equals(wanted.terms().addOns());
    if (hidden ? !wanted.kept().contains(Kept.ADD_ONS) : addOns) {
      ArrayNode all = body.putArray("compatibleAddonIds");
      wanted.terms().addOns().forEach(all::add);
    }
    return body;
  }

  private static void orNull(ObjectNode body, String name, String value) {
    if (value.isEmpty()) {
      body.putNull(name);
    } else {
      body.put(name, value);
    }
  }

  /**
   * The calls for entitlements.
   *
   * @param again whether some may be there already, though reading does not show them: then each is
   *     added by a call of its own, so that one that is there does not keep the others out
   */
  private void grants(
      StiggWorld.Remote remote,
      Difference difference,
      boolean first,
      boolean again,
      Set<StiggStep> parts) {
    if (difference.grantHashes().isEmpty()) {
      return;
    }
    String id = remote.pack().id();
    Affects affects =
        first ? StiggStep.PREPARE.affects(migrates) : StiggStep.affects(parts(parts), migrates);
    List<Step.Builder> writes = new ArrayList<>();
    for (Grant grant : difference.removed()) {
      writes.add(
          Step.of(
                  Step.Kind.WRITE,
                  "take entitlement " + grant.id() + " out of the draft of " + what(id),
                  sending -> calls.revoke(id, grant.id()))
              .changes(changes(difference, grant))
              .removes()
              .alsoDone(404));
    }
    for (Grant grant : difference.changed()) {
      writes.add(
          Step.of(
                  Step.Kind.WRITE,
                  "change entitlement " + grant.id() + " in the draft of " + what(id),
                  sending -> calls.changeGrant(id, grant.id(), grant.body(false)))
              .changes(changes(difference, grant)));
    }
    List<List<Grant>> batches =
        again
            ? difference.added().stream().map(List::of).toList()
            : Stream.of(difference.added()).filter(it -> !it.isEmpty()).toList();
    batches.forEach(it -> writes.add(add(id, difference, it)));
    String target = wanted.target();
    writes.getLast().learn((handles, answer) -> StiggHandles.granted(handles, id, target));
    writes.forEach(it -> steps.add(it.affects(affects).build()));
  }

  private Step.Builder add(String id, Difference difference, List<Grant> grants) {
    ObjectNode body = StiggCalls.object();
    ArrayNode all = body.putArray("entitlements");
    grants.forEach(it -> all.add(it.body(true)));
    String names = grants.stream().map(Grant::id).collect(Collectors.joining(", "));
    return Step.of(
            Step.Kind.WRITE,
            "add entitlements " + names + " to the draft of " + what(id),
            sending -> calls.grant(id, body.deepCopy()))
        .changes(
            grants.stream()
                .filter(it -> difference.removed().stream().noneMatch(r -> r.id().equals(it.id())))
                .flatMap(it -> changes(difference, it).stream())
                .toList())
        .alsoDone(409);
  }

  private List<FieldChange> changes(Difference difference, Grant grant) {
    String word = grant.credit() ? grant.id() : settings.featureWord(grant.id());
    String field = (grant.credit() ? "creditGrants." : "entitlements.") + word + ".";
    return difference.grantChanges().stream()
        .filter(it -> it.field().startsWith(field))
        .filter(it -> it.field().indexOf('.', field.length()) < 0)
        .toList();
  }

  private void publish(StiggWorld.Remote remote, Seal seal) {
    boolean everybody = migrates && seal.terms() && !seal.first();
    Affects affects = publishAffects(seal);
    String id = remote.pack().id();
    String text = seal.text();
    steps.add(
        Step.of(
                Step.Kind.PUBLISH,
                "publish " + what(id) + (everybody ? " for all customers" : " for new customers"),
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
    return StiggStep.affects(parts(parts), migrates);
  }

  /** Entitlements that other plans inherit touch whoever subscribes to those. */
  private Set<StiggStep> parts(Set<StiggStep> parts) {
    Set<StiggStep> all = EnumSet.noneOf(StiggStep.class);
    all.addAll(parts);
    if (parts.contains(StiggStep.CHANGE_ENTITLEMENTS) && !world.children().isEmpty()) {
      all.add(StiggStep.CHANGE_INHERITED);
    }
    return all;
  }

  private String made() {
    return Stream.concat(
            wanted.plainRows().stream().map(Row::keyHash),
            wanted.grants().stream().map(Grant::keyHash))
        .sorted()
        .distinct()
        .collect(Collectors.joining(","));
  }

  private String what(String id) {
    return (wanted.addon() ? "add-on " : "plan ") + id;
  }

  private static ObjectNode metadata(SortedMap<String, String> entries, String seal) {
    ObjectNode node = StiggCalls.object();
    entries.forEach(node::put);
    return node.put(Mark.SEAL, seal);
  }
}
