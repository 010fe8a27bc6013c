package dev.planwright.backend.noderails;

import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.PriceModel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A plan's prices as they are wanted, in NodeRails' terms. */
final class Wanted {
  static final String SUBSCRIPTION = "SUBSCRIPTION";
  static final String ONE_TIME = "ONE_TIME";

  /** Longer ones are not stored (NodeRails: endpoints). */
  static final int NICKNAME = 100;

  private Wanted() {}

  static final String TRIAL = "trialDays";
  static final String NICKNAME_FIELD = "nickname";
  static final String SORT_ORDER = "sortOrder";

  /**
   * One price.
   *
   * @param unsaid which of trial, nickname and sort order the manifest leaves out
   */
  record Price(
      String name,
      Terms terms,
      String nickname,
      int sortOrder,
      Optional<String> externalId,
      Set<String> unsaid) {

    /** The same with what a price has, where that stays. */
    Price keeping(RemotePlan.Price there, Set<String> fields) {
      return new Price(
          name,
          fields.contains(TRIAL) ? terms.trying(there.terms().trialDays()) : terms,
          fields.contains(NICKNAME_FIELD) ? there.nickname() : nickname,
          fields.contains(SORT_ORDER) ? Math.toIntExact(there.sortOrder()) : sortOrder,
          externalId,
          unsaid);
    }
  }

  /** SUBSCRIPTION, or ONE_TIME where nothing recurs. Always sent: NodeRails assumes the latter. */
  static String planType(CatalogPlan plan) {
    boolean once =
        !plan.prices().isEmpty()
            && plan.prices().stream().allMatch(it -> it.role() == CatalogPrice.Role.ONE_TIME);
    return once ? ONE_TIME : SUBSCRIPTION;
  }

  /** Its prices by name; those that {@link NodeRailsCheck} refuses are left out. */
  static List<Price> prices(CatalogPlan plan) {
    return plan.prices().stream().flatMap(it -> price(plan, it).stream()).toList();
  }

  private static Optional<Price> price(CatalogPlan plan, CatalogPrice price) {
    return price.model() instanceof PriceModel.Flat(BigDecimal amount, Optional<String> metric)
            && metric.isEmpty()
        ? Optional.of(
            new Price(
                price.name(),
                Terms.of(price, amount, trialDays(plan, price)),
                price.nickname().length() > NICKNAME ? "" : price.nickname(),
                Math.max(0, price.sortOrder().orElse(0)),
                price.externalId(),
                unsaid(plan, price)))
        : Optional.empty();
  }

  private static Set<String> unsaid(CatalogPlan plan, CatalogPrice price) {
    Set<String> unsaid = new TreeSet<>();
    if (price.trialDays().isEmpty() && plan.trial().isEmpty()) {
      unsaid.add(TRIAL);
    }
    if (price.nickname().isEmpty()) {
      unsaid.add(NICKNAME_FIELD);
    }
    if (price.sortOrder().isEmpty()) {
      unsaid.add(SORT_ORDER);
    }
    return unsaid;
  }

  /** A trial is each price's own on NodeRails: the plan's counts for all that recur. */
  static int trialDays(CatalogPlan plan, CatalogPrice price) {
    if (price.interval().isEmpty()) {
      return 0;
    }
    return price.trialDays().orElse(plan.trial().map(CatalogPlan.Trial::days).orElse(0));
  }
}
