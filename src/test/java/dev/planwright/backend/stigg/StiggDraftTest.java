package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts: ours are gone on with, others are left alone, and a publish is waited for. */
class StiggDraftTest {
  private final StiggBench bench = new StiggBench();

  private static CatalogPlan before() {
    Samples sample = team();
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(limit("seats", "10"));
    return sample.plan();
  }

  private static CatalogPlan after() {
    Samples sample = team();
    sample.prices.set(0, flat("team-monthly", "59.00"));
    sample.entitlements.add(limit("seats", "25"));
    sample.entitlements.add(limit("projects", "3"));
    return sample.plan();
  }

  private void failOn(Predicate<ApiRequest> which, boolean done) {
    bench.between =
        request -> {
          if (which.test(request)) {
            if (done) {
              bench.direct.send(request);
            }
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
          }
          return bench.direct.send(request);
        };
  }

  private static Predicate<ApiRequest> ending(String method, String end) {
    return it -> it.method().equals(method) && it.target().endsWith(end);
  }

  // ---- resuming ours ------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {"PATCH team", "DELETE sso", "PATCH seats", "POST entitlements", "POST publish"})
  void aCrashAfterAnyStepGoesOnWithTheSameDraftWhateverStatusRemembers(String step) {
    for (boolean statusLost : List.of(false, true)) {
      StiggDraftTest test = new StiggDraftTest();
      StiggBench bench = test.bench;
      bench.sync(before());
      test.failOn(
          ending(step.substring(0, step.indexOf(' ')), "/" + step.substring(step.indexOf(' ') + 1)),
          true);
      assertThat(bench.once(after(), StiggBench.KEEP)).isInstanceOf(Outcome.Unfinished.class);
      bench.between = bench.direct;
      if (statusLost) {
        bench.memory = Memory.EMPTY;
      }
      bench.newWrites();

      bench.sync(after());

      assertThat(bench.newWrites())
          .as("%s, status lost: %s", step, statusLost)
          .noneMatch(it -> it.startsWith("DELETE plans/team/draft") || it.endsWith("/draft"));
      assertThat(bench.server.controls().counts().planVersions()).isEqualTo(2);
      assertThat(bench.server.bill("team", purchase()).get("usd")).isEqualByComparingTo("59");
      assertThat(bench.server.grants("team")).containsOnlyKeys("seats", "projects");
    }
  }

  private static dev.planwright.emulator.stigg.Purchase purchase() {
    return dev.planwright.emulator.stigg.Purchase.monthly();
  }

  @Test
  void aDraftThatWasOpenedAndNotAnsweredIsKnownByTheJournalAndItsContent() {
    bench.sync(before());
    failOn(ending("POST", "/draft"), true);
    bench.once(after(), StiggBench.KEEP);
    bench.between = bench.direct;
    bench.memory = bench.journaled;
    bench.newWrites();

    bench.sync(after());

    assertThat(bench.newWrites()).first().isEqualTo("PATCH plans/team");
  }

  @Test
  void withoutAJournalADraftThatNobodyWroteToIsLeftToPeople() {
    bench.sync(before());
    failOn(ending("POST", "/draft"), true);
    bench.once(after(), StiggBench.KEEP);
    bench.between = bench.direct;
    bench.memory = Memory.EMPTY;
    bench.newWrites();

    bench.blocked(
        bench.toRest(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "its status was lost");
    assertThat(bench.newWrites()).isEmpty();

    bench.server.console().dropDraft("team"); // what the condition asks for
    bench.sync(after());
    assertThat(bench.server.bill("team", purchase()).get("usd")).isEqualByComparingTo("59");
  }

  /** Why even a draft that reads like what is published is not taken without a journal. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatNoReadShowsOfSomebodysDraftIsNotPublished(boolean statusLost) {
    bench.sync(before());
    StiggConsole console = bench.server.console();
    console.openDraft("team");
    console.hide("team", StiggConsole.Which.DRAFT);
    if (statusLost) {
      bench.memory = Memory.EMPTY;
    }
    bench.newWrites();

    bench.blocked(
        bench.toRest(after(), StiggBench.KEEP),
        Reason.DRAFT_IN_USE,
        "holds what is published, as far as Stigg's interface shows");
    assertThat(bench.newWrites()).isEmpty();
    assertThat(console.isHidden("team", StiggConsole.Which.PUBLISHED)).isFalse();
    assertThat(console.isHidden("team", StiggConsole.Which.DRAFT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDraftThatSomebodyWorkedInIsToldFromAnUntouchedOne(boolean statusLost) {
    bench.sync(before());
    bench.server.console().openDraft("team");
    bench.server.console().removeEntitlement("team", StiggConsole.Which.DRAFT, "seats");
    if (statusLost) {
      bench.memory = Memory.EMPTY;
    }
    bench.newWrites();
    bench.blocked(
        bench.toRest(after(), StiggBench.KEEP),
        Reason.DRAFT_IN_USE,
        "differs from what is published; publish or drop it");
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void aDraftForYesterdaysManifestIsDroppedAndOpenedAnew() {
    bench.sync(before());
    failOn(ending("POST", "/publish"), false);
    bench.once(after(), StiggBench.KEEP);
    bench.between = bench.direct;
    Samples third = team();
    third.prices.set(0, flat("team-monthly", "69.00"));
    bench.newWrites();

    bench.sync(third.plan());

    assertThat(bench.newWrites()).startsWith("DELETE plans/team/draft", "POST plans/team/draft");
    assertThat(bench.server.bill("team", purchase()).get("usd")).isEqualByComparingTo("69");
  }

  @Test
  void aPlanThatWasNeverPublishedIsFilledAnewWhenTheManifestChanges() {
    failOn(ending("POST", "/publish"), false);
    bench.once(before(), StiggBench.KEEP);
    bench.between = bench.direct;
    bench.sync(after());
    assertThat(bench.server.bill("team", purchase()).get("usd")).isEqualByComparingTo("59");
    assertThat(bench.server.grants("team")).containsOnlyKeys("seats", "projects");
    assertThat(bench.server.controls().counts().planVersions()).isEqualTo(1);
  }

  // ---- other people's -----------------------------------------------------------------------

  @Test
  void aDraftThatSomebodyOpenedIsNeverTouched() {
    bench.sync(before());
    bench.server.console().openDraft("team");
    bench.newWrites();

    bench.blocked(bench.toRest(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "team");
    assertThat(bench.remove(before(), Policies.Deletion.ARCHIVE))
        .isInstanceOf(Outcome.Blocked.class);
    assertThat(bench.newWrites()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDraftThatSomebodyOpenedIsToldFromOursHoweverDraftsAreNumbered(boolean next) {
    bench.with(StiggSwitch.DRAFT_HAS_NEXT_NUMBER, next);
    bench.sync(before());
    bench.sync(after());
    bench.server.console().openDraft("team");
    bench.newWrites();
    // The draft is a copy: it bears the seal of what we published.
    bench.blocked(bench.toRest(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "team");
    bench.memory = Memory.EMPTY;
    bench.blocked(bench.toRest(before(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "team");
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void aDraftOfOursThatSomebodyWorkedOnIsNoLongerOurs() {
    for (int i = 0; i < 4; i++) {
      StiggDraftTest test = new StiggDraftTest();
      StiggBench bench = test.bench;
      bench.sync(before());
      test.failOn(ending("POST", "/publish"), false);
      bench.once(after(), StiggBench.KEEP);
      bench.between = bench.direct;
      StiggConsole console = bench.server.console();
      StiggConsole.Which draft = StiggConsole.Which.DRAFT;
      switch (i) {
        case 0 -> console.edit("team", draft, "displayName", TextNode.valueOf("Mine"));
        case 1 -> console.editAmount("team", draft, 0, "1.00");
        case 2 ->
            console.editEntitlement(
                "team",
                draft,
                "seats",
                "usageLimit",
                com.fasterxml.jackson.databind.node.IntNode.valueOf(7));
        default -> console.edit("team", draft, "parentPlanId", TextNode.valueOf("other"));
      }
      bench.newWrites();
      bench.blocked(bench.toRest(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "somebody");
      assertThat(bench.newWrites()).as("edit " + i).isEmpty();
    }
  }

  @Test
  void aDraftOpenedBetweenOurLookAndOurCallIsNotTakenForOurs() {
    bench.sync(before());
    bench.between =
        request -> {
          if (ending("POST", "/draft").test(request)) {
            bench.server.console().openDraft("team");
          }
          return bench.direct.send(request);
        };
    bench.blocked(bench.once(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "DraftAlreadyExists");
    bench.between = bench.direct;
    bench.blocked(bench.toRest(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "team");
  }

  @Test
  void aPlanOfTheSameIdWithoutOurMarkIsNotTakenOver() {
    bench.server.console().plan("team", "Somebody's");
    bench.newWrites();
    bench.blocked(bench.toRest(before(), StiggBench.KEEP), Reason.OWNERSHIP_CONFLICT, "team");
    bench.server.console().metadata("team", Map.of(Mark.OWNER, "other", Mark.KEY, "team"));
    bench.blocked(
        bench.toRest(
            before(), StiggBench.with(Policies.Adoption.ALWAYS, Policies.DriftPolicy.REVERT)),
        Reason.OWNERSHIP_CONFLICT,
        "other/team");
    assertThat(bench.newWrites()).isEmpty();
  }

  // ---- publishing ---------------------------------------------------------------------------

  @Test
  void aPublishIsAskedForOnceAndWaitedForWithoutHoldingAnything() {
    bench.server.controls().publishWhenTold();
    for (int i = 0; i < 5; i++) {
      assertThat(bench.once(before(), StiggBench.KEEP))
          .isInstanceOfSatisfying(
              Outcome.Unfinished.class, it -> assertThat(it.after()).isPresent());
      bench.clock.advance(Duration.ofSeconds(20));
    }
    assertThat(bench.writes()).filteredOn(it -> it.endsWith("/publish")).hasSize(1);
    bench.server.controls().completePublishes();
    bench.sync(before());
    assertThat(bench.writes()).filteredOn(it -> it.endsWith("/publish")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPublishThatNeverComesThroughIsAskedForAgain(boolean accepted) {
    bench.with(StiggSwitch.PUBLISH_TWICE_ACCEPTED, accepted);
    bench.server.controls().publishWhenTold();
    bench.once(before(), StiggBench.KEEP);
    bench.server.controls().failPublishes();
    bench.server.controls().publishAtOnce();
    bench.clock.advance(Duration.ofMinutes(11));
    bench.sync(before());
    assertThat(bench.writes()).filteredOn(it -> it.endsWith("/publish")).hasSize(2);
  }

  @Test
  void whileAPublishRunsAnotherEditWaitsAndThenGetsAVersionOfItsOwn() {
    bench.with(StiggSwitch.EDIT_WHILE_PUBLISHING, false);
    bench.sync(before());
    bench.server.controls().publishWhenTold();
    bench.once(after(), StiggBench.KEEP);
    Samples third = team();
    third.prices.set(0, flat("team-monthly", "69.00"));
    bench.newWrites();
    assertThat(bench.once(third.plan(), StiggBench.KEEP)).isInstanceOf(Outcome.Unfinished.class);
    assertThat(bench.newWrites()).isEmpty();
    bench.server.controls().completePublishes();
    bench.server.controls().publishAtOnce();
    bench.sync(third.plan());
    assertThat(bench.server.bill("team", purchase()).get("usd")).isEqualByComparingTo("69");
    assertThat(bench.server.controls().counts().planVersions()).isEqualTo(3);
  }

  @Test
  void aPriceThatTheServerUnderstoodOtherwiseIsNeverPublished() {
    bench.sync(before());
    bench.between =
        request -> {
          var answer = bench.direct.send(request);
          if (ending("PATCH", "plans/team").test(request)) {
            bench.server.console().editAmount("team", StiggConsole.Which.DRAFT, 0, "5900");
          }
          return answer;
        };
    bench.blocked(bench.toRest(after(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "prices");
    assertThat(bench.server.bill("team", purchase()).get("usd")).isEqualByComparingTo("49");
  }
}
