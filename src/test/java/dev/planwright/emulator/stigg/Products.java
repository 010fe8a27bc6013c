package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ADDONS;
import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;
import static dev.planwright.emulator.stigg.StiggState.Table.PRODUCTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Set;

/** Products: listed, never read by id; archiving one archives all that is under it. */
final class Products {
  private final StiggState state;

  Products(StiggState state) {
    this.state = state;
  }

  void addTo(Router router) {
    router.add("GET", "products", this::list);
    router.add("POST", "products", this::create);
    router.add("PATCH", "products/{id}", this::change);
    router.add("POST", "products/{id}/archive", this::archive);
    router.add("POST", "products/{id}/unarchive", this::unarchive);
    router.add("POST", "products/{id}/duplicate", this::duplicate);
  }

  ObjectNode add(String id, String displayName) {
    if (state.find(PRODUCTS, id).isPresent()) {
      throw Refusal.of(409, "DuplicatedEntityNotAllowed", "product " + id + " exists");
    }
    ObjectNode row = state.fresh(id).put("displayName", displayName).putNull("description");
    row.put("status", "PUBLISHED").put("multipleSubscriptions", false).putObject("metadata");
    return state.put(PRODUCTS, id, row);
  }

  ObjectNode need(String id) {
    return state
        .find(PRODUCTS, id)
        .orElseThrow(() -> Refusal.of(404, "ProductNotFoundError", "product " + id + " not found"));
  }

  /** What a body refers to, which may be refused in another way than what a path names. */
  ObjectNode refer(String id) {
    return Refusal.reference(state, () -> need(id));
  }

  private EmulatorResponse list(Call call) {
    return Pages.page(
        call,
        state.rows(PRODUCTS).stream()
            .filter(row -> Filters.accept(call, row, "id", "id"))
            .filter(row -> Filters.accept(call, row, "status", "status"))
            .map(row -> new Pages.Line(row.path("seq").longValue(), view(row)))
            .toList());
  }

  private EmulatorResponse create(Call call) {
    Input body = call.body();
    ObjectNode row = add(body.id("id"), body.text("displayName", Input.TEXT));
    body.copyText(row, "description", true).copyMetadata(row, true);
    body.copyFlag(row, "multipleSubscriptions", false).finish();
    return Pages.one(201, view(row));
  }

  private EmulatorResponse change(Call call) {
    ObjectNode row = need(call.path("id"));
    Input body = call.body();
    body.copyText(row, "displayName", false).copyText(row, "description", true);
    body.copyMetadata(row, true).copyFlag(row, "multipleSubscriptions", false);
    if (body.has("productSettings")) {
      row.set("productSettings", body.raw("productSettings"));
    }
    body.has("usageResetCutoffRule"); // write only
    body.finish();
    row.put("updatedAt", state.now());
    return Pages.one(200, view(row));
  }

  private EmulatorResponse archive(Call call) {
    ObjectNode row = need(call.path("id")).put("status", "ARCHIVED").put("updatedAt", state.now());
    for (StiggState.Table kind : List.of(PLANS, ADDONS)) {
      state.rows(kind).stream()
          .filter(it -> it.path("productId").equals(row.path("id")))
          .forEach(it -> it.put("archived", true));
    }
    return Pages.acted(state, view(row));
  }

  /** What was archived with the product stays archived. */
  private EmulatorResponse unarchive(Call call) {
    ObjectNode row = need(call.path("id")).put("status", "PUBLISHED").put("updatedAt", state.now());
    return Pages.acted(state, view(row));
  }

  /** A copy of the product itself, without its plans. */
  private EmulatorResponse duplicate(Call call) {
    ObjectNode from = need(call.path("id"));
    Input body = call.body();
    ObjectNode row = add(body.id("targetId"), from.path("displayName").textValue());
    row.set("description", from.path("description"));
    row.set("metadata", from.path("metadata").deepCopy());
    body.copyText(row, "displayName", false).copyText(row, "description", true).finish();
    return Pages.acted(state, view(row));
  }

  private static ObjectNode view(ObjectNode row) {
    return row.deepCopy().without(Set.of("seq"));
  }
}
