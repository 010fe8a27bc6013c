package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.backend.Limits;
import dev.planwright.backend.client.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One BillingBackend in memory. Other threads read its state and leave wishes; all else belongs to
 * the reconciler, which runs once at a time for each object.
 */
final class BackendAccount {
  /** How often a Secret is read again while its key is missing or refused. */
  static final Duration SECRET_AGAIN = Duration.ofSeconds(30);

  /** How often a key is tried again that was refused, or that opened the wrong account. */
  static final Duration KEY_AGAIN = Duration.ofMinutes(5);

  private final String uid;
  private final Function<Limits, Lasting> firstLasting;
  private final AtomicBoolean recheck = new AtomicBoolean();
  private volatile boolean needed;
  private final AtomicReference<@Nullable SweepNews> news = new AtomicReference<>();
  private volatile Optional<String> sweepError = Optional.empty();
  private volatile AccountState state;
  private volatile @Nullable Lasting lasting;
  private volatile @Nullable Finding finding;
  private volatile Instant recheckedAt = Instant.EPOCH;

  private @Nullable BillingBackendSpec lookedSpec;
  private long lookedGeneration;
  private Finding.@Nullable Good lastGood;
  private int failures;
  private Instant nextLook = Instant.EPOCH;
  private Instant nextProbe = Instant.EPOCH;
  private String published = "";
  private Instant countWritten;

  BackendAccount(
      String uid, AccountState before, Function<Limits, Lasting> firstLasting, Instant born) {
    this.uid = uid;
    this.state = before;
    this.firstLasting = firstLasting;
    this.countWritten = born;
  }

  String uid() {
    return uid;
  }

  AccountState state() {
    return state;
  }

  Optional<Finding> finding() {
    return Optional.ofNullable(finding);
  }

  Optional<Finding.Good> lastGood() {
    return Optional.ofNullable(lastGood);
  }

  /** What outlives a reopening, with these ceilings from now on. */
  Lasting lasting(Limits limits) {
    Lasting known = lasting;
    Lasting current = known == null ? firstLasting.apply(limits) : known.adjust(limits);
    lasting = current;
    return current;
  }

  Optional<Lasting> lasting() {
    return Optional.ofNullable(lasting);
  }

  /** Asks for a look from the beginning. */
  void recheck() {
    recheck.set(true);
  }

  /** As {@link #recheck()}, but no more often than a Secret is worth reading. */
  boolean recheckSeldom(Instant now) {
    if (now.isBefore(recheckedAt.plus(SECRET_AGAIN))) {
      return false;
    }
    recheckedAt = now;
    recheck();
    return true;
  }

  void need() {
    needed = true;
  }

  /** Whether it is not enough any more to know the account from status. */
  boolean mustBeAsked() {
    return needed || (lastGood != null && lastGood.probed());
  }

  /** What a sweep found, to be written with the next status. */
  void report(SweepNews latest) {
    sweepError = latest.error();
    news.set(latest);
  }

  /** Why the last sweep could not conclude what it should. */
  Optional<String> sweepError() {
    return sweepError;
  }

  Optional<SweepNews> news() {
    return Optional.ofNullable(news.get());
  }

  void reported(SweepNews written) {
    news.compareAndSet(written, null);
  }

  /** Whether the account has to be looked at, from the beginning. */
  boolean mustLook(BillingBackend backend, Instant now) {
    boolean asked = recheck.getAndSet(false);
    Finding known = finding;
    return asked
        || known == null
        || isNew(backend)
        || !now.isBefore(nextLook)
        || (needed && isRemembered(known) && nextLook.equals(Instant.MAX));
  }

  private static boolean isRemembered(Finding known) {
    return known instanceof Finding.Good good && !good.probed();
  }

  /** The key that failed and is not sent again before its time, unless the Secret changes. */
  Optional<HeldKey> waitingFor(BillingBackend backend, Instant now) {
    return finding instanceof Finding.Bad bad && !isNew(backend) && now.isBefore(nextProbe)
        ? bad.key()
        : Optional.empty();
  }

  boolean isNew(BillingBackend backend) {
    return !backend.getSpec().equals(lookedSpec) || generation(backend) != lookedGeneration;
  }

  /** Notes what a look found, and when to look again. */
  void looked(BillingBackend backend, Finding found, Instant now, RandomGenerator random) {
    failures = isNew(backend) || found instanceof Finding.Good ? 0 : failures + 1;
    lookedSpec = backend.getSpec();
    lookedGeneration = generation(backend);
    finding = found;
    switch (found) {
      case Finding.Good good -> {
        lastGood = good;
        nextLook = Instant.MAX;
      }
      case Finding.Bad bad -> plan(bad, now, random);
      case Finding.Unknown unknown -> nextLook = now.plus(backoff(Optional.empty(), random));
    }
  }

  private void plan(Finding.Bad bad, Instant now, RandomGenerator random) {
    Duration wait = backoff(bad.after(), random);
    switch (bad.reason()) {
      // Only an edit can help, and that is seen.
      case INVALID_SPEC, INSECURE_URL, PAUSED -> nextLook = Instant.MAX;
      case UNREACHABLE -> {
        nextProbe = now.plus(wait);
        nextLook = nextProbe;
      }
      // Secrets are not watched, and reading one is cheap: somebody waits for it.
      default -> {
        nextProbe = now.plus(KEY_AGAIN);
        nextLook = now.plus(wait.compareTo(SECRET_AGAIN) < 0 ? wait : SECRET_AGAIN);
      }
    }
  }

  /** The Secret was read again and holds the key that failed. */
  void sameKey(Instant now) {
    Instant again = now.plus(SECRET_AGAIN);
    nextLook = again.isBefore(nextProbe) ? again : nextProbe;
  }

  /** Keeps what was found before, since the newest look could not tell. */
  void keep(Instant now, RandomGenerator random) {
    failures++;
    nextLook = now.plus(backoff(Optional.empty(), random));
  }

  /** The account with the key in memory, asked meanwhile. */
  void askedForDeletions(Finding.Good asked) {
    lastGood = asked;
  }

  /** What is left until the next look; empty when only an event leads to one. */
  Optional<Duration> untilNextLook(Instant now) {
    return nextLook.equals(Instant.MAX)
        ? Optional.empty()
        : Optional.of(Duration.between(now, nextLook));
  }

  /**
   * Makes a state known.
   *
   * @return whether Plans have to hear of it
   */
  boolean publish(AccountState next) {
    String mark = mark(next) + " " + lookedGeneration;
    boolean news = !mark.equals(published);
    state = next;
    published = mark;
    return news;
  }

  private static String mark(AccountState state) {
    return switch (state) {
      case AccountState.Usable usable -> "usable";
      case AccountState.Remembered remembered -> "remembered";
      case AccountState.NotLookedAt notYet -> "";
      case AccountState.Unusable unusable ->
          unusable.reason() + (unusable.forDeletions().isPresent() ? " deletes" : "");
    };
  }

  Instant countWritten() {
    return countWritten;
  }

  void countWritten(Instant when) {
    countWritten = when;
  }

  /** Generation that the newest look was about. */
  long generation() {
    return lookedGeneration;
  }

  private Duration backoff(Optional<Duration> asked, RandomGenerator random) {
    return Backoff.after(Math.max(1, failures), asked, random);
  }

  private static long generation(BillingBackend backend) {
    Long generation = backend.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
