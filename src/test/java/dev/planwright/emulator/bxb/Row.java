package dev.planwright.emulator.bxb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One row of a table. Rows are replaced, never changed, so that a copy of the state may share them.
 *
 * @param organization id of the owning organization
 * @param body the columns, as the API shows them
 */
record Row(String id, String organization, ObjectNode body) {
  /** A column's text; "" for null. */
  String text(String column) {
    return body.path(column).asText("");
  }

  boolean is(String column, String value) {
    return body.path(column).isTextual() && body.path(column).textValue().equals(value);
  }

  Row with(String column, JsonNode value) {
    ObjectNode changed = body.deepCopy();
    changed.set(column, value);
    return new Row(id, organization, changed);
  }
}
