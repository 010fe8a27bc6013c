package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request with a key that is known.
 *
 * @param merchants organisations that the key's user may see
 * @param path values of the route's placeholders
 */
record Call(
    EmulatorRequest request, Store store, List<String> merchants, Map<String, String> path) {

  String path(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalStateException("the route has no placeholder " + name));
  }

  /** The object that the path's id names; 404 when there is none, 403 when it is another's. */
  Row target(Store.Kind kind) {
    return visible(kind, path("id"), 404);
  }

  /** The object of that id, when it exists and is the caller's to see; else that status. */
  Row visible(Store.Kind kind, String id, int otherwise) {
    Row row =
        store
            .find(kind, id)
            .filter(it -> !it.deleted())
            .orElseThrow(() -> Refusal.of(otherwise, "No " + kind.object + " " + id));
    if (merchants.contains(row.merchant())) {
      return row;
    }
    throw store.doubts(PaygenticDoubt.FOREIGN_IS_NOT_FOUND) || otherwise != 404
        ? Refusal.of(otherwise, "No " + kind.object + " " + id)
        : Refusal.of(403, "You have no access to " + id);
  }

  boolean sees(Row row) {
    return merchants.contains(row.merchant());
  }

  /** The merchant that a body or query names; 403 when it is not the caller's. */
  String merchant(String id) {
    if (merchants.contains(id)) {
      return id;
    }
    throw Refusal.of(403, "You have no access to the organization " + id);
  }

  Input body() {
    return body(store.doubts(PaygenticDoubt.UNKNOWN_FIELDS_ARE_REFUSED));
  }

  /** A body in which unknown fields are refused. */
  Input closedBody() {
    return body(true);
  }

  private Input body(boolean closed) {
    return new Input(
        request
            .json()
            .filter(node -> node instanceof ObjectNode)
            .map(node -> (ObjectNode) node)
            .orElseThrow(() -> Refusal.of(400, "The body is not a JSON object")),
        closed);
  }
}
