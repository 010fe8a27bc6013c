package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.MarkLine;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Step;
import dev.planwright.backend.paygentic.Wanted.Slot;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Decimals;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The calls that bring one plan from what is there to what is wanted: texts and tax in one, a fee
 * and a price for each that is lacking, texts and entitlements of a price in one, and one version
 * for all prices that come, change or go.
 */
final class Planner {
  private final CatalogPlan desired;
  private final Wanted wanted;
  private final PaygenticWorld world;
  private final PaygenticSettings settings;
  private final Claims claims;
  private final Prices prices;
  private final Set<String> kept;
  private final List<Step> steps = new ArrayList<>();

  private Planner(
      CatalogPlan desired,
      Wanted said,
      PaygenticWorld world,
      PaygenticSettings settings,
      Claims claims) {
    Kept over =
        world
            .plan()
            .map(it -> Kept.over(desired, said, it, world.fees(), adopting(world)))
            .orElse(new Kept(said, Set.of()));
    this.desired = desired;
    this.wanted = over.wanted();
    this.kept = over.names();
    this.world = world;
    this.settings = settings;
    this.claims = claims;
    this.prices = new Prices(desired, world, settings, claims);
  }

  static List<Step> plan(
      CatalogPlan desired, PaygenticWorld world, PaygenticSettings settings, Claims claims) {
    if (Words.leading(desired).isEmpty()) {
      return List.of(); // nothing to sell: the core says so, and Paygentic is left as it is
    }
    Wanted wanted = Wanted.of(desired, settings, world.directory());
    if (!wanted.missing().isEmpty()) {
      return List.of(unresolved(desired, wanted.missing()));
    }
    Planner planner = new Planner(desired, wanted, world, settings, claims);
    world.plan().ifPresentOrElse(planner::change, planner::create);
    planner.tidy();
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

  private static boolean adopting(PaygenticWorld world) {
    return world.ownership() == Ownership.UNMARKED;
  }

  private String key() {
    return desired.identity().key();
  }

  // ---- a plan that is not there
  // ------------------------------------------------------------------

  private void create() {
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange("displayName", "", wanted.name()));
    steps.addAll(prices.make(wanted.slots()));
    for (Slot slot : wanted.slots()) {
      changes.add(new FieldChange(slot.amountField(), "", slot.amount(slot.unitPrice())));
    }
    String title = "create plan " + key();
    List<String> reused =
        wanted.slots().stream().flatMap(it -> prices.reused(it).stream()).toList();
    steps.add(
        Step.of(
                Step.Kind.CREATE,
                title,
                sending -> {
                  claims.offer(title, reused);
                  return PaygenticCalls.createPlan(body(sending.handles()));
                })
            .intent(Handles.PLAN)
            .changes(changes)
            .affects(PaygenticStep.CREATE_PLAN.affects())
            .learn((handles, answer) -> handles.with(Handles.PLAN, id(answer, "plans.create")))
            .build());
  }

  private ObjectNode body(Handles handles) {
    ObjectNode body =
        PaygenticCalls.object()
            .put("name", wanted.name())
            .put("invoiceDisplayName", wanted.invoiceName())
            .put("description", Marks.ofPlan(desired, Set.of()).appendTo(wanted.text()))
            .put("merchantId", settings.merchantId())
            .put("productId", world.directory().productId())
            .put("currency", wanted.currency())
            .put("billingCadence", wanted.cadence())
            .put("stablePriceIds", false);
    PaygenticCalls.put(
        body, "prices", wanted.slots().stream().map(it -> prices.id(it, handles)).toList());
    wanted
        .tax()
        .ifPresent(
            tax ->
                body.put("defaultTaxCode", tax.code())
                    .put("defaultTaxRate", tax.rate())
                    .put("taxBehavior", tax.behavior()));
    return body;
  }

  private static String id(ApiResponse answer, String operation) {
    return Wire.required(answer.requireBody(operation), "id");
  }

  // ---- a plan that is there
  // ----------------------------------------------------------------------

  private void change(RemotePlan remote) {
    boolean adopting = adopting(world);
    Matching matching = Matching.of(wanted, remote, world.fees(), desired.identity());
    Set<String> keptBefore = new HashSet<>(remote.mark().map(Marks::kept).orElse(Set.of()));
    Set<String> kept = new TreeSet<>(this.kept);
    List<RemotePrice> surplus = new ArrayList<>();
    for (RemotePrice price : matching.rest()) {
      if (adopting || keptBefore.contains(price.id())) {
        kept.add(price.id());
      } else {
        surplus.add(price);
      }
    }
    boolean keepTax =
        wanted.tax().isEmpty() && (adopting ? remote.hasTax() : keptBefore.contains(Marks.TAX));
    if (keepTax) {
      kept.add(Marks.TAX);
    }
    changePlan(remote, kept, keepTax, adopting);
    steps.addAll(prices.markFees(wanted, matching));
    Version version = new Version(remote, wanted, world, prices);
    List<Slot> lacking = new ArrayList<>();
    for (Slot slot : wanted.slots()) {
      RemotePrice there = matching.found().get(slot.priceName());
      if (there == null) {
        lacking.add(slot);
        version.add(slot);
      } else if (!slot.isBilledAs(there, remote.cadence())) {
        lacking.add(slot);
        version.replace(slot, there);
      } else {
        prices.update(slot, there).ifPresent(steps::add);
      }
    }
    steps.addAll(prices.make(lacking));
    // Who reads a listing sees ids of prices that were deleted and that the plan still names.
    Set<String> read = new HashSet<>();
    remote.prices().forEach(it -> read.add(it.id()));
    remote.priceIds().stream().filter(it -> !read.contains(it)).forEach(version::removeDeleted);
    surplus.forEach(version::remove);
    version.step(key(), claims).ifPresent(steps::add);
  }

  private void changePlan(RemotePlan remote, Set<String> kept, boolean keepTax, boolean adopting) {
    ObjectNode body = PaygenticCalls.object();
    List<FieldChange> changes = new ArrayList<>();
    Set<PaygenticStep> parts = EnumSet.noneOf(PaygenticStep.class);
    text(body, changes, "name", "displayName", remote.name(), wanted.name());
    text(
        body,
        changes,
        "invoiceDisplayName",
        "invoiceDisplayName",
        remote.invoiceName(),
        wanted.invoiceName());
    String description = Marks.ofPlan(desired, kept).appendTo(wanted.text());
    if (!remote.description().equals(description)) {
      body.put("description", description);
      changes.addAll(MarkLine.changes(remote.description(), description));
    }
    if (!body.isEmpty()) {
      parts.add(PaygenticStep.CHANGE_TEXT);
      if (adopting && remote.stableIds()) {
        body.put("stablePriceIds", false);
      }
    }
    if (!keepTax && tax(body, changes, remote)) {
      parts.add(PaygenticStep.CHANGE_TAX);
    }
    if (!body.isEmpty()) {
      steps.add(
          Step.of(
                  Step.Kind.WRITE,
                  "change plan " + key(),
                  sending -> PaygenticCalls.updatePlan(remote.id(), body.deepCopy()))
              .changes(changes)
              .affects(PaygenticStep.affects(parts))
              .build());
    }
  }

  private static void text(
      ObjectNode body,
      List<FieldChange> changes,
      String wire,
      String field,
      String from,
      String to) {
    if (!from.equals(to)) {
      body.put(wire, to);
      changes.add(new FieldChange(field, from, to));
    }
  }

  /** What the manifest leaves out is what Paygentic sets by itself. */
  private boolean tax(ObjectNode body, List<FieldChange> changes, RemotePlan remote) {
    Wanted.Tax tax =
        wanted
            .tax()
            .orElseGet(
                () ->
                    new Wanted.Tax(
                        RemotePlan.TAX_CODE, java.math.BigDecimal.ZERO, RemotePlan.EXCLUSIVE));
    int before = changes.size();
    text(body, changes, "defaultTaxCode", "tax.code", remote.taxCode(), tax.code());
    if (!Decimals.same(remote.taxRate(), tax.rate())) {
      body.put("defaultTaxRate", tax.rate());
      changes.add(
          new FieldChange(
              "tax.rate", Decimals.canonical(remote.taxRate()), Decimals.canonical(tax.rate())));
    }
    text(body, changes, "taxBehavior", "tax.behavior", remote.taxBehavior(), tax.behavior());
    return changes.size() > before;
  }

  // ---- what a former try left -------------------------------------------------------------------

  private void tidy() {
    steps.addAll(leftovers(world, claims));
  }

  /** Deletes what a former try left, prices before their fees. */
  static List<Step> leftovers(PaygenticWorld world, Claims claims) {
    List<Step> steps = new ArrayList<>();
    for (String price : world.leftovers().uselessPrices()) {
      steps.add(leftover("delete leftover price " + price, price, claims));
    }
    for (String fee : world.leftovers().uselessFees()) {
      steps.add(leftover("delete leftover fee " + fee, fee, claims));
    }
    return steps;
  }

  private static Step leftover(String title, String id, Claims claims) {
    return Step.of(
            Step.Kind.DELETE,
            title,
            sending -> {
              claims.offer(title, List.of(id));
              return id.startsWith("fee_")
                  ? PaygenticCalls.deleteFee(id)
                  : PaygenticCalls.deletePrice(id);
            })
        .changes(List.of(new FieldChange("leftovers." + id, "unlisted", "")))
        .affects(PaygenticStep.DELETE_LEFTOVER.affects())
        .removes()
        .upkeep()
        .alsoDone(404)
        .build();
  }

  /** Unknown map entries are left alone. */
  static String shown(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "");
  }
}
