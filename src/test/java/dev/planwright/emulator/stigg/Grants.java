package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a subscriber gets: a version's own entitlements on top of what its parents grant. */
final class Grants {
  private final StiggState state;

  Grants(StiggState state) {
    this.state = state;
  }

  /** By feature or currency id. */
  Map<String, ObjectNode> of(ObjectNode version) {
    Map<String, ObjectNode> all = inherited(version);
    version
        .path("entitlements")
        .properties()
        .forEach(
            entry -> {
              ObjectNode own = (ObjectNode) entry.getValue().deepCopy();
              Optional<ObjectNode> base = Optional.ofNullable(all.get(entry.getKey()));
              all.put(entry.getKey(), base.map(it -> onTop(it, own)).orElse(own));
            });
    return all;
  }

  /** What the parents' published versions grant now. */
  Map<String, ObjectNode> inherited(ObjectNode version) {
    if (!version.hasNonNull("parentPlanId")) {
      return new LinkedHashMap<>();
    }
    return state
        .find(PLANS, version.path("parentPlanId").textValue())
        .flatMap(row -> new Pack(PLANS, row).published())
        .map(this::of)
        .orElseGet(LinkedHashMap::new);
  }

  private static ObjectNode onTop(ObjectNode base, ObjectNode own) {
    if (own.path("behavior").asText().equals("Increment")) {
      for (String quantity : List.of("usageLimit", "amount")) {
        if (own.hasNonNull(quantity) && base.hasNonNull(quantity)) {
          JsonNode sum = Input.plain(decimal(base, quantity).add(decimal(own, quantity)));
          own.set(quantity, sum);
        }
      }
      if (base.path("hasUnlimitedUsage").booleanValue()) {
        own.put("hasUnlimitedUsage", true);
      }
    }
    return own;
  }

  private static BigDecimal decimal(ObjectNode row, String field) {
    return row.path(field).decimalValue();
  }
}
