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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One merchant of Paygentic. */
final class PaygenticProvider implements Provider<PaygenticWorld> {
  private static final Removal.Impossible NO_ARCHIVE =
      new Removal.Impossible(
          "Paygentic's API cannot archive a plan",
          "set spec.deletionPolicy to Retain and stop offering the plan");
  private static final Removal.Impossible NO_DELETE =
      new Removal.Impossible(
          "Paygentic's API cannot delete a plan",
          "set spec.deletionPolicy to Retain, and delete the plan in Paygentic's dashboard");

  private final PaygenticSettings settings;
  private final InstantSource clock;
  private final PaygenticReader reader;
  private final References references;
  private final Claims claims;
  private final Suspects suspects;
  private final PaygenticFinder finder;

  PaygenticProvider(PaygenticSettings settings, ApiClient client, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.reader = new PaygenticReader(client);
    this.references = new References(reader, settings, clock);
    this.claims = new Claims(clock);
    this.suspects = new Suspects(settings);
    this.finder =
        new PaygenticFinder(
            settings,
            clock,
            reader,
            new Listings(reader, settings, clock),
            references,
            claims,
            suspects);
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

  @Override
  public Observation<PaygenticWorld> find(Sought sought) {
    return finder.find(sought);
  }

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
  public Optional<Removal.Impossible> neverRemoves(Policies.Deletion policy, AccountFacts facts) {
    return neverRemoves(policy);
  }

  private static Optional<Removal.Impossible> neverRemoves(Policies.Deletion policy) {
    return switch (policy) {
      case RETAIN -> Optional.empty();
      case ARCHIVE -> Optional.of(NO_ARCHIVE);
      case DELETE -> Optional.of(NO_DELETE);
    };
  }

  @Override
  public Removal removal(Policies.Deletion policy, PaygenticWorld world) {
    Optional<Removal.Impossible> never = neverRemoves(policy);
    return never.isPresent() ? never.get() : new Removal.Steps(List.of());
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return PaygenticRefusals.of(step, response, claims.refuse(step.title()));
  }

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
    RemotePlan whole = finder.withPrices(plan, Ownership.OURS);
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
