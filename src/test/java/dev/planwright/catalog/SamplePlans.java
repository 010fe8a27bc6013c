package dev.planwright.catalog;

import dev.planwright.catalog.CatalogPlan.CreditGrant;
import dev.planwright.catalog.CatalogPlan.Lifecycle;
import dev.planwright.catalog.CatalogPlan.MinimumCommitment;
import dev.planwright.catalog.CatalogPlan.Pricing;
import dev.planwright.catalog.CatalogPlan.Tax;
import dev.planwright.catalog.CatalogPlan.TaxBehavior;
import dev.planwright.catalog.CatalogPlan.Trial;
import dev.planwright.catalog.CatalogPlan.TrialEnd;
import dev.planwright.catalog.CatalogPlan.UsageThreshold;
import dev.planwright.catalog.CatalogPrice.Billing;
import dev.planwright.catalog.PriceModel.Filter;
import dev.planwright.catalog.PriceModel.RateTier;
import dev.planwright.catalog.PriceModel.Tier;
import dev.planwright.catalog.PriceModel.Unmatched;
import dev.planwright.catalog.PriceModel.UsageType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A plan that says everything which can be said, and one that says as little as can be. */
final class SamplePlans {
  private SamplePlans() {}

  static CatalogPlan minimal() {
    return new CatalogPlan(
        new Identity("shop-prod", "shop.team"),
        "shop",
        "team",
        Optional.empty(),
        "Team",
        "",
        "",
        "",
        CatalogPlan.Type.PLAN,
        Pricing.PAID,
        Lifecycle.ACTIVE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(plain("team-monthly", new PriceModel.Flat(d("49.00"), Optional.empty()))));
  }

  /** Every field is set somewhere, every kind of grant, schedule and model is there. */
  static CatalogPlan full() {
    return new CatalogPlan(
        new Identity("shop-prod", "team"),
        "shop",
        "team",
        Optional.of("plan_1"),
        "Team",
        "Team plan",
        "For growing teams",
        "https://shop.example/team.png",
        CatalogPlan.Type.PLAN,
        Pricing.PAID,
        Lifecycle.ACTIVE,
        Optional.of("main"),
        Optional.of("starter"),
        List.of("extra-seats", "support"),
        Optional.of("flat"),
        Optional.of(new Trial(14, Optional.of(TrialEnd.CONVERT_TO_PAID))),
        List.of(
            new Entitlement("sso", new Entitlement.Enabled(true), Optional.empty()),
            new Entitlement(
                "seats",
                new Entitlement.Limit(d("10"), Optional.of(Interval.Unit.MONTH), true),
                Optional.of(Entitlement.Mode.INCREMENT)),
            new Entitlement("projects", new Entitlement.Unlimited(), Optional.empty()),
            new Entitlement("support", new Entitlement.Value("gold"), Optional.empty())),
        List.of(new CreditGrant("tokens", d("1000"), Optional.of(Interval.Unit.MONTH))),
        List.of(new MinimumCommitment(d("100.00"), "USD", Interval.Unit.MONTH)),
        List.of(new UsageThreshold(d("1000.00"), "USD", true, "Soft cap")),
        Optional.of(new Tax("eservice", Optional.of(d("20")), Optional.of(TaxBehavior.EXCLUSIVE))),
        Map.of("tier", "team", "note", "\u00fcber \"quoted\""),
        prices());
  }

  private static List<CatalogPrice> prices() {
    List<Tier> tiers =
        List.of(
            new Tier(Optional.of(d("10")), d("0"), d("0")),
            new Tier(Optional.of(d("100")), d("0.10"), d("1.00")),
            new Tier(Optional.empty(), d("0.08"), d("0")));
    return List.of(
        flat(),
        new CatalogPrice(
            "setup",
            "uid-2",
            1,
            Optional.empty(),
            "",
            "",
            "USD",
            new CatalogPrice.OneTime(),
            Billing.IN_ADVANCE,
            new PriceModel.Flat(d("99"), Optional.empty()),
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Map.of()),
        plain(
            "calls",
            new PriceModel.PerUnit(
                "api-calls",
                d("0.002"),
                UsageType.METERED,
                OptionalLong.of(1),
                OptionalLong.of(500),
                List.of(new Filter("region", List.of("eu", "uk"), d("0.003"))),
                Unmatched.BASE_AMOUNT)),
        plain("sms", new PriceModel.Package("sms", d("1000"), d("8.00"), d("100"))),
        plain("storage", new PriceModel.Graduated("storage-gb", tiers)),
        plain("traffic", new PriceModel.Volume("traffic-gb", tiers)),
        plain("seats", new PriceModel.Overage("seats", d("5.00"))),
        plain(
            "card",
            new PriceModel.Percentage(
                "payments",
                d("2.5"),
                d("0.30"),
                3,
                Optional.of(d("0.10")),
                Optional.of(d("5.00")))),
        plain(
            "wire",
            new PriceModel.GraduatedPercentage(
                "payments",
                List.of(
                    new RateTier(Optional.of(d("10000.00")), d("3")),
                    new RateTier(Optional.empty(), d("2"))))),
        plain("compute", new PriceModel.Dynamic("compute")));
  }

  private static CatalogPrice flat() {
    return new CatalogPrice(
        "flat",
        "uid-1",
        7,
        Optional.of("price_1"),
        "Team, monthly",
        "Team plan",
        "USD",
        new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, 1)),
        Billing.IN_ADVANCE,
        new PriceModel.Flat(d("49.00"), Optional.of("base")),
        List.of("DE", "FR"),
        OptionalInt.of(7),
        OptionalInt.of(2),
        Map.of("line", "1"));
  }

  static CatalogPrice plain(String name, PriceModel model) {
    return new CatalogPrice(
        name,
        "uid-of-" + name,
        1,
        Optional.empty(),
        "",
        "",
        "USD",
        new CatalogPrice.Recurring(Interval.of(Interval.Unit.MONTH, 1)),
        model instanceof PriceModel.Flat ? Billing.IN_ADVANCE : Billing.IN_ARREARS,
        model,
        List.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Map.of());
  }

  private static BigDecimal d(String number) {
    return new BigDecimal(number);
  }
}
