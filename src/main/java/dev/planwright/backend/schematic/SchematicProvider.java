package dev.planwright.backend.schematic;

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
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One environment of a Schematic account. */
final class SchematicProvider implements Provider<SchematicWorld> {
  private final SchematicSettings settings;
  private final InstantSource clock;
  private final SchematicReader reader;
  private final References references;
  private final Lookalikes lookalikes;
  private final AtomicReference<@Nullable SchematicAccount> account = new AtomicReference<>();
  private final Set<String> unlisted = ConcurrentHashMap.newKeySet();

  SchematicProvider(SchematicSettings settings, ApiClient client, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.reader = new SchematicReader(client);
    this.references = new References(reader, settings, clock);
    this.lookalikes = new Lookalikes(reader, clock);
  }

  @Override
  public String name() {
    return SchematicProviderFactory.NAME;
  }

  @Override
  public int mapping() {
    return 1;
  }

  @Override
  public Map<String, String> meaning() {
    return settings.meaning();
  }

  @Override
  public boolean holdsMarks() {
    return false;
  }

  @Override
  public boolean isKnownByIdOnly() {
    return true;
  }

  @Override
  public AccountFacts account() {
    return probe().facts();
  }

  private SchematicAccount probe() {
    SchematicAccount read = SchematicAccount.of(reader.read(SchematicCalls.whoAmI()));
    account.set(read);
    return read;
  }

  /**
   * The account; no plan is looked for, and so none written, in another one than the BillingBackend
   * names.
   *
   * @param fresh whether it has to be asked anew
   */
  private SchematicAccount account(boolean fresh) {
    SchematicAccount known = account.get();
    SchematicAccount read = known == null || fresh ? probe() : known;
    String id = read.facts().id();
    if (!settings.accountId().isEmpty() && !settings.accountId().equals(id)) {
      throw new BackendException(
          BackendException.Kind.REFUSED,
          "the key opens the Schematic account "
              + id
              + " ("
              + read.facts().name()
              + "), and BillingBackend "
              + settings.backend()
              + " names "
              + settings.accountId());
    }
    return read;
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return SchematicCheck.check(plan, settings);
  }

  /** How many environments there are decides on a deletion: then the account is asked anew. */
  @Override
  public Observation<SchematicWorld> find(Sought sought) {
    SchematicAccount current = account(sought.desired().isEmpty());
    return new Whereabouts(reader, references, lookalikes, settings, current, unlisted, clock)
        .find(sought);
  }

  @Override
  public List<Step> plan(CatalogPlan desired, SchematicWorld world, Planning planning) {
    return SchematicPlanner.plan(
        desired, world.remembering(planning.handles()), settings, planning.existingSubscribers());
  }

  @Override
  public List<Violation> conflicts(CatalogPlan desired, SchematicWorld world) {
    return SchematicConflicts.of(desired, world, settings);
  }

  @Override
  public List<String> lookalikes(SchematicWorld world) {
    return world.lookalikes();
  }

  @Override
  public Optional<RemoteView> view(SchematicWorld world) {
    return world
        .plan()
        .map(
            plan ->
                new RemoteView(
                    plan.id(),
                    plan.active().map(it -> Long.toString(it.number())),
                    Optional.empty(),
                    world.priceIds(),
                    List.of(),
                    plan.fingerprint(),
                    world.handles()));
  }

  @Override
  public OptionalLong subscribersSeen(SchematicWorld world) {
    return world.plan().map(it -> OptionalLong.of(it.companies())).orElse(OptionalLong.empty());
  }

  /** The larger of what the plan says and what the count of companies says. */
  @Override
  public Subscribers subscribers(SchematicWorld world) {
    if (world.plan().isEmpty()) {
      return new Subscribers.Known(0);
    }
    SchematicPlan plan = world.plan().get();
    SchematicReader.CountAnswer counted = reader.count(SchematicCalls.companies(plan.id()));
    return counted.count().isPresent()
        ? new Subscribers.Known(Math.max(counted.count().getAsLong(), plan.companies()))
        : new Subscribers.Unreadable(counted.why());
  }

  @Override
  public Removal removal(Policies.Deletion policy, SchematicWorld world) {
    return SchematicRemoval.of(policy, world);
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return SchematicRefusals.of(step, response);
  }

  /** Asked for by their ids: strangers' plans are nobody's business. */
  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<SchematicWorld>> sink) {
    try {
      SchematicAccount current = account(false);
      if (externalIds.isEmpty()) {
        return Optional.empty();
      }
      Directory directory = references.all();
      List<String> ids = List.copyOf(new TreeSet<>(externalIds));
      for (int from = 0; from < ids.size(); from += SchematicCalls.IDS) {
        List<String> some = ids.subList(from, Math.min(ids.size(), from + SchematicCalls.IDS));
        Instant askedAt = clock.instant();
        Map<String, JsonNode> shown = listed(some);
        for (String id : some) {
          JsonNode plan = shown.get(id);
          if (plan == null) {
            unlisted.add(id);
          } else {
            unlisted.remove(id);
            sink.accept(listed(plan, current, directory, askedAt));
          }
        }
      }
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Which of two ways to write several values Schematic understands is not documented. */
  private Map<String, JsonNode> listed(List<String> ids) {
    Map<String, JsonNode> shown = new LinkedHashMap<>();
    list(SchematicCalls.repeated(ids), shown);
    List<String> missing = new ArrayList<>(ids);
    missing.removeAll(shown.keySet());
    if (missing.size() > 1) {
      list(SchematicCalls.joined(missing), shown);
    }
    return shown;
  }

  private void list(String ids, Map<String, JsonNode> shown) {
    String query = ids + "&include_draft_versions=true&with_entitlements=true";
    for (JsonNode plan : reader.all("plans.list", "/plans", query)) {
      shown.put(Json.need(plan, "id"), plan);
    }
  }

  private static Listed<SchematicWorld> listed(
      JsonNode node, SchematicAccount account, Directory directory, Instant askedAt) {
    Optional<SchematicPlan> plan = PlanReader.listed(node, account.environment());
    return new Listed<>(
        Optional.empty(),
        Json.need(node, "id"),
        Json.text(node, "name"),
        node.path("active_version").isObject(),
        plan.filter(it -> it.controller().equals("schematic"))
            .map(it -> world(it, directory, account)),
        askedAt);
  }

  private static SchematicWorld world(
      SchematicPlan plan, Directory directory, SchematicAccount account) {
    return new SchematicWorld(
        Optional.of(plan),
        Observation.Ownership.OURS,
        directory,
        account.environments(),
        Map.of(),
        Handles.NONE.with(Handles.PLAN, plan.id()),
        List.of());
  }
}
