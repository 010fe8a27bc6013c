package dev.planwright.backend.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.emulator.bxb.BxbControls;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.testing.EmulatedClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider on an emulated server, and the smallest loop that brings a plan there. */
final class Bench {
  static final Provider.Planning KEEP =
      new Provider.Planning(Policies.ExistingSubscribers.KEEP, Handles.NONE);

  final BxbEmulator server = new BxbEmulator();
  final EmulatedClient client;
  final BxbProvider provider;
  final String organizationId;

  /** What status would remember. */
  Optional<String> externalId = Optional.empty();

  Handles handles = Handles.NONE;

  Bench() {
    this("Minor", "Description", AccountConfig.Aliases.NONE, false);
  }

  Bench(String unit, String mark, AccountConfig.Aliases aliases, boolean defaultOrganization) {
    this(unit, mark, aliases, defaultOrganization, InstantSource.system());
  }

  Bench(
      String unit,
      String mark,
      AccountConfig.Aliases aliases,
      boolean defaultOrganization,
      InstantSource clock) {
    BxbControls.Access access =
        defaultOrganization
            ? new BxbControls.Access(
                BxbEmulator.DEFAULT_ORGANIZATION,
                server.controls().addKey(BxbEmulator.DEFAULT_ORGANIZATION))
            : server.controls().addOrganization("Acme");
    organizationId = access.id();
    client =
        new EmulatedClient(
            server, new BxbProviderFactory().headers(access.key()), Optional.empty());
    provider =
        new BxbProvider(BxbSettings.of(config(unit, mark, organizationId, aliases)), client, clock);
  }

  static AccountConfig config(
      String unit, String mark, String organizationId, AccountConfig.Aliases aliases) {
    ObjectNode block = JsonNodeFactory.instance.objectNode();
    block.put("url", "http://localhost:8000");
    block.put("organizationId", organizationId);
    if (!unit.isEmpty()) {
      block.put("chargeAmountUnit", unit);
    }
    block.put("ownershipMark", mark);
    block.put("trialIsInformational", true);
    return new AccountConfig(
        "shop/default", "shop-prod", AccountFacts.AccountEnvironment.SANDBOX, block, aliases);
  }

  String metric(String code, String aggregation) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("code", code).put("name", code).put("aggregation_type", aggregation);
    if (!aggregation.equals("count")) {
      body.put("field_name", "value");
    }
    return make("/v1/billable_metrics/", body);
  }

  void metricFilter(String metric, String key, String... values) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("key", key);
    for (String value : values) {
      body.withArray("values").add(value);
    }
    make("/v1/billable_metrics/" + metric + "/filters", body);
  }

  String feature(String code, String type) {
    return make(
        "/v1/features/",
        JsonNodeFactory.instance
            .objectNode()
            .put("code", code)
            .put("name", code)
            .put("feature_type", type));
  }

  /** Somebody makes something by hand; gives its id. */
  String make(String target, ObjectNode body) {
    ApiResponse made = client.send(ApiRequest.of("test", "POST", target, body));
    assertThat(made.status()).as("%s", made.body()).isEqualTo(201);
    return made.body().path("id").asText();
  }

  /** Somebody changes the plan by hand. */
  void put(String planId, ObjectNode body) {
    ApiResponse done = client.send(ApiRequest.of("test", "PUT", "/v1/plans/" + planId, body));
    assertThat(done.status()).isEqualTo(200);
  }

  JsonNode remote() {
    return server.controls().plan("team").orElseThrow();
  }

  Observation<BxbWorld> find(CatalogPlan desired) {
    return provider.find(
        new Sought(
            desired.identity(),
            Optional.of(desired),
            externalId,
            false,
            handles,
            List.of(),
            Optional.empty()));
  }

  BxbWorld world(CatalogPlan desired) {
    Observation<BxbWorld> found = find(desired);
    return found.worldIfAny().orElseThrow(() -> new AssertionError("no world: " + found));
  }

  List<Step> plan(CatalogPlan desired) {
    return provider.plan(desired, world(desired), KEEP);
  }

  /** Sends one step. */
  ApiResponse send(Step step) {
    ApiResponse answer = client.send(step.request().apply(new Step.Sending(handles, "")));
    if (answer.isSuccess()) {
      handles = step.learn().apply(handles, answer);
    }
    return answer;
  }

  /** Brings the plan there, and fails when a second look still wants something. */
  List<Step> sync(CatalogPlan desired) {
    assertThat(provider.check(desired, AccountFacts.unknown()).violations()).isEmpty();
    BxbWorld world = world(desired);
    assertThat(provider.conflicts(desired, world)).isEmpty();
    List<Step> steps = provider.plan(desired, world, KEEP);
    execute(steps);
    settled(desired);
    return steps;
  }

  void execute(List<Step> steps) {
    for (Step step : steps) {
      ApiResponse answer = send(step);
      assertThat(answer.isSuccess() || step.alsoDone().contains(answer.status()))
          .as("%s: %s %s", step.title(), answer.status(), answer.body())
          .isTrue();
    }
  }

  /** Sends steps through another client. */
  static void execute(ApiClient client, List<Step> steps) {
    for (Step step : steps) {
      ApiResponse answer = client.send(step.request().apply(new Step.Sending(Handles.NONE, "")));
      assertThat(answer.isSuccess()).as(step.title()).isTrue();
    }
  }

  void settled(CatalogPlan desired) {
    BxbWorld after = world(desired);
    assertThat(provider.plan(desired, after, KEEP)).as("a second look").isEmpty();
    provider
        .view(after)
        .ifPresent(
            view -> {
              externalId = Optional.of(view.externalId());
              handles = view.handles();
            });
  }

  /** Mutating calls since the log was cleared, as {@code PUT /v1/plans/...}. */
  List<String> writes() {
    List<String> writes = new ArrayList<>();
    for (BxbEmulator.Exchange exchange : server.exchanges()) {
      if (!exchange.method().equals("GET")) {
        writes.add(exchange.method() + " " + exchange.target());
      }
    }
    return writes;
  }

  static AccountConfig.Aliases metricAlias(String word, String id, boolean minor) {
    return new AccountConfig.Aliases(
        Map.of(word, new AccountConfig.Alias(id, minor)), Map.of(), Map.of());
  }
}
