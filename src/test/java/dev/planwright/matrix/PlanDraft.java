package dev.planwright.matrix;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A plan that is being edited. */
final class PlanDraft {
  private final CatalogPlan plan;
  Optional<String> externalId;
  String displayName;
  String invoiceDisplayName;
  String description;
  String imageUrl;
  CatalogPlan.Pricing pricing;
  CatalogPlan.Lifecycle lifecycle;
  Optional<String> product;
  Optional<String> parentPlan;
  List<String> compatibleAddOns;
  Optional<String> defaultPrice;
  Optional<CatalogPlan.Trial> trial;
  List<Entitlement> entitlements;
  List<CatalogPlan.CreditGrant> creditGrants;
  List<CatalogPlan.MinimumCommitment> minimumCommitments;
  List<CatalogPlan.UsageThreshold> usageThresholds;
  Optional<CatalogPlan.Tax> tax;
  Map<String, String> metadata;
  List<CatalogPrice> prices;

  private PlanDraft(CatalogPlan plan) {
    this.plan = plan;
    this.externalId = plan.externalId();
    this.displayName = plan.displayName();
    this.invoiceDisplayName = plan.invoiceDisplayName();
    this.description = plan.description();
    this.imageUrl = plan.imageUrl();
    this.pricing = plan.pricing();
    this.lifecycle = plan.lifecycle();
    this.product = plan.product();
    this.parentPlan = plan.parentPlan();
    this.compatibleAddOns = plan.compatibleAddOns();
    this.defaultPrice = plan.defaultPrice();
    this.trial = plan.trial();
    this.entitlements = plan.entitlements();
    this.creditGrants = plan.creditGrants();
    this.minimumCommitments = plan.minimumCommitments();
    this.usageThresholds = plan.usageThresholds();
    this.tax = plan.tax();
    this.metadata = plan.metadata();
    this.prices = plan.prices();
  }

  static UnaryOperator<CatalogPlan> edit(Consumer<PlanDraft> edit) {
    return plan -> {
      PlanDraft draft = new PlanDraft(plan);
      edit.accept(draft);
      return draft.done();
    };
  }

  /** An edit of one price, which is there. */
  static UnaryOperator<CatalogPlan> price(String name, Consumer<PriceDraft> edit) {
    return edit(
        plan -> {
          List<CatalogPrice> prices = new ArrayList<>();
          for (CatalogPrice price : plan.prices) {
            if (price.name().equals(name)) {
              PriceDraft draft = new PriceDraft(price);
              edit.accept(draft);
              prices.add(draft.done());
            } else {
              prices.add(price);
            }
          }
          plan.prices = prices;
        });
  }

  /** Another model for one price. */
  static UnaryOperator<CatalogPlan> model(String name, PriceModel model) {
    return price(name, price -> price.model = model);
  }

  private CatalogPlan done() {
    return new CatalogPlan(
        plan.identity(),
        plan.namespace(),
        plan.name(),
        externalId,
        displayName,
        invoiceDisplayName,
        description,
        imageUrl,
        plan.type(),
        pricing,
        lifecycle,
        product,
        parentPlan,
        compatibleAddOns,
        defaultPrice,
        trial,
        entitlements,
        creditGrants,
        minimumCommitments,
        usageThresholds,
        tax,
        metadata,
        prices);
  }

  /** A price that is being edited. */
  static final class PriceDraft {
    private final CatalogPrice price;
    String name;
    String nickname;
    String invoiceDisplayName;
    String currency;
    CatalogPrice.Schedule schedule;
    CatalogPrice.Billing billing;
    PriceModel model;
    List<String> countries;
    OptionalInt trialDays;
    OptionalInt sortOrder;
    Map<String, String> metadata;

    private PriceDraft(CatalogPrice price) {
      this.price = price;
      this.name = price.name();
      this.nickname = price.nickname();
      this.invoiceDisplayName = price.invoiceDisplayName();
      this.currency = price.currency();
      this.schedule = price.schedule();
      this.billing = price.billing();
      this.model = price.model();
      this.countries = price.countries();
      this.trialDays = price.trialDays();
      this.sortOrder = price.sortOrder();
      this.metadata = price.metadata();
    }

    /** Every so many months. */
    void months(int count) {
      schedule = new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, count));
    }

    private CatalogPrice done() {
      return new CatalogPrice(
          name,
          price.uid(),
          price.generation(),
          price.externalId(),
          nickname,
          invoiceDisplayName,
          currency,
          schedule,
          billing,
          model,
          countries,
          trialDays,
          sortOrder,
          metadata);
    }
  }
}
