package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole life of a plan under both answers to each question that the documentation leaves open:
 * made, changed with an answer that is lost, swept, found again without a status, left alone while
 * a person drafts, and archived. Whatever the answer, it ends the same.
 */
class StiggLifeTest {
  private static Samples young() {
    Samples sample = team();
    sample.prices.add(perUnit("calls", "api-calls", "0.00025"));
    sample.prices.add(Samples.price("over", new PriceModel.Overage("seats", dec("5.00"))));
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(
        new Entitlement(
            "seats",
            new Entitlement.Limit(dec("10"), Optional.of(Interval.Unit.MONTH), true),
            Optional.empty()));
    sample.metadata = Map.of("tier", "team");
    return sample;
  }

  private static Samples grown() {
    Samples sample = young();
    sample.displayName = "Teams";
    sample.prices.set(0, flat("team-monthly", "59.00"));
    sample.prices.remove(1);
    sample.entitlements.set(0, limit("projects", "5"));
    return sample;
  }

  /** A change is tried twice, as the answer to this call got lost. */
  private static void losing(StiggBench bench, Predicate<ApiRequest> which) {
    AtomicBoolean lost = new AtomicBoolean();
    bench.between =
        request -> {
          ApiResponse answer = bench.direct.send(request);
          if (which.test(request) && lost.compareAndSet(false, true)) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
          }
          return answer;
        };
  }

  @ParameterizedTest
  @EnumSource(StiggSwitch.class)
  void aWholeLifeIsTheSameUnderEitherAnswer(StiggSwitch question) {
    for (boolean answer : List.of(true, false)) {
      if (question == StiggSwitch.CHARGES_REPLACE && !answer) {
        continue; // whereChargesAreChangedRowByRowNothingWrongIsPublished
      }
      StiggBench bench = new StiggBench().with(question, answer);
      StiggConsole console = bench.server.console();
      console.plan("retired", "Retired");
      console.archive("retired");

      losing(bench, it -> it.operation().equals("plans.create"));
      bench.sync(young().plan());
      pays(bench, "49.25", "api-calls", "1000");

      losing(bench, it -> it.operation().equals("plans.draft"));
      bench.sync(grown().plan());
      pays(bench, "59", "api-calls", "1000");
      pays(bench, "69", "seats", "12");
      assertThat(bench.server.grants("team")).containsOnlyKeys("seats", "projects");
      assertThat(bench.server.controls().counts().planDrafts()).isZero();

      assertThat(sweep(bench)).singleElement().satisfies(it -> equal(bench, it));

      bench.memory = Memory.EMPTY;
      int writes = bench.writes().size();
      bench.sync(grown().plan());
      assertThat(bench.writes()).as("after a lost status").hasSize(writes);

      console.openDraft("team");
      bench.blocked(
          bench.toRest(young().plan(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "draft is open");
      bench.blocked(
          bench.remove(grown().plan(), Policies.Deletion.ARCHIVE),
          Reason.DRAFT_IN_USE,
          "draft is open");
      assertThat(sweep(bench)).singleElement().satisfies(it -> assertThat(it.world()).isEmpty());
      assertThat(bench.writes()).as("beside a draft of somebody's").hasSize(writes);
      console.dropDraft("team");

      losing(bench, it -> it.operation().equals("plans.archive"));
      Outcome outcome = bench.remove(grown().plan(), Policies.Deletion.ARCHIVE);
      for (int tries = 0; tries < 4 && !outcome.equals(new Outcome.Done()); tries++) {
        bench.clock.advance(Duration.ofMinutes(2));
        outcome = bench.remove(grown().plan(), Policies.Deletion.ARCHIVE);
      }
      assertThat(outcome).isEqualTo(new Outcome.Done());
      assertThat(bench.writes().subList(writes, bench.writes().size()))
          .containsExactly("POST plans/team/archive");
      assertThat(bench.server.controls().planIds()).containsExactlyInAnyOrder("retired", "team");
    }
  }

  private static void pays(StiggBench bench, String amount, String feature, String quantity) {
    assertThat(bench.server.bill("team", Purchase.monthly().with(feature, quantity)).get("usd"))
        .isEqualByComparingTo(amount);
  }

  private static List<Listed<StiggWorld>> sweep(StiggBench bench) {
    List<Listed<StiggWorld>> seen = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of("team"), seen::add)).isEmpty();
    return seen;
  }

  private static void equal(StiggBench bench, Listed<StiggWorld> listed) {
    assertThat(listed.externalId()).isEqualTo("team");
    assertThat(
            bench.provider.plan(
                grown().plan(),
                listed.world().orElseThrow(),
                new Provider.Planning(Policies.ExistingSubscribers.KEEP, Handles.NONE)))
        .as("what a sweep finds to do")
        .isEmpty();
  }

  /** A plan that costs nothing goes its way, whatever is made of charges that it does not have. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFreePlanIsMadeAndChangedWhateverBecomesOfChargesOnOne(boolean refused) {
    StiggBench bench = new StiggBench().with(StiggSwitch.CHARGES_ON_FREE_REFUSED, refused);
    Samples sample = team();
    sample.pricing = CatalogPlan.Pricing.FREE;
    sample.prices.set(0, flat("free", "0"));
    bench.sync(sample.plan());
    sample.displayName = "Free for all";
    sample.entitlements.add(enabled("sso", true));
    bench.sync(sample.plan());
    assertThat(bench.server.bill("team", Purchase.monthly()).values())
        .allSatisfy(it -> assertThat(it).isZero());
    assertThat(bench.server.grants("team")).containsOnlyKeys("sso");
  }

  /** One word for a plan and an add-on: two objects, or the vendor's refusal; never a mix-up. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlanWithTheIdOfAnAddOnIsMadeOrRefusedAndTheAddOnStaysAsItIs(boolean shared) {
    StiggBench bench = new StiggBench().with(StiggSwitch.ADDON_IDS_BLOCK_PLANS, shared);
    bench.server.console().addon("team", "Somebody's");
    if (shared) {
      assertThat(bench.once(young().plan(), StiggBench.KEEP))
          .isInstanceOfSatisfying(
              Outcome.Unfinished.class,
              it ->
                  assertThat(it.message())
                      .contains("the id team is taken", "an add-on may hold the id"));
      assertThat(bench.server.controls().planIds()).isEmpty();
    } else {
      bench.sync(young().plan());
      pays(bench, "49", "seats", "1");
    }
    assertThat(bench.writes()).noneMatch(it -> it.contains("addons"));
  }

  /** Only a wish that names nothing missing is written, so no refusal has to be understood. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsMissingIsSaidBeforeAnyWriteWhateverAWriteWouldSay(boolean notFound) {
    StiggBench bench = new StiggBench().with(StiggSwitch.MISSING_REFERENCE_IS_404, notFound);
    Samples feature = young();
    feature.prices.add(perUnit("more", "nothing", "0.002"));
    Samples product = young();
    product.product = Optional.of("gone");
    Samples parent = young();
    parent.parentPlan = Optional.of("nobody");
    Samples addOn = young();
    addOn.addOns = List.of("nix");
    Samples credits = young();
    credits.credits =
        List.of(new CatalogPlan.CreditGrant("coins", dec("5"), Optional.of(Interval.Unit.MONTH)));
    for (Map.Entry<String, Samples> missing :
        Map.of(
                "nothing", feature, "gone", product, "nobody", parent, "nix", addOn, "coins",
                credits)
            .entrySet()) {
      bench.blocked(
          bench.toRest(missing.getValue().plan(), StiggBench.KEEP),
          Reason.DEPENDENCY_MISSING,
          missing.getKey());
    }
    assertThat(bench.writes()).isEmpty();
  }

  /** Whether Stigg would round, drop or refuse it, nobody has to find out. */
  @ParameterizedTest
  @EnumSource(
      value = StiggSwitch.class,
      names = {"EQUAL_CHARGES_REFUSED", "SIXTH_DECIMAL_REFUSED", "FINE_FLAT_FEES_REFUSED"})
  void whatStiggMightRoundDropOrRefuseIsRefusedBeforeItIsAsked(StiggSwitch question) {
    for (boolean answer : List.of(true, false)) {
      StiggBench bench = new StiggBench().with(question, answer);
      Samples sample = young();
      switch (question) {
        case EQUAL_CHARGES_REFUSED -> sample.prices.add(flat("again", "5.00"));
        case SIXTH_DECIMAL_REFUSED -> sample.prices.add(perUnit("fine", "sms", "0.000001"));
        default -> sample.prices.set(0, flat("team-monthly", "49.001"));
      }
      assertThat(bench.toRest(sample.plan(), StiggBench.KEEP))
          .isInstanceOf(Outcome.Inexpressible.class);
      assertThat(bench.server.exchanges())
          .filteredOn(it -> it.target().contains("/plans"))
          .as("not even a look")
          .isEmpty();
    }
  }
}
