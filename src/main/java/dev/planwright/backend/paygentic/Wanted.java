package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A desired plan in Paygentic's terms.
 *
 * @param text the description without our mark
 * @param tax empty where the manifest says nothing
 * @param missing what the account lacks; with any, the rest is not complete
 */
record Wanted(
    String name,
    String invoiceName,
    String text,
    String currency,
    String cadence,
    Optional<Tax> tax,
    List<Slot> slots,
    List<MissingReference> missing) {

  /** Percent, and whether amounts hold it. */
  record Tax(String code, BigDecimal rate, String behavior) {}

  /**
   * What a price carries for a feature.
   *
   * @param spelled the template in one spelling
   */
  record Carried(Entitlement entitlement, String featureId, ObjectNode template, String spelled) {}

  /**
   * One price of the plan.
   *
   * @param metricId {@code ""} where a fee is charged
   * @param name on invoices
   */
  record Slot(
      CatalogPrice price,
      String metricId,
      String cadence,
      String term,
      BigDecimal unitPrice,
      boolean minorMetric,
      String name,
      Optional<Carried> carried) {
    /** The same under another name on invoices. */
    Slot named(String other) {
      return new Slot(price, metricId, cadence, term, unitPrice, minorMetric, other, carried);
    }

    boolean isOfFee() {
      return metricId.isEmpty();
    }

    boolean isOnce() {
      return cadence.equals(RemotePrice.ONCE);
    }

    String priceName() {
      return price.name();
    }

    /** As {@link RemotePrice#billed}. */
    String billed() {
      return String.join(
          " ",
          isOfFee() ? "fee" : metricId,
          cadence,
          term,
          Decimals.canonical(unitPrice),
          "1",
          "-",
          "-");
    }

    String features() {
      return carried.map(it -> "{" + it.featureId() + "=" + it.spelled() + "}").orElse("{}");
    }

    /** As {@link RemotePrice#content}. */
    String content() {
      return billed() + " " + features() + " " + name;
    }

    /** Stable over restarts, and another one for other content. */
    String intent() {
      return intent(price.name(), content());
    }

    static String intent(String priceName, String content) {
      return "price:" + priceName + "#" + Hash.of(content);
    }

    boolean isBilledAs(RemotePrice remote, String planCadence) {
      return remote.billed(planCadence).equals(billed());
    }

    boolean isLike(RemotePrice remote, String planCadence) {
      return remote.content(planCadence).equals(content());
    }

    String field(String field) {
      return "prices." + price.name() + "." + field;
    }

    /** The amount or rate of the manifest that a unit price stands for. */
    String amount(BigDecimal unit) {
      return Words.manifestAmount(price.model(), unit, minorMetric, price.currency());
    }

    String amountField() {
      return field(Words.amountField(price.model()));
    }
  }

  Wanted {
    slots = List.copyOf(slots);
    missing = List.copyOf(missing);
  }

  /** The same with other texts, tax and prices. */
  Wanted with(
      String otherInvoiceName, String otherText, Optional<Tax> otherTax, List<Slot> otherSlots) {
    return new Wanted(
        name, otherInvoiceName, otherText, currency, cadence, otherTax, otherSlots, missing);
  }

  /** Maps a plan that {@link PaygenticCheck} accepts and that has a recurring price. */
  static Wanted of(CatalogPlan plan, PaygenticSettings settings, Directory directory) {
    List<MissingReference> missing = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    CatalogPrice leading = Words.leading(plan).orElseThrow();
    for (CatalogPrice price : plan.prices()) {
      slot(plan, price, settings, directory, missing).ifPresent(slots::add);
    }
    for (Entitlement it : plan.entitlements()) {
      if (directory.feature(settings.feature(it.feature())).isEmpty()) {
        missing.add(
            new MissingReference(
                "feature",
                it.feature(),
                settings.feature(it.feature()),
                "spec.entitlements[" + it.feature() + "]"));
      }
    }
    return new Wanted(
        plan.displayName(),
        plan.invoiceDisplayName().isEmpty() ? plan.displayName() : plan.invoiceDisplayName(),
        plan.description(),
        leading.currency(),
        leading.interval().flatMap(Words::cadence).orElseThrow(),
        plan.tax()
            .map(
                tax ->
                    new Tax(
                        tax.code().isEmpty() ? RemotePlan.TAX_CODE : tax.code(),
                        tax.rate().orElse(BigDecimal.ZERO),
                        tax.behavior().map(Words::behavior).orElse(RemotePlan.EXCLUSIVE))),
        slots,
        missing);
  }

  private static Optional<Slot> slot(
      CatalogPlan plan,
      CatalogPrice price,
      PaygenticSettings settings,
      Directory directory,
      List<MissingReference> missing) {
    Optional<String> word = price.model().metricName();
    String metricId = "";
    if (word.isPresent()) {
      String lookedFor = settings.metric(word.get());
      List<Directory.Metric> found = directory.metrics(lookedFor);
      if (found.size() != 1) {
        missing.add(
            new MissingReference(
                "metric",
                word.get(),
                found.isEmpty()
                    ? lookedFor
                    : "the only one of this name, and there are "
                        + String.join(", ", found.stream().map(Directory.Metric::id).toList()),
                plan.object(price) + " spec." + price.model().field() + ".metric"));
        return Optional.empty();
      }
      metricId = found.getFirst().id();
    }
    boolean minor = word.map(settings::countsMinorUnits).orElse(false);
    return Optional.of(
        new Slot(
            price,
            metricId,
            price.interval().flatMap(Words::cadence).orElse(RemotePrice.ONCE),
            Words.term(price.billing()),
            Words.unitPrice(price.model(), minor, price.currency()).orElseThrow(),
            minor,
            Words.invoiceName(plan, price),
            word.flatMap(it -> carried(plan, it, settings, directory))));
  }

  /** The entitlement of the feature that bears the metric's word. */
  private static Optional<Carried> carried(
      CatalogPlan plan, String word, PaygenticSettings settings, Directory directory) {
    return plan.entitlements().stream()
        .filter(it -> it.feature().equals(word))
        .findFirst()
        .flatMap(
            it ->
                directory
                    .feature(settings.feature(it.feature()))
                    .flatMap(
                        feature ->
                            Template.of(it.grant())
                                .map(
                                    template ->
                                        new Carried(
                                            it,
                                            feature.id(),
                                            template,
                                            Template.spelled(template)))));
  }
}
