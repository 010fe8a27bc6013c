package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a body.
 *
 * @param value what was sent; null when nothing was
 * @param message goes on from the field's name: "is not a currency of ISO 4217; ..."
 */
record FieldError(String field, @Nullable JsonNode value, Reason reason, String message) {
  private static final int LONGEST = 200;

  /** What a client can do about it. */
  enum Reason {
    REQUIRED("required"),
    UNKNOWN("unknown"),
    UNSUPPORTED("unsupported"),
    IMMUTABLE("immutable"),
    INVALID("invalid");

    private final String word;

    Reason(String word) {
      this.word = word;
    }
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("field", field);
    if (value != null) {
      String text = value.isTextual() ? value.textValue() : value.toString();
      if (text.length() > LONGEST) {
        json.put("value", text.substring(0, LONGEST) + "...");
      } else {
        json.set("value", value);
      }
    }
    json.put("reason", reason.word);
    json.put("message", message);
    return json;
  }
}
