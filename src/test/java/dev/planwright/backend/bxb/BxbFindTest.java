package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Observation.Ownership;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.testing.EmulatedClient;
import dev.planwright.testing.Samples;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class BxbFindTest {
  private final Bench bench = new Bench();

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Somebody makes a plan by hand. */
  private String byHand(Bench there, String code, String description) {
    return there.make(
        "/v1/plans/",
        json()
            .put("code", code)
            .put("name", "By hand")
            .put("description", description)
            .put("interval", "monthly")
            .put("amount_cents", 4900));
  }

  private static Ownership ownership(Observation<BxbWorld> observation) {
    return observation instanceof Observation.Found<BxbWorld>(var world, var ownership)
            && world.ownership() == ownership
        ? ownership
        : Assertions.fail("not found: " + observation);
  }

  private static List<Observation.MissingReference> missing(Observation<BxbWorld> observation) {
    return observation instanceof Observation.Unresolved<BxbWorld>(var missing)
        ? missing
        : Assertions.fail("resolved: " + observation);
  }

  private static Sought named(CatalogPlan desired, String id) {
    return new Sought(
        desired.identity(),
        Optional.of(desired),
        Optional.of(id),
        true,
        Handles.NONE,
        List.of(),
        Optional.empty());
  }

  @Test
  void nothingThereIsAbsent() {
    assertThat(bench.find(team().plan())).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void ourMarkIsFoundAgainWithAndWithoutStatus() {
    bench.sync(team().plan());
    assertThat(ownership(bench.find(team().plan()))).isEqualTo(Ownership.OURS);
    bench.externalId = Optional.empty();
    bench.handles = Handles.NONE;
    assertThat(ownership(bench.find(team().plan()))).isEqualTo(Ownership.OURS);
  }

  @Test
  void aRememberedIdThatIsGoneIsLookedForByCode() {
    bench.externalId = Optional.of("00000000-0000-4000-8000-000000000000");
    assertThat(bench.find(team().plan())).isInstanceOf(Observation.Absent.class);
    bench.externalId = Optional.of("no id of bxb");
    assertThat(bench.find(team().plan())).isInstanceOf(Observation.Absent.class);
  }

  @Test
  void anotherOwnersPlanIsForeignAndSoIsACopyOfOurs() {
    byHand(bench, "team", "x\nplanwright: other-owner/team shop/team");
    assertThat(bench.find(team().plan()))
        .isEqualTo(
            new Observation.Foreign<BxbWorld>(
                bench.remote().path("id").asText(), "other-owner/team"));
    Samples copy = team();
    copy.key = "copy";
    byHand(bench, "copy", "planwright: shop-prod/team shop/team");
    assertThat(bench.find(copy.plan())).isInstanceOf(Observation.Foreign.class);
  }

  @Test
  void anUnmarkedPlanIsTakenOverByTextsAlone() {
    byHand(bench, "team", "For growing teams");
    Observation<BxbWorld> found = bench.find(team().plan());
    assertThat(ownership(found)).isEqualTo(Ownership.UNMARKED);
    assertThat(bench.plan(team().plan()))
        .singleElement()
        .satisfies(it -> assertThat(it.affects()).isEqualTo(Affects.NOBODY))
        .satisfies(
            it ->
                assertThat(it.changes())
                    .extracting(change -> change.field())
                    .containsExactly("displayName", FieldChange.OWNER));
  }

  @Test
  void whatSomebodyElseMadeStaysOnAnAdoptedPlanForGood() {
    String sso = bench.feature("sso", "boolean");
    String id = byHand(bench, "team", "");
    bench.make(
        "/v1/entitlements/", json().put("plan_id", id).put("feature_id", sso).put("value", "true"));
    bench.make("/v1/plans/team/commitments", json().put("amount_cents", "5"));
    bench.sync(team().plan());
    assertThat(bench.remote().path("description").asText()).contains(" kept=");
    assertThat(bench.server.controls().entitlements(id)).hasSize(1);
    assertThat(bench.server.controls().commitments(id)).hasSize(1);
    // What comes later is drift, what was there is not.
    bench.make("/v1/plans/team/commitments", json().put("amount_cents", "7"));
    assertThat(bench.sync(team().plan())).extracting(Step::kind).containsExactly(Step.Kind.DELETE);
    // A plan with somebody else's entitlement is not deleted.
    Removal removal = bench.provider.removal(Policies.Deletion.DELETE, bench.world(team().plan()));
    assertThat(((Removal.Steps) removal).steps())
        .filteredOn(it -> !it.erases().isEmpty())
        .hasSize(2);
  }

  @Test
  void anEntitlementThatTheManifestNamesLaterIsOursFromThenOn() {
    String sso = bench.feature("sso", "boolean");
    String id = byHand(bench, "team", "");
    bench.make(
        "/v1/entitlements/", json().put("plan_id", id).put("feature_id", sso).put("value", "true"));
    bench.sync(team().plan());
    Samples more = team();
    more.entitlements.add(enabled("sso", true));
    bench.sync(more.plan());
    assertThat(bench.remote().path("description").asText()).doesNotContain("kept=");
    bench.sync(team().plan());
    assertThat(bench.server.controls().entitlements(id)).isEmpty();
  }

  @Test
  void aChargeThatNobodyNamedBlocksTheWriteThatWouldEraseIt() {
    String calls = bench.metric("calls", "count");
    bench.metric("gb", "sum");
    String id = byHand(bench, "team", "");
    bench.server.controls().addCharge(id, calls, "standard", json().put("amount", "1"));
    CatalogPlan same = team().plan();
    bench.sync(same);
    CatalogPlan more = team().with(perUnit("gb", "gb", "1")).plan();
    assertThat(bench.plan(more).getFirst().erases())
        .singleElement()
        .asString()
        .contains("standard over calls");
  }

  @Test
  void chargesThatMayHideFiltersAreNeverTakenForEqual() {
    String gb = bench.metric("gb", "sum");
    String id = byHand(bench, "team", "");
    bench.server.controls().addCharge(id, gb, "standard", json().put("amount", "100"));
    CatalogPlan plan = team().with(perUnit("gb", "gb", "1")).plan();
    assertThat(bench.plan(plan)).extracting(Step::affects).containsOnly(Affects.NOBODY);
    bench.metricFilter("gb", "region", "eu");
    BxbProvider fresh =
        new BxbProvider(
            BxbSettings.of(
                Bench.config(
                    "Minor", "Description", bench.organizationId, AccountConfig.Aliases.NONE)),
            bench.client,
            InstantSource.system());
    Observation<BxbWorld> found = fresh.find(named(plan, id));
    List<Step> steps = fresh.plan(plan, found.worldIfAny().orElseThrow(), Bench.KEEP);
    assertThat(steps)
        .filteredOn(it -> it.affects() == Affects.EXISTING_SUBSCRIBERS)
        .singleElement()
        .satisfies(it -> assertThat(it.erases()).anyMatch(text -> text.contains("never shows")));
    assertThat(bench.writes()).noneMatch(it -> it.startsWith("PUT"));
  }

  @Test
  void anIdThatTheManifestNamesMustExistAndHaveOurKey() {
    CatalogPlan plan = team().plan();
    assertThat(missing(bench.provider.find(named(plan, "00000000-0000-4000-8000-000000000000"))))
        .hasSize(1);
    String other = byHand(bench, "other", "");
    Observation<BxbWorld> found = bench.provider.find(named(plan, other));
    assertThat(bench.provider.conflicts(plan, found.worldIfAny().orElseThrow()))
        .singleElement()
        .satisfies(it -> assertThat(it.instead()).contains("key: other"));
  }

  @Test
  void whatTheAccountLacksIsNamedWithItsField() {
    bench.metric("gb", "sum");
    bench.metricFilter("gb", "region", "eu");
    Samples sample =
        team()
            .with(perUnit("calls", "calls", "1"))
            .with(
                Samples.filtered(
                    "gb", "gb", new PriceModel.Filter("region", List.of("mars"), BigDecimal.ONE)));
    sample.entitlements.add(enabled("sso", true));
    assertThat(missing(bench.find(sample.plan())))
        .extracting(missing -> missing.kind() + " " + missing.lookedFor())
        .containsExactlyInAnyOrder(
            "metric calls", "metric filter value gb/region=mars", "feature sso");
    assertThat(bench.writes()).noneMatch(it -> it.contains("/v1/plans"));
  }

  @Test
  void aliasesLeadToAMetricByIdOrCode() {
    Bench other =
        new Bench("Minor", "Description", Bench.metricAlias("calls", "calls_v2", false), false);
    String id = other.metric("calls_v2", "count");
    other.sync(team().with(perUnit("calls", "calls", "1")).plan());
    assertThat(other.remote().path("charges").path(0).path("billable_metric_id").asText())
        .isEqualTo(id);
  }

  @Test
  void anotherOrganizationIsNeverReadForPlans() {
    String key = bench.server.controls().addOrganization("Other").key();
    BxbProvider wrong =
        new BxbProvider(
            BxbSettings.of(
                Bench.config(
                    "Minor", "Description", bench.organizationId, AccountConfig.Aliases.NONE)),
            new EmulatedClient(
                bench.server, new BxbProviderFactory().headers(key), Optional.empty()),
            InstantSource.system());
    bench.server.clearExchanges();
    assertThatThrownBy(() -> wrong.find(named(team().plan(), "x")))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining(bench.organizationId)
        .hasMessageNotContaining(key);
    assertThat(wrong.account().id()).isNotEqualTo(bench.organizationId);
    assertThat(bench.server.exchanges())
        .extracting(BxbEmulator.Exchange::target)
        .containsOnly("/v1/organizations/current");
  }

  @Test
  void aSweepHandsOverOursAndNobodyElses() {
    bench.sync(team().plan());
    byHand(bench, "unmarked", "by hand");
    byHand(bench, "copy", "planwright: shop-prod/team shop/team");
    byHand(bench, "foreign", "planwright: other/foreign shop/team");
    List<Listed<BxbWorld>> listed = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of(), listed::add)).isEmpty();
    assertThat(listed)
        .singleElement()
        .satisfies(it -> assertThat(it.identity()).contains(team().plan().identity()));
    BxbWorld world = listed.getFirst().world().orElseThrow();
    assertThat(bench.provider.plan(team().plan(), world, Bench.KEEP)).isEmpty();
  }

  @Test
  void aSweepFindsTheSameWithUsageFiltersAndEntitlements() {
    bench.metric("gb", "sum");
    bench.metricFilter("gb", "region", "eu");
    bench.feature("sso", "boolean");
    Samples sample =
        team()
            .with(
                Samples.filtered(
                    "gb", "gb", new PriceModel.Filter("region", List.of("eu"), BigDecimal.ONE)));
    sample.entitlements.add(enabled("sso", true));
    bench.sync(sample.plan());
    List<Listed<BxbWorld>> listed = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of(), listed::add)).isEmpty();
    assertThat(
            bench.provider.plan(sample.plan(), listed.getFirst().world().orElseThrow(), Bench.KEEP))
        .isEmpty();
  }

  @Test
  void aListingLongerThanAPageIsReadWhole() {
    for (int i = 0; i < 1003; i++) {
      byHand(bench, "p" + i, "planwright: shop-prod/p" + i + " shop/p");
    }
    List<Listed<BxbWorld>> listed = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of(), listed::add)).isEmpty();
    assertThat(listed).extracting(Listed::externalId).doesNotHaveDuplicates().hasSize(1003);
  }

  @Test
  void aListingThatRepeatsShiftsOrIsShortIsNoAnswer() {
    ObjectNode plan =
        json()
            .put("id", "1")
            .put("code", "a")
            .put("name", "A")
            .put("interval", "monthly")
            .put("amount_cents", 0)
            .put("currency", "USD")
            .put("trial_period_days", 0);
    assertThat(swept(2, plan)).contains("1 objects and says it has 2");
    assertThat(swept(0, plan)).contains("1 objects and says it has 0");
    assertThat(swept(2)).contains("0 objects and says it has 2");
    ObjectNode broken = json().put("id", "1");
    assertThat(swept(1, broken)).contains("\"code\" is not a text");
  }

  /** What a sweep says of a listing that answers every page alike. */
  private String swept(int total, ObjectNode... page) {
    ApiClient client =
        request ->
            request.target().contains("organizations")
                ? bench.client.send(request)
                : new ApiResponse(
                    200,
                    Map.of("x-total-count", Integer.toString(total)),
                    JsonNodeFactory.instance.arrayNode().addAll(List.of(page)));
    BxbProvider provider =
        new BxbProvider(
            BxbSettings.of(
                Bench.config(
                    "Minor", "Description", bench.organizationId, AccountConfig.Aliases.NONE)),
            client,
            InstantSource.system());
    return provider.sweep(Set.of(), it -> {}).orElseThrow();
  }
}
