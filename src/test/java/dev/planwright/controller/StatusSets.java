package dev.planwright.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatus.PriceRow;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceState;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.Handles;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.admission.Admission;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import dev.planwright.testing.FakeBilling;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Plans, Prices and BillingBackends with each status that the operator can write. */
final class StatusSets {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final long GENERATION = 3;

  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();
  private static final String PRICE =
      "{planRef: {name: team}, currency: USD, recurring: {interval: Month}, flat: {amount:"
          + " \"49.00\"}}";
  private static final Set<Reason> OF_BACKENDS =
      EnumSet.of(
          Reason.SECRET_NOT_FOUND,
          Reason.SECRET_NOT_LABELLED,
          Reason.UNAUTHORIZED,
          Reason.ENVIRONMENT_MISMATCH,
          Reason.ACCOUNT_MISMATCH,
          Reason.UNREACHABLE,
          Reason.INSECURE_URL,
          Reason.INVALID_SPEC,
          Reason.PAUSED);

  private StatusSets() {}

  /** The reasons that a condition Ready of Plans and Prices can have. */
  static List<Reason> ofPlans() {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.kind() != Reason.Kind.BACKEND)
        .toList();
  }

  static List<Reason> ofBackends() {
    return List.copyOf(OF_BACKENDS);
  }

  static String message(Reason reason) {
    return reason.meaning() + "; " + reason.whatToDo();
  }

  static Plan readyPlan() {
    return planAfter(new Outcome.Done());
  }

  /** As the operator writes it for this reason. */
  static Plan plan(Reason reason) {
    String message = message(reason);
    return switch (reason.kind()) {
      case ACCEPTED ->
          reason == Reason.NOT_EXPRESSIBLE
              ? planAfter(
                  new Outcome.Inexpressible(
                      List.of(new Violation("Plan shop/team", "spec.x", "1", "is odd", "mend it"))))
              : waitingPlan(reason, false);
      case SYNCED, BACKEND ->
          reason.retry() == Reason.Retry.SOON
              ? planAfter(new Outcome.Unfinished(reason, message, Optional.empty()))
              : planAfter(new Outcome.Blocked(reason, message));
    };
  }

  static Plan waitingPlan(Reason reason, boolean working) {
    Plan plan = newPlan();
    plan.setStatus(
        PlanStatuses.waiting(plan, List.of(newPrice()), NOW, reason, message(reason), working));
    return plan;
  }

  static Plan planAfter(Outcome outcome) {
    Plan plan = newPlan();
    plan.setStatus(
        PlanStatuses.of(plan, List.of(newPrice()), "left as it is (Retain)", result(outcome), NOW));
    return plan;
  }

  /** A Plan that was ready, was edited and is settled without a look. */
  static Plan settledPlan() {
    Plan plan = plan(Reason.PAUSED);
    plan.setStatus(PlanStatuses.settled(plan, List.of(newPrice()), "left as it is (Retain)", NOW));
    return plan;
  }

  static Plan deletedPlan(Reason reason, boolean working) {
    Plan plan = readyPlan();
    plan.getMetadata().setDeletionTimestamp(NOW.toString());
    plan.setStatus(PlanStatuses.deleting(plan, NOW, reason, message(reason), working));
    return plan;
  }

  /** What the Price says when its Plan says this. */
  static Price price(Plan plan) {
    Price price = newPrice();
    price.setStatus(PriceStatuses.of(price, plan.getStatus().prices().getFirst(), plan, NOW));
    return price;
  }

  /** A Price that is itself what is wrong. */
  static Price rejectedPrice(Reason reason) {
    Price price = newPrice();
    PriceRow row =
        new PriceRow(
            "team-monthly",
            price.getMetadata().getUid(),
            GENERATION,
            null,
            PriceState.REJECTED,
            reason.toString(),
            message(reason));
    price.setStatus(PriceStatuses.of(price, row, plan(reason), NOW));
    return price;
  }

  static Price priceWithoutPlan() {
    Price price = newPrice();
    price.setStatus(PriceStatuses.withoutPlan(price, NOW));
    return price;
  }

  static BillingBackend readyBackend() {
    return backend(good());
  }

  static BillingBackend backend(Reason reason) {
    return backend(Finding.Bad.of(reason, message(reason)));
  }

  static BillingBackend backend(Finding finding) {
    BillingBackend backend = newBackend();
    backend.setStatus(
        BackendStatuses.next(
            BillingBackendStatus.EMPTY,
            new BackendStatuses.View(
                GENERATION,
                Optional.of("http"),
                Optional.empty(),
                finding,
                2,
                Optional.empty(),
                List.of()),
            NOW));
    return backend;
  }

  /** Everything, with a title. */
  static Stream<Map.Entry<String, HasMetadata>> all() {
    Stream<Map.Entry<String, HasMetadata>> plans =
        ofPlans().stream()
            .flatMap(
                reason ->
                    Stream.of(
                        Map.entry("Plan " + reason, plan(reason)),
                        Map.entry("Plan tried again, " + reason, waitingPlan(reason, true)),
                        Map.entry("Plan waiting, " + reason, waitingPlan(reason, false)),
                        Map.entry("Price of a Plan, " + reason, price(plan(reason))),
                        Map.entry("Price rejected, " + reason, rejectedPrice(reason))));
    Stream<Map.Entry<String, HasMetadata>> backends =
        ofBackends().stream().map(reason -> Map.entry("Backend " + reason, backend(reason)));
    Stream<Map.Entry<String, HasMetadata>> others =
        Stream.of(
            Map.entry("Plan ready", readyPlan()),
            Map.entry("Plan settled", settledPlan()),
            Map.entry("Plan changed while read", planAfter(new Outcome.Stale())),
            Map.entry("Price ready", price(readyPlan())),
            Map.entry("Price without Plan", priceWithoutPlan()),
            Map.entry("Backend ready", readyBackend()),
            Map.entry("Backend, key not readable", backend(new Finding.Unknown("forbidden"))));
    return Stream.of(plans, backends, others).flatMap(stream -> stream);
  }

  /** A Plan, a Price and a BillingBackend as the API server keeps them before the first look. */
  static Stream<ObjectNode> notLookedAt() {
    return Stream.of(newPlan(), newPrice(), newBackend()).map(StatusSets::notLookedAt);
  }

  /** With the status that the definition of its kind puts where there is none. */
  static ObjectNode notLookedAt(HasMetadata object) {
    ObjectNode json = json(object);
    json.set("status", defaultStatus(object.getPlural()));
    return json;
  }

  private static JsonNode defaultStatus(String plural) {
    try {
      return new YAMLMapper()
          .readTree(Path.of("crds", plural + ".yaml").toFile())
          .at("/spec/versions/0/schema/openAPIV3Schema/properties/status/default");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode json(HasMetadata object) {
    return KUBERNETES.convertValue(object, ObjectNode.class);
  }

  static String yaml(Object object) {
    return KUBERNETES.asYaml(object);
  }

  static Plan newPlan() {
    Plan plan = Manifested.plan("team", GENERATION, "{displayName: Team}");
    plan.setStatus(PlanStatus.EMPTY);
    return plan;
  }

  static Price newPrice() {
    return Manifested.price("team-monthly", GENERATION, PRICE);
  }

  static BillingBackend newBackend() {
    return KUBERNETES.unmarshal(
        """
        apiVersion: planwright.dev/v1alpha1
        kind: BillingBackend
        metadata: {name: default, namespace: shop, uid: uid-default, generation: 3}
        spec:
          ownerId: shop-prod
          provider:
            http:
              url: https://catalog.internal/
              credentials: {secretRef: {name: catalog, key: apiKey}}
        """,
        BillingBackend.class);
  }

  private static SyncResult result(Outcome outcome) {
    RemoteView view =
        new RemoteView(
            "plan_1",
            Optional.of("7"),
            Optional.empty(),
            Map.of("team-monthly", "price_1"),
            List.of(),
            "print",
            Handles.NONE);
    return new SyncResult(
        outcome,
        Memory.EMPTY.withBinding(
            new Memory.Binding("http/1", "org_1", "plan_1", "hash-1", Handles.NONE)),
        Optional.of(view),
        List.of(),
        "",
        List.of(),
        OptionalLong.empty(),
        List.of());
  }

  private static Finding good() {
    ManualClock clock = new ManualClock();
    AccountFacts facts =
        new AccountFacts("org_1", "Acme", AccountFacts.AccountEnvironment.SANDBOX, Map.of());
    Account<?> account =
        new Account<>(
            "shop/default",
            new FakeBilling().provider(clock),
            request -> new ApiResponse(200, Map.of(), JsonNodeFactory.instance.objectNode()),
            facts);
    OpenAccount open =
        new OpenAccount(
            account,
            new AccountConfig(
                "shop/default",
                "shop-prod",
                AccountFacts.AccountEnvironment.SANDBOX,
                JsonNodeFactory.instance.objectNode(),
                AccountConfig.Aliases.NONE),
            newBackend().getSpec(),
            new Capabilities(Map.of()),
            new Admission<>(1, Duration.ofSeconds(30), clock, offered -> {}),
            "org_1");
    return new Finding.Good(open, account, new HeldKey("key"), true);
  }
}
