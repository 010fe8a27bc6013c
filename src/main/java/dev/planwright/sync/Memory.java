package dev.planwright.sync;

import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What status remembers of one plan between runs. Everything in it may be lost or old: it saves
 * calls, and tells a create that may have happened from one that did not, but who owns what is
 * decided by what the backend says.
 *
 * @param journal creates that may or may not have happened
 * @param approvals every approval that was ever used
 * @param reverts times at which drift in a field was put back, by field; the last day's
 * @param drift fields that differ without an edit, and since when
 */
public record Memory(
    Binding binding,
    Journal journal,
    List<Approval> approvals,
    Map<String, List<Instant>> reverts,
    List<Drift> drift) {

  /** Of a plan that nobody has looked for yet. */
  public static final Memory EMPTY =
      new Memory(Binding.NONE, Journal.CLOSED, List.of(), Map.of(), List.of());

  public Memory {
    approvals = List.copyOf(approvals);
    reverts = Collections.unmodifiableMap(new TreeMap<>(reverts));
    drift = List.copyOf(drift);
  }

  /**
   * Which remote object the plan is bound to. Texts are {@code ""} before they are known.
   *
   * @param mapping mapping it was last synced with, for instance {@code bxb/3}
   * @param account id of the account, pinned on first contact
   * @param externalId the backend's id of the plan
   * @param syncedHash hash of the content last confirmed on the backend; {@code ""} when the
   *     backend may be anywhere between two contents
   * @param handles ids by name
   */
  public record Binding(
      String mapping, String account, String externalId, String syncedHash, Handles handles) {
    public static final Binding NONE = new Binding("", "", "", "", Handles.NONE);
  }

  /**
   * Creates that may or may not have happened: after a crash, look before creating.
   *
   * @param lookedAt when a complete look first found nothing of them
   */
  public record Journal(List<Intent> intents, Optional<Instant> lookedAt) {
    public static final Journal CLOSED = new Journal(List.of(), Optional.empty());

    public Journal {
      intents = List.copyOf(intents);
    }

    public boolean isOpen() {
      return !intents.isEmpty();
    }

    /** The intent for this, where it was written down before. */
    public Optional<Intent> intent(String what) {
      return intents.stream().filter(intent -> intent.what().equals(what)).findFirst();
    }

    /** A complete look found nothing; the first such look counts. */
    Journal looked(Instant when) {
      return new Journal(intents, Optional.of(lookedAt.orElse(when)));
    }

    Journal with(List<Intent> more) {
      List<Intent> all = new ArrayList<>(intents);
      all.removeIf(old -> more.stream().anyMatch(intent -> intent.what().equals(old.what())));
      all.addAll(more);
      // A look before this attempt says nothing about it: absence has to be seen anew.
      return new Journal(all, Optional.empty());
    }

    /** The same, the idempotency key of one excepted: it was answered and is never sent again. */
    Journal withSpentKey(String what) {
      return new Journal(
          intents.stream()
              .map(
                  i ->
                      i.what().equals(what)
                          ? new Intent(i.what(), i.attempted(), "", i.content())
                          : i)
              .toList(),
          lookedAt);
    }

    /** What was not sent after all cannot land: of that, only what was open before stays open. */
    Journal unsent(List<String> whats, Journal before) {
      Journal journal = this;
      for (String what : whats) {
        journal = journal.without(what);
        journal = before.intent(what).map(List::of).map(journal::with).orElse(journal);
      }
      return journal;
    }

    Journal without(String what) {
      List<Intent> fewer = intents.stream().filter(i -> !i.what().equals(what)).toList();
      return fewer.isEmpty() ? CLOSED : new Journal(fewer, lookedAt);
    }
  }

  /**
   * An approval that was used: it never works again.
   *
   * @param pendingHash what was approved
   * @param content hash of the content that it was approved for
   * @param used when
   * @param open whether it still covers rounds: until that content has converged
   */
  public record Approval(String pendingHash, String content, Instant used, boolean open) {}

  /** A field that differs without an edit. */
  public record Drift(String field, String desired, String actual, Instant since) {}

  /** Whether an approval for this content is in use. */
  public boolean isApproved(String content) {
    return approvals.stream().anyMatch(a -> a.open() && a.content().equals(content));
  }

  /** Whether some content was once confirmed on the backend, under this id or an earlier one. */
  boolean wasSynced() {
    return !binding.syncedHash().isEmpty() || !binding.mapping().isEmpty();
  }

  /** Whether an approval with this hash was used before. */
  public boolean hasUsed(String pendingHash) {
    return approvals.stream().anyMatch(a -> a.pendingHash().equals(pendingHash));
  }

  public Memory withBinding(Binding other) {
    return new Memory(other, journal, approvals, reverts, drift);
  }

  public Memory withJournal(Journal other) {
    return new Memory(binding, other, approvals, reverts, drift);
  }

  public Memory withDrift(List<Drift> fields) {
    return new Memory(binding, journal, approvals, reverts, fields);
  }

  Memory withReverts(Map<String, List<Instant>> times) {
    return new Memory(binding, journal, approvals, times, drift);
  }

  Memory withApproval(Approval approval) {
    List<Approval> all = new ArrayList<>(approvals);
    all.add(approval);
    return new Memory(binding, journal, all, reverts, drift);
  }

  Memory withHandles(Handles known) {
    return withBinding(
        new Binding(
            binding.mapping(),
            binding.account(),
            known.get(Handles.PLAN).orElse(binding.externalId()),
            binding.syncedHash(),
            known));
  }

  /** With an id from elsewhere than status, of an object that this status has never confirmed. */
  public Memory bound(String externalId) {
    return withHandles(binding.handles().with(Handles.PLAN, externalId));
  }

  /**
   * With another id in the place of one that led nowhere: what status knew was about that one. The
   * journal stays, since what was sent may still land.
   */
  public Memory rebound(String externalId) {
    return withBinding(new Binding("", binding.account(), "", "", Handles.NONE)).bound(externalId);
  }

  /** Without an id that may not be ours, or of nothing. */
  public Memory unbound() {
    return withBinding(
        new Binding(binding.mapping(), binding.account(), "", binding.syncedHash(), Handles.NONE));
  }

  Memory withAccount(String id) {
    return withBinding(
        new Binding(
            binding.mapping(), id, binding.externalId(), binding.syncedHash(), binding.handles()));
  }

  /** What was there is gone: from now on the id of the object that is made instead counts. */
  Memory forgotten() {
    return withBinding(
        new Binding(binding.mapping(), binding.account(), "", binding.syncedHash(), Handles.NONE));
  }

  /** The backend may now be anywhere between two contents. */
  Memory unsynced() {
    return withBinding(
        new Binding(
            binding.mapping(), binding.account(), binding.externalId(), "", binding.handles()));
  }

  /**
   * The content was confirmed: approvals have done their work, and so has the journal but for what
   * may still land.
   */
  Memory synced(
      String mapping, String hash, String externalId, Handles handles, Journal mayStillLand) {
    List<Approval> closed =
        approvals.stream()
            .map(a -> new Approval(a.pendingHash(), a.content(), a.used(), false))
            .toList();
    return new Memory(
        new Binding(mapping, binding.account(), externalId, hash, handles),
        mayStillLand,
        closed,
        reverts,
        List.of());
  }
}
