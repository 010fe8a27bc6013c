package dev.planwright.matrix;

import static dev.planwright.matrix.PlanDraft.edit;
import static dev.planwright.matrix.PlanDraft.price;
import static dev.planwright.matrix.SamplePlans.calls;
import static dev.planwright.matrix.SamplePlans.flat;
import static dev.planwright.matrix.SamplePlans.plan;
import static dev.planwright.matrix.SamplePlans.policies;
import static dev.planwright.matrix.SamplePlans.silent;
import static dev.planwright.matrix.SamplePlans.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.TransportCall;
import dev.planwright.backend.client.TransportReply;
import dev.planwright.backend.noderails.NodeRailsProviderFactory;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.noderails.NodeRailsControls;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.emulator.noderails.Renewal;
import dev.planwright.testing.VendorContracts;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** NodeRails on its emulator: nothing is unique there, and nothing is ever deleted. */
final class NodeRailsUnderTest implements BackendUnderTest {
  private static final Interval MONTH = Interval.of(Interval.Unit.MONTH, 1);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PRICE = "/metadata/planwright.dev~1price";
  private static final Optional<RequestJudge> CONTRACT =
      VendorContracts.of("noderails").map(RequestJudge::new);

  @Override
  public String name() {
    return "noderails";
  }

  @Override
  public boolean mayGoUncounted() {
    return false;
  }

  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public Server fresh(InstantSource clock) {
    NodeRailsEmulator emulator = new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
    emulator.controls().makeTaxRate(NodeRailsEmulator.MERCHANT, "vat", new BigDecimal("20"), false);
    return new NodeRails(emulator, new HashMap<>());
  }

  /** Ids are made in order: the first plan's is the same on every fresh server. */
  private String firstPlan() {
    try (Server server = fresh(InstantSource.system())) {
      return ((NodeRails) server)
          .emulator()
          .controls()
          .makePlan(NodeRailsEmulator.TEST_APP, "x", "SUBSCRIPTION", JSON.createObjectNode());
    }
  }

  /** What a test does behind the API's back. */
  static NodeRailsControls controls(Server server) {
    return ((NodeRails) server).emulator().controls();
  }

  @Override
  public ProviderFactory factory() {
    return new NodeRailsProviderFactory();
  }

  @Override
  public AccountConfig config() {
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.SANDBOX,
        JSON.createObjectNode()
            .put("url", "http://noderails.test")
            .put("appId", NodeRailsEmulator.TEST_APP),
        AccountConfig.Aliases.NONE);
  }

  @Override
  public String key() {
    return NodeRailsEmulator.TEST_KEY;
  }

  @Override
  public Optional<RequestJudge> contract() {
    return CONTRACT;
  }

  /** Two intervals and two currencies, of which one is offered first. */
  static CatalogPlan shop() {
    return edit(p -> p.defaultPrice = Optional.of("team-monthly"))
        .apply(
            plan(
                flat("team-monthly", "49.00"),
                yearly("team-yearly", "490.00"),
                euro("team-euro", "45.00")));
  }

  static CatalogPrice yearly(String name, String amount) {
    return price(
            name, p -> p.schedule = new CatalogPrice.Recurring(Interval.of(Interval.Unit.YEAR, 1)))
        .apply(plan(flat(name, amount)))
        .prices()
        .getFirst();
  }

  static CatalogPrice euro(String name, String amount) {
    return price(name, p -> p.currency = "EUR").apply(plan(flat(name, amount))).prices().getFirst();
  }

  static CatalogPlan with(CatalogPlan plan, CatalogPrice... prices) {
    return plan.withPrices(List.of(prices));
  }

  @Override
  public Policies.Deletion deletion() {
    return Policies.Deletion.ARCHIVE;
  }

  @Override
  public CatalogPlan sample() {
    return shop();
  }

  @Override
  public CatalogPlan fullSample() {
    return sample();
  }

  @Override
  public List<Scenario> scenarios() {
    CatalogPlan shop = shop();
    CatalogPlan dearer =
        with(
            shop,
            flat("team-monthly", "59.00"),
            yearly("team-yearly", "490.00"),
            euro("team-euro", "45.00"));
    CatalogPlan others =
        with(
            shop,
            flat("team-monthly", "59.00"),
            yearly("team-yearly", "490.00"),
            price("team-quarterly", p -> p.months(3))
                .apply(plan(flat("team-quarterly", "140.00")))
                .prices()
                .getFirst());
    CatalogPlan otherNames =
        with(
            shop,
            flat("team-monthly", "49.00"),
            yearly("team-annual", "490.00"),
            euro("team-euro", "45.00"));
    CatalogPlan quarterly = price("team-monthly", p -> p.months(3)).apply(shop);
    CatalogPlan elsewhere = edit(p -> p.defaultPrice = Optional.of("team-yearly")).apply(shop);
    CatalogPlan taxed =
        edit(p ->
                p.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.empty(), Optional.empty())))
            .apply(shop);
    CatalogPlan trial = price("team-monthly", p -> p.trialDays = OptionalInt.of(14)).apply(shop);
    CatalogPlan texts =
        edit(p -> {
              p.displayName = "Team XL";
              p.metadata = Map.of("tier", "team");
            })
            .apply(shop);
    Policies migrate = SamplePlans.with(Policies.ExistingSubscribers.MIGRATE);
    CatalogPlan metered =
        with(shop, flat("team-monthly", "49.00"), yearly("team-yearly", "490.00"), calls("0.002"));
    CatalogPlan tiered =
        with(
            shop,
            flat("team-monthly", "49.00"),
            yearly("team-yearly", "490.00"),
            storage("team-storage"));
    CatalogPlan entitled = SamplePlans.entitled(shop, true, 10);
    CatalogPlan committed = Scenarios.withAmounts(shop);
    Repertoire shared =
        Repertoire.shared()
            .with("create a plan with 3 prices", shop)
            .with("change an amount", shop, dearer)
            .with("change an amount, 1 subscriber", shop, dearer)
            .with("add, change and remove prices", shop, others)
            .with("add, change and remove prices, 1 subscriber", shop, others)
            .with("rename a price", shop, otherNames)
            .with("change the name", shop, SamplePlans.renamed(shop, "Team XL"))
            .with("adopt under IfEqual", shop, SamplePlans.taking(shop, firstPlan()))
            .with("adopt under Always", shop, SamplePlans.taking(dearer, firstPlan()))
            .with("leave alone under Never", shop, SamplePlans.taking(shop, firstPlan()))
            .with("make again what was deleted", shop)
            .with("delete", shop)
            .with("delete while it is created", shop)
            .with("delete as soon as it is there", shop)
            .with("delete with entitlements", shop, entitled)
            .with("delete with commitment and thresholds", shop, committed)
            .refusing(
                new Scenario.Blocked(Reason.NOT_EXPRESSIBLE, "never deletes a plan"),
                "delete",
                "delete while it is created",
                "delete as soon as it is there",
                "delete with entitlements",
                "delete with commitment and thresholds")
            .with("add and change usage prices", shop, metered)
            .with("change and rename usage prices, 1 subscriber", shop, metered)
            .refusing(
                new Scenario.Inexpressible("spec.perUnit"),
                "add and change usage prices",
                "change and rename usage prices, 1 subscriber")
            .with("change and remove usage prices", shop, tiered)
            .refusing(new Scenario.Inexpressible("spec.volume"), "change and remove usage prices")
            .with("archive", shop, SamplePlans.archived(shop))
            .with("archive on deletion", shop)
            .with("archive while it is created", shop)
            .with("archive as soon as it is there", shop)
            .with("create with entitlements", entitled)
            .with("change entitlements", shop, entitled)
            .with("change entitlements, 1 subscriber", shop, entitled)
            .refusing(
                new Scenario.Inexpressible("spec.entitlements[sso]", "spec.entitlements[seats]"),
                "create with entitlements",
                "change entitlements",
                "change entitlements, 1 subscriber")
            .with("create with commitment and thresholds", committed)
            .with("create with commitment and thresholds, drift reverted", committed)
            .with("change commitment and thresholds", shop, committed)
            .with("change commitment and thresholds, drift reverted", shop, committed)
            .refusing(
                new Scenario.Inexpressible("spec.minimumCommitments", "spec.usageThresholds"),
                "create with commitment and thresholds",
                "create with commitment and thresholds, drift reverted",
                "change commitment and thresholds",
                "change commitment and thresholds, drift reverted");
    List<Scenario> all = new ArrayList<>();
    all.add(Scenario.edit("change an amount, keeping", shop, dearer, policies()).withSubscriber());
    all.add(
        Scenario.edit(
                "change an amount, migrating who was kept on an old one too",
                dearer,
                with(
                    shop,
                    flat("team-monthly", "69.00"),
                    yearly("team-yearly", "490.00"),
                    euro("team-euro", "45.00")),
                migrate)
            .after(server -> keepAnOldPrice(server, "49.00", "49.00"))
            .withSubscriber());
    all.add(
        Scenario.edit(
                "put an old price back, migrating",
                dearer,
                SamplePlans.renamed(dearer, "Team XL"),
                migrate)
            .after(server -> keepAnOldPrice(server, "49.00", "45.00"))
            .withSubscriber());
    all.add(Scenario.edit("change an interval", shop, quarterly, policies()).withSubscriber());
    all.add(Scenario.edit("change a trial", shop, trial, policies()).withSubscriber());
    all.add(
        Scenario.edit("remove a price that somebody is on", shop, others, policies())
            .withSubscriber()
            .ending(new Scenario.Blocked(Reason.SUBSCRIBERS_AFFECTED, "team-euro")));
    all.add(Scenario.edit("rename a price", shop, otherNames, policies()).withSubscriber());
    all.add(Scenario.edit("change texts", shop, texts, policies()));
    all.add(Scenario.edit("move the default", shop, elsewhere, policies()));
    all.add(Scenario.edit("link a tax rate", shop, taxed, migrate).withSubscriber());
    all.add(
        Scenario.adoptRicher(silent("49.00"), SamplePlans.taking(silent("59.00"), firstPlan())));
    return shared.and(all).scenarios();
  }

  /** What an earlier change under Keep leaves; with another amount a hand was there since. */
  private static void keepAnOldPrice(Server server, String agreed, String amount) {
    NodeRailsControls controls = controls(server);
    String plan = ((NodeRails) server).planId("team");
    ObjectNode current =
        controls.prices(plan).stream()
            .filter(it -> it.at(PRICE).asText().equals("team-monthly"))
            .findFirst()
            .orElseThrow();
    ObjectNode mark = (ObjectNode) current.path("metadata").deepCopy();
    mark.put("planwright.dev/agreed", new BigDecimal(agreed).stripTrailingZeros().toPlainString());
    controls.makePrice(plan, amount, "USD", "MONTH", mark);
    ObjectNode successor = (ObjectNode) current.path("metadata").deepCopy();
    controls.editPrice(
        current.path("id").asText(), "metadata", successor.put("planwright.dev/revision", "2"));
  }

  private record NodeRails(NodeRailsEmulator emulator, Map<String, String> plans)
      implements Server, Till, Rich, Payers {
    @Override
    public TransportReply answer(TransportCall call) {
      String query = call.uri().getRawQuery();
      EmulatorResponse response =
          emulator.handle(
              new EmulatorRequest(
                  call.method(),
                  call.uri().getRawPath() + (query == null ? "" : "?" + query),
                  call.headers(),
                  call.body()));
      return new TransportReply(response.status(), response.headers(), response.body());
    }

    @Override
    public BigDecimal pays(String key, BigDecimal calls) {
      BigDecimal sum = BigDecimal.ZERO;
      for (ObjectNode price : emulator.controls().prices(planId(key))) {
        if (!price.path("isActive").asBoolean()) {
          continue; // nobody can sign up for it
        }
        sum = sum.add(emulator.newSubscriberPays(price.path("id").asText()).amount());
      }
      return sum;
    }

    /** There are no features: whoever grants anything reads it in the metadata of the plan. */
    @Override
    public Map<String, String> gets(String key) {
      Map<String, String> gets = new HashMap<>();
      emulator
          .controls()
          .planWith("planwright.dev/key", key)
          .orElseThrow()
          .path("metadata")
          .properties()
          .forEach(it -> gets.put(it.getKey(), it.getValue().asText()));
      gets.keySet().removeIf(name -> name.startsWith("planwright.dev/"));
      return gets;
    }

    @Override
    public void enrich(String key) {
      NodeRailsControls controls = emulator.controls();
      String plan = planId(key);
      String rate = controls.state().path("tax_rates").path(0).path("id").asText();
      controls.editPlan(plan, "description", TextNode.valueOf("Made by hand"));
      controls.editPlan(plan, "imageUrl", TextNode.valueOf("https://img.test/team.png"));
      controls.editPlan(plan, "taxRateId", TextNode.valueOf(rate));
      controls.editPlan(plan, "metadata", JSON.createObjectNode().put("tier", "gold"));
      String price = controls.prices(plan).getFirst().path("id").asText();
      controls.editPrice(price, "trialPeriodDays", IntNode.valueOf(14));
      controls.editPrice(price, "nickname", TextNode.valueOf("By hand"));
      controls.editPrice(price, "sortOrder", IntNode.valueOf(3));
    }

    @Override
    public SortedMap<String, String> extras(String key) {
      ObjectNode plan = emulator.controls().plans().getFirst();
      SortedMap<String, String> extras = new TreeMap<>();
      for (String field : List.of("description", "imageUrl", "taxRateId")) {
        Extras.put(extras, field, plan.path(field));
      }
      Extras.put(extras, "metadata.tier", plan.path("metadata").path("tier"));
      ObjectNode price =
          emulator.controls().prices(plan.path("id").asText()).stream()
              .filter(it -> it.path("isActive").asBoolean())
              .reduce((first, second) -> second)
              .orElseThrow();
      for (String field : List.of("trialPeriodDays", "nickname", "sortOrder")) {
        if (!price.path(field).asText("0").equals("0")) {
          Extras.put(extras, "price." + field, price.path(field));
        }
      }
      return extras;
    }

    @Override
    public Server copy() {
      return new NodeRails(emulator.copy(), new HashMap<>(plans));
    }

    @Override
    public List<String> objects() {
      List<String> objects = new ArrayList<>();
      for (ObjectNode plan : emulator.controls().plans()) {
        String of = " of " + plan.path("name").asText() + " ";
        plan.path("prices").forEach(it -> objects.add("price" + of + content(it)));
        ObjectNode own = plan.deepCopy();
        own.remove(List.of("prices", "taxRate"));
        objects.add("plan " + content(own));
      }
      return objects.stream().sorted().toList();
    }

    /** Ids are told apart by nothing but their place. */
    private static String content(JsonNode row) {
      ObjectNode content = row.deepCopy();
      content.remove(List.of("id", "productPlanId", "createdAt", "updatedAt"));
      return content.toString().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}");
    }

    @Override
    public long writesSeen() {
      return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
    }

    /** By the monthly price whose id status shows. */
    @Override
    public String join(CatalogPlan plan, Map<String, String> priceIds) {
      String monthly =
          plan.prices().stream()
              .filter(it -> it.interval().filter(MONTH::equals).isPresent())
              .map(CatalogPrice::name)
              .findFirst()
              .orElseThrow();
      return emulator.controls().addSubscription(priceIds.getOrDefault(monthly, ""), "ACTIVE");
    }

    @Override
    public BigDecimal owes(String subscriber, BigDecimal calls) {
      return switch (emulator.subscriberPays(subscriber)) {
        case Renewal.Charged charged -> charged.charge().amount();
        case Renewal.Failed failed -> throw new AssertionError("the renewal fails: " + failed);
        case Renewal.NotDue notDue -> throw new AssertionError("nothing is charged: " + notDue);
      };
    }

    @Override
    public void subscribe(String key) {
      emulator.controls().prices(planId(key)).stream()
          .filter(it -> it.path("isActive").asBoolean())
          .forEach(it -> emulator.controls().addSubscription(it.path("id").asText(), "ACTIVE"));
    }

    @Override
    public void unmark(String key) {
      String id = planId(key);
      emulator
          .controls()
          .prices(id)
          .forEach(
              it ->
                  emulator
                      .controls()
                      .editPrice(it.path("id").asText(), "metadata", JSON.createObjectNode()));
      emulator.controls().editPlan(id, "metadata", JSON.createObjectNode());
    }

    @Override
    public void delete(String key) {
      emulator.controls().removePlan(planId(key));
    }

    @Override
    public void hideSubscribers() {
      emulator.controls().hideSubscriptions(true);
    }

    @Override
    public Optional<String> idOf(String key) {
      emulator
          .controls()
          .planWith("planwright.dev/key", key)
          .ifPresent(it -> plans.put(key, it.path("id").asText()));
      return Optional.ofNullable(plans.get(key));
    }

    private String planId(String key) {
      return idOf(key).orElseThrow();
    }
  }
}
