package dev.planwright.backend;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One mutating HTTP call, never two, so that every crash point lies between steps.
 *
 * @param kind what repeating it would do
 * @param title for people and logs: {@code change price team-monthly}
 * @param changes the fields it changes
 * @param affects whom it touches
 * @param whom how many these are, in words for people, where it is known of this step alone; {@code
 *     ""} else. No part of what it does: who comes and goes while an approval is waited for does
 *     not make it another step
 * @param removes whether it takes something away (a price, an archive): such a step needs a live
 *     look at the manifests first
 * @param upkeep whether it only tidies up what we left on purpose, such as an old price that nobody
 *     renews on any more: it follows from time and not from an edit, and is never drift
 * @param erases remote content that was not made from manifests and that this step would destroy;
 *     anything here blocks the step
 * @param intent what a {@code CREATE} makes, stable over restarts: {@code plan}, {@code
 *     price:team-monthly}; {@code ""} for other kinds
 * @param request the call, built from the ids known so far (those of earlier steps included)
 * @param learn the ids that the answer yields, on top of those known
 * @param alsoDone statuses besides 2xx that mean it is done, such as 404 on a delete
 */
public record Step(
    Kind kind,
    String title,
    List<FieldChange> changes,
    Affects affects,
    String whom,
    boolean removes,
    boolean upkeep,
    List<String> erases,
    String intent,
    Function<Sending, ApiRequest> request,
    BiFunction<Handles, ApiResponse, Handles> learn,
    Set<Integer> alsoDone) {

  /** What repeating a step would do. */
  public enum Kind {
    /** Doing it twice makes two: the journal is written first. */
    CREATE,
    /** A create whose unique key and mark travel in the request: looking first is enough. */
    KEYED_CREATE,
    /** A create inside our own plan, listed and cleaned up by comparison when it comes twice. */
    CHILD_CREATE,
    /** Safe to repeat. */
    WRITE,
    /** Makes a draft what is sold. */
    PUBLISH,
    /** Takes something off sale. */
    ARCHIVE,
    /** Removes something for good. */
    DELETE
  }

  /**
   * What a request is built from.
   *
   * @param handles ids known so far
   * @param idempotencyKey of this intent, {@code ""} for steps without a journal entry; the same
   *     until an answer came
   */
  public record Sending(Handles handles, String idempotencyKey) {}

  public Step {
    changes = List.copyOf(changes);
    erases = List.copyOf(erases);
    alsoDone = Set.copyOf(alsoDone);
    if ((kind == Kind.CREATE) == intent.isEmpty()) {
      throw new IllegalArgumentException("a CREATE, and nothing else, names its intent: " + title);
    }
  }

  /** What it does, without how: equal in two rounds means that the first was in vain. */
  public String signature() {
    return kind + " " + title + " " + changes + " " + affects;
  }

  /** Starts a step; only what differs from the usual needs saying. */
  public static Builder of(Kind kind, String title, Function<Sending, ApiRequest> request) {
    return new Builder(kind, title, request);
  }

  /** Collects what a step is. */
  public static final class Builder {
    private final Kind kind;
    private final String title;
    private final Function<Sending, ApiRequest> request;
    private List<FieldChange> changes = List.of();
    private Affects affects = Affects.EXISTING_SUBSCRIBERS;
    private String whom = "";
    private boolean removes;
    private boolean upkeep;
    private List<String> erases = List.of();
    private String intent = "";
    private BiFunction<Handles, ApiResponse, Handles> learn = (handles, response) -> handles;
    private Set<Integer> alsoDone = Set.of();

    private Builder(Kind kind, String title, Function<Sending, ApiRequest> request) {
      this.kind = kind;
      this.title = title;
      this.request = request;
    }

    public Builder changes(List<FieldChange> changes) {
      this.changes = changes;
      return this;
    }

    /** Whom it touches; unless said, the most careful answer holds. */
    public Builder affects(Affects affects) {
      this.affects = affects;
      return this;
    }

    /** How many it touches, in words. */
    public Builder whom(String whom) {
      this.whom = whom;
      return this;
    }

    /** It takes something away. */
    public Builder removes() {
      this.removes = true;
      return this;
    }

    /** It only tidies up what we left on purpose. */
    public Builder upkeep() {
      this.upkeep = true;
      return this;
    }

    public Builder erases(List<String> content) {
      this.erases = content;
      return this;
    }

    public Builder intent(String intent) {
      this.intent = intent;
      return this;
    }

    public Builder learn(BiFunction<Handles, ApiResponse, Handles> learn) {
      this.learn = learn;
      return this;
    }

    public Builder alsoDone(Integer... statuses) {
      this.alsoDone = Set.of(statuses);
      return this;
    }

    public Step build() {
      return new Step(
          kind, title, changes, affects, whom, removes, upkeep, erases, intent, request, learn,
          alsoDone);
    }
  }
}
