package dev.planwright.matrix;

import static dev.planwright.matrix.NodeRailsUnderTest.euro;
import static dev.planwright.matrix.NodeRailsUnderTest.shop;
import static dev.planwright.matrix.NodeRailsUnderTest.yearly;
import static dev.planwright.matrix.PlanDraft.price;
import static dev.planwright.matrix.SamplePlans.flat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.noderails.NodeRailsControls;
import dev.planwright.emulator.noderails.Renewal;
import dev.planwright.sync.Outcome;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guards of NodeRails where what is sent depends on who subscribes: somebody who pays goes on
 * paying what they paid, and is never cut off.
 */
class NodeRailsGuardsTest {
  private static final String MARK = "PUT /product-plans/{id}";
  private static final String POST = "POST /product-plans/{id}/prices";
  private static final String PUT = "PUT /product-plans/{id}/prices/{id}";
  private static final String DELETE = "DELETE /product-plans/{id}/prices/{id}";

  private final NodeRailsUnderTest backend = new NodeRailsUnderTest();
  private final ManualClock clock = new ManualClock();
  private final Server server = backend.fresh(clock);
  private final NodeRailsControls controls = NodeRailsUnderTest.controls(server);
  private final Desk desk = new Desk();
  private List<String> calls = List.of();

  private Outcome sync(CatalogPlan plan, ExistingSubscribers subscribers) {
    return sync(plan, subscribers, Policies.DriftPolicy.REPORT);
  }

  private Outcome sync(
      CatalogPlan plan, ExistingSubscribers subscribers, Policies.DriftPolicy drift) {
    Plot plot = Plot.undisturbed();
    Policies policies = SamplePlans.with(SamplePlans.with(subscribers), drift);
    Scenario scenario = Scenario.create("guard", plan, policies);
    Outcome outcome =
        OperatorProcess.start(
                backend, new Wire(server, clock, plot), clock, desk, plot, Tamper.NONE)
            .once(scenario.goal(), scenario);
    calls =
        plot.passed().stream()
            .filter(it -> it.kind() == Boundary.Kind.CALL)
            .map(it -> it.what().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}"))
            .toList();
    return outcome;
  }

  private void keep(CatalogPlan plan) {
    assertThat(sync(plan, ExistingSubscribers.KEEP)).isEqualTo(new Outcome.Done());
  }

  private void refused(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Blocked.class, it -> assertThat(it.reason()).isEqualTo(reason));
    assertThat(calls).isEmpty();
  }

  private static String message(Outcome outcome) {
    return outcome instanceof Outcome.Blocked(Reason reason, String message)
        ? message
        : String.valueOf(outcome);
  }

  private JsonNode remote() {
    return controls.planWith("planwright.dev/key", "team").orElseThrow();
  }

  private JsonNode remote(String name, int revision) {
    for (JsonNode it : remote().path("prices")) {
      if (it.path("metadata").path("planwright.dev/price").asText().equals(name)
          && it.path("metadata").path("planwright.dev/revision").asInt() == revision) {
        return it;
      }
    }
    throw new AssertionError(name + " " + revision + " is not in " + remote());
  }

  private String subscribe(String name, int revision) {
    return controls.addSubscription(remote(name, revision).path("id").asText(), "ACTIVE");
  }

  private BigDecimal pays(String subscription) {
    assertThat(controls.renew(subscription)).isInstanceOf(Renewal.Charged.class);
    return ((Renewal.Charged) controls.renew(subscription)).charge().amount();
  }

  private static CatalogPlan monthlyAt(String amount) {
    return price("team-monthly", p -> p.model = flat("x", amount).model()).apply(shop());
  }

  private static CatalogPlan withoutEuro() {
    return NodeRailsUnderTest.with(
        shop(), flat("team-monthly", "49.00"), yearly("team-yearly", "490.00"));
  }

  @Test
  void underKeepWhoSubscribedPaysTheOldAmountAndWhoComesPaysTheNewOne() {
    keep(shop());
    String subscription = subscribe("team-monthly", 1);

    keep(monthlyAt("59.00"));

    assertThat(calls).containsExactly(POST, PUT);
    assertThat(pays(subscription)).isEqualByComparingTo("49");
    assertThat(remote("team-monthly", 1).path("isActive").asBoolean()).isTrue();
    assertThat(remote("team-monthly", 1).path("isDefault").asBoolean()).isFalse();
    assertThat(remote("team-monthly", 2).path("isDefault").asBoolean()).isTrue();
    assertThat(remote("team-monthly", 2).path("amount").asText()).isEqualTo("59");
  }

  @Test
  void anOldPriceIsRetiredOnceNobodyIsOnItAlsoWhereDriftIsOnlyReported() {
    keep(shop());
    String subscription = subscribe("team-monthly", 1);
    keep(monthlyAt("59.00"));
    keep(monthlyAt("59.00"));
    assertThat(calls).isEmpty();

    controls.setStatus(subscription, "CANCELLED");
    keep(monthlyAt("59.00"));

    assertThat(calls).containsExactly(DELETE);
    assertThat(remote("team-monthly", 1).path("isActive").asBoolean()).isFalse();
  }

  @Test
  void anOldPriceStaysWhileSubscribersCannotBeRead() {
    keep(shop());
    keep(monthlyAt("49.00"));
    String subscription = subscribe("team-monthly", 1);
    keep(monthlyAt("59.00"));
    controls.setStatus(subscription, "CANCELLED");
    server.hideSubscribers();

    keep(monthlyAt("59.00"));

    assertThat(calls).isEmpty();
  }

  @Test
  void goingBackToAnAmountThatIsStillKeptNeedsNoThirdPrice() {
    keep(shop());
    String first = subscribe("team-monthly", 1);
    keep(monthlyAt("59.00"));
    String second = subscribe("team-monthly", 2);

    keep(monthlyAt("49.00"));

    assertThat(calls).containsExactly(PUT, PUT);
    assertThat(pays(first)).isEqualByComparingTo("49");
    assertThat(pays(second)).isEqualByComparingTo("59");
    assertThat(remote("team-monthly", 1).path("isDefault").asBoolean()).isTrue();
  }

  @Test
  void underMigrateAnAmountIsChangedInPlaceAndOnlyOnceApproved() {
    keep(shop());
    String subscription = subscribe("team-monthly", 1);

    refused(sync(monthlyAt("59.00"), ExistingSubscribers.MIGRATE), Reason.APPROVAL_REQUIRED);
    assertThat(pays(subscription)).isEqualByComparingTo("49");

    assertThat(desk.approve()).isTrue();
    assertThat(sync(monthlyAt("59.00"), ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());
    assertThat(calls).containsExactly(MARK, PUT, MARK);
    assertThat(pays(subscription)).isEqualByComparingTo("59");
  }

  @Test
  void whoWasKeptOnAnOldPriceMovesWithTheCurrentOneAndIsNamedAndCountedBefore() {
    keep(shop());
    String first = subscribe("team-monthly", 1);
    String alsoFirst = subscribe("team-monthly", 1);
    keep(monthlyAt("59.00"));
    String second = subscribe("team-monthly", 2);

    Outcome asked = sync(monthlyAt("69.00"), ExistingSubscribers.MIGRATE);

    refused(asked, Reason.APPROVAL_REQUIRED);
    assertThat(message(asked))
        .contains(
            "\"change old price team-monthly of 49.00 USD\" (2 on it), \"change price team-monthly\""
                + " (1 on it) touches 3 subscribers");
    // Somebody more on it while the approval is waited for: the same change.
    subscribe("team-monthly", 1);
    desk.approve();
    assertThat(sync(monthlyAt("69.00"), ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());
    assertThat(calls).containsExactly(MARK, PUT, PUT, MARK);
    assertThat(pays(first)).isEqualByComparingTo("69");
    assertThat(pays(alsoFirst)).isEqualByComparingTo("69");
    assertThat(pays(second)).isEqualByComparingTo("69");
  }

  @Test
  void anotherPolicyAloneMovesNobody() {
    keep(shop());
    String first = subscribe("team-monthly", 1);
    keep(monthlyAt("59.00"));

    assertThat(sync(monthlyAt("59.00"), ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());

    assertThat(calls).isEmpty();
    assertThat(pays(first)).isEqualByComparingTo("49");
  }

  @Test
  void whoIsOnAnOldPriceOfAnotherIntervalStaysThereAsWhoeverApprovesReads() {
    keep(shop());
    String monthly = subscribe("team-monthly", 1);
    CatalogPlan quarterly = price("team-monthly", p -> p.months(3)).apply(shop());
    keep(quarterly);
    subscribe("team-monthly", 2);
    CatalogPlan dearer =
        price("team-monthly", p -> p.model = flat("x", "59.00").model()).apply(quarterly);

    Outcome asked = sync(dearer, ExistingSubscribers.MIGRATE);

    refused(asked, Reason.APPROVAL_REQUIRED);
    assertThat(message(asked))
        .contains("who is on an old price of 49.00 USD every 1 month stays there");
    desk.approve();
    assertThat(sync(dearer, ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());
    assertThat(pays(monthly)).isEqualByComparingTo("49");
  }

  /** Somebody kept at 49 while 59 is sold, and an amount that a hand wrote onto the old price. */
  private String keptAndTampered(String amount) {
    keep(shop());
    String subscription = subscribe("team-monthly", 1);
    keep(monthlyAt("59.00"));
    byHand("team-monthly", 1, amount);
    return subscription;
  }

  private void byHand(String name, int revision, String amount) {
    String id = remote(name, revision).path("id").asText();
    controls.editPrice(id, "amount", TextNode.valueOf(amount));
  }

  private Outcome tampered(ExistingSubscribers subscribers, Policies.DriftPolicy drift) {
    return sync(monthlyAt("59.00"), subscribers, drift);
  }

  @ParameterizedTest
  @ValueSource(strings = {"45.00", "59.00"})
  void anAmountThatAHandWroteOntoAnOldPriceIsReportedAndLeft(String amount) {
    keptAndTampered(amount);

    Outcome outcome = tampered(ExistingSubscribers.KEEP, Policies.DriftPolicy.REPORT);

    refused(outcome, Reason.DRIFTED);
    assertThat(message(outcome))
        .contains(
            "prices.team-monthly.superseded[%s].amount %s -> 49"
                .formatted(
                    remote("team-monthly", 1).path("id").asText(), amount.replace(".00", "")));
  }

  @Test
  void anOldPriceThatAHandSetToWhatIsWantedNextIsNotTakenForIt() {
    keptAndTampered("69.00");

    Outcome outcome = sync(monthlyAt("69.00"), ExistingSubscribers.KEEP);

    assertThat(calls).containsExactly(POST, PUT);
    assertThat(remote("team-monthly", 3).path("amount").asText()).isEqualTo("69");
    assertThat(message(outcome))
        .contains("put old price team-monthly back from 69.00 USD every 1 month to 49.00 USD");
  }

  @Test
  void anOldPriceIsPutBackByNobodysPolicyAloneWhileSomebodyIsOnIt() {
    String subscription = keptAndTampered("45.00");

    Outcome kept = tampered(ExistingSubscribers.KEEP, Policies.DriftPolicy.REVERT);
    refused(kept, Reason.SUBSCRIBERS_AFFECTED);
    assertThat(message(kept)).contains("(1 on it) would change what 1 subscriber pays or gets");
    refused(
        tampered(ExistingSubscribers.MIGRATE, Policies.DriftPolicy.REVERT),
        Reason.APPROVAL_REQUIRED);
    assertThat(pays(subscription)).isEqualByComparingTo("45");

    desk.approve();
    assertThat(tampered(ExistingSubscribers.MIGRATE, Policies.DriftPolicy.REVERT))
        .isEqualTo(new Outcome.Done());
    assertThat(calls).containsExactly(PUT);
    assertThat(pays(subscription)).isEqualByComparingTo("49");
  }

  @Test
  void anOldPriceThatAHandChangedIsRetiredWhereNobodyIsOnIt() {
    String subscription = keptAndTampered("45.00");
    controls.setStatus(subscription, "CANCELLED");

    assertThat(tampered(ExistingSubscribers.KEEP, Policies.DriftPolicy.REPORT))
        .isEqualTo(new Outcome.Done());

    assertThat(calls).containsExactly(DELETE);
  }

  @Test
  void whatAHandWroteOntoAnOldPriceIsSeenWithoutAnyStatusToo() {
    keptAndTampered("45.00");
    desk.restore(Desk.Status.EMPTY);

    // Nothing tells that nobody edited the manifest meanwhile: the guard of edits speaks.
    refused(
        tampered(ExistingSubscribers.KEEP, Policies.DriftPolicy.REPORT),
        Reason.SUBSCRIBERS_AFFECTED);
  }

  @Test
  void whatAHandWroteOntoAMigratedPriceIsToldByWhatWasApprovedLast() {
    keep(shop());
    subscribe("team-monthly", 1);
    sync(monthlyAt("59.00"), ExistingSubscribers.MIGRATE);
    desk.approve();
    assertThat(sync(monthlyAt("59.00"), ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());
    keep(monthlyAt("69.00"));
    keep(monthlyAt("69.00"));

    byHand("team-monthly", 1, "49.00");
    Outcome outcome = sync(monthlyAt("69.00"), ExistingSubscribers.KEEP);

    refused(outcome, Reason.DRIFTED);
    assertThat(message(outcome)).contains(".amount 49 -> 59");
  }

  @Test
  void aHandOnTheCurrentPriceIsNotForgottenWhenThatBecomesAnOldOne() {
    keep(shop());
    subscribe("team-monthly", 1);
    byHand("team-monthly", 1, "45.00");

    Outcome outcome = sync(shop(), ExistingSubscribers.KEEP, Policies.DriftPolicy.REVERT);

    assertThat(calls).containsExactly(POST, PUT);
    assertThat(message(outcome))
        .contains("put old price team-monthly back from 45.00 USD every 1 month to 49.00 USD");
    assertThat(remote("team-monthly", 2).path("amount").asText()).isEqualTo("49");
  }

  @Test
  void aPriceIsAddedWhoeverSubscribes() {
    CatalogPlan more =
        shop()
            .withPrices(
                Stream.concat(
                        shop().prices().stream(),
                        Stream.of(
                            price("team-half", p -> p.months(6))
                                .apply(SamplePlans.plan(flat("team-half", "270.00")))
                                .prices()
                                .getFirst()))
                    .toList());
    keep(shop());
    server.subscribe("team");
    server.hideSubscribers();

    keep(more);

    assertThat(calls).containsExactly(POST);
  }

  @Test
  void aTrialIsTreatedLikeAnAmount() {
    CatalogPlan trial = price("team-euro", p -> p.trialDays = OptionalInt.of(14)).apply(shop());
    keep(shop());
    subscribe("team-euro", 1);

    keep(trial);

    assertThat(calls).containsExactly(POST);
    assertThat(remote("team-euro", 1).path("trialPeriodDays").asInt()).isZero();
    assertThat(remote("team-euro", 2).path("trialPeriodDays").asInt()).isEqualTo(14);
  }

  @Test
  void anIntervalOrCurrencyIsAnotherPriceUnderEitherPolicy() {
    CatalogPlan quarterly = price("team-monthly", p -> p.months(3)).apply(shop());
    keep(shop());
    String subscription = subscribe("team-monthly", 1);

    assertThat(sync(quarterly, ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());

    assertThat(calls).containsExactly(POST, PUT);
    assertThat(pays(subscription)).isEqualByComparingTo("49");
    assertThat(remote("team-monthly", 2).path("billingIntervalCount").asInt()).isEqualTo(3);
  }

  @Test
  void aPriceThatSomebodyIsOnIsOnlyTakenAwayOnceApproved() {
    keep(shop());
    String subscription = subscribe("team-euro", 1);

    refused(sync(withoutEuro(), ExistingSubscribers.KEEP), Reason.SUBSCRIBERS_AFFECTED);
    refused(sync(withoutEuro(), ExistingSubscribers.MIGRATE), Reason.APPROVAL_REQUIRED);
    assertThat(pays(subscription)).isEqualByComparingTo("45");

    desk.approve();
    assertThat(sync(withoutEuro(), ExistingSubscribers.MIGRATE)).isEqualTo(new Outcome.Done());
    assertThat(calls).containsExactly(DELETE);
  }

  @Test
  void aPriceWhoseSubscribersCannotBeReadStays() {
    keep(shop());
    server.hideSubscribers();

    refused(sync(withoutEuro(), ExistingSubscribers.KEEP), Reason.SUBSCRIBERS_UNKNOWN);
  }

  @Test
  void aPriceThatNobodyIsOnGoesThoughOthersPayForThePlan() {
    keep(shop());
    subscribe("team-monthly", 1);

    keep(withoutEuro());

    assertThat(calls).containsExactly(DELETE);
  }

  @Test
  void everyStatusButCancelledCounts() {
    for (String status : List.of("CREATED", "TRIALING", "ACTIVE", "PAST_DUE", "PAUSED")) {
      keep(shop());
      String subscription =
          controls.addSubscription(remote("team-euro", 1).path("id").asText(), status);

      refused(sync(withoutEuro(), ExistingSubscribers.KEEP), Reason.SUBSCRIBERS_AFFECTED);
      controls.setStatus(subscription, "CANCELLED");
    }
    keep(withoutEuro());
  }

  @Test
  void aPlanThatSomebodyIsOnIsNotArchived() {
    keep(shop());
    String subscription = subscribe("team-yearly", 1);

    refused(
        sync(SamplePlans.archived(shop()), ExistingSubscribers.KEEP), Reason.SUBSCRIBERS_AFFECTED);
    assertThat(pays(subscription)).isEqualByComparingTo("490");

    controls.setStatus(subscription, "CANCELLED");
    keep(SamplePlans.archived(shop()));
    assertThat(calls).containsExactly("PUT /product-plans/{id}");
    assertThat(remote().path("isActive").asBoolean()).isFalse();
  }

  @Test
  void aPriceThatSomebodySwitchedOffIsBroughtBackUnaskedOnlyWhereNobodyIsOnIt() {
    keep(shop());
    String id = remote("team-euro", 1).path("id").asText();
    String subscription = subscribe("team-euro", 1);
    controls.editPrice(id, "isActive", BooleanNode.FALSE);

    refused(
        sync(shop(), ExistingSubscribers.KEEP, Policies.DriftPolicy.REVERT),
        Reason.SUBSCRIBERS_AFFECTED);

    controls.setStatus(subscription, "CANCELLED");
    assertThat(sync(shop(), ExistingSubscribers.KEEP, Policies.DriftPolicy.REVERT))
        .isEqualTo(new Outcome.Done());
    assertThat(calls).containsExactly(PUT);
    assertThat(remote("team-euro", 1).path("isActive").asBoolean()).isTrue();
  }

  @Test
  void aPriceThatComesBackWithAnotherAmountIsANewOne() {
    keep(shop());
    keep(withoutEuro());

    keep(
        NodeRailsUnderTest.with(
            shop(),
            flat("team-monthly", "49.00"),
            yearly("team-yearly", "490.00"),
            euro("team-euro", "46.00")));

    assertThat(calls).containsExactly(POST);
    assertThat(remote("team-euro", 1).path("isActive").asBoolean()).isFalse();
    assertThat(remote("team-euro", 2).path("amount").asText()).isEqualTo("46");
  }

  @Test
  void anotherTaxRateIsAskedAbout() {
    CatalogPlan taxed =
        PlanDraft.edit(
                p ->
                    p.tax =
                        Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty())))
            .apply(shop());
    keep(shop());
    subscribe("team-euro", 1);

    refused(sync(taxed, ExistingSubscribers.KEEP), Reason.SUBSCRIBERS_AFFECTED);
  }
}
