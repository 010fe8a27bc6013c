package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.MarkLine;
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
import dev.planwright.backend.paygentic.PaygenticWorld.Leftovers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One merchant of Paygentic. */
final class PaygenticProvider implements Provider<PaygenticWorld> {
  private final PaygenticSettings settings;
  private final InstantSource clock;
  private final PaygenticReader reader;
  private final Listings listings;
  private final References references;
  private final Claims claims;

  private final Suspects suspects;

  PaygenticProvider(PaygenticSettings settings, ApiClient client, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.reader = new PaygenticReader(client);
    this.listings = new Listings(reader, settings, clock);
    this.references = new References(reader, settings, clock);
    this.claims = new Claims(clock);
    this.suspects = new Suspects(settings);
  }

  @Override
  public String name() {
    return PaygenticProviderFactory.NAME;
  }

  @Override
  public int mapping() {
    return 1;
  }

  @Override
  public Map<String, String> meaning() {
    return settings.meaning();
  }

  /** No call says whom a key belongs to: it is tried on the merchant's products. */
  @Override
  public AccountFacts account() {
    JsonNode products =
        reader.read(
            ApiRequest.get(
                "products.list",
                PaygenticCalls.products(settings.merchantId()) + "&limit=1&offset=0"));
    for (JsonNode product : products.path("data")) {
      String merchant = Wire.text(product, "merchantId");
      if (!merchant.equals(settings.merchantId())) {
        throw new BackendException(
            BackendException.Kind.REFUSED,
            "Paygentic answers products of "
                + merchant
                + ", and BillingBackend "
                + settings.backend()
                + " names "
                + settings.merchantId());
      }
    }
    return new AccountFacts(
        settings.merchantId(), settings.merchantId(), settings.environment(), Map.of());
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return PaygenticCheck.check(plan, settings);
  }

  // ---- looking
  // -----------------------------------------------------------------------------------

  @Override
  public Observation<PaygenticWorld> find(Sought sought) {
    Optional<RemotePlan> byId = sought.externalId().flatMap(reader::plan);
    if (byId.isEmpty() && sought.named() && sought.desired().isPresent()) {
      String id = sought.externalId().orElse("");
      return new Observation.Unresolved<>(
          List.of(new MissingReference("plan", id, id, "spec.externalId")));
    }
    boolean open = sought.intents().stream().anyMatch(it -> it.what().equals(Handles.PLAN));
    Map<String, RemotePlan> candidates = new HashMap<>();
    byId.ifPresent(it -> candidates.put(it.id(), it));
    if (byId.isEmpty() || open) {
      listings.plans(!sought.intents().isEmpty()).stream()
          .filter(it -> it.isOf(sought.identity()))
          .forEach(it -> candidates.putIfAbsent(it.id(), it));
    }
    if (candidates.size() > 1) {
      return new Observation.Ambiguous<>(
          candidates.keySet().stream().sorted().toList(),
          "several plans bear the mark of " + sought.identity());
    }
    Optional<RemotePlan> located = candidates.values().stream().findFirst();
    Optional<MarkLine> mark = located.flatMap(RemotePlan::mark);
    if (mark.isPresent() && !mark.get().identity().equals(sought.identity())) {
      return new Observation.Foreign<>(
          located.orElseThrow().id(), mark.get().identity().toString());
    }
    Ownership ownership = mark.isPresent() ? Ownership.OURS : Ownership.UNMARKED;
    return look(sought, located.map(it -> withPrices(it, ownership)), ownership);
  }

  private Observation<PaygenticWorld> look(
      Sought sought, Optional<RemotePlan> remote, Ownership ownership) {
    Optional<CatalogPlan> desired = sought.desired().filter(it -> Words.leading(it).isPresent());
    String product =
        remote
            .map(RemotePlan::productId)
            .or(() -> desired.map(settings::product))
            .orElse(settings.productId());
    if (remote.isEmpty() && desired.isPresent() && !references.hasProduct(product)) {
      return new Observation.Unresolved<>(
          List.of(
              new MissingReference(
                  "product",
                  desired.get().product().orElse(product),
                  product,
                  desired.get().product().isPresent()
                      ? "spec.product"
                      : "spec.provider.paygentic.productId")));
    }
    Directory directory = references.directory(product, desired, remote);
    Optional<Wanted> said = desired.map(it -> Wanted.of(it, settings, directory));
    if (said.isPresent() && !said.get().missing().isEmpty()) {
      return new Observation.Unresolved<>(said.get().missing());
    }
    Map<String, RemoteFee> fees = remote.map(this::fees).orElse(Map.of());
    boolean adopting = ownership == Ownership.UNMARKED;
    Optional<Wanted> wanted =
        said.map(
            it ->
                remote
                    .map(plan -> Kept.over(desired.get(), it, plan, fees, adopting).wanted())
                    .orElse(it));
    Search.Found found =
        wanted
            .map(
                it ->
                    new Search.Tools(reader, listings, settings, claims)
                        .search(sought, it, remote, fees, product, suspects.of(sought.identity())))
            .orElseGet(
                () -> new Search.Found(Leftovers.NONE, fees, everything(sought), sought.handles()));
    Set<String> seen = new HashSet<>(found.seen());
    remote.ifPresent(
        it -> {
          seen.add(Handles.PLAN);
          seen.add(Version.seen(it));
        });
    Optional<Observation.Unsettled<PaygenticWorld>> awaited =
        Landing.awaited(sought, seen, clock.instant());
    if (awaited.isPresent()) {
      return awaited.get();
    }
    PaygenticWorld world =
        new PaygenticWorld(
            remote,
            ownership,
            directory,
            found.fees(),
            sought.desired().isPresent()
                ? found.leftovers()
                : new Abandoned(reader, listings, settings, claims, sought, remote, product)
                    .search(),
            remote
                .flatMap(it -> wanted.map(w -> ids(w, it, found.fees(), sought.identity())))
                .orElse(Map.of()),
            found.handles());
    return remote.isEmpty()
        ? new Observation.Absent<>(world)
        : new Observation.Found<>(world, ownership);
  }

  /** Without a manifest only the plan itself is waited for. */
  private static Set<String> everything(Sought sought) {
    Set<String> all = new HashSet<>();
    sought.intents().stream()
        .map(it -> it.what())
        .filter(it -> !it.equals(Handles.PLAN))
        .forEach(all::add);
    return all;
  }

  private static Map<String, String> ids(
      Wanted wanted, RemotePlan plan, Map<String, RemoteFee> fees, Identity identity) {
    Map<String, String> ids = new HashMap<>();
    Matching.of(wanted, plan, fees, identity)
        .found()
        .forEach((name, price) -> ids.put(name, price.id()));
    return ids;
  }

  /**
   * The plan with its prices. A plan shows them whole or as ids, and where it shows them whole it
   * leaves out in what unit they are charged: who takes over a plan reads each. One that was
   * deleted is left out.
   */
  private RemotePlan withPrices(RemotePlan plan, Ownership ownership) {
    List<RemotePrice> prices = new ArrayList<>();
    for (String id : plan.priceIds()) {
      RemotePrice shown = plan.shown().get(id);
      if (shown == null || ownership == Ownership.UNMARKED) {
        reader.price(id).or(() -> Optional.ofNullable(shown)).ifPresent(prices::add);
      } else {
        prices.add(shown);
      }
    }
    return plan.with(prices);
  }

  private Map<String, RemoteFee> fees(RemotePlan plan) {
    Map<String, RemoteFee> fees = new HashMap<>();
    plan.prices().stream()
        .filter(RemotePrice::isOfFee)
        .map(RemotePrice::feeId)
        .distinct()
        .forEach(id -> reader.fee(id).ifPresent(it -> fees.put(id, it)));
    return fees;
  }

  // ---- deciding
  // ----------------------------------------------------------------------------------

  @Override
  public List<Step> plan(CatalogPlan desired, PaygenticWorld world, Planning planning) {
    // What status knows to be of a former version is nothing that a sweep has to wonder at.
    PaygenticWorld known =
        world.withoutFees(it -> planning.handles().get(Search.OLD_FEE + it).isPresent());
    return Planner.plan(desired, known, settings, claims);
  }

  @Override
  public List<Violation> conflicts(CatalogPlan desired, PaygenticWorld world) {
    return PaygenticConflicts.of(desired, world, settings);
  }

  @Override
  public Optional<RemoteView> view(PaygenticWorld world) {
    return world
        .plan()
        .map(
            plan -> {
              Handles handles = Handles.NONE.with(Handles.PLAN, plan.id());
              for (Map.Entry<String, String> price : world.priceIds().entrySet()) {
                handles = handles.with("price:" + price.getKey(), price.getValue());
              }
              for (Map.Entry<String, String> id : world.handles().ids().entrySet()) {
                if (id.getKey().startsWith(Search.OLD_FEE)) {
                  handles = handles.with(id.getKey(), id.getValue());
                }
              }
              return new RemoteView(
                  plan.id(),
                  Optional.of(plan.versionId()).filter(it -> !it.isEmpty()),
                  Optional.empty(),
                  world.priceIds(),
                  List.of(),
                  plan.fingerprint(),
                  handles);
            });
  }

  @Override
  public Optional<String> markedFor(PaygenticWorld world) {
    return world.plan().flatMap(RemotePlan::mark).map(it -> it.namespace() + "/" + it.name());
  }

  /**
   * Everybody who subscribes by any version. Whether those whose first payment is under way are
   * counted is not documented, so they are looked for where nobody else is.
   */
  @Override
  public Subscribers subscribers(PaygenticWorld world) {
    if (world.plan().isEmpty()) {
      return new Subscribers.Known(0);
    }
    String plan = world.plan().get().id();
    try {
      List<JsonNode> counts =
          reader.all(
              "versions.list", PaygenticCalls.versions(plan), it -> it.path("subscriptionCount"));
      if (counts.isEmpty() || counts.stream().anyMatch(it -> !isCount(it))) {
        return new Subscribers.Unreadable(
            "Paygentic does not say how many subscribe to each version");
      }
      long count = counts.stream().mapToLong(JsonNode::longValue).sum();
      if (count > 0) {
        return new Subscribers.Known(count);
      }
      List<String> pending =
          reader.all(
              "subscriptions.list",
              PaygenticCalls.pending(settings.merchantId()),
              it -> Wire.text(it, "planId"));
      return new Subscribers.Known(pending.stream().filter(plan::equals).count());
    } catch (BackendException e) {
      if (e.kind() == BackendException.Kind.REFUSED || e.kind() == BackendException.Kind.NONSENSE) {
        return new Subscribers.Unreadable(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private static boolean isCount(JsonNode count) {
    return count.isIntegralNumber() && count.longValue() >= 0;
  }

  @Override
  public List<Step> leftovers(PaygenticWorld world) {
    return Planner.leftovers(world, claims);
  }

  @Override
  public Removal removal(Policies.Deletion policy, PaygenticWorld world) {
    return switch (policy) {
      case RETAIN -> new Removal.Steps(List.of());
      case ARCHIVE ->
          new Removal.Impossible(
              "Paygentic's API cannot archive a plan",
              "set spec.deletionPolicy to Retain and stop offering the plan");
      case DELETE ->
          new Removal.Impossible(
              "Paygentic's API cannot delete a plan",
              "set spec.deletionPolicy to Retain, and delete the plan in Paygentic's dashboard");
    };
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return PaygenticRefusals.of(step, response, claims.refuse(step.title()));
  }

  // ---- sweeping
  // ----------------------------------------------------------------------------------

  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<PaygenticWorld>> sink) {
    try {
      Map<String, RemoteFee> fees = new HashMap<>();
      reader
          .all("fees.list", PaygenticCalls.fees(settings.merchantId()), RemoteFee::parse)
          .forEach(it -> fees.put(it.id(), it));
      Instant[] askedAt = {clock.instant()};
      reader.each(
          "plans.list",
          PaygenticCalls.plans(settings.merchantId()),
          page -> {
            for (JsonNode node : page) {
              listed(RemotePlan.parse(node), fees, externalIds, askedAt[0]).ifPresent(sink);
            }
            askedAt[0] = clock.instant();
          });
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Listed<PaygenticWorld>> listed(
      RemotePlan plan, Map<String, RemoteFee> fees, Set<String> externalIds, Instant askedAt) {
    Optional<Identity> identity =
        plan.mark().map(MarkLine::identity).filter(it -> it.ownerId().equals(settings.ownerId()));
    boolean remembered = plan.mark().isEmpty() && externalIds.contains(plan.id());
    if (plan.deleted() || (identity.isEmpty() && !remembered)) {
      return Optional.empty();
    }
    RemotePlan whole = withPrices(plan, Ownership.OURS);
    List<String> unsold =
        identity.map(it -> suspects.note(it, whole, fees.values())).orElse(List.of());
    return Optional.of(
        new Listed<>(
            identity,
            plan.id(),
            plan.name(),
            true,
            Optional.of(
                new PaygenticWorld(
                    Optional.of(whole),
                    Ownership.OURS,
                    references.directory(whole.productId()),
                    fees,
                    new Leftovers(Map.of(), Map.of(), List.of(), unsold),
                    Map.of(),
                    Handles.NONE.with(Handles.PLAN, plan.id()))),
            askedAt));
  }
}
