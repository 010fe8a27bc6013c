package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Step;
import dev.planwright.backend.paygentic.Wanted.Slot;
import dev.planwright.catalog.Decimals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One new version of a plan for all prices that come, change or go. It is the default version at
 * once, and everybody is billed by it. The old prices stay in the old versions.
 */
final class Version {
  private static final int SHOWN = 3;

  private final RemotePlan remote;
  private final Wanted wanted;
  private final PaygenticWorld world;
  private final Prices prices;
  private final List<Slot> added = new ArrayList<>();
  private final Map<Slot, RemotePrice> replaced = new LinkedHashMap<>();
  private final List<String> removed = new ArrayList<>();
  private final List<FieldChange> changes = new ArrayList<>();

  Version(RemotePlan remote, Wanted wanted, PaygenticWorld world, Prices prices) {
    this.remote = remote;
    this.wanted = wanted;
    this.world = world;
    this.prices = prices;
  }

  void add(Slot slot) {
    added.add(slot);
    changes.add(new FieldChange(slot.amountField(), "", slot.amount(slot.unitPrice())));
  }

  void replace(Slot slot, RemotePrice there) {
    replaced.put(slot, there);
    int before = changes.size();
    boolean plain = there.model().equals(RemotePrice.STANDARD) && there.unitPrice().isPresent();
    if (!plain) {
      changes.add(
          new FieldChange(slot.field("model"), there.model(), slot.price().model().field()));
    } else if (!Decimals.same(there.unitPrice().orElseThrow(), slot.unitPrice())) {
      changes.add(
          new FieldChange(
              slot.amountField(),
              slot.amount(there.unitPrice().orElseThrow()),
              slot.amount(slot.unitPrice())));
    }
    differs(slot, "billing", billing(there.term()), billing(slot.term()));
    differs(
        slot,
        "recurring",
        Words.shownCadence(there.cadenceIn(remote.cadence())),
        Words.shownCadence(slot.cadence()));
    differs(slot, "quantity", Decimals.canonical(there.quantity()), "1");
    differs(slot, "currency", there.unit(), there.unit().isEmpty() ? "" : wanted.currency());
    changes.addAll(prices.features(slot, there));
    if (changes.size() == before) {
      changes.add(new FieldChange(slot.field("model"), "discounted by grants", "plain"));
    }
  }

  private void differs(Slot slot, String field, String from, String to) {
    if (!from.equals(to)) {
      changes.add(new FieldChange(slot.field(field), from, to));
    }
  }

  private static String billing(String term) {
    return switch (term) {
      case Words.IN_ADVANCE -> "InAdvance";
      case Words.IN_ARREARS -> "InArrears";
      default -> term;
    };
  }

  void remove(RemotePrice price) {
    removed.add(price.id());
    changes.add(
        new FieldChange(
            "prices" + named(price) + ".amount",
            price.unitPrice().map(Decimals::canonical).orElse(price.model()),
            ""));
  }

  /** One that somebody deleted and that the plan still names. */
  void removeDeleted(String id) {
    removed.add(id);
    changes.add(new FieldChange("prices[" + id + "]", "deleted on Paygentic", ""));
  }

  /** The name of a Price that is gone; in brackets what has no name in any manifest. */
  private String named(RemotePrice price) {
    if (!price.isOfFee()) {
      return "[metric=" + world.directory().metricName(price.metricId()) + "]";
    }
    String name =
        Optional.ofNullable(world.fees().get(price.feeId())).map(RemoteFee::price).orElse("");
    boolean taken = wanted.slots().stream().anyMatch(it -> it.priceName().equals(name));
    return name.isEmpty() || taken ? "[" + price.id() + "]" : "." + name;
  }

  Optional<Step> step(String key, Claims claims) {
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    String title =
        changes.stream().limit(SHOWN).map(FieldChange::toString).collect(Collectors.joining(", "))
            + (changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "")
            + ", by a new version of plan "
            + key;
    List<String> reused =
        Stream.concat(added.stream(), replaced.keySet().stream())
            .flatMap(it -> prices.reused(it).stream())
            .toList();
    Step.Builder step =
        Step.of(
                Step.Kind.CREATE,
                title,
                sending -> {
                  claims.offer(title, reused);
                  return PaygenticCalls.mint(remote.id(), body(sending.handles()));
                })
            .intent(intent(contents()))
            .changes(changes)
            .affects(PaygenticStep.MINT_VERSION.affects());
    return Optional.of((removed.isEmpty() ? step : step.removes()).build());
  }

  private ObjectNode body(Handles handles) {
    ObjectNode body = PaygenticCalls.object();
    if (!added.isEmpty()) {
      PaygenticCalls.put(
          body, "addPrices", added.stream().map(it -> prices.id(it, handles)).toList());
    }
    if (!removed.isEmpty()) {
      PaygenticCalls.put(body, "removePrices", removed);
    }
    if (!replaced.isEmpty()) {
      ArrayNode pairs = body.putArray("replacePrices");
      replaced.forEach(
          (slot, old) ->
              pairs
                  .addObject()
                  .put("replacesPriceId", old.id())
                  .put("withPriceId", prices.id(slot, handles)));
    }
    return body;
  }

  /** What the plan sells after it. */
  private List<String> contents() {
    List<String> replacedIds = replaced.values().stream().map(RemotePrice::id).toList();
    return Stream.concat(
            remote.prices().stream()
                .filter(it -> !removed.contains(it.id()) && !replacedIds.contains(it.id()))
                .map(it -> it.billed(remote.cadence())),
            Stream.concat(added.stream(), replaced.keySet().stream()).map(Slot::billed))
        .toList();
  }

  private static String intent(List<String> contents) {
    return "version#" + Hash.of(String.join("\n", contents.stream().sorted().toList()));
  }

  /** The intent that a plan which sells this has seen. */
  static String seen(RemotePlan plan) {
    return intent(plan.prices().stream().map(it -> it.billed(plan.cadence())).toList());
  }
}
