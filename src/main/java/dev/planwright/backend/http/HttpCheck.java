package dev.planwright.backend.http;

import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the protocol, and the server as far as it said, can say a plan. */
final class HttpCheck {
  private static final int WHOLE_DIGITS = 18;
  private static final int FRACTION_DIGITS = 20;
  private static final int MOST_INTERVALS = 1000;

  private final CatalogPlan plan;
  private final Optional<ServerCapabilities> server;
  private final List<Violation> violations = new ArrayList<>();

  private HttpCheck(CatalogPlan plan, Optional<ServerCapabilities> server) {
    this.plan = plan;
    this.server = server;
  }

  static Verdict check(CatalogPlan plan, Optional<ServerCapabilities> server) {
    HttpCheck check = new HttpCheck(plan, server);
    check.planFields();
    check.amountsOfPlan();
    plan.prices().forEach(check::price);
    return new Verdict(check.violations, check.warnings());
  }

  /** Metadata changes nothing that anybody pays or gets, so a server without it is no obstacle. */
  private List<String> warnings() {
    boolean used =
        !plan.metadata().isEmpty() || plan.prices().stream().anyMatch(p -> !p.metadata().isEmpty());
    return used && server.filter(s -> !s.fields().contains("metadata")).isPresent()
        ? List.of("the server stores no metadata: it is not sent")
        : List.of();
  }

  private void planFields() {
    boolean archived = plan.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED;
    if (archived && server.filter(s -> !s.archive()).isPresent()) {
      refuse("spec.lifecycle", "Archived", "the server cannot archive plans", "leave it Active");
    }
    needs(plan.product().isPresent(), "product", "spec.product");
    needs(plan.parentPlan().isPresent(), "parentPlan", "spec.parentPlanRef");
    needs(!plan.compatibleAddOns().isEmpty(), "compatibleAddOns", "spec.compatibleAddOns");
    needs(plan.trial().isPresent(), "trial", "spec.trial");
    needs(!plan.creditGrants().isEmpty(), "creditGrants", "spec.creditGrants");
    needs(!plan.minimumCommitments().isEmpty(), "minimumCommitments", "spec.minimumCommitments");
    needs(!plan.usageThresholds().isEmpty(), "usageThresholds", "spec.usageThresholds");
    needs(plan.tax().isPresent(), "tax", "spec.tax");
    needs(plan.type() == CatalogPlan.Type.ADD_ON, "addOns", "spec.type");
    for (Entitlement entitlement : plan.entitlements()) {
      if (entitlement.grant() instanceof Entitlement.Limit limit) {
        String field = "spec.entitlements[" + entitlement.feature() + "]";
        needs(limit.soft(), "softLimits", field + ".soft");
        whole(plan.object(), field + ".limit", limit.limit());
      }
    }
  }

  private void amountsOfPlan() {
    Set<String> keys = new HashSet<>();
    plan.creditGrants()
        .forEach(
            grant -> {
              String field = "spec.creditGrants[" + grant.credit() + "]";
              decimal(plan.object(), field + ".amount", grant.amount());
              once(keys.add("credit " + grant.credit()), field, "credit");
            });
    plan.minimumCommitments()
        .forEach(
            least -> {
              String which = least.currency() + ", " + WireWriter.word(least.every());
              String field = "spec.minimumCommitments[" + which + "]";
              decimal(plan.object(), field + ".amount", least.amount());
              once(keys.add("commitment " + which), field, "currency and interval");
            });
    plan.usageThresholds()
        .forEach(threshold -> decimal(plan.object(), "spec.usageThresholds", threshold.amount()));
    plan.tax()
        .flatMap(CatalogPlan.Tax::rate)
        .ifPresent(rate -> decimal(plan.object(), "spec.tax.rate", rate));
  }

  private void once(boolean first, String field, String by) {
    if (!first) {
      refuse(field, "", "the protocol holds one per " + by, "join them into one");
    }
  }

  private void price(CatalogPrice price) {
    String object = plan.object(price);
    model(object, price.model());
    schedule(object, price);
    needs(object, !price.countries().isEmpty(), "countries", "spec.countries");
    needs(object, price.trialDays().isPresent(), "trialDays", "spec.trialDays");
    decimals(object, price.model());
  }

  private void schedule(String object, CatalogPrice price) {
    boolean usual = price.billing() == WireWriter.usualBilling(price.model());
    boolean ahead = WireWriter.usualBilling(price.model()) == CatalogPrice.Billing.IN_ADVANCE;
    switch (price.schedule()) {
      case CatalogPrice.OneTime once -> {
        needs(object, true, "oneTime", "spec.oneTime");
        if (!ahead) {
          refuse(object, "spec.oneTime", "", "usage has no end to be charged at", "use recurring");
        } else if (!usual) {
          refuse(
              object,
              "spec.billing",
              "InArrears",
              "a one-time price is paid at once",
              "leave it out");
        }
      }
      case CatalogPrice.Recurring recurring -> {
        if (!usual && !ahead) {
          refuse(
              object,
              "spec.billing",
              "InAdvance",
              "usage is known only after the period",
              "use InArrears, or leave it out");
        } else {
          needs(object, !usual, "billing", "spec.billing");
        }
        if (recurring.interval().count() > MOST_INTERVALS) {
          refuse(
              object,
              "spec.recurring.count",
              Integer.toString(recurring.interval().count()),
              "the protocol counts to " + MOST_INTERVALS,
              "use a longer interval");
        }
      }
    }
  }

  private void model(String object, PriceModel model) {
    if (server.filter(s -> !s.models().contains(model.field())).isPresent()) {
      refuse(
          object,
          "spec." + model.field(),
          "",
          "the server does not bill this model",
          "use one of " + String.join(", ", server.get().models()));
    }
    if (model instanceof PriceModel.PerUnit perUnit) {
      boolean licensed = perUnit.usageType() == PriceModel.UsageType.LICENSED;
      needs(object, licensed, "licensed", "spec.perUnit.usageType");
      needs(object, !perUnit.filters().isEmpty(), "filters", "spec.perUnit.filters");
    }
  }

  private void decimals(String object, PriceModel model) {
    String at = "spec." + model.field() + ".";
    switch (model) {
      case PriceModel.Flat flat -> decimal(object, at + "amount", flat.amount());
      case PriceModel.PerUnit perUnit -> {
        decimal(object, at + "amount", perUnit.amount());
        perUnit.filters().forEach(f -> decimal(object, at + "filters", f.amount()));
      }
      case PriceModel.Package pack -> {
        decimal(object, at + "amount", pack.amount());
        whole(object, at + "size", pack.size());
        whole(object, at + "freeUnits", pack.freeUnits());
      }
      case PriceModel.Graduated graduated -> tiers(object, at, graduated.tiers());
      case PriceModel.Volume volume -> tiers(object, at, volume.tiers());
      case PriceModel.Overage overage -> decimal(object, at + "amount", overage.amount());
      case PriceModel.Percentage percentage -> {
        decimal(object, at + "rate", percentage.rate());
        decimal(object, at + "fixedAmount", percentage.fixedAmount());
        percentage.minAmount().ifPresent(a -> decimal(object, at + "minAmount", a));
        percentage.maxAmount().ifPresent(a -> decimal(object, at + "maxAmount", a));
      }
      case PriceModel.GraduatedPercentage graduated ->
          graduated
              .tiers()
              .forEach(
                  tier -> {
                    decimal(object, at + "tiers", tier.rate());
                    tier.upTo().ifPresent(upTo -> decimal(object, at + "tiers", upTo));
                  });
      case PriceModel.Dynamic dynamic -> {
        // No number at all.
      }
    }
  }

  private void tiers(String object, String at, List<PriceModel.Tier> tiers) {
    for (PriceModel.Tier tier : tiers) {
      decimal(object, at + "tiers", tier.unitAmount());
      decimal(object, at + "tiers", tier.flatAmount());
      tier.upTo().ifPresent(upTo -> decimal(object, at + "tiers", upTo));
    }
  }

  private void decimal(String object, String field, BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    boolean fits =
        shortest.signum() >= 0
            && shortest.scale() <= FRACTION_DIGITS
            && shortest.precision() - shortest.scale() <= WHOLE_DIGITS;
    if (!fits) {
      refuse(
          object,
          field,
          value.toPlainString(),
          "the protocol holds " + WHOLE_DIGITS + " digits and " + FRACTION_DIGITS + " decimals",
          "use fewer digits");
    }
  }

  private void whole(String object, String field, BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    boolean fits = shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= WHOLE_DIGITS;
    if (!fits) {
      refuse(
          object,
          field,
          value.toPlainString(),
          "the protocol counts whole units",
          "use a whole number");
    }
  }

  private void needs(boolean used, String capability, String field) {
    needs(plan.object(), used, capability, field);
  }

  private void needs(String object, boolean used, String capability, String field) {
    if (used && server.filter(s -> !s.fields().contains(capability)).isPresent()) {
      refuse(
          object,
          field,
          "",
          "the server does not act on \"" + capability + "\"",
          "leave it out, or teach the server");
    }
  }

  private void refuse(String field, String value, String problem, String instead) {
    refuse(plan.object(), field, value, problem, instead);
  }

  private void refuse(String object, String field, String value, String problem, String instead) {
    violations.add(new Violation(object, field, value, problem, instead));
  }
}
