package dev.planwright.emulator.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BxbOrganizationsTest {
  private final BxbEmulator emulator = new BxbEmulator();
  private final BxbControls controls = emulator.controls();
  private final BxbControls.Access acme = controls.addOrganization("Acme Inc");
  private final BxbCalls api = BxbCalls.with(emulator, acme.key());
  private final BxbCalls nobody = new BxbCalls(emulator, Map.of());

  private String organizationOf(BxbCalls calls) {
    return calls.read("/v1/organizations/current").path("id").asText();
  }

  @Test
  void withoutAProperKeyOneIsServedAsTheDefaultOrganization() {
    assertThat(organizationOf(nobody)).isEqualTo(BxbEmulator.DEFAULT_ORGANIZATION);
    String typo = acme.key().replace("bxb_live_", "bxb_life_");
    assertThat(organizationOf(BxbCalls.with(emulator, typo)))
        .isEqualTo(BxbEmulator.DEFAULT_ORGANIZATION);
    assertThat(organizationOf(api)).isEqualTo(acme.id());
    assertThat(acme.key()).matches("bxb_live_[0-9a-f]{64}");
  }

  @Test
  void unknownAndRevokedKeysAndOtherSchemesAreRefused() {
    controls.revokeKey(acme.key());
    assertThat(api.get("/v1/plans/").status()).isEqualTo(401);
    assertThat(nobody.header("Authorization", "Basic eA==").get("/v1/plans/").status())
        .isEqualTo(401);
    assertThat(nobody.get("/").status()).isEqualTo(200);
  }

  @Test
  void aHeaderSelectsAnyOrganizationUnchecked() {
    assertThat(organizationOf(nobody.header("X-Organization-Id", acme.id()))).isEqualTo(acme.id());
  }

  @Test
  void anOrganizationThatIsGoneIsNotFound() {
    controls.removeOrganization(acme.id());
    assertThat(api.get("/v1/organizations/current").status()).isEqualTo(404);
  }

  @Test
  void theAdminSecretMakesOrganizationsAndKeys() {
    assertThat(nobody.status("POST", "/v1/organizations/", "{'name':'N'}")).isEqualTo(401);
    EmulatorResponse made =
        nobody
            .header("X-Admin-Secret", BxbEmulator.ADMIN_SECRET)
            .call("POST", "/v1/organizations/", "{'name':'N'}");
    String key = BxbCalls.json(made).path("api_key").path("raw_key").asText();
    String id = BxbCalls.json(made).path("id").asText();
    assertThat(organizationOf(BxbCalls.with(emulator, key))).isEqualTo(id);
  }

  @Test
  void taxesCanBeAppliedInTheDefaultOrganizationOnly() {
    String tax = "{'code':'vat','name':'VAT','rate':0.2}";
    assertThat(nobody.status("POST", "/v1/taxes/", tax)).isEqualTo(201);
    assertThat(api.status("POST", "/v1/taxes/", tax)).as("codes are global").isEqualTo(500);
    assertThat(api.status("POST", "/v1/taxes/", tax.replace("vat", "own"))).isEqualTo(201);
    assertThat(api.status("POST", "/v1/taxes/", tax.replace("vat", "x").replace("0.2", "10")))
        .isEqualTo(500);
    String plan = nobody.plan("gold", "");
    String apply = "{'tax_code':'%s','taxable_type':'plan','taxable_id':'" + plan + "'}";
    assertThat(api.status("POST", "/v1/taxes/apply", apply.formatted("own"))).isEqualTo(404);
    assertThat(nobody.status("POST", "/v1/taxes/apply", apply.formatted("own"))).isEqualTo(404);
    String applied = nobody.make("/v1/taxes/apply", apply.formatted("vat"));
    assertThat(nobody.status("POST", "/v1/taxes/apply", apply.formatted("vat"))).isEqualTo(500);
    String list = "/v1/taxes/applied?taxable_type=plan&taxable_id=" + plan;
    assertThat(nobody.read(list).get(0).path("tax_rate").asText()).isEqualTo("0.2000");
    assertThat(nobody.delete("/v1/taxes/applied/" + applied).status()).isEqualTo(204);
    assertThat(nobody.read(list)).isEmpty();
  }

  @Test
  void idempotencyKeysAreHonouredForFeaturesWhateverTheBodyAndIgnoredForMetrics() {
    BxbCalls keyed = api.header("Idempotency-Key", "k");
    String first = keyed.make("/v1/features/", "{'code':'a','name':'A','feature_type':'boolean'}");
    EmulatorResponse replay =
        keyed.call("POST", "/v1/features/", "{'code':'b','name':'B','feature_type':'custom'}");
    assertThat(BxbCalls.json(replay).path("id").asText()).isEqualTo(first);
    assertThat(replay.header("Idempotency-Replayed")).hasValue("true");
    assertThat(controls.counts().features()).isEqualTo(1);
    keyed.metric("m");
    String metric = "{'code':'m','name':'M','aggregation_type':'count'}";
    assertThat(keyed.status("POST", "/v1/billable_metrics/", metric)).isEqualTo(409);
    BxbCalls other = api.header("Idempotency-Key", "failed");
    String taken = "{'code':'a','name':'A','feature_type':'boolean'}";
    assertThat(other.status("POST", "/v1/features/", taken)).isEqualTo(409);
    assertThat(other.status("POST", "/v1/features/", taken.replace("'a'", "'c'")))
        .as("only successes are kept")
        .isEqualTo(201);
  }

  @Test
  void entitlementsNeedTheirOwnPlanAndFeatureAndAreCopied() {
    String feature = api.make("/v1/features/", "{'code':'a','name':'A','feature_type':'boolean'}");
    String gold = api.plan("gold", "");
    String silver = api.plan("silver", "");
    String body = "{'plan_id':'%s','feature_id':'%s','value':'%s'}";
    assertThat(nobody.status("POST", "/v1/entitlements/", body.formatted(gold, feature, "true")))
        .isEqualTo(400);
    assertThat(api.status("POST", "/v1/entitlements/", body.formatted(gold, feature, "")))
        .isEqualTo(422);
    api.make("/v1/entitlements/", body.formatted(gold, feature, "true"));
    String copy = "{'source_plan_id':'%s','target_plan_id':'%s'}".formatted(gold, silver);
    assertThat(BxbCalls.json(api.call("POST", "/v1/entitlements/copy", copy))).hasSize(1);
    assertThat(api.read("/v1/entitlements/?plan_id=" + silver)).hasSize(1);
  }

  @Test
  void aMetricInUseCannotGoAndItsPlansShowInTheDefaultOrganizationOnly() {
    String metric = api.metric("calls");
    api.plan("gold", BxbCalls.charge(metric, "standard", ""));
    assertThat(api.delete("/v1/billable_metrics/" + metric).status()).isEqualTo(500);
    assertThat(api.read("/v1/billable_metrics/plan_counts")).isEmpty();
    assertThat(api.read("/v1/billable_metrics/" + metric + "/plans")).isEmpty();
    assertThat(nobody.read("/v1/billable_metrics/plan_counts").path(metric).asInt()).isEqualTo(1);
    api.make("/v1/billable_metrics/calls/filters", "{'key':'r'}");
    assertThat(api.status("POST", "/v1/billable_metrics/calls/filters", "{'key':'r'}"))
        .isEqualTo(500);
    api.call(
        "PUT",
        "/v1/billable_metrics/" + metric,
        "{'code':'x','aggregation_type':'max','name':'N'}");
    assertThat(api.get("/v1/billable_metrics/" + metric).text())
        .contains("\"calls\"", "\"count\"", "\"N\"");
  }

  @Test
  void tooLargeACommitmentCrashesAndEveryRepetitionAddsOne() {
    String plan = api.plan("gold", "");
    String commitments = "/v1/plans/gold/commitments";
    assertThat(api.status("POST", commitments, "{'amount_cents':'99999999.9999'}")).isEqualTo(201);
    assertThat(api.status("POST", commitments, "{'amount_cents':'99999999.9999'}")).isEqualTo(201);
    assertThat(api.status("POST", commitments, "{'amount_cents':'100000000'}")).isEqualTo(500);
    assertThat(api.status("POST", commitments, "{'amount_cents':-1}")).isEqualTo(422);
    assertThat(controls.commitments(plan)).hasSize(2);
    assertThat(nobody.get(commitments).status()).isEqualTo(404);
  }

  @Test
  void aCopyLivesOnItsOwn() {
    String id = api.plan("gold", BxbCalls.charge(api.metric("m"), "standard", ""));
    BxbEmulator copy = emulator.copy();
    copy.controls().editPlan(id, "name", TextNode.valueOf("Copied"));
    BxbCalls.with(copy, acme.key()).plan("silver", "");
    controls.removeCharge(controls.charges(id).getFirst().path("id").asText());
    assertThat(api.read("/v1/plans/" + id).path("name").asText()).isEqualTo("P");
    assertThat(controls.counts().plans()).isEqualTo(1);
    assertThat(controls.counts().charges()).isZero();
    assertThat(copy.controls().counts().plans()).isEqualTo(2);
    assertThat(copy.controls().counts().charges()).isEqualTo(1);
    assertThat(emulator.exchanges()).hasSize(3);
    assertThat(emulator.exchanges().getFirst().target()).isEqualTo("/v1/billable_metrics/");
    assertThat(emulator.exchanges().getFirst().body()).contains("\"code\":\"m\"");
  }
}
