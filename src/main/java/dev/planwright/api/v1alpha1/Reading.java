package dev.planwright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a spec or a status so that one object of a newer schema does not end the watch of all, and
 * finds out what of a spec was not understood: it is written out again and compared with what
 * arrived. Whatever did not come back was not read.
 *
 * @param value what was read; the empty one when nothing could be
 * @param unknown what was not, in the order of the manifest
 */
record Reading<T>(T value, List<Unknown> unknown) {
  private static final String WORDS = "words";
  private static final int SHOWN = 50;

  private static final ObjectMapper READER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .addHandler(new Lenient())
          .build();

  private static final ObjectMapper WRITER =
      JsonMapper.builder().annotationIntrospector(new EveryField()).build();

  /** Reads a spec, with everything in it that is not known. */
  static <T> Reading<T> spec(@Nullable TokenBuffer written, Class<T> type, T empty) {
    if (written == null) {
      return new Reading<>(empty, List.of());
    }
    Map<String, List<String>> words = new HashMap<>();
    try {
      T value =
          READER.readerFor(type).withAttribute(WORDS, words).readValue(written.asParser(READER));
      if (value == null) {
        return new Reading<>(empty, List.of());
      }
      List<Unknown> unknown = new ArrayList<>();
      JsonNode arrived = READER.readTree(written.asParser(READER));
      new Comparison(words, unknown).compare("spec", arrived, WRITER.valueToTree(value));
      return new Reading<>(value, List.copyOf(unknown));
    } catch (JsonProcessingException e) {
      Unknown all = new Unknown("spec", e.getOriginalMessage(), Unknown.Kind.VALUE, List.of());
      return new Reading<>(empty, List.of(all));
    } catch (IOException e) {
      throw new UncheckedIOException("a document in memory cannot be read", e);
    }
  }

  /**
   * Reads a status. It is the operator's own: a word that a newer one wrote reads as none, and is
   * written afresh.
   *
   * @throws UncheckedIOException when it cannot be read at all: taking it for an empty one would
   *     lose the ids in it
   */
  static <T> T status(@Nullable TokenBuffer written, Class<T> type, T empty) {
    if (written == null) {
      return empty;
    }
    try {
      T value = READER.readerFor(type).readValue(written.asParser(READER));
      return value == null ? empty : value;
    } catch (IOException e) {
      throw new UncheckedIOException("a status cannot be read: " + e.getMessage(), e);
    }
  }

  /** Reads as null what has another type or is another word; the comparison finds it. */
  private static final class Lenient extends DeserializationProblemHandler {
    @Override
    public @Nullable Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String value, String why) {
      if (type.isEnum() && context.getAttribute(WORDS) instanceof Map<?, ?> known) {
        @SuppressWarnings("unchecked")
        Map<String, List<String>> words = (Map<String, List<String>>) known;
        words.put(value, Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList());
      }
      return null;
    }

    @Override
    public @Nullable Object handleWeirdNumberValue(
        DeserializationContext context, Class<?> type, Number value, String why) {
      return null;
    }

    @Override
    public @Nullable Object handleUnexpectedToken(
        DeserializationContext context,
        JavaType type,
        JsonToken token,
        JsonParser parser,
        String why)
        throws IOException {
      parser.skipChildren();
      return null;
    }

    @Override
    public @Nullable Object handleMissingInstantiator(
        DeserializationContext context,
        Class<?> type,
        com.fasterxml.jackson.databind.deser.ValueInstantiator instantiator,
        JsonParser parser,
        String why)
        throws IOException {
      parser.skipChildren();
      return null;
    }
  }

  /** Writes every field that a type has, also one that is not set. */
  private static final class EveryField extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
      return JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
    }

    @Override
    public Version version() {
      return Version.unknownVersion();
    }
  }

  private record Comparison(Map<String, List<String>> words, List<Unknown> found) {
    void compare(String path, JsonNode arrived, JsonNode read) {
      if (arrived.isNull() || found.size() >= SHOWN) {
        return;
      }
      if (arrived.isObject() && read.isObject()) {
        fields(path, arrived, read);
      } else if (arrived.isArray() && read.isArray() && arrived.size() == read.size()) {
        for (int i = 0; i < arrived.size(); i++) {
          compare(path + "[" + i + "]", arrived.get(i), read.get(i));
        }
      } else if (!isSame(arrived, read)) {
        String text = text(arrived);
        found.add(new Unknown(path, text, Unknown.Kind.VALUE, words.getOrDefault(text, List.of())));
      }
    }

    private void fields(String path, JsonNode arrived, JsonNode read) {
      for (Map.Entry<String, JsonNode> field : arrived.properties()) {
        String below = path + "." + field.getKey();
        JsonNode known = read.get(field.getKey());
        if (known != null) {
          compare(below, field.getValue(), known);
        } else if (!field.getValue().isNull()) {
          found.add(new Unknown(below, text(field.getValue()), Unknown.Kind.FIELD, List.of()));
        }
      }
    }

    private static boolean isSame(JsonNode arrived, JsonNode read) {
      if (!arrived.isValueNode() || !read.isValueNode() || read.isNull()) {
        return false;
      }
      return arrived.isNumber()
          ? isSameNumber(arrived, read)
          : arrived.asText().equals(read.asText());
    }

    /** A number in place of a text is read as its digits. */
    private static boolean isSameNumber(JsonNode arrived, JsonNode read) {
      try {
        return arrived.decimalValue().compareTo(new java.math.BigDecimal(read.asText())) == 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private static String text(JsonNode value) {
      return value.isValueNode() ? value.asText() : "";
    }
  }
}
