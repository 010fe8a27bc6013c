package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.paygentic.PaygenticDoubt;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers that a plan's ordinary life never asks for, each given both ways: what is not there, is
 * of another type, or is another's.
 */
class PaygenticAnswersTest {
  private static Bench bench(PaygenticDoubt doubt, boolean raised, boolean exclusive) {
    Bench bench = new Bench(AccountConfig.Aliases.NONE, exclusive);
    bench.metric("calls", "SUM");
    return raised ? bench.doubting(doubt) : bench;
  }

  private static Samples plain() {
    return team().with(perUnit("calls", "calls", "0.002"));
  }

  private static Samples at(String amount) {
    Samples sample = plain();
    sample.prices.set(0, flat("team-monthly", amount));
    return sample;
  }

  private static void costs(Bench bench, String amount) {
    assertThat(bench.server.newSubscriberPays(bench.planId(), Map.of()).recurring())
        .isEqualByComparingTo(amount);
  }

  /** Somebody deletes the new price between its create and the version that is to name it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPriceThatIsGoneWhenAVersionNamesItIsMadeAnewWhateverTheAnswer(boolean raised) {
    Bench bench = bench(PaygenticDoubt.UNKNOWN_PRICE_IS_NOT_FOUND, raised, false);
    bench.sync(at("49").plan());
    ApiClient direct = bench.client;
    AtomicBoolean done = new AtomicBoolean();
    bench.client =
        request -> {
          if (request.operation().equals("versions.create") && done.compareAndSet(false, true)) {
            bench.controls().orphanPrices().forEach(bench.controls()::deletePrice);
          }
          return direct.send(request);
        };
    bench.restart();

    Outcome first = bench.once(at("59").plan(), Bench.policies()).outcome();

    assertThat(done).isTrue();
    assertThat(first.toString()).contains(raised ? "answered 404" : "answered 400");
    costs(bench, "49");
    for (int tries = 0; tries < 4; tries++) {
      bench.clock.advance(Duration.ofSeconds(95));
      bench.once(at("59").plan(), Bench.policies());
    }
    bench.sync(at("59").plan());
    costs(bench, "59");
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatNoVersionListsGoesWhetherOrNotListedPricesMayBeDeleted(boolean raised) {
    Bench bench = bench(PaygenticDoubt.LISTED_PRICE_IS_NOT_DELETED, raised, true);
    bench.sync(at("49").plan());
    String fee = bench.controls().fees().getFirst().path("id").asText();
    bench.make().feePrice(fee, "Team", "P1M", "777");

    bench.sync(at("59").plan());
    bench.sync(at("69").plan());

    costs(bench, "69");
    assertThat(bench.controls().orphanPrices()).isEmpty();
    assertThat(bench.controls().counts().deletedPrices()).as("that of 777 alone").isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFeatureOfAnotherTypeIsRefusedBeforeAnyWriteWhateverTheAnswer(boolean raised) {
    Bench bench = bench(PaygenticDoubt.TEMPLATE_OF_ANY_TYPE, raised, false);
    bench.make().feature(bench.product, "calls", "boolean");
    Samples sample = plain();
    sample.entitlements.add(Samples.monthly("calls", "1000", true));

    assertThat(bench.once(sample.plan(), Bench.policies()).outcome())
        .isInstanceOfSatisfying(
            Outcome.Inexpressible.class,
            it -> assertThat(it.violations().toString()).contains("calls", "boolean"));
    assertThat(bench.writes()).isEmpty();
  }

  /** Somebody deletes the feature of an entitlement: that is missing, and the price stays sold. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFeatureThatIsDeletedIsMissingWhateverItsPricesShow(boolean raised) {
    Bench bench = bench(PaygenticDoubt.DELETED_FEATURE_STAYS_ON_PRICES, raised, false);
    String feature = bench.make().feature(bench.product, "calls", "metered");
    Samples sample = at("49");
    sample.entitlements.add(Samples.monthly("calls", "1000", true));
    bench.sync(sample.plan());
    bench.client.send(ApiRequest.of("features.delete", "DELETE", "/v0/features/" + feature));
    bench.restart();
    int before = bench.writes().size();
    sample.prices.set(0, flat("team-monthly", "59"));

    Outcome.Blocked blocked = bench.blocked(sample.plan(), Bench.policies());

    assertThat(blocked.reason()).isEqualTo(Reason.DEPENDENCY_MISSING);
    assertThat(blocked.message()).contains("feature \"calls\"");
    assertThat(bench.writes()).hasSize(before);
    costs(bench, "49");
  }

  /** A manifest names a plan that the key does not reach. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherOrganisationsPlanIsNeverTakenWhateverTheAnswer(boolean raised) {
    Bench bench = bench(PaygenticDoubt.FOREIGN_IS_NOT_FOUND, raised, false);
    String merchant = bench.make().merchant("Beta", "USD").merchantId();
    String theirs = bench.make().plan(bench.make().product(merchant, "Main"), "Team", "USD");
    Samples sample = plain();
    sample.externalId = Optional.of(theirs);

    Outcome.Blocked blocked = bench.blocked(sample.plan(), Bench.with(Policies.Adoption.ALWAYS));

    assertThat(blocked.reason())
        .isEqualTo(raised ? Reason.DEPENDENCY_MISSING : Reason.BACKEND_REJECTED);
    assertThat(blocked.message()).contains(theirs);
    assertThat(bench.writes()).isEmpty();
  }

  /** A plan from the time of billing version 0 is adopted where it can say what is wanted. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlanOfBillingVersionZeroKnowsNoMeteredFeatures(boolean raised) {
    Bench bench = bench(PaygenticDoubt.BILLING_VERSION_ZERO, raised, false);
    bench.make().feature(bench.product, "calls", "metered");
    bench.sync(at("49").plan());
    bench
        .controls()
        .editPlan(bench.planId(), "billingVersion", JsonNodeFactory.instance.numberNode(0));
    bench.sync(at("59").plan());
    costs(bench, "59");
    Samples sample = at("59");
    sample.entitlements.add(Samples.monthly("calls", "1000", true));
    int before = bench.writes().size();

    assertThat(bench.once(sample.plan(), Bench.policies()).outcome())
        .isInstanceOf(Outcome.Inexpressible.class);
    assertThat(bench.writes()).hasSize(before);
  }
}
