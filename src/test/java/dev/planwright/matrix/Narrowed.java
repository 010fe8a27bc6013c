package dev.planwright.matrix;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is left of a plan when whatever a backend refuses is left out, as a person would who reads
 * the messages one after the other.
 */
final class Narrowed {
  private static final int ROUNDS = 30;

  private Narrowed() {}

  /**
   * The plan without what is refused of it, and with a plain price where none is left; empty when
   * that is no plan for this backend either.
   */
  static Optional<CatalogPlan> to(CatalogPlan plan, Provider<?> provider) {
    return left(plan, provider).or(() -> left(withPlainPrice(plan), provider));
  }

  private static CatalogPlan withPlainPrice(CatalogPlan plan) {
    List<CatalogPrice> prices = new ArrayList<>();
    prices.add(SamplePlans.flat("a-base", "49.00"));
    plan.prices().stream()
        .filter(it -> it.role() == CatalogPrice.Role.COMPONENT)
        .forEach(prices::add);
    return PlanDraft.edit(
            draft -> {
              draft.pricing = CatalogPlan.Pricing.PAID;
              draft.defaultPrice = Optional.empty();
              draft.prices = prices;
            })
        .apply(plan);
  }

  private static Optional<CatalogPlan> left(CatalogPlan plan, Provider<?> provider) {
    CatalogPlan left = plan;
    for (int round = 0; round < ROUNDS; round++) {
      List<Violation> refused = provider.check(left, AccountFacts.unknown()).violations();
      if (refused.isEmpty()) {
        boolean sellsNothing =
            left.pricing() == CatalogPlan.Pricing.PAID && left.prices().isEmpty();
        return sellsNothing ? Optional.empty() : Optional.of(left);
      }
      left = without(left, refused);
    }
    return Optional.empty();
  }

  /** The plan without what these speak of. */
  static CatalogPlan without(CatalogPlan plan, List<Violation> refused) {
    Set<String> ofPlan = new HashSet<>();
    for (Violation violation : refused) {
      if (violation.object().equals(plan.object())) {
        ofPlan.add(violation.field());
      }
    }
    return PlanDraft.edit(
            draft -> {
              ofPlan.forEach(field -> leaveOut(draft, field));
              draft.prices = prices(plan, refused);
              if (draft.pricing == CatalogPlan.Pricing.CUSTOM && !ofPlan.isEmpty()) {
                draft.prices = List.of();
              }
              boolean named =
                  draft.prices.stream()
                      .anyMatch(it -> draft.defaultPrice.filter(it.name()::equals).isPresent());
              draft.defaultPrice = named ? draft.defaultPrice : Optional.empty();
            })
        .apply(plan);
  }

  private static void leaveOut(PlanDraft draft, String field) {
    switch (field.replaceAll("^spec\\.([A-Za-z]+).*", "$1")) {
      case "description" -> draft.description = "";
      case "displayName" -> draft.displayName = "Team";
      case "invoiceDisplayName" -> draft.invoiceDisplayName = "";
      case "imageUrl" -> draft.imageUrl = "";
      case "product" -> draft.product = Optional.empty();
      case "defaultPrice" -> draft.defaultPrice = Optional.empty();
      case "trial" -> draft.trial = Optional.empty();
      case "entitlements" -> draft.entitlements = withoutOne(draft.entitlements, field);
      case "creditGrants" -> draft.creditGrants = List.of();
      case "minimumCommitments" -> draft.minimumCommitments = List.of();
      case "usageThresholds" -> draft.usageThresholds = List.of();
      case "tax" -> draft.tax = Optional.empty();
      case "metadata" -> draft.metadata = Map.of();
      case "pricing" -> draft.pricing = CatalogPlan.Pricing.PAID;
      default -> {
        // A rule about prices together, or one that nothing can be left out for.
      }
    }
  }

  private static <T> List<T> withoutOne(List<T> all, String field) {
    String index = field.replaceAll("^[^\\[]*\\[(\\d+)\\].*|.*", "$1");
    if (index.isEmpty()) {
      return List.of();
    }
    List<T> left = new ArrayList<>(all);
    if (Integer.parseInt(index) < left.size()) {
      left.remove(Integer.parseInt(index));
    }
    return left;
  }

  /** One price at a time: what two of them cannot do together, one may do alone. */
  private static List<CatalogPrice> prices(CatalogPlan plan, List<Violation> refused) {
    List<CatalogPrice> left = new ArrayList<>(plan.prices());
    for (CatalogPrice price : plan.prices().reversed()) {
      Set<String> fields = new HashSet<>();
      for (Violation violation : refused) {
        if (violation.object().equals(plan.object(price))) {
          fields.add(violation.field());
        }
      }
      if (fields.isEmpty()) {
        continue;
      }
      int at = left.indexOf(price);
      if (Set.of("spec.trialDays", "spec.countries", "spec.billing").containsAll(fields)) {
        left.set(at, bare(price));
      } else {
        left.remove(at);
      }
      return left;
    }
    return left;
  }

  /** What a manifest means that says nothing about it. */
  private static CatalogPrice.Billing billing(CatalogPrice price) {
    boolean ahead =
        price.model() instanceof PriceModel.Flat
            || (price.model() instanceof PriceModel.PerUnit it
                && it.usageType() == PriceModel.UsageType.LICENSED);
    return ahead ? CatalogPrice.Billing.IN_ADVANCE : CatalogPrice.Billing.IN_ARREARS;
  }

  private static CatalogPrice bare(CatalogPrice price) {
    return new CatalogPrice(
        price.name(),
        price.uid(),
        price.generation(),
        price.externalId(),
        price.nickname(),
        price.invoiceDisplayName(),
        price.currency(),
        price.schedule(),
        billing(price),
        price.model(),
        List.of(),
        OptionalInt.empty(),
        price.sortOrder(),
        price.metadata());
  }
}
