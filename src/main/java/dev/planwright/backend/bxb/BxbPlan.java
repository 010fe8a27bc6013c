package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.MarkLine;
import dev.planwright.catalog.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A plan as bxb has it, with what hangs beside it. Lists are sorted by content: bxb returns them in
 * no order.
 *
 * @param description with the mark line; {@code ""} for null
 * @param amountCents base fee in minor units
 * @param created when it was made, {@link Instant#EPOCH} when that cannot be read
 */
record BxbPlan(
    String id,
    String code,
    String name,
    String description,
    String interval,
    BigDecimal amountCents,
    String currency,
    BigDecimal trialDays,
    Instant created,
    List<Charge> charges,
    List<Commitment> commitments,
    List<Threshold> thresholds,
    List<Granted> entitlements,
    List<AppliedTax> taxes) {

  /** The only type of commitment that bxb bills. */
  static final String MINIMUM = "minimum_commitment";

  BxbPlan {
    charges = sorted(charges, Comparator.comparing(Charge::content).thenComparing(Charge::id));
    commitments =
        sorted(
            commitments,
            Comparator.comparing(Commitment::amountCents).thenComparing(Commitment::id));
    thresholds =
        sorted(thresholds, Comparator.comparing(Threshold::content).thenComparing(Threshold::id));
    entitlements =
        sorted(entitlements, Comparator.comparing(Granted::featureId).thenComparing(Granted::id));
    taxes = sorted(taxes, Comparator.comparing(AppliedTax::taxId).thenComparing(AppliedTax::id));
  }

  /**
   * A usage charge. Its id changes whenever charges are written, so it is never compared.
   *
   * @param properties in one spelling, see {@link Canonical}
   */
  record Charge(String id, String metricId, String model, String properties) {
    /** All that bxb shows of it. */
    String content() {
      return metricId + " " + model + " " + properties;
    }

    String hash() {
      return Hash.of(content(), 12);
    }
  }

  /** The least that is billed for usage, in minor units. */
  record Commitment(String id, String type, BigDecimal amountCents) {}

  /** An amount at which bxb bills in between. */
  record Threshold(
      String id, BigDecimal amountCents, String currency, boolean recurring, String displayName) {
    String content() {
      return Decimals.canonical(amountCents) + " " + currency + " " + recurring + " " + displayName;
    }
  }

  /** What the plan grants of one feature. */
  record Granted(String id, String featureId, String value) {}

  /** A tax on the plan. */
  record AppliedTax(String id, String taxId) {}

  /** The same plan, with what is read from lists of their own. */
  BxbPlan with(
      List<Commitment> commitments,
      List<Threshold> thresholds,
      List<Granted> entitlements,
      List<AppliedTax> taxes) {
    return new BxbPlan(
        id,
        code,
        name,
        description,
        interval,
        amountCents,
        currency,
        trialDays,
        created,
        charges,
        commitments,
        thresholds,
        entitlements,
        taxes);
  }

  Optional<MarkLine> mark() {
    return MarkLine.split(description).mark();
  }

  /** Everything a pending step could depend on; no ids of charges, no counts, no times. */
  String fingerprint() {
    StringBuilder all = new StringBuilder();
    for (String part :
        List.of(
            id,
            code,
            name,
            description,
            interval,
            Decimals.canonical(amountCents),
            currency,
            Decimals.canonical(trialDays))) {
      all.append(part.length()).append(':').append(part).append('\n');
    }
    charges.forEach(charge -> all.append(charge.content()).append('\n'));
    commitments.forEach(
        it -> all.append(it.id() + it.type() + Decimals.canonical(it.amountCents())).append('\n'));
    thresholds.forEach(it -> all.append(it.id() + it.content()).append('\n'));
    entitlements.forEach(it -> all.append(it.id() + it.featureId() + it.value()).append('\n'));
    taxes.forEach(it -> all.append(it.id() + it.taxId()).append('\n'));
    return Hash.of(all.toString(), 32);
  }

  /** A plan out of an answer. */
  static BxbPlan parse(JsonNode node) {
    List<Charge> charges = new ArrayList<>();
    node.path("charges")
        .forEach(
            it ->
                charges.add(
                    new Charge(
                        text(it, "id"),
                        text(it, "billable_metric_id"),
                        text(it, "charge_model"),
                        Canonical.text(it.path("properties")))));
    return new BxbPlan(
        text(node, "id"),
        text(node, "code"),
        text(node, "name"),
        node.path("description").asText(""),
        text(node, "interval"),
        number(node, "amount_cents"),
        text(node, "currency"),
        number(node, "trial_period_days"),
        time(node.path("created_at").asText("")),
        charges,
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static Commitment commitment(JsonNode node) {
    return new Commitment(
        text(node, "id"), text(node, "commitment_type"), number(node, "amount_cents"));
  }

  static Threshold threshold(JsonNode node) {
    return new Threshold(
        text(node, "id"),
        number(node, "amount_cents"),
        text(node, "currency"),
        node.path("recurring").asBoolean(false),
        node.path("threshold_display_name").asText(""));
  }

  static Granted granted(JsonNode node) {
    return new Granted(text(node, "id"), text(node, "feature_id"), text(node, "value"));
  }

  static AppliedTax appliedTax(JsonNode node) {
    return new AppliedTax(text(node, "id"), text(node, "tax_id"));
  }

  /**
   * A text that an answer must hold.
   *
   * @throws BackendException when it does not: such an answer is believed in nothing
   */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw nonsense(field, "a text");
    }
    return value.textValue();
  }

  private static BigDecimal number(JsonNode node, String field) {
    return Canonical.decimal(node.path(field)).orElseThrow(() -> nonsense(field, "a number"));
  }

  private static BackendException nonsense(String field, String wanted) {
    return new BackendException(
        BackendException.Kind.NONSENSE,
        "bxb answered an object whose \"" + field + "\" is not " + wanted);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH; // only ever makes us less sure that we made it
    }
  }

  private static <T> List<T> sorted(List<T> items, Comparator<T> order) {
    return items.stream().sorted(order).toList();
  }
}
