package dev.planwright.backend.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.schematic.SchematicControls;
import dev.planwright.emulator.schematic.SchematicDocument;
import dev.planwright.emulator.schematic.SchematicEmulator;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.RemovalRequest;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The production core and provider on an emulated account, with one Plan. The emulator takes
 * unknown fields as loosely as the vendor does, so every request is held against the vendor's
 * document first.
 */
final class Bench implements ApiClient {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  static final Policies KEEP = policies(Policies.ExistingSubscribers.KEEP);
  static final Policies MIGRATE = policies(Policies.ExistingSubscribers.MIGRATE);

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final InstantSource clock = () -> now;
  final SchematicEmulator server;
  final String environment;
  final SchematicProvider provider;
  private final String key;

  /** What status remembers. */
  Memory memory = Memory.EMPTY;

  String approval = "";

  /** Whether another Plan holds an id. */
  Predicate<String> claimed = id -> false;

  /** Spoils what is sent, from now on. */
  Consumer<ApiRequest> spoiling = request -> {};

  /** What becomes of the text of an answer on its way. */
  UnaryOperator<String> answering = text -> text;

  /** The same of what is sent: its path and its body. */
  UnaryOperator<String> asking = text -> text;

  /** The next call with this method that changes something is done, and its answer is lost. */
  Optional<String> losing = Optional.empty();

  /** The next call with this method is on its way until it {@link #lands}; nobody answers it. */
  Optional<String> delaying = Optional.empty();

  private final List<EmulatorRequest> late = new ArrayList<>();

  Bench() {
    this(block(), AccountConfig.Aliases.NONE);
  }

  Bench(ObjectNode block, AccountConfig.Aliases aliases) {
    this(Optional.empty(), block, aliases);
  }

  /** Another key of the same account, as of another environment or operator. */
  Bench(Bench other, String environment, ObjectNode block) {
    this(Optional.of(other.server), environment, block, AccountConfig.Aliases.NONE);
  }

  private Bench(
      Optional<SchematicEmulator> there, ObjectNode block, AccountConfig.Aliases aliases) {
    this(there, "", block, aliases);
  }

  private Bench(
      Optional<SchematicEmulator> there,
      String environment,
      ObjectNode block,
      AccountConfig.Aliases aliases) {
    server = there.orElseGet(() -> new SchematicEmulator(clock()));
    this.environment = environment.isEmpty() ? server.controls().environment() : environment;
    key = server.controls().addKey(this.environment);
    provider = new SchematicProvider(SchematicSettings.of(config(block, aliases)), this, clock);
    if (there.isEmpty()) {
      for (String event : List.of("calls", "gb")) {
        server.controls().addFeature(event, "event");
      }
      server.controls().addFeature("projects", "trait");
      server.controls().addFeature("seats", "license");
      server.controls().addFeature("sso", "boolean");
    }
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  static ObjectNode block() {
    return JsonNodeFactory.instance.objectNode().put("url", "https://api.schematichq.com");
  }

  static AccountConfig config(ObjectNode block, AccountConfig.Aliases aliases) {
    return new AccountConfig(
        "shop/default", "shop-prod", AccountFacts.AccountEnvironment.SANDBOX, block, aliases);
  }

  static Policies policies(Policies.ExistingSubscribers subscribers) {
    return new Policies(
        subscribers,
        Policies.Management.MANAGE,
        Policies.Adoption.NEVER,
        Policies.Deletion.DELETE,
        Policies.DriftPolicy.REPORT);
  }

  static Policies adopting(Policies.Adoption adoption) {
    return new Policies(
        Policies.ExistingSubscribers.KEEP,
        Policies.Management.MANAGE,
        adoption,
        Policies.Deletion.RETAIN,
        Policies.DriftPolicy.REPORT);
  }

  static Policies reverting() {
    return new Policies(
        Policies.ExistingSubscribers.KEEP,
        Policies.Management.MANAGE,
        Policies.Adoption.NEVER,
        Policies.Deletion.RETAIN,
        Policies.DriftPolicy.REVERT);
  }

  SchematicControls controls() {
    return server.controls();
  }

  void timePasses(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  private Account<SchematicWorld> account() {
    return new Account<>("shop/default", provider, this, provider.account());
  }

  SyncResult run(CatalogPlan desired, Policies policies) {
    SyncResult result =
        new PlanSync(clock)
            .sync(
                account(),
                new SyncRequest(
                    desired,
                    policies,
                    Integer.toHexString(desired.toString().hashCode()),
                    memory,
                    approval,
                    false),
                store());
    memory = result.memory();
    return result;
  }

  Outcome remove(CatalogPlan plan, Policies.Deletion policy) {
    SyncResult result =
        new PlanSync(clock)
            .remove(
                account(),
                new RemovalRequest(plan.object(), plan.identity(), policy, memory),
                store());
    memory = result.memory();
    return result.outcome();
  }

  private StatusStore store() {
    return new StatusStore() {
      @Override
      public void write(Memory written) {
        memory = written;
      }

      @Override
      public Optional<String> holderOf(String externalId) {
        return claimed.test(externalId) ? Optional.of("shop/other") : Optional.empty();
      }

      @Override
      public Optional<String> whyNotRemove() {
        return Optional.empty();
      }
    };
  }

  /** Brings the plan there, and fails when a second look writes anything. Gives the plan's id. */
  String sync(CatalogPlan desired) {
    return sync(desired, KEEP);
  }

  String sync(CatalogPlan desired, Policies policies) {
    assertThat(run(desired, policies).outcome()).isEqualTo(new Outcome.Done());
    int before = writes().size();
    assertThat(run(desired, policies).outcome()).as("again").isEqualTo(new Outcome.Done());
    assertThat(writes()).as("a second sync").hasSize(before);
    return id();
  }

  String id() {
    return memory.binding().externalId();
  }

  /** The reason of a run that was stopped. */
  static Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Blocked(Reason reason, String message) -> reason;
      case Outcome.Unfinished(Reason reason, String message, var after) -> reason;
      case Outcome.Inexpressible it -> Reason.NOT_EXPRESSIBLE;
      case Outcome.Done it -> throw new AssertionError("was done");
      case Outcome.Stale it -> throw new AssertionError("was stale");
    };
  }

  static String message(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Blocked(Reason reason, String message) -> message;
      case Outcome.Unfinished(Reason reason, String message, var after) -> message;
      case Outcome.Inexpressible it -> it.violations().toString();
      case Outcome.Done it -> "done";
      case Outcome.Stale it -> "stale";
    };
  }

  /** The plan as the account shows it now. */
  JsonNode remote() {
    return controls().plans(environment).stream()
        .filter(it -> it.path("id").asText().equals(id()))
        .findFirst()
        .orElseThrow();
  }

  String activeVersion() {
    return remote().path("active_version").path("id").asText();
  }

  String featureId(String name) {
    for (JsonNode feature : controls().state().path("FEATURES")) {
      if (feature.path("name").asText().equals(name)) {
        return feature.path("id").asText();
      }
    }
    throw new AssertionError("no feature " + name);
  }

  /** Mutating calls since the log was cleared, ids left out. */
  List<String> writes() {
    return server.exchanges().stream()
        .filter(it -> !it.method().equals("GET"))
        .map(it -> it.method() + " " + it.target().replaceAll("(plan|plvr)_[0-9a-f]+", "ID"))
        .toList();
  }

  /** What was on its way arrives. */
  void lands() {
    late.forEach(server::handle);
    late.clear();
  }

  /** Somebody calls the API with the same key. Gives what was answered. */
  JsonNode byHand(String method, String target, String body) {
    EmulatorResponse answer =
        server.handle(
            EmulatorRequest.of(method, target, new SchematicProviderFactory().headers(key), body));
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    return parse(answer.text()).path("data");
  }

  @Override
  public ApiResponse send(ApiRequest request) {
    request.body().ifPresent(body -> spoiling.accept(request));
    Map<String, String> headers = new HashMap<>(new SchematicProviderFactory().headers(key));
    headers.putAll(request.headers());
    EmulatorRequest sent =
        EmulatorRequest.of(
            request.method(),
            asking.apply(request.target()),
            headers,
            asking.apply(request.body().map(JsonNode::toString).orElse("")));
    SchematicDocument.checkRequest(sent);
    if (request.mutates() && delaying.equals(Optional.of(request.method()))) {
      delaying = Optional.empty();
      late.add(sent);
      throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
    }
    EmulatorResponse answer = server.handle(sent);
    if (request.mutates() && losing.equals(Optional.of(request.method()))) {
      losing = Optional.empty();
      throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
    }
    if (answer.status() == 401) {
      throw new BackendException(BackendException.Kind.UNAUTHORIZED, "401");
    }
    if (answer.status() == 429) {
      throw new BackendException(BackendException.Kind.RATE_LIMITED, "429");
    }
    if (answer.status() >= 500) {
      throw new BackendException(BackendException.Kind.SERVER_ERROR, "" + answer.status());
    }
    return new ApiResponse(
        answer.status(), answer.headers(), parse(answering.apply(answer.text())));
  }

  private static JsonNode parse(String text) {
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BackendException(BackendException.Kind.NONSENSE, "no JSON");
    }
  }
}
