package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import java.util.Map;

/**
 * A request that a route has accepted.
 *
 * @param organization whose data it sees; "" on the routes without authentication
 * @param path values of the route's placeholders, decoded
 */
record Call(EmulatorRequest request, String organization, Map<String, String> path) {
  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no placeholder " + name);
    }
    return value;
  }

  /** A placeholder that must be a UUID, in the canonical spelling. */
  String uuid(String name) {
    Fields fields = Fields.of(BxbState.object().put(name, path(name)), "path");
    String id = fields.uuid(name, Fields.Need.REQUIRED);
    fields.check();
    return id == null ? "" : id;
  }

  Fields body() {
    return Fields.ofBody(request);
  }

  /** The query as an object of texts: the last value of each name. */
  Fields query() {
    ObjectNode query = BxbState.object();
    request.query().forEach((name, values) -> query.put(name, values.getLast()));
    return Fields.of(query, "query");
  }
}
