package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountConfig.Alias;
import dev.planwright.backend.AccountConfig.Aliases;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider.Planning;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPlan.Lifecycle;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose a plan is and what is there, against the reference server. */
class HttpIdentityTest {
  private static final ExistingSubscribers KEEP = ExistingSubscribers.KEEP;
  private static final String BY_HAND =
      """
      {"owner": null, "displayName": "Team", "prices": [
        {"name": "team-monthly", "currency": "USD", "recurring": {"interval": "Month"},
         "flat": {"amount": "49.0"}}]}
      """;

  private final SandboxAccount account = new SandboxAccount();
  private final CatalogPlan team =
      Samples.team(
          Samples.flat("team-monthly", "49.00"),
          Samples.perUnit("team-calls", "api-calls", "0.002"));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void anEqualPlanWithoutOwnerIsTakenOverByItsMarkAlone() {
    byHand(BY_HAND);
    CatalogPlan plan = Samples.team(Samples.flat("team-monthly", "49"));

    assertThat(ownership(plan)).isEqualTo(Observation.Ownership.UNMARKED);
    Step step = account.plan(plan, KEEP).getFirst();

    assertThat(step.changes()).containsExactly(new FieldChange("owner", "", SandboxAccount.OWNER));
    assertThat(step.affects()).isEqualTo(Affects.NOBODY);
    assertThat(step.erases()).isEmpty();
    account.execute(step);
    assertThat(ownership(plan)).isEqualTo(Observation.Ownership.OURS);
    assertThat(account.plan(plan, KEEP)).isEmpty();
  }

  @Test
  void whatTheManifestDoesNotSayOfAnAdoptedPlanWouldBeErased() {
    byHand(BY_HAND);
    account.edit(
        "team",
        """
        {"description": "by hand", "entitlements": [{"feature": "seats", "limit": 5}],
         "prices": {"old": {"currency": "EUR", "recurring": {"interval": "Month"},
                            "flat": {"amount": "40"}}}}
        """);

    Step step = account.plan(Samples.team(Samples.flat("team-monthly", "49")), KEEP).getFirst();

    assertThat(step.erases())
        .containsExactly(
            "description = by hand",
            "entitlements.seats.limit = 5",
            "entitlements.seats.soft = false",
            "prices.old = flat 40 EUR, 1 month");
  }

  @Test
  void anotherOwnersPlanIsForeignAndAStaleWriteToItIsRefused() {
    account.round(team, KEEP);
    Step stale = account.plan(Samples.team(Samples.flat("team-monthly", "1")), KEEP).getFirst();
    account.edit("team", "{\"owner\": \"somebody\"}");

    assertThat(((Observation.Foreign<HttpWorld>) account.find(team)).owner()).isEqualTo("somebody");
    ApiResponse answer = account.send(stale.request().apply(new Step.Sending(Handles.NONE, "")));
    assertThat(account.provider.refusal(stale, answer).reason()).isEqualTo(Reason.RETRYING);
  }

  @Test
  void aPlanNamedByItsIdIsFoundOnlyUnderItsOwnKey() {
    account.round(team, KEEP);
    String id = view(team).externalId();
    account.calls.clear();

    assertThat(named("team", id)).isInstanceOf(Observation.Found.class);
    assertThat(account.calls).containsExactly("GET /plans/team");
    assertThat(((Observation.Ambiguous<HttpWorld>) named("other", id)).why())
        .contains("\"team\"", "\"other\"", "spec.externalId");
    assertThat(missing(named("other", "plan_none")))
        .containsExactly(
            new Observation.MissingReference("plan", "plan_none", "plan_none", "spec.externalId"));
    assertThat(named("team", "plan_none")).isInstanceOf(Observation.Unresolved.class);
  }

  @Test
  void whatTheAccountLacksIsNamedByFieldAndNothingIsSent() {
    CatalogPlan plan =
        Samples.plan(
            "Team",
            "",
            CatalogPlan.Type.PLAN,
            Lifecycle.ACTIVE,
            List.of(Samples.limit("rooms", "3")),
            Samples.perUnit("usage", "minutes", "1"));

    assertThat(missing(account.find(plan)))
        .containsExactly(
            new Observation.MissingReference(
                "feature", "rooms", "rooms", "spec.entitlements[rooms]"),
            new Observation.MissingReference(
                "metric", "minutes", "minutes", "prices.usage.perUnit.metric"));
    assertThat(account.writes()).isEmpty();
  }

  @Test
  void anAliasIsSentInPlaceOfTheWordAndBothSpellingsAreEqual() {
    Aliases aliases =
        new Aliases(Map.of("calls", new Alias("api-calls", false)), Map.of(), Map.of());
    try (SandboxAccount aliased = new SandboxAccount(aliases)) {
      CatalogPlan plan = Samples.team(Samples.perUnit("usage", "calls", "1"));
      aliased.round(plan, KEEP);
      assertThat(aliased.stored("team").at("/prices/0/perUnit/metric").asText())
          .isEqualTo("api-calls");
      String id = aliased.control("GET", "/metrics", null).at("/metrics/0/id").asText();
      aliased.edit(
          "team", "{\"prices\": {\"usage\": {\"perUnit\": {\"metric\": \"" + id + "\"}}}}");

      assertThat(aliased.plan(plan, KEEP)).isEmpty();
    }
  }

  @Test
  void aKeyWithABarTravelsEncodedAndUnfolded() {
    CatalogPlan plan = withKey(team, "shop|Team.1");
    account.round(plan, KEEP);

    assertThat(account.writes())
        .containsExactly("PUT /plans/shop%7CTeam.1?existingSubscribers=keep");
    assertThat(account.find(withKey(team, "shop|team.1"))).isInstanceOf(Observation.Absent.class);
    assertThat(account.find(plan)).isInstanceOf(Observation.Found.class);
  }

  @Test
  void theSweepShowsEachOfOurPlansOnceAndNobodyElses() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 205; i++) {
      keys.add("plan-" + i);
      account.round(withKey(team, "plan-" + i), KEEP);
    }
    byHand(BY_HAND);
    account.calls.clear();
    List<Listed<HttpWorld>> listed = new ArrayList<>();

    assertThat(account.provider.sweep(Set.of(), listed::add)).isEmpty();

    assertThat(listed)
        .extracting(l -> l.identity().orElseThrow().key())
        .containsExactlyElementsOf(keys);
    assertThat(account.calls.stream().filter(call -> call.startsWith("GET /plans"))).hasSize(3);
    HttpWorld world = listed.getFirst().world().orElseThrow();
    assertThat(
            account.provider.plan(withKey(team, "plan-0"), world, new Planning(KEEP, Handles.NONE)))
        .isEmpty();
  }

  @Test
  void aShortListingIsNoListing() {
    account.round(withKey(team, "a"), KEEP);
    account.round(withKey(team, "b"), KEEP);
    account.provider.sweep(Set.of(), listed -> {});
    account.faults("{\"truncateLists\": {\"count\": 1, \"keep\": 1, \"honestTotal\": true}}");

    assertThat(account.provider.sweep(Set.of(), listed -> {}).orElseThrow()).contains("1 of 2");
  }

  @Test
  void theAccountTellsWhoItIsAndWhatItCanDo() {
    AccountFacts facts = account.provider.account();

    assertThat(facts.id()).isEqualTo("acct_sandbox");
    assertThat(facts.environment()).isEqualTo(AccountFacts.AccountEnvironment.SANDBOX);
    assertThat(facts.facts()).containsEntry("archive", "true").containsKey("models");
    assertThat(ServerCapabilities.of(facts).orElseThrow().models()).hasSize(9);
  }

  @Test
  void theFingerprintFollowsTheContentAndNotTheCountOrTheVersion() {
    account.round(team, KEEP);
    String before = view(team).fingerprint();
    account.subscribe("team", 1);
    account.edit("team", "{\"displayName\": \"Other\"}");
    String changed = view(team).fingerprint();
    account.edit("team", "{\"displayName\": \"Team\"}");

    assertThat(changed).isNotEqualTo(before);
    assertThat(view(team).fingerprint()).isEqualTo(before);
  }

  private void byHand(String plan) {
    ApiResponse response =
        account.send(
            dev.planwright.backend.ApiRequest.of(
                    "test", "PUT", "/plans/team", SandboxAccount.parse(plan))
                .withHeader("If-None-Match", "*"));
    assertThat(response.status()).as(response.body().toString()).isEqualTo(201);
    account.calls.clear();
  }

  private Observation.Ownership ownership(CatalogPlan plan) {
    return ((Observation.Found<HttpWorld>) account.find(plan)).ownership();
  }

  private static List<Observation.MissingReference> missing(Observation<HttpWorld> found) {
    return ((Observation.Unresolved<HttpWorld>) found).missing();
  }

  private HttpWorld world(CatalogPlan plan) {
    return account.find(plan).worldIfAny().orElseThrow();
  }

  private RemoteView view(CatalogPlan plan) {
    return account.provider.view(world(plan)).orElseThrow();
  }

  private Observation<HttpWorld> named(String key, String id) {
    CatalogPlan plan = withKey(team, key);
    return account.provider.find(
        SandboxAccount.sought(plan.identity(), Optional.of(plan), Optional.of(id)));
  }

  private static CatalogPlan withKey(CatalogPlan plan, String key) {
    Identity identity = new Identity(plan.identity().ownerId(), key);
    return Samples.copy(plan, identity, plan.lifecycle(), plan.parentPlan());
  }
}
