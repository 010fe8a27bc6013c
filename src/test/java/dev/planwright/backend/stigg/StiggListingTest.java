package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Listed;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggControls.Listing;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that is cut short, empty, repeating or of another age is not absence. */
class StiggListingTest {
  private static final StiggConsole.Which PUBLISHED = StiggConsole.Which.PUBLISHED;

  private final StiggBench bench = new StiggBench();

  private static CatalogPlan plan(String amount) {
    Samples sample = team();
    sample.prices.set(0, flat("team-monthly", amount));
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(limit("seats", "10"));
    return sample.plan();
  }

  /** Somebody sells the plan by the year too, in the console. */
  private void foreignPrice() {
    ObjectNode row = bench.server.console().charges("team", PUBLISHED).getFirst();
    ArrayNode all = row.arrayNode().add(row.deepCopy());
    row.put("id", "00000000-0000-4000-8000-000000000099").put("billingPeriod", "ANNUALLY");
    all.add(row.put("seq", 9999));
    bench.server.console().edit("team", PUBLISHED, "charges", all);
  }

  private static boolean isOfPrices(ApiRequest request) {
    return request.method().equals("GET") && request.target().contains("/charges");
  }

  /** The lists of prices answer so. */
  private ApiClient listing(Listing listing, Predicate<ApiRequest> which) {
    return request -> {
      if (!which.test(request)) {
        return bench.direct.send(request);
      }
      bench.server.controls().listing(listing);
      try {
        return bench.direct.send(request);
      } finally {
        bench.server.controls().listing(Listing.WHOLE);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(value = Listing.class, names = "WHOLE", mode = EnumSource.Mode.EXCLUDE)
  void aPriceThatIsNotListedIsNotErased(Listing listing) {
    bench.sync(plan("49"));
    foreignPrice();
    bench.newWrites();
    bench.between = listing(listing, StiggListingTest::isOfPrices);

    assertThat(bench.once(plan("59"), StiggBench.KEEP)).isNotEqualTo(new Outcome.Done());

    assertThat(bench.newWrites()).isEmpty();
    bench.between = bench.direct;
    bench.blocked(
        bench.toRest(plan("59"), StiggBench.KEEP), Reason.UNMANAGED_REMOTE_CONTENT, "ANNUALLY");
  }

  @Test
  void aPriceThatOneReadingOfTwoLeavesOutIsNotErasedEither() {
    bench.sync(plan("49"));
    foreignPrice();
    bench.newWrites();
    AtomicInteger readings = new AtomicInteger();
    bench.between = listing(Listing.SHORT, it -> isOfPrices(it) && readings.getAndIncrement() == 0);

    assertThat(bench.once(plan("59"), StiggBench.KEEP)).isNotEqualTo(new Outcome.Done());

    assertThat(bench.newWrites()).isEmpty();
    assertThat(readings).hasValueGreaterThan(1);
  }

  @Test
  void theFirstPriceOfAnAdoptedPaidPlanIsNotWrittenOverAnEmptyList() {
    bench.sync(plan("49"));
    bench.server.console().metadata("team", Map.of());
    bench.memory = Memory.EMPTY;
    bench.newWrites();
    bench.between = listing(Listing.EMPTY, StiggListingTest::isOfPrices);
    Policies adopt = StiggBench.with(Policies.Adoption.ALWAYS, Policies.DriftPolicy.REVERT);

    assertThat(bench.once(plan("59"), adopt)).isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void aCutListIsNoDriftAndOurDraftIsNotTakenForSomebodysWork() {
    Samples two = team();
    two.prices.add(perUnit("calls", "api-calls", "0.002"));
    bench.sync(two.plan());
    bench.newWrites();
    bench.between = listing(Listing.SHORT, StiggListingTest::isOfPrices);
    assertThat(bench.once(two.plan(), StiggBench.KEEP)).isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.memory.drift()).isEmpty();

    bench.between =
        request -> {
          if (request.target().endsWith("/publish")) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
          }
          return bench.direct.send(request);
        };
    two.prices.set(0, flat("team-monthly", "59"));
    bench.once(two.plan(), StiggBench.KEEP);
    bench.between = listing(Listing.SHORT, StiggListingTest::isOfPrices);
    assertThat(bench.once(two.plan(), StiggBench.KEEP)).isInstanceOf(Outcome.Unfinished.class);
    bench.between = bench.direct;
    bench.sync(two.plan());
    assertThat(bench.server.bill("team", Purchase.monthly()).get("usd")).isEqualByComparingTo("59");
  }

  @Test
  void anEntitlementThatThePlanNamesAndTheListLacksIsNotAddedAnew() {
    bench.sync(plan("49"));
    bench.newWrites();
    bench.between =
        answers(
            it -> it.method().equals("GET") && it.target().endsWith("/entitlements"),
            body -> {
              ((ArrayNode) body.path("data")).remove(0);
              return body;
            });
    assertThat(
            bench.once(
                plan("49"), StiggBench.with(Policies.Adoption.NEVER, Policies.DriftPolicy.REVERT)))
        .isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.newWrites()).isEmpty();
    bench.between = bench.direct;
    bench.sync(plan("49"));
  }

  // ---- servers of another age ---------------------------------------------------------------

  private ApiClient answers(Predicate<ApiRequest> which, UnaryOperator<JsonNode> change) {
    return request -> {
      ApiResponse answer = bench.direct.send(request);
      return which.test(request)
          ? new ApiResponse(
              answer.status(), answer.headers(), change.apply(answer.body().deepCopy()))
          : answer;
    };
  }

  /** Renames and additions come with every version of the vendor's document. */
  @Test
  void wordsAndFieldsOfALaterServerDisturbNobody() {
    bench.server.console().plan("stranger", "Stranger");
    bench.between =
        answers(
            it -> true,
            body -> {
              for (JsonNode one : body.findParents("id")) {
                ObjectNode row = (ObjectNode) one;
                row.put("colour", "red").putObject("nested").put("id", 7);
                if (row.path("id").asText().equals("stranger")) {
                  row.put("status", "PAUSED").put("pricingType", "AUCTION");
                }
              }
              return body;
            });
    bench.sync(plan("49"));
    bench.sync(plan("59"));

    List<Listed<StiggWorld>> seen = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of("team"), seen::add)).isEmpty();
    assertThat(seen).hasSize(1);
    assertThat(bench.server.bill("team", Purchase.monthly()).get("usd")).isEqualByComparingTo("59");
  }

  @Test
  void aPlanOfOursInAnUnknownStateIsLeftAlone() {
    bench.sync(plan("49"));
    bench.newWrites();
    bench.between =
        answers(
            it -> it.target().endsWith("/plans/team"),
            body -> {
              ((ObjectNode) body.path("data")).put("status", "PAUSED");
              return body;
            });
    assertThat(bench.once(plan("59"), StiggBench.KEEP)).isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void aPriceThatIsPublishedOtherwiseThanItWasDraftedIsNotLeftSo() {
    bench.sync(plan("49"));
    AtomicInteger publishes = new AtomicInteger();
    bench.between =
        request -> {
          ApiResponse answer = bench.direct.send(request);
          if (request.target().endsWith("/publish") && publishes.getAndIncrement() == 0) {
            bench.server.console().editAmount("team", PUBLISHED, 0, "5900");
          }
          return answer;
        };
    bench.server.controls().publishAtOnce();
    Outcome outcome = bench.toRest(plan("59"), StiggBench.KEEP);
    assertThat(outcome).isEqualTo(new Outcome.Done());
    assertThat(bench.server.bill("team", Purchase.monthly()).get("usd")).isEqualByComparingTo("59");
  }

  // ---- add-ons before plans -----------------------------------------------------------------

  private static Samples home(CatalogPlan.Type type, String key) {
    Samples sample = team();
    sample.type = type;
    sample.key = key;
    sample.addOns = type == CatalogPlan.Type.PLAN ? List.of("extra") : List.of();
    return sample;
  }

  /** The same, with a price of its own in Germany. */
  private static CatalogPlan abroad(CatalogPlan.Type type, String key, String currency) {
    Samples sample = home(type, key);
    sample.prices.add(
        Samples.price(
            "germany",
            flat("x", "45").model(),
            currency,
            new CatalogPrice.Recurring(Samples.MONTHLY),
            CatalogPrice.Billing.IN_ADVANCE,
            List.of("DE"),
            OptionalInt.empty(),
            Optional.empty()));
    return sample.plan();
  }

  /**
   * @param listed whether an open draft shows in the list alone, or else in the read of the add-on
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlanIsPricedInAnotherCurrencyOnlyAfterItsAddOns(boolean listed) {
    bench.with(
        listed ? StiggSwitch.PLAN_READ_SHOWS_DRAFT : StiggSwitch.STATUS_FILTER_FINDS_DRAFTS, false);
    CatalogPlan.Type addOn = CatalogPlan.Type.ADD_ON;
    CatalogPlan plan = abroad(CatalogPlan.Type.PLAN, "team", "EUR");
    bench.sync(home(addOn, "extra").plan());
    bench.memory = Memory.EMPTY;
    bench.newWrites();
    bench.blocked(
        bench.toRest(plan, StiggBench.KEEP),
        Reason.DEPENDENCY_MISSING,
        "extra with a published price in eur for DE");
    assertThat(bench.newWrites()).isEmpty();

    bench.memory = Memory.EMPTY;
    bench.sync(abroad(addOn, "extra", "EUR"));
    bench.server.console().openAddonDraft("extra");
    bench.memory = Memory.EMPTY;
    bench.newWrites();
    bench.blocked(
        bench.toRest(plan, StiggBench.KEEP), Reason.DEPENDENCY_MISSING, "extra with no draft open");
    assertThat(bench.newWrites()).isEmpty();
    // One currency needs nothing of it, whatever the country.
    bench.sync(abroad(CatalogPlan.Type.PLAN, "team", "USD"));
  }

  @Test
  void aPlanIsPricedInAnotherCurrencyWhereItsAddOnsAreOrCostNothing() {
    bench.sync(abroad(CatalogPlan.Type.ADD_ON, "extra", "EUR"));
    bench.memory = Memory.EMPTY;
    bench.sync(abroad(CatalogPlan.Type.PLAN, "team", "EUR"));
    assertThat(bench.server.bill("team", Purchase.monthly().from("DE"))).containsOnlyKeys("eur");

    StiggBench everywhere = new StiggBench();
    Samples euro = home(CatalogPlan.Type.ADD_ON, "extra");
    euro.prices.set(0, Samples.price("flat", flat("x", "5").model(), "EUR", Samples.MONTHLY));
    everywhere.sync(euro.plan());
    everywhere.memory = Memory.EMPTY;
    everywhere.sync(abroad(CatalogPlan.Type.PLAN, "team", "EUR"));

    StiggBench free = new StiggBench();
    free.server.console().addon("extra", "Extra");
    free.sync(abroad(CatalogPlan.Type.PLAN, "team", "EUR"));
  }
}
