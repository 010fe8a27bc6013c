package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.COMPANIES;
import static dev.planwright.emulator.schematic.Store.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.GRANTS;
import static dev.planwright.emulator.schematic.Store.Kind.PLANS;
import static dev.planwright.emulator.schematic.Store.Kind.VERSIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Versions of a plan in one environment: which one is shown, which one a write lands on. */
final class Versions {
  private final Store store;

  Versions(Store store) {
    this.store = store;
  }

  List<ObjectNode> of(String plan, String environment) {
    return store.ofPlan(VERSIONS, plan, Store.in(environment));
  }

  Optional<ObjectNode> active(String plan, String environment) {
    return withStatus(plan, environment, "published");
  }

  Optional<ObjectNode> draft(String plan, String environment) {
    return withStatus(plan, environment, "draft");
  }

  /** The version whose settings a read without a version id shows. */
  Optional<ObjectNode> shown(String plan, String environment) {
    Optional<ObjectNode> active = active(plan, environment);
    Optional<ObjectNode> draft = draft(plan, environment);
    if (store.holds(Question.UnnamedVersion.PUBLISHED_ONLY)) {
      return active;
    }
    return store.holds(Question.UnnamedVersion.DRAFT_ELSE_PUBLISHED)
        ? draft.or(() -> active)
        : active.or(() -> draft);
  }

  /** A version of that plan in the caller's environment, else a 404. */
  ObjectNode named(String id, String plan, String environment) {
    return store
        .find(VERSIONS, id)
        .filter(Store.in(environment))
        .filter(version -> Store.is(version, "plan_id", plan))
        .orElseThrow(() -> Refusal.missing("plan version"));
  }

  /** Where a write goes before anything is opened; empty when the plan has no version here. */
  Optional<ObjectNode> edited(String plan, String environment, Optional<String> named) {
    if (named.isPresent()) {
      ObjectNode version = named(named.get(), plan, environment);
      if (Store.is(version, "status", "archived")) {
        throw Refusal.invalid("an archived plan version cannot be changed");
      }
      return Optional.of(version);
    }
    Optional<ObjectNode> active = active(plan, environment);
    return store.holds(Question.EditedVersion.PUBLISHED) && active.isPresent()
        ? active
        : draft(plan, environment).or(() -> active);
  }

  /**
   * The version that a write changes: the edited one, or a draft of it that is opened for this.
   *
   * @param inPlace the answer under which a published version is changed as it is
   */
  ObjectNode writable(String plan, String environment, Optional<String> named, Question inPlace) {
    Optional<ObjectNode> edited = edited(plan, environment, named);
    if (edited.isEmpty()) {
      return addDraft(plan, environment);
    }
    boolean asItIs =
        Store.is(edited.get(), "status", "draft")
            || store.holds(inPlace)
            || (named.isEmpty()
                && store.holds(Question.EditedVersion.PUBLISHED)
                && draft(plan, environment).isPresent());
    return asItIs ? edited.get() : openDraft(plan, edited.get());
  }

  /** A first or a next version without any settings. */
  ObjectNode addDraft(String plan, String environment) {
    ObjectNode row =
        store.find(PLANS, plan).orElseThrow(() -> new IllegalStateException("no plan " + plan));
    ObjectNode columns =
        Store.object()
            .put("plan_id", plan)
            .put("environment_id", environment)
            .put("original_plan_id", plan)
            .put("version", nextNumber(plan, environment))
            .put("status", "draft")
            .put("plan_type", Store.text(row, "plan_type"))
            .put("name", Store.text(row, "name"))
            .put("description", Store.text(row, "description"))
            .put("icon", Store.text(row, "icon"));
    columns.set("_billing", BillingProducts.unset());
    return store.insert(VERSIONS, columns);
  }

  /**
   * The draft that there is, or a copy of the published version with copies of what hangs on it.
   */
  private ObjectNode openDraft(String plan, ObjectNode active) {
    String environment = Store.text(active, "environment_id");
    Optional<ObjectNode> open = draft(plan, environment);
    if (open.isPresent()) {
      return open.get();
    }
    ObjectNode columns = active.deepCopy();
    columns.put("version", nextNumber(plan, environment)).put("status", "draft");
    columns.remove("id");
    ObjectNode draft = store.insert(VERSIONS, columns);
    copyChildren(Store.Kind.ENTITLEMENTS, active, draft);
    copyChildren(Store.Kind.GRANTS, active, draft);
    return draft;
  }

  /** What hangs on a version. */
  List<ObjectNode> children(Store.Kind kind, ObjectNode version) {
    String id = Store.text(version, "id");
    return store.ofPlan(kind, Store.text(version, "plan_id"), row -> Store.is(row, "_version", id));
  }

  /** The row itself, or its copy on that version: a copy has an id of its own. */
  Optional<ObjectNode> counterpart(Store.Kind kind, ObjectNode row, ObjectNode version) {
    String origin = Store.text(row, "_origin");
    return children(kind, version).stream()
        .filter(it -> Store.is(it, "_origin", origin))
        .findFirst();
  }

  private void copyChildren(Store.Kind kind, ObjectNode from, ObjectNode to) {
    for (ObjectNode child : children(kind, from)) {
      ObjectNode columns = child.deepCopy().put("_version", Store.text(to, "id"));
      columns.remove("id");
      store.insert(kind, columns);
    }
  }

  /** Drops a version and what hangs on it. */
  void remove(ObjectNode version) {
    for (Store.Kind kind : List.of(ENTITLEMENTS, GRANTS)) {
      children(kind, version).forEach(it -> store.remove(kind, Store.text(it, "id")));
    }
    store.remove(VERSIONS, Store.text(version, "id"));
  }

  List<ObjectNode> companiesOn(ObjectNode version) {
    String id = Store.text(version, "id");
    return store.ofPlan(
        COMPANIES, Store.text(version, "plan_id"), it -> Store.is(it, "plan_version_id", id));
  }

  ObjectNode view(ObjectNode version) {
    ObjectNode view = Store.shown(version);
    view.remove("plan_id");
    return view;
  }

  private Optional<ObjectNode> withStatus(String plan, String environment, String status) {
    return of(plan, environment).stream().filter(it -> Store.is(it, "status", status)).findFirst();
  }

  private int nextNumber(String plan, String environment) {
    Function<ObjectNode, Integer> number = it -> it.path("version").intValue();
    return of(plan, environment).stream().map(number).max(Integer::compare).orElse(0) + 1;
  }
}
