package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountConfig.Aliases;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider.Planning;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.sandbox.IdSource;
import dev.planwright.sandbox.SandboxHandler;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.RandomPlans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox in memory, and a provider that talks to it; notes every call, and holds each against
 * the protocol's document: the sandbox could be as wrong as the provider.
 */
final class SandboxAccount implements ApiClient, AutoCloseable {
  static final String OWNER = "shop-prod";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final OpenApiContract PROTOCOL = protocol();

  final SandboxHandler sandbox =
      SandboxHandler.create(SandboxOptions.inMemory().withIds(IdSource.counting()));
  final HttpProvider provider;
  final List<String> calls = new ArrayList<>();

  /** All that the provider sent, with each answer's status. */
  final StringBuilder conversation = new StringBuilder();

  /** Stands between provider and server: a deliberately wrong mapping. */
  UnaryOperator<JsonNode> onTheWay = UnaryOperator.identity();

  SandboxAccount() {
    this(Aliases.NONE);
  }

  SandboxAccount(Aliases aliases) {
    ObjectNode block = JSON.createObjectNode().put("url", "http://127.0.0.1/");
    AccountConfig config =
        new AccountConfig("shop/default", OWNER, AccountEnvironment.SANDBOX, block, aliases);
    provider = new HttpProvider(config, this, InstantSource.system());
    RandomPlans.METRICS.forEach(name -> reference("metrics", name, "Count"));
    reference("metrics", RandomPlans.LICENSED_METRIC, "Count");
    RandomPlans.MONEY_METRICS.forEach(name -> reference("metrics", name, "Major"));
    RandomPlans.FEATURES.forEach(name -> reference("features", name, ""));
    RandomPlans.PRODUCTS.forEach(name -> reference("products", name, ""));
  }

  static OpenApiContract protocol() {
    try {
      return new OpenApiContract(new YAMLMapper().readTree(Path.of("docs/protocol.yaml").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reference(String kind, String name, String unit) {
    ObjectNode body = JSON.createObjectNode();
    if (!unit.isEmpty()) {
      body.put("unit", unit);
    }
    control("PUT", "/sandbox/" + kind + "/" + name, body);
  }

  void subscribe(String key, int count) {
    control(
        "POST",
        "/sandbox/plans/" + key + "/subscribers",
        JSON.createObjectNode().put("count", count));
  }

  /** What somebody does by hand. */
  void edit(String key, String patch) {
    control("PATCH", "/sandbox/plans/" + key, parse(patch));
  }

  void faults(String json) {
    control("PUT", "/sandbox/faults", parse(json));
  }

  JsonNode quote(String key, JsonNode body) {
    return control("POST", "/sandbox/plans/" + key + "/quote", body);
  }

  /** A call that is none of the provider's. */
  JsonNode control(String method, String target, @Nullable JsonNode body) {
    ApiResponse response = handle(method, target, Map.of(), Optional.ofNullable(body));
    if (!response.isSuccess()) {
      throw new AssertionError(method + " " + target + ": " + response.body());
    }
    return response.body();
  }

  JsonNode stored(String key) {
    return handle("GET", "/plans/" + Calls.encode(key), Map.of(), Optional.empty()).body();
  }

  /** Writes that the provider sent, in order. */
  List<String> writes() {
    return calls.stream().filter(call -> !call.startsWith("GET")).toList();
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    assertThat(PROTOCOL.faults(request.method(), request.target(), request.body()))
        .as("against docs/protocol.yaml")
        .isEmpty();
    calls.add(request.method() + " " + request.target());
    ApiResponse response =
        handle(request.method(), request.target(), request.headers(), request.body().map(onTheWay));
    note(request, response);
    return response;
  }

  private void note(ApiRequest request, ApiResponse response) {
    conversation.append(request.method()).append(' ').append(request.target()).append('\n');
    new TreeMap<>(request.headers())
        .forEach((name, value) -> conversation.append(name + ": " + value + "\n"));
    request.body().ifPresent(json -> conversation.append(json.toPrettyString()).append('\n'));
    conversation.append("-> ").append(response.status()).append("\n\n");
  }

  private ApiResponse handle(
      String method, String target, Map<String, String> headers, Optional<JsonNode> body) {
    Map<String, String> all = new HashMap<>(Map.of("authorization", "Bearer sandbox"));
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    body.ifPresent(json -> all.put("content-type", "application/json"));
    SandboxResponse response =
        sandbox.handle(
            new SandboxRequest(method, target, all, body.map(this::bytes).orElse(new byte[0])));
    Map<String, String> answered = new HashMap<>();
    response.headers().forEach((name, value) -> answered.put(name.toLowerCase(Locale.ROOT), value));
    return new ApiResponse(
        response.status(),
        answered,
        response.body().length == 0 ? MissingNode.getInstance() : parse(response.text()));
  }

  private byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Observation<HttpWorld> find(CatalogPlan plan) {
    return provider.find(sought(plan.identity(), Optional.of(plan), Optional.empty()));
  }

  static Sought sought(Identity identity, Optional<CatalogPlan> desired, Optional<String> namedId) {
    return new Sought(
        identity, desired, namedId, namedId.isPresent(), Handles.NONE, List.of(), Optional.empty());
  }

  /** What is to be done now. */
  List<Step> plan(CatalogPlan plan, ExistingSubscribers policy) {
    HttpWorld world = find(plan).worldIfAny().orElseThrow();
    return provider.plan(plan, world, new Planning(policy, Handles.NONE));
  }

  /** One round; its steps. */
  List<Step> round(CatalogPlan plan, ExistingSubscribers policy) {
    List<Step> steps = plan(plan, policy);
    steps.forEach(this::execute);
    return steps;
  }

  Handles execute(Step step) {
    ApiResponse response = send(step.request().apply(new Step.Sending(Handles.NONE, "")));
    if (!response.isSuccess() && !step.alsoDone().contains(response.status())) {
      throw new AssertionError(step.title() + ": " + provider.refusal(step, response));
    }
    return step.learn().apply(Handles.NONE, response);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
