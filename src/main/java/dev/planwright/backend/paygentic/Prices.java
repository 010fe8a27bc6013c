package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.MarkLine;
import dev.planwright.backend.Step;
import dev.planwright.backend.paygentic.Wanted.Slot;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Decimals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes and changes fees and prices: all that is not yet, or not in this, sold. */
final class Prices {
  private final CatalogPlan desired;
  private final PaygenticWorld world;
  private final PaygenticSettings settings;
  private final Claims claims;

  Prices(CatalogPlan desired, PaygenticWorld world, PaygenticSettings settings, Claims claims) {
    this.desired = desired;
    this.world = world;
    this.settings = settings;
    this.claims = claims;
  }

  /** The id of the price that a former try made, or that an earlier step of this one makes. */
  String id(Slot slot, Handles handles) {
    return reused(slot).orElseGet(() -> handles.require(Search.MADE + slot.intent()));
  }

  /** The price that a former try made. */
  Optional<String> reused(Slot slot) {
    return Optional.ofNullable(world.leftovers().prices().get(slot.intent()));
  }

  /**
   * Steps that make prices, and the fees that they are of; none for what a former try made. Fees
   * come first: they bear our mark, and where there is none of ours, no price was made either.
   */
  List<Step> make(List<Slot> slots) {
    List<Slot> lacking = slots.stream().filter(it -> reused(it).isEmpty()).toList();
    List<Step> steps = new ArrayList<>();
    lacking.stream()
        .filter(it -> it.isOfFee() && feeLeft(it).isEmpty())
        .forEach(it -> steps.add(makeFee(it)));
    lacking.stream()
        .sorted(Comparator.comparing((Slot it) -> !it.isOfFee()))
        .forEach(it -> steps.add(makePrice(it, feeLeft(it))));
    return steps;
  }

  private Optional<String> feeLeft(Slot slot) {
    return Optional.ofNullable(world.leftovers().fees().get(slot.priceName()));
  }

  private Step makeFee(Slot slot) {
    String handle = Search.FEE + slot.priceName();
    ObjectNode body =
        PaygenticCalls.object()
            .put("name", slot.name())
            .put("description", mark(slot).appendTo("A price of " + desired.displayName()))
            .put("merchantId", settings.merchantId())
            .put("productId", world.directory().productId());
    return Step.of(
            Step.Kind.CREATE,
            "create fee for price " + slot.priceName(),
            sending -> PaygenticCalls.createFee(body.deepCopy()))
        .intent(handle)
        .affects(PaygenticStep.CREATE_FEE.affects())
        .learn(
            (handles, answer) ->
                handles.with(handle, Wire.required(answer.requireBody("fees.create"), "id")))
        .build();
  }

  private Step makePrice(Slot slot, Optional<String> fee) {
    return Step.of(
            Step.Kind.CREATE,
            "create price " + slot.priceName() + " of " + slot.amount(slot.unitPrice()),
            sending -> {
              claims.making(desired.identity(), slot.content());
              return PaygenticCalls.createPrice(
                  body(slot, fee.orElseGet(() -> feeMade(slot, sending.handles()))));
            })
        .intent(slot.intent())
        .affects(PaygenticStep.CREATE_PRICE.affects())
        .learn(
            (handles, answer) -> {
              String id = Wire.required(answer.requireBody("prices.create"), "id");
              claims.made(desired.identity(), slot.content(), id);
              return handles.with(Search.MADE + slot.intent(), id);
            })
        .build();
  }

  private static String feeMade(Slot slot, Handles handles) {
    return slot.isOfFee() ? handles.require(Search.FEE + slot.priceName()) : "";
  }

  private static ObjectNode body(Slot slot, String fee) {
    ObjectNode body = PaygenticCalls.object();
    if (slot.isOfFee()) {
      body.put("feeId", fee).put("quantity", 1);
    } else {
      body.put("billableMetricId", slot.metricId());
    }
    body.put("model", RemotePrice.STANDARD)
        .put("invoiceDisplayName", slot.name())
        .put("paymentTerm", slot.term())
        .put("billingCadence", slot.cadence());
    body.putObject("properties").put("unitPrice", Decimals.canonical(slot.unitPrice()));
    slot.carried().ifPresent(it -> body.set("feature", feature(it)));
    return body;
  }

  private static ObjectNode feature(Wanted.Carried carried) {
    ObjectNode feature = PaygenticCalls.object().put("featureId", carried.featureId());
    feature.set("entitlementTemplate", carried.template());
    return feature;
  }

  private MarkLine mark(Slot slot) {
    return Marks.ofFee(desired, slot.priceName());
  }

  /** Fees that bear no mark, or the name that a Price had before; never somebody else's. */
  List<Step> markFees(Wanted wanted, Matching matching) {
    List<Step> steps = new ArrayList<>();
    Set<String> done = new HashSet<>();
    for (Slot slot : wanted.slots()) {
      Optional.ofNullable(matching.found().get(slot.priceName()))
          .filter(it -> slot.isOfFee())
          .flatMap(it -> Optional.ofNullable(world.fees().get(it.feeId())))
          .filter(it -> it.mark().isEmpty() || it.isOf(desired.identity()))
          .filter(it -> done.add(it.id()))
          .flatMap(it -> markFee(slot, it))
          .ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<Step> markFee(Slot slot, RemoteFee fee) {
    String description = mark(slot).appendTo(MarkLine.split(fee.description()).text());
    if (fee.description().equals(description)) {
      return Optional.empty();
    }
    String old = fee.price();
    FieldChange change =
        old.isEmpty() || old.equals(slot.priceName())
            ? new FieldChange(
                FieldChange.OWNER, fee.mark().map(MarkLine::line).orElse(""), mark(slot).line())
            : new FieldChange(slot.field("name"), old, slot.priceName());
    ObjectNode body = PaygenticCalls.object().put("description", description);
    return Optional.of(
        Step.of(
                Step.Kind.WRITE,
                "mark fee of price " + slot.priceName(),
                sending -> PaygenticCalls.updateFee(fee.id(), body.deepCopy()))
            .changes(List.of(change))
            .affects(PaygenticStep.MARK_FEE.affects())
            .build());
  }

  /** Changes what a price is called and what it entitles to, and nothing that anybody pays. */
  Optional<Step> update(Slot slot, RemotePrice there) {
    ObjectNode body = PaygenticCalls.object();
    List<FieldChange> changes = new ArrayList<>();
    Set<PaygenticStep> parts = EnumSet.noneOf(PaygenticStep.class);
    if (!there.name().equals(slot.name())) {
      body.put("invoiceDisplayName", slot.name());
      changes.add(new FieldChange(slot.field("invoiceDisplayName"), there.name(), slot.name()));
      parts.add(PaygenticStep.CHANGE_PRICE_TEXT);
    }
    if (!there.features().toString().equals(slot.features())) {
      slot.carried()
          .ifPresentOrElse(it -> body.set("feature", feature(it)), () -> body.putNull("feature"));
      boolean takes =
          there.features().keySet().stream()
              .anyMatch(it -> slot.carried().map(c -> !c.featureId().equals(it)).orElse(true));
      parts.add(takes ? PaygenticStep.REMOVE_ENTITLEMENT : PaygenticStep.CHANGE_ENTITLEMENT);
      changes.addAll(features(slot, there));
    }
    return body.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Step.of(
                    Step.Kind.WRITE,
                    "change price " + slot.priceName(),
                    sending -> PaygenticCalls.updatePrice(there.id(), body.deepCopy()))
                .changes(changes)
                .affects(PaygenticStep.affects(parts))
                .build());
  }

  /** What a price carries for features, field by field, in the words of the manifest. */
  List<FieldChange> features(Slot slot, RemotePrice there) {
    Map<String, Map<String, String>> before = new TreeMap<>();
    there.features().forEach((id, spelled) -> before.put(word(id), Template.fields(spelled)));
    Map<String, Map<String, String>> after = new TreeMap<>();
    slot.carried()
        .ifPresent(it -> after.put(it.entitlement().feature(), Template.fields(it.spelled())));
    Set<String> words = new java.util.TreeSet<>(before.keySet());
    words.addAll(after.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String word : words) {
      Map<String, String> from = before.getOrDefault(word, Map.of());
      Map<String, String> to = after.getOrDefault(word, Map.of());
      Set<String> fields = new java.util.TreeSet<>(from.keySet());
      fields.addAll(to.keySet());
      for (String field : fields) {
        String old = Planner.shown(from, field);
        String now = Planner.shown(to, field);
        if (!old.equals(now)) {
          changes.add(new FieldChange("entitlements." + word + "." + field, old, now));
        }
      }
    }
    return changes;
  }

  /** The manifests' word for a feature: that of an entitlement, else its alias, else its key. */
  private String word(String featureId) {
    String key = world.directory().featureKey(featureId);
    return desired.entitlements().stream()
        .map(it -> it.feature())
        .filter(it -> List.of(featureId, key).contains(settings.feature(it)))
        .findFirst()
        .or(
            () ->
                settings.aliases().features().entrySet().stream()
                    .filter(it -> List.of(featureId, key).contains(it.getValue().id()))
                    .map(Map.Entry::getKey)
                    .findFirst())
        .orElse(key);
  }
}
