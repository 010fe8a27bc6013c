package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.backend.Affects;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.OnDelete;
import dev.planwright.backend.Provider.Planning;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies.Deletion;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.catalog.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved server does. */
class HttpProviderTest {
  private static final String PLAN =
      """
      {"id": "plan_1", "key": "team", "owner": "shop-prod", "version": 1, "etag": "\\"1\\"",
       "archived": false, "subscribers": null, "displayName": "Team", "prices": [
         {"id": "price_1", "name": "team-monthly", "currency": "USD",
          "recurring": {"interval": "Month", "count": 1}, "billing": "InAdvance",
          "flat": {"amount": "49.000"}%s}]%s}
      """;

  private final ScriptedServer server = new ScriptedServer();
  private final CatalogPlan team = Samples.team(Samples.flat("team-monthly", "49"));

  @Test
  void defaultsAndTrailingZerosThatTheServerWritesOutAreNoDifference() {
    server.answer(
        "/plans/team",
        200,
        PLAN.formatted(
            ", \"sortOrder\": 0, \"countries\": []",
            ", \"invoiceDisplayName\": \"Team\", \"lifecycle\": \"Active\", \"metadata\": {}"));

    assertThat(steps(team)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", \"discount\": \"10\" | '' | prices.team-monthly.discount = \"10\"",
        "'' | , \"x-note\": {\"by\": \"hand\"} | x-note = {\"by\":\"hand\"}",
        "'' | , \"trial\": 14 | trial = 14",
        ", \"stairstep\": {} | '' | prices.team-monthly.stairstep = {}"
      })
  void whatIsNotOfTheProtocolIsNeverErasedUnasked(String inPrice, String inPlan, String erased) {
    server.answer("/plans/team", 200, PLAN.formatted(inPrice, inPlan));

    List<Step> steps = steps(Samples.team(Samples.flat("team-monthly", "59")));

    assertThat(steps).hasSize(1);
    assertThat(steps.getFirst().erases()).containsExactly(erased);
  }

  @Test
  void anUnknownFieldAloneIsNoReasonToWrite() {
    server.answer("/plans/team", 200, PLAN.formatted("", ", \"x-note\": \"by hand\""));

    assertThat(steps(team)).isEmpty();
  }

  @Test
  void aCountThatIsNullIsUnreadable() {
    server.answer("/plans/team", 200, PLAN.formatted("", ""));

    assertThat(server.provider.subscribers(world(team))).isInstanceOf(Subscribers.Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\": \"plan_1\", \"key\": \"team\", \"prices\": []}",
        "{\"id\": \"plan_1\", \"key\": \"team\", \"etag\": \"\\\"1\\\"\"}",
        "{\"id\": \"plan_1\", \"key\": \"Team\", \"etag\": \"\\\"1\\\"\", \"prices\": []}"
      })
  void anAnswerThatIsNoPlanIsNonsenseAndNotAbsence(String json) {
    server.answer("/plans/team", 200, json);

    assertThatThrownBy(() -> find(team))
        .isInstanceOfSatisfying(
            BackendException.class,
            e -> assertThat(e.kind()).isEqualTo(BackendException.Kind.NONSENSE));
  }

  @Test
  void aRefusedReadIsNeverAbsence() {
    server.answer("/plans/team", 403, "{\"detail\": \"not for you\"}");

    assertThatThrownBy(() -> find(team))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("not for you")
        .hasMessageContaining("req-7");
  }

  @Test
  void aListingThatRepeatsAPageForEverIsNonsense() {
    empty("metrics", "features", "products");
    server.answer(
        "/plans?owner=shop-prod&limit=100",
        200,
        "{\"total\": 9, \"next\": \"a\", \"plans\": [" + PLAN.formatted("", "") + "]}");
    server.answer(
        "/plans?owner=shop-prod&limit=100&after=a",
        200,
        "{\"total\": 9, \"next\": \"a\", \"plans\": [" + PLAN.formatted("", "") + "]}");

    assertThatThrownBy(() -> server.provider.sweep(Set.of(), listed -> {}))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("nothing new");
    assertThat(server.calls).hasSize(5);
  }

  @Test
  void aListingThatNeverEndsIsNonsense() {
    empty("metrics", "features", "products");
    AtomicInteger id = new AtomicInteger();
    server.otherwise(
        target ->
            "{\"total\": 9, \"next\": \"more\", \"plans\": ["
                + PLAN.formatted("", "").replace("plan_1", "plan_" + id.incrementAndGet())
                + "]}");

    assertThatThrownBy(() -> server.provider.sweep(Set.of(), listed -> {}))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("more than the total of 9");
  }

  @Test
  void aPlanOfAnotherOwnerInTheListingIsPassedOver() {
    empty("metrics", "features", "products");
    server.answer(
        "/plans?owner=shop-prod&limit=100",
        200,
        "{\"total\": 1, \"plans\": ["
            + PLAN.formatted("", "").replace("shop-prod", "somebody")
            + "]}");

    assertThat(
            server.provider.sweep(
                Set.of(),
                listed -> {
                  throw new AssertionError(listed);
                }))
        .isEmpty();
  }

  @Test
  void aServerThatIsNoServerOfTheProtocolIsToldSo() {
    server.answer("/", 200, "{\"hello\": \"world\"}");

    assertThatThrownBy(() -> server.provider.account())
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("planwright/v1")
        .hasMessageContaining("no account");
  }

  @Test
  void aServerThatCannotArchiveOrDeleteMakesTheRemovalImpossible() {
    limited("\"archive\": false, \"delete\": false");
    server.answer("/plans/team", 200, PLAN.formatted("", ""));

    for (Deletion policy : List.of(Deletion.ARCHIVE, Deletion.DELETE)) {
      Removal removal = server.provider.removal(policy, world(team));
      assertThat(removal).isInstanceOf(Removal.Impossible.class);
      assertThat(
              OnDelete.of(
                  policy,
                  server.provider,
                  server.provider.account(),
                  new HttpProviderFactory().capabilities()))
          .startsWith("refused")
          .contains(((Removal.Impossible) removal).why());
    }
    assertThat(server.provider.removal(Deletion.RETAIN, world(team)))
        .isEqualTo(new Removal.Steps(List.of()));
  }

  @Test
  void onAServerThatKeepsNoVersionsEvenATextTouchesWhoAlreadyPays() {
    limited("\"archive\": true, \"delete\": true", "migrate");
    server.answer("/plans/team", 200, PLAN.formatted("", ", \"description\": \"old\""));

    Step step = steps(team).getFirst();

    assertThat(step.affects()).isEqualTo(Affects.EXISTING_SUBSCRIBERS);
    assertThat(step.request().apply(new Step.Sending(Handles.NONE, "")).target())
        .endsWith("existingSubscribers=keep");
  }

  @Test
  void metadataIsNotSentToAServerWithoutAPlaceForIt() {
    limited("\"archive\": true, \"delete\": true");
    server.answer("/plans/team", 200, PLAN.formatted("", ""));
    CatalogPlan tagged = Samples.withMetadata(team, java.util.Map.of("tier", "a"));

    assertThat(steps(tagged)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "409, owner, OWNERSHIP_CONFLICT",
    "409, subscribers, SUBSCRIBERS_AFFECTED",
    "409, other, BACKEND_REJECTED",
    "412, precondition-failed, RETRYING",
    "404, not-found, RETRYING",
    "428, precondition-required, BACKEND_REJECTED",
    "413, too-large, BACKEND_REJECTED",
    "422, invalid, BACKEND_REJECTED"
  })
  void aProblemIsReadByItsType(int status, String type, Reason reason) {
    String problem =
        "{\"type\": \"urn:planwright:problem:" + type + "\", \"detail\": \"so it is\"}";

    assertThat(server.provider.refusal(step(), ScriptedServer.response(status, problem)))
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.message()).contains("so it is", "request req-7");
            });
  }

  @Test
  void onlyWhenAllThatIsWrongIsMissingIsItADependency() {
    String unknown =
        "{\"field\": \"prices.a.flat.metric\", \"reason\": \"unknown\", \"message\": \"is no metric\"}";
    String invalid =
        "{\"field\": \"displayName\", \"reason\": \"invalid\", \"message\": \"is odd\"}";

    assertThat(invalid(unknown).reason()).isEqualTo(Reason.DEPENDENCY_MISSING);
    assertThat(invalid(unknown).message()).contains("prices.a.flat.metric is no metric");
    assertThat(invalid(unknown + "," + invalid).reason()).isEqualTo(Reason.BACKEND_REJECTED);
  }

  private dev.planwright.backend.Refusal invalid(String errors) {
    return server.provider.refusal(
        step(), ScriptedServer.response(422, "{\"detail\": \"no\", \"errors\": [" + errors + "]}"));
  }

  private Step step() {
    return server
        .provider
        .plan(
            team,
            new HttpWorld(Optional.empty(), References.NONE, Optional.empty()),
            new Planning(ExistingSubscribers.KEEP, Handles.NONE))
        .getFirst();
  }

  private void empty(String... kinds) {
    for (String kind : kinds) {
      server.answer("/" + kind + "?limit=100", 200, "{\"total\": 0, \"" + kind + "\": []}");
    }
  }

  private void limited(String switches) {
    limited(switches, "keep");
  }

  private void limited(String switches, String existingSubscribers) {
    server.answer(
        "/",
        200,
        """
        {"protocol": "planwright/v1", "account": {"id": "a", "name": "A"}, "environment": "Sandbox",
         "capabilities": {%s, "subscriberCounts": true, "existingSubscribers": ["%s"],
                          "models": ["flat"], "fields": []}}
        """
            .formatted(switches, existingSubscribers));
    server.provider.account();
  }

  private Observation<HttpWorld> find(CatalogPlan plan) {
    return server.provider.find(
        SandboxAccount.sought(plan.identity(), Optional.of(plan), Optional.empty()));
  }

  private HttpWorld world(CatalogPlan plan) {
    return find(plan).worldIfAny().orElseThrow();
  }

  private List<Step> steps(CatalogPlan plan) {
    return server.provider.plan(
        plan, world(plan), new Planning(ExistingSubscribers.KEEP, Handles.NONE));
  }
}
