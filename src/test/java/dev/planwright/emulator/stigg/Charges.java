package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pricing of a version: what {@code charges} in a PATCH does to it, and the flat rows that are
 * read back, one for each model, cadence, period, country and feature.
 */
final class Charges {
  private static final int MOST = 50;
  private static final Set<String> HIDDEN = Set.of("seq", "reset", "entitlement", "currencyId");
  private static final List<String> TUPLE =
      List.of("billingModel", "billingCadence", "billingPeriod", "billingCountryCode", "featureId");

  private final StiggState state;
  private final ChargeRows rows;
  private final Entitlements entitlements;

  Charges(StiggState state, Features features, Currencies currencies, Entitlements entitlements) {
    this.state = state;
    this.rows = new ChargeRows(state, features, currencies);
    this.entitlements = entitlements;
  }

  /** Writes the pricing of a draft. */
  void write(ObjectNode draft, Input input) {
    String type = input.word("pricingType", Words.PRICING_TYPE);
    List<Input> models = models(input, "pricingModels");
    List<Input> overages = models(input, "overagePricingModels");
    if (type.equals("FREE") && !(models.isEmpty() && overages.isEmpty())) {
      if (state.is(StiggSwitch.CHARGES_ON_FREE_REFUSED)) {
        throw Refusal.bad("a free plan has no charges");
      }
      models = List.of();
      overages = List.of();
    }
    draft.put("pricingType", type);
    write(draft, "charges", input.has("pricingModels"), chargeRows(models));
    write(draft, "overages", input.has("overagePricingModels"), overageRows(draft, overages));
    if (input.has("minimumSpend") || !state.is(StiggSwitch.ABSENT_CHARGE_LISTS_KEPT)) {
      draft.set("minimumSpend", minimumSpend(input));
    }
    if (input.has("overageBillingPeriod") || !state.is(StiggSwitch.ABSENT_CHARGE_LISTS_KEPT)) {
      draft.putNull("overageBillingPeriod");
      input.copyWord(draft, "overageBillingPeriod", false, Words.OVERAGE_PERIOD);
    }
    input.copyText(StiggState.object(), "billingId", false); // deprecated, without effect
    input.finish();
    checkUsage(draft);
  }

  private static List<Input> models(Input input, String name) {
    return input.has(name) ? input.objects(name, 0, MOST) : List.of();
  }

  private List<ObjectNode> chargeRows(List<Input> models) {
    List<ObjectNode> all = new ArrayList<>();
    models.forEach(model -> all.addAll(rows.ofModel(model)));
    return all;
  }

  private List<ObjectNode> overageRows(ObjectNode draft, List<Input> models) {
    List<ObjectNode> all = new ArrayList<>();
    for (Input model : models) {
      all.addAll(rows.ofOverage(model));
      if (model.holds("entitlement") && state.is(StiggSwitch.OVERAGE_WRITES_ENTITLEMENT)) {
        entitlements.writeLimit(draft, model.object("entitlement"));
      }
    }
    return all;
  }

  private void write(ObjectNode draft, String name, boolean sent, List<ObjectNode> incoming) {
    if (!sent && state.is(StiggSwitch.ABSENT_CHARGE_LISTS_KEPT)) {
      return;
    }
    List<ObjectNode> kept = new ArrayList<>();
    if (!state.is(StiggSwitch.CHARGES_REPLACE)) {
      draft.path(name).forEach(row -> kept.add((ObjectNode) row));
    }
    List<ObjectNode> seen = new ArrayList<>();
    for (ObjectNode row : incoming) {
      Optional<ObjectNode> twin = seen.stream().filter(it -> equal(it, row)).findFirst();
      if (twin.isPresent() && state.is(StiggSwitch.EQUAL_CHARGES_REFUSED)) {
        throw Refusal.bad("two charges of equal model, cadence, period, country and feature");
      }
      kept.removeIf(it -> equal(it, row));
      kept.add(row);
      seen.add(row);
    }
    ArrayNode written = StiggState.array();
    kept.forEach(written::add);
    draft.set(name, written);
  }

  private static boolean equal(ObjectNode one, ObjectNode other) {
    return TUPLE.stream().allMatch(field -> one.path(field).equals(other.path(field)));
  }

  private void checkUsage(ObjectNode draft) {
    boolean usage = false;
    boolean yearly = false;
    for (JsonNode row : draft.path("charges")) {
      usage |= row.path("billingModel").asText().equals("USAGE_BASED");
      yearly |=
          row.path("billingPeriod").asText().equals("ANNUALLY")
              && row.path("billingCadence").asText().equals("RECURRING");
    }
    if (usage && yearly && !state.is(StiggSwitch.USAGE_BESIDE_YEARLY)) {
      throw Refusal.bad("pay-as-you-go is possible only where monthly is the sole period");
    }
  }

  private ArrayNode minimumSpend(Input input) {
    ArrayNode all = StiggState.array();
    if (input.holds("minimumSpend")) {
      for (Input minimum : input.objects("minimumSpend", 0, MOST)) {
        String period = minimum.word("billingPeriod", Words.BILLING_PERIOD);
        ObjectNode row = rows.blank("MINIMUM_SPEND", "RECURRING", period);
        row.set("price", rows.money(minimum, "minimum", Optional.empty()));
        minimum.finish();
        all.add(row);
      }
    }
    return all;
  }

  // ---- reading ------------------------------------------------------------------------------

  List<Pages.Line> lines(Pack pack, ObjectNode version) {
    List<Pages.Line> lines = new ArrayList<>(lines(pack, version, version.path("charges")));
    if (state.is(StiggSwitch.MINIMUM_SPEND_IS_A_CHARGE)) {
      lines.addAll(lines(pack, version, version.path("minimumSpend")));
    }
    return lines;
  }

  List<Pages.Line> overageLines(Pack pack, ObjectNode version) {
    return lines(pack, version, version.path("overages"));
  }

  private List<Pages.Line> lines(Pack pack, ObjectNode version, JsonNode stored) {
    int number = version.path("number").intValue();
    boolean used =
        Lifecycle.subscriptions(state, pack).stream()
            .anyMatch(it -> it.path("priceVersion").intValue() == number);
    List<Pages.Line> lines = new ArrayList<>();
    for (JsonNode row : stored) {
      ObjectNode shown = ((ObjectNode) row).deepCopy().without(HIDDEN);
      shown.put("usedInSubscriptions", used);
      long seq = row.path("seq").longValue();
      long place = state.is(StiggSwitch.CHARGES_IN_ORDER_SENT) ? seq : Integer.MAX_VALUE - seq;
      lines.add(new Pages.Line(place, shown));
    }
    return lines;
  }
}
