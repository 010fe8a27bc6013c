package dev.planwright.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Intent PLAN = new Intent("plan", NOW, "key-1", "hash-1");
  private static final Intent PRICE = new Intent("price:a", NOW, "key-2", "hash-1");
  private static final Handles HANDLES = Handles.NONE.with(Handles.PLAN, "plan_1");
  private static final Memory BOUND =
      Memory.EMPTY.withBinding(new Memory.Binding("http/1", "org_1", "plan_1", "hash-1", HANDLES));

  @Test
  void anApprovalCoversItsContentUntilThatHasConvergedAndIsNeverForgotten() {
    Memory used = BOUND.withApproval(new Memory.Approval("9c31", "hash-2", NOW, true));

    assertThat(used.isApproved("hash-2")).isTrue();
    assertThat(used.isApproved("hash-3")).as("another edit").isFalse();
    assertThat(used.hasUsed("9c31")).isTrue();
    assertThat(used.hasUsed("0000")).isFalse();

    Memory converged = used.synced("http/1", "hash-2", "plan_1", HANDLES, Memory.Journal.CLOSED);

    assertThat(converged.isApproved("hash-2")).as("a later drift is not approved").isFalse();
    assertThat(converged.hasUsed("9c31")).isTrue();
    assertThat(converged.approvals()).hasSize(1);
  }

  @Test
  void whatIsConfirmedClosesTheJournalAndEndsTheDrift() {
    Memory before =
        BOUND
            .withJournal(journal(PLAN))
            .withDrift(List.of(new Memory.Drift("displayName", "a", "b", NOW)))
            .withReverts(Map.of("displayName", List.of(NOW)));

    Memory after = before.synced("http/2", "hash-2", "plan_2", Handles.NONE, Memory.Journal.CLOSED);

    assertThat(after)
        .isEqualTo(
            Memory.EMPTY
                .withBinding(
                    new Memory.Binding("http/2", "org_1", "plan_2", "hash-2", Handles.NONE))
                .withReverts(Map.of("displayName", List.of(NOW))));
  }

  @Test
  void anIntentIsFoundByWhatItMakes() {
    Memory.Journal journal = journal(PLAN, PRICE);

    assertThat(journal.isOpen()).isTrue();
    assertThat(Memory.Journal.CLOSED.isOpen()).isFalse();
    assertThat(journal.intent("price:a")).contains(PRICE);
    assertThat(journal.intent("price:b")).isEmpty();
  }

  @Test
  void aNewTryTakesThePlaceOfTheOldAndAbsenceHasToBeSeenAnew() {
    Intent again = new Intent("plan", LATER, "key-3", "hash-2");
    Memory.Journal journal = journal(PLAN, PRICE).looked(NOW);

    assertThat(journal.with(List.of(again)))
        .isEqualTo(new Memory.Journal(List.of(PRICE, again), Optional.empty()));
  }

  @Test
  void theFirstLookCounts() {
    assertThat(journal(PLAN).looked(NOW).looked(LATER).lookedAt()).contains(NOW);
  }

  @Test
  void whatWasAnsweredLeavesTheJournalAndTheLastOneClosesIt() {
    Memory.Journal journal = journal(PLAN, PRICE).looked(NOW);

    assertThat(journal.without("plan"))
        .isEqualTo(new Memory.Journal(List.of(PRICE), Optional.of(NOW)));
    assertThat(journal.without("plan").without("price:a")).isEqualTo(Memory.Journal.CLOSED);
  }

  @Test
  void aSpentKeyIsForgottenAndTheIntentIsNot() {
    assertThat(journal(PLAN, PRICE).looked(NOW).withSpentKey("plan"))
        .isEqualTo(
            new Memory.Journal(
                List.of(new Intent("plan", NOW, "", "hash-1"), PRICE), Optional.of(NOW)));
  }

  @Test
  void whileSomethingIsWrittenNothingCountsAsConfirmed() {
    assertThat(BOUND.unsynced().binding())
        .isEqualTo(new Memory.Binding("http/1", "org_1", "plan_1", "", HANDLES));
  }

  @Test
  void whatIsGoneHasNoIdsButItsAccountAndItsConfirmationStay() {
    assertThat(BOUND.forgotten().binding())
        .isEqualTo(new Memory.Binding("http/1", "org_1", "", "hash-1", Handles.NONE));
  }

  @Test
  void theIdOfThePlanFollowsTheHandles() {
    Handles priceOnly = Handles.NONE.with("price:a", "price_1");
    Handles other = priceOnly.with(Handles.PLAN, "plan_2");

    assertThat(BOUND.withHandles(other).binding())
        .isEqualTo(new Memory.Binding("http/1", "org_1", "plan_2", "hash-1", other));
    assertThat(BOUND.withHandles(priceOnly).binding().externalId()).isEqualTo("plan_1");
    assertThat(BOUND.withAccount("org_2").binding())
        .isEqualTo(new Memory.Binding("http/1", "org_2", "plan_1", "hash-1", HANDLES));
  }

  private static Memory.Journal journal(Intent... intents) {
    return new Memory.Journal(List.of(intents), Optional.empty());
  }
}
