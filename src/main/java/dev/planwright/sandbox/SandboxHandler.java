package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.sandbox.Database.Transaction;
import dev.planwright.sandbox.Database.Work;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests, whether they came over HTTP or from memory. Safe for many threads at once: each
 * request is one transaction of the database.
 */
public final class SandboxHandler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxHandler.class);

  private final SandboxOptions options;
  private final Database database;
  private final Faults faults = new Faults();
  private final PlanRoutes plans;
  private final ControlRoutes controls;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();

  private SandboxHandler(SandboxOptions options, Database database) {
    this.options = options;
    this.database = database;
    this.plans = new PlanRoutes(options, faults);
    this.controls = new ControlRoutes(options, faults);
  }

  /** Opens the database of the options: in memory it is empty. */
  public static SandboxHandler create(SandboxOptions options) {
    return new SandboxHandler(options, Database.open(options.database()));
  }

  /** A copy in memory with the same plans, history and subscribers, and no fault switched on. */
  public SandboxHandler fork() {
    return new SandboxHandler(options, database.fork());
  }

  /**
   * How much there is.
   *
   * @param plans stored now
   * @param prices of those plans together
   * @param history rows of all plans that ever were
   * @param subscribers of all plans together
   * @param calls of the protocol that came, refused ones included; the sandbox's own are not
   *     counted
   * @param writes those of them that were no GET
   */
  public record Counts(
      long plans, long prices, long history, long subscribers, long calls, long writes) {}

  public Counts counts() {
    return database.transaction(
        tx ->
            new Counts(
                tx.number("select count(*) from plan"),
                tx.number("select coalesce(sum(prices), 0) from plan"),
                tx.number("select count(*) from history"),
                tx.number("select coalesce(sum(quantity), 0) from subscriber"),
                calls.get(),
                writes.get()));
  }

  /** Never throws for what a client did; a failure of the server itself is a 500. */
  public SandboxResponse handle(SandboxRequest request) {
    String requestId = "req-" + requests.incrementAndGet();
    boolean control = request.target().startsWith("/sandbox");
    if (!control) {
      calls.incrementAndGet();
      if (!request.method().equals("GET")) {
        writes.incrementAndGet();
      }
    }
    Duration latency = control ? Duration.ZERO : faults.latency();
    try {
      authenticate(request);
      Call call = Call.of(request);
      return (control ? respond(route(call, true), requestId) : faulty(call, requestId))
          .withLatency(latency);
    } catch (Problem problem) {
      return respond(problem, requestId, Map.of()).withLatency(latency);
    } catch (RuntimeException e) {
      // The boundary of the server: whatever went wrong is one client's 500, not everybody's end.
      LOG.error("{} failed", requestId, e);
      Problem problem = Problem.of(Problem.Kind.INTERNAL, "the server failed, see its log");
      return respond(problem, requestId, Map.of()).withLatency(latency);
    }
  }

  private void authenticate(SandboxRequest request) {
    byte[] sent =
        Optional.ofNullable(request.headers().get("authorization"))
            .orElse("")
            .getBytes(StandardCharsets.UTF_8);
    byte[] right = ("Bearer " + options.apiKey()).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(sent, right)) {
      throw Problem.of(
          Problem.Kind.UNAUTHORIZED, "send the key as Authorization: Bearer, or another key");
    }
  }

  private SandboxResponse faulty(Call call, String requestId) {
    Optional<Long> retryAfter = faults.takeTooManyRequests();
    if (retryAfter.isPresent()) {
      return respond(
          Problem.of(Problem.Kind.TOO_MANY_REQUESTS, "too many requests; nothing was done"),
          requestId,
          Map.of("Retry-After", String.valueOf(retryAfter.get())));
    }
    if (faults.takeUnavailable()) {
      throw Problem.of(Problem.Kind.UNAVAILABLE, "the server is not available; nothing was done");
    }
    boolean keep = !(call.writes() && faults.takeDroppedWrite());
    Answer answer = route(call, keep);
    if (call.writes()) {
      switch (faults.takeAfterCommit()) {
        case FAIL ->
            throw Problem.of(Problem.Kind.INTERNAL, "the server failed after it had done the work");
        case LOSE -> {
          return SandboxResponse.lostAnswer();
        }
        case ANSWER -> {}
      }
    }
    return respond(answer, requestId);
  }

  private Answer route(Call call, boolean keep) {
    return switch (call.path().size()) {
      case 0 -> {
        method(call, "GET");
        call.only();
        yield Answer.ok(plans.probe());
      }
      case 1 -> collections(call);
      default ->
          switch (call.segment(0)) {
            case "plans" -> plan(call, keep);
            case "sandbox" -> control(call);
            default -> throw nowhere(call);
          };
    };
  }

  private Answer collections(Call call) {
    String name = call.segment(0);
    method(call, "GET");
    return switch (name) {
      case "plans" -> run(tx -> plans.list(call, tx));
      case "metrics", "features", "products" ->
          run(tx -> plans.references(call, tx, kind(call, name)));
      case "sandbox" -> Answer.ok(countsJson());
      default -> throw nowhere(call);
    };
  }

  private Answer plan(Call call, boolean keep) {
    if (call.path().size() == 2) {
      Function<Transaction, Answer> work =
          switch (call.method()) {
            case "GET" -> tx -> plans.get(call, tx);
            case "PUT" -> tx -> plans.put(call, tx);
            case "DELETE" -> tx -> plans.delete(call, tx);
            default -> throw notAllowed(call);
          };
      return database.transaction(work::apply, keep);
    }
    if (call.path().size() == 3 && call.segment(2).equals("archive")) {
      method(call, "POST");
      return database.transaction(tx -> plans.archive(call, tx), keep);
    }
    if (call.path().size() == 3 && call.segment(2).equals("history")) {
      method(call, "GET");
      return run(tx -> plans.history(call, tx));
    }
    throw nowhere(call);
  }

  private Answer control(Call call) {
    String route = call.method() + " " + call.segment(1);
    String last = call.path().size() == 4 ? "/" + call.segment(3) : "";
    if (call.path().size() == 2) {
      return switch (route) {
        case "GET faults" -> Answer.ok(faults.json());
        case "PUT faults" -> controls.setFaults(call);
        case "POST reset" -> reset(call);
        default -> throw nowhere(call);
      };
    }
    if (call.path().size() > 4) {
      throw nowhere(call);
    }
    return switch (route + last) {
      case "PUT metrics", "PUT features", "PUT products" ->
          run(tx -> controls.putReference(call, tx, kind(call, call.segment(1))));
      case "DELETE metrics", "DELETE features", "DELETE products" ->
          run(tx -> controls.deleteReference(call, tx, kind(call, call.segment(1))));
      case "PATCH plans" -> run(tx -> controls.edit(call, tx));
      case "GET plans/subscribers" -> run(tx -> controls.subscribers(call, tx));
      case "POST plans/subscribers" -> run(tx -> controls.subscribe(call, tx));
      case "DELETE plans/subscribers" -> run(tx -> controls.unsubscribe(call, tx));
      case "POST plans/quote" -> run(tx -> controls.quote(call, tx));
      default -> throw nowhere(call);
    };
  }

  private Answer reset(Call call) {
    call.only();
    database.clear();
    faults.set(Json.object());
    return Answer.nothing();
  }

  private com.fasterxml.jackson.databind.node.ObjectNode countsJson() {
    Counts counts = counts();
    return Json.object()
        .put("plans", counts.plans())
        .put("prices", counts.prices())
        .put("history", counts.history())
        .put("subscribers", counts.subscribers())
        .put("calls", counts.calls())
        .put("writes", counts.writes());
  }

  private Answer run(Work<Answer> work) {
    return database.transaction(work);
  }

  private static References.Kind kind(Call call, String plural) {
    for (References.Kind kind : References.Kind.values()) {
      if (kind.plural().equals(plural)) {
        return kind;
      }
    }
    throw nowhere(call);
  }

  private static void method(Call call, String method) {
    if (!call.method().equals(method)) {
      throw notAllowed(call);
    }
  }

  private static Problem notAllowed(Call call) {
    return Problem.of(
        Problem.Kind.METHOD_NOT_ALLOWED, call.method() + " cannot be done on this path");
  }

  private static Problem nowhere(Call call) {
    return Problem.of(
        Problem.Kind.NOT_FOUND, "there is no " + call.method() + " " + call.request().target());
  }

  private static SandboxResponse respond(Answer answer, String requestId) {
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("X-Request-Id", requestId);
    byte[] body =
        answer.body().map(json -> write(json, "application/json", headers)).orElse(new byte[0]);
    return new SandboxResponse(answer.status(), headers, body, Duration.ZERO, false);
  }

  private static SandboxResponse respond(
      Problem problem, String requestId, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("X-Request-Id", requestId);
    if (problem.kind() == Problem.Kind.UNAUTHORIZED) {
      headers.put("WWW-Authenticate", "Bearer");
    }
    byte[] body = write(problem.body(requestId), "application/problem+json", headers);
    return new SandboxResponse(problem.kind().status(), headers, body, Duration.ZERO, false);
  }

  private static byte[] write(JsonNode json, String type, Map<String, String> headers) {
    headers.put("Content-Type", type);
    return Json.bytes(json);
  }

  @Override
  public void close() {
    database.close();
  }
}
