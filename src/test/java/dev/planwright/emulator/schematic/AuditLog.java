package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.AUDIT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Who wrote what, with the answer that the writer may never have seen. */
final class AuditLog {
  private static final String BASE = "https://api.schematichq.com";
  private static final String REDACTED = "[REDACTED]";
  private static final Map<String, String> TYPES =
      Map.of(
          "plans", "plan",
          "plan-bundles", "plan",
          "plan-entitlements", "plan_entitlement",
          "features", "feature");

  private final Store store;
  private final Troubles troubles;
  private final Account account;
  private final Paging paging;

  AuditLog(Store store, Troubles troubles, Account account, Paging paging) {
    this.store = store;
    this.troubles = troubles;
    this.account = account;
    this.paging = paging;
  }

  void addTo(Router router) {
    router.add("GET", "/audit-log", call -> paging.page(call, visible(call), this::listView));
    router.add("GET", "/audit-log/count", call -> paging.count(call, visible(call).size()));
    router.add("GET", "/audit-log/{audit_log_id}", this::read);
  }

  void record(
      EmulatorRequest request, EmulatorResponse response, ObjectNode key, String startedAt) {
    ObjectNode row =
        Store.object()
            .put("actor_type", "api_key")
            .put("api_key_id", Store.text(key, "id"))
            .put("environment_id", Store.text(key, "environment_id"))
            .put("method", request.method())
            .put("url", request.target())
            .put("started_at", startedAt)
            .put("ended_at", store.now())
            .put("resp_code", response.status())
            .put("req_body", request.text())
            .put("resp_body", response.text())
            .put("resource_type", TYPES.getOrDefault(request.segments().getFirst(), ""))
            .put("resource_id_string", resource(request, response));
    row.set("_key", account.keyView(Store.text(key, "id")));
    store.insert(AUDIT, row);
  }

  private static String resource(EmulatorRequest request, EmulatorResponse response) {
    var data = EmulatorRequest.of("GET", "/", Map.of(), response.text()).json();
    return data.map(it -> it.path("data"))
        .map(it -> it.path("id").asText(it.path("plan").path("id").asText("")))
        .filter(id -> !id.isEmpty())
        .orElse(request.segments().size() > 1 ? request.segments().get(1) : "");
  }

  private void refuseWhenTroubled() {
    switch (troubles.audit) {
      case NONE, EMPTY -> {}
      case FORBIDDEN -> throw Refusal.of(403, "this API key may not read the audit log");
      case LIMITED -> throw Refusal.of(429, "rate limit exceeded");
      case FAILING -> throw Refusal.of(500, "internal error");
    }
  }

  private List<ObjectNode> visible(Call call) {
    refuseWhenTroubled();
    return store.where(AUDIT, row -> isDue(row) && isWanted(call, row));
  }

  private boolean isDue(ObjectNode row) {
    return troubles.audit != SchematicControls.AuditTrouble.EMPTY
        && !Instant.parse(Store.text(row, "ended_at"))
            .plus(troubles.auditDelay)
            .isAfter(store.instant());
  }

  private boolean isWanted(Call call, ObjectNode row) {
    Instant started = Instant.parse(Store.text(row, "started_at"));
    String text = Store.text(row, "url") + " " + Store.text(row, "resource_id_string");
    return call.query("start_time").map(Instant::parse).filter(started::isBefore).isEmpty()
        && call.query("end_time").map(Instant::parse).filter(started::isAfter).isEmpty()
        && call.query("environment_id").filter(it -> !Store.is(row, "environment_id", it)).isEmpty()
        && call.query("actor_type").filter(it -> !Store.is(row, "actor_type", it)).isEmpty()
        && paging.matches(call, text);
  }

  private EmulatorResponse read(Call call) {
    refuseWhenTroubled();
    return store
        .find(AUDIT, call.path("audit_log_id"))
        .filter(this::isDue)
        .map(row -> call.ok(view(row)))
        .orElseThrow(() -> Refusal.missing("audit log"));
  }

  private ObjectNode listView(ObjectNode row) {
    ObjectNode view = view(row);
    view.remove(List.of("req_body", "resp_body"));
    return view;
  }

  private ObjectNode view(ObjectNode row) {
    ObjectNode view = Store.shown(row);
    view.remove(List.of("created_at", "updated_at"));
    view.set("api_key", row.get("_key").deepCopy());
    view.set("environment", account.environmentView(Store.text(row, "environment_id")));
    if (store.holds(Question.AuditUrl.ABSOLUTE)) {
      view.put("url", BASE + Store.text(row, "url"));
    }
    if (store.holds(Question.AuditBodies.REDACTED)) {
      view.put("req_body", REDACTED).put("resp_body", REDACTED);
    } else if (store.holds(Question.AuditBodies.ABSENT)) {
      view.putNull("req_body").putNull("resp_body");
    }
    return view;
  }
}
