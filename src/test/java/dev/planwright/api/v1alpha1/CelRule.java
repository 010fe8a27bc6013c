package dev.planwright.api.v1alpha1;

import java.util.Optional;

/**
 * A rule in CEL at one place of a schema.
 *
 * @param rule the rule that it holds
 * @param place the schema that it stands on, from the root, such as {@code spec.entitlements[]}
 * @param field the field of the message, from the root
 * @param expression true when the rule is kept
 * @param value an expression for the value that the message shows, of type string
 */
record CelRule(Rule rule, String place, String field, String expression, Optional<String> value) {
  static CelRule of(Rule rule, String place, String field, String expression) {
    return new CelRule(rule, place, field, expression, Optional.empty());
  }

  CelRule showing(String valueExpression) {
    return new CelRule(rule, place, field, expression, Optional.of(valueExpression));
  }

  /** What the API server answers when it cannot evaluate {@link #messageExpression}. */
  String message() {
    return field + " " + rule.sentence();
  }

  /** The message with the value in it. */
  Optional<String> messageExpression() {
    return value.map(v -> "'" + message() + "; it is ' + (" + v + ")");
  }
}
