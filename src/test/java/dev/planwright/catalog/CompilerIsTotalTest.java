package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanSpec;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever manifests say, compiling them has an answer; and what compiles has a price and a hash.
 */
class CompilerIsTotalTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> GARBAGE =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1e3",
          "1e999999999",
          "NaN",
          "\u0000",
          "\ud800",
          "\u202e",
          "null",
          "9".repeat(40),
          "0.000000000000000000001",
          "x".repeat(3000),
          "a\nb",
          "USD",
          "usd",
          "DE",
          "team",
          "Free",
          "Licensed",
          "10",
          "100.00",
          "\u0664",
          "planwright.dev/x",
          "$",
          "%",
          ".",
          "e5",
          "-",
          "+",
          "12,5",
          "2.5%",
          "https://a b",
          "{}",
          "\u00e9",
          "Month",
          "true");

  private final AtomicInteger compiled = new AtomicInteger();
  private final AtomicInteger invalid = new AtomicInteger();

  @BeforeProperty
  void start() {
    compiled.set(0);
    invalid.set(0);
  }

  @AfterProperty
  void bothOutcomesWereSeen() {
    assertThat(compiled.get()).as("specs that compiled").isPositive();
    assertThat(invalid.get()).as("specs that didn't").isPositive();
  }

  @Property(tries = 2000)
  void compilingNeverThrows(@ForAll long seed, @ForAll @IntRange(max = 4) int changes)
      throws JsonProcessingException {
    Random random = new Random(seed);
    Manifests shop = CompilerCases.shop();
    Plan plan = spoiled(shop.plan("team").orElseThrow(), PlanSpec.class, random, changes);
    List<Price> prices = new ArrayList<>();
    for (Price price : shop.prices("team")) {
      prices.add(spoiled(price, random, random.nextInt(5) == 0 ? changes : 0));
    }
    Compilation compilation =
        new CatalogCompiler((namespace, name) -> shop.plan(name))
            .compile(plan, prices, BillingBackendSpec.EMPTY);

    switch (compilation) {
      case Compilation.Compiled result -> {
        compiled.incrementAndGet();
        assertThat(ContentHash.of(result.plan(), Map.of())).matches("sha256:[0-9a-f]{64}");
        result.plan().prices().forEach(CompilerIsTotalTest::hasAPrice);
      }
      case Compilation.Invalid result -> {
        invalid.incrementAndGet();
        assertThat(result.violations())
            .isNotEmpty()
            .allSatisfy(violation -> assertThat(violation.message()).doesNotContain("\n"));
      }
      case Compilation.Waiting result -> assertThat(result.message()).isNotBlank();
    }
  }

  @Property(tries = 500)
  void checkingABackendNeverThrows(@ForAll long seed, @ForAll @IntRange(max = 4) int changes)
      throws JsonProcessingException {
    Random random = new Random(seed);
    BillingBackend backend = CompilerCases.shop().backend();
    ObjectNode spec = MAPPER.valueToTree(backend.getSpec());
    spoil(spec, random, changes);
    try {
      backend.setSpec(MAPPER.treeToValue(spec, BillingBackendSpec.class));
    } catch (com.fasterxml.jackson.databind.JsonMappingException e) {
      return; // never becomes an object, so it is never compiled
    }
    List<Compilation.Finding> findings =
        BackendCompiler.check(
            backend, url -> dev.planwright.backend.client.UrlPolicy.problem(url, false));

    (findings.isEmpty() ? compiled : invalid).incrementAndGet();
  }

  private static void hasAPrice(CatalogPrice price) {
    Usage usage =
        switch (price.model()) {
          case PriceModel.Dynamic dynamic -> events();
          case PriceModel.Percentage percentage -> events();
          case PriceModel.PerUnit perUnit when !perUnit.filters().isEmpty() ->
              new Usage.Filtered(Map.of(), BigDecimal.TEN);
          case PriceModel other -> Usage.of(BigDecimal.TEN);
        };
    assertThat(price.model().cost(usage).signum()).isNotNegative();
  }

  private static Usage events() {
    return new Usage.Events(List.of(new Usage.Event(BigDecimal.TEN, BigDecimal.ONE)));
  }

  private static Plan spoiled(Plan plan, Class<PlanSpec> type, Random random, int changes)
      throws JsonProcessingException {
    read(MAPPER.valueToTree(plan.getSpec()), type, random, changes).ifPresent(plan::setSpec);
    return plan;
  }

  private static Price spoiled(Price price, Random random, int changes)
      throws JsonProcessingException {
    read(MAPPER.valueToTree(price.getSpec()), PriceSpec.class, random, changes)
        .ifPresent(price::setSpec);
    return price;
  }

  private static <T> Optional<T> read(ObjectNode spec, Class<T> type, Random random, int changes)
      throws JsonProcessingException {
    spoil(spec, random, changes);
    try {
      return Optional.of(MAPPER.treeToValue(spec, type));
    } catch (com.fasterxml.jackson.databind.JsonMappingException e) {
      return Optional.empty(); // never becomes an object, so it is never compiled
    }
  }

  private static void spoil(ObjectNode spec, Random random, int changes) {
    for (int i = 0; i < changes; i++) {
      JsonNode at = spec;
      while (true) {
        if (at instanceof ObjectNode object && !object.isEmpty()) {
          List<String> names = new ArrayList<>();
          object.fieldNames().forEachRemaining(names::add);
          String name = names.get(random.nextInt(names.size()));
          if (object.get(name).isContainerNode() && random.nextInt(4) > 0) {
            at = object.get(name);
            continue;
          }
          spoilField(object, name, random);
        } else if (at instanceof ArrayNode list && !list.isEmpty()) {
          int index = random.nextInt(list.size());
          if (list.get(index).isContainerNode() && random.nextInt(4) > 0) {
            at = list.get(index);
            continue;
          }
          spoilElement(list, index, random);
        }
        break;
      }
    }
  }

  private static void spoilField(ObjectNode object, String name, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> object.remove(name);
      case 1 -> object.putNull(name);
      case 2 -> object.put(name, random.nextInt(3) - 1);
      default -> object.put(name, GARBAGE.get(random.nextInt(GARBAGE.size())));
    }
  }

  private static void spoilElement(ArrayNode list, int index, Random random) {
    switch (random.nextInt(4)) {
      case 0 -> list.remove(index);
      case 1 -> list.add(list.get(index).deepCopy());
      case 2 -> list.setNull(index);
      default -> list.removeAll();
    }
  }
}
