package dev.planwright.emulator.stigg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class StiggLifecycleTest {
  private static final String NEW = "{'migrationType':'NEW_CUSTOMERS'}";
  private static final String ALL = "{'migrationType':'ALL_CUSTOMERS'}";

  private final StiggEmulator emulator = new StiggEmulator();
  private final StiggControls controls = emulator.controls();
  private final StiggConsole console = emulator.console();
  private final StiggCalls api = StiggCalls.on(emulator);

  @Test
  void aPublishedPlanIsEditedOnlyInADraftAndHasOnlyOne() {
    console.plan("a", "A");
    console.feature("seats", "NUMBER", "FLUCTUATING");
    String seats = "{'entitlements':[{'type':'FEATURE','id':'seats','usageLimit':5}]}";
    assertThat(api.outcome("PATCH", "/plans/a", "{'displayName':'B'}"))
        .isEqualTo("400 EditAllowedOnDraftPackageOnlyError");
    assertThat(api.outcome("POST", "/plans/a/entitlements", seats))
        .isEqualTo("400 CannotEditPackageInNonDraftMode");
    JsonNode draft = api.post("/plans/a/draft", "");
    assertThat(draft.path("status").asText()).isEqualTo("DRAFT");
    assertThat(draft.path("displayName").asText()).isEqualTo("A");
    assertThat(api.outcome("POST", "/plans/a/draft", "")).isEqualTo("400 DraftAlreadyExists");
    api.patch("/plans/a", "{'displayName':'B'}");
    api.post("/plans/a/entitlements", seats);
    assertThat(published("displayName")).isEqualTo("A");
    controls.set(StiggSwitch.STATE_CODES_NAMED, false);
    assertThat(api.outcome("POST", "/plans/a/draft", "")).isEqualTo("400 null");
  }

  @Test
  void aDroppedDraftLeavesThePublishedVersionAndAnOnlyDraftTakesThePlanWithIt() {
    console.plan("a", "A");
    assertThat(api.outcome("DELETE", "/plans/a/draft", "")).isEqualTo("400 BadUserInput");
    api.post("/plans/a/draft", "");
    api.patch("/plans/a", "{'displayName':'B'}");
    assertThat(api.done("DELETE", "/plans/a/draft", "")).hasToString("{\"id\":\"a\"}");
    assertThat(api.get("/plans/a").path("displayName").asText()).isEqualTo("A");
    api.create("b");
    controls.set(StiggSwitch.ONLY_DRAFT_CAN_BE_DELETED, false);
    assertThat(api.outcome("DELETE", "/plans/b/draft", "")).isEqualTo("400 BadUserInput");
    controls.set(StiggSwitch.ONLY_DRAFT_CAN_BE_DELETED, true);
    api.done("DELETE", "/plans/b/draft", "");
    assertThat(api.outcome("GET", "/plans/b", "")).isEqualTo("404 PlanNotFound");
    api.create("b");
  }

  @Test
  void aPublishEndsAfterReadsAtOnceOrWhenTold() {
    draft("a");
    controls.publishAfterReads(2);
    assertThat(api.post("/plans/a/publish", NEW).path("taskId").asText()).hasSize(36);
    assertThat(status("a")).isEqualTo("DRAFT");
    assertThat(status("a")).isEqualTo("DRAFT");
    assertThat(status("a")).isEqualTo("PUBLISHED");
    draft("b");
    controls.publishAtOnce();
    controls.set(StiggSwitch.PUBLISH_NAMES_TASK, false);
    assertThat(api.post("/plans/b/publish", NEW).path("taskId").isNull()).isTrue();
    assertThat(controls.counts().publishTasks()).isZero();
    assertThat(status("b")).isEqualTo("PUBLISHED");
    draft("c");
    controls.publishWhenTold();
    api.post("/plans/c/publish", NEW);
    assertThat(status("c")).isEqualTo("DRAFT");
    controls.failPublishes();
    controls.completePublishes();
    assertThat(status("c")).isEqualTo("DRAFT");
    api.post("/plans/c/publish", NEW);
    controls.completePublishes();
    assertThat(status("c")).isEqualTo("PUBLISHED");
  }

  @Test
  void whileAPublishRunsTheSwitchesSayWhatMayBeDone() {
    draft("a");
    controls.publishWhenTold();
    api.post("/plans/a/publish", NEW);
    api.post("/plans/a/publish", NEW);
    api.patch("/plans/a", "{'displayName':'Late'}");
    controls.set(StiggSwitch.PUBLISH_TWICE_ACCEPTED, false);
    assertThat(api.outcome("POST", "/plans/a/publish", NEW))
        .isEqualTo("400 PackageAlreadyPublished");
    controls.set(StiggSwitch.EDIT_WHILE_PUBLISHING, false);
    assertThat(api.outcome("PATCH", "/plans/a", "{'displayName':'Later'}"))
        .isEqualTo("400 EditAllowedOnDraftPackageOnlyError");
    controls.completePublishes();
    assertThat(published("displayName")).isEqualTo("Late");
  }

  @Test
  void aDraftDroppedDuringItsPublishIsNotPublished() {
    console.plan("a", "A");
    api.post("/plans/a/draft", "");
    controls.publishWhenTold();
    api.post("/plans/a/publish", NEW);
    api.done("DELETE", "/plans/a/draft", "");
    api.post("/plans/a/draft", "");
    controls.completePublishes();
    assertThat(status("a")).isEqualTo("DRAFT");
    api.post("/plans/a/publish", NEW);
    console.archive("a");
    controls.completePublishes();
    console.unarchive("a");
    assertThat(status("a")).as("an archived plan is not published either").isEqualTo("DRAFT");
  }

  @Test
  void publishIsRefusedForEachOfTheVendorsReasons() {
    api.create("a");
    assertThat(api.outcome("POST", "/plans/a/publish", "{}")).isEqualTo("400 BadUserInput");
    assertThat(api.outcome("POST", "/plans/a/publish", NEW))
        .isEqualTo("400 PackagePricingTypeNotSet");
    api.patch("/plans/a", "{'charges':{'pricingType':'FREE'}}");
    api.create("base");
    api.patch("/plans/a", "{'parentPlanId':'base'}");
    assertThat(api.outcome("POST", "/plans/a/publish", NEW))
        .isEqualTo("400 PlanCannotBePublishWhenBasePlanIsDraft");
    api.patch("/plans/a", "{'parentPlanId':null}");
    api.post("/addons", "{'id':'x','displayName':'X','productId':'product-acme'}");
    api.patch("/plans/a", "{'compatibleAddonIds':['x']}");
    assertThat(api.outcome("POST", "/plans/a/publish", NEW))
        .isEqualTo("400 PlanCannotBePublishWhenCompatibleAddonIsDraft");
    api.patch("/plans/a", "{'compatibleAddonIds':null}");
    api.publish("a");
    assertThat(api.outcome("POST", "/plans/a/publish", NEW))
        .isEqualTo("400 PackageAlreadyPublished");
    api.post("/plans/a/archive", "");
    assertThat(api.outcome("POST", "/plans/a/publish", NEW)).isEqualTo("400 EntityIsArchivedError");
    assertThat(api.outcome("POST", "/plans/a/draft", "")).isEqualTo("400 EntityIsArchivedError");
    assertThat(api.outcome("PATCH", "/plans/a", "{}")).isEqualTo("400 EntityIsArchivedError");
  }

  @Test
  void archiveIsRefusedForDraftsParentsAndWhatTheProductUses() {
    draft("a");
    assertThat(api.outcome("POST", "/plans/a/archive", ""))
        .isEqualTo("400 DraftPlanCantBeArchived");
    console.publish("a");
    console.openDraft("a");
    assertThat(api.outcome("POST", "/plans/a/archive", ""))
        .isEqualTo("400 DraftPlanCantBeArchived");
    console.dropDraft("a");
    console.plan("child", "C");
    console.edit("child", StiggConsole.Which.PUBLISHED, "parentPlanId", TextNode.valueOf("a"));
    assertThat(api.outcome("POST", "/plans/a/archive", ""))
        .isEqualTo("400 PlanWithChildCantBeDeleted");
    console.archive("child");
    console.downgradeTo("a");
    assertThat(api.outcome("POST", "/plans/a/archive", ""))
        .isEqualTo("400 PlanIsUsedAsDowngradePlan");
    console.startWith("a");
    assertThat(api.outcome("POST", "/plans/a/archive", ""))
        .isEqualTo("400 PlanIsUsedAsDefaultStartPlan");
    console.plan("other", "O");
    console.startWith("other");
    console.downgradeTo("other");
    String subscriber = console.subscribe("a");
    assertThat(api.post("/plans/a/archive", "").path("status").asText()).isEqualTo("ARCHIVED");
    assertThat(console.subscribers("a")).extracting("id").containsExactly(subscriber);
    assertThat(api.outcome("POST", "/plans/a/archive", "")).isEqualTo("400 EntityIsArchivedError");
    controls.set(StiggSwitch.ARCHIVED_TWICE_REFUSED, false);
    assertThat(api.post("/plans/a/archive", "").path("status").asText()).isEqualTo("ARCHIVED");
    console.unarchive("a");
    assertThat(status("a")).isEqualTo("PUBLISHED");
  }

  @Test
  void archivingOverADraftMayDropItInstead() {
    console.plan("a", "A");
    console.openDraft("a");
    controls.set(StiggSwitch.OPEN_DRAFT_FORBIDS_ARCHIVE, false);
    assertThat(api.outcome("POST", "/plans/a/publish", NEW)).startsWith("200");
    controls.failPublishes();
    controls.set(StiggSwitch.ACTIONS_ANSWER_200, false);
    assertThat(api.call("POST", "/plans/a/archive", "").status()).isEqualTo(201);
    assertThat(controls.counts().planDrafts()).isZero();
  }

  @Test
  void newCustomersLeavesSubscribersAloneAndAllCustomersMovesAllButThePrices() {
    console.feature("sso", "BOOLEAN", "None");
    api.published("a", StiggCalls.flat("10"));
    String old = console.subscribe("a");
    api.post("/plans/a/draft", "");
    api.charges("a", StiggCalls.flat("20"));
    api.post("/plans/a/entitlements", "{'entitlements':[{'type':'FEATURE','id':'sso'}]}");
    api.publish("a");
    assertThat(emulator.billOf(old, Purchase.monthly())).containsEntry("usd", dec("10"));
    assertThat(emulator.grantsOf(old)).isEmpty();
    assertThat(emulator.bill("a", Purchase.monthly())).containsEntry("usd", dec("20"));
    assertThat(emulator.grants("a")).containsOnlyKeys("sso");
    api.post("/plans/a/draft", "");
    controls.publishAtOnce();
    api.post("/plans/a/publish", ALL);
    assertThat(console.subscribers("a"))
        .containsExactly(new StiggConsole.Subscriber(old, "a", 3, 1));
    assertThat(emulator.billOf(old, Purchase.monthly())).containsEntry("usd", dec("10"));
    assertThat(emulator.grantsOf(old)).containsOnlyKeys("sso");
    console.migrate(old);
    assertThat(emulator.billOf(old, Purchase.monthly())).containsEntry("usd", dec("20"));
  }

  @Test
  void anArchivedProductTakesAllPlansAndAddonsWithIt() {
    console.plan("a", "A");
    console.addon("x", "X");
    draft("b");
    assertThat(api.post("/products/product-acme/archive", "").path("status").asText())
        .isEqualTo("ARCHIVED");
    assertThat(api.ids("/plans?status=ARCHIVED")).containsExactly("a", "b");
    assertThat(api.ids("/addons?status=ARCHIVED")).containsExactly("x");
    api.post("/products/product-acme/unarchive", "");
    assertThat(api.ids("/plans?status=PUBLISHED,DRAFT")).isEmpty();
  }

  @Test
  void aPlanOfAnArchivedProductIsNotPublished() {
    draft("a");
    console.product("other");
    api.post("/products/product-acme/archive", "");
    console.unarchive("a");
    assertThat(api.outcome("POST", "/plans/a/publish", NEW))
        .isEqualTo("400 ProductNotPublishedError");
    assertThat(
            api.outcome(
                "POST", "/plans", "{'id':'b','displayName':'B','productId':'product-acme'}"))
        .isEqualTo("400 EntityIsArchivedError");
  }

  @Test
  void addonsLiveLikePlans() {
    console.addon("base", "Base");
    String body = "{'id':'x','displayName':'X','productId':'product-acme','maxQuantity':3}";
    assertThat(api.post("/addons", body).path("maxQuantity").asInt()).isEqualTo(3);
    api.patch("/addons/x", "{'dependencies':['base'],'status':'PUBLISHED'}");
    assertThat(api.get("/addons/x").path("status").asText()).isEqualTo("DRAFT");
    api.patch("/addons/x", StiggCalls.paid(StiggCalls.flat("5")));
    assertThat(api.get("/addons/x/charges")).hasSize(1);
    api.post("/addons/x/publish", NEW);
    controls.completePublishes();
    assertThat(api.get("/addons/x").path("status").asText()).isEqualTo("PUBLISHED");
    assertThat(api.outcome("POST", "/addons", body)).isEqualTo("409 DuplicatedEntityNotAllowed");
    console.openAddonDraft("x");
    api.done("DELETE", "/addons/x/draft", "");
    api.post("/addons/x/draft", "");
    controls.set(StiggSwitch.ADDON_PATCH_STATUS_HONOURED, true);
    api.patch("/addons/x", "{'status':'PUBLISHED'}");
    assertThat(api.post("/addons/x/archive", "").path("status").asText()).isEqualTo("ARCHIVED");
    assertThat(api.outcome("GET", "/addons/y", "")).isEqualTo("404 null");
  }

  private void draft(String id) {
    console.draftPlan(id, id);
  }

  private String status(String id) {
    return api.get("/plans/" + id).path("status").asText();
  }

  private String published(String field) {
    controls.set(StiggSwitch.PLAN_READ_SHOWS_DRAFT, false);
    return api.get("/plans/a").path(field).asText();
  }

  private static BigDecimal dec(String number) {
    return new BigDecimal(number);
  }
}
