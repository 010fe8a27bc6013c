package dev.planwright.matrix;

import static dev.planwright.matrix.SamplePlans.silent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.MarkLine;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.bxb.BxbProviderFactory;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.emulator.bxb.Usage;
import dev.planwright.testing.VendorContracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * bxb on its emulator.
 *
 * @param marks whether our mark is kept in the description; without it only status knows what is
 *     ours, and plans are journaled too
 */
record BxbUnderTest(boolean marks) implements BackendUnderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "bxb_live_" + "0".repeat(64);
  private static final List<String> ASSIGNED =
      List.of("id", "plan_id", "charge_id", "organization_id", "created_at", "updated_at");
  private static final Optional<RequestJudge> CONTRACT =
      VendorContracts.of("bxb").map(RequestJudge::new);

  @Override
  public String name() {
    return marks ? "bxb" : "bxb-unmarked";
  }

  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public long callsOfCreate() {
    return 4;
  }

  @Override
  public boolean isMarked() {
    return marks;
  }

  @Override
  public Server fresh(InstantSource clock) {
    BxbEmulator emulator =
        new BxbEmulator(clock.withZone(ZoneOffset.UTC), BxbEmulator::numberedId, 1);
    String key = emulator.controls().addKey(BxbEmulator.DEFAULT_ORGANIZATION);
    Bxb bxb = new Bxb(emulator, key, new AtomicBoolean());
    for (String metric : List.of("api-calls", "sms", "storage-gb")) {
      bxb.make(
          "/v1/billable_metrics/",
          "{\"code\":\"%s\",\"name\":\"%s\",\"aggregation_type\":\"sum\",\"field_name\":\"n\"}"
              .formatted(metric, metric));
    }
    bxb.make("/v1/features/", "{\"code\":\"sso\",\"name\":\"SSO\",\"feature_type\":\"boolean\"}");
    bxb.make(
        "/v1/features/", "{\"code\":\"seats\",\"name\":\"Seats\",\"feature_type\":\"quantity\"}");
    bxb.make("/v1/taxes/", "{\"code\":\"vat\",\"name\":\"VAT\",\"rate\":0.2}");
    return bxb;
  }

  @Override
  public ProviderFactory factory() {
    return new BxbProviderFactory();
  }

  @Override
  public AccountConfig config() {
    ObjectNode block =
        JSON.createObjectNode()
            .put("url", "http://bxb.test")
            .put("organizationId", BxbEmulator.DEFAULT_ORGANIZATION)
            .put("chargeAmountUnit", "Minor")
            .put("trialIsInformational", true);
    if (!marks) {
      block.put("ownershipMark", "None");
    }
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.UNVERIFIED,
        block,
        AccountConfig.Aliases.NONE);
  }

  /** The server's copy of the key is put in by {@link Bxb}: keys differ from server to server. */
  @Override
  public String key() {
    return KEY;
  }

  @Override
  public Optional<RequestJudge> contract() {
    return CONTRACT;
  }

  @Override
  public List<Scenario> scenarios() {
    Repertoire all =
        Repertoire.shared()
            .and(Scenario.adoptRicher(silent("49.00"), silent("59.00")))
            .refusing(new Scenario.Inexpressible("spec.lifecycle"), "archive")
            .refusing(
                new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "cannot stop selling a plan"),
                "archive on deletion",
                "archive while it is created",
                "archive as soon as it is there");
    if (marks) {
      return all.scenarios();
    }
    CatalogPlan entitled = SamplePlans.entitled(SamplePlans.team(), true, 10);
    CatalogPlan full = Scenarios.full();
    // What has no key of its own cannot be told from somebody else's.
    return all.with("change commitment and thresholds", entitled, full)
        .with("change commitment and thresholds, drift reverted", entitled, full)
        .with("delete with commitment and thresholds", entitled, full)
        .refusing(
            new Scenario.Inexpressible(
                "spec.minimumCommitments[0]", "spec.usageThresholds[0]", "spec.usageThresholds[1]"),
            "create with commitment and thresholds",
            "create with commitment and thresholds, drift reverted",
            "change commitment and thresholds",
            "change commitment and thresholds, drift reverted")
        .scenarios();
  }

  private record Bxb(BxbEmulator emulator, String key, AtomicBoolean countsHidden)
      implements Server, Till, Rich, Payers {
    @Override
    public TransportReply answer(TransportCall call) {
      if (countsHidden.get() && call.uri().getPath().endsWith("/subscription_counts")) {
        return new TransportReply(
            200, Map.of("content-type", "application/json"), new byte[] {'[', ']'});
      }
      String query = call.uri().getRawQuery();
      Map<String, String> headers = new java.util.HashMap<>(call.headers());
      headers.replaceAll(
          (name, value) -> name.equalsIgnoreCase("authorization") ? "Bearer " + key : value);
      EmulatorResponse response =
          emulator.handle(
              new EmulatorRequest(
                  call.method(),
                  call.uri().getRawPath() + (query == null ? "" : "?" + query),
                  headers,
                  call.body()));
      return new TransportReply(response.status(), response.headers(), response.body());
    }

    @Override
    public BigDecimal pays(String key, BigDecimal calls) {
      BigDecimal base =
          emulator.controls().plan(key).orElseThrow().path("amount_cents").decimalValue();
      return base.add(emulator.chargeTotal(planId(key), "api-calls", Usage.units(calls)))
          .movePointLeft(2);
    }

    @Override
    public Map<String, String> gets(String key) {
      Map<String, String> codes = new HashMap<>();
      read("/v1/features/")
          .forEach(it -> codes.put(it.path("id").asText(), it.path("code").asText()));
      Map<String, String> gets = new HashMap<>();
      for (ObjectNode row : emulator.controls().entitlements(planId(key))) {
        String value = row.path("value").asText();
        gets.put(
            codes.getOrDefault(row.path("feature_id").asText(), ""),
            value.equals("true") ? "on" : value);
      }
      return gets;
    }

    private JsonNode read(String target) {
      EmulatorResponse response =
          emulator.handle(
              EmulatorRequest.of("GET", target, Map.of("authorization", "Bearer " + key), ""));
      try {
        return JSON.readTree(response.text());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void enrich(String key) {
      emulator.controls().editPlan(planId(key), "description", TextNode.valueOf("Made by hand"));
      emulator.controls().editPlan(planId(key), "trial_period_days", IntNode.valueOf(14));
    }

    @Override
    public SortedMap<String, String> extras(String key) {
      ObjectNode plan = emulator.controls().plan(key).orElseThrow();
      SortedMap<String, String> extras = new TreeMap<>();
      MarkLine.Split description = MarkLine.split(plan.path("description").asText(""));
      Extras.put(extras, "description", TextNode.valueOf(description.text()));
      if (plan.path("trial_period_days").asInt() != 0) {
        Extras.put(extras, "trial_period_days", plan.path("trial_period_days"));
      }
      return extras;
    }

    @Override
    public Server copy() {
      return new Bxb(emulator.copy(), key, new AtomicBoolean(countsHidden.get()));
    }

    @Override
    public List<String> objects() {
      List<String> objects = new ArrayList<>();
      var controls = emulator.controls();
      for (ObjectNode plan : controls.plans()) {
        String id = plan.path("id").asText();
        String of = " of " + plan.path("code").asText() + " ";
        controls.charges(id).forEach(it -> objects.add("charge" + of + content(it)));
        controls.commitments(id).forEach(it -> objects.add("commitment" + of + content(it)));
        controls.thresholds(id).forEach(it -> objects.add("threshold" + of + content(it)));
        controls.entitlements(id).forEach(it -> objects.add("entitlement" + of + content(it)));
        ObjectNode own = plan.deepCopy();
        own.remove("charges");
        objects.add("plan " + content(own));
      }
      var counts = controls.counts();
      int orphans =
          counts.charges()
              + counts.commitments()
              + counts.thresholds()
              + counts.entitlements()
              + counts.plans()
              - objects.size();
      for (int i = 0; i < orphans; i++) {
        objects.add("orphan of no plan");
      }
      return objects.stream().sorted().toList();
    }

    /** Feature and metric ids stay: they are the same in every run. */
    private static JsonNode content(ObjectNode row) {
      ObjectNode content = row.deepCopy();
      content.remove(ASSIGNED);
      for (JsonNode filter : content.path("filters")) {
        ((ObjectNode) filter).remove(ASSIGNED);
      }
      return content;
    }

    @Override
    public long writesSeen() {
      return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
    }

    @Override
    public String join(CatalogPlan plan, Map<String, String> priceIds) {
      String key = plan.identity().key();
      emulator.controls().addSubscription(planId(key), "active");
      return planId(key);
    }

    /** Nothing is versioned: everybody pays what the plan says. */
    @Override
    public BigDecimal owes(String subscriber, BigDecimal calls) {
      return emulator
          .invoiceCents(subscriber, Map.of("api-calls", Usage.units(calls)))
          .movePointLeft(2);
    }

    @Override
    public void subscribe(String key) {
      emulator.controls().addSubscription(planId(key), "active");
    }

    @Override
    public void unmark(String key) {
      String description =
          emulator.controls().plan(key).orElseThrow().path("description").asText("");
      int mark = description.lastIndexOf("planwright: ");
      String text = mark < 0 ? description : description.substring(0, mark).stripTrailing();
      emulator.controls().editPlan(planId(key), "description", TextNode.valueOf(text));
    }

    @Override
    public void delete(String key) {
      emulator.controls().deletePlan(planId(key));
    }

    @Override
    public void hideSubscribers() {
      countsHidden.set(true);
    }

    private String planId(String code) {
      return emulator.controls().plan(code).orElseThrow().path("id").asText();
    }

    void make(String target, String body) {
      EmulatorResponse response =
          emulator.handle(
              EmulatorRequest.of(
                  "POST",
                  target,
                  Map.of("authorization", "Bearer " + key, "content-type", "application/json"),
                  body));
      if (response.status() >= 300) {
        throw new IllegalStateException(target + ": " + response.text());
      }
    }
  }
}
