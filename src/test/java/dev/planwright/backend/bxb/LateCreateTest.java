package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Intent;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.emulator.bxb.BxbControls;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.RemovalRequest;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import dev.planwright.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A create whose answer was lost, and what is done before it may land. */
class LateCreateTest {
  private final Bench bench =
      new Bench("Minor", "Description", AccountConfig.Aliases.NONE, false, () -> this.now);
  private final List<ApiRequest> onTheirWay = new ArrayList<>();
  private String lost = "plans.create";
  private int answered;
  private BackendException.Kind how = BackendException.Kind.NO_ANSWER;
  private final Desk desk = new Desk();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private final ApiClient losing =
      request -> {
        if (request.operation().equals(lost) && answered-- == 0) {
          onTheirWay.add(request);
          throw new BackendException(how, "no answer");
        }
        return bench.client.send(request);
      };
  private final Account<BxbWorld> account =
      new Account<>("shop/default", bench.provider, losing, bench.provider.account());
  private final PlanSync sync = new PlanSync(() -> now);

  @Test
  void aCreateWithAKeyNeedsNoJournal() {
    create(Samples.team().plan());
    assertThat(desk.written).isEmpty();
  }

  @Test
  void aDeletionWaitsForWhatMayStillLandAndThenTakesItAway() {
    CatalogPlan plan = Samples.team().plan();
    Memory memory = create(plan).memory();

    SyncResult early = delete(plan, memory);
    assertThat(early.outcome()).isInstanceOf(Outcome.Unfinished.class);

    onTheirWay.forEach(bench.client::send);
    assertThat(bench.server.controls().counts().plans()).as("it landed").isEqualTo(1);
    SyncResult taken = delete(plan, early.memory());
    assertThat(bench.server.controls().counts().plans()).isZero();
    // What was there need not have been what was sent last.
    assertThat(taken.outcome()).isInstanceOf(Outcome.Unfinished.class);

    now = now.plus(Duration.ofMinutes(2));
    assertThat(delete(plan, taken.memory()).outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void aDeletionDoesNotWaitForEver() {
    CatalogPlan plan = Samples.team().plan();
    Memory memory = create(plan).memory();

    now = now.plus(Duration.ofMinutes(2));

    assertThat(delete(plan, memory).outcome()).isEqualTo(new Outcome.Done());
  }

  private static CatalogPlan committed() {
    Samples sample = Samples.team();
    sample.commitments = List.of(Samples.commitment("100"));
    sample.thresholds = List.of(Samples.threshold("500"), Samples.threshold("500"));
    return sample.plan();
  }

  private BxbControls.Counts counts() {
    return bench.server.controls().counts();
  }

  @ParameterizedTest
  @ValueSource(strings = {"commitments.create", "thresholds.create"})
  void whatHasNoKeyIsWaitedForAndFoundWhenItLands(String operation) {
    lost = operation;
    Memory memory = create(committed()).memory();
    lost = "";

    SyncResult early = create(committed(), memory);
    assertThat(early.outcome())
        .isInstanceOfSatisfying(
            Outcome.Unfinished.class,
            it -> {
              assertThat(it.message()).contains("team", "may still land");
              assertThat(it.after()).contains(Duration.ofSeconds(91));
            });
    onTheirWay.forEach(bench.client::send);

    // Of two equal thresholds one is seen, and the other was never sent.
    assertThat(create(committed(), early.memory()).outcome()).isEqualTo(new Outcome.Done());
    assertThat(counts().commitments()).isEqualTo(1);
    assertThat(counts().thresholds()).isEqualTo(2);
  }

  @Test
  void theSecondOfTwoEqualThresholdsIsTheOneThatIsWaitedFor() {
    lost = "thresholds.create";
    answered = 1;
    Memory memory = create(committed()).memory();
    lost = "";

    assertThat(create(committed(), memory).outcome()).isInstanceOf(Outcome.Unfinished.class);
    onTheirWay.forEach(bench.client::send);
    assertThat(create(committed(), memory).outcome()).isEqualTo(new Outcome.Done());
    assertThat(counts().thresholds()).isEqualTo(2);
  }

  @Test
  void whatDidNotComeIsMadeAfterASecondLook() {
    lost = "commitments.create";
    Memory memory = create(committed()).memory();
    lost = "";

    now = now.plus(Duration.ofMinutes(2));
    SyncResult firstLook = create(committed(), memory);
    assertThat(firstLook.outcome()).isInstanceOf(Outcome.Unfinished.class);
    assertThat(counts().commitments()).isZero();

    now = now.plus(Duration.ofSeconds(5));
    assertThat(create(committed(), firstLook.memory()).outcome()).isEqualTo(new Outcome.Done());
    assertThat(counts().commitments()).isEqualTo(1);
  }

  @Test
  void aLookBeforeItCouldHaveLandedIsNoSecondLook() {
    lost = "commitments.create";
    Memory memory = create(committed()).memory();
    lost = "";
    for (int look = 0; look < 3; look++) {
      SyncResult early = create(committed(), memory);
      assertThat(early.outcome()).isInstanceOf(Outcome.Unfinished.class);
      memory = early.memory();
      now = now.plus(Duration.ofSeconds(25));
    }
    assertThat(counts().commitments()).isZero();
  }

  @Test
  void whatHasNoKeyIsWrittenDownBeforeItIsSent() {
    create(committed());
    assertThat(desk.written.getFirst().journal().intents())
        .extracting(it -> it.what().replaceAll(":.*#", " "))
        .containsExactly("commitment", "threshold 1", "threshold 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plans.create", "commitments.create", "thresholds.create"})
  void whatWasNeverSentIsNotWaitedFor(String operation) {
    lost = operation;
    how = BackendException.Kind.NOT_SENT;
    SyncResult unsent = create(committed());
    assertThat(unsent.memory().journal().intents())
        .extracting(Intent::what)
        .noneMatch(what -> what.startsWith("commitment") || what.startsWith("threshold"));
    lost = "";

    assertThat(create(committed(), unsent.memory()).outcome()).isEqualTo(new Outcome.Done());
    assertThat(counts().commitments()).isEqualTo(1);
    assertThat(counts().thresholds()).isEqualTo(2);
  }

  @Test
  void aDeletionWaitsForWhatHasNoKey() {
    lost = "commitments.create";
    Memory memory = create(committed()).memory();

    assertThat(delete(committed(), memory).outcome()).isInstanceOf(Outcome.Unfinished.class);
    onTheirWay.forEach(bench.client::send);
    SyncResult taken = delete(committed(), memory);
    assertThat(List.of(counts().plans(), counts().commitments())).containsExactly(0, 0);

    now = now.plus(Duration.ofMinutes(2));
    assertThat(delete(committed(), taken.memory()).outcome()).isEqualTo(new Outcome.Done());
  }

  private SyncResult create(CatalogPlan plan) {
    return create(plan, Memory.EMPTY);
  }

  private SyncResult create(CatalogPlan plan, Memory memory) {
    Policies policies =
        new Policies(
            Policies.ExistingSubscribers.KEEP,
            Policies.Management.MANAGE,
            Policies.Adoption.NEVER,
            Policies.Deletion.DELETE,
            Policies.DriftPolicy.REPORT);
    return sync.sync(account, new SyncRequest(plan, policies, "hash", memory, "", false), desk);
  }

  private SyncResult delete(CatalogPlan plan, Memory memory) {
    return sync.remove(
        account,
        new RemovalRequest(plan.object(), plan.identity(), Policies.Deletion.DELETE, memory),
        desk);
  }

  private static final class Desk implements StatusStore {
    private final List<Memory> written = new ArrayList<>();

    @Override
    public void write(Memory memory) {
      written.add(memory);
    }

    @Override
    public Optional<String> whyNotRemove() {
      return Optional.empty();
    }
  }
}
