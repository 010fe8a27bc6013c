package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A namespace whose manifests are the examples of one billing system, and that billing system,
 * served over HTTP.
 */
final class Shop implements AutoCloseable {
  private static final Path EXAMPLES = Path.of("examples");

  /** An emulator has no limits that a test would have to wait for. */
  private static final String LIMITS = "limits: {requestsPerSecond: 500, maxConcurrent: 16}";

  final Vendor vendor;
  final Scene scene;
  private final EmulatorServer http;
  private volatile Gate gate = new Gate(Integer.MAX_VALUE);
  private final List<Gate> gates = new ArrayList<>();

  Shop(Vendor vendor, Scene scene) {
    this.vendor = vendor;
    this.scene = scene;
    this.http =
        new EmulatorServer(
            request -> {
              EmulatorResponse response = vendor.handle(request);
              if (!request.method().equals("GET")) {
                gate.pass();
              }
              return response;
            });
  }

  /** The Secret as the example's own comment says to make it, then all manifests. */
  void open() {
    scene.run(
        "create", "secret", "generic", vendor.secret(), "--from-literal=apiKey=" + vendor.key());
    scene.run("label", "secret", vendor.secret(), "planwright.dev/credentials=true");
    scene.apply(manifests());
  }

  /** All manifests of the example, with this namespace and this account. */
  String manifests() {
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(vendor.examples()))) {
      return files.sorted().map(Shop::text).map(this::here).collect(Collectors.joining("\n---\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of {@code examples/portable}. */
  String portable(String example) {
    return here(text(EXAMPLES.resolve("portable").resolve(example).resolve("plan.yaml")));
  }

  /** A plan of one flat monthly price of 49.00, by the portable example, under another name. */
  String flat(String name) {
    return portable("flat").replace("basic", name).replace("Basic", "Plan " + name);
  }

  private String here(String text) {
    return Stream.of(text.split("(?m)^---$", -1))
        .filter(document -> !document.contains("kind: Namespace"))
        .map(document -> document.replaceAll("namespace: [-a-z]+", "namespace: " + scene.namespace))
        .map(document -> document.replace("spec:\n  ownerId", "spec:\n  " + LIMITS + "\n  ownerId"))
        .map(document -> vendor.fitted(document, http.uri().toString()))
        .collect(Collectors.joining("---\n"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The external id of every object of this kind, by its name. */
  Map<String, String> ids(String kind) {
    Map<String, String> ids = new TreeMap<>();
    String lines = "{range .items[*]}{.metadata.name}={.status.externalId}{\"\\n\"}{end}";
    scene
        .run("get", kind, "-o", "jsonpath=" + lines)
        .lines()
        .map(line -> line.split("=", 2))
        .forEach(pair -> ids.put(pair[0], pair[1]));
    return ids;
  }

  String id(String plan) {
    String id = scene.get("bplan/" + plan, "{.status.externalId}");
    assertThat(id).as("external id of " + plan).isNotEmpty();
    return id;
  }

  /** Applies a flat plan and waits for it. Gives its id. */
  String sell(String name, String more) {
    scene.apply(with(flat(name), more));
    scene.awaitReady("bplan/" + name, "bprice/" + name + "-monthly");
    return id(name);
  }

  /** The manifests with a line more in the spec of the Plan. */
  static String with(String manifests, String more) {
    return manifests.replaceFirst(
        "requiredPrices:", (more.isEmpty() ? "" : more + "\n  ") + "requiredPrices:");
  }

  /** What these manifests say is let go: none of it needs a finalizer. */
  void clear(String manifests) {
    Map<String, String> left = new HashMap<>(ids("bplan"));
    delete(manifests);
    left.keySet().removeAll(ids("bplan").keySet());
    left.values().forEach(vendor::tidy);
  }

  void delete(String manifests) {
    scene.kubectl().mustRunWithInput(manifests, "delete", "--timeout=30s", "-f", "-");
  }

  /** Objects of these kinds are gone with all that they knew, and no operator is asked. */
  void lose(String kinds) {
    for (String object : scene.run("get", kinds, "-o", "name").lines().toList()) {
      scene.run("patch", object, "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    }
    scene.run("delete", kinds, "--all", "--timeout=30s");
  }

  // ---- being killed ---------------------------------------------------------------------------

  /** The n-th write from now on is done, and its answer is kept back. */
  Gate holdWrite(int n) {
    Gate next = new Gate(n);
    gates.add(next);
    gate = next;
    return next;
  }

  /** Nothing is kept back any more. */
  void letGo() {
    gate = new Gate(Integer.MAX_VALUE);
    gates.forEach(it -> it.open.countDown());
  }

  /** Lets writes pass but for one, whose answer it keeps back. */
  static final class Gate {
    private final int held;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    Gate(int held) {
      this.held = held;
    }

    /** Whether the write was done whose answer is kept back. */
    boolean isReached() {
      return reached.getCount() == 0;
    }

    private void pass() {
      if (seen.incrementAndGet() == held) {
        reached.countDown();
        try {
          open.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Override
  public void close() {
    letGo();
    http.close();
  }
}
