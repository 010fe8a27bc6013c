package dev.planwright.docs;

import dev.planwright.catalog.Reason;
import dev.planwright.testing.Generated;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/reasons.md: every reason, from the code, with what helps the person on call. */
class ReasonsDocTest {
  private static final String HEAD =
      """
      # When something is not Ready

      Generated from the reasons in the code; `mvn test -Dtest=ReasonsDocTest -Dplanwright.update=true`
      writes it again.

      ```
      kubectl get billing -A                                   # what is not Ready, and why in a word
      kubectl -n shop get bplan team -o wide                   # the message too
      kubectl -n shop describe bplan team                      # all conditions, pending steps, drift, events
      ```

      `Accepted` says whether the manifest is valid and the backend can express it: if not, nothing was
      sent. `Synced` says whether the backend was read back and equals the manifest. `Ready` is both, for
      this generation, with the reason of the first that is not. `Reconciling` is there while work is
      under way, `Stalled` when nothing will change until a person acts. The message names the object,
      the field, the value, and what to do; this page says what stands behind each word. To look again at
      once, whatever the reason: `kubectl annotate bplan team --overwrite
      planwright.dev/reconcile-requested-at="$(date)"`.
      """;

  @Test
  void theDocumentExplainsEveryReason() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    for (Reason.Kind kind : Reason.Kind.values()) {
      text.append('\n').append(heading(kind)).append("\n");
      for (Reason reason : Reason.values()) {
        if (reason.kind() == kind) {
          text.append("\n### ").append(reason).append("\n\n");
          text.append("| means | what to do | by itself |\n|---|---|---|\n");
          text.append("| ")
              .append(reason.meaning())
              .append(" | ")
              .append(reason.whatToDo())
              .append(" | ")
              .append(byItself(reason.retry()))
              .append(" |\n\n");
          text.append(more(reason)).append('\n');
        }
      }
    }
    Generated.whole(Path.of("docs/reasons.md"), text.toString(), ReasonsDocTest.class);
  }

  private static String heading(Reason.Kind kind) {
    return switch (kind) {
      case ACCEPTED ->
          """
          ## Accepted is False

          Nothing was sent to the billing system for this generation. `planwright validate` finds these
          before they are applied, `ImmutableField` excepted.
          """
              .stripTrailing();
      case SYNCED ->
          """
          ## Synced is False

          The manifest is fine; the billing system does not equal it, or nobody knows. Nothing is written
          while one of these blocks: what is on sale stays as it was.
          """
              .stripTrailing();
      case BACKEND ->
          """
          ## A BillingBackend is not Ready

          Its Plans are `BackendNotReady` meanwhile, and nothing of theirs is read or written, deletions with a
          key that was read before excepted. It can also
          be `InvalidSpec`, `AccountMismatch` or `Paused`, as above.
          """
              .stripTrailing();
    };
  }

  private static String byItself(Reason.Retry retry) {
    return switch (retry) {
      case SOON -> "tried again, after a second at first, then up to five minutes apart";
      case SLOW -> "looked at again every ten minutes, and at once after an edit";
      case NEVER -> "nothing, until somebody edits";
    };
  }

  /** What stands behind it, for somebody who sees it for the first time. */
  private static String more(Reason reason) {
    return switch (reason) {
      case INVALID_SPEC ->
          "The message lists every mistake at once, of the Plan and of its Prices. A Price with a mistake"
              + " holds back its whole Plan: half a price list is never written.";
      case NOT_EXPRESSIBLE ->
          "The manifest is right and this billing system has no way to say it exactly. Saying it nearly"
              + " would bill something else, so nothing is sent. `planwright capabilities` lists what each"
              + " billing system can say.";
      case WAITING_FOR_PRICES ->
          "`spec.requiredPrices` names Prices that are not there, or a Paid Plan has none. A Price that"
              + " vanished counts as missing, not as removed: its price on the billing system stays.";
      case PLAN_NOT_FOUND ->
          "Plans and Prices may be applied in any order, so this is usual for a moment. If it stays, the"
              + " name is wrong or the Plan is in another namespace.";
      case KEY_CONFLICT ->
          "Two Plans would write to one object in turn. The one that holds the external id keeps it, else"
              + " the one that the mark names, else the older. When that one is deleted the object is"
              + " handed over, so a Plan can be renamed or moved without a gap.";
      case IMMUTABLE_FIELD ->
          "`spec.key`, `spec.backendRef` and an `externalId` decide which object on the billing system is"
              + " meant. Changing one would leave the old object behind, with those who pay for it.";
      case PROGRESSING ->
          "If it lasts for minutes, see how long Plans wait: `planwright_queue_depth`.";
      case RETRYING ->
          "The message says what failed. Nothing was lost: what was attempted is written in status before"
              + " it is sent, where a second try could make a second object.";
      case BACKEND_NOT_READY ->
          "`kubectl describe bb` shows the reason, which is one of the last part of this page. If the"
              + " BillingBackend does not exist, apply it or mend `spec.backendRef`.";
      case BACKEND_UNAVAILABLE ->
          "Time-outs, errors of the server, or answers that make no sense. After several in a row the"
              + " account is left alone for a while. What is on sale is not touched.";
      case RATE_LIMITED ->
          "The operator halves its rate and obeys `Retry-After`. If it comes back often, other programs use"
              + " the same account: lower `spec.limits.requestsPerSecond`.";
      case BACKEND_REJECTED ->
          "The message holds the billing system's own words and the id of the call, for its support. It is"
              + " tried again slowly, since something may be mended there.";
      case DEPENDENCY_MISSING ->
          "Metrics, features and products are looked up, never created: what counts usage is not made by a"
              + " price list. The message names the word and where it was looked for.";
      case ACCOUNT_MISMATCH ->
          "The first account that was opened is pinned in `status.account`, so that a Secret of the wrong"
              + " environment does not create the whole catalogue somewhere else.";
      case OWNERSHIP_CONFLICT ->
          "If the mark names another owner, it belongs to another `ownerId` and is never taken: use another"
              + " key. If it has no mark, somebody made it by hand: `adoptionPolicy: IfEqual` takes it over"
              + " when it equals the manifest.";
      case UNMANAGED_REMOTE_CONTENT ->
          "Somebody added something by hand that the manifest does not say. It may be what a customer was"
              + " promised, so it is not erased.";
      case REMOTE_ARCHIVED ->
          "Somebody stopped selling it on the billing system. Selling it again is a decision for people.";
      case REMOTE_MISSING ->
          "It was there, and a second look by its id did not find it either. It is not made again unasked,"
              + " since whoever removed it may have meant it. The message holds the line that has this one Plan"
              + " made anew, once: the annotation `planwright.dev/approve` with `status.pendingHash`.";
      case AMBIGUOUS_REMOTE ->
          "Guessing which one is ours could change what strangers pay. The message lists their ids; keep"
              + " the one that has subscribers.";
      case DRAFT_IN_USE ->
          "Publishing now would publish that person's unfinished work too. It goes on by itself when the"
              + " draft is gone.";
      case SUBSCRIBERS_AFFECTED ->
          "Under `existingSubscribers: Keep` nobody who pays is repriced or cut off. The message says how"
              + " many there are and which step would touch them. Usually a new Price or a new Plan is"
              + " what is wanted.";
      case SUBSCRIBERS_UNKNOWN ->
          "The count failed, or the billing system does not count. Whoever might pay is treated as if they"
              + " did.";
      case APPROVAL_REQUIRED ->
          "Read `status.pending`, then approve exactly that: `kubectl annotate bplan team"
              + " planwright.dev/approve=<status.pendingHash>`. It works once. If anything changes"
              + " meanwhile, the hash changes and the approval does not count.";
      case NO_ACTIVE_PRICE ->
          "The last Price was deleted, and taking the price away would end what is sold. The message says"
              + " at what price it still is.";
      case NOT_CONVERGED ->
          "Every write is read back. The billing system answered that all is well and shows something else;"
              + " the message has the fields, wanted and found. Often the field is not supported there.";
      case DRIFTED ->
          "`status.drift` has each field with what was wanted and what is there. An edit of the manifest, or"
              + " `drift.policy: Revert` on the BillingBackend, writes it again, by the same rules as any"
              + " change.";
      case CONTESTED ->
          "It was put back three times within a day and changed again each time. Two masters write to one"
              + " field: another operator, a script, or a colleague.";
      case PAUSED ->
          "By the annotation `planwright.dev/paused: \"true\"` on the Plan, or `spec.paused` on the"
              + " BillingBackend. No call is made, not even to read.";
      case OBSERVING ->
          "Nothing is ever written under `Observe`. `status.pending` lists what would be.";
      case SECRET_NOT_FOUND ->
          "Secrets are not watched: it is looked for again within half a minute. The Secret is in the"
              + " namespace of the BillingBackend.";
      case SECRET_NOT_LABELLED ->
          "Without the label, anybody who may write a BillingBackend could send any Secret of the namespace"
              + " to any server: `kubectl label secret NAME planwright.dev/credentials=true`.";
      case UNAUTHORIZED ->
          "The key is wrong, was revoked, or has a form that this billing system's keys never have; then it"
              + " was not sent.";
      case ENVIRONMENT_MISMATCH ->
          "A sandbox key stands where production is meant, or the other way round. Nothing was written"
              + " there.";
      case UNREACHABLE ->
          "No answer, or no useful one: a wrong URL, a network policy, a proxy, or the billing system is"
              + " down. The message says at which step it failed.";
      case INSECURE_URL ->
          "`http://` is for loopback, `*.svc` and `*.svc.cluster.local`. For anything else start the"
              + " operator with `--allow-http`, if the network is yours.";
    };
  }
}
