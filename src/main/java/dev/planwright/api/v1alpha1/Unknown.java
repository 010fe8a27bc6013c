package dev.planwright.api.v1alpha1;

import java.util.List;

/**
 * A part of a spec that this version of the operator cannot read: a field or a word of a newer
 * schema, or a value of another type. Nothing may be done for such an object: what is not
 * understood may be a price.
 *
 * @param field path of the field, such as {@code spec.perUnit.filters[0].rounding}
 * @param value what stands there; {@code ""} when it is no plain value
 * @param kind what is not known about it
 * @param words the words that this version knows, for a word that it does not
 */
public record Unknown(String field, String value, Kind kind, List<String> words) {
  /** What is not known. */
  public enum Kind {
    /** The field as such. */
    FIELD,
    /** The value of a field that is known. */
    VALUE
  }

  /** Copies the list. */
  public Unknown {
    words = List.copyOf(words);
  }
}
