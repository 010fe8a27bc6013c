package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import dev.planwright.testing.Samples;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where no mark can be kept, status alone knows what is ours, and it may be lost or old: nothing is
 * taken away on a guess, and nothing is called well that nobody can vouch for.
 */
class BxbUnmarkedTest {
  private final Bench bare = new Bench("Minor", "None", AccountConfig.Aliases.NONE, true);
  private String sso = "";

  @BeforeEach
  void anAccount() {
    bare.metric("calls", "count");
    sso = bare.feature("sso", "boolean");
    bare.feature("projects", "quantity");
    bare.make("/v1/taxes/", json().put("code", "vat").put("name", "VAT").put("rate", "0.20"));
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The smallest plan, and one thing more. */
  private static CatalogPlan withA(String thing) {
    Samples sample = team();
    switch (thing) {
      case "charge" -> sample.prices.add(perUnit("calls", "calls", "1"));
      case "entitlement" -> sample.entitlements.add(limit("projects", "10"));
      case "tax" ->
          sample.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty()));
      default -> throw new IllegalArgumentException(thing);
    }
    return sample.plan();
  }

  @Test
  void withoutAMarkOnlyWhatStatusRemembersIsOurs() {
    CatalogPlan plan = team().with(perUnit("calls", "calls", "1")).plan();
    List<Step> steps = bare.sync(plan);
    assertThat(steps.getFirst().kind()).isEqualTo(Step.Kind.CREATE);
    assertThat(steps.getFirst().intent()).isEqualTo("plan");
    assertThat(bare.remote().path("description").asText()).isEqualTo("For growing teams");
    assertThat(bare.world(plan).ownership()).isEqualTo(Ownership.OURS);
    bare.sync(team().plan()); // our own charge goes
    Handles handles = bare.handles;
    bare.handles = Handles.NONE;
    bare.externalId = Optional.empty();
    assertThat(bare.world(plan).ownership()).isEqualTo(Ownership.UNMARKED);
    Sought journaled =
        new Sought(
            plan.identity(),
            Optional.of(plan),
            Optional.empty(),
            false,
            Handles.NONE,
            List.of(new Intent("plan", Instant.now().minusSeconds(1), "k", "c")),
            Optional.empty());
    assertThat(bare.provider.find(journaled).worldIfAny().orElseThrow().ownership())
        .isEqualTo(Ownership.OURS);
    assertThat(handles.get(Handles.PLAN)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"charge", "entitlement", "tax"})
  void whatStatusRemembersMakingGoesWithItsManifest(String thing) {
    bare.sync(withA(thing));
    bare.sync(team().plan());
    assertThat(parts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"charge", "entitlement", "tax"})
  void whatAnOldStatusDoesNotKnowIsNeitherTakenAwayNorPassedOver(String thing) {
    bare.sync(team().plan());
    final Handles old = bare.handles;
    bare.sync(withA(thing));
    bare.handles = old;

    assertThat(bare.plan(team().plan()))
        .singleElement()
        .satisfies(it -> assertThat(it.erases()).singleElement().asString().contains(thing))
        .satisfies(it -> assertThat(it.changes()).isNotEmpty());
    assertThat(bare.plan(withA(thing))).as("while the manifest names it").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"charge", "entitlement", "tax"})
  void whatAnOldStatusDoesNotKnowIsKnownAgainOnceTheManifestNamesIt(String thing) {
    bare.sync(withA(thing));
    bare.handles = bare.handles.without(Recollection.MADE);
    bare.sync(withA(thing));
    bare.sync(team().plan());
    assertThat(parts()).isZero();
  }

  @Test
  void aPlanWithContentThatAnOldStatusDoesNotKnowIsNotReady() {
    Samples more = team();
    more.entitlements.add(limit("projects", "10"));
    SyncResult first = sync(team().plan(), Memory.EMPTY);
    assertThat(sync(more.plan(), first.memory()).outcome()).isEqualTo(new Outcome.Done());

    SyncResult restored = sync(team().plan(), first.memory());

    assertThat(restored.outcome())
        .isInstanceOfSatisfying(
            Outcome.Blocked.class,
            it -> {
              assertThat(it.reason()).isEqualTo(Reason.UNMANAGED_REMOTE_CONTENT);
              assertThat(it.message())
                  .contains("entitlement projects (10)", "into the manifest", "on the backend");
            });
    assertThat(request(team().plan(), restored.memory()).isSettled(bare.organizationId))
        .as("taken for confirmed without a look")
        .isFalse();
    assertThat(parts()).isEqualTo(1);
    String id = bare.server.controls().entitlements(planId()).getFirst().path("id").asText();
    bare.client.send(BxbCalls.deleteEntitlement(id));
    assertThat(sync(team().plan(), restored.memory()).outcome()).isEqualTo(new Outcome.Done());
  }

  @Test
  void aDifferenceThatIsOnlyObservedIsNotTakenForConfirmedLater() {
    SyncResult first = sync(team().plan(), Memory.EMPTY);
    bare.put(planId(), json().put("name", "By hand"));

    SyncResult observed = sync(team().plan(), first.memory(), Policies.Management.OBSERVE);

    assertThat(observed.memory().drift())
        .singleElement()
        .satisfies(it -> assertThat(it.field()).isEqualTo("displayName"));
    assertThat(request(team().plan(), observed.memory()).isSettled(bare.organizationId)).isFalse();
  }

  @Test
  void whatWasThereBeforeAnAdoptionStaysAndIsNoDifference() {
    byHand();
    bare.sync(team().plan());
    assertThat(bare.plan(team().plan())).isEmpty();
    assertThat(parts()).isEqualTo(1);

    // Named by a manifest it is ours from then on.
    Samples more = team();
    more.entitlements.add(enabled("sso", true));
    bare.sync(more.plan());
    bare.sync(team().plan());
    assertThat(parts()).isZero();
  }

  @Test
  void aSweepTellsWhatWasThereFromWhatNobodyKnows() {
    byHand();
    bare.sync(team().plan());
    assertThat(swept()).as("there before the adoption").isEmpty();

    bare.handles = bare.handles.without(Recollection.KEPT);
    assertThat(swept()).as("of unknown origin").hasSize(1);
  }

  @Test
  void aCommitmentMadeByHandIsLeftAlone() {
    bare.sync(team().plan());
    bare.make("/v1/plans/team/commitments", json().put("amount_cents", "5"));
    assertThat(bare.plan(team().plan())).isEmpty();
  }

  @Test
  void aMarkThatIsNoLongerWantedGoesLastAndItsKnowledgeIsKept() {
    byHand();
    BxbProvider marking = provider("Description");
    Samples more = team().with(perUnit("calls", "calls", "1"));
    more.entitlements.add(limit("projects", "10"));
    for (Step step : marking.plan(more.plan(), world(marking, more.plan()), Bench.KEEP)) {
      bare.send(step);
    }
    assertThat(bare.remote().path("description").asText()).contains("planwright:", "kept=");
    bare.server.clearExchanges();

    SyncResult unmarked = sync(team().plan(), Memory.EMPTY);

    assertThat(unmarked.outcome()).isEqualTo(new Outcome.Done());
    assertThat(bare.writes()).hasSize(3).last().isEqualTo("PUT /v1/plans/" + planId());
    assertThat(bare.remote().path("description").asText()).isEqualTo("For growing teams");
    assertThat(bare.server.controls().entitlements(planId()))
        .as("what was there before us")
        .singleElement()
        .satisfies(it -> assertThat(it.path("feature_id").asText()).isEqualTo(sso));
    assertThat(sync(team().plan(), unmarked.memory()).outcome()).isEqualTo(new Outcome.Done());
  }

  private void byHand() {
    String id =
        bare.make(
            "/v1/plans/",
            json()
                .put("code", "team")
                .put("name", "By hand")
                .put("interval", "monthly")
                .put("amount_cents", 4900));
    bare.make(
        "/v1/entitlements/", json().put("plan_id", id).put("feature_id", sso).put("value", "true"));
  }

  private BxbProvider provider(String mark) {
    return new BxbProvider(
        BxbSettings.of(
            Bench.config("Minor", mark, bare.organizationId, AccountConfig.Aliases.NONE)),
        bare.client,
        InstantSource.system());
  }

  private static BxbWorld world(BxbProvider provider, CatalogPlan plan) {
    return provider
        .find(
            new Sought(
                plan.identity(),
                Optional.of(plan),
                Optional.empty(),
                false,
                Handles.NONE,
                List.of(),
                Optional.empty()))
        .worldIfAny()
        .orElseThrow();
  }

  /** The steps that a sweep finds, with what status remembers. */
  private List<Step> swept() {
    List<Listed<BxbWorld>> listed = new ArrayList<>();
    assertThat(bare.provider.sweep(Set.of(planId()), listed::add)).isEmpty();
    return bare.provider.plan(
        team().plan(),
        listed.getFirst().world().orElseThrow(),
        new Provider.Planning(Policies.ExistingSubscribers.KEEP, bare.handles));
  }

  private String planId() {
    return bare.remote().path("id").asText();
  }

  private int parts() {
    var controls = bare.server.controls();
    return controls.charges(planId()).size()
        + controls.entitlements(planId()).size()
        + bare.client.send(BxbCalls.appliedTaxes(planId())).body().size();
  }

  private SyncResult sync(CatalogPlan plan, Memory memory) {
    return sync(plan, memory, Policies.Management.MANAGE);
  }

  private SyncResult sync(CatalogPlan plan, Memory memory, Policies.Management management) {
    Account<BxbWorld> account =
        new Account<>("shop/default", bare.provider, bare.client, bare.provider.account());
    return new PlanSync(InstantSource.system())
        .sync(
            account,
            request(plan, memory, management),
            new StatusStore() {
              @Override
              public void write(Memory written) {
                // What is read back in these tests is what a run ends with.
              }

              @Override
              public Optional<String> whyNotRemove() {
                return Optional.empty();
              }
            });
  }

  private static SyncRequest request(CatalogPlan plan, Memory memory) {
    return request(plan, memory, Policies.Management.MANAGE);
  }

  private static SyncRequest request(
      CatalogPlan plan, Memory memory, Policies.Management management) {
    Policies policies =
        new Policies(
            Policies.ExistingSubscribers.KEEP,
            management,
            Policies.Adoption.NEVER,
            Policies.Deletion.RETAIN,
            Policies.DriftPolicy.REPORT);
    return new SyncRequest(
        plan, policies, Integer.toHexString(plan.toString().hashCode()), memory, "", false);
  }
}
