package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Everything about a plan but its prices: one call at most. */
final class PlanTexts {
  /** How a note of what was agreed begins, in words. */
  private static final String NOTES = "notes ";

  private final CatalogPlan desired;
  private final NodeRailsWorld world;

  PlanTexts(CatalogPlan desired, NodeRailsWorld world) {
    this.desired = desired;
    this.world = world;
  }

  /** What a new plan is made with, without its prices. */
  ObjectNode creation(String appId) {
    ObjectNode body = NodeRailsCalls.object();
    body.put("appId", appId);
    body.put("name", desired.displayName());
    if (!desired.description().isEmpty()) {
      body.put("description", desired.description());
    }
    if (!desired.imageUrl().isEmpty()) {
      body.put("imageUrl", desired.imageUrl());
    }
    // Never left out: NodeRails would take the plan for one that is paid once.
    body.put("planType", Wanted.planType(desired));
    String rate = taxRateId("");
    if (!rate.isEmpty()) {
      body.put("taxRateId", rate);
    }
    ObjectNode metadata = body.putObject("metadata");
    desired.metadata().forEach(metadata::put);
    PlanMark.of(desired, Map.of(), Map.of(), Set.of()).writeTo(metadata);
    return body;
  }

  /** The rate wanted; {@code ""} for none. One that is not to be had is refused before this. */
  private String taxRateId(String linked) {
    return desired
        .tax()
        .map(it -> world.taxRates().choose(it, linked))
        .map(
            it ->
                switch (it) {
                  case TaxRates.Choice.One(String id) -> id;
                  case TaxRates.Choice.Missing missing -> "";
                  case TaxRates.Choice.Several several -> "";
                })
        .orElse("");
  }

  Optional<Step> change(
      RemotePlan remote, Matching matching, Agreements agreements, boolean migrate) {
    ObjectNode body = NodeRailsCalls.object();
    List<FieldChange> changes = new ArrayList<>();
    Set<NodeRailsStep> parts = EnumSet.noneOf(NodeRailsStep.class);
    SortedSet<String> kept = kept(remote, matching);
    text(body, changes, "name", "displayName", remote.name(), desired.displayName());
    if (!kept.contains(PlanMark.DESCRIPTION)) {
      text(
          body, changes, "description", "description", remote.description(), desired.description());
    }
    if (!desired.imageUrl().isEmpty()) {
      text(body, changes, "imageUrl", "imageUrl", remote.imageUrl(), desired.imageUrl());
    }
    metadata(body, changes, remote, matching, agreements.noted(), kept);
    if (!changes.isEmpty()) {
      parts.add(NodeRailsStep.CHANGE_TEXT);
    }
    if (!kept.contains(PlanMark.TAX) && tax(body, changes, remote)) {
      parts.add(NodeRailsStep.CHANGE_TAX);
    }
    boolean active = desired.lifecycle() == CatalogPlan.Lifecycle.ACTIVE;
    boolean archives = remote.active() && !active;
    if (remote.active() != active) {
      body.put("isActive", active);
      changes.add(new FieldChange("lifecycle", word(remote.active()), word(active)));
      parts.add(NodeRailsStep.ARCHIVE_PLAN);
    }
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Step.Builder step =
        Step.of(
                archives ? Step.Kind.ARCHIVE : Step.Kind.WRITE,
                (archives ? "archive plan " : "change plan ") + desired.identity().key(),
                sending -> NodeRailsCalls.updatePlan(remote.id(), body.deepCopy()))
            .changes(changes)
            .affects(NodeRailsStep.affects(parts, migrate));
    if (changes.size() == 1 && changes.getFirst().to().startsWith(NOTES)) {
      // A note alone follows from a change in place that is over, or that landed late.
      step.upkeep();
    }
    return Optional.of((archives ? step.removes() : step).build());
  }

  private static String word(boolean active) {
    return active ? "Active" : "Archived";
  }

  private static void text(
      ObjectNode body,
      List<FieldChange> changes,
      String field,
      String name,
      String from,
      String to) {
    if (!from.equals(to)) {
      body.put(field, to);
      changes.add(new FieldChange(name, from, to));
    }
  }

  private boolean tax(ObjectNode body, List<FieldChange> changes, RemotePlan remote) {
    String rate = taxRateId(remote.taxRateId());
    if (rate.equals(remote.taxRateId()) && (desired.tax().isEmpty() || !rate.isEmpty())) {
      return false;
    }
    if (rate.isEmpty()) {
      body.putNull("taxRateId");
    } else {
      body.put("taxRateId", rate);
    }
    changes.add(
        new FieldChange(
            "tax",
            remote.taxRateId().isEmpty() ? "" : world.taxRates().name(remote.taxRateId()),
            rate.isEmpty()
                ? desired.tax().map(TaxRates::words).orElse("")
                : world.taxRates().name(rate)));
    return true;
  }

  /** What the manifest says nothing of and we did not make: it stays, and is never drift. */
  private SortedSet<String> kept(RemotePlan remote, Matching matching) {
    SortedSet<String> kept = new TreeSet<>(matching.kept());
    keep(kept, PlanMark.TAX, remote, !remote.taxRateId().isEmpty() && desired.tax().isEmpty());
    keep(
        kept,
        PlanMark.DESCRIPTION,
        remote,
        !remote.description().isEmpty() && desired.description().isEmpty());
    keep(
        kept, PlanMark.IMAGE, remote, !remote.imageUrl().isEmpty() && desired.imageUrl().isEmpty());
    return kept;
  }

  private void keep(SortedSet<String> kept, String what, RemotePlan remote, boolean unsaid) {
    if (unsaid && wasThere(world.ownership(), remote, what)) {
      kept.add(what);
    }
  }

  /** Whether something on the plan is from before we took it over. */
  static boolean wasThere(Ownership ownership, RemotePlan remote, String what) {
    return ownership == Ownership.UNMARKED
        || remote.mark().map(it -> it.kept().contains(what)).orElse(true);
  }

  private void metadata(
      ObjectNode body,
      List<FieldChange> changes,
      RemotePlan remote,
      Matching matching,
      SortedMap<String, List<Agreed>> agreed,
      SortedSet<String> kept) {
    SortedMap<String, String> bound = matching.bound();
    ObjectNode is = remote.metadataNode();
    ObjectNode wanted = remote.metadataNode();
    Optional<PlanMark> before = remote.mark();
    before.ifPresent(it -> wanted.remove(it.metadataKeys()));
    desired.metadata().forEach(wanted::put);
    PlanMark after = PlanMark.of(desired, bound, agreed, kept);
    after.writeTo(wanted);
    if (is.equals(wanted)) {
      return;
    }
    body.set("metadata", wanted);
    Set<String> keys = new TreeSet<>();
    is.fieldNames().forEachRemaining(keys::add);
    wanted.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      if (!key.startsWith(PlanMark.PREFIX) && !is.path(key).equals(wanted.path(key))) {
        changes.add(
            new FieldChange(
                "metadata." + key, is.path(key).asText(""), wanted.path(key).asText("")));
      }
    }
    boolean renamed = renames(changes, remote, before, bound);
    boolean onlyKeys =
        before.isPresent()
            && before.get().bound().equals(after.bound())
            && before.get().kept().equals(after.kept())
            && before.get().object().equals(after.object());
    if (!onlyKeys && !renamed) {
      changes.add(
          new FieldChange(
              FieldChange.OWNER,
              before.map(PlanMark::object).orElse(""),
              after.identity() + " " + after.object()));
    } else if (!before.get().agreed().equals(after.agreed())) {
      changes.add(
          new FieldChange(
              FieldChange.OWNER,
              noted(before.get().agreed(), remote, matching),
              noted(after.agreed(), remote, matching)));
    } else if (changes.isEmpty()) {
      changes.add(new FieldChange(FieldChange.OWNER, "other spelling", after.object()));
    }
  }

  /** For people: {@code notes team-monthly at 49 or 59}. */
  private static String noted(
      SortedMap<String, List<Agreed>> agreed, RemotePlan remote, Matching matching) {
    return agreed.entrySet().stream()
        .map(
            it ->
                remote.price(it.getKey()).flatMap(matching::name).orElse(it.getKey())
                    + " at "
                    + Agreed.text(it.getValue()).replace("|", " or "))
        .sorted()
        .collect(Collectors.joining(", ", NOTES, ""));
  }

  /** A price that gets another name is told by both. */
  private static boolean renames(
      List<FieldChange> changes,
      RemotePlan remote,
      Optional<PlanMark> before,
      SortedMap<String, String> bound) {
    if (before.isEmpty()) {
      return false;
    }
    Set<String> told = new TreeSet<>();
    bound.forEach(
        (id, name) -> {
          String own =
              remote.price(id).flatMap(RemotePlan.Price::mark).map(PriceMark::price).orElse("");
          String was = before.get().bound().getOrDefault(id, own);
          if (!was.equals(name) && told.add(name)) {
            changes.add(new FieldChange("prices." + name + ".name", was, name));
          }
        });
    return !told.isEmpty();
  }
}
