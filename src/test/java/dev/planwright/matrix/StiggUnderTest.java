package dev.planwright.matrix;

import static dev.planwright.matrix.SamplePlans.calls;
import static dev.planwright.matrix.SamplePlans.flat;
import static dev.planwright.matrix.SamplePlans.policies;
import static dev.planwright.matrix.SamplePlans.silent;
import static dev.planwright.matrix.SamplePlans.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.backend.stigg.StiggProviderFactory;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggEmulator;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.testing.VendorContracts;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Stigg on its emulator. A publish is through at once, except in scenarios that say otherwise, and
 * usage may stand beside a yearly price, as the BillingBackend says too.
 */
record StiggUnderTest() implements BackendUnderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Optional<RequestJudge> CONTRACT =
      VendorContracts.of("stigg").map(RequestJudge::new);

  @Override
  public long callsOfCreate() {
    return 4;
  }

  @Override
  public boolean removalTouchesSubscribers() {
    return false; // whoever subscribes to an archived plan goes on
  }

  @Override
  public String name() {
    return "stigg";
  }

  /** A draft that was opened looks like one that a person opened: only the journal tells. */
  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public boolean isOpenDraft(String object) {
    return object.contains(" plan team DRAFT ") || object.contains("\"status\":\"DRAFT\"");
  }

  @Override
  public Optional<RequestJudge> contract() {
    return CONTRACT;
  }

  @Override
  public boolean countsSubscribers() {
    return false;
  }

  @Override
  public Server fresh(InstantSource clock) {
    StiggEmulator emulator = new StiggEmulator(clock.withZone(ZoneOffset.UTC));
    for (String metric :
        List.of("api-calls", "sms", "storage-gb", "seats", "projects", "seats-bought")) {
      emulator.console().feature(metric, "NUMBER", "INCREMENTAL");
    }
    emulator.console().feature("sso", "BOOLEAN", "None");
    emulator.console().feature("support", "BOOLEAN", "None");
    emulator.console().product("main");
    emulator.console().currency("tokens");
    emulator.console().plan("starter", "Starter");
    emulator.console().addon("extra-seats", "Extra seats");
    emulator.console().plan("light", "Light");
    emulator.console().addon("extra-sms", "Extra messages");
    emulator.controls().publishAtOnce();
    emulator.controls().set(StiggSwitch.USAGE_BESIDE_YEARLY, true);
    emulator.controls().set(StiggSwitch.MONTHLY_USAGE_PAID_BY_YEARLY, true);
    return new Stigg(emulator);
  }

  @Override
  public ProviderFactory factory() {
    return new StiggProviderFactory();
  }

  @Override
  public AccountConfig config() {
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.UNVERIFIED,
        JSON.createObjectNode()
            .put("url", "http://stigg.test")
            .put("productId", StiggEmulator.DEFAULT_PRODUCT)
            .put("usageBesideYearly", true),
        AccountConfig.Aliases.NONE);
  }

  /** The server's own key is put in by {@link Stigg}. */
  @Override
  public String key() {
    return "server-test";
  }

  @Override
  public List<Scenario> scenarios() {
    CatalogPlan entitled = SamplePlans.entitled(SamplePlans.team(), true, 10);
    CatalogPlan full = SamplePlans.committed(entitled, "100.00");
    CatalogPlan changed =
        SamplePlans.committed(SamplePlans.entitled(SamplePlans.team(), false, 0), "150.00");
    Scenario slow =
        Scenario.edit(
            "change entitlements while publishing takes its time",
            entitled,
            SamplePlans.entitled(SamplePlans.team(), false, 0),
            policies());
    CatalogPlan beside = yearly();
    return Repertoire.shared()
        .and(Scenario.create("create with usage beside a yearly price", beside, policies()))
        .and(
            Scenario.edit(
                "add a yearly price beside usage", SamplePlans.team(), beside, policies()))
        .and(Scenario.adoptRicher(silent("49.00"), silent("59.00")))
        // What was published is archived and never deleted.
        .refusing(
            new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "never deletes a plan that was published"),
            "delete",
            "delete while it is created",
            "delete as soon as it is there",
            "delete with entitlements",
            "delete with commitment and thresholds")
        // There are commitments, and no thresholds.
        .with("create with commitment and thresholds", full)
        .with("create with commitment and thresholds, drift reverted", full)
        .with("change commitment and thresholds", full, changed)
        .with("change commitment and thresholds, drift reverted", full, changed)
        .with("delete with commitment and thresholds", full)
        .and(
            Scenario.create("create with thresholds", Scenarios.full(), policies())
                .ending(
                    new Scenario.Inexpressible(
                        "spec.usageThresholds[0]", "spec.usageThresholds[1]")))
        .and(slow.after(server -> ((Stigg) server).emulator().controls().publishAfterReads(9)))
        .scenarios();
  }

  /** The same usage for those who pay by the month and those who pay by the year. */
  private static CatalogPlan yearly() {
    Interval year = Interval.of(Interval.Unit.YEAR, 1);
    CatalogPlan plan =
        SamplePlans.plan(
            flat("team-monthly", "49.00"),
            flat("team-yearly", "490.00"),
            calls("0.002"),
            storage("team-storage"));
    return PlanDraft.price("team-yearly", it -> it.schedule = new CatalogPrice.Recurring(year))
        .apply(plan);
  }

  private record Stigg(StiggEmulator emulator) implements Server, Till, Rich, Payers {
    @Override
    public TransportReply answer(TransportCall call) {
      String query = call.uri().getRawQuery();
      Map<String, String> headers = new java.util.HashMap<>(call.headers());
      headers.replaceAll(
          (name, value) -> name.equalsIgnoreCase("x-api-key") ? emulator.key() : value);
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
      return emulator
          .bill(key, Purchase.monthly().with("api-calls", calls))
          .getOrDefault("usd", BigDecimal.ZERO);
    }

    @Override
    public Map<String, String> gets(String key) {
      Map<String, String> gets = new HashMap<>();
      emulator
          .grants(key)
          .forEach(
              (feature, row) ->
                  gets.put(
                      feature,
                      row.path("usageLimit").isNumber() ? row.path("usageLimit").asText() : "on"));
      return gets;
    }

    @Override
    public void enrich(String key) {
      ObjectNode trial = JSON.createObjectNode().put("duration", 14).put("units", "DAY");
      trial.put("trialEndBehavior", "CANCEL_SUBSCRIPTION");
      trial.putObject("budget").put("limit", 100).put("hasSoftLimit", true);
      ObjectNode fields =
          JSON.createObjectNode()
              .put("description", "Made by hand")
              .put("billingId", "bill-1")
              .put("parentPlanId", "starter");
      fields.set("defaultTrialConfig", trial);
      fields.putArray("compatibleAddonIds").add("extra-seats");
      fields.putObject("metadata").put("tier", "gold");
      fields
          .properties()
          .forEach(
              it ->
                  emulator
                      .console()
                      .edit(key, StiggConsole.Which.PUBLISHED, it.getKey(), it.getValue()));
    }

    @Override
    public SortedMap<String, String> extras(String key) {
      JsonNode published = JSON.createObjectNode();
      for (JsonNode version : emulator.controls().plan(key).orElseThrow().path("versions")) {
        if (version.path("status").asText().equals("PUBLISHED")) {
          published = version;
        }
      }
      SortedMap<String, String> extras = new TreeMap<>();
      for (String field :
          List.of(
              "description",
              "billingId",
              "parentPlanId",
              "defaultTrialConfig",
              "compatibleAddonIds")) {
        Extras.put(extras, field, published.path(field));
      }
      Extras.put(extras, "metadata.tier", published.path("metadata").path("tier"));
      return extras;
    }

    @Override
    public Server copy() {
      return new Stigg(emulator.copy());
    }

    /** Without what a draft was sealed with: how often it was written is told by that. */
    @Override
    public List<String> objects() {
      return emulator.controls().objects().stream()
          .map(it -> it.replaceAll("\"planwright_draft\":\"[^\"]*\"", "\"planwright_draft\":\"\""))
          .sorted()
          .toList();
    }

    @Override
    public long writesSeen() {
      return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
    }

    @Override
    public String join(CatalogPlan plan, Map<String, String> priceIds) {
      String key = plan.identity().key();
      return emulator.console().subscribe(key);
    }

    @Override
    public BigDecimal owes(String subscriber, BigDecimal calls) {
      return emulator
          .billOf(subscriber, Purchase.monthly().with("api-calls", calls))
          .getOrDefault("usd", BigDecimal.ZERO);
    }

    @Override
    public void subscribe(String key) {
      emulator.console().subscribe(key);
    }

    @Override
    public void unmark(String key) {
      emulator.console().metadata(key, Map.of());
    }

    @Override
    public void delete(String key) {
      emulator.console().delete(key);
    }

    /** Nobody can on Stigg. */
    @Override
    public void hideSubscribers() {}

    /** Lists lag; what is read by its id is what there is. */
    @Override
    public boolean mayLag(TransportCall call) {
      return call.uri().getRawQuery() != null;
    }
  }
}
