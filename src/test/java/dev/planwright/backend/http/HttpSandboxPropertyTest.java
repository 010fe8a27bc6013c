package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import dev.planwright.testing.RandomPlans;
import dev.planwright.testing.RandomUsage;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any plan, through the protocol and back, against the reference server's own arithmetic. */
class HttpSandboxPropertyTest {
  private static final Identity TEAM = new Identity(SandboxAccount.OWNER, "team");

  @Provide
  Arbitrary<RandomPlans> random() {
    return RandomPlans.any();
  }

  @Property(tries = 150)
  void whatTheServerComputesFromWhatItStoredIsWhatTheManifestMeans(
      @ForAll("random") RandomPlans random) {
    try (SandboxAccount account = new SandboxAccount()) {
      createAndCompareQuotes(account, random.plan(TEAM));
    }
  }

  @Property(tries = 150)
  void anyPlanIsExpressibleAndRestsAfterOneRoundAndSoDoesAnyEdit(
      @ForAll("random") RandomPlans random) {
    try (SandboxAccount account = new SandboxAccount()) {
      CatalogPlan plan = random.plan(TEAM);
      assertThat(account.provider.check(plan, account.provider.account()).violations()).isEmpty();
      for (int edit = 0; edit < 4; edit++) {
        account.round(plan, ExistingSubscribers.KEEP);
        assertThat(account.plan(plan, ExistingSubscribers.KEEP)).isEmpty();
        plan = random.edited(plan);
      }
      assertThat(account.sandbox.counts().plans()).isEqualTo(1);
    }
  }

  @Property(tries = 100)
  void everyFieldThatCanDifferHasARowThatSaysWhomItAffects(@ForAll("random") RandomPlans random) {
    try (SandboxAccount account = new SandboxAccount()) {
      CatalogPlan plan = random.plan(TEAM);
      CatalogPlan other = random.edited(plan);
      WireWriter writer =
          new WireWriter(new Words(dev.planwright.backend.AccountConfig.Aliases.NONE));
      account.round(plan, ExistingSubscribers.KEEP);
      RemotePlan remote = account.find(plan).worldIfAny().orElseThrow().remote().orElseThrow();
      Content wanted =
          ContentReader.read(
                  writer.plan(other, other.product(), java.util.Map.of()), References.NONE)
              .content();
      for (Difference difference : Comparison.of(other, wanted, remote).differences()) {
        assertThat(AffectsTable.row(difference.rule())).as(difference.toString()).isPresent();
      }
    }
  }

  @org.junit.jupiter.api.Test
  void aMappingThatSendsTenfoldAmountsTurnsThePropertyRed() {
    try (SandboxAccount account = new SandboxAccount()) {
      account.onTheWay = HttpSandboxPropertyTest::tenfold;
      CatalogPlan plan = Samples.team(Samples.flat("team-monthly", "49.00"));
      assertThatThrownBy(() -> createAndCompareQuotes(account, plan))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("team-monthly");
    }
  }

  private static JsonNode tenfold(JsonNode body) {
    JsonNode wrong = body.deepCopy();
    for (JsonNode price : wrong.path("prices")) {
      if (price.path("flat") instanceof ObjectNode flat) {
        flat.put(
            "amount",
            new BigDecimal(flat.path("amount").asText()).multiply(BigDecimal.TEN).toPlainString());
      }
    }
    return wrong;
  }

  private static void createAndCompareQuotes(SandboxAccount account, CatalogPlan plan) {
    for (Step step : account.plan(plan, ExistingSubscribers.KEEP)) {
      account.execute(step);
    }
    for (CatalogPrice price : plan.prices()) {
      for (Usage usage : RandomUsage.of(price.model())) {
        BigDecimal quoted = quoted(account, plan, price, usage);
        assertThat(quoted)
            .as("%s of %s", price.name(), usage)
            .isEqualByComparingTo(price.model().cost(usage));
      }
    }
  }

  private static BigDecimal quoted(
      SandboxAccount account, CatalogPlan plan, CatalogPrice price, Usage usage) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("price", price.name());
    if (price.model() instanceof PriceModel.Overage overage) {
      BigDecimal used =
          usage.quantity().signum() == 0
              ? BigDecimal.ZERO
              : usage.quantity().add(limit(plan, overage.feature()));
      body.putObject("features").put(overage.feature(), Decimals.canonical(used));
    } else {
      // Units that are bought of the plan itself go by the name of their price.
      String counted = price.model().metricName().orElse(price.name());
      body.putObject("usage").putObject(counted).set("events", events(usage));
    }
    for (JsonNode row : account.quote(plan.identity().key(), body).path("prices")) {
      if (row.path("name").asText().equals(price.name())) {
        return new BigDecimal(row.path("amount").asText());
      }
    }
    throw new AssertionError("no quote for " + price.name());
  }

  private static ArrayNode events(Usage usage) {
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    switch (usage) {
      case Usage.Quantity quantity -> event(events, quantity.quantity());
      case Usage.Events several ->
          several
              .events()
              .forEach(
                  e ->
                      event(events, e.quantity())
                          .put("unitPrice", Decimals.canonical(e.unitPrice())));
      case Usage.Filtered filtered -> {
        filtered
            .matched()
            .forEach(
                (property, quantity) -> {
                  List<String> parts = List.of(property.split("=", 2));
                  event(events, quantity).putObject("properties").put(parts.get(0), parts.get(1));
                });
        event(events, filtered.unmatched()).putObject("properties").put("region", "elsewhere");
      }
    }
    return events;
  }

  private static ObjectNode event(ArrayNode events, BigDecimal quantity) {
    return events.addObject().put("quantity", Decimals.canonical(quantity));
  }

  private static BigDecimal limit(CatalogPlan plan, String feature) {
    return plan.entitlements().stream()
        .filter(e -> e.feature().equals(feature))
        .map(e -> ((Entitlement.Limit) e.grant()).limit())
        .findFirst()
        .orElseThrow();
  }
}
