package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.CURRENCIES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.Set;

/** Credit currencies, which an account makes for itself. */
final class Currencies {
  private final StiggState state;

  Currencies(StiggState state) {
    this.state = state;
  }

  void addTo(Router router) {
    String path = "credits/custom-currencies";
    router.add("GET", path, this::list);
    router.add("POST", path, this::create);
    router.add("PATCH", path + "/{id}", this::change);
    router.add("POST", path + "/{id}/archive", call -> archived(call, true));
    router.add("POST", path + "/{id}/unarchive", call -> archived(call, false));
  }

  ObjectNode add(String id, String displayName) {
    if (state.find(CURRENCIES, id).isPresent()) {
      throw Refusal.of(409, "DuplicatedEntityNotAllowed", "currency " + id + " exists");
    }
    ObjectNode row = state.fresh(id).put("displayName", displayName).putNull("archivedAt");
    row.putNull("description").putNull("symbol").putNull("units").putObject("metadata");
    return state.put(CURRENCIES, id, row);
  }

  ObjectNode need(String id) {
    return state
        .find(CURRENCIES, id)
        .orElseThrow(
            () -> Refusal.of(404, "CustomCurrencyNotFound", "currency " + id + " not found"));
  }

  /** What a body refers to, which may be refused in another way than what a path names. */
  ObjectNode refer(String id) {
    return Refusal.reference(state, () -> need(id));
  }

  private EmulatorResponse list(Call call) {
    return Pages.page(
        call,
        state.rows(CURRENCIES).stream()
            .map(row -> row.deepCopy().put("status", status(row)))
            .filter(row -> Filters.accept(call, row, "status", "status"))
            .map(row -> new Pages.Line(row.path("seq").longValue(), view(row)))
            .toList());
  }

  private static String status(ObjectNode row) {
    return row.hasNonNull("archivedAt") ? "ARCHIVED" : "ACTIVE";
  }

  private EmulatorResponse create(Call call) {
    Input body = call.body();
    ObjectNode row = add(body.text("id", Input.TEXT), body.text("displayName", Input.TEXT));
    copy(body, row);
    return Pages.one(201, view(row));
  }

  private EmulatorResponse change(Call call) {
    ObjectNode row = need(call.path("id"));
    Input body = call.body();
    body.copyText(row, "displayName", false);
    copy(body, row);
    row.put("updatedAt", state.now());
    return Pages.one(200, view(row));
  }

  private static void copy(Input body, ObjectNode row) {
    body.copyText(row, "description", false).copyText(row, "symbol", false);
    body.copyMetadata(row, false);
    if (body.has("units")) {
      Input units = body.object("units");
      ObjectNode to = row.putObject("units");
      to.put("plural", units.text("plural", Input.TEXT));
      to.put("singular", units.text("singular", Input.TEXT));
    }
    body.finish();
  }

  private EmulatorResponse archived(Call call, boolean archived) {
    ObjectNode row = need(call.path("id")).putNull("archivedAt");
    if (archived) {
      row.put("archivedAt", state.now());
    }
    return Pages.acted(state, view(row));
  }

  private static ObjectNode view(ObjectNode row) {
    return row.deepCopy().without(Set.of("seq", "status"));
  }
}
