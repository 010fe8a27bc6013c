package dev.planwright.matrix;

import static dev.planwright.matrix.SamplePlans.silent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.backend.schematic.SchematicProviderFactory;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.SchematicDocument;
import dev.planwright.emulator.schematic.SchematicEmulator;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Schematic on its emulator: neither key nor mark, only the id that status remembers.
 *
 * @param editsOpenDraft whether a person has said that edits of a published plan wait in a draft
 */
record SchematicUnderTest(boolean editsOpenDraft) implements BackendUnderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Optional<RequestJudge> CONTRACT =
      SchematicDocument.requests().map(RequestJudge::new);

  @Override
  public String name() {
    return editsOpenDraft ? "schematic-drafts" : "schematic";
  }

  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public CatalogPlan fullSample() {
    return SamplePlans.entitled(SamplePlans.team(), true, 10);
  }

  @Override
  public long callsOfCreate() {
    return 3;
  }

  @Override
  public Optional<RequestJudge> contract() {
    return CONTRACT;
  }

  @Override
  public boolean isMarked() {
    return false;
  }

  @Override
  public Server fresh(InstantSource clock) {
    SchematicEmulator emulator = new SchematicEmulator(clock.withZone(ZoneOffset.UTC));
    var controls = emulator.controls();
    for (String feature : List.of("api-calls", "sms", "storage-gb", "projects")) {
      controls.addFeature(feature, "event");
    }
    controls.addFeature("seats", "trait");
    controls.addFeature("sso", "boolean");
    controls.addFeature("support", "boolean");
    controls.addFeature("seats-bought", "license");
    return new Schematic(emulator, controls.addKey(controls.environment()));
  }

  @Override
  public ProviderFactory factory() {
    return new SchematicProviderFactory();
  }

  @Override
  public AccountConfig config() {
    ObjectNode block =
        JSON.createObjectNode()
            .put("url", "http://schematic.test")
            .put("editsOpenDraft", editsOpenDraft);
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.SANDBOX,
        block,
        AccountConfig.Aliases.NONE);
  }

  /** The server's copy of the key is put in by {@link Schematic}: keys differ between servers. */
  @Override
  public String key() {
    return "sch_dev_0";
  }

  @Override
  public List<Scenario> scenarios() {
    CatalogPlan full = Scenarios.full();
    CatalogPlan entitled = SamplePlans.entitled(SamplePlans.team(), true, 10);
    return Repertoire.shared()
        .and(Scenario.adoptRicher(silent("49.00"), silent("59.00")))
        .refusing(
            new Scenario.Inexpressible("spec.package"),
            "add, change and remove prices",
            "add, change and remove prices, 1 subscriber")
        .refusing(new Scenario.Inexpressible("spec.lifecycle"), "archive")
        .refusing(
            new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "no call that archives a plan"),
            "archive on deletion",
            "archive while it is created",
            "archive as soon as it is there")
        .with("change commitment and thresholds", entitled, full)
        .with("change commitment and thresholds, drift reverted", entitled, full)
        .with("delete with commitment and thresholds", entitled, full)
        .refusing(
            new Scenario.Inexpressible("spec.minimumCommitments", "spec.usageThresholds"),
            "create with commitment and thresholds",
            "create with commitment and thresholds, drift reverted",
            "change commitment and thresholds",
            "change commitment and thresholds, drift reverted")
        .scenarios();
  }

  @Override
  public boolean keepsId() {
    return true;
  }

  /** A draft of the plan, which was not published yet. */
  @Override
  public boolean mayStayUnsold(String object, boolean forgotten) {
    return object.startsWith("entitlement of Team, draft: ")
        || (object.startsWith("version of Team ") && object.contains("\"status\":\"draft\""));
  }

  /**
   * With status and annotation lost, a plan that was renamed is known by who made it and what it
   * says, but not in its first ten minutes, which is all the time that passes here.
   */
  @Override
  public boolean mayForget(Scenario scenario) {
    return !scenario.name().equals("change the name");
  }

  /** Plans; a draft of one is a version that nobody has. */
  @Override
  public long sellable(List<String> objects) {
    return objects.stream().filter(it -> it.startsWith("plan ")).count();
  }

  private record Schematic(SchematicEmulator emulator, String key)
      implements Server, Till, Rich, Payers {
    @Override
    public TransportReply answer(TransportCall call) {
      String query = call.uri().getRawQuery();
      Map<String, String> headers = new HashMap<>(call.headers());
      headers.replaceAll(
          (name, value) -> name.equalsIgnoreCase("x-schematic-api-key") ? key : value);
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
      return owes(subscriber(), calls);
    }

    private Map<String, BigDecimal> usage(BigDecimal calls) {
      Map<String, BigDecimal> usage = new HashMap<>();
      features()
          .forEach((id, name) -> usage.put(id, name.equals("api-calls") ? calls : BigDecimal.ZERO));
      return usage;
    }

    @Override
    public Map<String, String> gets(String key) {
      Map<String, String> names = features();
      Map<String, String> gets = new HashMap<>();
      String subscriber = subscriber();
      // What is paid by use is an entitlement here too, to as much as one pays for.
      Set<String> paid = emulator.controls().bill(subscriber, Map.of()).usage().keySet();
      emulator
          .controls()
          .granted(subscriber)
          .forEach(
              (id, grant) -> {
                if (!paid.contains(id)) {
                  gets.put(
                      names.getOrDefault(id, ""),
                      grant.limit().map(BigDecimal::toPlainString).orElse("on"));
                }
              });
      return gets;
    }

    private String subscriber() {
      var controls = emulator.controls();
      return controls.subscribe(onlyPlan(), controls.environment(), "usd", Cadence.MONTHLY);
    }

    /** Names by id. */
    private Map<String, String> features() {
      Map<String, String> names = new HashMap<>();
      emulator
          .controls()
          .state()
          .path("FEATURES")
          .forEach(it -> names.put(it.path("id").asText(), it.path("name").asText()));
      return names;
    }

    @Override
    public void enrich(String key) {
      var controls = emulator.controls();
      controls.editTexts(onlyPlan(), controls.environment(), "description", "Made by hand");
      controls.editTexts(onlyPlan(), controls.environment(), "icon", "green");
      controls.editTrial(onlyPlan(), controls.environment(), 14);
    }

    @Override
    public SortedMap<String, String> extras(String key) {
      ObjectNode plan = emulator.controls().plans(emulator.controls().environment()).getFirst();
      SortedMap<String, String> extras = new TreeMap<>();
      Extras.put(extras, "description", plan.path("description"));
      Extras.put(extras, "icon", plan.path("icon"));
      if (plan.path("is_trialable").asBoolean()) {
        Extras.put(extras, "trial_days", plan.path("trial_days"));
      }
      return extras;
    }

    @Override
    public Server copy() {
      return new Schematic(emulator.copy(), key);
    }

    @Override
    public List<String> objects() {
      return emulator.controls().objects();
    }

    @Override
    public long writesSeen() {
      return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
    }

    @Override
    public String join(CatalogPlan plan, Map<String, String> priceIds) {
      return subscriber();
    }

    @Override
    public BigDecimal owes(String subscriber, BigDecimal calls) {
      return emulator.controls().bill(subscriber, usage(calls)).total().movePointLeft(2);
    }

    @Override
    public void subscribe(String key) {
      String environment = emulator.controls().environment();
      emulator.controls().subscribe(onlyPlan(), environment, "usd", Cadence.MONTHLY);
    }

    /** There is no mark to take off: a status that is lost is all it takes. */
    @Override
    public void unmark(String key) {}

    @Override
    public void delete(String key) {
      emulator.controls().deletePlan(onlyPlan());
    }

    @Override
    public void hideSubscribers() {
      emulator.controls().hideCompanies(true);
    }

    @Override
    public Optional<String> idOf(String key) {
      return emulator.controls().counts().plans() == 0 ? Optional.empty() : Optional.of(onlyPlan());
    }

    /** Lists are served from an index; single objects are as they are. */
    @Override
    public boolean mayLag(TransportCall call) {
      String path = call.uri().getPath();
      return path.endsWith("/count")
          || List.of("/plans", "/plan-entitlements", "/features", "/audit-log").contains(path);
    }

    private String onlyPlan() {
      var controls = emulator.controls();
      List<ObjectNode> plans = controls.plans(controls.environment());
      if (plans.size() != 1) {
        throw new IllegalStateException("not one plan but " + plans.size());
      }
      return plans.getFirst().path("id").asText();
    }
  }
}
