package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class HttpCheckTest {
  @Test
  void withoutFactsNothingIsRefusedForTheServersSake() {
    CatalogPlan plan = Samples.team(Samples.perUnit("usage", "api-calls", "1"));

    assertThat(HttpCheck.check(plan, ServerCapabilities.of(AccountFacts.unknown())).violations())
        .isEmpty();
  }

  @Test
  void whatTheServerSaysItCannotDoIsRefusedByField() {
    CatalogPlan plan =
        Samples.plan(
            "Team",
            "",
            CatalogPlan.Type.ADD_ON,
            CatalogPlan.Lifecycle.ARCHIVED,
            List.of(Samples.limit("seats", "3")),
            Samples.perUnit("usage", "api-calls", "1"));

    assertThat(fields(HttpCheck.check(plan, Optional.of(flatOnly()))))
        .containsExactly(
            "spec.lifecycle", "spec.type", "spec.entitlements[seats].soft", "spec.perUnit");
  }

  @Test
  void aRefusalNamesWhatWouldWork() {
    Verdict verdict =
        HttpCheck.check(
            Samples.team(Samples.perUnit("usage", "api-calls", "1")), Optional.of(flatOnly()));

    assertThat(verdict.violations().getFirst().message())
        .isEqualTo(
            "Price shop/usage spec.perUnit: the server does not bill this model; use one of flat");
  }

  @Test
  void metadataThatTheServerDropsIsAWarning() {
    CatalogPlan plan =
        Samples.withMetadata(Samples.team(Samples.flat("a", "1")), Map.of("tier", "a"));

    Verdict verdict = HttpCheck.check(plan, Optional.of(flatOnly()));

    assertThat(verdict.isExpressible()).isTrue();
    assertThat(verdict.warnings()).hasSize(1);
    assertThat(HttpCheck.check(plan, Optional.empty()).warnings()).isEmpty();
  }

  @Test
  void numbersThatTheProtocolCannotHoldAreRefusedAllAtOnce() {
    CatalogPlan plan =
        Samples.plan(
            "Team",
            "",
            CatalogPlan.Type.PLAN,
            CatalogPlan.Lifecycle.ACTIVE,
            List.of(
                new Entitlement(
                    "seats",
                    new Entitlement.Limit(new BigDecimal("1.5"), Optional.empty(), false),
                    Optional.empty())),
            Samples.flat("long", "1234567890123456789"),
            Samples.flat("fine", "0.000000000000000000001"),
            Samples.usage(
                "pack",
                new PriceModel.Package(
                    "sms", new BigDecimal("0.5"), BigDecimal.ONE, BigDecimal.ZERO)));

    assertThat(HttpCheck.check(plan, Optional.empty()).violations())
        .extracting(v -> v.object() + " " + v.field())
        .containsExactly(
            "Plan shop/team spec.entitlements[seats].limit",
            "Price shop/fine spec.flat.amount",
            "Price shop/long spec.flat.amount",
            "Price shop/pack spec.package.size");
  }

  @Test
  void trailingZerosAreNoDigits() {
    CatalogPlan plan =
        Samples.team(
            Samples.flat("a", "1.0000000000000000000000000000"), Samples.yearly("b", "1e17"));

    assertThat(HttpCheck.check(plan, Optional.empty()).violations()).isEmpty();
  }

  @Test
  void usageIsNeverBilledAheadNorOnce() {
    PriceModel perUnit = Samples.perUnit("a", "api-calls", "1").model();
    CatalogPrice ahead =
        Samples.price("a", Interval.Unit.MONTH, perUnit, CatalogPrice.Billing.IN_ADVANCE);
    CatalogPrice once = Samples.once("b", perUnit, CatalogPrice.Billing.IN_ARREARS);
    CatalogPrice onceLate =
        Samples.once("c", Samples.flat("c", "1").model(), CatalogPrice.Billing.IN_ARREARS);

    assertThat(fields(HttpCheck.check(Samples.team(ahead, once, onceLate), Optional.empty())))
        .containsExactly("spec.billing", "spec.oneTime", "spec.billing");
  }

  private static ServerCapabilities flatOnly() {
    return new ServerCapabilities(
        false,
        false,
        true,
        new TreeSet<>(List.of("keep")),
        new TreeSet<>(List.of("flat")),
        new TreeSet<>());
  }

  private static List<String> fields(Verdict verdict) {
    return verdict.violations().stream().map(Violation::field).toList();
  }
}
