package dev.planwright.backend.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One environment of Stigg. */
final class StiggProvider implements Provider<StiggWorld> {
  private final StiggSettings settings;
  private final InstantSource clock;
  private final StiggReader reader;
  private final StiggFinder finder;

  StiggProvider(StiggSettings settings, ApiClient client, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.reader = new StiggReader(client);
    StiggReferences references = new StiggReferences(reader, settings, clock);
    this.finder = new StiggFinder(reader, references, settings, clock);
  }

  @Override
  public String name() {
    return StiggProviderFactory.NAME;
  }

  @Override
  public int mapping() {
    return 1;
  }

  @Override
  public Map<String, String> meaning() {
    return settings.meaning();
  }

  /**
   * Stigg's REST interface names no environment. Every one begins with a product of its own, which
   * can be archived and never deleted: the oldest one stands for the environment.
   */
  @Override
  public AccountFacts account() {
    JsonNode oldest =
        reader.all("products.list", StiggCalls.PRODUCTS).stream()
            .min(
                Comparator.comparing((JsonNode it) -> Words.text(it.path("createdAt")))
                    .thenComparing(it -> Words.text(it.path("id"))))
            .orElseThrow(
                () ->
                    new BackendException(
                        BackendException.Kind.REFUSED,
                        "the Stigg environment has no product, so nothing tells it from others;"
                            + " make one in its console"));
    return new AccountFacts(
        Pack.required(oldest, "id") + "@" + Pack.required(oldest, "createdAt"),
        Words.text(oldest.path("displayName")),
        AccountFacts.AccountEnvironment.UNVERIFIED,
        Map.of());
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return StiggCheck.check(plan, settings);
  }

  @Override
  public Observation<StiggWorld> find(Sought sought) {
    return finder.find(sought);
  }

  @Override
  public List<Step> plan(CatalogPlan desired, StiggWorld world, Planning planning) {
    return StiggPlanner.plan(
        desired,
        world,
        settings,
        planning.existingSubscribers() == Policies.ExistingSubscribers.MIGRATE,
        clock);
  }

  @Override
  public List<Violation> conflicts(CatalogPlan desired, StiggWorld world) {
    return StiggConflicts.of(desired, world, settings);
  }

  @Override
  public Optional<RemoteView> view(StiggWorld world) {
    return world
        .remote()
        .map(
            remote ->
                new RemoteView(
                    remote.pack().id(),
                    Optional.of(remote.pack().number()).filter(it -> !it.isEmpty()),
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    remote.fingerprint(),
                    world.handles()));
  }

  @Override
  public Optional<String> markedFor(StiggWorld world) {
    return world
        .remote()
        .map(remote -> remote.pack().metadata().getOrDefault(Mark.PLAN, ""))
        .filter(it -> !it.isEmpty());
  }

  @Override
  public Subscribers subscribers(StiggWorld world) {
    boolean never =
        world.remote().map(it -> it.state() == StiggWorld.State.NEVER_PUBLISHED).orElse(true);
    return never
        ? new Subscribers.Known(0)
        : new Subscribers.Unreadable("Stigg's catalogue interface does not tell who subscribes");
  }

  @Override
  public Removal removal(Policies.Deletion policy, StiggWorld world) {
    return StiggRemoval.of(policy, world);
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return StiggRefusals.of(step, response, settings);
  }

  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<StiggWorld>> sink) {
    try {
      for (boolean addon : List.of(false, true)) {
        sweep(new StiggCalls(addon), sink);
      }
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void sweep(StiggCalls calls, Consumer<Listed<StiggWorld>> sink) {
    Instant askedAt = clock.instant();
    // Several rows of one id are versions: an open draft is the more alarming one.
    Map<String, Pack> newest = new LinkedHashMap<>();
    Map<String, Boolean> draft = new LinkedHashMap<>();
    for (JsonNode node :
        reader.all(
            calls.noun() + ".list", calls.collection() + "?status=DRAFT,PUBLISHED,ARCHIVED")) {
      Pack pack = Pack.parse(node);
      draft.merge(pack.id(), pack.status() == Pack.Status.DRAFT, Boolean::logicalOr);
      newest.merge(pack.id(), pack, StiggProvider::newer);
    }
    for (Pack pack : newest.values()) {
      Optional<Identity> identity =
          Mark.identity(pack).filter(it -> it.ownerId().equals(settings.ownerId()));
      if (identity.isPresent()) {
        boolean comparable =
            pack.status() == Pack.Status.PUBLISHED && !draft.getOrDefault(pack.id(), false);
        sink.accept(
            new Listed<>(
                identity,
                pack.id(),
                pack.displayName(),
                pack.status() == Pack.Status.PUBLISHED,
                comparable ? Optional.of(world(calls, pack)) : Optional.empty(),
                askedAt));
      }
    }
  }

  private static Pack newer(Pack one, Pack other) {
    if (one.status() != Pack.Status.PUBLISHED || other.status() != Pack.Status.PUBLISHED) {
      return one.status() == Pack.Status.PUBLISHED ? one : other;
    }
    return number(one).compareTo(number(other)) >= 0 ? one : other;
  }

  private static java.math.BigDecimal number(Pack pack) {
    return pack.number().isEmpty()
        ? java.math.BigDecimal.ZERO
        : new java.math.BigDecimal(pack.number());
  }

  private StiggWorld world(StiggCalls calls, Pack pack) {
    StiggWorld.Remote remote = new StiggContent(reader, calls).of(pack, StiggWorld.State.PUBLISHED);
    return new StiggWorld(
        calls.addon(),
        Optional.of(remote),
        List.of(),
        new TreeMap<>(),
        false,
        Handles.NONE.with(Handles.PLAN, pack.id()));
  }
}
