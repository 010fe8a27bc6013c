package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.YEAR;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The calls that bring a plan there, and what they leave alone. */
class NodeRailsPlanTest {
  private final Bench bench = new Bench();

  private JsonNode sent(String method) {
    return bench.server.exchanges().stream()
        .filter(it -> it.method().equals(method))
        .reduce((a, b) -> b)
        .map(
            it -> {
              try {
                return new ObjectMapper().readTree(it.request().text());
              } catch (JsonProcessingException e) {
                throw new AssertionError(e);
              }
            })
        .orElseThrow();
  }

  private static TextNode text(String text) {
    return TextNode.valueOf(text);
  }

  private String vat() {
    return bench
        .controls()
        .makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20"), false);
  }

  @Test
  void aPlanIsMadeWithAllItsPricesInOneCall() {
    bench.sync(team().plan());

    assertThat(bench.writes()).containsExactly("POST /product-plans");
    assertThat(sent("POST").path("planType").asText()).isEqualTo("SUBSCRIPTION");
    assertThat(bench.server.exchanges())
        .allSatisfy(
            it ->
                assertThat(it.request().header("NodeRails-Version"))
                    .contains(NodeRailsEmulator.VERSION));
    assertThat(bench.server.exchanges())
        .filteredOn(it -> it.method().equals("POST"))
        .allSatisfy(
            it ->
                assertThat(it.request().header("Idempotency-Key").orElse(""))
                    .hasSizeGreaterThan(31));
  }

  @Test
  void whatIsPaidOnceIsOfItsOwnType() {
    CatalogPlan once =
        team().with(Shop.once("book", "19.90", "USD"), Shop.once("buch", "17.90", "EUR")).plan();

    bench.sync(once);

    assertThat(bench.remote().path("planType").asText()).isEqualTo("ONE_TIME");
    assertThat(bench.remote("book", 1).path("billingInterval").isNull()).isTrue();
    assertThat(bench.provider.conflicts(team().plan(), bench.world(team().plan())))
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("ONE_TIME, which never changes"));
  }

  @Test
  void twelveMonthsAreAYearAndTrailingZerosAreNoDifference() {
    bench.sync(team().plan());
    bench.controls().editPrice(bench.priceId("team-yearly", 1), "billingInterval", text("MONTH"));
    bench
        .controls()
        .editPrice(bench.priceId("team-yearly", 1), "billingIntervalCount", IntNode.valueOf(12));
    bench.controls().editPrice(bench.priceId("team-yearly", 1), "amount", text("490.0"));

    assertThat(bench.plan(team().plan())).isEmpty();
  }

  @Test
  void othersKeysInMetadataStayAndOursGoWithTheManifest() {
    Shop shop = team();
    shop.metadata = Map.of("tier", "team", "team size", "a,b=c");
    bench.sync(shop.plan());
    ObjectNode theirs = bench.remote().path("metadata").deepCopy();
    theirs.put("crm", "42").putObject("nested").put("a", 1);
    bench.controls().editPlan(bench.remoteId(), "metadata", theirs);
    assertThat(bench.plan(shop.plan())).isEmpty();

    shop.metadata = Map.of("tier", "gold");
    List<Step> steps = bench.sync(shop.plan());

    JsonNode metadata = bench.remote().path("metadata");
    assertThat(metadata.path("crm").asText()).isEqualTo("42");
    assertThat(metadata.path("nested").path("a").asInt()).isEqualTo(1);
    assertThat(metadata.path("tier").asText()).isEqualTo("gold");
    assertThat(metadata.has("team size")).isFalse();
    assertThat(Bench.fields(steps))
        .containsExactly("metadata.team size a,b=c -> (none)", "metadata.tier team -> gold");
  }

  @Test
  void aDescriptionIsClearedAndAnImageCannotBe() {
    Shop shop = team();
    shop.imageUrl = "https://example.com/a.png";
    bench.sync(shop.plan());

    shop.description = "";
    bench.sync(shop.plan());
    assertThat(bench.remote().path("description").asText()).isEmpty();

    shop.imageUrl = "";
    assertThat(bench.provider.conflicts(shop.plan(), bench.world(shop.plan())))
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("spec.imageUrl"));
  }

  @Test
  void onlyOnePriceIsTheDefault() {
    Shop shop = team();
    shop.defaultPrice = Optional.of("team-monthly");
    bench.sync(shop.plan());
    shop.defaultPrice = Optional.of("team-yearly");
    bench.sync(shop.plan());

    assertThat(bench.remote("team-monthly", 1).path("isDefault").asBoolean()).isFalse();
    assertThat(bench.remote("team-yearly", 1).path("isDefault").asBoolean()).isTrue();

    bench.controls().editPrice(bench.priceId("team-monthly", 1), "isDefault", BooleanNode.TRUE);
    assertThat(Bench.fields(bench.sync(shop.plan())))
        .containsExactly("defaultPrice team-monthly -> team-yearly");
  }

  /** Somebody reads what differs: the default is the same name before and after. */
  @Test
  void aFlagThatGoesToTheSuccessorOfItsPriceIsNotToldAsAnotherDefault() {
    Shop shop = team();
    shop.defaultPrice = Optional.of("team-monthly");
    bench.sync(shop.plan());
    bench.controls().editPrice(bench.priceId("team-monthly", 1), "amount", text("45.00"));

    assertThat(Bench.fields(bench.plan(shop.plan())))
        .containsExactly("prices.team-monthly.amount 45 -> 49");
  }

  @Test
  void theDefaultPassesToTheOnlyPriceThatIsLeft() {
    Shop shop = team();
    shop.defaultPrice = Optional.of("team-monthly");
    bench.sync(shop.plan());

    bench.sync(team().with(flat("team-yearly", "490", "USD", YEAR)).plan());

    assertThat(bench.remote("team-yearly", 1).path("isDefault").asBoolean()).isTrue();
    assertThat(bench.remote("team-monthly", 1).path("isDefault").asBoolean()).isFalse();
  }

  @Test
  void aTaxRateIsFoundByIdNameOrFieldsAndNeverMade() {
    String id = vat();
    bench.controls().makeTaxRate(NodeRailsEmulator.MERCHANT, "gross", new BigDecimal("20"), true);
    for (CatalogPlan.Tax tax :
        List.of(
            new CatalogPlan.Tax(id, Optional.empty(), Optional.empty()),
            new CatalogPlan.Tax("VAT", Optional.empty(), Optional.empty()),
            new CatalogPlan.Tax(
                "",
                Optional.of(new BigDecimal("20.00")),
                Optional.of(CatalogPlan.TaxBehavior.EXCLUSIVE)))) {
      Shop shop = team();
      shop.tax = Optional.of(tax);
      bench.sync(shop.plan());
      assertThat(bench.remote().path("taxRateId").asText()).isEqualTo(id);
    }
    assertThat(bench.controls().counts().taxRates()).isEqualTo(2);
    bench.sync(team().plan());
    assertThat(bench.remote().path("taxRateId").isNull()).isTrue();
  }

  @Test
  void aRenamedPriceIsTheSamePriceAndKeepsItsNameForEver() {
    bench.sync(team().plan());
    String id = bench.priceId("team-yearly", 1);
    bench.controls().addSubscription(id, "ACTIVE");
    bench.server.clearExchanges();
    Shop renamed =
        team()
            .with(
                flat("team-monthly", "49", "USD", MONTH), flat("team-annual", "490", "USD", YEAR));

    List<Step> steps = bench.sync(renamed.plan());

    assertThat(bench.writes()).containsExactly("PUT /product-plans/ID");
    assertThat(Bench.fields(steps))
        .containsExactly("prices.team-annual.name team-yearly -> team-annual");
    assertThat(bench.world(renamed.plan()).priceIds()).containsEntry("team-annual", id);
    // The old name is free for another price, whose mark must not be the old one's.
    Shop both = renamed;
    both.prices.add(flat("team-yearly", "400", "EUR", YEAR));
    bench.sync(both.plan());
    assertThat(bench.remote("team-yearly", 2).path("currency").asText()).isEqualTo("EUR");
  }

  @Test
  void anArchiveIsOneCallAndADeletionIsImpossible() {
    bench.sync(team().plan());
    NodeRailsWorld world = bench.world(team().plan());

    assertThat(bench.provider.removal(Policies.Deletion.DELETE, world))
        .isInstanceOf(Removal.Impossible.class);
    assertThat(bench.provider.removal(Policies.Deletion.RETAIN, world))
        .isEqualTo(new Removal.Steps(List.of()));
    List<Step> steps =
        ((Removal.Steps) bench.provider.removal(Policies.Deletion.ARCHIVE, world)).steps();
    bench.server.clearExchanges();
    bench.execute(steps);
    assertThat(bench.writes()).containsExactly("PUT /product-plans/ID");
    assertThat(bench.remote().path("isActive").asBoolean()).isFalse();
    Removal again = bench.provider.removal(Policies.Deletion.ARCHIVE, bench.world(team().plan()));
    assertThat(((Removal.Steps) again).steps()).isEmpty();
  }

  @Test
  void aPlanWithoutPricesIsLeftAsItIs() {
    bench.sync(team().plan());

    assertThat(bench.plan(team().with(new CatalogPrice[0]).plan())).isEmpty();
  }

  @Test
  void aReplayedAnswerTeachesNoId() {
    Step create = bench.plan(team().plan()).getFirst();
    ObjectNode body = Bench.object();
    body.putObject("data").put("id", "an-old-plan");

    Handles handles =
        create
            .learn()
            .apply(Handles.NONE, new ApiResponse(201, Map.of("idempotent-replayed", "true"), body));

    assertThat(handles).isEqualTo(Handles.NONE);
    assertThat(create.learn().apply(Handles.NONE, new ApiResponse(201, Map.of(), body)).get("plan"))
        .contains("an-old-plan");
  }

  @Test
  void refusalsNameTheVendorsWordsAndTheRequest() {
    Step create = bench.plan(team().plan()).getFirst();
    Map<String, String> headers = Map.of("x-request-id", "req-7");
    ObjectNode body = Bench.object();
    ObjectNode error = body.putObject("error").put("code", "VALIDATION_ERROR").put("message", "No");
    error.putArray("details").addObject().put("message", "Required").putArray("path").add("name");

    assertThat(bench.provider.refusal(create, new ApiResponse(400, headers, body)))
        .satisfies(
            it -> {
              assertThat(it.reason()).isEqualTo(Reason.BACKEND_REJECTED);
              assertThat(it.message())
                  .contains("VALIDATION_ERROR: No (name: Required) (request req-7)");
            });
    for (var expected :
        Map.of(
                403, Reason.BACKEND_REJECTED,
                404, Reason.BACKEND_REJECTED,
                409, Reason.RETRYING,
                418, Reason.BACKEND_REJECTED)
            .entrySet()) {
      assertThat(bench.provider.refusal(create, new ApiResponse(expected.getKey(), headers, body)))
          .extracting(it -> it.reason())
          .isEqualTo(expected.getValue());
    }
    // Version and idempotency errors have a type and no code.
    error.remove("code");
    error.put("type", "idempotency_error");
    assertThat(bench.provider.refusal(create, new ApiResponse(409, headers, body)))
        .satisfies(
            it -> {
              assertThat(it.reason()).isEqualTo(Reason.RETRYING);
              assertThat(it.message()).contains("idempotency_error: No");
            });
    error.put("message", "Tax rate is not active");
    assertThat(bench.provider.refusal(create, new ApiResponse(400, headers, body)).reason())
        .isEqualTo(Reason.DEPENDENCY_MISSING);
  }
}
