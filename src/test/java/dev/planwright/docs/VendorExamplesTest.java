package dev.planwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.Account;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Provider;
import dev.planwright.backend.client.AccountBreaker;
import dev.planwright.backend.client.AccountClient;
import dev.planwright.backend.client.AccountRate;
import dev.planwright.backend.client.CallGate;
import dev.planwright.backend.client.CallObserver;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Compilation;
import dev.planwright.catalog.Policies;
import dev.planwright.controller.BackendCheck;
import dev.planwright.emulator.EmulatorHandler;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.emulator.paygentic.PaygenticEmulator;
import dev.planwright.emulator.paygentic.PaygenticMaker;
import dev.planwright.emulator.schematic.SchematicEmulator;
import dev.planwright.emulator.stigg.StiggEmulator;
import dev.planwright.operator.Providers;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples of each vendor, synced as they stand to a server that has what their comments ask
 * for: every Plan gets there, and a second look writes nothing.
 */
class VendorExamplesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private final ManualClock clock = new ManualClock();
  private final Map<String, Memory> memories = new HashMap<>();
  private int writes;

  /**
   * An account with what the comments of the examples say exists there.
   *
   * @param ids what a reader puts in the place of the ids in backend.yaml
   */
  private record Shop(EmulatorHandler server, String key, Map<String, String> ids) {}

  private Shop shop(String vendor) {
    return switch (vendor) {
      case "stigg" -> stigg();
      case "schematic" -> schematic();
      case "paygentic" -> paygentic();
      case "noderails" -> nodeRails();
      case "bxb" -> bxb();
      default -> throw new IllegalArgumentException(vendor);
    };
  }

  private Shop stigg() {
    StiggEmulator server = new StiggEmulator(clock.withZone(ZoneOffset.UTC));
    server.console().product("product-main");
    server.console().feature("feature-api-calls", "NUMBER", "INCREMENTAL");
    server.console().feature("feature-seats", "NUMBER", "FLUCTUATING");
    server.console().feature("feature-sso", "BOOLEAN", "None");
    server.console().currency("tokens");
    return new Shop(server, server.key(), Map.of());
  }

  private Shop schematic() {
    SchematicEmulator server = new SchematicEmulator(clock.withZone(ZoneOffset.UTC));
    var controls = server.controls();
    controls.addFeature("projects", "trait");
    controls.addFeature("api-calls", "event");
    controls.addFeature("seats", "license");
    controls.addFeature("sso", "boolean");
    return new Shop(server, controls.addKey(controls.environment()), Map.of());
  }

  private Shop paygentic() {
    PaygenticEmulator server =
        new PaygenticEmulator(
            clock.withZone(ZoneOffset.UTC),
            PaygenticEmulator::numberedId,
            PaygenticEmulator.Environment.SANDBOX);
    PaygenticMaker make = server.controls().make();
    PaygenticMaker.Access access = make.merchant("Shop", "USD");
    String product = make.product(access.merchantId(), "Main");
    make.metric(product, "api-calls", "COUNT");
    make.feature(product, "api-calls", "metered");
    make.metric(product, "payments", "COUNT"); // its name need not be the only one of its kind
    String cents = make.metric(product, "payments", "SUM");
    return new Shop(
        server,
        access.key(),
        Map.of(
            "org_0123456789abcdef", access.merchantId(),
            "prod_0123456789abcdef", product,
            "bm_0123456789abcdef", cents));
  }

  private Shop nodeRails() {
    NodeRailsEmulator server = new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
    server.controls().makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20"), false);
    return new Shop(
        server,
        NodeRailsEmulator.TEST_KEY,
        Map.of("00000000-0000-4000-8000-000000000001", NodeRailsEmulator.TEST_APP));
  }

  private Shop bxb() {
    BxbEmulator server =
        new BxbEmulator(clock.withZone(ZoneOffset.UTC), BxbEmulator::numberedId, 1);
    String key = server.controls().addKey(BxbEmulator.DEFAULT_ORGANIZATION);
    for (String metric : List.of("api_calls", "storage_gb", "sms")) {
      make(
          server,
          key,
          "/v1/billable_metrics/",
          "{\"code\":\"%s\",\"name\":\"%s\",\"aggregation_type\":\"sum\",\"field_name\":\"n\"}"
              .formatted(metric, metric));
    }
    make(
        server,
        key,
        "/v1/features/",
        "{\"code\":\"sso\",\"name\":\"SSO\",\"feature_type\":\"boolean\"}");
    return new Shop(
        server,
        key,
        Map.of("00000000-0000-0000-0000-000000000001", BxbEmulator.DEFAULT_ORGANIZATION));
  }

  private static void make(EmulatorHandler server, String key, String path, String body) {
    Map<String, String> headers =
        Map.of("authorization", "Bearer " + key, "content-type", "application/json");
    EmulatorResponse made = server.handle(EmulatorRequest.of("POST", path, headers, body));
    assertThat(made.status()).as(made.text()).isIn(200, 201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stigg", "schematic", "paygentic", "noderails", "bxb"})
  void everyPlanOfTheExamplesGetsThereAndASecondLookWritesNothing(String vendor)
      throws IOException {
    Shop shop = shop(vendor);
    String yaml = Files.readString(Path.of("examples", vendor, "backend.yaml"));
    for (Map.Entry<String, String> id : shop.ids().entrySet()) {
      assertThat(yaml).contains(id.getKey());
      yaml = yaml.replace(id.getKey(), id.getValue());
    }
    BillingBackend backend = YAML.unmarshal(yaml, BillingBackend.class);
    BackendCheck.Result checked = BackendCheck.check(backend, Providers.all(), true);
    assertThat(checked).isInstanceOf(BackendCheck.Fine.class);
    List<CatalogPlan> plans = plans(vendor, backend);

    Map<String, Outcome> outcomes = new HashMap<>();
    for (int round = 0; round < 20 && !areDone(outcomes, plans); round++) {
      for (CatalogPlan plan : plans) {
        outcomes.put(plan.name(), sync((BackendCheck.Fine) checked, shop, plan));
      }
      clock.advance(Duration.ofMinutes(2));
    }

    assertThat(outcomes.values()).as("%s", outcomes).containsOnly(new Outcome.Done());
    assertThat(writes).isGreaterThanOrEqualTo(plans.size());
    writes = 0;
    for (CatalogPlan plan : plans) {
      assertThat(sync((BackendCheck.Fine) checked, shop, plan)).isEqualTo(new Outcome.Done());
    }
    assertThat(writes).as("a second look").isZero();
  }

  private static boolean areDone(Map<String, Outcome> outcomes, List<CatalogPlan> plans) {
    return outcomes.size() == plans.size()
        && outcomes.values().stream().allMatch(new Outcome.Done()::equals);
  }

  private static List<CatalogPlan> plans(String vendor, BillingBackend backend) throws IOException {
    List<Plan> plans = new ArrayList<>();
    List<Price> prices = new ArrayList<>();
    String all = Files.readString(Path.of("examples", vendor, "plans.yaml"));
    for (String document : all.split("(?m)^---$", -1)) {
      if (document.contains("kind: Plan\n")) {
        plans.add(YAML.unmarshal(document, Plan.class));
      } else {
        prices.add(YAML.unmarshal(document, Price.class));
      }
    }
    assertThat(plans).isNotEmpty();
    CatalogCompiler compiler =
        new CatalogCompiler(
            (namespace, name) ->
                plans.stream().filter(it -> it.getMetadata().getName().equals(name)).findFirst());
    return plans.stream()
        .map(
            plan -> {
              List<Price> own =
                  prices.stream()
                      .filter(
                          it -> it.getSpec().planRef().name().equals(plan.getMetadata().getName()))
                      .toList();
              Compilation compiled = compiler.compile(plan, own, backend.getSpec());
              assertThat(compiled).isInstanceOf(Compilation.Compiled.class);
              return ((Compilation.Compiled) compiled).plan();
            })
        .toList();
  }

  // ---- one reconciliation ---------------------------------------------------------------------

  private Outcome sync(BackendCheck.Fine fine, Shop shop, CatalogPlan plan) {
    AccountClient client =
        new AccountClient(
            new AccountClient.Account(
                fine.config().backend(),
                fine.factory().baseUrl(fine.config()),
                shop::key,
                fine.factory()::headers,
                TIMEOUT),
            new AccountClient.Shared(
                (call, timeout) -> answer(shop.server(), call),
                new AccountRate(new Limits(100_000, 16, TIMEOUT), clock, clock),
                new AccountBreaker(fine.config().backend(), clock),
                CallGate.OPEN,
                CallObserver.NONE,
                clock));
    return sync(fine.factory().open(fine.config(), client, clock), client, fine, plan);
  }

  private <R> Outcome sync(
      Provider<R> provider, AccountClient client, BackendCheck.Fine fine, CatalogPlan plan) {
    SyncResult result =
        new PlanSync(clock)
            .sync(
                new Account<>(fine.config().backend(), provider, client, provider.account()),
                new SyncRequest(
                    plan,
                    new Policies(
                        Policies.ExistingSubscribers.KEEP,
                        Policies.Management.MANAGE,
                        Policies.Adoption.NEVER,
                        Policies.Deletion.RETAIN,
                        Policies.DriftPolicy.REPORT),
                    Integer.toHexString(plan.toString().hashCode()),
                    memories.getOrDefault(plan.name(), Memory.EMPTY),
                    "",
                    false),
                new StatusStore() {
                  @Override
                  public void write(Memory written) {
                    memories.put(plan.name(), written);
                  }

                  @Override
                  public Optional<String> whyNotRemove() {
                    return Optional.empty();
                  }
                });
    memories.put(plan.name(), result.memory());
    return result.outcome();
  }

  private TransportReply answer(EmulatorHandler server, TransportCall call) {
    writes += Stream.of("GET", "HEAD").anyMatch(call.method()::equals) ? 0 : 1;
    String query = call.uri().getRawQuery();
    EmulatorResponse answer =
        server.handle(
            EmulatorRequest.of(
                call.method(),
                call.uri().getRawPath() + (query == null ? "" : "?" + query),
                call.headers(),
                new String(call.body(), StandardCharsets.UTF_8)));
    return new TransportReply(
        answer.status(), answer.headers(), answer.text().getBytes(StandardCharsets.UTF_8), false);
  }
}
