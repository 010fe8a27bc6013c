package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ADDONS;
import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;
import static dev.planwright.emulator.stigg.StiggState.Table.PRODUCTS;
import static dev.planwright.emulator.stigg.StiggState.Table.SUBSCRIPTIONS;
import static dev.planwright.emulator.stigg.StiggState.Table.TASKS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;

/** Drafts are opened, dropped and published, the last by a task that ends later; and archiving. */
final class Lifecycle {
  private final StiggState state;
  private final Packs packs;

  Lifecycle(StiggState state, Packs packs) {
    this.state = state;
    this.packs = packs;
  }

  void addTo(Router router) {
    String path = (packs.kind() == PLANS ? "plans" : "addons") + "/{id}/";
    router.add("POST", path + "draft", call -> openDraft(packs.need(call.path("id"))));
    router.add("DELETE", path + "draft", call -> dropDraft(packs.need(call.path("id"))));
    router.add("POST", path + "publish", this::publish);
    router.add("POST", path + "archive", call -> archive(packs.need(call.path("id"))));
  }

  /** A refusal because of the state that a plan is in; code names are the vendor's older ones. */
  static Refusal refused(StiggState state, String code, String message) {
    return state.is(StiggSwitch.STATE_CODES_NAMED)
        ? Refusal.of(400, code, message)
        : Refusal.uncoded(400, message);
  }

  static String task(Pack pack) {
    return pack.kind() + " " + pack.id();
  }

  private EmulatorResponse openDraft(Pack pack) {
    return Pages.acted(state, pack.view(newDraft(pack), state));
  }

  ObjectNode newDraft(Pack pack) {
    if (pack.isArchived()) {
      throw refused(state, "EntityIsArchivedError", pack.id() + " is archived");
    }
    if (pack.draft().isPresent()) {
      throw refused(state, "DraftAlreadyExists", pack.id() + " has a draft");
    }
    ObjectNode published = pack.published().orElseThrow();
    ObjectNode draft = published.deepCopy().put("status", "DRAFT").put("seq", state.next());
    draft.put("number", published.path("number").intValue() + 1);
    draft.put("createdAt", state.now()).put("updatedAt", state.now());
    for (String rows : List.of("charges", "overages", "minimumSpend")) {
      for (JsonNode row : draft.path(rows)) {
        long seq = state.next();
        ((ObjectNode) row).put("id", StiggState.uuid(seq)).put("seq", seq);
      }
    }
    pack.versions().add(draft);
    return draft;
  }

  private EmulatorResponse dropDraft(Pack pack) {
    if (pack.draft().isEmpty()) {
      throw Refusal.bad(pack.id() + " has no draft");
    }
    if (pack.published().isPresent()) {
      pack.dropDraft();
    } else if (state.is(StiggSwitch.ONLY_DRAFT_CAN_BE_DELETED)) {
      state.remove(packs.kind(), pack.id());
    } else {
      throw Refusal.bad(pack.id() + " was never published: its draft cannot be removed");
    }
    state.remove(TASKS, task(pack));
    return Pages.one(200, StiggState.object().put("id", pack.id()));
  }

  // ---- publish ------------------------------------------------------------------------------

  private EmulatorResponse publish(Call call) {
    Pack pack = packs.need(call.path("id"));
    Input body = call.body();
    String migration = body.word("migrationType", Words.MIGRATION);
    body.finish();
    checkPublish(pack);
    ObjectNode task = StiggState.object().put("kind", pack.kind().name()).put("id", pack.id());
    task.put("migrationType", migration).put("reads", state.behaviour().path("reads").asInt(0));
    task.put("taskId", StiggState.uuid(state.next()));
    state.put(TASKS, task(pack), task);
    ObjectNode data = StiggState.object().putNull("taskId");
    if (state.is(StiggSwitch.PUBLISH_NAMES_TASK)) {
      data.set("taskId", task.path("taskId"));
    }
    Tasks.settle(state);
    return Pages.acted(state, data);
  }

  private void checkPublish(Pack pack) {
    if (pack.isArchived()) {
      throw refused(state, "EntityIsArchivedError", pack.id() + " is archived");
    }
    ObjectNode draft =
        pack.draft()
            .orElseThrow(
                () -> refused(state, "PackageAlreadyPublished", pack.id() + " has no draft"));
    if (state.find(TASKS, task(pack)).isPresent()
        && !state.is(StiggSwitch.PUBLISH_TWICE_ACCEPTED)) {
      throw refused(state, "PackageAlreadyPublished", pack.id() + " is being published");
    }
    if (!draft.hasNonNull("pricingType")) {
      throw refused(state, "PackagePricingTypeNotSet", pack.id() + " has no pricing type");
    }
    String product = pack.row().path("productId").textValue();
    boolean live =
        state
            .find(PRODUCTS, product)
            .filter(it -> it.path("status").asText().equals("PUBLISHED"))
            .isPresent();
    if (!live) {
      throw refused(state, "ProductNotPublishedError", "product " + product + " is not published");
    }
    if (draft.hasNonNull("parentPlanId")
        && neverPublished(PLANS, draft.path("parentPlanId").textValue())) {
      throw refused(
          state, "PlanCannotBePublishWhenBasePlanIsDraft", "the base plan is still a draft");
    }
    for (JsonNode addon : draft.path("compatibleAddonIds")) {
      if (neverPublished(ADDONS, addon.textValue())) {
        throw refused(
            state,
            "PlanCannotBePublishWhenCompatibleAddonIsDraft",
            "the add-on " + addon.textValue() + " is still a draft");
      }
    }
  }

  private boolean neverPublished(StiggState.Table kind, String id) {
    return state
        .find(kind, id)
        .filter(row -> new Pack(kind, row).published().isPresent())
        .isEmpty();
  }

  // ---- archive ------------------------------------------------------------------------------

  private EmulatorResponse archive(Pack pack) {
    if (pack.isArchived() && state.is(StiggSwitch.ARCHIVED_TWICE_REFUSED)) {
      throw refused(state, "EntityIsArchivedError", pack.id() + " is archived");
    }
    if (pack.draft().isPresent() && !pack.isArchived()) {
      if (pack.published().isEmpty() || state.is(StiggSwitch.OPEN_DRAFT_FORBIDS_ARCHIVE)) {
        throw refused(state, "DraftPlanCantBeArchived", pack.id() + " has a draft");
      }
      pack.dropDraft();
      state.remove(TASKS, task(pack));
    }
    checkUse(pack);
    pack.row().put("archived", true);
    ObjectNode version = pack.shown(false).put("updatedAt", state.now());
    return Pages.acted(state, pack.view(version, state));
  }

  private void checkUse(Pack pack) {
    for (ObjectNode product : state.rows(PRODUCTS)) {
      JsonNode settings = product.path("productSettings");
      if (settings.path("subscriptionStartPlanId").asText().equals(pack.id())) {
        throw refused(
            state, "PlanIsUsedAsDefaultStartPlan", pack.id() + " is where subscriptions start");
      }
      if (settings.path("downgradePlanId").asText().equals(pack.id())) {
        throw refused(state, "PlanIsUsedAsDowngradePlan", pack.id() + " is what is downgraded to");
      }
    }
    for (ObjectNode row : state.rows(PLANS)) {
      Pack other = new Pack(PLANS, row);
      boolean child =
          List.of(other.shown(true), other.shown(false)).stream()
              .anyMatch(it -> it.path("parentPlanId").asText().equals(pack.id()));
      if (pack.isPlan() && !other.isArchived() && child) {
        throw refused(state, "PlanWithChildCantBeDeleted", other.id() + " is based on it");
      }
    }
  }

  /** Subscribers of a plan or an add-on. */
  static List<ObjectNode> subscriptions(StiggState state, Pack pack) {
    return state.rows(SUBSCRIPTIONS).stream()
        .filter(row -> row.path("package").asText().equals(task(pack)))
        .toList();
  }
}
