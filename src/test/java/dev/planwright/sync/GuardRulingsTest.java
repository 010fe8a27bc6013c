package dev.planwright.sync;

import static dev.planwright.sync.Steps.change;
import static dev.planwright.sync.Steps.erasing;
import static dev.planwright.sync.Steps.step;
import static dev.planwright.sync.Steps.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Guards.Ruling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guards as the pure answers that they are; that they are asked, others hold. */
class GuardRulingsTest {
  private static final String HASH = "9c31d2aabbccddee";
  private static final FieldChange AMOUNT = change("prices.team-monthly.amount", "49", "59");

  /**
   * Subscribers {@code ?}: cannot be read; {@code !}: could not, and have to be. Approval {@code
   * mine}: the annotation says HASH.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          what touches nobody is sent                      | KEEP    | NOBODY               | 42 | none  | GO
          what touches new subscribers is sent             | KEEP    | NEW_SUBSCRIBERS      | 42 | none  | GO
          whoever cannot be counted is not touched either  | KEEP    | NEW_SUBSCRIBERS      | ?  | none  | GO
          new subscribers need no approval                 | MIGRATE | NEW_SUBSCRIBERS      | 42 | none  | GO
          with nobody there is nothing to ask              | KEEP    | EXISTING_SUBSCRIBERS | 0  | none  | GO
          with nobody there is nothing to approve          | MIGRATE | EXISTING_SUBSCRIBERS | 0  | none  | GO
          one who pays is enough                           | KEEP    | EXISTING_SUBSCRIBERS | 1  | none  | SUBSCRIBERS_AFFECTED
          nobody is repriced unasked                       | KEEP    | EXISTING_SUBSCRIBERS | 42 | none  | SUBSCRIBERS_AFFECTED
          what cannot be read is not taken for nobody      | KEEP    | EXISTING_SUBSCRIBERS | ?  | none  | SUBSCRIBERS_UNKNOWN
          an approval does not help against Keep           | KEEP    | EXISTING_SUBSCRIBERS | 42 | mine  | SUBSCRIBERS_AFFECTED
          nor does one in use                              | KEEP    | EXISTING_SUBSCRIBERS | 42 | inUse | SUBSCRIBERS_AFFECTED
          nor where nobody can be counted                  | KEEP    | EXISTING_SUBSCRIBERS | ?  | mine  | SUBSCRIBERS_UNKNOWN
          a standing order is no approval                  | MIGRATE | EXISTING_SUBSCRIBERS | 42 | none  | APPROVAL_REQUIRED
          nor where nobody can be counted under Migrate    | MIGRATE | EXISTING_SUBSCRIBERS | ?  | none  | APPROVAL_REQUIRED
          exactly this was approved                        | MIGRATE | EXISTING_SUBSCRIBERS | 42 | mine  | GO_BY_APPROVAL
          so it may be where nobody can be counted         | MIGRATE | EXISTING_SUBSCRIBERS | ?  | mine  | GO_BY_APPROVAL
          another change was approved                      | MIGRATE | EXISTING_SUBSCRIBERS | 42 | other | APPROVAL_REQUIRED
          an approval never works twice                    | MIGRATE | EXISTING_SUBSCRIBERS | 42 | used  | APPROVAL_REQUIRED
          who has to be read first is not touched          | KEEP    | EXISTING_SUBSCRIBERS | !  | none  | SUBSCRIBERS_UNKNOWN
          nor is a person asked about them                 | MIGRATE | EXISTING_SUBSCRIBERS | !  | none  | SUBSCRIBERS_UNKNOWN
          nor does an approval stand in for reading        | MIGRATE | EXISTING_SUBSCRIBERS | !  | mine  | SUBSCRIBERS_UNKNOWN
          nor one that was in use before                   | MIGRATE | EXISTING_SUBSCRIBERS | !  | inUse | SUBSCRIBERS_UNKNOWN
          what touches none of them needs no reading       | KEEP    | NEW_SUBSCRIBERS      | !  | none  | GO
          an approval in use covers the next round         | MIGRATE | EXISTING_SUBSCRIBERS | 42 | inUse | GO
          """)
  void whoPaysIsAsked(
      String sentence,
      ExistingSubscribers policy,
      Affects affects,
      String subscribers,
      String approval,
      String ruling) {
    assertThat(said(rule(policy, List.of(write(affects, AMOUNT)), count(subscribers), approval)))
        .isEqualTo(ruling);
  }

  @Test
  void oneStepAmongManyIsEnough() {
    List<Step> steps =
        List.of(
            step(Step.Kind.WRITE, "change the name", Affects.NOBODY),
            step(Step.Kind.WRITE, "change the base fee", Affects.EXISTING_SUBSCRIBERS),
            step(Step.Kind.WRITE, "change the trial", Affects.NEW_SUBSCRIBERS));

    assertThat(Guards.touchesSubscribers(steps)).isTrue();
    assertThat(Guards.touchesSubscribers(List.of(steps.get(0), steps.get(2)))).isFalse();
    assertThat(message(rule(ExistingSubscribers.KEEP, steps, count("42"), "none")))
        .contains("\"change the base fee\"", "42 subscribers")
        .contains(Reason.SUBSCRIBERS_AFFECTED.whatToDo())
        .doesNotContain("change the name", "change the trial");
  }

  @Test
  void theMessageSaysHowManyAndWhatToDo() {
    List<Step> steps = List.of(write(Affects.EXISTING_SUBSCRIBERS, AMOUNT));

    assertThat(message(rule(ExistingSubscribers.KEEP, steps, count("1"), "none")))
        .contains("1 subscriber ");
    assertThat(message(rule(ExistingSubscribers.KEEP, steps, count("?"), "none")))
        .contains("an unknown number of subscribers (no rights)", "nothing was sent");
    assertThat(message(rule(ExistingSubscribers.MIGRATE, steps, count("2"), "none")))
        .endsWith("planwright.dev/approve=" + HASH);
    assertThat(message(rule(ExistingSubscribers.MIGRATE, steps, count("2"), "other")))
        .contains("planwright.dev/approve=" + HASH)
        .endsWith("(the approval given, 0000000000000000, is for another change or was used)");
  }

  @Test
  void anApprovalNamesExactlyTheseStepsAgainstExactlyThisState() {
    Step raise = write(Affects.EXISTING_SUBSCRIBERS, AMOUNT);
    Step more =
        write(Affects.EXISTING_SUBSCRIBERS, change("prices.team-monthly.amount", "49", "69"));
    String asked = Guards.pendingHash("plan_1", "etag-1", List.of(raise), 0);

    assertThat(asked).matches("[0-9a-f]{16}");
    assertThat(Guards.pendingHash("plan_1", "etag-1", List.of(raise), 0)).isEqualTo(asked);
    Set<String> others = new HashSet<>();
    others.add(asked);
    others.add(Guards.pendingHash("plan_2", "etag-1", List.of(raise), 0));
    others.add(Guards.pendingHash("plan_1", "etag-2", List.of(raise), 0));
    others.add(Guards.pendingHash("plan_1", "etag-1", List.of(more), 0));
    others.add(Guards.pendingHash("plan_1", "etag-1", List.of(raise, more), 0));
    others.add(Guards.pendingHash("plan_1", "etag-1", List.of(more, raise), 0));
    others.add(
        Guards.pendingHash("plan_1", "etag-1", List.of(write(Affects.NEW_SUBSCRIBERS, AMOUNT)), 0));
    others.add(Guards.pendingHash("plan_1", "etag-1", List.of(raise), 1));
    assertThat(others).as("each asks for an approval of its own").hasSize(8);
  }

  @Test
  void whatWouldBeErasedIsNamedOnceInOrder() {
    assertThat(Guards.erased(List.of(write(Affects.NOBODY)))).isEmpty();
    assertThat(Guards.erased(List.of(erasing("price b", "price a"), erasing(), erasing("price b"))))
        .containsExactly("price a", "price b");
  }

  private static Ruling rule(
      ExistingSubscribers policy, List<Step> steps, Subscribers count, String approval) {
    Policies policies =
        new Policies(
            policy,
            Policies.Management.MANAGE,
            Policies.Adoption.ALWAYS,
            Policies.Deletion.RETAIN,
            Policies.DriftPolicy.REVERT);
    String annotation =
        switch (approval) {
          case "none", "inUse" -> "";
          case "other" -> "0000000000000000";
          default -> HASH;
        };
    return Guards.onSubscribers(
        policies,
        steps,
        count,
        HASH,
        approval.equals("inUse"),
        annotation,
        approval.equals("used"));
  }

  private static Subscribers count(String count) {
    return switch (count) {
      case "?" -> new Subscribers.Unreadable("no rights");
      case "!" -> new Subscribers.Unread("a page was cut");
      default -> new Subscribers.Known(Long.parseLong(count));
    };
  }

  private static String said(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Go go -> "GO";
      case Ruling.GoByApproval approval -> "GO_BY_APPROVAL";
      case Ruling.Stop stop -> stop.reason().name();
    };
  }

  private static String message(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Go go -> "";
      case Ruling.GoByApproval approval -> "";
      case Ruling.Stop stop -> stop.message();
    };
  }
}
