package dev.planwright.backend.paygentic;

import dev.planwright.backend.MarkLine;
import dev.planwright.backend.paygentic.Wanted.Slot;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Texts and tax that a manifest leaves to their defaults and that were set before the plan was
 * adopted: they stay, and the mark remembers which they are.
 *
 * @param wanted what is wanted, with what stays
 * @param names what stays, as the mark notes it; a tax that no manifest names is {@link Marks#TAX}
 */
record Kept(Wanted wanted, Set<String> names) {
  private static final String DESCRIPTION = "description";
  private static final String INVOICE_NAME = "invoicename";
  private static final String TAX_CODE = "taxcode";
  private static final String TAX_RATE = "taxrate";
  private static final String TAX_BEHAVIOR = "taxbehavior";

  /** What a price is called on invoices, by the Price or, where usage is counted, the metric. */
  private static final String PRICE_NAME = "name:";

  /**
   * @param adopting whether the plan bears nobody's mark yet
   */
  static Kept over(
      CatalogPlan desired,
      Wanted wanted,
      RemotePlan remote,
      Map<String, RemoteFee> fees,
      boolean adopting) {
    return new Merge(desired, wanted, remote, fees, adopting).merged();
  }

  private static final class Merge {
    private final CatalogPlan desired;
    private final Wanted wanted;
    private final RemotePlan remote;
    private final Map<String, RemoteFee> fees;
    private final boolean adopting;
    private final Set<String> before;
    private final Set<String> names = new TreeSet<>();

    Merge(
        CatalogPlan desired,
        Wanted wanted,
        RemotePlan remote,
        Map<String, RemoteFee> fees,
        boolean adopting) {
      this.desired = desired;
      this.wanted = wanted;
      this.remote = remote;
      this.fees = fees;
      this.adopting = adopting;
      this.before = remote.mark().map(Marks::kept).orElse(Set.of());
    }

    Kept merged() {
      String there = MarkLine.split(remote.description()).text();
      String text = wanted.text().isEmpty() ? stays(DESCRIPTION, there, "") : wanted.text();
      String invoiceName =
          desired.invoiceDisplayName().isEmpty()
              ? stays(INVOICE_NAME, remote.invoiceName(), wanted.invoiceName())
              : wanted.invoiceName();
      Map<String, RemotePrice> found =
          Matching.of(wanted, remote, fees, desired.identity()).found();
      List<Slot> slots =
          wanted.slots().stream()
              .map(
                  it ->
                      Optional.ofNullable(found.get(it.priceName()))
                          .map(p -> slot(it, p))
                          .orElse(it))
              .toList();
      return new Kept(wanted.with(invoiceName, text, wanted.tax().map(this::tax), slots), names);
    }

    /** What a tax leaves to Paygentic's defaults, where a person had set it. */
    private Wanted.Tax tax(Wanted.Tax to) {
      CatalogPlan.Tax said = desired.tax().orElseThrow();
      boolean rate =
          said.rate().isEmpty() && remote.taxRate().signum() != 0 && was(TAX_RATE, Marks.TAX);
      if (rate) {
        names.add(TAX_RATE);
      }
      return new Wanted.Tax(
          said.code().isEmpty() ? taxText(TAX_CODE, remote.taxCode(), to.code()) : to.code(),
          rate ? remote.taxRate() : to.rate(),
          said.behavior().isEmpty()
              ? taxText(TAX_BEHAVIOR, remote.taxBehavior(), to.behavior())
              : to.behavior());
    }

    private String taxText(String name, String there, String otherwise) {
      return stays(name, there, otherwise, was(name, Marks.TAX));
    }

    private Slot slot(Slot slot, RemotePrice there) {
      CatalogPrice price = slot.price();
      boolean said = !price.invoiceDisplayName().isEmpty() || !price.nickname().isEmpty();
      if (said) {
        return slot;
      }
      String known =
          PRICE_NAME
              + Optional.ofNullable(fees.get(there.feeId()))
                  .map(RemoteFee::price)
                  .filter(it -> !it.isEmpty())
                  .orElse(slot.priceName());
      String name = PRICE_NAME + (slot.isOfFee() ? slot.priceName() : slot.metricId());
      return slot.named(stays(name, there.name(), slot.name(), was(name, known)));
    }

    private String stays(String name, String there, String otherwise) {
      return stays(name, there, otherwise, was(name, name));
    }

    private String stays(String name, String there, String otherwise, boolean was) {
      if (there.isEmpty() || there.equals(otherwise) || !was) {
        return otherwise;
      }
      names.add(name);
      return there;
    }

    private boolean was(String name, String also) {
      return adopting || before.contains(name) || before.contains(also);
    }
  }
}
