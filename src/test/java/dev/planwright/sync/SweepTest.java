package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Handles;
import dev.planwright.catalog.Identity;
import dev.planwright.testing.FakeBilling;
import dev.planwright.testing.FakeBilling.Remote;
import dev.planwright.testing.SmallPlans;
import dev.planwright.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final String OWNER = "shop-prod";

  private final VirtualClock clock = new VirtualClock();
  private final FakeBilling billing = new FakeBilling();
  private final Map<String, Expected<String>> wanted = new LinkedHashMap<>();
  private final Set<String> claimed = new HashSet<>();
  private final Instant longAgo = clock.instant().minus(Duration.ofHours(1));

  @Test
  void aCatalogueThatEqualsTheManifestsWakesNobody() {
    synced("team", "Team");
    remote("team", "Team");

    SweepReport<String> report = sweep();

    assertThat(report.error()).isEmpty();
    assertThat(report.compared()).isEqualTo(1);
    assertThat(report.differing()).isEmpty();
    assertThat(report.missing()).isEmpty();
    assertThat(report.unclaimed()).contains(List.of());
  }

  @Test
  void aPlanChangedOnTheBackendDiffers() {
    synced("team", "Team");
    synced("solo", "Solo");
    remote("team", "Team");
    remote("solo", "changed by hand");

    assertThat(sweep().differing()).containsExactly("solo");
  }

  @Test
  void aPlanWhoseMarkWasTakenOffIsFoundByItsId() {
    synced("team", "Team");
    billing.plans.put("id-team", new Remote(Optional.empty(), "id-team", "changed", true));

    assertThat(sweep().differing()).containsExactly("team");
  }

  @Test
  void driftThatIsOverWantsAReadToo() {
    synced("team", "Team");
    Memory.Drift drift = new Memory.Drift("displayName", "Team", "changed", longAgo);
    change("team", old -> with(old, old.memory().withDrift(List.of(drift)), longAgo, false));
    remote("team", "Team");

    assertThat(sweep().differing()).containsExactly("team");
  }

  @Test
  void aPlanInFlightIsSkipped() {
    synced("team", "Team");
    change("team", old -> with(old, old.memory(), longAgo, true));
    remote("team", "half written");

    SweepReport<String> report = sweep();

    assertThat(report.differing()).isEmpty();
    assertThat(report.compared()).isZero();
  }

  @Test
  void aPlanWrittenAfterItsPageWasReadIsSkipped() {
    synced("team", "Team");
    remote("team", "before the write");
    billing.whileListing =
        () -> {
          clock.advance(Duration.ofSeconds(2));
          change("team", old -> with(old, old.memory(), clock.instant(), false));
        };

    assertThat(sweep().differing()).isEmpty();
  }

  @Test
  void aPlanWithAnUnconfirmedEditIsNotDrift() {
    synced("team", "Team");
    change(
        "team",
        old ->
            new Expected<>(
                "team",
                SmallPlans.plan(OWNER, "team", "Team 2"),
                "hash-of-the-edit",
                old.memory(),
                longAgo,
                false,
                SmallPlans.POLICIES));
    remote("team", "Team");

    assertThat(sweep().differing()).isEmpty();
  }

  @Test
  void aMissingPlanIsConfirmedByAReadAndAProbe() {
    synced("team", "Team");
    synced("solo", "Solo");
    remote("team", "Team");
    int[] reads = {0};
    billing.onFind = () -> reads[0]++;

    SweepReport<String> report = sweep();

    assertThat(report.missing()).containsExactly("solo");
    assertThat(reads[0]).isEqualTo(1);
    assertThat(report.error()).isEmpty();
  }

  @Test
  void aPlanThatOnlyTheListingLacksIsNotMissing() {
    synced("team", "Team");
    synced("solo", "Solo");
    remote("team", "Team");
    billing.onFind = () -> remote("solo", "Solo");

    SweepReport<String> report = sweep();

    assertThat(report.missing()).isEmpty();
    assertThat(report.differing()).isEmpty();
  }

  @Test
  void nothingIsMissingWhenTheKeyOpensAnotherAccountByThen() {
    synced("team", "Team");
    synced("solo", "Solo");
    remote("team", "Team");
    billing.onFind =
        () ->
            billing.facts =
                new AccountFacts("org_2", "", AccountFacts.AccountEnvironment.UNVERIFIED, Map.of());

    SweepReport<String> report = sweep();

    assertThat(report.missing()).isEmpty();
    assertThat(report.error().orElse("")).contains("org_2").contains("org_1");
  }

  @Test
  void anEmptyListingIsAnErrorAndNeverAbsence() {
    synced("team", "Team");
    billing.listsNothing = true;

    SweepReport<String> report = sweep();

    assertThat(report.error().orElse("")).contains("none of 1 plans");
    assertThat(report.missing()).isEmpty();
    assertThat(report.unclaimed()).isEmpty();
  }

  @Test
  void aListingThatLacksMostOfManyPlansIsDoubted() {
    for (int i = 0; i < 60; i++) {
      synced("p" + i, "text");
      if (i < 20) {
        remote("p" + i, "text");
      }
    }

    SweepReport<String> report = sweep();

    assertThat(report.error().orElse("")).contains("lacks 40 of 60");
    assertThat(report.missing()).isEmpty();
  }

  @Test
  void anIncompleteListingIsBelievedInWhatItShowsOnly() {
    synced("team", "Team");
    synced("solo", "Solo");
    remote("team", "changed");
    billing.incomplete = Optional.of("page 2 repeats page 1");

    SweepReport<String> report = sweep();

    assertThat(report.differing()).containsExactly("team");
    assertThat(report.missing()).isEmpty();
    assertThat(report.error().orElse("")).contains("page 2 repeats page 1");
    assertThat(report.unclaimed()).isEmpty();
  }

  @Test
  void aFailedListingIsAnError() {
    synced("team", "Team");
    billing.down = true;

    SweepReport<String> report = sweep();

    assertThat(report.error()).contains("no answer came");
    assertThat(report.missing()).isEmpty();
  }

  @Test
  void aListingWithoutDetailLeavesThePlanToBeRead() {
    synced("team", "Team");
    billing.plans.put(
        "id-team", new Remote(Optional.of(new Identity(OWNER, "team")), "id-team", "x", false));

    SweepReport<String> report = sweep();

    assertThat(report.unread()).containsExactly("team");
    assertThat(report.differing()).isEmpty();
  }

  @Test
  void ourPlanWithoutAManifestIsUnclaimedSinceItWasFirstSeen() {
    remote("old-team", "Old");
    remote("older-team", "Older");

    SweepReport<String> report = sweep(Map.of("id-old-team", longAgo));

    assertThat(report.unclaimed().orElseThrow())
        .extracting(SweepReport.Unclaimed::key, SweepReport.Unclaimed::since)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("old-team", longAgo),
            org.assertj.core.groups.Tuple.tuple("older-team", clock.instant()));
  }

  @Test
  void aPlanOfSomebodyElseAndOneWhoseManifestIsInvalidAreNotUnclaimed() {
    billing.plans.put(
        "x", new Remote(Optional.of(new Identity("other", "team")), "x", "theirs", true));
    remote("broken", "of a manifest that does not compile");
    claimed.add("broken");

    assertThat(sweep().unclaimed().orElseThrow()).isEmpty();
  }

  @Test
  void withoutMarksNobodyKnowsWhatIsUnclaimed() {
    billing.marks = false;
    synced("team", "Team");
    remote("team", "Team");
    remote("old-team", "Old");

    SweepReport<String> report = sweep();

    assertThat(report.marks()).isFalse();
    assertThat(report.unclaimed().orElseThrow()).isEmpty();
    assertThat(report.compared()).isEqualTo(1);
  }

  @Test
  void anotherOwnersPlanOfTheSameKeyIsNotOurs() {
    synced("team", "Team");
    remote("team", "Team");
    another("other", "x", "theirs");

    SweepReport<String> report = sweep();

    assertThat(report.differing()).isEmpty();
    assertThat(report.unclaimed()).contains(List.of());
  }

  @Test
  void ourMarkOnASecondObjectIsLookedAtInWhateverOrderTheyCome() {
    for (String id : List.of("a-copy", "z-copy")) {
      wanted.clear();
      billing.plans.clear();
      synced("team", "Team");
      if (id.equals("a-copy")) {
        another(OWNER, id, "Team");
      }
      remote("team", "Team");
      if (id.equals("z-copy")) {
        another(OWNER, id, "Team");
      }

      assertThat(sweep().differing()).as(id).containsExactly("team");
    }
  }

  @Test
  void whatDiffersAndWhatIsMissingWasComparedToo() {
    for (String key : List.of("team", "solo", "gone")) {
      synced(key, key);
    }
    remote("team", "team");
    remote("solo", "changed by hand");

    SweepReport<String> report = sweep();

    assertThat(report.compared()).isEqualTo(3);
    assertThat(report.differing()).containsExactly("solo");
    assertThat(report.missing()).containsExactly("gone");
  }

  @Test
  void twentyMissingPlansAreReadAndNotDoubted() {
    for (int i = 0; i < 25; i++) {
      synced("p" + i, "text");
      if (i < 5) {
        remote("p" + i, "text");
      }
    }

    SweepReport<String> report = sweep();

    assertThat(report.error()).isEmpty();
    assertThat(report.missing()).hasSize(20);
  }

  private void another(String owner, String id, String text) {
    billing.plans.put(id, new Remote(Optional.of(new Identity(owner, "team")), id, text, true));
  }

  private SweepReport<String> sweep() {
    return sweep(Map.of());
  }

  private SweepReport<String> sweep(Map<String, Instant> since) {
    AccountFacts facts =
        new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of());
    Account<Remote> account =
        new Account<>(
            "shop/default",
            billing.provider(clock),
            request -> {
              throw new AssertionError("a sweep calls through its provider only");
            },
            facts);
    Collection<Expected<String>> plans = wanted.values();
    return new Sweep<>(account, OWNER, clock, () -> List.copyOf(plans), () -> Set.copyOf(claimed))
        .run(since);
  }

  private void synced(String key, String text) {
    Memory.Binding binding =
        new Memory.Binding("http/1", "org_1", "id-" + key, "hash-" + key, Handles.NONE);
    claimed.add(key);
    wanted.put(
        key,
        new Expected<>(
            key,
            SmallPlans.plan(OWNER, key, text),
            "hash-" + key,
            Memory.EMPTY.withBinding(binding),
            longAgo,
            false,
            SmallPlans.POLICIES));
  }

  private void change(String key, java.util.function.UnaryOperator<Expected<String>> change) {
    wanted.computeIfPresent(key, (k, old) -> change.apply(old));
  }

  private static Expected<String> with(
      Expected<String> old, Memory memory, Instant lastSync, boolean inFlight) {
    return new Expected<>(
        old.plan(), old.desired(), old.hash(), memory, lastSync, inFlight, old.policies());
  }

  private void remote(String key, String text) {
    billing.plans.put(
        "id-" + key, new Remote(Optional.of(new Identity(OWNER, key)), "id-" + key, text, true));
  }
}
