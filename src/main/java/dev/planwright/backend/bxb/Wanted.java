package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.CatalogPrice.Role;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A desired plan in bxb's terms.
 *
 * @param baseField the manifest's field that holds the base fee, {@code prices[flat].amount} where
 *     the manifest has no flat price
 * @param commitment minor units
 * @param grants by feature id
 * @param missing what the account lacks; with any, the rest is not complete
 */
record Wanted(
    String code,
    String name,
    String text,
    String interval,
    String baseField,
    BigDecimal amountCents,
    String currency,
    int trialDays,
    List<Charge> charges,
    Optional<BigDecimal> commitment,
    List<BxbPlan.Threshold> thresholds,
    Map<String, Grant> grants,
    Optional<Directory.TaxRate> tax,
    List<MissingReference> missing) {

  /**
   * A charge with its ids.
   *
   * @param remote as bxb will show it, without an id
   * @param scale what its numbers count
   */
  record Charge(
      CatalogPrice price, BxbPlan.Charge remote, ObjectNode body, ChargeMapping.Scale scale) {
    /** All that is sent, filters included. */
    String sent() {
      return remote.content() + " " + Canonical.text(body.path("filters"));
    }

    boolean filtered() {
      return body.has("filters");
    }
  }

  /** What is granted of a feature. */
  record Grant(Entitlement entitlement, String value) {}

  /** Where no flat price is, bxb has a base fee all the same: of nothing. */
  private static final String NO_BASE_FEE = "prices[flat].amount";

  /** Whether the manifest has a flat price. */
  boolean hasBaseFee() {
    return !baseField.equals(NO_BASE_FEE);
  }

  /** The same with another description, base fee and trial. */
  Wanted with(String otherText, BigDecimal otherAmountCents, int otherTrialDays) {
    return new Wanted(
        code,
        name,
        otherText,
        interval,
        baseField,
        otherAmountCents,
        currency,
        otherTrialDays,
        charges,
        commitment,
        thresholds,
        grants,
        tax,
        missing);
  }

  /** The hash of the filters, {@code ""} without any. */
  String filtersHash() {
    List<String> filtered =
        charges.stream().filter(Charge::filtered).map(Charge::sent).sorted().toList();
    return filtered.isEmpty() ? "" : Hash.of(String.join("\n", filtered), 16);
  }

  /** Hashes of the parts of a remote plan that the manifest names, at whatever value. */
  Set<String> namedIn(BxbPlan remote) {
    Set<String> named = new TreeSet<>(Kept.named(this));
    charges.forEach(it -> named.add(it.remote().hash()));
    Set<String> there = Kept.there(remote);
    remote.charges().forEach(it -> there.add(it.hash()));
    named.retainAll(there);
    remote.entitlements().stream()
        .filter(it -> grants.containsKey(it.featureId()))
        .forEach(it -> named.add(BxbChildren.hash(it.id())));
    remote.taxes().stream()
        .filter(it -> tax.stream().anyMatch(mine -> mine.id().equals(it.taxId())))
        .forEach(it -> named.add(BxbChildren.hash(it.id())));
    return named;
  }

  /** Maps a plan that {@link BxbCheck} accepts and that has an interval. */
  static Wanted of(CatalogPlan plan, BxbSettings settings, Directory directory) {
    List<MissingReference> missing = new ArrayList<>();
    CatalogPrice leading = Words.leading(plan).orElseThrow();
    Optional<CatalogPrice> base = plan.prices(Role.ALTERNATIVE).findFirst();
    String currency = leading.currency();
    List<Charge> charges = new ArrayList<>();
    plan.prices(Role.COMPONENT)
        .forEach(
            price -> charge(plan, price, settings, directory, missing).ifPresent(charges::add));
    Map<String, Grant> grants = new TreeMap<>();
    plan.entitlements()
        .forEach(
            it ->
                directory
                    .feature(settings.feature(it.feature()))
                    .ifPresentOrElse(
                        feature ->
                            grants.put(
                                feature.id(), new Grant(it, Words.grant(it.grant()).orElseThrow())),
                        () ->
                            missing.add(
                                new MissingReference(
                                    "feature",
                                    it.feature(),
                                    settings.feature(it.feature()),
                                    "spec.entitlements[" + it.feature() + "]"))));
    Optional<Directory.TaxRate> tax = plan.tax().flatMap(it -> directory.tax(it.code()));
    if (plan.tax().isPresent() && tax.isEmpty()) {
      String code = plan.tax().get().code();
      missing.add(new MissingReference("tax", code, code, "spec.tax.code"));
    }
    return new Wanted(
        plan.identity().key(),
        plan.displayName(),
        plan.description(),
        leading.interval().flatMap(Words::interval).orElseThrow(),
        base.map(it -> "prices." + it.name() + ".amount").orElse(NO_BASE_FEE),
        base.map(it -> Decimals.minorUnits(((PriceModel.Flat) it.model()).amount(), currency))
            .orElse(BigDecimal.ZERO),
        currency,
        plan.trial().map(CatalogPlan.Trial::days).orElse(0),
        List.copyOf(charges),
        plan.minimumCommitments().stream()
            .findFirst()
            .map(it -> Decimals.minorUnits(it.amount(), it.currency())),
        plan.usageThresholds().stream()
            .map(
                it ->
                    new BxbPlan.Threshold(
                        "",
                        Decimals.minorUnits(it.amount(), it.currency()),
                        it.currency(),
                        it.recurring(),
                        it.displayName()))
            .toList(),
        grants,
        tax,
        List.copyOf(missing));
  }

  private static Optional<Charge> charge(
      CatalogPlan plan,
      CatalogPrice price,
      BxbSettings settings,
      Directory directory,
      List<MissingReference> missing) {
    String word = price.model().metricName().orElseThrow();
    String field = plan.object(price) + " spec." + price.model().field();
    Optional<Directory.Metric> metric = directory.metric(settings.metric(word));
    if (metric.isEmpty()) {
      missing.add(new MissingReference("metric", word, settings.metric(word), field + ".metric"));
      return Optional.empty();
    }
    ChargeMapping.Scale scale =
        ChargeMapping.Scale.of(
            settings.amountUnit().orElseThrow(), settings.countsMinorUnits(word), price.currency());
    ChargeMapping.Draft draft = ChargeMapping.map(price.model(), scale).draft();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("billable_metric_id", metric.get().id());
    body.put("charge_model", draft.chargeModel());
    body.set("properties", draft.properties());
    int missingBefore = missing.size();
    if (!draft.filters().isEmpty()) {
      ArrayNode filters = body.putArray("filters");
      List<ObjectNode> resolved = new ArrayList<>();
      for (int i = 0; i < draft.filters().size(); i++) {
        ChargeMapping.FilterDraft filter = draft.filters().get(i);
        String filterField = field + ".filters[" + i + "]";
        filter(metric.get(), filter, filterField, directory, missing).ifPresent(resolved::add);
      }
      // Each value is in one filter only, so their order means nothing.
      resolved.stream().sorted(Comparator.comparing(Canonical::text)).forEach(filters::add);
    }
    return missing.size() > missingBefore
        ? Optional.empty()
        : Optional.of(
            new Charge(
                price,
                new BxbPlan.Charge(
                    "", metric.get().id(), draft.chargeModel(), Canonical.text(draft.properties())),
                body,
                scale));
  }

  private static Optional<ObjectNode> filter(
      Directory.Metric metric,
      ChargeMapping.FilterDraft filter,
      String field,
      Directory directory,
      List<MissingReference> missing) {
    Optional<Directory.Dimension> dimension = directory.dimension(metric.id(), filter.key());
    if (dimension.isEmpty()) {
      missing.add(
          new MissingReference(
              "metric filter", filter.key(), metric.code() + "/" + filter.key(), field + ".key"));
      return Optional.empty();
    }
    for (String value : filter.values()) {
      if (!dimension.get().values().contains(value)) {
        missing.add(
            new MissingReference(
                "metric filter value",
                value,
                metric.code() + "/" + filter.key() + "=" + value,
                field + ".values"));
      }
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("billable_metric_filter_id", dimension.get().id());
    ArrayNode values = node.putArray("values");
    filter.values().stream().sorted().forEach(values::add);
    node.set("properties", filter.properties());
    return Optional.of(node);
  }
}
