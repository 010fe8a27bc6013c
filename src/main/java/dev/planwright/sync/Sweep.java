package dev.planwright.sync;

import dev.planwright.backend.Account;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Sought;
import dev.planwright.catalog.Identity;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares the whole catalogue of one account with what the manifests want, by one listing.
 *
 * <p>Reads only, and decides nothing: whoever differs gets a full read, through the same guards as
 * an edit. A listing is believed in what it shows. What it does not show may be missing, or the
 * listing may be wrong: so absence needs a complete listing, a read by id and a fresh probe of the
 * account, and a listing that shows nothing at all is an error.
 *
 * @param <R> the provider's picture of the world
 * @param <K> how the caller names plans
 */
public final class Sweep<R, K> {
  /** More than so many missing at once, and most of all: the listing is doubted, not the plans. */
  private static final int MANY = 20;

  private final Account<R> account;
  private final String ownerId;
  private final InstantSource clock;
  private final Supplier<Collection<Expected<K>>> expected;
  private final Supplier<Set<String>> claimed;

  private final Map<String, Expected<K>> byKey = new HashMap<>();
  private final Map<String, Expected<K>> byId = new HashMap<>();
  private final Map<K, Compared<K>> compared = new LinkedHashMap<>();
  private final Map<String, Listed<R>> strangers = new LinkedHashMap<>();

  private enum Verdict {
    SAME,
    DIFFERS,
    UNREAD,
    MISSING
  }

  private record Compared<K>(Expected<K> subject, Verdict verdict, Instant readAt) {}

  /**
   * @param ownerId who we are on the account
   * @param expected the plans wanted, as they are at the moment it is asked
   * @param claimed the keys of all Plans of the account, whatever their state
   */
  public Sweep(
      Account<R> account,
      String ownerId,
      InstantSource clock,
      Supplier<Collection<Expected<K>>> expected,
      Supplier<Set<String>> claimed) {
    this.account = account;
    this.ownerId = ownerId;
    this.clock = clock;
    this.expected = expected;
    this.claimed = claimed;
  }

  /**
   * Runs it; to be called once. Never throws for anything that a backend did.
   *
   * @param since when plans known to be unclaimed were first seen so, by external id
   */
  public SweepReport<K> run(Map<String, Instant> since) {
    Instant started = clock.instant();
    for (Expected<K> subject : expected.get()) {
      byKey.put(subject.desired().identity().key(), subject);
      String id = subject.memory().binding().externalId();
      if (!id.isEmpty()) {
        byId.put(id, subject);
      }
    }
    Set<String> claimedBefore = claimed.get();
    Optional<String> error;
    try {
      error = sameAccount().or(this::list).or(this::doubt).or(this::confirmMissing);
    } catch (BackendException e) {
      error = Optional.of(String.valueOf(e.getMessage()));
    }
    boolean complete = error.isEmpty();
    return report(started, error, complete ? unclaimed(claimedBefore, since) : Optional.empty());
  }

  /** The first call of a sweep: a key that opens another account shows nothing of ours. */
  private Optional<String> sameAccount() {
    AccountFacts now = account.provider().account();
    return now.id().equals(account.facts().id())
        ? Optional.empty()
        : Optional.of(
            "the key opens account %s now, not %s; put the right key into the Secret"
                .formatted(now.id(), account.facts().id()));
  }

  private Optional<String> list() {
    return account
        .provider()
        .sweep(byId.keySet(), this::seen)
        .map(why -> "the listing is not complete: " + why);
  }

  private void seen(Listed<R> listed) {
    Optional<Expected<K>> subject = subject(listed);
    if (subject.isEmpty()) {
      if (listed.identity().filter(identity -> identity.ownerId().equals(ownerId)).isPresent()) {
        strangers.put(listed.externalId(), listed);
      }
      return;
    }
    Expected<K> plan = subject.get();
    Verdict verdict = verdict(plan, listed);
    Compared<K> before = compared.get(plan.plan());
    // Seen twice: shifted pages, or two objects with one mark. The more alarming answer counts.
    if (before == null || before.verdict() == Verdict.SAME) {
      compared.put(plan.plan(), new Compared<>(plan, verdict, listed.readAt()));
    }
  }

  private Optional<Expected<K>> subject(Listed<R> listed) {
    Optional<Identity> ours =
        listed.identity().filter(identity -> identity.ownerId().equals(ownerId));
    return ours.map(identity -> byKey.get(identity.key()))
        .or(() -> Optional.ofNullable(byId.get(listed.externalId())));
  }

  private Verdict verdict(Expected<K> plan, Listed<R> listed) {
    String bound = plan.memory().binding().externalId();
    if (!bound.isEmpty() && !bound.equals(listed.externalId())) {
      // Our mark on another object: only worth a look while somebody can buy it.
      return listed.onSale() ? Verdict.DIFFERS : Verdict.SAME;
    }
    return listed.world().map(world -> compare(plan, world)).orElse(Verdict.UNREAD);
  }

  private Verdict compare(Expected<K> plan, R world) {
    Provider.Planning planning =
        new Provider.Planning(
            plan.policies().existingSubscribers(), plan.memory().binding().handles());
    boolean equal = account.provider().plan(plan.desired(), world, planning).isEmpty();
    // Drift that was put right on the backend is news too: the Plan must hear that it is over.
    return equal && plan.memory().drift().isEmpty() ? Verdict.SAME : Verdict.DIFFERS;
  }

  /** Whether a listing that calls itself complete can be believed in what it leaves out. */
  private Optional<String> doubt() {
    int quiet = (int) byKey.values().stream().filter(this::isQuiet).count();
    int missing = candidates(byKey.values()).size();
    if (quiet > 0 && compared.isEmpty() && strangers.isEmpty()) {
      return Optional.of(
          "the listing shows none of %d plans; nothing is concluded from that, look at the account"
              .formatted(quiet));
    }
    if (missing > MANY && missing > quiet / 2) {
      return Optional.of(
          "the listing lacks %d of %d plans; nothing is concluded from that, look at the account"
              .formatted(missing, quiet));
    }
    return Optional.empty();
  }

  private List<Expected<K>> candidates(Collection<Expected<K>> plans) {
    return plans.stream()
        .filter(this::isQuiet)
        .filter(plan -> !compared.containsKey(plan.plan()))
        .toList();
  }

  private boolean isQuiet(Expected<K> plan) {
    return plan.isQuiet(account.facts().id());
  }

  private Optional<String> confirmMissing() {
    Set<K> before =
        candidates(byKey.values()).stream().map(Expected::plan).collect(Collectors.toSet());
    if (before.isEmpty()) {
      return Optional.empty();
    }
    boolean probed = false;
    for (Expected<K> plan : candidates(expected.get())) {
      if (!before.contains(plan.plan())) {
        continue; // made or written while the listing went on
      }
      Verdict verdict = confirm(plan);
      if (verdict == Verdict.MISSING && !probed) {
        Optional<String> otherAccount = sameAccount();
        if (otherAccount.isPresent()) {
          return otherAccount;
        }
        probed = true;
      }
      compared.put(plan.plan(), new Compared<>(plan, verdict, clock.instant()));
    }
    return Optional.empty();
  }

  /** A read by id of what the listing did not show. */
  private Verdict confirm(Expected<K> plan) {
    Memory memory = plan.memory();
    Sought sought =
        new Sought(
            plan.desired().identity(),
            Optional.of(plan.desired()),
            Optional.of(memory.binding().externalId()),
            false,
            memory.binding().handles(),
            memory.journal().intents(),
            memory.journal().lookedAt());
    return switch (account.provider().find(sought)) {
      case Observation.Absent<R> absent -> Verdict.MISSING;
      case Observation.Found<R>(R world, var ownership) -> compare(plan, world);
      case Observation.Unsettled<R> unsettled -> Verdict.SAME;
      // Each has its own reason and message, which the Plan's own read finds.
      case Observation.Archived<R> archived -> Verdict.DIFFERS;
      case Observation.Foreign<R> foreign -> Verdict.DIFFERS;
      case Observation.Ambiguous<R> ambiguous -> Verdict.DIFFERS;
      case Observation.ForeignDraft<R> draft -> Verdict.DIFFERS;
      case Observation.Unresolved<R> unresolved -> Verdict.DIFFERS;
    };
  }

  private Optional<List<SweepReport.Unclaimed>> unclaimed(
      Set<String> claimedBefore, Map<String, Instant> since) {
    Set<String> claimedAfter = claimed.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    List<SweepReport.Unclaimed> unclaimed = new ArrayList<>();
    for (Listed<R> listed : strangers.values()) {
      String key = listed.identity().map(Identity::key).orElse("");
      if (!claimedBefore.contains(key) && !claimedAfter.contains(key)) {
        unclaimed.add(
            new SweepReport.Unclaimed(
                key,
                listed.externalId(),
                listed.title(),
                listed.onSale(),
                since.getOrDefault(listed.externalId(), now)));
      }
    }
    return Optional.of(unclaimed);
  }

  /** Only plans that are still what was compared: who was edited meanwhile looks by itself. */
  private SweepReport<K> report(
      Instant started, Optional<String> error, Optional<List<SweepReport.Unclaimed>> unclaimed) {
    Map<K, Expected<K>> now =
        expected.get().stream()
            .collect(Collectors.toMap(Expected::plan, plan -> plan, (one, other) -> one));
    Map<Verdict, List<K>> found = new HashMap<>();
    for (Compared<K> each : compared.values()) {
      Expected<K> current = now.get(each.subject().plan());
      if (current != null
          && current.isUntouchedSince(each.readAt(), each.subject().hash(), account.facts().id())) {
        found.computeIfAbsent(each.verdict(), v -> new ArrayList<>()).add(current.plan());
      }
    }
    List<K> same = found.getOrDefault(Verdict.SAME, List.of());
    List<K> differing = found.getOrDefault(Verdict.DIFFERS, List.of());
    List<K> missing = found.getOrDefault(Verdict.MISSING, List.of());
    return new SweepReport<>(
        started,
        clock.instant(),
        same.size() + differing.size() + missing.size(),
        differing,
        missing,
        found.getOrDefault(Verdict.UNREAD, List.of()),
        unclaimed,
        account.provider().holdsMarks(),
        error);
  }
}
