package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ADDONS;
import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans or add-ons: created as drafts, listed, read, and changed in their draft. */
final class Packs {
  private final StiggState state;
  private final StiggState.Table kind;
  private final Products products;
  private final Charges charges;

  Packs(StiggState state, StiggState.Table kind, Products products, Charges charges) {
    this.state = state;
    this.kind = kind;
    this.products = products;
    this.charges = charges;
  }

  void addTo(Router router) {
    String path = kind == PLANS ? "plans" : "addons";
    router.add("GET", path, this::list);
    router.add("POST", path, this::create);
    router.add("GET", path + "/{id}", this::read);
    router.add("PATCH", path + "/{id}", this::change);
    router.add("GET", path + "/{id}/charges", this::readCharges);
    if (kind == PLANS) {
      router.add("GET", path + "/{id}/overage-charges", this::readOverages);
    }
  }

  StiggState.Table kind() {
    return kind;
  }

  Optional<Pack> find(String id) {
    return state.find(kind, id).map(row -> new Pack(kind, row));
  }

  /** What a path names; archived things may be out of reach. */
  Pack need(String id) {
    return find(id)
        .filter(pack -> !pack.isArchived() || state.is(StiggSwitch.ARCHIVED_IS_READABLE))
        .orElseThrow(
            () ->
                kind == PLANS
                    ? Refusal.of(404, "PlanNotFound", "plan " + id + " not found")
                    : Refusal.uncoded(404, "add-on " + id + " not found"));
  }

  /** A new draft that nobody published yet. */
  Pack add(String id, String displayName, String product) {
    claim(id, kind);
    if (state.is(StiggSwitch.ADDON_IDS_BLOCK_PLANS)) {
      claim(id, kind == PLANS ? ADDONS : PLANS);
    }
    ObjectNode owner = products.refer(product);
    if (owner.path("status").textValue().equals("ARCHIVED")) {
      throw Refusal.of(400, "EntityIsArchivedError", "product " + product + " is archived");
    }
    ObjectNode row = StiggState.object().put("id", id).put("productId", product);
    row.put("archived", false);
    row.putArray("versions").add(firstVersion(id, displayName));
    state.remove(kind, id); // a reused id is a new row at the end
    return new Pack(kind, state.put(kind, id, row));
  }

  private void claim(String id, StiggState.Table table) {
    boolean taken =
        state
            .find(table, id)
            .filter(row -> !isArchived(row) || state.is(StiggSwitch.ARCHIVED_ID_BLOCKS))
            .isPresent();
    if (taken) {
      throw Refusal.of(409, "DuplicatedEntityNotAllowed", "the id " + id + " is taken");
    }
  }

  private static boolean isArchived(ObjectNode row) {
    return row.path("archived").booleanValue();
  }

  private ObjectNode firstVersion(String id, String displayName) {
    ObjectNode version = state.fresh(id).put("number", 1).put("status", "DRAFT");
    version.put("displayName", displayName).putNull("description").putNull("billingId");
    version.putNull("pricingType").putObject("metadata");
    if (kind == PLANS) {
      version.putNull("parentPlanId").putNull("defaultTrialConfig").putNull("compatibleAddonIds");
    } else {
      version.putNull("maxQuantity").putNull("dependencies");
    }
    version.putObject("entitlements");
    version.putArray("charges");
    version.putArray("overages");
    version.putArray("minimumSpend");
    return version.putNull("overageBillingPeriod");
  }

  // ---- reading ------------------------------------------------------------------------------

  private EmulatorResponse list(Call call) {
    List<Pages.Line> lines = new ArrayList<>();
    Optional<List<String>> statuses = call.filter("status");
    for (ObjectNode row : state.rows(kind)) {
      Pack pack = new Pack(kind, row);
      if (Filters.accept(call, row, "productId", "productId")) {
        for (ObjectNode version : listed(pack, statuses)) {
          ObjectNode shown = pack.view(version, state);
          if (statuses.isEmpty() || statuses.get().contains(shown.path("status").textValue())) {
            lines.add(new Pages.Line(version.path("seq").longValue(), shown));
          }
        }
      }
    }
    return Pages.page(call, lines);
  }

  private List<ObjectNode> listed(Pack pack, Optional<List<String>> statuses) {
    ObjectNode shown = pack.shown(state.is(StiggSwitch.PLAN_READ_SHOWS_DRAFT));
    if (pack.isArchived()) {
      boolean hidden = statuses.isEmpty() && !state.is(StiggSwitch.LIST_SHOWS_ARCHIVED);
      return hidden ? List.of() : List.of(shown);
    }
    boolean both =
        statuses.isPresent()
            ? state.is(StiggSwitch.STATUS_FILTER_FINDS_DRAFTS)
            : state.is(StiggSwitch.LIST_SHOWS_BOTH_VERSIONS);
    List<ObjectNode> versions = new ArrayList<>();
    if (both) {
      pack.published().ifPresent(versions::add);
      pack.draft().ifPresent(versions::add);
    } else {
      versions.add(shown);
    }
    if (state.is(StiggSwitch.LIST_SHOWS_OLD_VERSIONS)) {
      List<ObjectNode> published = pack.everPublished();
      versions.addAll(0, published.subList(0, Math.max(0, published.size() - 1)));
    }
    return versions;
  }

  private EmulatorResponse read(Call call) {
    Pack pack = need(call.path("id"));
    ObjectNode version = pack.shown(state.is(StiggSwitch.PLAN_READ_SHOWS_DRAFT));
    return Pages.one(200, pack.view(version, state));
  }

  private EmulatorResponse readCharges(Call call) {
    Pack pack = need(call.path("id"));
    ObjectNode version = pack.shown(state.is(StiggSwitch.CHARGES_READ_SHOWS_DRAFT));
    return Pages.page(call, charges.lines(pack, version));
  }

  private EmulatorResponse readOverages(Call call) {
    Pack pack = need(call.path("id"));
    ObjectNode version = pack.shown(state.is(StiggSwitch.CHARGES_READ_SHOWS_DRAFT));
    return Pages.page(call, charges.overageLines(pack, version));
  }

  // ---- writing ------------------------------------------------------------------------------

  private EmulatorResponse create(Call call) {
    Input body = call.body();
    Pack pack =
        add(
            kind == PLANS ? body.id("id") : body.text("id", Input.TEXT),
            body.text("displayName", Input.TEXT),
            kind == PLANS ? body.id("productId") : body.text("productId", Input.TEXT));
    ObjectNode draft = pack.draft().orElseThrow();
    copyCommon(body, draft, pack.id());
    body.copyWord(draft, "pricingType", true, Words.PRICING_TYPE);
    String status = body.has("status") ? body.word("status", Words.PACKAGE_STATUS) : "DRAFT";
    body.finish();
    if (state.is(StiggSwitch.CREATE_STATUS_HONOURED) && status.equals("PUBLISHED")) {
      draft.put("status", "PUBLISHED");
    }
    return Pages.one(201, pack.view(draft, state));
  }

  private EmulatorResponse change(Call call) {
    Pack pack = need(call.path("id"));
    ObjectNode draft = editable(pack, "EditAllowedOnDraftPackageOnlyError");
    Input body = call.body();
    body.copyText(draft, "displayName", false);
    copyCommon(body, draft, pack.id());
    if (kind == PLANS) {
      body.copyTexts(draft, "compatibleAddonIds", true);
      draft.path("compatibleAddonIds").forEach(this::needAddon);
    } else {
      body.copyTexts(draft, "dependencies", true);
      draft.path("dependencies").forEach(this::needAddon);
      String status = body.has("status") ? body.word("status", Words.PACKAGE_STATUS) : "";
      if (status.equals("PUBLISHED") && state.is(StiggSwitch.ADDON_PATCH_STATUS_HONOURED)) {
        draft.put("status", "PUBLISHED");
      }
    }
    if (body.has("charges")) {
      charges.write(draft, body.object("charges"));
    }
    body.finish();
    draft.put("updatedAt", state.now());
    return Pages.one(200, pack.view(draft, state));
  }

  private void needAddon(JsonNode id) {
    if (state.find(ADDONS, id.textValue()).isEmpty()) {
      throw missing("", "add-on " + id.textValue() + " not found");
    }
  }

  private Refusal missing(String code, String message) {
    int status = state.is(StiggSwitch.MISSING_REFERENCE_IS_404) ? 404 : 400;
    return code.isEmpty() ? Refusal.uncoded(status, message) : Refusal.of(status, code, message);
  }

  /** The draft, when it may be changed now. */
  ObjectNode editable(Pack pack, String code) {
    if (pack.isArchived()) {
      throw Lifecycle.refused(state, "EntityIsArchivedError", pack.id() + " is archived");
    }
    boolean publishing = state.find(StiggState.Table.TASKS, Lifecycle.task(pack)).isPresent();
    return pack.draft()
        .filter(draft -> !publishing || state.is(StiggSwitch.EDIT_WHILE_PUBLISHING))
        .orElseThrow(
            () -> Lifecycle.refused(state, code, pack.id() + " can only be edited in a draft"));
  }

  private void copyCommon(Input body, ObjectNode version, String id) {
    body.copyText(version, "description", true).copyText(version, "billingId", true);
    body.copyMetadata(version, false);
    if (kind == ADDONS) {
      body.copyNumber(version, "maxQuantity", true);
      return;
    }
    body.copyText(version, "parentPlanId", true);
    String parent = version.path("parentPlanId").asText("");
    if (version.hasNonNull("parentPlanId") && (parent.equals(id) || find(parent).isEmpty())) {
      throw missing("PlanNotFound", "parent plan " + parent + " not found");
    }
    if (body.holds("defaultTrialConfig")) {
      version.set("defaultTrialConfig", trial(body.object("defaultTrialConfig")));
    } else if (body.has("defaultTrialConfig")) {
      version.putNull("defaultTrialConfig");
    }
  }

  private static ObjectNode trial(Input from) {
    ObjectNode trial = StiggState.object();
    trial.set("duration", Input.plain(from.number("duration")));
    trial.put("units", from.word("units", Words.TRIAL_UNITS));
    trial.putNull("budget").putNull("trialEndBehavior");
    from.copyWord(trial, "trialEndBehavior", true, Words.TRIAL_END);
    if (from.holds("budget")) {
      Input budget = from.object("budget");
      ObjectNode to = trial.putObject("budget");
      to.set("limit", Input.plain(budget.number("limit")));
      budget.copyFlag(to, "hasSoftLimit", false);
      budget.finish();
    }
    from.finish();
    return trial;
  }
}
