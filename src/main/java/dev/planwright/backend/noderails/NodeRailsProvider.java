package dev.planwright.backend.noderails;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One app of a NodeRails merchant. */
final class NodeRailsProvider implements Provider<NodeRailsWorld> {
  private final NodeRailsSettings settings;
  private final InstantSource clock;
  private final NodeRailsReader reader;
  private final PlanSearch search;

  /** Plans of which the last sweep saw people on a price that is switched off, by id. */
  private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

  NodeRailsProvider(NodeRailsSettings settings, ApiClient client, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.reader = new NodeRailsReader(client, settings);
    this.search = new PlanSearch(reader);
  }

  @Override
  public String name() {
    return NodeRailsProviderFactory.NAME;
  }

  @Override
  public int mapping() {
    return 1;
  }

  @Override
  public Map<String, String> meaning() {
    return Map.of();
  }

  /**
   * The app. Only a plan that is read by its id tells what kind of app it belongs to: on an empty
   * one the environment is known after the first create.
   */
  @Override
  public AccountFacts account() {
    Optional<RemotePlan.App> app =
        reader.anyPlan().flatMap(RemotePlan::app).filter(it -> it.id().equals(settings.appId()));
    return new AccountFacts(
        settings.appId(),
        app.map(RemotePlan.App::name).orElse(""),
        app.map(NodeRailsProvider::environment).orElse(AccountEnvironment.UNVERIFIED),
        Map.of());
  }

  private static AccountEnvironment environment(RemotePlan.App app) {
    return switch (app.environment()) {
      case "TEST" -> AccountEnvironment.SANDBOX;
      case "PRODUCTION" -> AccountEnvironment.PRODUCTION;
      default -> AccountEnvironment.UNVERIFIED;
    };
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return NodeRailsCheck.check(plan);
  }

  @Override
  public Observation<NodeRailsWorld> find(Sought sought) {
    TaxRates taxRates =
        sought.desired().flatMap(CatalogPlan::tax).isPresent() ? reader.taxRates() : TaxRates.NONE;
    return switch (search.search(sought)) {
      case PlanSearch.Nothing nothing -> absent(sought, taxRates);
      case PlanSearch.Foreign(String id, Identity owner) ->
          new Observation.Foreign<>(id, owner.toString());
      case PlanSearch.Several(List<String> ids, String why) ->
          new Observation.Ambiguous<>(ids, why);
      case PlanSearch.Hit(RemotePlan plan, boolean marked) ->
          present(sought, plan, marked ? Ownership.OURS : Ownership.UNMARKED, taxRates);
    };
  }

  private Observation<NodeRailsWorld> absent(Sought sought, TaxRates taxRates) {
    Optional<Observation<NodeRailsWorld>> missing = missingTax(sought, taxRates, "");
    if (missing.isPresent()) {
      return missing.get();
    }
    Optional<Observation.Unsettled<NodeRailsWorld>> awaited =
        Landing.awaited(sought, Optional.empty(), clock.instant());
    return awaited.isPresent()
        ? awaited.get()
        : new Observation.Absent<>(NodeRailsWorld.without(taxRates));
  }

  private Observation<NodeRailsWorld> present(
      Sought sought, RemotePlan plan, Ownership ownership, TaxRates taxRates) {
    refuseOtherApp(plan);
    Map<String, List<String>> ambiguous = Matching.ambiguous(plan, sought.identity());
    if (!ambiguous.isEmpty()) {
      return new Observation.Ambiguous<>(
          ambiguous.values().stream().flatMap(List::stream).toList(),
          "plan "
              + plan.id()
              + " has several active prices with the mark of "
              + String.join("; ", ambiguous.keySet())
              + " (deactivate all but one)");
    }
    Optional<Observation<NodeRailsWorld>> missing = missingTax(sought, taxRates, plan.taxRateId());
    if (missing.isPresent()) {
      return missing.get();
    }
    Optional<Observation.Unsettled<NodeRailsWorld>> awaited =
        Landing.awaited(sought, Optional.of(plan), clock.instant());
    if (awaited.isPresent()) {
      return awaited.get();
    }
    NodeRailsWorld world = world(sought.desired(), plan, ownership, taxRates);
    return plan.active()
        ? new Observation.Found<>(world, ownership)
        : new Observation.Archived<>(world, ownership);
  }

  private static Optional<Observation<NodeRailsWorld>> missingTax(
      Sought sought, TaxRates rates, String linked) {
    return sought
        .desired()
        .flatMap(CatalogPlan::tax)
        .flatMap(
            tax ->
                rates.choose(tax, linked) instanceof TaxRates.Choice.Missing(String lookedFor)
                    ? Optional.of(
                        new Observation.Unresolved<>(
                            List.of(
                                new Observation.MissingReference(
                                    "tax rate", tax.code(), lookedFor, "spec.tax"))))
                    : Optional.empty());
  }

  /** A key reaches every app of its merchant, test and live ones alike (NodeRails: connection). */
  private void refuseOtherApp(RemotePlan plan) {
    boolean other =
        !plan.appId().equals(settings.appId())
            || plan.app().filter(it -> !it.id().equals(settings.appId())).isPresent();
    if (other) {
      throw refused(
          "plan "
              + plan.id()
              + " belongs to app "
              + plan.appId()
              + ", and BillingBackend "
              + settings.backend()
              + " names app "
              + settings.appId());
    }
    AccountEnvironment is =
        plan.app().map(NodeRailsProvider::environment).orElse(AccountEnvironment.UNVERIFIED);
    if (is != AccountEnvironment.UNVERIFIED
        && settings.environment() != AccountEnvironment.UNVERIFIED
        && is != settings.environment()) {
      throw refused(
          "app "
              + settings.appId()
              + " is a "
              + is
              + " app, and BillingBackend "
              + settings.backend()
              + " is for "
              + settings.environment()
              + "; plan "
              + plan.id()
              + " is left as it is, correct appId or spec.environment");
    }
  }

  private static BackendException refused(String why) {
    return new BackendException(BackendException.Kind.REFUSED, why);
  }

  private NodeRailsWorld world(
      Optional<CatalogPlan> desired, RemotePlan plan, Ownership ownership, TaxRates taxRates) {
    if (desired.isEmpty()) {
      return new NodeRailsWorld(
          Optional.of(plan), ownership, taxRates, new Usage.NotRead(), Map.of(), List.of());
    }
    Matching matching = Matching.of(desired.get(), plan, ownership);
    Map<String, String> ids = new TreeMap<>();
    List<RemoteView.Superseded> superseded = new ArrayList<>();
    boolean mayGo = !matching.removed().isEmpty() || cutOff.contains(plan.id());
    for (Wanted.Price price : matching.wanted()) {
      Optional<RemotePlan.Price> current = matching.current(price);
      current.ifPresent(it -> ids.put(price.name(), it.id()));
      mayGo |= current.isEmpty() && matching.dormant(price).isPresent();
      for (RemotePlan.Price old : matching.superseded(price)) {
        mayGo = true;
        superseded.add(
            new RemoteView.Superseded(price.name(), old.revision(), old.id(), old.terms().money()));
      }
    }
    return new NodeRailsWorld(
        Optional.of(plan),
        ownership,
        taxRates,
        mayGo ? reader.usage(plan.id()) : new Usage.NotRead(),
        ids,
        superseded);
  }

  @Override
  public List<Step> plan(CatalogPlan desired, NodeRailsWorld world, Planning planning) {
    return NodeRailsPlanner.plan(desired, world, planning, settings.appId(), clock);
  }

  @Override
  public List<Violation> conflicts(CatalogPlan desired, NodeRailsWorld world) {
    return NodeRailsConflicts.of(desired, world);
  }

  @Override
  public Optional<String> markedFor(NodeRailsWorld world) {
    return world.plan().flatMap(RemotePlan::mark).map(PlanMark::object).filter(it -> !it.isEmpty());
  }

  @Override
  public OptionalLong subscribersSeen(NodeRailsWorld world) {
    return world.usage() instanceof Usage.Counted(long total, Map<String, Long> byPrice)
        ? OptionalLong.of(total)
        : OptionalLong.empty();
  }

  @Override
  public Optional<RemoteView> view(NodeRailsWorld world) {
    return world
        .plan()
        .map(
            plan ->
                new RemoteView(
                    plan.id(),
                    Optional.empty(),
                    Optional.empty(),
                    world.priceIds(),
                    world.superseded(),
                    plan.fingerprint(),
                    Handles.NONE.with(Handles.PLAN, plan.id())));
  }

  @Override
  public Subscribers subscribers(NodeRailsWorld world) {
    if (world.plan().isEmpty()) {
      return new Subscribers.Known(0);
    }
    return switch (reader.usage(world.plan().get().id())) {
      case Usage.Counted(long total, Map<String, Long> byPrice) -> new Subscribers.Known(total);
      case Usage.Unread(String why) -> new Subscribers.Unread(why);
      case Usage.NotRead notRead -> new Subscribers.Unread("they were not read");
    };
  }

  @Override
  public Removal removal(Policies.Deletion policy, NodeRailsWorld world) {
    return switch (policy) {
      case RETAIN -> new Removal.Steps(List.of());
      case ARCHIVE ->
          new Removal.Steps(
              world.plan().filter(RemotePlan::active).map(NodeRailsPlanner::archive).stream()
                  .toList());
      case DELETE ->
          new Removal.Impossible(
              "NodeRails never deletes a plan",
              "set deletionPolicy: Archive to take it off sale once nobody subscribes to it, or"
                  + " Retain to leave it as it is");
    };
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return NodeRailsRefusals.of(step, response);
  }

  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<NodeRailsWorld>> sink) {
    try {
      new PlanSweep(reader, search, settings, clock, cutOff).run(externalIds, sink);
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
