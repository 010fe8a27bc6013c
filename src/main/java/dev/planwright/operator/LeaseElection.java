package dev.planwright.operator;

import dev.planwright.backend.client.CallGate;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who of several operators works: the one that holds the Lease.
 *
 * <p>Whether we lead is a matter of time, not of the last answer: {@link #closed()} compares the
 * clock with the last renewal, so a process that was stopped for a minute finds itself out before
 * its next call, though nobody has told it anything. Once lost is lost for good: the process ends,
 * because nobody knows what its runs in flight have read.
 *
 * <p>The times in the Lease are never compared with our clock, since the other's clock may be
 * wrong: a Lease is free when we saw it unchanged for as long as it says.
 */
public final class LeaseElection implements CallGate {
  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final LeaseTiming timing;
  private final InstantSource clock;
  private final RequestConfig requests;

  private final Object lock = new Object();
  private String seen = "";
  private Instant seenSince = Instant.EPOCH;
  private @Nullable Instant leadingSince;
  private boolean takenUnreleased;
  private Duration longestCall;
  private Instant renewed = Instant.EPOCH;
  private @Nullable String over;
  private String holder = "";

  /**
   * @param namespace of the Lease
   * @param name of the Lease
   * @param identity of this process; no other process, and no earlier one, may have the same
   */
  public LeaseElection(
      KubernetesClient client,
      String namespace,
      String name,
      String identity,
      LeaseTiming timing,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
    this.timing = timing;
    this.longestCall = timing.lastCalls();
    this.clock = clock;
    // The client's own ten repetitions would outlast the Lease; the next look is the repetition.
    this.requests =
        new RequestConfigBuilder()
            .withRequestTimeout((int) timing.renewWithin().dividedBy(2).toMillis())
            .withRequestRetryBackoffLimit(0)
            .build();
  }

  /** Whether we lead, as the clock says now. */
  public boolean isLeading() {
    return closed().isEmpty();
  }

  /** Why we will never lead again; empty while we lead or may come to it. */
  public Optional<String> lost() {
    synchronized (lock) {
      if (over == null && leadingSince != null && isExpired()) {
        over =
            "the Lease %s/%s was not renewed within %d s"
                .formatted(namespace, name, timing.renewWithin().toSeconds());
      }
      return Optional.ofNullable(over);
    }
  }

  @Override
  public Optional<String> closed() {
    synchronized (lock) {
      Optional<String> lost = lost();
      if (lost.isPresent() || leadingSince != null) {
        return lost;
      }
      return Optional.of("the Lease %s/%s is held by another operator".formatted(namespace, name));
    }
  }

  /** Who holds the Lease, as last seen; {@code ""} when nobody does. */
  public String holder() {
    synchronized (lock) {
      return holder;
    }
  }

  /**
   * Until when no object may be created that no unique key protects. Who loses the Lease without
   * releasing it may have sent a create in its last moment, which lands as late as its timeout.
   *
   * @param timeout of one call to that backend, as it is set now; {@link LeaseTiming#lastCalls}
   *     counts where that is longer
   * @return a moment still to come; empty when the Lease was released to us, was new, or the time
   *     is over
   */
  @Override
  public Optional<Instant> holdUnguardedCreates(Duration timeout) {
    synchronized (lock) {
      Duration call = longer(timeout, timing.lastCalls());
      longestCall = longer(call, longestCall);
      return lastCallsUntil(call);
    }
  }

  private Optional<Instant> lastCallsUntil(Duration call) {
    return leadingSince == null || !takenUnreleased
        ? Optional.empty()
        : Optional.of(leadingSince.plus(call)).filter(clock.instant()::isBefore);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /**
   * One look at the Lease: takes it when it is free, renews it when it is ours.
   *
   * @return whether we lead now
   * @throws KubernetesClientException when the API server does not answer as it should; the Lease
   *     may be ours or not, and the next look tells
   */
  public boolean attempt() {
    if (lost().isPresent()) {
      return false;
    }
    // Taken before the request: from then on others may count, whenever the answer comes.
    Instant now = clock.instant();
    Lease lease = request(c -> c.leases().inNamespace(namespace).withName(name).get());
    if (lease == null) {
      return create(now);
    }
    LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
    String held = Objects.requireNonNullElse(spec.getHolderIdentity(), "");
    if (held.equals(identity)) {
      return write(lease, spec, now, false);
    }
    synchronized (lock) {
      holder = held;
      if (leadingSince != null) {
        over = "the Lease %s/%s was taken by %s".formatted(namespace, name, said(held));
        return false;
      }
    }
    if (held.isEmpty()) {
      return write(lease, spec, now, false);
    }
    return isAbandoned(lease, spec, now) && write(lease, spec, now, true);
  }

  /**
   * Lets others take the Lease at once. Only to be called when no call is on its way: else the next
   * leader would not wait for it. Does nothing when we do not lead, and nothing while a call of
   * whoever held it before us may still land: the next leader has to wait for that one too.
   *
   * @throws KubernetesClientException when it could not be written: it runs out by itself
   */
  public void release() {
    synchronized (lock) {
      if (leadingSince == null || lost().isPresent()) {
        return;
      }
      boolean inherited = lastCallsUntil(longestCall).isPresent();
      over =
          "the Lease %s/%s was %s"
              .formatted(namespace, name, inherited ? "left to run out" : "released");
      if (inherited) {
        return;
      }
    }
    for (int attempt = 1; ; attempt++) {
      try {
        writeReleased();
        return;
      } catch (KubernetesClientException e) {
        // A renewal of our own was on its way; no further one starts.
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == 3) {
          throw e;
        }
      }
    }
  }

  private void writeReleased() {
    Lease lease = request(c -> c.leases().inNamespace(namespace).withName(name).get());
    if (lease == null
        || lease.getSpec() == null
        || !identity.equals(lease.getSpec().getHolderIdentity())) {
      return;
    }
    Lease free =
        new LeaseBuilder(lease)
            .editSpec()
            .withHolderIdentity("")
            .withLeaseDurationSeconds(1)
            .endSpec()
            .build();
    request(c -> c.leases().inNamespace(namespace).resource(free).update());
  }

  private boolean create(Instant now) {
    synchronized (lock) {
      if (leadingSince != null) {
        // Somebody deleted it, and another may have made it and deleted it again.
        over = "the Lease %s/%s was deleted".formatted(namespace, name);
        return false;
      }
    }
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .withSpec(ours(new LeaseSpec(), now, true))
            .build();
    return send(() -> request(c -> c.leases().resource(lease).create()), now, false);
  }

  private boolean write(Lease lease, LeaseSpec spec, Instant now, boolean unreleased) {
    boolean taken = !identity.equals(spec.getHolderIdentity());
    Lease next = new LeaseBuilder(lease).withSpec(ours(spec, now, taken)).build();
    // With the version read: of two that take it at once, one is refused.
    return send(
        () -> request(c -> c.leases().inNamespace(namespace).resource(next).update()),
        now,
        unreleased);
  }

  private boolean send(Runnable write, Instant now, boolean unreleased) {
    try {
      write.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
    synchronized (lock) {
      if (lost().isPresent()) {
        return false;
      }
      renewed = now;
      holder = identity;
      if (leadingSince == null) {
        leadingSince = clock.instant();
        takenUnreleased = unreleased;
      }
      return lost().isEmpty();
    }
  }

  private LeaseSpec ours(LeaseSpec before, Instant now, boolean taken) {
    ZonedDateTime time = now.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    LeaseSpec spec = new LeaseSpec();
    spec.setHolderIdentity(identity);
    spec.setLeaseDurationSeconds((int) timing.duration().toSeconds());
    spec.setRenewTime(time);
    spec.setAcquireTime(taken ? time : before.getAcquireTime());
    int transitions = Objects.requireNonNullElse(before.getLeaseTransitions(), 0);
    spec.setLeaseTransitions(taken ? transitions + 1 : transitions);
    return spec;
  }

  private boolean isAbandoned(Lease lease, LeaseSpec spec, Instant now) {
    String version =
        spec.getHolderIdentity()
            + "/"
            + spec.getRenewTime()
            + "/"
            + lease.getMetadata().getResourceVersion();
    int seconds = Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 0);
    Duration holds = Duration.ofSeconds(Math.max(seconds, timing.duration().toSeconds()));
    synchronized (lock) {
      if (!version.equals(seen)) {
        seen = version;
        // Counted from now on, not from the time in it: the other's clock may be wrong.
        seenSince = now;
        return false;
      }
      return !now.isBefore(seenSince.plus(holds));
    }
  }

  /** A clock that was set back tells nothing about how long it has been: taken for too long. */
  private boolean isExpired() {
    Duration age = Duration.between(renewed, clock.instant()).abs();
    return age.compareTo(timing.renewWithin()) >= 0;
  }

  private <T extends @Nullable Object> T request(Function<KubernetesClient, T> call) {
    return client
        .adapt(NamespacedKubernetesClient.class)
        .withRequestConfig(requests)
        .call(call::apply);
  }

  private static String said(String held) {
    return held.isEmpty() ? "nobody" : held;
  }
}
