package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the answer to each question that the documentation leaves open. */
class StiggSwitchesTest {
  /** Answers under which a change cannot be made, and is refused instead; each has its own test. */
  private static final Set<StiggSwitch> REFUSING =
      Set.of(StiggSwitch.CHARGES_REPLACE, StiggSwitch.ZUORA_CONNECTED);

  private static Samples first() {
    Samples sample = team();
    sample.prices.add(perUnit("calls", "api-calls", "0.002"));
    sample.prices.add(Samples.price("over", new PriceModel.Overage("seats", dec("5.00"))));
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(
        new Entitlement(
            "seats",
            new Entitlement.Limit(dec("10"), Optional.of(Interval.Unit.MONTH), true),
            Optional.empty()));
    sample.credits =
        List.of(
            new CatalogPlan.CreditGrant("tokens", dec("1000"), Optional.of(Interval.Unit.MONTH)));
    sample.commitments = List.of(Samples.commitment("20"));
    sample.trial =
        Optional.of(new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CONVERT_TO_PAID)));
    sample.metadata = Map.of("tier", "team", "old", "yes");
    sample.parentPlan = Optional.of("starter");
    sample.addOns = List.of("extra");
    return sample;
  }

  private static Samples second() {
    Samples sample = first();
    sample.prices.set(0, flat("team-monthly", "59.00"));
    sample.prices.remove(1);
    sample.prices.add(perUnit("texts", "sms", "0.05"));
    sample.entitlements.remove(0);
    sample.entitlements.set(0, limit("seats", "20"));
    sample.entitlements.set(
        0,
        new Entitlement(
            "seats", new Entitlement.Limit(dec("20"), Optional.empty(), true), Optional.empty()));
    sample.entitlements.add(
        new Entitlement("projects", new Entitlement.Unlimited(), Optional.empty()));
    sample.commitments = List.of();
    sample.trial = Optional.empty();
    sample.metadata = Map.of("tier", "big");
    return sample;
  }

  private static StiggBench bench() {
    StiggBench bench = new StiggBench();
    bench.server.console().plan("starter", "Starter");
    bench.server.console().addon("extra", "Extra");
    return bench;
  }

  @ParameterizedTest
  @EnumSource(StiggSwitch.class)
  void aPlanIsMadeAndChangedWhateverTheAnswer(StiggSwitch question) {
    for (boolean answer : List.of(true, false)) {
      if (REFUSING.contains(question)) {
        continue;
      }
      StiggBench bench = bench().with(question, answer);
      bench.sync(first().plan());
      assertThat(bench.server.bill("team", Purchase.monthly()).get("usd"))
          .as("%s %s", question, answer)
          .isEqualByComparingTo("49");
      bench.sync(second().plan());

      assertThat(bench.server.bill("team", Purchase.monthly().with("sms", "100")).get("usd"))
          .as("%s %s", question, answer)
          .isEqualByComparingTo("64");
      assertThat(bench.server.bill("team", Purchase.monthly().with("api-calls", "1000")).get("usd"))
          .isEqualByComparingTo("59");
      assertThat(bench.server.grants("team")).containsOnlyKeys("seats", "projects", "tokens");
      assertThat(bench.server.controls().counts().planDrafts()).isZero();
    }
  }

  /** A status is never sent, so nothing is sold before its prices were read back and published. */
  @ParameterizedTest
  @CsvSource({"PLAN, true", "PLAN, false", "ADD_ON, true", "ADD_ON, false"})
  void nothingIsOnSaleBeforeItIsPublishedWhateverAStatusInABodyDoes(
      CatalogPlan.Type type, boolean honoured) {
    StiggBench bench =
        new StiggBench()
            .with(StiggSwitch.CREATE_STATUS_HONOURED, honoured)
            .with(StiggSwitch.ADDON_PATCH_STATUS_HONOURED, honoured);
    Samples sample = team();
    sample.type = type;
    sample.key = "extra";
    List<String> calls = new ArrayList<>();
    bench.between =
        request -> {
          List<String> before = onSale(bench);
          ApiResponse answer = bench.direct.send(request);
          if (!request.method().equals("GET") && !request.target().endsWith("/publish")) {
            calls.add(request.operation());
            assertThat(onSale(bench)).as(request.operation()).isEqualTo(before);
          }
          return answer;
        };
    bench.server.controls().publishAtOnce();
    bench.sync(sample.plan());
    assertThat(onSale(bench)).anyMatch(it -> it.contains("\"amount\":49"));
    sample.prices.set(0, flat("team-monthly", "59.00"));
    bench.sync(sample.plan());

    assertThat(onSale(bench))
        .anyMatch(it -> it.contains("\"amount\":59"))
        .noneMatch(it -> it.contains("\"amount\":49"));
    String noun = type == CatalogPlan.Type.PLAN ? "plans" : "addons";
    assertThat(calls).contains(noun + ".create", noun + ".update", noun + ".draft");
    assertThat(bench.server.exchanges())
        .noneMatch(it -> it.request().json().filter(json -> json.has("status")).isPresent());
  }

  private static List<String> onSale(StiggBench bench) {
    return bench.server.controls().objects().stream()
        .filter(it -> it.contains(" PUBLISHED ") || it.contains("\"status\":\"PUBLISHED\""))
        .toList();
  }

  @Test
  void whereEveryReadShowsWhatIsPublishedAPlanIsChangedAllTheSame() {
    StiggBench bench =
        bench()
            .with(StiggSwitch.PLAN_READ_SHOWS_DRAFT, false)
            .with(StiggSwitch.CHARGES_READ_SHOWS_DRAFT, false)
            .with(StiggSwitch.ENTITLEMENTS_READ_SHOWS_DRAFT, false);
    bench.sync(first().plan());
    bench.sync(second().plan());
    assertThat(bench.server.bill("team", Purchase.monthly()).get("usd")).isEqualByComparingTo("59");
    assertThat(bench.server.grants("team")).containsOnlyKeys("seats", "projects", "tokens");
  }

  @Test
  void andAfterACrashThatLostTheStatusToo() {
    StiggBench bench = bench().with(StiggSwitch.ENTITLEMENTS_READ_SHOWS_DRAFT, false);
    bench.sync(first().plan());
    bench.between =
        request -> {
          if (request.target().endsWith("/publish")) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
          }
          return bench.direct.send(request);
        };
    bench.once(second().plan(), StiggBench.KEEP);
    bench.between = bench.direct;
    bench.memory = Memory.EMPTY;
    bench.sync(second().plan());
    assertThat(bench.server.grants("team")).containsOnlyKeys("seats", "projects", "tokens");
    assertThat(bench.server.controls().plan("team").orElseThrow().path("versions")).hasSize(2);
  }

  @Test
  void aDraftThatNoReadShowsIsLeftToPeople() {
    StiggBench bench =
        bench()
            .with(StiggSwitch.PLAN_READ_SHOWS_DRAFT, false)
            .with(StiggSwitch.STATUS_FILTER_FINDS_DRAFTS, false);
    bench.sync(first().plan());
    bench.server.console().openDraft("team");
    bench.blocked(
        bench.toRest(second().plan(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "DraftAlreadyExists");
  }

  @Test
  void whereDraftStateHasNoCodeASecondDraftIsKnownAllTheSame() {
    StiggBench bench =
        bench()
            .with(StiggSwitch.PLAN_READ_SHOWS_DRAFT, false)
            .with(StiggSwitch.STATUS_FILTER_FINDS_DRAFTS, false)
            .with(StiggSwitch.STATE_CODES_NAMED, false);
    bench.sync(first().plan());
    bench.server.console().openDraft("team");
    bench.blocked(bench.toRest(second().plan(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "draft");
  }

  @Test
  void whereChargesAreChangedRowByRowNothingWrongIsPublished() {
    StiggBench bench = bench().with(StiggSwitch.CHARGES_REPLACE, false);
    bench.sync(first().plan());
    bench.blocked(bench.toRest(second().plan(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "prices");
    assertThat(bench.server.bill("team", Purchase.monthly()).get("usd")).isEqualByComparingTo("49");
    bench.newWrites();
    bench.toRest(second().plan(), StiggBench.KEEP);
    assertThat(bench.newWrites()).as("and nothing more is tried").isEmpty();
  }

  @Test
  void whatAZuoraAccountRefusesIsToldInItsOwnWords() {
    StiggBench bench = bench().with(StiggSwitch.ZUORA_CONNECTED, true);
    Samples sample = team();
    sample.prices.add(
        Samples.price("sms", new PriceModel.Package("sms", dec("100"), dec("5"), dec("0"))));
    bench.blocked(
        bench.toRest(sample.plan(), StiggBench.KEEP), Reason.BACKEND_REJECTED, "blockSize");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aOneTimePriceIsPaidOnceHoweverPeriodsAreTied(boolean tied) {
    StiggBench bench = bench().with(StiggSwitch.ONE_OFF_TIED_TO_PERIOD, tied);
    Samples sample = team();
    sample.prices.add(
        Samples.price(
            "team-yearly",
            new PriceModel.Flat(dec("490"), Optional.empty()),
            "USD",
            Interval.of(Interval.Unit.YEAR, 1)));
    sample.prices.add(setup());
    bench.sync(sample.plan());
    assertThat(bench.server.bill("team", Purchase.monthly().atFirst()).get("usd"))
        .isEqualByComparingTo("59");
    assertThat(bench.server.bill("team", Purchase.yearly().atFirst()).get("usd"))
        .isEqualByComparingTo("500");
    assertThat(bench.server.bill("team", Purchase.yearly()).get("usd")).isEqualByComparingTo("490");
  }

  private static CatalogPrice setup() {
    return Samples.price(
        "setup",
        new PriceModel.Flat(dec("10"), Optional.empty()),
        "USD",
        new CatalogPrice.OneTime(),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        java.util.OptionalInt.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anArchivedPlanIsKnownWhetherItCanBeReadOrNot(boolean readable) {
    StiggBench bench = bench().with(StiggSwitch.ARCHIVED_IS_READABLE, readable);
    bench.sync(team().plan());
    bench.server.console().archive("team");
    bench.newWrites();
    bench.clock.advance(java.time.Duration.ofMinutes(2));
    bench.memory = Memory.EMPTY;
    bench.blocked(bench.toRest(team().plan(), StiggBench.KEEP), Reason.REMOTE_ARCHIVED, "team");
    Samples archived = team();
    archived.lifecycle = CatalogPlan.Lifecycle.ARCHIVED;
    assertThat(bench.toRest(archived.plan(), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
    assertThat(bench.newWrites()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void overageIsBilledBeyondASoftLimitOnly(boolean needed) {
    StiggBench bench = bench().with(StiggSwitch.OVERAGE_NEEDS_SOFT_LIMIT, needed);
    bench.sync(first().plan());
    assertThat(bench.server.bill("team", Purchase.monthly().with("seats", "12")).get("usd"))
        .isEqualByComparingTo("59");
  }

  @Test
  void aKeyThatWasReplacedWorksThroughItsGraceAndTheNewOneAfterwards() {
    StiggBench bench = bench();
    String old = bench.server.key();
    String fresh = bench.server.controls().rotateKey(old, java.time.Duration.ofHours(1));
    bench.sync(team().plan());
    bench.clock.advance(java.time.Duration.ofHours(2));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(bench.provider::account))
        .hasMessageContaining("401");
    bench.direct.key(fresh);
    bench.sync(team().plan());
  }
}
