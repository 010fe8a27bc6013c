package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.Decimals;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entitlement templates, which ride on prices. */
final class Template {
  static final String BOOLEAN = "boolean";
  static final String STATIC = "static";
  static final String METERED = "metered";

  /** What Paygentic fills in by itself, and what no manifest says. */
  private static final List<String> IGNORED =
      List.of("anchor", "issueAfterResetPriority", "preserveOverageAtReset", "measureUsageFrom");

  private static final Pattern LIMIT = Pattern.compile("issueAfterReset=([0-9.]+)");
  private static final Pattern SOFT = Pattern.compile("isSoftLimit=(true|false)");
  private static final Pattern RESET = Pattern.compile("interval=\"([^\"]*)\"");
  private static final Pattern VALUE = Pattern.compile("config=\\{value=\"([^\"]*)\"\\}");

  private Template() {}

  /** The type that a feature needs to have for a grant. */
  static String featureType(Entitlement.Grant grant) {
    return switch (grant) {
      case Entitlement.Enabled enabled -> BOOLEAN;
      case Entitlement.Limit limit -> METERED;
      case Entitlement.Unlimited unlimited -> METERED;
      case Entitlement.Value value -> STATIC;
    };
  }

  /** The template of a grant; empty where the subscriber gets nothing. */
  static Optional<ObjectNode> of(Entitlement.Grant grant) {
    return switch (grant) {
      case Entitlement.Enabled enabled ->
          enabled.enabled() ? Optional.of(object().put("type", BOOLEAN)) : Optional.empty();
      case Entitlement.Limit limit -> {
        ObjectNode template = object().put("type", METERED);
        template
            .putObject("usagePeriod")
            .put("interval", interval(limit.reset().orElse(Interval.Unit.MONTH)));
        yield Optional.of(
            template
                .put("isSoftLimit", limit.soft())
                .put("issueAfterReset", new BigDecimal(Decimals.canonical(limit.limit()))));
      }
      case Entitlement.Unlimited unlimited -> Optional.empty();
      case Entitlement.Value value -> {
        ObjectNode template = object().put("type", STATIC);
        template.putObject("config").put("value", value.value());
        yield Optional.of(template);
      }
    };
  }

  private static String interval(Interval.Unit unit) {
    return switch (unit) {
      case DAY -> "DAY";
      case WEEK -> "WEEK";
      case MONTH -> "MONTH";
      case YEAR -> "YEAR";
    };
  }

  /** One spelling: keys sorted, numbers by value, without what Paygentic adds by itself. */
  static String spelled(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, String> fields = new TreeMap<>();
      node.properties().stream()
          .filter(field -> !IGNORED.contains(field.getKey()) && !field.getValue().isNull())
          .forEach(field -> fields.put(field.getKey(), spelled(field.getValue())));
      return fields.toString();
    }
    return node.isNumber() ? Decimals.canonical(node.decimalValue()) : node.toString();
  }

  /** What a template in one spelling says, by the manifest's fields. */
  static Map<String, String> fields(String spelled) {
    TreeMap<String, String> fields = new TreeMap<>();
    if (spelled.contains("type=\"boolean\"")) {
      fields.put("enabled", "true");
    }
    found(LIMIT, spelled).ifPresent(it -> fields.put("limit", it));
    found(SOFT, spelled).ifPresent(it -> fields.put("soft", it));
    found(RESET, spelled).ifPresent(it -> fields.put("reset", it));
    found(VALUE, spelled).ifPresent(it -> fields.put("value", it));
    if (fields.isEmpty() && !spelled.isEmpty()) {
      fields.put("template", spelled);
    }
    return fields;
  }

  private static Optional<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
