package dev.planwright.backend.noderails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider.Planning;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.emulator.noderails.NodeRailsControls;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.testing.EmulatedClient;
import dev.planwright.testing.VendorContracts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A provider on an emulated server, and the smallest loop that brings a plan there. */
final class Bench {
  static final Planning KEEP = new Planning(ExistingSubscribers.KEEP, Handles.NONE);
  static final Planning MIGRATE = new Planning(ExistingSubscribers.MIGRATE, Handles.NONE);
  static final String APP = NodeRailsEmulator.TEST_APP;

  final ManualClock clock = new ManualClock();
  final NodeRailsEmulator server = new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 7);
  final EmulatedClient client;
  final NodeRailsProvider provider;

  /** What status would remember. */
  Optional<String> externalId = Optional.empty();

  Handles handles = Handles.NONE;
  List<Intent> intents = List.of();
  Optional<Instant> lookedBefore = Optional.empty();

  /** Every idempotency key that was sent. */
  private int keys;

  Bench() {
    this(APP, AccountEnvironment.SANDBOX);
  }

  Bench(String app, AccountEnvironment environment) {
    client =
        new EmulatedClient(
            server,
            new NodeRailsProviderFactory().headers(NodeRailsEmulator.TEST_KEY),
            VendorContracts.of("noderails"));
    provider = new NodeRailsProvider(NodeRailsSettings.of(config(app, environment)), client, clock);
  }

  static AccountConfig config(String app, AccountEnvironment environment) {
    return new AccountConfig(
        "shop/default",
        "shop-prod",
        environment,
        JsonNodeFactory.instance.objectNode().put("appId", app),
        AccountConfig.Aliases.NONE);
  }

  NodeRailsControls controls() {
    return server.controls();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  Observation<NodeRailsWorld> find(CatalogPlan desired) {
    return provider.find(
        new Sought(
            desired.identity(),
            Optional.of(desired),
            externalId.or(desired::externalId),
            externalId.isEmpty() && desired.externalId().isPresent(),
            handles,
            intents,
            lookedBefore));
  }

  NodeRailsWorld world(CatalogPlan desired) {
    Observation<NodeRailsWorld> found = find(desired);
    return found.worldIfAny().orElseThrow(() -> new AssertionError("no world: " + found));
  }

  List<Step> plan(CatalogPlan desired) {
    return provider.plan(desired, world(desired), KEEP);
  }

  /** Sends one step. */
  ApiResponse send(Step step) {
    String key = step.intent().isEmpty() ? "" : "0123456789abcdef0123456789abcdef-" + keys++;
    ApiResponse answer = client.send(step.request().apply(new Step.Sending(handles, key)));
    if (answer.isSuccess()) {
      handles = step.learn().apply(handles, answer);
    }
    return answer;
  }

  void execute(List<Step> steps) {
    for (Step step : steps) {
      ApiResponse answer = send(step);
      assertThat(answer.isSuccess() || step.alsoDone().contains(answer.status()))
          .as("%s: %s %s", step.title(), answer.status(), answer.body())
          .isTrue();
    }
  }

  List<Step> sync(CatalogPlan desired) {
    return sync(desired, KEEP);
  }

  /** Brings the plan there, and fails when it does not come to rest. */
  List<Step> sync(CatalogPlan desired, Planning planning) {
    assertThat(provider.check(desired, AccountFacts.unknown()).violations()).isEmpty();
    List<Step> all = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      NodeRailsWorld world = world(desired);
      assertThat(provider.conflicts(desired, world)).isEmpty();
      List<Step> steps = provider.plan(desired, world, planning);
      if (steps.isEmpty()) {
        provider.view(world).ifPresent(it -> externalId = Optional.of(it.externalId()));
        return all;
      }
      execute(steps);
      all.addAll(steps);
    }
    throw new AssertionError("still changes something: " + plan(desired));
  }

  JsonNode remote() {
    return controls().planWith("planwright.dev/key", "team").orElseThrow();
  }

  String remoteId() {
    return remote().path("id").asText();
  }

  /** A price by its mark. */
  JsonNode remote(String name, int revision) {
    for (JsonNode it : remote().path("prices")) {
      if (it.path("metadata").path("planwright.dev/price").asText().equals(name)
          && it.path("metadata").path("planwright.dev/revision").asInt() == revision) {
        return it;
      }
    }
    throw new AssertionError(name + " " + revision + " is not in " + remote());
  }

  String priceId(String name, int revision) {
    return remote(name, revision).path("id").asText();
  }

  /** Mutating calls since the log was cleared, ids as {@code ID}. */
  List<String> writes() {
    return server.exchanges().stream()
        .filter(it -> !it.method().equals("GET"))
        .map(it -> it.method() + " " + it.target().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID"))
        .toList();
  }

  static List<String> fields(List<Step> steps) {
    return steps.stream().flatMap(it -> it.changes().stream()).map(Object::toString).toList();
  }
}
