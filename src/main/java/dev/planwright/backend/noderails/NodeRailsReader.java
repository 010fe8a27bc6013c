package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads that are either complete or no answer at all. */
final class NodeRailsReader {
  private static final int INVALID = 400;
  private static final int NOT_FOUND = 404;

  private final ApiClient client;
  private final NodeRailsSettings settings;
  private final Listing plans;
  private final Listing subscriptions;

  NodeRailsReader(ApiClient client, NodeRailsSettings settings) {
    this.client = client;
    this.settings = settings;
    this.plans =
        new Listing(client, "plans.list", page -> NodeRailsCalls.plans(settings.appId(), page));
    this.subscriptions =
        new Listing(
            client,
            "subscriptions.list",
            page -> NodeRailsCalls.subscriptions(settings.appId(), page));
  }

  /**
   * Every plan of the app that bears our owner's mark or has one of these ids, page by page. The
   * filter of the listing is not believed, and what others sell is not even read closely.
   */
  void eachPlan(Set<String> ids, Consumer<List<RemotePlan>> sink) {
    plans.each(
        page ->
            sink.accept(
                page.stream()
                    .filter(it -> it.path("appId").asText("").equals(settings.appId()))
                    .filter(it -> isOurs(it) || ids.contains(it.path("id").asText("")))
                    .map(RemotePlan::parse)
                    .toList()));
  }

  private boolean isOurs(JsonNode plan) {
    return PlanMark.identity(plan.path("metadata"))
        .filter(it -> it.ownerId().equals(settings.ownerId()))
        .isPresent();
  }

  /**
   * A plan by its id; nothing for an id that NodeRails does not have.
   *
   * @throws BackendException of kind {@code REFUSED} for another merchant's: that is no absence
   */
  Optional<RemotePlan> plan(String id) {
    ApiRequest request = NodeRailsCalls.plan(id);
    ApiResponse answer = client.send(request);
    if (answer.status() == NOT_FOUND
        || (answer.status() == INVALID && !NodeRailsSettings.isId(id))) {
      return Optional.empty();
    }
    return Optional.of(RemotePlan.parse(data(request, answer)));
  }

  /** The first plan of the app that comes to hand, of which a read by id tells the app. */
  Optional<RemotePlan> anyPlan() {
    ApiRequest request = NodeRailsCalls.plans(settings.appId(), 1);
    JsonNode page = data(request, client.send(request));
    for (JsonNode item : page) {
      if (item.path("appId").asText("").equals(settings.appId())) {
        return plan(RemotePlan.text(item, "id"));
      }
    }
    return Optional.empty();
  }

  TaxRates taxRates() {
    ApiRequest request = NodeRailsCalls.taxRates();
    JsonNode list = data(request, client.send(request));
    if (!list.isArray()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE, "NodeRails taxRates.list: the answer is no list");
    }
    return TaxRates.parse(list);
  }

  /**
   * Live subscriptions of the app: all pages, every status but CANCELLED, the unknown ones too.
   *
   * @throws BackendException when they could not be read completely
   */
  AppUsage usage() {
    Map<String, Map<String, Long>> byPlan = new HashMap<>();
    for (JsonNode it : subscriptions.all()) {
      if (!RemotePlan.text(it, "status").equals("CANCELLED")) {
        byPlan
            .computeIfAbsent(RemotePlan.text(it, "productPlanId"), id -> new HashMap<>())
            .merge(RemotePlan.text(it, "productPlanPriceId"), 1L, Long::sum);
      }
    }
    return new AppUsage(byPlan);
  }

  /** The same; empty when they could not be read completely. */
  Optional<AppUsage> usageIfAny() {
    try {
      return Optional.of(usage());
    } catch (BackendException e) {
      return switch (e.kind()) {
        case REFUSED, NONSENSE -> Optional.empty();
        case NOT_SENT, NO_ANSWER, RATE_LIMITED, UNAUTHORIZED, SERVER_ERROR -> throw e;
      };
    }
  }

  /** The same, where not being able to count is an answer too. */
  Usage usage(String planId) {
    try {
      return usage().of(planId);
    } catch (BackendException e) {
      return switch (e.kind()) {
        case REFUSED, NONSENSE -> new Usage.Unread(String.valueOf(e.getMessage()));
        case NOT_SENT, NO_ANSWER, RATE_LIMITED, UNAUTHORIZED, SERVER_ERROR -> throw e;
      };
    }
  }

  /** Who subscribes to what in the app, by plan and price. */
  record AppUsage(Map<String, Map<String, Long>> byPlan) {
    Usage of(String planId) {
      Map<String, Long> byPrice = byPlan.getOrDefault(planId, Map.of());
      return new Usage.Counted(byPrice.values().stream().mapToLong(Long::longValue).sum(), byPrice);
    }
  }

  private static JsonNode data(ApiRequest request, ApiResponse answer) {
    if (!answer.isSuccess()) {
      throw Listing.refused(request, answer);
    }
    JsonNode data = answer.requireBody(request.operation()).path("data");
    if (data.isMissingNode() || data.isNull()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE,
          "NodeRails " + request.operation() + ": the answer holds no data");
    }
    return data;
  }
}
