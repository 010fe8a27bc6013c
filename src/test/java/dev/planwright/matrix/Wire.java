package dev.planwright.matrix;

import dev.planwright.backend.client.ManualClock;
import dev.planwright.backend.client.Transport;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportException;
import dev.planwright.backend.client.TransportReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The way to the server, on which calls get lost. Lives on when the process dies: what is under way
 * still arrives.
 */
final class Wire implements Transport {
  /** How long a call may be under way: its timeout and what comes on top at the server. */
  static final Duration LATEST = Duration.ofSeconds(45);

  /** Reads are behind for this many reads, or for this long. */
  private static final int LAGGING_READS = 6;

  private static final Duration LAG = Duration.ofSeconds(20);

  private final Server server;
  private final ManualClock clock;
  private final Plot plot;

  private Optional<Late> late = Optional.empty();
  private Optional<Lag> lag = Optional.empty();
  private int writes;

  private record Late(TransportCall call, Fault fault, Instant latest) {}

  private static final class Lag {
    private final Server before;
    private final Instant until;
    private int readsLeft = LAGGING_READS;

    Lag(Server before, Instant until) {
      this.before = before;
      this.until = until;
    }
  }

  Wire(Server server, ManualClock clock, Plot plot) {
    this.server = server;
    this.clock = clock;
    this.plot = plot;
  }

  /** Calls that change something, as far as the process sent them. */
  int writes() {
    return writes;
  }

  @Override
  public TransportReply send(TransportCall call, Duration timeout) throws TransportException {
    deliverWhatIsDue();
    if (call.method().equals("GET")) {
      return read(call);
    }
    deliver(Fault.LATE_BEFORE_NEXT_WRITE, Fault.LATE_BEFORE_NEXT_WRITE_AND_DIES);
    Optional<Fault> fault =
        plot.reach(Boundary.Kind.CALL, call.method() + " " + call.uri().getRawPath());
    TransportReply reply = fault.isEmpty() ? write(call) : disturbed(call, fault.get());
    deliver(Fault.LATE_AFTER_NEXT_WRITE, Fault.LATE_AFTER_NEXT_WRITE_AND_DIES);
    return reply;
  }

  private TransportReply read(TransportCall call) {
    if (lag.isPresent()
        && (lag.get().readsLeft == 0 || !clock.instant().isBefore(lag.get().until))) {
      endLag();
    }
    if (lag.isEmpty() || !server.mayLag(call)) {
      return server.answer(call);
    }
    lag.get().readsLeft--;
    return lag.get().before.answer(call);
  }

  private TransportReply disturbed(TransportCall call, Fault fault) throws TransportException {
    return switch (fault) {
      case DIES_BEFORE_SEND -> throw new ProcessDied();
      case DONE_AND_DIES -> {
        write(call);
        throw new ProcessDied();
      }
      case DONE_AND_ANSWER_LOST -> {
        write(call);
        throw lost();
      }
      case NEVER_ARRIVED -> throw lost();
      case LATE_BEFORE_NEXT_WRITE, LATE_AFTER_NEXT_WRITE, LATE_AT_REST -> {
        late = Optional.of(new Late(call, fault, clock.instant().plus(LATEST)));
        throw lost();
      }
      case LATE_BEFORE_NEXT_WRITE_AND_DIES,
          LATE_AFTER_NEXT_WRITE_AND_DIES,
          LATE_AT_REST_AND_DIES -> {
        late = Optional.of(new Late(call, fault, clock.instant().plus(LATEST)));
        throw new ProcessDied();
      }
      case ERROR_AFTER_COMMIT -> {
        write(call);
        yield serverError();
      }
      case ERROR_WITHOUT_COMMIT -> {
        yield serverError();
      }
      case READS_LAG, READS_LAG_AND_DIES -> {
        lag = Optional.of(new Lag(server.copy(), clock.instant().plus(LAG)));
        TransportReply reply = write(call);
        if (fault.isDeadly()) {
          throw new ProcessDied();
        }
        yield reply;
      }
      case WRITE_REFUSED, DIES_BEFORE_WRITE, DIES_AFTER_WRITE, STALE_CACHE, STALE_CACHE_AND_DIES ->
          throw new IllegalStateException(fault + " is no fault of a call");
    };
  }

  private TransportReply write(TransportCall call) {
    writes++;
    return server.answer(call);
  }

  private void deliverWhatIsDue() {
    if (late.isPresent() && !clock.instant().isBefore(late.get().latest())) {
      deliver();
    }
  }

  private void deliver(Fault one, Fault other) {
    if (late.isPresent() && (late.get().fault() == one || late.get().fault() == other)) {
      deliver();
    }
  }

  /** Everything comes to rest: what is under way lands, and reads are no longer behind. */
  void settle() {
    deliver();
    endLag();
  }

  /** Nobody waits for the answer of what lands late. */
  private void deliver() {
    if (late.isPresent()) {
      TransportCall call = late.get().call();
      late = Optional.empty();
      server.answer(call);
    }
  }

  private void endLag() {
    lag.ifPresent(l -> l.before.close());
    lag = Optional.empty();
  }

  private static TransportException lost() {
    return new TransportException(true, "timed out");
  }

  private static TransportReply serverError() {
    return new TransportReply(
        500,
        Map.of("content-type", "text/plain"),
        "Internal Server Error".getBytes(StandardCharsets.UTF_8));
  }
}
