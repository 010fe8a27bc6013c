package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans, their list, bundles, deletion, catalogs. */
class SchematicPlansTest {
  private final SchematicCalls api = SchematicCalls.fresh();
  private final SchematicControls controls = api.controls();
  private final String here = controls.environment();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'plan_type':'plan'}",
        "{'name':'','plan_type':'plan'}",
        "{'name':'Team'}",
        "{'name':'Team','plan_type':'bundle'}",
        "{'name':7,'plan_type':'plan'}",
        "{'name':'Team','plan_type':'plan','icon':'mauve'}",
        "[]"
      })
  void aPlanThatTheVendorCannotReadIsRefused(String body) {
    assertThat(api.status("POST", "/plans", body)).isEqualTo(400);
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void textsHaveTheirBounds() {
    String body = "{'name':'%s','description':'%s','plan_type':'plan'}";
    String name = "n".repeat(256);
    String text = "d".repeat(1024);
    assertThat(api.status("POST", "/plans", body.formatted(name, text))).isEqualTo(201);
    assertThat(api.status("POST", "/plans", body.formatted(name + "n", text))).isEqualTo(400);
    assertThat(api.status("POST", "/plans", body.formatted(name, text + "d"))).isEqualTo(400);
  }

  @Test
  void aRepeatedCreateMakesASecondPlanAndUnknownFieldsAreDroppedWithoutAWord() {
    String body = "{'name':'Team','plan_type':'plan','metadata':{'key':'team'},'key':'team'}";
    assertThat(api.status("POST", "/plans", body)).isEqualTo(201);
    assertThat(api.call("POST", "/plans", body).text()).doesNotContain("metadata", "key");
    assertThat(controls.plansNamed("Team")).hasSize(2);
  }

  @Test
  void aPlanTypeCannotBeChangedThoughTheAnswerIsGood() {
    String plan = api.plan("Team");
    assertThat(api.status("PUT", "/plans/" + plan, "{'name':'Team','plan_type':'add_on'}"))
        .isEqualTo(200);
    assertThat(api.read("/plans/" + plan).path("plan_type").asText()).isEqualTo("plan");
  }

  @Test
  void listsAreNewestFirstAndPagedByRecords() {
    List.of("a", "b", "c").forEach(api::plan);
    JsonNode all = api.read("/plans?include_draft_versions=false");
    assertThat(all.findValuesAsText("name")).containsExactly("c", "b", "a");
    assertThat(api.read("/plans?limit=1&offset=1").get(0).path("name").asText()).isEqualTo("b");
    assertThat(api.read("/plans?limit=2&offset=2")).hasSize(1);
    assertThat(api.read("/plans/count").path("count").asInt()).isEqualTo(3);
    assertThat(api.status("GET", "/plans?limit=251", "")).isEqualTo(400);
  }

  @Test
  void aListWithoutALimitStopsAtAHundred() {
    for (int i = 0; i < 101; i++) {
      controls.addPlan(here, "p" + i, "plan");
    }
    assertThat(api.read("/plans")).hasSize(100);
    assertThat(api.read("/plans?limit=250")).hasSize(101);
  }

  @Test
  void aListIsFilteredByPartOfTheNameIdsTypeAndCompany() {
    String team = api.plan("Team");
    String other = api.plan("My teams");
    controls.addPlan(here, "Extra", "add_on");
    controls.addCustomPlan(here, "Only for Acme", "comp_acme");
    assertThat(api.read("/plans?q=TEAM")).hasSize(2);
    assertThat(api.read("/plans?ids=" + team + "&ids=" + other)).hasSize(2);
    assertThat(api.read("/plans?plan_type=add_on")).hasSize(1);
    assertThat(api.read("/plans")).hasSize(4);
    assertThat(api.read("/plans?exclude_company_scoped=true")).hasSize(3);
    assertThat(api.read("/plans?company_scoped_only=true")).hasSize(1);
  }

  @Test
  void aListShowsEntitlementsAndDraftsOnlyWhenAsked() {
    String plan = api.plan("Team");
    api.entitle(plan, controls.addFeature("sso", "boolean"), "'value_type':'unlimited'");
    JsonNode bare = api.read("/plans").get(0);
    assertThat(bare.has("entitlements")).isFalse();
    assertThat(bare.has("draft_version")).isFalse();
    JsonNode whole = api.read("/plans?with_entitlements=true&include_draft_versions=true").get(0);
    assertThat(whole.path("entitlements")).hasSize(1);
    assertThat(whole.has("draft_version")).isTrue();
  }

  @Test
  void aListCanBeShortEmptyOrAlwaysTheFirstPage() {
    List.of("a", "b", "c", "d").forEach(api::plan);
    controls.troubleLists("/plans", SchematicControls.ListTrouble.SHORT);
    assertThat(api.read("/plans")).hasSize(2);
    controls.troubleLists("/plans", SchematicControls.ListTrouble.EMPTY);
    assertThat(api.read("/plans")).isEmpty();
    controls.troubleLists("/plans", SchematicControls.ListTrouble.REPEATING);
    assertThat(api.read("/plans?limit=2&offset=2")).isEqualTo(api.read("/plans?limit=2"));
    assertThat(api.read("/features")).isEmpty();
  }

  @Test
  void aPlanWithCompaniesIsNotDeletedAndOneWithoutGoesFromEveryEnvironment() {
    String plan = api.sold("Team");
    String company = controls.subscribe(plan, here, "usd", Cadence.MONTHLY);
    assertThat(api.read("/companies/count?plan_id=" + plan).path("count").asInt()).isEqualTo(1);
    assertThat(api.read("/plans/" + plan).path("company_count").asInt()).isEqualTo(1);
    assertThat(api.status("DELETE", "/plans/" + plan, "")).isEqualTo(400);
    controls.unsubscribe(company);
    String production = controls.addEnvironment("production");
    SchematicCalls there = new SchematicCalls(api.emulator(), controls.addKey(production));
    there.prices(plan, "'monthly_price':4900");
    String paying = controls.subscribe(plan, production, "usd", Cadence.MONTHLY);
    api.delete("/plans/" + plan);
    assertThat(there.status("GET", "/plans/" + plan, "")).isEqualTo(404);
    assertThat(controls.counts()).isEqualTo(new SchematicControls.Counts(0, 0, 0, 0, 0, 0));
    assertThat(controls.granted(paying)).isEmpty();
    assertThat(api.status("DELETE", "/plans/" + plan, "")).isEqualTo(404);
  }

  @Test
  void companiesCanBeHidden() {
    controls.hideCompanies(true);
    assertThat(api.status("GET", "/companies/count?plan_id=x", "")).isEqualTo(403);
  }

  @Test
  void aBundleIsAListOfActionsAndWhatItLeavesOutStays() {
    String sso = controls.addFeature("sso", "boolean");
    String seats = controls.addFeature("seats", "trait");
    String credit = controls.addCredit("tokens");
    String entitlement =
        "{'action':'create','req':{'plan_id':'','feature_id':'%s','value_type':'unlimited'}}";
    JsonNode made =
        api.good(
            "POST",
            "/plan-bundles",
            """
            {'plan':{'name':'Team','description':'','plan_type':'plan'},
             'billing_product':{'charge_type':'recurring','is_trialable':false,'monthly_price':4900},
             'entitlements':[%s,%s],
             'credit_grants':[{'action':'create','create_req':{'plan_id':'','credit_id':'%s',
               'credit_amount':10,'reset_cadence':'monthly','reset_start':'billing_period'}}]}
            """
                .formatted(entitlement.formatted(sso), entitlement.formatted(seats), credit));
    String plan = made.path("plan").path("id").asText();
    assertThat(made.path("billing_product").path("monthly_price_id").asText()).startsWith("bprice");
    assertThat(made.path("plan_version").path("status").asText()).isEqualTo("draft");
    String first = made.path("entitlements").get(0).path("id").asText();
    api.publish(plan);
    api.good(
        "PUT",
        "/plan-bundles/" + plan,
        "{'plan':{'name':'Team'},'entitlements':[{'action':'delete','entitlement_id':'%s'}]}"
            .formatted(first));
    api.publish(plan);
    JsonNode after = api.read("/plans/" + plan);
    assertThat(after.path("entitlements").findValuesAsText("feature_id")).containsExactly(seats);
    assertThat(after.path("monthly_price").path("price").asInt()).isEqualTo(4900);
    assertThat(after.path("included_credit_grants")).hasSize(1);
  }

  @Test
  void aBundleThatFailsHalfwayLeavesNothing() {
    String body =
        "{'plan':{'name':'Team','plan_type':'plan'},'entitlements':"
            + "[{'action':'create','req':{'feature_id':'none','value_type':'unlimited'}}]}";
    assertThat(api.status("POST", "/plan-bundles", body)).isEqualTo(404);
    assertThat(controls.counts().plans()).isZero();
    assertThat(controls.counts().versions()).isZero();
  }

  @Test
  void aLinkedPlanIsFoundAgainByItsExternalId() {
    String body =
        "{'billing_provider':'schematic','external_resource_id':'shop/team','name':'%s',"
            + "'plan_type':'plan'}";
    JsonNode first = api.good("POST", "/plans/billing-linked", body.formatted("Team"));
    JsonNode again = api.good("POST", "/plans/billing-linked", body.formatted("Crew"));
    assertThat(again.path("id")).isEqualTo(first.path("id"));
    assertThat(again.path("name").asText()).isEqualTo("Crew");
    assertThat(again.path("billing_linked_resource").path("external_resource_id").asText())
        .isEqualTo("shop/team");
    assertThat(controls.counts().plans()).isEqualTo(1);
  }

  @Test
  void aPublishedPlanIsNotInTheCheckoutUntilItIsInACatalog() {
    String plan = api.sold("Team");
    String catalog = controls.addCatalog("Default", true);
    String member = "/catalogs/" + catalog + "/plans/" + plan;
    assertThat(api.read("/plans/" + plan).path("catalogs")).isEmpty();
    assertThat(api.status("POST", member, "")).isEqualTo(204);
    assertThat(api.status("POST", member, "")).isEqualTo(204);
    assertThat(api.read("/plans/" + plan).path("catalogs")).hasSize(1);
    assertThat(api.read("/catalogs/" + catalog + "/plans").path("plan_ids")).hasSize(1);
    assertThat(api.status("DELETE", member, "")).isEqualTo(204);
    assertThat(api.read("/plans/" + plan).path("catalogs")).isEmpty();
  }

  @Test
  void aTestCanEditAndDeleteByHandAndReadTheWholeState() {
    String plan = api.sold("Team");
    controls.editPlan(plan, "name", TextNode.valueOf("Renamed"));
    controls.editPrice(plan, here, "usd", Cadence.MONTHLY, 1);
    JsonNode seen = api.read("/plans/" + plan);
    assertThat(seen.path("name").asText()).isEqualTo("Renamed");
    assertThat(seen.path("monthly_price").path("price").asInt()).isEqualTo(1);
    assertThat(controls.state().path("PLANS")).hasSize(1);
    assertThat(controls.plans(here).getFirst().path("id").asText()).isEqualTo(plan);
    String draft = controls.openDraft(plan, here, "Theirs");
    assertThat(api.read("/plans/" + plan).path("draft_version").path("id").asText())
        .isEqualTo(draft);
    controls.deletePlan(plan);
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void objectsAreEqualForEqualCataloguesAndShowWhatIsLeftBehind() {
    String sso = controls.addFeature("sso", "boolean");
    String plan = api.sold("Team");
    List<String> once = controls.objects();
    assertThat(once).hasSize(2).allMatch(it -> it.contains("Team"));
    api.prices(plan, "'monthly_price':5900");
    api.publish(plan);
    api.prices(plan, "'monthly_price':4900");
    api.publish(plan);
    assertThat(controls.objects()).isEqualTo(once);
    api.entitle(plan, sso, "'value_type':'unlimited'");
    List<String> entitled = controls.objects();
    assertThat(entitled).hasSize(4).anyMatch(it -> it.contains("Team, draft: sso"));
    String id = controls.state().path("ENTITLEMENTS").get(0).path("id").asText();
    api.good("PUT", "/plan-entitlements/" + id, "{'value_type':'boolean'}");
    assertThat(controls.objects()).isNotEqualTo(entitled);
    api.good("PUT", "/plan-entitlements/" + id, "{'value_type':'unlimited'}");
    assertThat(controls.objects()).isEqualTo(entitled);
    api.plan("Team");
    assertThat(controls.objects()).hasSize(6);
  }

  @Test
  void aCopyLivesOnItsOwn() {
    String plan = api.sold("Team");
    SchematicEmulator copy = api.emulator().copy();
    SchematicCalls there = new SchematicCalls(copy, api.key());
    there.plan("Other");
    there.delete("/plans/" + plan);
    assertThat(api.read("/plans").findValuesAsText("id")).contains(plan);
    assertThat(controls.counts().plans()).isEqualTo(1);
    assertThat(copy.controls().plansNamed("Other")).hasSize(1);
  }
}
