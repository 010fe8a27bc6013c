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
import dev.planwright.backend.client.ManualClock;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.backend.paygentic.PaygenticProviderFactory;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.PaygenticControls;
import dev.planwright.emulator.paygentic.PaygenticEmulator;
import dev.planwright.emulator.paygentic.PaygenticMaker;
import dev.planwright.testing.VendorContracts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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

/** Paygentic on its emulator. */
final class PaygenticUnderTest implements BackendUnderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> ASSIGNED =
      List.of("id", "createdAt", "updatedAt", "deletedAt", "defaultVersionId", "feeId", "prices");
  private static final Optional<RequestJudge> CONTRACT =
      VendorContracts.of("paygentic").map(RequestJudge::new);

  private static final String UNSOLD = "unsold ";

  private final boolean exclusive;

  PaygenticUnderTest() {
    this(false);
  }

  /**
   * @param exclusive whether nobody else makes anything of the product
   */
  PaygenticUnderTest(boolean exclusive) {
    this.exclusive = exclusive;
  }

  /** Prices that no version of any plan lists, and fees without any other. */
  static List<String> unsold(List<String> objects) {
    return objects.stream().filter(it -> it.startsWith(UNSOLD)).map(it -> it.substring(7)).toList();
  }

  /**
   * Without the journal, what was made before its plan is told from what others make of the product
   * by nothing.
   */
  @Override
  public boolean mayStayUnsold(String object, boolean forgotten) {
    return forgotten && !exclusive && object.startsWith(UNSOLD);
  }

  @Override
  public String name() {
    return "paygentic";
  }

  @Override
  public CatalogPlan sample() {
    return PaygenticScenarios.team();
  }

  @Override
  public CatalogPlan fullSample() {
    return sample();
  }

  @Override
  public long callsOfCreate() {
    return 6;
  }

  @Override
  public boolean removalTouchesSubscribers() {
    return false; // there is no removal
  }

  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public Optional<RequestJudge> contract() {
    return CONTRACT;
  }

  /** Ids come from a fixed sequence, so that every account is the same to the settings. */
  @Override
  public Server fresh(InstantSource clock) {
    PaygenticEmulator emulator =
        new PaygenticEmulator(
            clock.withZone(ZoneOffset.UTC),
            PaygenticEmulator::numberedId,
            PaygenticEmulator.Environment.SANDBOX);
    PaygenticMaker make = emulator.controls().make();
    PaygenticMaker.Access access = make.merchant("Acme", "USD", "EUR", "JPY");
    String product = make.product(access.merchantId(), "Main");
    for (String metric : List.of("api-calls", "sms", "storage-gb", "payments", "refunds")) {
      make.metric(product, metric, "SUM");
    }
    make.feature(product, "api-calls", "metered");
    make.feature(product, "sms", "boolean");
    return new Paygentic(emulator, access.key(), new AtomicBoolean());
  }

  @Override
  public ProviderFactory factory() {
    return new PaygenticProviderFactory();
  }

  @Override
  public AccountConfig config() {
    Paygentic made = (Paygentic) fresh(InstantSource.system());
    ObjectNode state = made.emulator().controls().state();
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.SANDBOX,
        JSON.createObjectNode()
            .put("exclusiveProduct", exclusive)
            .put("merchantId", state.path("organization").path(0).path("id").asText())
            .put("productId", state.path("product").path(0).path("id").asText()),
        AccountConfig.Aliases.NONE);
  }

  /** The server's copy of the key is put in by {@link Paygentic}. */
  @Override
  public String key() {
    return "sk_test_" + "0".repeat(24);
  }

  @Override
  public List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>(PaygenticScenarios.all(teamId()));
    all.add(
        Scenario.adoptRicher(
            silent("49.00"), SamplePlans.taking(silent("59.00"), firstId(silent("49.00")))));
    return all;
  }

  /** The id of the first plan that is made: the same on every account. */
  private String teamId() {
    return firstId(PaygenticScenarios.team());
  }

  private String firstId(CatalogPlan plan) {
    ManualClock clock = new ManualClock();
    try (Server server = fresh(clock)) {
      Plot plot = Plot.undisturbed();
      Scenario create = Scenario.create("create", plan, SamplePlans.policies());
      OperatorProcess.start(
              this, new Wire(server, clock, plot), clock, new Desk(), plot, Tamper.NONE)
          .once(create.goal(), create);
      return ((Paygentic) server).plan("team");
    }
  }

  private record Paygentic(PaygenticEmulator emulator, String key, AtomicBoolean countsHidden)
      implements Server, Till, Rich, Payers {
    private PaygenticControls controls() {
      return emulator.controls();
    }

    @Override
    public TransportReply answer(TransportCall call) {
      if (countsHidden.get()
          && call.method().equals("GET")
          && call.uri().getPath().endsWith("/versions")) {
        return new TransportReply(
            200,
            Map.of("content-type", "application/json"),
            "{\"data\":[],\"pagination\":{\"limit\":100,\"offset\":0,\"total\":0}}"
                .getBytes(StandardCharsets.UTF_8));
      }
      String query = call.uri().getRawQuery();
      Map<String, String> headers = new HashMap<>(call.headers());
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
      return emulator.newSubscriberPays(plan(key), Map.of("api-calls", calls)).amount();
    }

    @Override
    public Map<String, String> gets(String key) {
      Map<String, String> gets = new HashMap<>();
      controls()
          .entitlements(controls().addSubscriber(plan(key)))
          .forEach(
              (feature, template) ->
                  gets.put(feature, template.path("issueAfterReset").asText("on")));
      return gets;
    }

    @Override
    public void enrich(String key) {
      String id = plan(key);
      controls().editPlan(id, "description", TextNode.valueOf("Made by hand"));
      controls().editPlan(id, "invoiceDisplayName", TextNode.valueOf("Team, by hand"));
      controls().editPlan(id, "defaultTaxCode", TextNode.valueOf("txcd_20030000"));
      controls().editPlan(id, "defaultTaxRate", IntNode.valueOf(20));
      controls().editPlan(id, "taxBehavior", TextNode.valueOf("inclusive"));
      for (String price : controls().listedPrices(id)) {
        controls().editPrice(price, "invoiceDisplayName", TextNode.valueOf("A month, by hand"));
      }
    }

    @Override
    public SortedMap<String, String> extras(String key) {
      ObjectNode plan = planNode(key);
      SortedMap<String, String> extras = new TreeMap<>();
      MarkLine.Split description = MarkLine.split(plan.path("description").asText(""));
      Extras.put(extras, "description", TextNode.valueOf(description.text()));
      for (String field :
          List.of("invoiceDisplayName", "defaultTaxCode", "defaultTaxRate", "taxBehavior")) {
        Extras.put(extras, field, plan.path(field));
      }
      List<String> listed = controls().listedPrices(plan.path("id").asText());
      for (ObjectNode price : controls().prices()) {
        if (listed.contains(price.path("id").asText())) {
          Extras.put(extras, "price.invoiceDisplayName", price.path("invoiceDisplayName"));
        }
      }
      return extras;
    }

    @Override
    public Server copy() {
      return new Paygentic(emulator.copy(), key, new AtomicBoolean(countsHidden.get()));
    }

    @Override
    public List<String> objects() {
      List<String> objects = new ArrayList<>();
      Map<String, String> fees = new HashMap<>();
      List<String> orphans = controls().orphanPrices();
      List<String> priced =
          controls().prices().stream()
              .filter(it -> !orphans.contains(it.path("id").asText()))
              .map(it -> it.path("feeId").asText())
              .toList();
      for (ObjectNode fee : controls().fees()) {
        String id = fee.path("id").asText();
        fees.put(id, fee.path("description").asText());
        objects.add((priced.contains(id) ? "" : UNSOLD) + "fee " + content(fee));
      }
      Map<String, String> prices = new HashMap<>();
      for (ObjectNode price : controls().prices()) {
        String content = "of " + fees.get(price.path("feeId").asText()) + " " + content(price);
        String id = price.path("id").asText();
        prices.put(id, content);
        objects.add((orphans.contains(id) ? UNSOLD : "") + "price " + content);
      }
      for (ObjectNode plan : controls().plans()) {
        if (!plan.path("deletedAt").isTextual()) {
          List<String> listed =
              controls().listedPrices(plan.path("id").asText()).stream()
                  .map(id -> prices.getOrDefault(id, "deleted"))
                  .sorted()
                  .toList();
          objects.add("plan " + content(plan) + " selling " + listed);
        }
      }
      return objects.stream().sorted().toList();
    }

    /** Metric, feature, product and merchant ids stay: they are the same in every run. */
    private static JsonNode content(ObjectNode row) {
      ObjectNode content = row.deepCopy();
      content.remove(ASSIGNED);
      return content;
    }

    @Override
    public long writesSeen() {
      return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
    }

    @Override
    public String join(CatalogPlan plan, Map<String, String> priceIds) {
      String key = plan.identity().key();
      return controls().addSubscriber(plan(key));
    }

    /** From the next period on, which the plan's newest version decides. */
    @Override
    public BigDecimal owes(String subscriber, BigDecimal calls) {
      PaygenticEmulator later = emulator.copy();
      later.controls().nextPeriod(subscriber);
      return later.subscriberPays(subscriber, Map.of("api-calls", calls)).amount();
    }

    @Override
    public void subscribe(String key) {
      controls().addSubscriber(plan(key));
    }

    @Override
    public void unmark(String key) {
      controls().editPlan(plan(key), "description", text(planNode(key).path("description")));
      for (ObjectNode fee : controls().fees()) {
        controls().editFee(fee.path("id").asText(), "description", text(fee.path("description")));
      }
    }

    private static TextNode text(JsonNode description) {
      String marked = description.asText("");
      int mark = marked.lastIndexOf("planwright: ");
      return TextNode.valueOf(mark < 0 ? marked : marked.substring(0, mark).stripTrailing());
    }

    /** Nothing but its id leads to a plan without our mark. */
    @Override
    public Optional<String> idOf(String key) {
      return controls().plans().isEmpty() ? Optional.empty() : Optional.of(plan(key));
    }

    @Override
    public void delete(String key) {
      controls().deletePlan(plan(key));
    }

    @Override
    public void hideSubscribers() {
      countsHidden.set(true);
    }

    /** Single objects are read as they are; lists may be behind. */
    @Override
    public boolean mayLag(TransportCall call) {
      return !call.uri().getPath().contains("_");
    }

    private String plan(String key) {
      return planNode(key).path("id").asText();
    }

    private ObjectNode planNode(String key) {
      List<ObjectNode> there =
          controls().plans().stream().filter(it -> !it.path("deletedAt").isTextual()).toList();
      return there.stream()
          .filter(it -> it.path("description").asText().contains("/" + key + " "))
          .findFirst()
          .orElseGet(there::getFirst);
    }
  }
}
