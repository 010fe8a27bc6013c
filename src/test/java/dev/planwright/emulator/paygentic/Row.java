package dev.planwright.emulator.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One object. Rows are replaced, never changed, so that a copy of the server may share them.
 *
 * @param merchant id of the owning organisation
 * @param body its fields; those that begin with an underscore are never shown
 */
record Row(String id, String merchant, ObjectNode body) {
  /** A field's text; "" when there is none. */
  String text(String field) {
    return body.path(field).asText("");
  }

  boolean is(String field, String value) {
    return body.path(field).isTextual() && body.path(field).textValue().equals(value);
  }

  /** Whether the API took the object away; what refers to it still finds it. */
  boolean deleted() {
    return body.path("_deleted").asBoolean();
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    body.path(field).forEach(item -> texts.add(item.asText()));
    return texts;
  }

  Row with(String field, JsonNode value) {
    ObjectNode changed = body.deepCopy();
    changed.set(field, value);
    return new Row(id, merchant, changed);
  }
}
