package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Currencies;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Usage;
import dev.planwright.catalog.Violation;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/**
 * What the server invoices out of what it stored is what the model says, whatever the plan, the
 * usage and the unit in which the server counts.
 */
class BxbPricesPropertyTest {
  private static final List<String> REGIONS = List.of("eu", "us", "asia");

  /**
   * One server.
   *
   * @param unit what its charges count
   * @param minorMetric whether its metric counts money in minor units
   */
  record Server(String unit, boolean minorMetric, String currency) {}

  @Property(tries = 300)
  void anInvoiceIsWhatTheModelCosts(
      @ForAll("servers") Server server,
      @ForAll("models") PriceModel model,
      @ForAll("quantities") List<BigDecimal> quantities) {
    Bench bench = bench(server);
    CatalogPlan plan = plan(model, server.currency());
    if (!bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
      return; // nothing is sent; why such plans are refused is held by another test
    }
    bench.sync(plan);
    assertInvoices(bench, server, model, quantities);
  }

  private static void assertInvoices(
      Bench bench, Server server, PriceModel model, List<BigDecimal> quantities) {
    for (BigDecimal quantity : withBounds(model, quantities)) {
      assertThat(invoiced(bench, server, model, quantity))
          .as("%s at %s", model, quantity)
          .isEqualByComparingTo(
              model.cost(usage(model, quantity)).add(BigDecimal.ONE)); // and the base fee
    }
  }

  @Property(tries = 200)
  void modelsAreRefusedForKnownReasonsOnly(@ForAll("models") PriceModel model) {
    // Amounts that only the first flat amount of graduated tiers, a bound between units or events
    // in another unit can spoil.
    Bench bench = new Bench();
    List<Violation> violations =
        bench.provider.check(plan(model, "USD"), AccountFacts.unknown()).violations();
    if (!violations.isEmpty()) {
      assertThat(violations)
          .allSatisfy(
              it ->
                  assertThat(it.problem())
                      .containsAnyOf("first tier's flat", "end at whole units", "in each event"));
    }
  }

  @Property(tries = 60)
  void whateverIsEditedASecondLookWantsNothing(
      @ForAll("servers") Server server,
      @ForAll("models") PriceModel before,
      @ForAll("models") PriceModel after) {
    Bench bench = bench(server);
    for (PriceModel model : List.of(before, after)) {
      CatalogPlan plan = plan(model, server.currency());
      if (bench.provider.check(plan, AccountFacts.unknown()).isExpressible()) {
        bench.sync(plan); // fails by itself when it does not come to rest
      }
    }
  }

  @Test
  void aMappingThatIsTenTimesOffTurnsTheSameAssertionRed() {
    Bench bench = bench(new Server("Minor", false, "USD"));
    PriceModel model = Samples.perUnit("x", "units", "0.25").model();
    ApiClient wrong =
        request -> {
          request
              .body()
              .map(it -> it.path("charges").path(0).path("properties"))
              .filter(ObjectNode.class::isInstance)
              .map(ObjectNode.class::cast)
              .ifPresent(it -> it.put("amount", "2.5"));
          return bench.client.send(request);
        };
    CatalogPlan plan = plan(model, "USD");
    Bench.execute(wrong, bench.plan(plan));
    Server server = new Server("Minor", false, "USD");
    assertThatThrownBy(() -> assertInvoices(bench, server, model, List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1.25");
    assertThat(bench.plan(plan)).as("and a second look sees it").isNotEmpty();
  }

  @Test
  void amountsReadInTheOtherUnitTurnRed() {
    Bench bench = bench(new Server("Minor", false, "USD"));
    PriceModel model = Samples.rate("units", "2.5");
    bench.sync(plan(model, "USD"));
    Server other = new Server("Major", false, "USD");
    assertThatThrownBy(() -> assertInvoices(bench, other, model, List.of()))
        .isInstanceOf(AssertionError.class);
  }

  private static Bench bench(Server server) {
    AccountConfig.Aliases aliases =
        server.minorMetric()
            ? Bench.metricAlias("units", "units", true)
            : AccountConfig.Aliases.NONE;
    Bench bench = new Bench(server.unit(), "Description", aliases, false);
    bench.metric("units", "sum");
    bench.metricFilter("units", "region", REGIONS.toArray(String[]::new));
    return bench;
  }

  private static CatalogPlan plan(PriceModel model, String currency) {
    Samples sample = new Samples();
    sample.prices.add(
        Samples.price(
            "base",
            new PriceModel.Flat(BigDecimal.ONE, Optional.empty()),
            currency,
            Samples.MONTHLY));
    sample.prices.add(Samples.price("usage", model, currency, Samples.MONTHLY));
    return sample.plan();
  }

  /** The invoice in major units. */
  private static BigDecimal invoiced(
      Bench bench, Server server, PriceModel model, BigDecimal quantity) {
    BxbEmulator emulator = bench.server;
    String planId = bench.remote().path("id").asText();
    BigDecimal counted =
        server.minorMetric() ? Decimals.minorUnits(quantity, server.currency()) : quantity;
    BigDecimal charges =
        emulator.chargeTotal(planId, "units", remoteUsage(server, model, quantity, counted));
    BigDecimal usage =
        server.unit().equals("Minor") ? Decimals.majorUnits(charges, server.currency()) : charges;
    return Decimals.majorUnits(
            bench.remote().path("amount_cents").decimalValue(), server.currency())
        .add(usage);
  }

  private static Usage usage(PriceModel model, BigDecimal quantity) {
    if (model instanceof PriceModel.PerUnit perUnit && !perUnit.filters().isEmpty()) {
      Map<String, BigDecimal> matched = new HashMap<>();
      for (int i = 0; i < REGIONS.size(); i++) {
        matched.put("region=" + REGIONS.get(i), quantity.multiply(BigDecimal.valueOf(i + 1)));
      }
      return new Usage.Filtered(matched, quantity);
    }
    if (model instanceof PriceModel.Dynamic) {
      return new Usage.Events(
          List.of(
              new Usage.Event(quantity, new BigDecimal("0.07")),
              new Usage.Event(BigDecimal.ONE, quantity)));
    }
    return Usage.of(quantity);
  }

  private static dev.planwright.emulator.bxb.Usage remoteUsage(
      Server server, PriceModel model, BigDecimal quantity, BigDecimal counted) {
    if (model instanceof PriceModel.PerUnit perUnit && !perUnit.filters().isEmpty()) {
      dev.planwright.emulator.bxb.Usage.Quantities usage =
          dev.planwright.emulator.bxb.Usage.none().and(counted.toPlainString(), Map.of());
      for (int i = 0; i < REGIONS.size(); i++) {
        usage =
            usage.and(
                counted.multiply(BigDecimal.valueOf(i + 1)).toPlainString(),
                Map.of("region", REGIONS.get(i)));
      }
      return usage;
    }
    if (model instanceof PriceModel.Dynamic) {
      // Events carry prices in the unit that the alias says.
      int digits = server.minorMetric() ? minorDigits(server.currency()) : 0;
      return new dev.planwright.emulator.bxb.Usage.Events(
          List.of(
              Map.of(
                  "quantity",
                  quantity.toPlainString(),
                  "unit_price",
                  new BigDecimal("0.07").movePointRight(digits).toPlainString()),
              Map.of(
                  "quantity", "1", "unit_price", quantity.movePointRight(digits).toPlainString())));
    }
    return dev.planwright.emulator.bxb.Usage.units(counted);
  }

  private static int minorDigits(String currency) {
    return Currencies.minorDigits(currency);
  }

  /** The random ones, zero, and every bound with its neighbours. */
  private static List<BigDecimal> withBounds(PriceModel model, List<BigDecimal> random) {
    TreeSet<BigDecimal> all = new TreeSet<>(random);
    all.add(BigDecimal.ZERO);
    all.add(BigDecimal.ONE);
    List<BigDecimal> bounds = new ArrayList<>();
    switch (model) {
      case PriceModel.Graduated it -> it.tiers().forEach(t -> t.upTo().ifPresent(bounds::add));
      case PriceModel.Volume it -> it.tiers().forEach(t -> t.upTo().ifPresent(bounds::add));
      case PriceModel.GraduatedPercentage it ->
          it.tiers().forEach(t -> t.upTo().ifPresent(bounds::add));
      case PriceModel.Package it -> {
        bounds.add(it.size());
        bounds.add(it.freeUnits());
        bounds.add(it.freeUnits().add(it.size()));
      }
      case PriceModel.Flat it -> {}
      case PriceModel.PerUnit it -> {}
      case PriceModel.Overage it -> {}
      case PriceModel.Percentage it -> {}
      case PriceModel.Dynamic it -> {}
    }
    for (BigDecimal bound : bounds) {
      all.add(bound);
      all.add(bound.add(new BigDecimal("0.01")));
      all.add(bound.add(BigDecimal.ONE));
      all.add(bound.subtract(new BigDecimal("0.01")).max(BigDecimal.ZERO));
    }
    return List.copyOf(all);
  }

  @Provide
  Arbitrary<Server> servers() {
    return Arbitraries.of(
        new Server("Minor", false, "USD"),
        new Server("Major", false, "USD"),
        new Server("Minor", true, "EUR"),
        new Server("Major", true, "EUR"),
        new Server("Minor", false, "JPY"),
        new Server("Minor", true, "KWD"));
  }

  @Provide
  Arbitrary<List<BigDecimal>> quantities() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.ZERO, new BigDecimal("5000"))
        .ofScale(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<PriceModel> models() {
    Arbitrary<BigDecimal> amounts =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN).ofScale(5);
    Arbitrary<BigDecimal> rates =
        Arbitraries.bigDecimals().between(BigDecimal.ZERO, BigDecimal.TEN).ofScale(3);
    return Arbitraries.oneOf(
        amounts.map(it -> new PriceModel.Flat(it, Optional.of("units"))),
        amounts.map(it -> Samples.perUnit("x", "units", it.toPlainString()).model()),
        Combinators.combine(amounts, amounts)
            .as(
                (eu, other) ->
                    Samples.filtered(
                            "x",
                            "units",
                            new PriceModel.Filter("region", List.of("eu"), eu),
                            new PriceModel.Filter("region", List.of("us"), other))
                        .model()),
        Combinators.combine(
                Arbitraries.integers().between(1, 2000), amounts, Arbitraries.of(0, 1, 100))
            .as(
                (size, amount, free) ->
                    new PriceModel.Package(
                        "units", BigDecimal.valueOf(size), amount, BigDecimal.valueOf(free))),
        tiers(amounts).map(it -> new PriceModel.Graduated("units", it)),
        tiers(amounts).map(it -> new PriceModel.Volume("units", it)),
        rates.map(it -> Samples.rate("units", it.toPlainString())),
        Combinators.combine(bounds(), rates.list().ofSize(4))
            .as(BxbPricesPropertyTest::graduatedPercentage),
        Arbitraries.just(new PriceModel.Dynamic("units")));
  }

  private static Arbitrary<List<PriceModel.Tier>> tiers(Arbitrary<BigDecimal> amounts) {
    Arbitrary<BigDecimal> flats =
        Arbitraries.frequency(Tuple.of(2, 0), Tuple.of(1, 3))
            .map(it -> BigDecimal.valueOf(it).movePointLeft(1));
    return Combinators.combine(
            bounds(), amounts.list().ofSize(4), flats.list().ofSize(4), Arbitraries.of(true, false))
        .as(
            (bounds, units, some, flat) -> {
              List<PriceModel.Tier> tiers = new ArrayList<>();
              for (int i = 0; i <= bounds.size(); i++) {
                tiers.add(
                    new PriceModel.Tier(
                        i < bounds.size() ? Optional.of(bounds.get(i)) : Optional.empty(),
                        units.get(i),
                        flat ? some.get(i) : BigDecimal.ZERO));
              }
              return tiers;
            });
  }

  private static PriceModel graduatedPercentage(List<BigDecimal> bounds, List<BigDecimal> rates) {
    List<PriceModel.RateTier> tiers = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      tiers.add(
          new PriceModel.RateTier(
              i < bounds.size() ? Optional.of(bounds.get(i)) : Optional.empty(), rates.get(i)));
    }
    return new PriceModel.GraduatedPercentage("units", tiers);
  }

  /** Up to three rising bounds, now and then between whole units. */
  private static Arbitrary<List<BigDecimal>> bounds() {
    return Arbitraries.integers()
        .between(1, 3000)
        .set()
        .ofMaxSize(3)
        .flatMap(
            set ->
                Arbitraries.of("0", "0", "0", "0.5")
                    .map(
                        part ->
                            set.stream()
                                .sorted()
                                .map(it -> BigDecimal.valueOf(it).add(new BigDecimal(part)))
                                .toList()));
  }
}
