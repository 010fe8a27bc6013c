package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drafts, publishing and who pays what after it. */
class SchematicVersionsTest {
  private final SchematicCalls api = SchematicCalls.fresh();
  private final SchematicControls controls = api.controls();
  private final String here = controls.environment();

  private JsonNode read(String plan) {
    return api.read("/plans/" + plan);
  }

  private BigDecimal base(String company) {
    return controls.bill(company, Map.of()).base();
  }

  private String draft(String plan) {
    return read(plan).path("draft_version").path("id").asText();
  }

  @Test
  void aNewPlanIsADraftThatIsShownUntilSomethingIsPublished() {
    String plan = api.plan("Team");
    api.prices(plan, "'monthly_price':4900");
    JsonNode before = read(plan);
    assertThat(before.has("active_version")).isFalse();
    assertThat(before.path("draft_version").path("version").asInt()).isEqualTo(1);
    assertThat(before.path("monthly_price").path("price").asInt()).isEqualTo(4900);
    api.publish(plan);
    JsonNode after = read(plan);
    assertThat(after.path("active_version").path("status").asText()).isEqualTo("published");
    assertThat(after.has("draft_version")).isFalse();
  }

  @Test
  void anEditOfAPublishedPlanOpensADraftAndChangesNothingThatIsSold() {
    String plan = api.sold("Team");
    JsonNode before = read(plan);
    api.prices(plan, "'monthly_price':5900");
    JsonNode after = read(plan);
    assertThat(after.path("monthly_price")).isEqualTo(before.path("monthly_price"));
    String draft = after.path("draft_version").path("id").asText();
    assertThat(after.path("draft_version").path("version").asInt()).isEqualTo(2);
    JsonNode named = api.read("/plans/" + plan + "?plan_version_id=" + draft);
    assertThat(named.path("monthly_price").path("price").asInt()).isEqualTo(5900);
    assertThat(named.path("monthly_price").path("id"))
        .isNotEqualTo(before.path("monthly_price").path("id"));
  }

  @Test
  void aSecondEditGoesToTheDraftThatIsOpen() {
    String plan = api.sold("Team");
    api.prices(plan, "'monthly_price':5900");
    String draft = draft(plan);
    api.prices(plan, "'monthly_price':6900");
    assertThat(draft(plan)).isEqualTo(draft);
    assertThat(read(plan).path("versions")).hasSize(2);
  }

  @Test
  void aNameOfAPublishedPlanWaitsForItsPublishing() {
    String plan = api.sold("Team");
    JsonNode answer = api.good("PUT", "/plans/" + plan, "{'name':'Crew'}");
    assertThat(answer.path("name").asText()).isEqualTo("Team");
    assertThat(answer.path("draft_version").path("name").asText()).isEqualTo("Crew");
    api.publish(plan);
    assertThat(read(plan).path("name").asText()).isEqualTo("Crew");
  }

  @Test
  void leaveArchivesTheVersionBeforeAndKeepsItsCompaniesAndTheirPrice() {
    String plan = api.sold("Team");
    String old = controls.subscribe(plan, here, "usd", Cadence.MONTHLY);
    api.prices(plan, "'monthly_price':5900");
    api.publish(plan);
    String late = controls.subscribe(plan, here, "usd", Cadence.MONTHLY);
    assertThat(base(old)).isEqualByComparingTo("4900");
    assertThat(base(late)).isEqualByComparingTo("5900");
    assertThat(read(plan).path("versions").findValuesAsText("status"))
        .containsExactly("archived", "published");
    JsonNode prices = controls.state().path("PRICES");
    assertThat(prices.findValuesAsText("_active")).containsExactly("false", "true");
  }

  @Test
  void immediateMovesWhoeverIsNotExcluded() {
    String plan = api.sold("Team");
    String moved = controls.subscribe(plan, here, "usd", Cadence.MONTHLY);
    String kept = controls.subscribe(plan, here, "usd", Cadence.MONTHLY);
    api.prices(plan, "'monthly_price':5900");
    String publish = "/plans/version/" + draft(plan) + "/publish";
    String body = "{'migration_strategy':'immediate','excluded_company_ids':['%s']%s}";
    String refused = body.formatted(kept, ",'require_no_migration':true");
    assertThat(api.status("PUT", publish, refused)).isEqualTo(400);
    assertThat(base(moved)).isEqualByComparingTo("4900");
    api.good("PUT", publish, body.formatted(kept, ""));
    assertThat(base(moved)).isEqualByComparingTo("5900");
    assertThat(base(kept)).isEqualByComparingTo("4900");
  }

  @Test
  void publishingWantsItsTwoFieldsAndADraftOfTheCallersEnvironment() {
    String plan = api.plan("Team");
    String publish = "/plans/version/" + draft(plan) + "/publish";
    String other = controls.addKey(controls.addEnvironment("production"));
    SchematicCalls elsewhere = new SchematicCalls(api.emulator(), other);
    assertThat(api.status("PUT", publish, "{'excluded_company_ids':[]}")).isEqualTo(400);
    assertThat(api.status("PUT", publish, "{'migration_strategy':'leave'}")).isEqualTo(400);
    String body = SchematicCalls.publishing("leave");
    assertThat(elsewhere.status("PUT", publish, body)).isEqualTo(404);
    api.good("PUT", publish, body);
    assertThat(api.status("PUT", publish, body)).as("published already").isEqualTo(400);
  }

  @Test
  void entitlementsOfADraftAreCopiesWithIdsOfTheirOwn() {
    String plan = api.plan("Team");
    String sso = controls.addFeature("sso", "boolean");
    JsonNode first = api.entitle(plan, sso, "'value_type':'boolean','value_bool':true");
    api.publish(plan);
    String one = "/plan-entitlements/" + first.path("id").asText();
    JsonNode changed = api.good("PUT", one, "{'value_type':'boolean','value_bool':false}");
    assertThat(changed.path("id")).isNotEqualTo(first.path("id"));
    assertThat(api.read(one).path("value_bool").asBoolean()).isTrue();
    assertThat(read(plan).path("entitlements").get(0).path("id")).isEqualTo(first.path("id"));
    api.publish(plan);
    assertThat(read(plan).path("entitlements").get(0).path("id")).isEqualTo(changed.path("id"));
    assertThat(api.status("PUT", one, "{'value_type':'boolean'}")).as("archived").isEqualTo(400);
  }

  @Test
  void deletingAnEntitlementOfAPublishedPlanWaitsInADraftToo() {
    String plan = api.plan("Team");
    String sso = controls.addFeature("sso", "boolean");
    String id =
        api.entitle(plan, sso, "'value_type':'boolean','value_bool':true").path("id").asText();
    api.publish(plan);
    assertThat(api.delete("/plan-entitlements/" + id).path("deleted").asBoolean()).isTrue();
    assertThat(read(plan).path("entitlements")).hasSize(1);
    api.publish(plan);
    assertThat(read(plan).path("entitlements")).isEmpty();
  }

  @Test
  void aDraftCanBeDroppedAndAPublishedVersionOnlyForAnArchivedOne() {
    String plan = api.sold("Team");
    JsonNode first = read(plan).path("active_version");
    assertThat(api.status("DELETE", "/plans/version/" + first.path("id").asText(), ""))
        .isEqualTo(400);
    api.prices(plan, "'monthly_price':5900");
    api.delete("/plans/version/" + draft(plan));
    assertThat(read(plan).has("draft_version")).isFalse();
    api.prices(plan, "'monthly_price':5900");
    api.publish(plan);
    String second = read(plan).path("active_version").path("id").asText();
    api.delete("/plans/version/" + second + "?promote_archived_version=true");
    assertThat(read(plan).path("active_version").path("id")).isEqualTo(first.path("id"));
    assertThat(read(plan).path("monthly_price").path("price").asInt()).isEqualTo(4900);
  }

  @Test
  void anotherEnvironmentSeesThePlanWithoutItsVersionsAndPrices() {
    String plan = api.sold("Team");
    String production = controls.addEnvironment("production");
    SchematicCalls there = new SchematicCalls(api.emulator(), controls.addKey(production));
    JsonNode seen = there.read("/plans/" + plan);
    assertThat(seen.path("name").asText()).isEqualTo("Team");
    assertThat(seen.path("versions")).isEmpty();
    assertThat(seen.path("charge_type").asText()).isEqualTo("none");
    there.prices(plan, "'monthly_price':100");
    assertThat(there.read("/plans/" + plan).path("draft_version").path("environment_id").asText())
        .isEqualTo(production);
    assertThat(read(plan).path("monthly_price").path("price").asInt()).isEqualTo(4900);
    there.good("PUT", "/plans/" + plan, "{'name':'Crew'}");
    assertThat(read(plan).path("name").asText())
        .as("with nothing published there, the account's plan is renamed at once")
        .isEqualTo("Crew");
  }
}
