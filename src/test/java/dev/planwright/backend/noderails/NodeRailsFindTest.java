package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.emulator.noderails.Listing;
import dev.planwright.emulator.noderails.ListingFault;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.emulator.noderails.Switch;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose a plan is, and what is believed to be absent. */
class NodeRailsFindTest {
  private final Bench bench = new Bench();
  private final CatalogPlan plan = team().plan();

  private String make(JsonNode metadata) {
    String id = bench.controls().makePlan(Bench.APP, "Team", "SUBSCRIPTION", metadata);
    bench.controls().makePrice(id, "49.00", "USD", "MONTH", Bench.object());
    return id;
  }

  private static ObjectNode mark(String owner, String key) {
    return Bench.object().put("planwright.dev/owner", owner).put("planwright.dev/key", key);
  }

  private void strangers(int count) {
    for (int i = 0; i < count; i++) {
      make(Bench.object());
    }
  }

  @Test
  void aRebuiltClusterFindsItsPlanByTheMarkAlone() {
    bench.sync(plan);
    strangers(230);
    bench.externalId = Optional.empty();

    assertThat(bench.find(plan))
        .isInstanceOfSatisfying(
            Observation.Found.class, it -> assertThat(it.ownership()).isEqualTo(Ownership.OURS));
    assertThat(bench.plan(plan)).isEmpty();
  }

  @Test
  void aKnownPlanIsReadByItsIdAlone() {
    strangers(120);
    bench.sync(plan);
    bench.server.clearExchanges();

    assertThat(bench.plan(plan)).isEmpty();

    assertThat(bench.server.exchanges()).hasSize(1);
  }

  @Test
  void anotherOwnersPlanIsForeign() {
    bench.externalId = Optional.of(make(mark("another-shop", "team")));

    assertThat(bench.find(plan)).isInstanceOf(Observation.Foreign.class);
  }

  @Test
  void anotherOwnersPlanWithOurKeyIsNotOurs() {
    make(mark("another-shop", "team"));

    assertThat(bench.find(plan)).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void twoPlansWithOneMarkAreAmbiguousUntilOneIsArchived() {
    bench.sync(plan);
    String twin = make(mark("shop-prod", "team"));
    bench.externalId = Optional.empty();

    assertThat(bench.find(plan)).isInstanceOf(Observation.Ambiguous.class);

    bench.controls().editPlan(twin, "isActive", BooleanNode.FALSE);
    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void aTwinThatASweepSawIsNotOverlookedWhenThePlanIsReadById() {
    bench.sync(plan);
    make(mark("shop-prod", "team"));
    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);

    assertThat(bench.provider.sweep(Set.of(), it -> {})).isEmpty();

    assertThat(bench.find(plan)).isInstanceOf(Observation.Ambiguous.class);
  }

  @Test
  void twoActivePricesOfOneRevisionAreAmbiguousUntilOneIsSwitchedOff() {
    bench.sync(plan);
    String twin =
        bench
            .controls()
            .makePrice(
                bench.remoteId(),
                "49.00",
                "USD",
                "MONTH",
                bench.remote("team-monthly", 1).path("metadata"));

    assertThat(bench.find(plan)).isInstanceOf(Observation.Ambiguous.class);

    bench.controls().editPrice(twin, "isActive", BooleanNode.FALSE);
    assertThat(bench.plan(plan)).isEmpty();
  }

  @Test
  void anOldPriceAndItsSuccessorAreToldApart() {
    bench.sync(plan);
    bench.controls().addSubscription(bench.priceId("team-monthly", 1), "ACTIVE");
    CatalogPlan dearer =
        team()
            .with(
                Shop.flat("team-monthly", "59", "USD", Shop.MONTH),
                Shop.flat("team-yearly", "490", "USD", Shop.YEAR))
            .plan();
    bench.sync(dearer);

    var view = bench.provider.view(bench.world(dearer)).orElseThrow();

    assertThat(view.superseded())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.price()).isEqualTo("team-monthly");
              assertThat(it.revision()).isEqualTo(1);
              assertThat(it.externalId()).isEqualTo(bench.priceId("team-monthly", 1));
              assertThat(it.amount()).isEqualTo("49.00 USD");
            });
    assertThat(view.priceIds()).containsEntry("team-monthly", bench.priceId("team-monthly", 2));
  }

  @Test
  void anArchivedPlanIsSaidToBeArchived() {
    bench.sync(plan);
    bench.controls().editPlan(bench.remoteId(), "isActive", BooleanNode.FALSE);

    assertThat(bench.find(plan)).isInstanceOf(Observation.Archived.class);
  }

  @Test
  void anUnmarkedPlanIsFoundByTheIdThatTheManifestNames() {
    Shop named = team();
    named.externalId = Optional.of(make(Bench.object()));

    assertThat(bench.find(named.plan()))
        .isInstanceOfSatisfying(
            Observation.Found.class,
            it -> assertThat(it.ownership()).isEqualTo(Ownership.UNMARKED));
  }

  @Test
  void anotherMerchantsPlanIsRefusedAndNotTakenForGone() {
    String merchant = bench.controls().addMerchant();
    String app = bench.controls().addApp(merchant, "Theirs", "TEST");
    bench.externalId =
        Optional.of(bench.controls().makePlan(app, "Team", "SUBSCRIPTION", Bench.object()));

    assertThatThrownBy(() -> bench.find(plan))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("AUTHORIZATION_ERROR");
  }

  @Test
  void whatOthersSellMayBeAsOddAsItLikes() {
    String odd = make(Bench.object());
    bench.controls().editPlan(odd, "isActive", TextNode.valueOf("maybe"));

    bench.sync(plan);

    bench.externalId = Optional.empty();
    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void anIdThatNamesNothingIsAbsence() {
    Shop named = team();
    named.externalId = Optional.of("0d6f2c1e-7a34-4b0e-9c55-00000000ffff");

    assertThat(bench.find(named.plan())).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void anUnmarkedPlanThatTheManifestNamesBesideAMarkedOneIsAmbiguous() {
    bench.sync(plan);
    bench.externalId = Optional.empty();
    Shop named = team();
    named.externalId = Optional.of(make(Bench.object()));

    assertThat(bench.find(named.plan())).isInstanceOf(Observation.Ambiguous.class);
  }

  @Test
  void plansOfOtherAppsAreNobodysEvenWhereTheFilterLetsThemThrough() {
    bench.controls().set(Switch.APP_FILTER_IS_IGNORED, true);
    bench
        .controls()
        .makePlan(
            NodeRailsEmulator.PRODUCTION_APP, "Team", "SUBSCRIPTION", mark("shop-prod", "team"));

    assertThat(bench.find(plan)).isInstanceOf(Observation.Absent.class);
    assertThat(bench.provider.account().environment()).isEqualTo(AccountEnvironment.UNVERIFIED);
  }

  @Test
  void aPlanOfAnotherAppIsRefusedByItsId() {
    Shop named = team();
    named.externalId =
        Optional.of(
            bench
                .controls()
                .makePlan(
                    NodeRailsEmulator.PRODUCTION_APP, "Team", "SUBSCRIPTION", Bench.object()));

    assertThatThrownBy(() -> bench.find(named.plan()))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("belongs to app " + NodeRailsEmulator.PRODUCTION_APP);
  }

  @Test
  void whatATestKeyMadeInAProductionAppIsFoundOutAtTheFirstReadBack() {
    Bench wrong = new Bench(NodeRailsEmulator.PRODUCTION_APP, AccountEnvironment.SANDBOX);
    wrong.execute(wrong.plan(plan));

    assertThatThrownBy(() -> wrong.find(plan))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("is a PRODUCTION app");
    assertThat(wrong.provider.account().environment()).isEqualTo(AccountEnvironment.PRODUCTION);
  }

  @Test
  void theAccountIsTheAppWithItsNameAndEnvironment() {
    assertThat(bench.provider.account().environment()).isEqualTo(AccountEnvironment.UNVERIFIED);
    bench.sync(plan);

    assertThat(bench.provider.account().id()).isEqualTo(Bench.APP);
    assertThat(bench.provider.account().name()).isEqualTo("Shop (test)");
    assertThat(bench.provider.account().environment()).isEqualTo(AccountEnvironment.SANDBOX);
  }

  @ParameterizedTest
  @EnumSource(
      value = ListingFault.class,
      names = {"SHORT", "REPEATING", "ENDLESS", "EMPTY"})
  void aListingThatDoesNotAddUpIsNeverAbsence(ListingFault fault) {
    bench.sync(plan);
    strangers(230);
    bench.externalId = Optional.empty();
    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);
    bench.controls().breakListing(Listing.PLANS, fault);

    assertThatThrownBy(() -> bench.find(plan))
        .isInstanceOfSatisfying(
            BackendException.class,
            it -> assertThat(it.kind()).isEqualTo(BackendException.Kind.NONSENSE));
    assertThat(bench.provider.sweep(Set.of(), it -> {})).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = ListingFault.class,
      names = {"SHORT", "REPEATING", "ENDLESS", "EMPTY"})
  void subscriptionsThatDoNotAddUpAreUnread(ListingFault fault) {
    bench.sync(plan);
    for (int i = 0; i < 230; i++) {
      bench.controls().addSubscription(bench.priceId("team-yearly", 1), "ACTIVE");
    }
    NodeRailsWorld world = bench.world(plan);
    assertThat(bench.provider.subscribers(world)).isEqualTo(new Subscribers.Known(230));
    bench.controls().breakListing(Listing.SUBSCRIPTIONS, fault);

    assertThat(bench.provider.subscribers(world)).isInstanceOf(Subscribers.Unread.class);
  }

  @Test
  void aListingSurvivesWhatOthersCreateMeanwhile() {
    bench.sync(plan);
    strangers(230);
    bench.externalId = Optional.empty();
    bench.controls().strangersCreateWhileListing(3);

    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void aPlanThatMayStillLandIsWaitedFor() {
    bench.intents = List.of(new Intent(Handles.PLAN, bench.clock.instant(), "k".repeat(32), "h"));

    assertThat(bench.find(plan))
        .isInstanceOfSatisfying(
            Observation.Unsettled.class, it -> assertThat(it.looked()).isTrue());

    bench.lookedBefore = Optional.of(bench.clock.instant());
    bench.clock.advance(Duration.ofSeconds(60));
    assertThat(bench.find(plan)).isInstanceOf(Observation.Unsettled.class);

    bench.clock.advance(Duration.ofSeconds(31));
    assertThat(bench.find(plan)).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void aPriceThatMayStillLandIsWaitedForUnlessItIsThere() {
    bench.sync(plan);
    bench.intents =
        List.of(new Intent("price:team-monthly#2", bench.clock.instant(), "k".repeat(32), "h"));
    assertThat(bench.find(plan)).isInstanceOf(Observation.Unsettled.class);

    bench.intents =
        List.of(new Intent("price:team-monthly#1", bench.clock.instant(), "k".repeat(32), "h"));
    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void aPriceThatWasJustAddedAndIsNotShownIsWaitedForAWhile() {
    bench.sync(plan);
    bench.handles = Landing.added(Handles.NONE, "not-shown", bench.clock.instant());
    assertThat(bench.find(plan)).isInstanceOf(Observation.Unsettled.class);

    bench.clock.advance(Duration.ofSeconds(91));
    assertThat(bench.find(plan)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void aTaxRateThatDoesNotExistIsMissing() {
    Shop taxed = team();
    taxed.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()));

    assertThat(bench.find(taxed.plan())).isInstanceOf(Observation.Unresolved.class);

    String rate =
        bench
            .controls()
            .makeTaxRate(NodeRailsEmulator.MERCHANT, "vat", new BigDecimal("20"), false);
    assertThat(bench.find(taxed.plan())).isInstanceOf(Observation.Absent.class);
    bench.controls().editTaxRate(rate, "isActive", BooleanNode.FALSE);
    assertThat(bench.find(taxed.plan())).isInstanceOf(Observation.Unresolved.class);
  }

  @Test
  void severalTaxRatesLikeThatAreNotGuessedAmong() {
    for (String name : List.of("a", "b")) {
      bench.controls().makeTaxRate(NodeRailsEmulator.MERCHANT, name, new BigDecimal("20"), false);
    }
    Shop taxed = team();
    taxed.tax =
        Optional.of(new CatalogPlan.Tax("", Optional.of(new BigDecimal("20.0")), Optional.empty()));

    assertThat(bench.provider.conflicts(taxed.plan(), bench.world(taxed.plan())))
        .singleElement()
        .satisfies(it -> assertThat(it.instead()).contains("id of one"));
  }
}
