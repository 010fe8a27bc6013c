package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One thing that is sold, with all its prices, in no vendor's words: what a backend has to be
 * brought to. Texts are {@code ""} when unset; lists are sorted where order means nothing.
 *
 * @param identity who it is on the account
 * @param namespace the Plan object's namespace, for people
 * @param name the Plan object's name, for people
 * @param externalId an object of the backend to take over
 * @param product our word for a product
 * @param parentPlan key of the plan that this one builds on
 * @param compatibleAddOns keys, sorted
 * @param defaultPrice name of a price
 */
public record CatalogPlan(
    Identity identity,
    String namespace,
    String name,
    Optional<String> externalId,
    String displayName,
    String invoiceDisplayName,
    String description,
    String imageUrl,
    Type type,
    Pricing pricing,
    Lifecycle lifecycle,
    Optional<String> product,
    Optional<String> parentPlan,
    List<String> compatibleAddOns,
    Optional<String> defaultPrice,
    Optional<Trial> trial,
    List<Entitlement> entitlements,
    List<CreditGrant> creditGrants,
    List<MinimumCommitment> minimumCommitments,
    List<UsageThreshold> usageThresholds,
    Optional<Tax> tax,
    Map<String, String> metadata,
    List<CatalogPrice> prices) {

  public CatalogPlan {
    compatibleAddOns = compatibleAddOns.stream().sorted().distinct().toList();
    entitlements =
        entitlements.stream().sorted(Comparator.comparing(Entitlement::feature)).toList();
    creditGrants =
        creditGrants.stream()
            .sorted(
                Comparator.comparing(CreditGrant::credit)
                    .thenComparing(grant -> grant.every().map(Enum::ordinal).orElse(-1))
                    .thenComparing(CreditGrant::amount))
            .toList();
    minimumCommitments =
        minimumCommitments.stream()
            .sorted(
                Comparator.comparing(MinimumCommitment::currency)
                    .thenComparing(MinimumCommitment::every)
                    .thenComparing(MinimumCommitment::amount))
            .toList();
    usageThresholds =
        usageThresholds.stream()
            .sorted(
                Comparator.comparing(UsageThreshold::currency)
                    .thenComparing(UsageThreshold::amount)
                    .thenComparing(UsageThreshold::recurring)
                    .thenComparing(UsageThreshold::displayName))
            .toList();
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    prices = prices.stream().sorted(Comparator.comparing(CatalogPrice::name)).toList();
  }

  /** A plan of its own, or something bought on top of one. */
  public enum Type {
    PLAN,
    ADD_ON
  }

  /** Paid, free, or priced by sales. */
  public enum Pricing {
    PAID,
    FREE,
    CUSTOM
  }

  /** On sale, or no longer. */
  public enum Lifecycle {
    ACTIVE,
    ARCHIVED
  }

  /** What happens when a trial is over. */
  public enum TrialEnd {
    CONVERT_TO_PAID,
    CANCEL
  }

  /** Days before the first payment. */
  public record Trial(int days, Optional<TrialEnd> onEnd) {}

  /**
   * An amount of a credit.
   *
   * @param every how often it is given; once when empty
   */
  public record CreditGrant(String credit, BigDecimal amount, Optional<Interval.Unit> every) {}

  /** The least a subscriber pays, in major units. */
  public record MinimumCommitment(BigDecimal amount, String currency, Interval.Unit every) {}

  /** An amount in major units at which the backend bills or warns. */
  public record UsageThreshold(
      BigDecimal amount, String currency, boolean recurring, String displayName) {}

  /**
   * Tax on the plan. {@code rate} is percent.
   *
   * @param code {@code ""} when unset
   */
  public record Tax(String code, Optional<BigDecimal> rate, Optional<TaxBehavior> behavior) {}

  /** Whether amounts hold the tax already. */
  public enum TaxBehavior {
    EXCLUSIVE,
    INCLUSIVE
  }

  /** {@code Plan namespace/name}, for messages. */
  public String object() {
    return "Plan " + namespace + "/" + name;
  }

  /** {@code Price namespace/name}, for messages. */
  public String object(CatalogPrice price) {
    return "Price " + namespace + "/" + price.name();
  }

  /** The prices that play this part. */
  public Stream<CatalogPrice> prices(CatalogPrice.Role role) {
    return prices.stream().filter(price -> price.role() == role);
  }

  /** This plan with other prices. */
  public CatalogPlan withPrices(List<CatalogPrice> others) {
    return new CatalogPlan(
        identity,
        namespace,
        name,
        externalId,
        displayName,
        invoiceDisplayName,
        description,
        imageUrl,
        type,
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
        others);
  }
}
