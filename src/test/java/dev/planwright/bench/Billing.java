package dev.planwright.bench;

import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import dev.planwright.sandbox.SandboxHandler;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A sandbox over HTTP that takes 5 ms for each answer and remembers what it was asked. */
final class Billing implements AutoCloseable {
  private static final long LATENCY = TimeUnit.MILLISECONDS.toNanos(5);

  /**
   * @param nanos when it came, by {@link System#nanoTime}
   */
  record Asked(EmulatorRequest request, long nanos) {
    boolean isWrite() {
      return !request.method().equals("GET");
    }
  }

  private final SandboxHandler sandbox = SandboxHandler.create(SandboxOptions.inMemory());
  private final List<Asked> asked = new ArrayList<>();
  private final EmulatorServer server = new EmulatorServer((EmulatorHandler) this::answer);

  Billing() {
    for (String metric : List.of("api-calls", "storage-gb")) {
      answer(
          new SandboxRequest(
              "PUT",
              "/sandbox/metrics/" + metric,
              Map.of("authorization", "Bearer sandbox", "content-type", "application/json"),
              "{\"aggregation\":\"Sum\"}".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private EmulatorResponse answer(EmulatorRequest request) {
    synchronized (asked) {
      asked.add(new Asked(request, System.nanoTime()));
    }
    EmulatorResponse response =
        answer(
            new SandboxRequest(
                request.method(), request.target(), request.headers(), request.body()));
    LockSupport.parkNanos(LATENCY);
    return response;
  }

  private EmulatorResponse answer(SandboxRequest request) {
    SandboxResponse response = sandbox.handle(request);
    return new EmulatorResponse(response.status(), response.headers(), response.body());
  }

  URI uri() {
    return server.uri();
  }

  /** What it was asked so far, from the n-th request on. */
  List<Asked> askedFrom(int n) {
    synchronized (asked) {
      return List.copyOf(asked.subList(n, asked.size()));
    }
  }

  int count() {
    synchronized (asked) {
      return asked.size();
    }
  }

  /** Requests about one plan, in their order, by the Plan's name; the rest under "". */
  static Map<String, List<EmulatorRequest>> byPlan(List<Asked> all) {
    Map<String, List<EmulatorRequest>> plans = new LinkedHashMap<>();
    for (Asked one : all) {
      List<String> path = one.request().segments();
      String key = path.size() > 1 && path.getFirst().equals("plans") ? nameOf(path.get(1)) : "";
      plans.computeIfAbsent(key, k -> new ArrayList<>()).add(one.request());
    }
    return plans;
  }

  /** A key is {@code namespace.name} where the manifest says none. */
  static String nameOf(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  @Override
  public void close() {
    server.close();
    sandbox.close();
  }
}
