package dev.planwright.testing;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.Capability;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.Verdict;
import dev.planwright.backend.client.Transport;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportException;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A billing system in memory, as small as can be: an account that a key opens, and plans that are
 * one text each. Serves as factory, as provider, and as the wire of the account's probe.
 */
public final class FakeBilling implements ProviderFactory, Transport {
  /** A plan there. */
  public record Remote(Optional<Identity> mark, String id, String text, boolean detailed) {}

  /** Keys that are let in. */
  public final List<String> keys = new ArrayList<>(List.of("good"));

  /** Every call that went over the wire: operation by path, with the key. */
  public final List<String> calls = new ArrayList<>();

  public final Map<String, Remote> plans = new LinkedHashMap<>();
  public AccountFacts facts =
      new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of());
  public boolean down;
  public boolean marks = true;

  /** Whether nothing but an id tells whose an object is. */
  public boolean knownByIdOnly;

  /** What it says of any plan. */
  public Verdict verdict = new Verdict(List.of(), List.of());

  /** What the world makes impossible. */
  public List<Violation> conflicts = List.of();

  /** What else a step is: what it removes, erases, whom it touches. */
  public UnaryOperator<Step.Builder> shape = step -> step;

  /** Whether writes are answered with success and change nothing. */
  public boolean deaf;

  /** The plan that is found when none is sought by its id. */
  public String unnamed = "";

  public Observation.Ownership ownership = Observation.Ownership.OURS;
  public Reason refusal = Reason.BACKEND_REJECTED;

  /** Whether what is found is archived. */
  public boolean archived;

  public Subscribers subscribers = new Subscribers.Known(0);
  public Removal removal = new Removal.Steps(List.of());

  /** Why the policy Delete can never be carried out. */
  public Optional<Removal.Impossible> neverDeletes = Optional.empty();

  /** What the listing leaves out, though it is there. */
  public boolean listsNothing;

  public Optional<String> incomplete = Optional.empty();
  public Runnable whileListing = () -> {};
  public Runnable onFind = () -> {};
  public List<Violation> settings = List.of();

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(Map.of(Capability.FLAT, Capabilities.YES));
  }

  @Override
  public Limits limits() {
    return new Limits(100, 4, Duration.ofSeconds(30));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    return settings;
  }

  @Override
  public String baseUrl(AccountConfig config) {
    return config.setting("url");
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    return key.startsWith("typo") ? Optional.of("the key lacks its prefix") : Optional.empty();
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("Authorization", "Bearer " + key);
  }

  @Override
  public Provider<Remote> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new FakeProvider(client, clock);
  }

  /** The provider alone, for tests without an account. */
  public Provider<Remote> provider(InstantSource clock) {
    return new FakeProvider(
        request ->
            new ApiResponse(
                200,
                Map.of(),
                new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode()),
        clock);
  }

  @Override
  public TransportReply send(TransportCall call, Duration timeout) throws TransportException {
    String key = call.headers().getOrDefault("Authorization", "").replace("Bearer ", "");
    calls.add(call.uri().getPath() + " " + key);
    if (down) {
      throw new TransportException(false, "no connection");
    }
    int status = keys.contains(key) ? 200 : 401;
    return new TransportReply(
        status, Map.of("content-type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8));
  }

  private final class FakeProvider implements Provider<Remote> {
    private final ApiClient client;
    private final InstantSource clock;

    FakeProvider(ApiClient client, InstantSource clock) {
      this.client = client;
      this.clock = clock;
    }

    @Override
    public String name() {
      return "http";
    }

    @Override
    public int mapping() {
      return 1;
    }

    @Override
    public Map<String, String> meaning() {
      return Map.of();
    }

    @Override
    public AccountFacts account() {
      client.send(ApiRequest.get("account", "/account"));
      return facts;
    }

    @Override
    public Verdict check(CatalogPlan plan, AccountFacts known) {
      return verdict;
    }

    @Override
    public Observation<Remote> find(Sought sought) {
      onFind.run();
      Remote there = plans.get(sought.externalId().orElse(unnamed));
      if (there == null) {
        return new Observation.Absent<>(new Remote(Optional.empty(), "", "", true));
      }
      return archived
          ? new Observation.Archived<>(there, ownership)
          : new Observation.Found<>(there, ownership);
    }

    @Override
    public List<Step> plan(CatalogPlan desired, Remote world, Planning planning) {
      if (desired.displayName().equals(world.text())) {
        return List.of();
      }
      Step.Builder step =
          Step.of(
                  Step.Kind.WRITE,
                  "change the text",
                  sending -> ApiRequest.of("change", "PUT", "/plans/" + world.id()))
              .changes(List.of(new FieldChange("displayName", world.text(), desired.displayName())))
              .affects(Affects.NOBODY)
              .learn(
                  (handles, response) -> {
                    if (deaf) {
                      return handles;
                    }
                    plans.computeIfPresent(
                        world.id(),
                        (id, was) ->
                            new Remote(was.mark(), id, desired.displayName(), was.detailed()));
                    return handles;
                  });
      return List.of(shape.apply(step).build());
    }

    @Override
    public List<Violation> conflicts(CatalogPlan desired, Remote world) {
      return conflicts;
    }

    @Override
    public Optional<RemoteView> view(Remote world) {
      return Optional.of(world.id())
          .filter(id -> !id.isEmpty())
          .map(
              id ->
                  new RemoteView(
                      id,
                      Optional.empty(),
                      Optional.empty(),
                      Map.of(),
                      List.of(),
                      world.text(),
                      Handles.NONE));
    }

    @Override
    public Subscribers subscribers(Remote world) {
      return subscribers;
    }

    @Override
    public Removal removal(Policies.Deletion policy, Remote world) {
      return removal;
    }

    @Override
    public Optional<Removal.Impossible> neverRemoves(Policies.Deletion policy, AccountFacts known) {
      return policy == Policies.Deletion.DELETE ? neverDeletes : Optional.empty();
    }

    @Override
    public Refusal refusal(Step step, ApiResponse response) {
      return new Refusal(refusal, "refused");
    }

    @Override
    public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<Remote>> sink) {
      if (down) {
        throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer came");
      }
      for (Remote plan : List.copyOf(plans.values())) {
        if (!listsNothing) {
          sink.accept(
              new Listed<>(
                  marks ? plan.mark() : Optional.empty(),
                  plan.id(),
                  plan.text(),
                  true,
                  plan.detailed() ? Optional.of(plan) : Optional.empty(),
                  clock.instant()));
        }
      }
      whileListing.run();
      return incomplete;
    }

    @Override
    public boolean holdsMarks() {
      return marks;
    }

    @Override
    public boolean isKnownByIdOnly() {
      return knownByIdOnly;
    }
  }
}
