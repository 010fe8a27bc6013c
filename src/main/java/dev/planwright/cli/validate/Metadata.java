package dev.planwright.cli.validate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.api.v1alpha1.Formats;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of Kubernetes for what stands above a spec, as its API server takes them. */
final class Metadata {
  private static final int LABEL_LENGTH = 63;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})");

  private Metadata() {}

  /** What a field above the spec has to be. */
  enum Form {
    TEXT("text", "put it in quotes") {
      @Override
      boolean is(JsonNode value) {
        return value.isTextual();
      }
    },
    TIME("time", "write it as 2026-01-02T03:04:05Z") {
      @Override
      boolean is(JsonNode value) {
        return value.isTextual() && Metadata.TIME.matcher(value.asText()).matches();
      }
    },
    NUMBER("whole number", "write digits only, or leave it out") {
      @Override
      boolean is(JsonNode value) {
        return value.isIntegralNumber();
      }
    },
    WORDS("map of words to texts", "write one field for each word") {
      @Override
      boolean is(JsonNode value) {
        return value.isObject();
      }
    },
    LIST("list", "write each item on a line of its own, behind a dash") {
      @Override
      boolean is(JsonNode value) {
        return value.isArray();
      }
    };

    private final String name;
    private final String instead;

    Form(String name, String instead) {
      this.name = name;
      this.instead = instead;
    }

    abstract boolean is(JsonNode value);

    String problem() {
      return "is no " + name;
    }

    String instead() {
      return instead;
    }
  }

  /** The name of an object. */
  static boolean isName(String text) {
    return text.length() <= Formats.NAME_LENGTH && SUBDOMAIN.matcher(text).matches();
  }

  /** The name of a namespace. */
  static boolean isNamespace(String text) {
    return text.length() <= LABEL_LENGTH && LABEL.matcher(text).matches();
  }

  /** What is wrong with a namespace. */
  static final String NO_NAMESPACE =
      "is no name of a namespace; use at most 63 small letters, digits and -";

  /** The key of a label, or a finalizer: a word, or one behind a domain and a slash. */
  static boolean isKey(String text) {
    int slash = text.indexOf('/');
    String word = text.substring(slash + 1);
    return (slash < 0 || isName(text.substring(0, slash)))
        && word.length() <= LABEL_LENGTH
        && PART.matcher(word).matches();
  }

  /** The key of an annotation, whose domain may have capitals. */
  static boolean isAnnotation(String text) {
    return isKey(text.toLowerCase(Locale.ROOT));
  }

  /** The value of a label. */
  static boolean isLabelValue(String text) {
    return text.isEmpty() || (text.length() <= LABEL_LENGTH && PART.matcher(text).matches());
  }
}
