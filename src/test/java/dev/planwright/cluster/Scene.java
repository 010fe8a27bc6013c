package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.JdkTransport;
import dev.planwright.backend.client.Transport;
import dev.planwright.operator.OperatorOptions;
import dev.planwright.operator.PlanwrightOperator;
import dev.planwright.sandbox.SandboxHandler;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import dev.planwright.sandbox.SandboxServer;
import dev.planwright.testing.kube.KubeCluster;
import dev.planwright.testing.kube.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of the shared API server, one sandbox billing system, and an operator that can be
 * started and stopped: what a test plays in.
 */
final class Scene implements AutoCloseable {
  static final String SECRET =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: sandbox
        labels: {planwright.dev/credentials: "true"}
      stringData: {apiKey: "%s"}
      """;

  final KubeCluster cluster;
  final String namespace;
  final SandboxServer sandbox;

  private static final String CONDITIONS =
      "jsonpath={range .items[*]}{.kind}/{.metadata.name}: {.status.conditions}{\"\\n\"}{end}";

  /** A word of a shell's line, perhaps in single quotes. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Transport transport = new JdkTransport();
  private final List<String> fatal = new ArrayList<>();
  private final List<PlanwrightOperator> operators = new ArrayList<>();
  private final List<KubernetesClient> clients = new ArrayList<>();
  private final String values;
  private @Nullable Installation installation;
  private boolean lacksRights;

  /** With the operator's rights in a Role of the namespace. */
  Scene(String hint) {
    this(KubeCluster.shared(), hint, namespace -> "namespaces: [" + namespace + "]");
  }

  /** With the operator's rights in a ClusterRole, which outlives the namespace. */
  static Scene clusterWide(String hint) {
    return new Scene(
        KubeCluster.shared(),
        hint,
        namespace -> "namespaces: [" + namespace + "]\nrbac: {clusterWide: true}");
  }

  /**
   * @param valuesFor the values of the chart, YAML, for the namespace of the scene
   */
  Scene(KubeCluster cluster, String hint, UnaryOperator<String> valuesFor) {
    this.cluster = cluster;
    cluster.applyCrds(Path.of("crds"));
    namespace = cluster.newNamespace(hint);
    values = valuesFor.apply(namespace);
    try {
      sandbox = SandboxServer.start(SandboxOptions.inMemory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String metric : List.of("api-calls", "storage-gb", "sms")) {
      control("PUT", "/sandbox/metrics/" + metric, "{\"aggregation\":\"Sum\"}");
    }
    for (String feature : List.of("sso", "seats", "projects")) {
      control("PUT", "/sandbox/features/" + feature, "{}");
    }
  }

  /** Secret and BillingBackend {@code default}; {@code more} are further lines of its spec. */
  void applyBackend(String more) {
    applyBackend("sandbox", http(sandbox.uri().toString()), more);
  }

  /** The same on another billing system: its key and its provider block. */
  void applyBackend(String key, String provider, String more) {
    apply(SECRET.formatted(key));
    apply(backend(provider, more));
  }

  /** The provider block of the open protocol at this address. */
  static String http(String url) {
    return "http: {url: \"%s\", credentials: {secretRef: {name: sandbox, key: apiKey}}}"
        .formatted(url);
  }

  static String backend(String provider, String more) {
    return """
    apiVersion: planwright.dev/v1alpha1
    kind: BillingBackend
    metadata: {name: default}
    spec:
      ownerId: shop
      environment: Sandbox
      provider:
        %s
    %s\
    """
        .formatted(provider, more.indent(2));
  }

  /** Starts an operator that watches this namespace only. */
  PlanwrightOperator startOperator() {
    return startOperator(InstantSource.system());
  }

  /** The same with another idea of what time it is. */
  PlanwrightOperator startOperator(InstantSource clock) {
    KubernetesClient client = installation().newClient();
    clients.add(client);
    PlanwrightOperator operator =
        new PlanwrightOperator(
            new PlanwrightOperator.Surroundings(
                client, transport, CallGate.OPEN, clock, new SimpleMeterRegistry(), fatal::add),
            OperatorOptions.DEFAULT.withNamespaces(Set.of(namespace)));
    operators.add(operator);
    operator.start();
    return operator;
  }

  /** The operator's rights: those of the chart, and no other. Made when first asked for. */
  Installation installation() {
    if (installation == null) {
      installation = new Installation(cluster, namespace, values);
    }
    return installation;
  }

  /** Otherwise a right that the operator lacks fails the test at its end. */
  void expectLackOfRights() {
    lacksRights = true;
  }

  Kubectl kubectl() {
    return cluster.kubectl();
  }

  /** {@code kubectl -n <namespace> ...}, which must succeed. */
  String run(String... arguments) {
    return kubectl().mustRun(inNamespace(arguments));
  }

  Kubectl.Result tryRun(String... arguments) {
    return kubectl().run(inNamespace(arguments));
  }

  /** Runs a line that a message gives, word for word, as somebody on call would. */
  void runLine(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    assertThat(words).as(line).startsWith("kubectl");
    kubectl().mustRun(words.subList(1, words.size()).toArray(String[]::new));
  }

  void apply(String yaml) {
    kubectl().mustRunWithInput(yaml, inNamespace("apply", "-f", "-"));
  }

  Kubectl.Result tryApply(String yaml) {
    return kubectl().runWithInput(yaml, inNamespace("apply", "-f", "-"));
  }

  /** Asks the API server what it would say to this. */
  Kubectl.Result tryDry(String yaml) {
    return kubectl().runWithInput(yaml, inNamespace("apply", "--dry-run=server", "-f", "-"));
  }

  /** Ends the operator that was started last, as SIGTERM would. */
  void stopOperator() {
    operators.removeLast().stop(Duration.ofSeconds(10));
    clients.removeLast().close();
  }

  /** The identity that a Plan has on the sandbox when its manifest names none. */
  String key(String plan) {
    return namespace + "." + plan;
  }

  /** Waits until this passes; {@code what} names it when it does not. */
  void eventually(String what, ThrowingRunnable assertion) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(assertion);
  }

  void awaitCondition(String object, String type, String status, String reason) {
    eventually(
        "%s to say %s=%s %s".formatted(object, type, status, reason),
        () ->
            assertThat(condition(object, type, "status") + " " + condition(object, type, "reason"))
                .as(condition(object, type, "message"))
                .isEqualTo(status + " " + reason));
  }

  String condition(String object, String type, String field) {
    return get(object, "{.status.conditions[?(@.type==\"" + type + "\")]." + field + "}");
  }

  /** All events of the namespace: {@code <reason> <kind>/<name>: <note>}, a line each. */
  String events() {
    return run(
        "get",
        "events.events.k8s.io",
        "-o",
        "jsonpath={range .items[*]}{.reason} {.regarding.kind}/{.regarding.name}: {.note}{\"\\n"
            + "\"}{end}");
  }

  boolean exists(String object) {
    return !run("get", object, "--ignore-not-found", "-o", "name").isBlank();
  }

  /** The plan as the billing system has it now. */
  JsonNode stored(String plan) {
    try {
      return JSON.readTree(control("GET", "/plans/" + key(plan), "").body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the billing system would bill a new subscriber per month, as it was sent. */
  BigDecimal amount(String plan) {
    for (JsonNode price : stored(plan).path("prices")) {
      if (price.path("name").asText().equals(plan + "-monthly")) {
        return new BigDecimal(price.path("flat").path("amount").asText());
      }
    }
    throw new AssertionError(plan + " has no monthly price: " + stored(plan));
  }

  void subscribe(String plan, int count) {
    control("POST", "/sandbox/plans/" + key(plan) + "/subscribers", "{\"count\":" + count + "}");
  }

  void unsubscribe(String plan) {
    control("DELETE", "/sandbox/plans/" + key(plan) + "/subscribers", "");
  }

  /** Waits as a person would. */
  void awaitReady(String... objects) {
    List<String> arguments = new ArrayList<>(List.of("wait", "--for=condition=Ready"));
    arguments.addAll(List.of(objects));
    arguments.add("--timeout=60s");
    Kubectl.Result waited = tryRun(arguments.toArray(String[]::new));
    if (!waited.ok()) {
      throw new AssertionError(waited.stderr() + run("get", "bb,bplan,bprice", "-o", CONDITIONS));
    }
  }

  /** The same of every Plan and Price there is. */
  void awaitAllReady() {
    awaitReady("bplan,bprice", "--all");
  }

  String get(String object, String jsonPath) {
    return run("get", object, "-o", "jsonpath=" + jsonPath);
  }

  SandboxHandler.Counts counts() {
    return sandbox.handler().counts();
  }

  /** A call to the sandbox's own controls, or to the protocol itself, as a person would by hand. */
  SandboxResponse control(String method, String target, String body) {
    SandboxResponse response =
        sandbox
            .handler()
            .handle(
                new SandboxRequest(
                    method,
                    target,
                    Map.of("authorization", "Bearer sandbox", "content-type", "application/json"),
                    body.getBytes(StandardCharsets.UTF_8)));
    if (response.status() >= 300) {
      throw new AssertionError(
          method
              + " "
              + target
              + ": "
              + response.status()
              + " "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response;
  }

  private String[] inNamespace(String... arguments) {
    List<String> all = new ArrayList<>(List.of("-n", namespace));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    operators.forEach(operator -> operator.stop(Duration.ofSeconds(5)));
    clients.forEach(KubernetesClient::close);
    sandbox.close();
    if (!fatal.isEmpty()) {
      throw new AssertionError("the operator gave up: " + fatal);
    }
    if (installation != null && !lacksRights) {
      installation.assertNothingForbidden();
    }
  }
}
