package dev.planwright.api.v1alpha1;

import java.util.Optional;

/**
 * A spec that the API server must refuse.
 *
 * @param kind the kind of the object
 * @param rule the rule that is broken
 * @param before the spec that exists already; empty when the object is created so
 * @param spec the spec that is refused
 * @param answer what the answer says, beside the sentence of a rule in CEL
 */
public record SpecCase(
    String kind, Rule rule, Optional<String> before, String spec, String answer) {
  static SpecCase create(String kind, Rule rule, String spec, String answer) {
    return new SpecCase(kind, rule, Optional.empty(), spec, answer);
  }

  static SpecCase update(String kind, Rule rule, String before, String spec, String answer) {
    return new SpecCase(kind, rule, Optional.of(before), spec, answer);
  }

  @Override
  public String toString() {
    return kind + " " + rule.id() + ": " + spec;
  }
}
