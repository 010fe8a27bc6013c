package dev.planwright.backend.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
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
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One organization of a bxb server. */
final class BxbProvider implements Provider<BxbWorld> {
  /** Fact: whether this is the organization in which taxes on plans work. */
  static final String FACT_DEFAULT = "defaultOrganization";

  /** How far the server's clock may be behind ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

  private final BxbSettings settings;
  private final InstantSource clock;
  private final BxbReader reader;
  private final References references;
  private final AtomicReference<@Nullable AccountFacts> organization = new AtomicReference<>();

  BxbProvider(BxbSettings settings, ApiClient client, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.reader = new BxbReader(client);
    this.references = new References(reader, settings, clock);
  }

  @Override
  public String name() {
    return BxbProviderFactory.NAME;
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
  public AccountFacts account() {
    JsonNode body = reader.read(BxbCalls.organization());
    String id = BxbPlan.text(body, "id");
    boolean isDefault = id.equals(BxbSettings.DEFAULT_ORGANIZATION);
    AccountFacts facts =
        new AccountFacts(
            id,
            body.path("name").asText(""),
            AccountFacts.AccountEnvironment.UNVERIFIED,
            Map.of(FACT_DEFAULT, Boolean.toString(isDefault)));
    organization.set(facts);
    return facts;
  }

  /**
   * The organization, read once. No plan is looked for, and so none written, in another one than
   * the BillingBackend names: bxb serves many a wrong key as its default organization.
   */
  private AccountFacts organization() {
    AccountFacts known = organization.get();
    AccountFacts facts = known == null ? account() : known;
    if (!settings.organizationId().isEmpty() && !settings.organizationId().equals(facts.id())) {
      throw new BackendException(
          BackendException.Kind.REFUSED,
          "the key opens the bxb organization "
              + facts.id()
              + " ("
              + facts.name()
              + "), and BillingBackend "
              + settings.backend()
              + " names "
              + settings.organizationId());
    }
    return facts;
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return BxbCheck.check(plan, settings, facts);
  }

  @Override
  public Observation<BxbWorld> find(Sought sought) {
    AccountFacts facts = organization();
    Optional<BxbPlan> byId = sought.externalId().flatMap(reader::plan);
    String key = sought.identity().key();
    Optional<BxbPlan> located = byId.filter(it -> sought.named() || it.code().equals(key));
    if (located.isEmpty() && sought.named() && sought.desired().isPresent()) {
      String id = sought.externalId().orElse("");
      return new Observation.Unresolved<>(
          List.of(new Observation.MissingReference("plan", id, id, "spec.externalId")));
    }
    if (located.isEmpty()) {
      located = byCode(key);
    }
    Optional<MarkLine> mark = located.flatMap(it -> it.mark());
    if (located.isPresent()
        && mark.isPresent()
        && !mark.get().identity().equals(sought.identity())) {
      return new Observation.Foreign<>(located.get().id(), mark.get().identity().toString());
    }
    Ownership ownership =
        located.map(it -> ownership(it, mark.isPresent(), sought)).orElse(Ownership.UNMARKED);
    Optional<BxbPlan> remote = located.flatMap(it -> withDetails(it, facts));
    boolean adopts = remote.isPresent() && ownership == Ownership.UNMARKED;
    Directory directory = references.directory(sought.desired(), remote, adopts);
    Optional<Wanted> wanted =
        sought
            .desired()
            .filter(it -> Words.leading(it).isPresent())
            .map(it -> Wanted.of(it, settings, directory));
    if (wanted.isPresent() && !wanted.get().missing().isEmpty()) {
      return new Observation.Unresolved<>(wanted.get().missing());
    }
    Optional<Observation.Unsettled<BxbWorld>> awaited =
        Landing.awaited(sought, remote, clock.instant());
    if (awaited.isPresent()) {
      return awaited.get();
    }
    if (remote.isEmpty()) {
      return new Observation.Absent<>(
          BxbWorld.without(directory, sought.handles().without(Handles.PLAN)));
    }
    BxbPlan plan = remote.get();
    Map<String, String> priceIds = wanted.map(it -> ChargeDiff.ids(it, plan)).orElse(Map.of());
    Handles handles =
        settings.marks()
            ? sought.handles()
            : Recollection.seen(
                sought.handles(),
                plan,
                ownership,
                wanted.map(it -> it.namedIn(plan)).orElse(Set.of()));
    return new Observation.Found<>(
        new BxbWorld(remote, ownership, directory, priceIds, handles), ownership);
  }

  /**
   * A plan by its code. The list of its commitments answers 404 for an unknown code, which costs
   * one small read where a listing would cost a page of all plans for every plan that is created.
   */
  private Optional<BxbPlan> byCode(String code) {
    if (reader.listIfAny(BxbCalls.commitments(code), BxbPlan::commitment).isEmpty()) {
      return Optional.empty();
    }
    JsonNode match =
        reader.all("plans.list", BxbCalls.PLANS).stream()
            .filter(it -> it.path("code").asText("").equals(code))
            .findFirst()
            .orElseThrow(
                () ->
                    new BackendException(
                        BackendException.Kind.NONSENSE,
                        "bxb has a plan with the code " + code + " and does not list it"));
    return Optional.of(BxbPlan.parse(match));
  }

  /**
   * Whose an object with our code is. Where no mark can be kept, only what status remembers makes
   * it ours: its id, or a create that was under way when the object came to be.
   */
  private Ownership ownership(BxbPlan plan, boolean marked, Sought sought) {
    if (marked) {
      return Ownership.OURS; // another identity's mark was turned away before
    }
    if (settings.marks()) {
      return Ownership.UNMARKED;
    }
    boolean remembered =
        sought.handles().get(Handles.PLAN).equals(Optional.of(plan.id()))
            || (!sought.named() && sought.externalId().equals(Optional.of(plan.id())));
    boolean justCreated =
        sought.intents().stream()
            .anyMatch(
                it ->
                    it.what().equals(Handles.PLAN)
                        && !plan.created().isBefore(it.attempted().minus(CLOCK_SKEW)));
    return remembered || justCreated ? Ownership.OURS : Ownership.UNMARKED;
  }

  /** Always read, whether wanted or not: what somebody added there is drift too. */
  private Optional<BxbPlan> withDetails(BxbPlan plan, AccountFacts facts) {
    Optional<List<BxbPlan.Commitment>> commitments =
        reader.listIfAny(BxbCalls.commitments(plan.code()), BxbPlan::commitment);
    Optional<List<BxbPlan.Threshold>> thresholds =
        commitments.flatMap(
            it -> reader.listIfAny(BxbCalls.thresholds(plan.code()), BxbPlan::threshold));
    if (commitments.isEmpty() || thresholds.isEmpty()) {
      return Optional.empty(); // deleted since it was looked up
    }
    return Optional.of(
        plan.with(
            commitments.get(),
            thresholds.get(),
            reader.list(BxbCalls.entitlements(plan.id()), BxbPlan::granted),
            Boolean.parseBoolean(facts.facts().get(FACT_DEFAULT))
                ? reader.list(BxbCalls.appliedTaxes(plan.id()), BxbPlan::appliedTax)
                : List.of()));
  }

  @Override
  public List<Step> plan(CatalogPlan desired, BxbWorld world, Planning planning) {
    return BxbPlanner.plan(desired, world.remembering(planning.handles()), settings);
  }

  @Override
  public List<Violation> conflicts(CatalogPlan desired, BxbWorld world) {
    return BxbConflicts.of(desired, world, settings);
  }

  @Override
  public Optional<RemoteView> view(BxbWorld world) {
    return world
        .plan()
        .map(
            plan ->
                new RemoteView(
                    plan.id(),
                    Optional.empty(),
                    Optional.empty(),
                    world.priceIds(),
                    List.of(),
                    plan.fingerprint(),
                    world.handles().with(Handles.PLAN, plan.id())));
  }

  @Override
  public Optional<String> markedFor(BxbWorld world) {
    return world
        .plan()
        .flatMap(plan -> plan.mark())
        .map(mark -> mark.namespace() + "/" + mark.name());
  }

  @Override
  public Subscribers subscribers(BxbWorld world) {
    if (world.plan().isEmpty()) {
      return new Subscribers.Known(0);
    }
    JsonNode counts = reader.read(BxbCalls.subscriptionCounts());
    if (!counts.isObject()) {
      return new Subscribers.Unreadable("bxb answered no map of subscription counts");
    }
    JsonNode count = counts.path(world.plan().get().id());
    if (count.isMissingNode()) {
      return new Subscribers.Known(0); // a plan without subscriptions is not listed
    }
    Optional<BigDecimal> number = Canonical.decimal(count);
    return number.isPresent()
            && number.get().signum() >= 0
            && number.get().stripTrailingZeros().scale() <= 0
        ? new Subscribers.Known(number.get().longValue())
        : new Subscribers.Unreadable("bxb answered \"" + count + "\" as a count");
  }

  @Override
  public Optional<Removal.Impossible> neverRemoves(Policies.Deletion policy, AccountFacts facts) {
    return policy == Policies.Deletion.ARCHIVE
        ? Optional.of(BxbRemoval.NO_ARCHIVE)
        : Optional.empty();
  }

  @Override
  public Removal removal(Policies.Deletion policy, BxbWorld world) {
    return BxbRemoval.of(policy, world);
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return BxbRefusals.of(step, response);
  }

  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<BxbWorld>> sink) {
    AccountFacts facts = organization();
    Instant[] askedAt = {clock.instant()};
    try {
      reader.each(
          "plans.list",
          BxbCalls.PLANS,
          page -> {
            for (JsonNode node : page) {
              listed(BxbPlan.parse(node), facts, externalIds, askedAt[0]).ifPresent(sink);
            }
            askedAt[0] = clock.instant();
          });
      return Optional.empty();
    } catch (BackendException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Listed<BxbWorld>> listed(
      BxbPlan plan, AccountFacts facts, Set<String> externalIds, Instant askedAt) {
    // A copy made by hand may bear the mark of its original, whose code it cannot have.
    Optional<Identity> identity =
        plan.mark()
            .map(MarkLine::identity)
            .filter(it -> it.ownerId().equals(settings.ownerId()) && it.key().equals(plan.code()));
    boolean remembered =
        !settings.marks() && plan.mark().isEmpty() && externalIds.contains(plan.id());
    if (identity.isEmpty() && !remembered) {
      return Optional.empty();
    }
    return withDetails(plan, facts)
        .map(
            detailed ->
                new Listed<>(
                    identity,
                    plan.id(),
                    plan.name(),
                    true,
                    Optional.of(
                        new BxbWorld(
                            Optional.of(detailed),
                            Ownership.OURS,
                            references.directory(
                                Optional.empty(),
                                Optional.of(detailed),
                                detailed.mark().stream()
                                    .anyMatch(mark -> !Marks.filters(mark).isEmpty())),
                            Map.of(),
                            Handles.NONE.with(Handles.PLAN, plan.id()))),
                    askedAt));
  }
}
