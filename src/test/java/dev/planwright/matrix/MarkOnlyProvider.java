package dev.planwright.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The smallest provider whose creates the journal has to protect: plan and prices are made one by
 * one, each bears a mark, and nothing is unique. Prices never change: another amount is another
 * price, and the old one goes.
 */
final class MarkOnlyProvider implements Provider<MarkOnlyProvider.World> {
  private static final Removal.Impossible NO_ARCHIVE =
      new Removal.Impossible("there is no archive", "use Delete");

  /** A request may land so long after it was sent. */
  private static final Duration LANDED = OperatorProcess.TIMEOUT.plusSeconds(30);

  private final ApiClient client;
  private final InstantSource clock;

  MarkOnlyProvider(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** What is there: the plan with its prices by their mark, which is name and content. */
  record World(Optional<JsonNode> plan, SortedMap<String, List<String>> prices) {
    String id() {
      return plan.map(node -> node.path("id").asText()).orElse("");
    }
  }

  @Override
  public String name() {
    return "mark-only";
  }

  @Override
  public int mapping() {
    return 1;
  }

  @Override
  public Map<String, String> meaning() {
    return Map.of();
  }

  @Override
  public AccountFacts account() {
    String id = get("/account").orElseThrow().path("id").asText();
    return new AccountFacts(id, id, AccountFacts.AccountEnvironment.UNVERIFIED, Map.of());
  }

  @Override
  public Verdict check(CatalogPlan plan, AccountFacts facts) {
    return new Verdict(List.of(), List.of());
  }

  @Override
  public Observation<World> find(Sought sought) {
    String mark = sought.identity().toString();
    TreeMap<String, JsonNode> byMark = new TreeMap<>();
    for (JsonNode plan : list("/plans")) {
      if (plan.path("mark").asText().equals(mark)) {
        byMark.put(plan.path("id").asText(), plan);
      }
    }
    // A listing may be behind; an object that status knows is read by its id.
    sought
        .externalId()
        .ifPresent(
            id ->
                get("/plans/" + id)
                    .ifPresentOrElse(
                        plan -> {
                          if (plan.path("mark").asText().equals(mark)) {
                            byMark.put(id, plan);
                          }
                        },
                        () -> byMark.remove(id)));
    if (byMark.size() > 1) {
      return new Observation.Ambiguous<>(List.copyOf(byMark.keySet()), "several bear our mark");
    }
    World world = world(byMark.values().stream().findFirst(), sought.handles());
    Optional<Intent> unseen =
        sought.intents().stream().filter(intent -> !isSeen(intent, world)).findFirst();
    if (unseen.isPresent() && !isAbsenceSure(sought)) {
      Instant sure = latest(sought).plus(LANDED).plusSeconds(1);
      Duration rest = Duration.between(clock.instant(), sure);
      return new Observation.Unsettled<>(
          rest.isPositive() ? rest : Duration.ofSeconds(5),
          unseen.get().what() + " may have been created, and may yet show",
          true);
    }
    return world.plan().isEmpty()
        ? new Observation.Absent<>(world)
        : new Observation.Found<>(world, Observation.Ownership.OURS);
  }

  /** Two complete listings, the second so late that nothing can be under way any more. */
  private boolean isAbsenceSure(Sought sought) {
    return sought.lookedBefore().isPresent()
        && clock.instant().isAfter(latest(sought).plus(LANDED));
  }

  private static Instant latest(Sought sought) {
    return sought.intents().stream()
        .map(Intent::attempted)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static boolean isSeen(Intent intent, World world) {
    return intent.what().equals(Handles.PLAN)
        ? world.plan().isPresent()
        : world.prices().containsKey(intent.what());
  }

  private World world(Optional<JsonNode> plan, Handles handles) {
    TreeMap<String, List<String>> prices = new TreeMap<>();
    if (plan.isEmpty()) {
      return new World(plan, prices);
    }
    String id = plan.get().path("id").asText();
    Set<String> gone = new java.util.TreeSet<>();
    Map<String, String> seen = new TreeMap<>();
    for (JsonNode price : list("/prices")) {
      if (price.path("plan").asText().equals(id)) {
        seen.put(price.path("id").asText(), "price:" + price.path("mark").asText());
      }
    }
    handles
        .ids()
        .forEach(
            (name, known) -> {
              if (name.startsWith("price:")) {
                get("/prices/" + known)
                    .ifPresentOrElse(price -> seen.put(known, name), () -> gone.add(known));
              }
            });
    for (String price : List.copyOf(seen.keySet())) {
      if (!gone.contains(price) && get("/prices/" + price).isPresent()) {
        prices.computeIfAbsent(seen.get(price), mark -> new ArrayList<>()).add(price);
      }
    }
    return new World(plan, prices);
  }

  @Override
  public List<Step> plan(CatalogPlan desired, World world, Planning planning) {
    List<Step> steps = new ArrayList<>();
    boolean fresh = world.plan().isEmpty();
    if (fresh) {
      steps.add(
          Step.of(
                  Step.Kind.CREATE,
                  "create plan",
                  sending ->
                      ApiRequest.of(
                          "plans.create",
                          "POST",
                          "/plans",
                          object()
                              .put("mark", desired.identity().toString())
                              .put("name", desired.displayName())))
              .changes(List.of(new FieldChange("displayName", "", desired.displayName())))
              .affects(Affects.NEW_SUBSCRIBERS)
              .intent(Handles.PLAN)
              .learn((handles, answer) -> handles.with(Handles.PLAN, id(answer)))
              .build());
    } else if (!world.plan().get().path("name").asText().equals(desired.displayName())) {
      steps.add(
          Step.of(
                  Step.Kind.WRITE,
                  "change name",
                  sending ->
                      ApiRequest.of(
                          "plans.update",
                          "PATCH",
                          "/plans/" + world.id(),
                          object().put("name", desired.displayName())))
              .changes(
                  List.of(
                      new FieldChange(
                          "displayName",
                          world.plan().get().path("name").asText(),
                          desired.displayName())))
              .affects(Affects.NOBODY)
              .build());
    }
    TreeMap<String, List<String>> left = new TreeMap<>(world.prices());
    for (CatalogPrice price : desired.prices()) {
      String mark = price.name() + "#" + Integer.toHexString(price.model().toString().hashCode());
      List<String> there = left.remove("price:" + mark);
      if (there == null) {
        steps.add(create(mark));
      } else {
        there.stream().skip(1).forEach(extra -> steps.add(delete(mark, extra)));
      }
    }
    left.forEach((mark, all) -> all.forEach(id -> steps.add(delete(mark, id))));
    return steps;
  }

  private static Step create(String mark) {
    String name = "price:" + mark;
    return Step.of(
            Step.Kind.CREATE,
            "create " + name,
            sending ->
                ApiRequest.of(
                    "prices.create",
                    "POST",
                    "/prices",
                    object()
                        .put("mark", mark)
                        .put("plan", sending.handles().require(Handles.PLAN))))
        .changes(List.of(new FieldChange("prices." + mark, "", "added")))
        .affects(Affects.NEW_SUBSCRIBERS)
        .intent(name)
        .learn((handles, answer) -> handles.with(name, id(answer)))
        .build();
  }

  private static Step delete(String mark, String id) {
    return Step.of(
            Step.Kind.DELETE,
            "delete " + mark + " " + id,
            sending -> ApiRequest.of("prices.delete", "DELETE", "/prices/" + id))
        .changes(List.of(new FieldChange("prices." + mark, id, "")))
        .affects(Affects.EXISTING_SUBSCRIBERS)
        .removes()
        .learn(
            (handles, answer) ->
                handles.get(mark).filter(id::equals).isPresent() ? handles.without(mark) : handles)
        .alsoDone(404)
        .build();
  }

  @Override
  public Optional<RemoteView> view(World world) {
    return world
        .plan()
        .map(
            plan -> {
              Handles handles = Handles.NONE.with(Handles.PLAN, world.id());
              for (Map.Entry<String, List<String>> price : world.prices().entrySet()) {
                handles = handles.with(price.getKey(), price.getValue().getFirst());
              }
              return new RemoteView(
                  world.id(),
                  Optional.empty(),
                  Optional.empty(),
                  Map.of(),
                  List.of(),
                  plan.path("name").asText() + world.prices(),
                  handles);
            });
  }

  @Override
  public Subscribers subscribers(World world) {
    return new Subscribers.Known(
        get("/plans/" + world.id()).map(plan -> plan.path("subscribers").asLong()).orElse(0L));
  }

  @Override
  public Removal removal(Policies.Deletion policy, World world) {
    return policy == Policies.Deletion.ARCHIVE
        ? NO_ARCHIVE
        : new Removal.Steps(
            List.of(
                Step.of(
                        Step.Kind.DELETE,
                        "delete plan",
                        sending -> ApiRequest.of("plans.delete", "DELETE", "/plans/" + world.id()))
                    .affects(Affects.EXISTING_SUBSCRIBERS)
                    .removes()
                    .alsoDone(404)
                    .build()));
  }

  @Override
  public Optional<Removal.Impossible> neverRemoves(Policies.Deletion policy, AccountFacts facts) {
    return policy == Policies.Deletion.ARCHIVE ? Optional.of(NO_ARCHIVE) : Optional.empty();
  }

  @Override
  public Refusal refusal(Step step, ApiResponse response) {
    return response.status() == 404
        ? new Refusal(Reason.RETRYING, "gone")
        : new Refusal(Reason.BACKEND_REJECTED, "HTTP " + response.status());
  }

  @Override
  public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<World>> sink) {
    return Optional.of("this vendor is never swept");
  }

  private static String id(ApiResponse answer) {
    return answer.requireBody("create").path("id").asText();
  }

  private List<JsonNode> list(String path) {
    List<JsonNode> items = new ArrayList<>();
    get(path).orElseThrow().path("items").forEach(items::add);
    return items;
  }

  private Optional<JsonNode> get(String path) {
    ApiResponse answer = client.send(ApiRequest.get("get", path));
    return answer.status() == 404 ? Optional.empty() : Optional.of(answer.body());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
