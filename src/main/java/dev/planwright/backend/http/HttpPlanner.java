package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.FieldChange;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Provider.Planning;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a difference into the one call that removes it: a plan always travels whole. */
final class HttpPlanner {
  private static final int MOST_IN_TITLE = 4;

  private final Words words;
  private final WireWriter writer;

  HttpPlanner(Words words) {
    this.words = words;
    this.writer = new WireWriter(words);
  }

  List<Step> plan(CatalogPlan desired, HttpWorld world, Planning planning) {
    if (world.remote().isEmpty()) {
      return List.of(create(desired, world));
    }
    RemotePlan remote = world.remote().get();
    ObjectNode wanted = body(desired, world, product(desired), Map.of());
    Content content = ContentReader.read(wanted, world.references()).content();
    Comparison comparison = Comparison.of(desired, content, remote);
    return comparison.differences().isEmpty()
        ? List.of()
        : List.of(change(desired, world, remote, comparison, planning.existingSubscribers()));
  }

  private Optional<String> product(CatalogPlan desired) {
    return desired.product().map(words::product);
  }

  /** As it is sent: without metadata where the server has no place for it (a warning said so). */
  private ObjectNode body(
      CatalogPlan desired,
      HttpWorld world,
      Optional<String> product,
      Map<String, String> continued) {
    ObjectNode body = writer.plan(desired, product, continued);
    if (world.capabilities().filter(server -> !server.fields().contains("metadata")).isPresent()) {
      body.remove("metadata");
      for (JsonNode price : body.path("prices")) {
        ((ObjectNode) price).remove("metadata");
      }
    }
    return body;
  }

  private Step create(CatalogPlan desired, HttpWorld world) {
    String key = desired.identity().key();
    List<FieldChange> changes = new ArrayList<>();
    changes.add(new FieldChange("displayName", "", desired.displayName()));
    ObjectNode body = body(desired, world, product(desired), Map.of());
    ContentReader.read(body, References.NONE)
        .content()
        .prices()
        .forEach(
            (name, price) -> changes.add(Difference.added(name, Content.summary(price)).change()));
    return Step.of(Step.Kind.KEYED_CREATE, "create plan " + key, sending -> Calls.create(key, body))
        .changes(changes)
        .affects(
            desired.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED
                ? Affects.NOBODY
                : Affects.NEW_SUBSCRIBERS)
        .learn(HttpPlanner::learn)
        .build();
  }

  private Step change(
      CatalogPlan desired,
      HttpWorld world,
      RemotePlan remote,
      Comparison comparison,
      ExistingSubscribers policy) {
    List<Difference> differences = comparison.differences();
    Affects affects = canKeep(world) ? affects(differences, policy) : Affects.EXISTING_SUBSCRIBERS;
    boolean archives = archives(desired, remote);
    if (archives && differences.size() == 1) {
      return archive(remote, differences);
    }
    // Migrating moves the subscribers of every older version: never for a mere text.
    boolean migrate =
        policy == ExistingSubscribers.MIGRATE && affects == Affects.EXISTING_SUBSCRIBERS;
    Optional<String> product = remote.product();
    if (differences.stream().anyMatch(d -> d.rule().equals("product"))) {
      product = product(desired);
    }
    ApiRequest request =
        Calls.replace(remote, migrate, body(desired, world, product, comparison.continued()));
    Step.Builder step =
        Step.of(
                archives ? Step.Kind.ARCHIVE : Step.Kind.WRITE,
                title(desired, remote, differences),
                sending -> request)
            .changes(changes(differences))
            .affects(affects)
            .erases(erased(desired, remote, differences))
            .learn(HttpPlanner::learn);
    boolean removes =
        archives || differences.stream().anyMatch(d -> d.rule().equals(AffectsTable.PRICE_REMOVED));
    return (removes ? step.removes() : step).build();
  }

  /** The one step that takes a plan off sale and leaves all else as it is. */
  static Step archive(RemotePlan remote, List<Difference> differences) {
    return Step.of(
            Step.Kind.ARCHIVE, "archive plan " + remote.key(), sending -> Calls.archive(remote))
        .changes(changes(differences))
        .affects(AffectsTable.of("lifecycle", ExistingSubscribers.KEEP))
        .removes()
        .learn(HttpPlanner::learn)
        .alsoDone(404)
        .build();
  }

  /** Refused by the server while anybody has the plan; gone already is as good. */
  static Step delete(RemotePlan remote) {
    return Step.of(Step.Kind.DELETE, "delete plan " + remote.key(), sending -> Calls.delete(remote))
        .affects(Affects.NEW_SUBSCRIBERS)
        .removes()
        .alsoDone(404)
        .build();
  }

  /** Where the server keeps no old versions, any change reaches everyone who has the plan. */
  private static boolean canKeep(HttpWorld world) {
    return world.capabilities().map(s -> s.existingSubscribers().contains("keep")).orElse(true);
  }

  private static boolean archives(CatalogPlan desired, RemotePlan remote) {
    return desired.lifecycle() == CatalogPlan.Lifecycle.ARCHIVED && !remote.isArchived();
  }

  private static Affects affects(List<Difference> differences, ExistingSubscribers policy) {
    return Affects.most(
        differences.stream().map(difference -> AffectsTable.of(difference.rule(), policy)));
  }

  /**
   * What the call would destroy and nobody made from manifests: whatever is not of the protocol,
   * and on a plan that bears no mark yet all that the manifest does not say.
   */
  private static List<String> erased(
      CatalogPlan desired, RemotePlan remote, List<Difference> differences) {
    List<String> erased = new ArrayList<>(remote.unknown());
    if (remote.owner().isEmpty()) {
      differences.stream()
          .filter(
              difference -> difference.drops() || isDefault(desired, remote, difference.change()))
          .map(difference -> difference.change().field() + " = " + difference.change().from())
          .forEach(erased::add);
    }
    return erased;
  }

  /** Whether a field only gets a value because the manifest leaves it to the protocol's default. */
  private static boolean isDefault(CatalogPlan desired, RemotePlan remote, FieldChange change) {
    String field = change.field();
    if (field.startsWith("prices.")) {
      return field.endsWith(".sortOrder")
          && desired.prices().stream()
              .filter(it -> field.equals("prices." + it.name() + ".sortOrder"))
              .anyMatch(it -> it.sortOrder().isEmpty());
    }
    return switch (field) {
      // On the server too it may only be what the plan is called.
      case "invoiceDisplayName" ->
          desired.invoiceDisplayName().isEmpty()
              && !change.from().equals(remote.content().fields().get("displayName"));
      case "trial.onEnd" -> desired.trial().filter(it -> it.onEnd().isEmpty()).isPresent();
      default -> field.endsWith(".soft") && change.from().equals("true");
    };
  }

  private static List<FieldChange> changes(List<Difference> differences) {
    return differences.stream().map(Difference::change).toList();
  }

  private static String title(
      CatalogPlan desired, RemotePlan remote, List<Difference> differences) {
    List<String> parts = differences.stream().map(HttpPlanner::part).distinct().toList();
    String listed = String.join(", ", parts.subList(0, Math.min(parts.size(), MOST_IN_TITLE)));
    int more = parts.size() - MOST_IN_TITLE;
    String verb = remote.owner().isEmpty() ? "take over plan " : "change plan ";
    return verb
        + desired.identity().key()
        + ": "
        + listed
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String part(Difference difference) {
    String field = difference.change().field();
    return switch (difference.rule()) {
      case AffectsTable.PRICE_ADDED -> "add price " + field.substring("prices.".length());
      case AffectsTable.PRICE_REMOVED -> "remove price " + field.substring("prices.".length());
      case AffectsTable.PRICE_RENAMED ->
          "rename price " + difference.change().from() + " to " + difference.change().to();
      default -> whole(field);
    };
  }

  /** The part of the plan that a field belongs to: the changes themselves say more. */
  private static String whole(String field) {
    String[] path = field.split("\\.", -1);
    return switch (path[0]) {
      case "prices" -> "price " + path[Math.min(1, path.length - 1)];
      case "entitlements" -> "entitlement " + path[Math.min(1, path.length - 1)];
      default -> path[0];
    };
  }

  private static Handles learn(Handles handles, ApiResponse response) {
    JsonNode plan = response.body();
    Handles learned = handles;
    if (plan.path("id").isTextual()) {
      learned = learned.with(Handles.PLAN, plan.path("id").asText());
    }
    for (JsonNode price : plan.path("prices")) {
      if (price.path("id").isTextual()) {
        learned = learned.with("price:" + price.path("name").asText(), price.path("id").asText());
      }
    }
    return learned;
  }
}
