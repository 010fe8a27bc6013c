package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls that fill a draft with what is wanted.
 *
 * @param migrates whether existing subscribers are to be moved to what is written
 */
record StiggFilling(
    Wanted wanted, StiggWorld world, StiggSettings settings, StiggCalls calls, boolean migrates) {

  /** One call for texts, terms, all prices and the seal; then the entitlements. */
  List<Step> of(StiggWorld.Remote remote, boolean first, boolean opensNow) {
    Difference difference = Difference.of(wanted, remote, settings);
    Pack pack = remote.pack();
    boolean prices = first || difference.pricesDiffer();
    ObjectNode body = texts(pack);
    if (prices) {
      body.set("charges", PriceRows.body(wanted.pricing(), wanted.rows()));
    }
    SortedMap<String, String> metadata = wanted.metadata(pack.metadata(), wanted.made());
    Seal seal = seal(remote, difference, first, prices, metadata);
    String number = pack.number();
    Affects affects =
        first
            ? StiggStep.PREPARE.affects(migrates)
            : StiggStep.affects(world.touched(difference.parts()), migrates);
    Step.Builder step =
        Step.of(
                Step.Kind.WRITE,
                "fill the draft of " + calls.named(pack.id()),
                sending -> {
                  String draft = opensNow ? sending.handles().require(StiggHandles.DRAFT) : number;
                  ObjectNode sent = body.deepCopy();
                  sent.set("metadata", Mark.sealed(metadata, seal.numbered(draft).text()));
                  return calls.change(pack.id(), sent);
                })
            .changes(difference.fillChanges())
            .affects(affects)
            .erases(difference.erases(prices))
            .learn((handles, answer) -> StiggHandles.filled(handles));
    List<Step> steps = new ArrayList<>();
    steps.add((difference.takesPricesAway() ? step.removes() : step).build());
    steps.addAll(grants(remote, difference, first, false, difference.parts()));
    return steps;
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
    boolean hidden = pack.terms().isEmpty();
    // What an older server does not show is known by the seal; what was written has to go again.
    boolean other =
        Seal.of(pack).filter(it -> !it.hidden().equals(Seal.hidden(wanted.terms()))).isPresent();
    // What may be there and is nobody's manifest's is left out.
    if (hidden
        ? !wanted.kept().contains(Kept.TRIAL) && (other || wanted.trial().isPresent())
        : !there.trial().equals(wanted.terms().trial())) {
      wanted
          .trial()
          .ifPresentOrElse(
              it -> body.set("defaultTrialConfig", it.deepCopy()),
              () -> body.putNull("defaultTrialConfig"));
    }
    if (hidden
        ? !wanted.kept().contains(Kept.ADD_ONS) && (other || !wanted.terms().addOns().isEmpty())
        : !there.addOns().equals(wanted.terms().addOns())) {
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
  List<Step> grants(
      StiggWorld.Remote remote,
      Difference difference,
      boolean first,
      boolean again,
      Set<StiggStep> parts) {
    if (difference.grantHashes().isEmpty()) {
      return List.of();
    }
    String id = remote.pack().id();
    Affects affects =
        first
            ? StiggStep.PREPARE.affects(migrates)
            : StiggStep.affects(world.touched(parts), migrates);
    List<Step.Builder> writes = new ArrayList<>();
    for (Grant grant : difference.removed()) {
      writes.add(
          Step.of(
                  Step.Kind.WRITE,
                  "take entitlement " + grant.id() + " out of the draft of " + calls.named(id),
                  sending -> calls.revoke(id, grant.id()))
              .changes(changes(difference, grant))
              .removes()
              .alsoDone(404));
    }
    for (Grant grant : difference.changed()) {
      writes.add(
          Step.of(
                  Step.Kind.WRITE,
                  "change entitlement " + grant.id() + " in the draft of " + calls.named(id),
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
    return writes.stream().map(it -> it.affects(affects).build()).toList();
  }

  private Step.Builder add(String id, Difference difference, List<Grant> grants) {
    ObjectNode body = StiggCalls.object();
    ArrayNode all = body.putArray("entitlements");
    grants.forEach(it -> all.add(it.body(true)));
    String names = grants.stream().map(Grant::id).collect(Collectors.joining(", "));
    return Step.of(
            Step.Kind.WRITE,
            "add entitlements " + names + " to the draft of " + calls.named(id),
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
}
