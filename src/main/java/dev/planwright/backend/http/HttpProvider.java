package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.MissingReference;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** One account of a billing system that speaks the open protocol. */
public final class HttpProvider implements Provider<HttpWorld> {
  private static final Removal.Impossible NO_ARCHIVE =
      new Removal.Impossible("the server cannot archive plans", "use Retain or Delete");
  private static final Removal.Impossible NO_DELETE =
      new Removal.Impossible("the server cannot delete plans", "use Retain or Archive");

  static final String NAME = "http";
  static final String PROTOCOL = "planwright/v1";
  private static final int MAPPING = 1;

  private final AccountConfig config;
  private final ApiClient client;
  private final InstantSource clock;
  private final Words words;
  private final HttpPlanner planner;
  private final ReferenceCache cache;
  private volatile Optional<ServerCapabilities> server = Optional.empty();

  HttpProvider(AccountConfig config, ApiClient client, InstantSource clock) {
    this.config = config;
    this.client = client;
    this.clock = clock;
    this.words = new Words(config.aliases());
    this.planner = new HttpPlanner(words);
    this.cache = new ReferenceCache(client, clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int mapping() {
    return MAPPING;
  }

  @Override
  public Map<String, String> meaning() {
    return Map.of();
  }

  @Override
  public AccountFacts account() {
    JsonNode probe = Pages.get(client, Calls.probe());
    String protocol = probe.path("protocol").asText();
    String id = probe.path("account").path("id").asText();
    if (!protocol.equals(PROTOCOL) || id.isEmpty()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE,
          "GET / does not answer as a server of "
              + PROTOCOL
              + " does: it names "
              + (protocol.isEmpty() ? "no protocol" : "the protocol \"" + protocol + "\"")
              + (id.isEmpty() ? " and no account" : ""));
    }
    ServerCapabilities capabilities = ServerCapabilities.parse(probe.path("capabilities"));
    server = Optional.of(capabilities);
    return new AccountFacts(
        id,
        probe.path("account").path("name").asText(),
        switch (probe.path("environment").asText()) {
          case "Sandbox" -> AccountFacts.AccountEnvironment.SANDBOX;
          case "Production" -> AccountFacts.AccountEnvironment.PRODUCTION;
          default -> AccountFacts.AccountEnvironment.UNVERIFIED;
        },
        capabilities.toFacts());
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return HttpCheck.check(plan, ServerCapabilities.of(facts));
  }

  @Override
  public Observation<HttpWorld> find(Sought sought) {
    Optional<JsonNode> byKey = read(sought.identity().key());
    Optional<Observation<HttpWorld>> contradiction = contradiction(sought, byKey);
    if (contradiction.isPresent()) {
      return contradiction.get();
    }
    ReferenceLookup lookup = new ReferenceLookup(words, cache, sought.desired());
    References references = lookup.references();
    Optional<RemotePlan> remote = byKey.map(node -> RemoteReader.read(node, references));
    Optional<String> owner = remote.flatMap(RemotePlan::owner);
    if (remote.isPresent() && owner.filter(other -> !other.equals(config.ownerId())).isPresent()) {
      return new Observation.Foreign<>(remote.get().id(), owner.get());
    }
    List<MissingReference> missing = lookup.missing();
    if (!missing.isEmpty()) {
      return new Observation.Unresolved<>(missing);
    }
    HttpWorld world = new HttpWorld(remote, references, server);
    return remote
        .map(plan -> found(sought, plan, world))
        .orElseGet(() -> new Observation.Absent<>(world));
  }

  /**
   * An id that the manifest names must be the id of this key: a key never changes, so any other
   * plan can't be taken over under this one.
   */
  private Optional<Observation<HttpWorld>> contradiction(Sought sought, Optional<JsonNode> byKey) {
    if (!sought.named() || sought.externalId().isEmpty()) {
      return Optional.empty();
    }
    String named = sought.externalId().get();
    String found = byKey.map(plan -> plan.path("id").asText()).orElse("");
    if (found.equals(named)) {
      return Optional.empty();
    }
    JsonNode page = Pages.get(client, Calls.planById(named));
    for (JsonNode plan : page.path("plans")) {
      if (plan.path("id").asText().equals(named)) {
        String key = plan.path("key").asText();
        return Optional.of(
            new Observation.Ambiguous<>(
                found.isEmpty() ? List.of(named) : List.of(named, found),
                "spec.externalId names "
                    + named
                    + ", whose key is \""
                    + key
                    + "\" and not \""
                    + sought.identity().key()
                    + "\"; a key never changes: set spec.key to \""
                    + key
                    + "\" in a new Plan, or remove spec.externalId"));
      }
    }
    return Optional.of(
        new Observation.Unresolved<>(
            List.of(new MissingReference("plan", named, named, "spec.externalId"))));
  }

  private static Observation<HttpWorld> found(Sought sought, RemotePlan remote, HttpWorld world) {
    Ownership ownership = remote.owner().isPresent() ? Ownership.OURS : Ownership.UNMARKED;
    boolean wantedOnSale =
        sought.desired().filter(p -> p.lifecycle() == CatalogPlan.Lifecycle.ACTIVE).isPresent();
    return remote.isArchived() && wantedOnSale
        ? new Observation.Archived<>(world, ownership)
        : new Observation.Found<>(world, ownership);
  }

  private Optional<JsonNode> read(String key) {
    ApiResponse response = client.send(Calls.plan(key));
    if (response.status() == 404) {
      return Optional.empty();
    }
    if (!response.isSuccess()) {
      throw new BackendException(
          BackendException.Kind.REFUSED, "plans.get was refused: " + Refusals.words(response));
    }
    String answered = response.body().path("key").asText();
    if (!answered.equals(key)) {
      throw new BackendException(
          BackendException.Kind.NONSENSE,
          "the server was asked for the plan \"" + key + "\" and answered \"" + answered + "\"");
    }
    return Optional.of(response.body());
  }

  @Override
  public List<Step> plan(CatalogPlan desired, HttpWorld world, Planning planning) {
    return planner.plan(desired, world, planning);
  }

  @Override
  public List<Violation> conflicts(CatalogPlan desired, HttpWorld world) {
    return world.remote().map(remote -> Conflicts.of(desired, remote)).orElse(List.of());
  }

  @Override
  public Optional<RemoteView> view(HttpWorld world) {
    return world
        .remote()
        .map(
            remote -> {
              Handles handles = Handles.NONE.with(Handles.PLAN, remote.id());
              for (Map.Entry<String, String> price : remote.priceIds().entrySet()) {
                handles = handles.with("price:" + price.getKey(), price.getValue());
              }
              return new RemoteView(
                  remote.id(),
                  Optional.of(Long.toString(remote.version())),
                  Optional.empty(),
                  remote.priceIds(),
                  List.of(),
                  Fingerprint.of(remote),
                  handles);
            });
  }

  @Override
  public Subscribers subscribers(HttpWorld world) {
    if (world.remote().isEmpty()) {
      return new Subscribers.Known(0);
    }
    return world.remote().get().subscribers().isPresent()
        ? new Subscribers.Known(world.remote().get().subscribers().getAsLong())
        : new Subscribers.Unreadable("the server does not count the subscribers of a plan");
  }

  @Override
  public OptionalLong subscribersSeen(HttpWorld world) {
    return world.remote().map(RemotePlan::subscribers).orElse(OptionalLong.empty());
  }

  @Override
  public Optional<Removal.Impossible> neverRemoves(Policies.Deletion policy, AccountFacts facts) {
    Optional<ServerCapabilities> server = ServerCapabilities.of(facts);
    return switch (policy) {
      case RETAIN -> Optional.empty();
      case ARCHIVE -> server.filter(it -> !it.archive()).map(it -> NO_ARCHIVE);
      case DELETE -> server.filter(it -> !it.delete()).map(it -> NO_DELETE);
    };
  }

  @Override
  public Removal removal(Policies.Deletion policy, HttpWorld world) {
    if (world.remote().isEmpty()) {
      return new Removal.Steps(List.of());
    }
    RemotePlan remote = world.remote().get();
    return switch (policy) {
      case RETAIN -> new Removal.Steps(List.of());
      case ARCHIVE -> {
        if (remote.isArchived()) {
          yield new Removal.Steps(List.of());
        }
        if (world.capabilities().filter(s -> !s.archive()).isPresent()) {
          yield NO_ARCHIVE;
        }
        Difference difference = Difference.ofPlan("lifecycle", "Active", "Archived");
        yield new Removal.Steps(List.of(HttpPlanner.archive(remote, List.of(difference))));
      }
      case DELETE ->
          world.capabilities().filter(s -> !s.delete()).isPresent()
              ? NO_DELETE
              : new Removal.Steps(List.of(HttpPlanner.delete(remote)));
    };
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return Refusals.of(step, response);
  }

  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<HttpWorld>> sink) {
    References references = ReferenceLookup.all(cache);
    return new Pages(client, clock)
        .read(
            "plans",
            "owner=" + Calls.encode(config.ownerId()) + "&",
            (node, readAt) -> {
              RemotePlan remote = RemoteReader.read(node, references);
              if (remote.owner().filter(config.ownerId()::equals).isPresent()) {
                sink.accept(
                    new Listed<>(
                        Optional.of(new Identity(config.ownerId(), remote.key())),
                        remote.id(),
                        remote.content().fields().getOrDefault("displayName", remote.key()),
                        !remote.isArchived(),
                        Optional.of(new HttpWorld(Optional.of(remote), references, server)),
                        readAt));
              }
            });
  }
}
