package dev.planwright.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes one JSON object in the one way that its content can be written: fields in the order of the
 * calls, every value a string, numbers in their one spelling, ASCII only, and what is absent left
 * out, so that a field that is new one day changes no hash of a plan without it.
 */
final class CanonicalJson {
  private final StringBuilder out;
  private boolean first = true;

  private CanonicalJson(StringBuilder out) {
    this.out = out;
  }

  /** The object that {@code fields} writes. */
  static String object(Consumer<CanonicalJson> fields) {
    StringBuilder out = new StringBuilder();
    CanonicalJson json = new CanonicalJson(out);
    out.append('{');
    fields.accept(json);
    return out.append('}').toString();
  }

  /** A text; left out when it is empty. */
  CanonicalJson text(String name, String value) {
    if (!value.isEmpty()) {
      name(name);
      string(value);
    }
    return this;
  }

  CanonicalJson text(String name, Optional<String> value) {
    value.ifPresent(
        present -> {
          name(name);
          string(present);
        });
    return this;
  }

  CanonicalJson number(String name, BigDecimal value) {
    name(name);
    string(Decimals.canonical(value));
    return this;
  }

  CanonicalJson number(String name, Optional<BigDecimal> value) {
    value.ifPresent(present -> number(name, present));
    return this;
  }

  CanonicalJson number(String name, long value) {
    name(name);
    string(Long.toString(value));
    return this;
  }

  CanonicalJson number(String name, OptionalLong value) {
    value.ifPresent(present -> number(name, present));
    return this;
  }

  CanonicalJson number(String name, OptionalInt value) {
    value.ifPresent(present -> number(name, present));
    return this;
  }

  /** Yes or no, both written: for what has no default. */
  CanonicalJson bool(String name, boolean value) {
    name(name);
    string(Boolean.toString(value));
    return this;
  }

  /** Written when it is so; left out when not. */
  CanonicalJson flag(String name, boolean value) {
    return value ? bool(name, true) : this;
  }

  CanonicalJson word(String name, Enum<?> value) {
    name(name);
    string(value.name());
    return this;
  }

  CanonicalJson word(String name, Optional<? extends Enum<?>> value) {
    value.ifPresent(present -> word(name, present));
    return this;
  }

  CanonicalJson texts(String name, List<String> values) {
    return list(name, values, this::string);
  }

  CanonicalJson map(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      object(name, json -> new TreeMap<>(values).forEach(json::entry));
    }
    return this;
  }

  CanonicalJson object(String name, Consumer<CanonicalJson> fields) {
    name(name);
    out.append('{');
    fields.accept(new CanonicalJson(out));
    out.append('}');
    return this;
  }

  <T> CanonicalJson objects(String name, List<T> values, BiConsumer<CanonicalJson, T> fields) {
    return list(
        name,
        values,
        value -> {
          out.append('{');
          fields.accept(new CanonicalJson(out), value);
          out.append('}');
        });
  }

  private <T> CanonicalJson list(String name, List<T> values, Consumer<T> write) {
    if (values.isEmpty()) {
      return this;
    }
    name(name);
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ",");
      write.accept(values.get(i));
    }
    out.append(']');
    return this;
  }

  // An empty value in a map is a value: {a: ""} and {} are two things.
  private void entry(String key, String value) {
    name(key);
    string(value);
  }

  private void name(String name) {
    out.append(first ? "" : ",");
    first = false;
    string(name);
    out.append(':');
  }

  // Escaped by UTF-16 unit: half a surrogate pair would be '?' in UTF-8, and two texts one hash.
  private void string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    out.append('"');
  }
}
