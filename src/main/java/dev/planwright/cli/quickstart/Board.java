package dev.planwright.cli.quickstart;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.PriceStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the objects stand on the API server, and what happened since it was last asked. */
final class Board {
  private final KubernetesClient client;
  private final Set<String> toldEvents = new HashSet<>();
  private Map<ObjectRef, Row> rows = Map.of();

  Board(KubernetesClient client) {
    this.client = client;
  }

  /**
   * An object in the table.
   *
   * @param ready True, False or Unknown, of the present generation
   * @param reason empty when ready
   * @param externalId empty when there is none
   * @param detail of a Price what it costs; empty otherwise
   * @param message what to do; empty when ready
   */
  record Row(
      ObjectRef object,
      String ready,
      String reason,
      String externalId,
      String detail,
      String message) {
    boolean isReady() {
      return ready.equals("True");
    }
  }

  /** What is there now, in the order of the table. */
  List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /** Asks anew and returns the rows that are not as they were. */
  List<Row> refresh() {
    Map<ObjectRef, Row> now = new TreeMap<>();
    client.resources(BillingBackend.class).inAnyNamespace().list().getItems().stream()
        .map(Board::row)
        .forEach(row -> now.put(row.object(), row));
    client.resources(Plan.class).inAnyNamespace().list().getItems().stream()
        .map(Board::row)
        .forEach(row -> now.put(row.object(), row));
    client.resources(Price.class).inAnyNamespace().list().getItems().stream()
        .map(Board::row)
        .forEach(row -> now.put(row.object(), row));
    List<Row> changed =
        now.values().stream().filter(row -> !row.equals(rows.get(row.object()))).toList();
    rows = now;
    return changed;
  }

  /** Whether every object is ready, and there is one. */
  boolean isAllReady() {
    return !rows.isEmpty() && rows.values().stream().allMatch(Row::isReady);
  }

  long ready() {
    return rows.values().stream().filter(Row::isReady).count();
  }

  /** Events that were not returned before, oldest first. */
  List<Event> newEvents() {
    List<Event> events = new ArrayList<>();
    for (Event event : client.events().v1().events().inAnyNamespace().list().getItems()) {
      if (toldEvents.add(event.getMetadata().getUid())) {
        events.add(event);
      }
    }
    events.sort(Comparator.comparing(Board::time));
    return events;
  }

  private static String time(Event event) {
    return event.getEventTime() == null ? "" : event.getEventTime().getTime();
  }

  private static Row row(BillingBackend backend) {
    BillingBackendStatus.@Nullable Account account = backend.getStatus().account();
    return row(
        backend, backend.getStatus().conditions(), account == null ? null : account.id(), "");
  }

  private static Row row(Plan plan) {
    return row(plan, plan.getStatus().conditions(), plan.getStatus().externalId(), "");
  }

  private static Row row(Price price) {
    PriceStatus.@Nullable Summary summary = price.getStatus().summary();
    String amount = summary == null || summary.amount() == null ? "" : summary.amount();
    String every = summary == null || summary.every() == null ? "" : summary.every();
    return row(
        price,
        price.getStatus().conditions(),
        price.getStatus().externalId(),
        amount + (amount.isEmpty() || every.isEmpty() ? "" : ", ") + every);
  }

  private static Row row(
      HasMetadata object, List<Condition> conditions, @Nullable String externalId, String detail) {
    ObjectRef ref = ObjectRef.of(object);
    String id = externalId == null ? "" : externalId;
    Optional<Condition> ready =
        conditions.stream().filter(c -> c.type().equals(ConditionType.READY)).findFirst();
    if (object.getMetadata().getDeletionTimestamp() != null) {
      String why = ready.map(Condition::message).orElse("");
      return new Row(ref, "False", "Terminating", id, detail, why);
    }
    boolean current =
        ready
            .filter(
                condition ->
                    Objects.equals(
                        condition.observedGeneration(), object.getMetadata().getGeneration()))
            .isPresent();
    if (!current) {
      return new Row(ref, "Unknown", "Progressing", id, detail, "not looked at yet");
    }
    Condition condition = ready.orElseThrow();
    return condition.holds()
        ? new Row(ref, "True", "", id, detail, "")
        : new Row(
            ref,
            String.valueOf(condition.status()),
            condition.reason(),
            id,
            detail,
            condition.message());
  }
}
