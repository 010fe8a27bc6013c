package dev.planwright.sync;

import dev.planwright.backend.Affects;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What may be sent: pure answers, shared by edits, drift reverts and adoption. The order of
 * principles: nobody who pays is repriced or cut off unasked; nothing is lost; what cannot be
 * verified is said.
 */
final class Guards {
  private Guards() {}

  /** The answer to a round of steps. */
  sealed interface Ruling {
    /** Send them. */
    record Go() implements Ruling {}

    /** Send them; the approval named by the annotation is used up by that. */
    record GoByApproval() implements Ruling {}

    /** Do not. */
    record Stop(Reason reason, String message) implements Ruling {}
  }

  /** Content that is not ours and that some step would destroy. */
  static List<String> erased(List<Step> steps) {
    return steps.stream().flatMap(step -> step.erases().stream()).distinct().sorted().toList();
  }

  /**
   * What taking over somebody's object would take away from it, though no manifest ever named it:
   * whatever a provider does not keep by itself is listed, and nothing is sent.
   */
  static List<String> dropped(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> step.changes().stream())
        .filter(change -> !change.field().equals(FieldChange.OWNER))
        .filter(change -> change.to().isEmpty() && !change.from().isEmpty())
        .map(change -> change.field() + " = " + change.from())
        .distinct()
        .sorted()
        .toList();
  }

  /** Whether nothing but what we left on purpose is tidied up: that is never drift. */
  static boolean isUpkeep(List<Step> steps) {
    return steps.stream().allMatch(Step::upkeep);
  }

  /** Whether nothing but our mark is put onto the object. */
  static boolean onlyMarks(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> step.changes().stream())
        .allMatch(change -> change.field().equals(FieldChange.OWNER));
  }

  /** Whether the number of people who pay has to be known before these may be sent. */
  static boolean touchesSubscribers(List<Step> steps) {
    return steps.stream().anyMatch(step -> step.affects() == Affects.EXISTING_SUBSCRIBERS);
  }

  /**
   * Whether steps that touch people who pay may be sent.
   *
   * @param approved whether an approval in use covers this content
   * @param annotation value of the approve annotation
   * @param used whether that approval was used up before
   */
  static Ruling onSubscribers(
      Policies policies,
      List<Step> steps,
      Subscribers subscribers,
      String pendingHash,
      boolean approved,
      String annotation,
      boolean used) {
    if (!touchesSubscribers(steps) || subscribers.equals(new Subscribers.Known(0))) {
      return new Ruling.Go();
    }
    boolean kept = policies.existingSubscribers() == ExistingSubscribers.KEEP;
    return switch (subscribers) {
      case Subscribers.Unread(String why) ->
          new Ruling.Stop(
              Reason.SUBSCRIBERS_UNKNOWN,
              touching(steps)
                  + " would touch subscribers, who have to be read first, approved or not ("
                  + why
                  + "); nothing was sent");
      case Subscribers.Unreadable(String why) -> {
        String who = "an unknown number of subscribers (" + why + ")";
        yield kept
            ? new Ruling.Stop(
                Reason.SUBSCRIBERS_UNKNOWN,
                touching(steps) + " would touch " + who + "; nothing was sent")
            : onApproval(steps, who, pendingHash, approved, annotation, used);
      }
      case Subscribers.Known(long count) -> {
        String who = count + (count == 1 ? " subscriber" : " subscribers");
        yield kept
            ? new Ruling.Stop(
                Reason.SUBSCRIBERS_AFFECTED,
                touching(steps)
                    + " would change what "
                    + who
                    + " pay or get; "
                    + Reason.SUBSCRIBERS_AFFECTED.whatToDo())
            : onApproval(steps, who, pendingHash, approved, annotation, used);
      }
    };
  }

  private static Ruling onApproval(
      List<Step> steps,
      String who,
      String pendingHash,
      boolean approved,
      String annotation,
      boolean used) {
    if (approved) {
      return new Ruling.Go();
    }
    if (annotation.equals(pendingHash) && !used) {
      return new Ruling.GoByApproval();
    }
    String hint =
        annotation.isEmpty()
            ? ""
            : " (the approval given, " + annotation + ", is for another change or was used)";
    return new Ruling.Stop(
        Reason.APPROVAL_REQUIRED,
        touching(steps)
            + " touches "
            + who
            + "; to let exactly this through, annotate"
            + " planwright.dev/approve="
            + pendingHash
            + hint);
  }

  /**
   * Names exactly these steps against exactly this remote state.
   *
   * @param used how many approvals were used before: the same change asked for again has another
   *     name, so that an annotation left behind never works twice
   */
  static String pendingHash(String externalId, String fingerprint, List<Step> steps, int used) {
    StringBuilder text = new StringBuilder(externalId).append('\n').append(fingerprint);
    text.append('\n').append(used);
    for (Step step : steps) {
      text.append('\n').append(step.signature());
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String touching(List<Step> steps) {
    List<String> titles =
        steps.stream()
            .filter(step -> step.affects() == Affects.EXISTING_SUBSCRIBERS)
            .map(
                step ->
                    "\""
                        + step.title()
                        + "\""
                        + (step.whom().isEmpty() ? "" : " (" + step.whom() + ")"))
            .toList();
    return String.join(", ", titles);
  }
}
