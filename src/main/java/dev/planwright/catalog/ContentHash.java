package dev.planwright.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * One short text for all that a plan says: equal hashes mean that there is nothing to do.
 *
 * <p>Field by field on purpose: what counts as content is a decision, and a change of the form
 * sends every plan of every user to its backend once. In: everything that is sent or marked,
 * namespace and name included, because the mark on the backend bears them and a Plan that moved
 * must rewrite it. Out: uid and generation, which change when a cluster is restored, and the
 * policies, which say what may be done and not what should be there.
 */
public final class ContentHash {
  private ContentHash() {}

  /**
   * The hash of a plan on a backend.
   *
   * @param meaning the settings of the backend that change what the plan means there, and the
   *     aliases that it uses, in any order
   * @return {@code sha256:} and 64 hexadecimal digits
   */
  public static String of(CatalogPlan plan, Map<String, String> meaning) {
    byte[] form = canonical(plan, meaning).getBytes(StandardCharsets.US_ASCII);
    return "sha256:" + HexFormat.of().formatHex(sha256().digest(form));
  }

  /** The text that is hashed, for tests and for people who ask why a hash changed. */
  static String canonical(CatalogPlan plan, Map<String, String> meaning) {
    return CanonicalJson.object(
        json -> {
          identity(json, plan);
          plan(json, plan);
          terms(json, plan);
          json.map("metadata", plan.metadata());
          json.objects("prices", plan.prices(), ContentHash::price);
          json.map("meaning", meaning);
        });
  }

  private static void identity(CanonicalJson json, CatalogPlan plan) {
    json.text("owner", plan.identity().ownerId())
        .text("key", plan.identity().key())
        .text("namespace", plan.namespace())
        .text("name", plan.name())
        .text("externalId", plan.externalId());
  }

  private static void plan(CanonicalJson json, CatalogPlan plan) {
    json.text("displayName", plan.displayName())
        .text("invoiceDisplayName", plan.invoiceDisplayName())
        .text("description", plan.description())
        .text("imageUrl", plan.imageUrl())
        .word("type", plan.type())
        .word("pricing", plan.pricing())
        .word("lifecycle", plan.lifecycle())
        .text("product", plan.product())
        .text("parentPlan", plan.parentPlan())
        .texts("compatibleAddOns", plan.compatibleAddOns())
        .text("defaultPrice", plan.defaultPrice());
  }

  private static void terms(CanonicalJson json, CatalogPlan plan) {
    plan.trial()
        .ifPresent(
            trial ->
                json.object(
                    "trial",
                    inner -> inner.number("days", trial.days()).word("onEnd", trial.onEnd())));
    json.objects("entitlements", plan.entitlements(), ContentHash::entitlement);
    json.objects(
        "creditGrants",
        plan.creditGrants(),
        (inner, grant) ->
            inner
                .text("credit", grant.credit())
                .number("amount", grant.amount())
                .word("every", grant.every()));
    json.objects(
        "minimumCommitments",
        plan.minimumCommitments(),
        (inner, commitment) ->
            inner
                .number("amount", commitment.amount())
                .text("currency", commitment.currency())
                .word("every", commitment.every()));
    json.objects(
        "usageThresholds",
        plan.usageThresholds(),
        (inner, threshold) ->
            inner
                .number("amount", threshold.amount())
                .text("currency", threshold.currency())
                .flag("recurring", threshold.recurring())
                .text("displayName", threshold.displayName()));
    plan.tax()
        .ifPresent(
            tax ->
                json.object(
                    "tax",
                    inner ->
                        inner
                            .text("code", tax.code())
                            .number("rate", tax.rate())
                            .word("behavior", tax.behavior())));
  }

  private static void entitlement(CanonicalJson json, Entitlement entitlement) {
    json.text("feature", entitlement.feature());
    switch (entitlement.grant()) {
      case Entitlement.Enabled grant -> json.bool("enabled", grant.enabled());
      case Entitlement.Limit grant ->
          json.number("limit", grant.limit())
              .word("reset", grant.reset())
              .flag("soft", grant.soft());
      case Entitlement.Unlimited grant -> json.bool("unlimited", true);
      // Always written, empty or not: it tells this kind of grant from the others.
      case Entitlement.Value grant ->
          json.object("value", inner -> inner.text("is", grant.value()));
    }
    json.word("mode", entitlement.mode());
  }

  private static void price(CanonicalJson json, CatalogPrice price) {
    json.text("name", price.name())
        .text("externalId", price.externalId())
        .text("nickname", price.nickname())
        .text("invoiceDisplayName", price.invoiceDisplayName())
        .text("currency", price.currency());
    switch (price.schedule()) {
      case CatalogPrice.Recurring recurring ->
          json.object(
              "recurring",
              inner ->
                  inner
                      .word("unit", recurring.interval().unit())
                      .number("count", recurring.interval().count()));
      case CatalogPrice.OneTime once -> json.object("oneTime", inner -> {});
    }
    json.word("billing", price.billing())
        .object(price.model().field(), inner -> model(inner, price.model()))
        .texts("countries", price.countries())
        .number("trialDays", price.trialDays())
        .number("sortOrder", price.sortOrder())
        .map("metadata", price.metadata());
  }

  private static void model(CanonicalJson json, PriceModel model) {
    switch (model) {
      case PriceModel.Flat flat ->
          json.number("amount", flat.amount()).text("metric", flat.metric());
      case PriceModel.PerUnit perUnit -> perUnit(json, perUnit);
      case PriceModel.Package pack ->
          json.text("metric", pack.metric())
              .number("size", pack.size())
              .number("amount", pack.amount())
              .number("freeUnits", pack.freeUnits());
      case PriceModel.Graduated graduated ->
          json.text("metric", graduated.metric())
              .objects("tiers", graduated.tiers(), ContentHash::tier);
      case PriceModel.Volume volume ->
          json.text("metric", volume.metric()).objects("tiers", volume.tiers(), ContentHash::tier);
      case PriceModel.Overage overage ->
          json.text("feature", overage.feature()).number("amount", overage.amount());
      case PriceModel.Percentage percentage ->
          json.text("metric", percentage.metric())
              .number("rate", percentage.rate())
              .number("fixedAmount", percentage.fixedAmount())
              .number("freeEvents", percentage.freeEvents())
              .number("minAmount", percentage.minAmount())
              .number("maxAmount", percentage.maxAmount());
      case PriceModel.GraduatedPercentage graduated ->
          json.text("metric", graduated.metric())
              .objects(
                  "tiers",
                  graduated.tiers(),
                  (inner, tier) -> inner.number("upTo", tier.upTo()).number("rate", tier.rate()));
      case PriceModel.Dynamic dynamic -> json.text("metric", dynamic.metric());
    }
  }

  private static void perUnit(CanonicalJson json, PriceModel.PerUnit perUnit) {
    json.text("metric", perUnit.metric())
        .number("amount", perUnit.amount())
        .word("usageType", perUnit.usageType())
        .number("minUnits", perUnit.minUnits())
        .number("maxUnits", perUnit.maxUnits())
        .objects(
            "filters",
            perUnit.filters(),
            (inner, filter) ->
                inner
                    .text("key", filter.key())
                    .texts("values", filter.values())
                    .number("amount", filter.amount()))
        .word("unmatched", perUnit.unmatched());
  }

  private static void tier(CanonicalJson json, PriceModel.Tier tier) {
    json.number("upTo", tier.upTo())
        .number("unitAmount", tier.unitAmount())
        .number("flatAmount", tier.flatAmount());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
