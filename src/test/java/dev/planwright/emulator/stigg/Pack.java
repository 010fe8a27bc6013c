package dev.planwright.emulator.stigg;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A plan or an add-on: versions under one id, the last of which may be a draft. */
record Pack(StiggState.Table kind, ObjectNode row) {
  private static final Set<String> INTERNAL =
      Set.of(
          "seq",
          "number",
          "charges",
          "overages",
          "minimumSpend",
          "overageBillingPeriod",
          "visibility");

  String id() {
    return row.path("id").textValue();
  }

  boolean isPlan() {
    return kind == StiggState.Table.PLANS;
  }

  boolean isArchived() {
    return row.path("archived").booleanValue();
  }

  ArrayNode versions() {
    return (ArrayNode) row.path("versions");
  }

  Optional<ObjectNode> draft() {
    JsonNode last = versions().path(versions().size() - 1);
    return isDraft(last) ? Optional.of((ObjectNode) last) : Optional.empty();
  }

  /** The newest published version. */
  Optional<ObjectNode> published() {
    List<ObjectNode> all = everPublished();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Every published version, the oldest first. */
  List<ObjectNode> everPublished() {
    List<ObjectNode> all = new ArrayList<>();
    for (JsonNode version : versions()) {
      if (!isDraft(version)) {
        all.add((ObjectNode) version);
      }
    }
    return all;
  }

  Optional<ObjectNode> version(int number) {
    for (JsonNode version : versions()) {
      if (version.path("number").intValue() == number) {
        return Optional.of((ObjectNode) version);
      }
    }
    return Optional.empty();
  }

  /** What a read shows: the draft if it is asked for or alone, else the newest published. */
  ObjectNode shown(boolean draftFirst) {
    Optional<ObjectNode> first = draftFirst && !isArchived() ? draft() : published();
    return first.or(this::published).or(this::draft).orElseThrow();
  }

  void dropDraft() {
    draft().ifPresent(draft -> versions().remove(versions().size() - 1));
  }

  static boolean isDraft(JsonNode version) {
    return version.path("status").asText().equals("DRAFT");
  }

  /** A version as the API shows it. */
  ObjectNode view(ObjectNode version, StiggState state) {
    ObjectNode shown = version.deepCopy().without(INTERNAL);
    shown.put("productId", row.path("productId").textValue());
    if (isArchived()) {
      shown.put("status", "ARCHIVED");
    }
    int number = version.path("number").intValue();
    boolean next = state.is(StiggSwitch.DRAFT_HAS_NEXT_NUMBER);
    shown.put("versionNumber", isDraft(version) && !next ? number - 1 : number);
    boolean draftFirst = state.is(StiggSwitch.DRAFT_IS_LATEST);
    shown.put("isLatest", shown(draftFirst).path("seq").equals(version.path("seq")));
    ArrayNode entitlements = shown.putArray("entitlements");
    for (JsonNode granted : version.path("entitlements")) {
      entitlements
          .addObject()
          .put("id", granted.path("id").textValue())
          .put("type", granted.path("type").textValue());
    }
    if (isPlan() && !state.is(StiggSwitch.CURRENT_PLAN_SHAPE)) {
      shown.remove(List.of("defaultTrialConfig", "compatibleAddonIds"));
    }
    return shown;
  }
}
