package dev.planwright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.sandbox.FieldError.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with a body, so that all of it is answered at once. */
final class Errors {
  private static final int MOST = 500;

  private final List<FieldError> found = new ArrayList<>();

  void add(String field, @Nullable JsonNode value, Reason reason, String message) {
    if (found.size() < MOST) {
      found.add(new FieldError(field, value, reason, message));
    }
  }

  void invalid(String field, @Nullable JsonNode value, String message) {
    add(field, value, Reason.INVALID, message);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @throws Problem when there is any error
   */
  void refuse() {
    if (!found.isEmpty()) {
      throw Problem.invalid(List.copyOf(found));
    }
  }
}
