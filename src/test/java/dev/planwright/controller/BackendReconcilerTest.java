package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.admission.Admission;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendReconcilerTest {
  private final BackendBench bench = new BackendBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void anAccountThatAnswersIsReadyAndPinned() {
    good();

    assertThat(bench.ready().holds()).as(bench.ready().message()).isTrue();
    assertThat(bench.pinned()).isEqualTo("org_1");
    assertThat(bench.live().getStatus().provider()).isEqualTo("http");
    assertThat(bench.live().getStatus().capabilities()).containsEntry("flat", "yes");
    assertThat(bench.state()).isInstanceOf(AccountState.Usable.class);
  }

  @Test
  void aSecondRunWithNothingNewWritesAndCallsNothing() {
    good();
    bench.requests();
    int calls = bench.billing.calls.size();
    bench.clock.advance(Duration.ofHours(1));

    bench.run();

    assertThat(bench.writes()).isEmpty();
    assertThat(bench.billing.calls).hasSize(calls);
  }

  @Test
  void aRunThatComesBeforeTheCacheShowsOurLastWriteWritesAndCallsNothing() {
    bench.apply(BackendBench.spec());
    bench.secret("good");
    BillingBackend cached = bench.live();
    bench.run();
    bench.requests();
    int calls = bench.billing.calls.size();

    bench.reconciler.run(cached);

    assertThat(bench.writes()).isEmpty();
    assertThat(bench.billing.calls).hasSize(calls);
  }

  @Test
  void aRestartOverAReadyBackendCallsNobodyUntilSomebodyNeedsTo() {
    good();
    bench.requests();
    int calls = bench.billing.calls.size();
    bench.restart();

    bench.run();

    assertThat(bench.state()).isInstanceOf(AccountState.Remembered.class);
    assertThat(bench.writes()).isEmpty();
    assertThat(bench.billing.calls).hasSize(calls);

    bench.accounts.needed(BackendBench.KEY);
    assertThat(bench.wokenBackends).contains(BackendBench.KEY);
    bench.run();
    assertThat(bench.state()).isInstanceOf(AccountState.Usable.class);
    assertThat(bench.billing.calls).hasSize(calls + 1);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aMissingSecretIsNamedAndLookedForAgainSoon() {
    bench.apply(BackendBench.spec());

    Optional<Duration> again = bench.run();

    expect(Reason.SECRET_NOT_FOUND, "shop/api");
    assertThat(again.orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    bench.secret("good");
    bench.clock.advance(again.orElseThrow());
    bench.run();
    assertThat(bench.ready().holds()).isTrue();
  }

  @Test
  void aSecretWithoutTheLabelIsNotUsed() {
    bench.apply(BackendBench.spec());
    bench.secret("good", Map.of());

    bench.run();

    expect(Reason.SECRET_NOT_LABELLED, "planwright.dev/credentials=true");
    assertThat(bench.billing.calls).isEmpty();
  }

  @Test
  void aRefusedKeyIsTriedAgainSlowlyAndAnotherOneSoon() {
    bench.apply(BackendBench.spec());
    bench.secret("bad");
    bench.run();
    expect(Reason.UNAUTHORIZED, "");
    assertThat(bench.billing.calls).hasSize(1);

    bench.clock.advance(BackendAccount.SECRET_AGAIN);
    bench.run();
    assertThat(bench.billing.calls).as("the same key is not sent again yet").hasSize(1);

    bench.secret("good");
    bench.clock.advance(BackendAccount.SECRET_AGAIN);
    bench.run();
    assertThat(bench.ready().holds()).isTrue();
  }

  @Test
  void aKeyThatLacksItsPrefixIsNeverSent() {
    bench.apply(BackendBench.spec());
    bench.secret("typo-secret");

    bench.run();

    expect(Reason.UNAUTHORIZED, "prefix");
    assertThat(bench.ready().message()).doesNotContain("typo-secret");
    assertThat(bench.billing.calls).isEmpty();
  }

  @Test
  void aKeyOfTheOtherEnvironmentIsRefusedAndNotPinned() {
    bench.billing.facts =
        new AccountFacts("org_9", "Live", AccountEnvironment.PRODUCTION, Map.of());
    bench.apply(BackendBench.spec());
    bench.secret("good");

    bench.run();

    expect(Reason.ENVIRONMENT_MISMATCH, "org_9");
    assertThat(bench.live().getStatus().account()).isNull();
  }

  @Test
  void aKeyThatOpensAnotherAccountThanBeforeIsAMismatch() {
    good();
    bench.billing.facts = new AccountFacts("org_2", "Other", AccountEnvironment.SANDBOX, Map.of());
    bench.edit(BackendBench.spec("https://billing.example.com/v2"));

    bench.run();

    expect(Reason.ACCOUNT_MISMATCH, "org_2");
    assertThat(bench.pinned()).isEqualTo("org_1");
    assertThat(forDeletions()).isEmpty();
  }

  @Test
  void anUnreachableBackendIsTriedAgainWithBackoff() {
    bench.billing.down = true;
    bench.apply(BackendBench.spec());
    bench.secret("good");

    Optional<Duration> again = bench.run();

    expect(Reason.UNREACHABLE, "");
    bench.billing.down = false;
    bench.clock.advance(again.orElseThrow());
    bench.run();
    assertThat(bench.ready().holds()).isTrue();
  }

  @Test
  void aPausedBackendIsNotCalled() {
    bench.apply(BackendBench.paused());
    bench.secret("good");

    bench.run();

    expect(Reason.PAUSED, "spec.paused");
    assertThat(bench.billing.calls).isEmpty();
    assertThat(((AccountState.Unusable) bench.state()).reason()).isEqualTo(Reason.PAUSED);
  }

  @Test
  void aUrlInTheClearIsInsecure() {
    bench.apply(BackendBench.spec("http://billing.example.com"));
    bench.secret("good");

    bench.run();

    expect(Reason.INSECURE_URL, "https");
    assertThat(bench.billing.calls).isEmpty();
  }

  @Test
  void everythingWrongWithASpecIsSaidAtOnce() {
    bench.apply(
        new BillingBackendSpec(
            "not an owner",
            null,
            null,
            BackendBench.block("https://billing.example.com"),
            null,
            new BillingBackendSpec.Limits(0, null, "soon"),
            null,
            null));

    bench.run();

    expect(Reason.INVALID_SPEC, "spec.ownerId");
    assertThat(bench.ready().message())
        .contains("spec.limits.requestsPerSecond")
        .contains("spec.limits.timeout");
  }

  @Test
  void theKeyLastReadStillServesDeletionsWhenTheSecretIsGone() {
    good();
    bench.plan("team");
    bench.deleteSecret();
    bench.accounts.account(bench.live()).recheck();

    bench.run();

    expect(Reason.SECRET_NOT_FOUND, "");
    assertThat(forDeletions()).isPresent();

    bench.restart();
    bench.run();
    assertThat(forDeletions()).as("a new process never read the key").isEmpty();
  }

  @Test
  void aKeyRefusedInMidWorkIsReadOnceAgainAndThenPlansWait() {
    good();
    bench.plan("team");
    bench.billing.keys.clear();
    bench.wokenPlans.clear();

    bench.accounts.unauthorized(BackendBench.KEY);
    bench.accounts.unauthorized(BackendBench.KEY);
    bench.run();

    assertThat(bench.wokenBackends).hasSize(1);
    expect(Reason.UNAUTHORIZED, "");
    assertThat(bench.state()).isInstanceOf(AccountState.Unusable.class);
    assertThat(bench.wokenPlans).contains(new ObjectKey("shop", "team"));
  }

  @Test
  void aCountOfPlansWakesNobodyAndIsWrittenRarely() {
    good();
    bench.wokenPlans.clear();
    bench.requests();
    bench.plan("a");
    bench.run(); // takes the finalizer
    bench.writes();
    for (int i = 0; i < 20; i++) {
      bench.plan("p" + i);
      bench.requests();
      Optional<Duration> later = bench.run();
      assertThat(bench.writes()).isEmpty();
      assertThat(later).isPresent();
    }
    bench.clock.advance(BackendReconciler.COUNT_DELAY);
    bench.run();

    assertThat(bench.writes()).hasSize(1);
    assertThat(bench.live().getStatus().plans()).isEqualTo(21);
    assertThat(bench.wokenPlans).isEmpty();
  }

  @Test
  void aBackendInUseIsHeldUntilItsLastPlanIsGone() {
    good();
    bench.plan("team");
    bench.run();
    assertThat(bench.live().getMetadata().getFinalizers()).contains(Annotations.BACKEND_FINALIZER);

    bench.client.resource(bench.live()).delete();
    bench.run();
    assertThat(bench.ready().message()).contains("waits for Plan team");
    assertThat(forDeletions()).isPresent();

    bench.client.resources(dev.planwright.api.v1alpha1.Plan.class).inNamespace("shop").delete();
    bench.manifests.plans.clear();
    bench.run();
    assertThat(bench.live()).isNull();
  }

  @Test
  void aCacheThatLagsDoesNotLetABackendGo() {
    good();
    bench.plan("team");
    bench.run();
    bench.client.resource(bench.live()).delete();
    bench.manifests.plans.clear();

    bench.run();

    assertThat(bench.live()).isNotNull();
  }

  @Test
  void whoWaitsForTheAccountStillWaitsAfterItWasReopened() {
    good();
    Admission<ObjectKey> before = usable().admission();
    bench.edit(BackendBench.spec("https://billing.example.com/v2"));

    bench.run();

    assertThat(usable().admission()).isSameAs(before);
    assertThat(usable().spec()).isEqualTo(BackendBench.spec("https://billing.example.com/v2"));
  }

  @Test
  void theTimeOfAConditionMovesOnlyWithItsStatus() {
    good();
    var since = bench.ready().lastTransitionTime();
    bench.clock.advance(Duration.ofHours(1));
    bench.edit(BackendBench.spec("https://billing.example.com/v2"));

    bench.run();

    assertThat(bench.ready().lastTransitionTime()).isEqualTo(since);
    bench.billing.keys.clear();
    bench.edit(BackendBench.spec("https://billing.example.com/v3"));
    bench.run();
    assertThat(bench.ready().lastTransitionTime()).isAfter(since);
  }

  @Test
  void aBackendThatDoesNotExistIsSaidToBeSo() {
    assertThat(((AccountState.Unusable) bench.state()).message())
        .contains("BillingBackend shop/default does not exist");
  }

  private void good() {
    bench.apply(BackendBench.spec());
    bench.secret("good\n");
    bench.run();
  }

  private OpenAccount usable() {
    return ((AccountState.Usable) bench.state()).open();
  }

  private Optional<OpenAccount> forDeletions() {
    return ((AccountState.Unusable) bench.state()).forDeletions();
  }

  private void expect(Reason reason, String inMessage) {
    Condition ready = bench.ready();
    assertThat(ready.status()).isEqualTo(Condition.Status.FALSE);
    assertThat(ready.reason()).isEqualTo(reason.toString());
    assertThat(ready.message()).contains(inMessage);
  }
}
