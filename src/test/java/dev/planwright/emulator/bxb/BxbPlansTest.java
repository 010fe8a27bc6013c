package dev.planwright.emulator.bxb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BxbPlansTest {
  private final BxbEmulator emulator = new BxbEmulator();
  private final BxbControls controls = emulator.controls();
  private final BxbControls.Access acme = controls.addOrganization("Acme");
  private final BxbCalls api = BxbCalls.with(emulator, acme.key());
  private final BxbCalls beta = BxbCalls.with(emulator, controls.addOrganization("Beta").key());

  @Test
  void aCodeOfAnotherOrganizationIsACrashAndOneOfItsOwnAConflict() {
    api.plan("gold", "");
    String again = "{'code':'gold','name':'G','interval':'monthly'}";
    assertThat(api.status("POST", "/v1/plans/", again)).isEqualTo(409);
    EmulatorResponse foreign = beta.call("POST", "/v1/plans/", again);
    assertThat(foreign.status()).isEqualTo(500);
    assertThat(foreign.text()).isEqualTo("Internal Server Error");
    assertThat(foreign.header("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(controls.counts().plans()).isEqualTo(1);
  }

  @Test
  void plansOfAnotherOrganizationAreNotFoundButItsMetricsMayBeCharged() {
    String id = api.plan("gold", "");
    assertThat(beta.get("/v1/plans/" + id).status()).isEqualTo(404);
    assertThat(beta.read("/v1/plans/")).isEmpty();
    beta.plan("silver", BxbCalls.charge(api.metric("calls"), "standard", ""));
  }

  @Test
  void chargesThatWereBilledCannotBeReplacedAndNothingOfThePutIsKept() {
    String metric = api.metric("calls");
    String id = api.plan("gold", BxbCalls.charge(metric, "standard", "'amount':'1'"));
    controls.addFeesOfPlan(id);
    JsonNode before = api.read("/v1/plans/" + id);
    String put = "{'name':'New','charges':[%s]}".formatted(BxbCalls.charge(metric, "custom", ""));
    assertThat(api.status("PUT", "/v1/plans/" + id, put)).isEqualTo(500);
    assertThat(api.status("PUT", "/v1/plans/" + id, "{'charges':[]}")).isEqualTo(500);
    assertThat(api.read("/v1/plans/" + id)).isEqualTo(before);
    assertThat(api.delete("/v1/plans/" + id).status()).isEqualTo(500);
    assertThat(api.status("PUT", "/v1/plans/" + id, "{'name':'New','charges':null}"))
        .isEqualTo(200);
  }

  @Test
  void aSubscriptionOfAnyStatusForbidsTheDeleteAndIsCounted() {
    String id = api.plan("gold", "");
    String subscription = controls.addSubscription(id, "terminated");
    assertThat(api.read("/v1/plans/subscription_counts").path(id).asInt()).isEqualTo(1);
    assertThat(beta.read("/v1/plans/subscription_counts")).isEmpty();
    assertThat(api.delete("/v1/plans/" + id).status()).isEqualTo(500);
    controls.removeSubscription(subscription);
    assertThat(api.delete("/v1/plans/" + id).status()).isEqualTo(204);
    assertThat(api.status("POST", "/v1/plans/", "{'code':'gold','name':'G','interval':'weekly'}"))
        .as("a deleted plan's code is free again")
        .isEqualTo(201);
  }

  @Test
  void aThresholdForbidsTheDelete() {
    String id = api.plan("gold", "");
    String threshold = api.make("/v1/plans/gold/usage_thresholds", "{'amount_cents':1.23456}");
    assertThat(controls.thresholds(id).getFirst().path("amount_cents").asText())
        .isEqualTo("1.2346");
    assertThat(api.delete("/v1/plans/" + id).status()).isEqualTo(500);
    assertThat(api.delete("/v1/usage_thresholds/" + threshold).status()).isEqualTo(204);
    assertThat(api.delete("/v1/plans/" + id).status()).isEqualTo(204);
  }

  @Test
  void updatedAtMovesForColumnsOnlyAndNotForCharges() {
    Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now[0];
          }
        };
    BxbEmulator timed = new BxbEmulator(clock, BxbEmulator::numberedId, 1);
    BxbCalls calls = BxbCalls.with(timed, timed.controls().addOrganization("T").key());
    String id = calls.plan("gold", BxbCalls.charge(calls.metric("m"), "standard", ""));
    now[0] = Instant.parse("2026-01-02T00:00:00Z");
    calls.call("PUT", "/v1/plans/" + id, "{'charges':[],'name':'P'}");
    assertThat(calls.read("/v1/plans/" + id).path("updated_at").asText())
        .isEqualTo("2026-01-01T00:00:00.000000Z");
    calls.call("PUT", "/v1/plans/" + id, "{'description':'d'}");
    assertThat(calls.read("/v1/plans/" + id).path("updated_at").asText())
        .isEqualTo("2026-01-02T00:00:00.000000Z");
  }

  @Test
  void theOrderOfChargesChangesFromAnswerToAnswerButIsRepeatable() {
    String metric = api.metric("calls");
    String charge = BxbCalls.charge(metric, "standard", "");
    String id = api.plan("gold", String.join(",", charge, charge, charge, charge));
    BxbEmulator copy = emulator.copy();
    Set<String> orders = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String answer = api.get("/v1/plans/" + id).text();
      orders.add(answer);
      assertThat(BxbCalls.with(copy, acme.key()).get("/v1/plans/" + id).text()).isEqualTo(answer);
    }
    assertThat(orders).hasSizeGreaterThan(1);
  }

  @Test
  void filtersAreStoredButNeverShown() {
    String metric = api.metric("calls");
    String filter = api.make("/v1/billable_metrics/calls/filters", "{'key':'r','values':['eu']}");
    String charge =
        "{'billable_metric_id':'%s','charge_model':'standard','filters':".formatted(metric)
            + "[{'billable_metric_filter_id':'%s','values':['%s']}]}";
    String id = api.plan("gold", charge.formatted(filter, "eu"));
    assertThat(api.get("/v1/plans/" + id).text()).doesNotContain("filter");
    assertThat(controls.charges(id).getFirst().path("filters")).hasSize(1);
    String wrong = "{'charges':[%s]}".formatted(charge.formatted(filter, "mars"));
    assertThat(api.status("PUT", "/v1/plans/" + id, wrong)).isEqualTo(400);
    assertThat(api.read("/v1/plans/" + id).path("charges")).hasSize(1);
  }

  @Test
  void listsIgnoreACodeAndFallBackOnUnknownColumnsButCrashOnMetadata() {
    api.plan("b", "");
    api.plan("a", "");
    assertThat(api.read("/v1/plans/?code=a")).hasSize(2);
    assertThat(api.read("/v1/plans/?order_by=nope:asc")).hasSize(2);
    assertThat(api.get("/v1/plans/?order_by=metadata:asc").status()).isEqualTo(500);
    assertThat(api.read("/v1/plans/?order_by=code:asc&limit=1").get(0).path("code").asText())
        .isEqualTo("a");
    assertThat(api.get("/v1/plans/?limit=1").header("X-Total-Count")).hasValue("2");
    assertThat(api.get("/v1/plans/?skip=-1").status()).isEqualTo(422);
  }

  @Test
  void wholeNumbersInTextsAreTakenAndTooLargeOnesCrash() {
    String body = "{'code':'x','name':'X','interval':'monthly','amount_cents':'1999'}";
    assertThat(api.status("POST", "/v1/plans/", body)).isEqualTo(201);
    String id = controls.plan("x").orElseThrow().path("id").asText();
    assertThat(api.read("/v1/plans/" + id).path("amount_cents").asInt()).isEqualTo(1999);
    assertThat(api.status("PUT", "/v1/plans/" + id, "{'trial_period_days':2147483648}"))
        .isEqualTo(500);
    assertThat(api.status("PUT", "/v1/plans/" + id, "{'amount_cents':'19.5'}")).isEqualTo(422);
  }

  @Test
  void searchFindsASubstringInAnyCaseOfOnesOwnPlansOnly() {
    String id = api.plan("acme-gold-1", "");
    JsonNode found = api.read("/v1/search/?q=ME-GOLD");
    assertThat(found.path("results").get(0).path("id").asText()).isEqualTo(id);
    assertThat(beta.read("/v1/search/?q=gold").path("total_count").asInt()).isZero();
    assertThat(api.get("/v1/search/?q=gold&limit=51").status()).isEqualTo(422);
  }

  @Test
  void aCodeWithASlashCannotBeReachedByCode() {
    api.plan("a/b", "");
    assertThat(api.get("/v1/plans/a%2Fb/commitments").status()).isEqualTo(404);
    assertThat(api.get("/v1/plans/a%2Fb/commitments").text()).contains("Not Found");
  }

  @Test
  void aWrongSlashIsARedirectToTheHostThatWasAskedOverRealHttpToo()
      throws IOException, InterruptedException {
    try (EmulatorServer server = new EmulatorServer(emulator);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.uri() + "/v1/plans?limit=1"))
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(307);
      assertThat(answer.headers().firstValue("location"))
          .hasValue(server.uri() + "/v1/plans/?limit=1");
    }
    assertThat(api.status("DELETE", "/v1/plans/", "")).isEqualTo(405);
  }

  @Test
  void withoutTheDefaultOrganizationsRowChargesCannotBeWritten() {
    String charge = BxbCalls.charge(api.metric("calls"), "standard", "");
    controls.removeOrganization(BxbEmulator.DEFAULT_ORGANIZATION);
    String body = "{'code':'%s','name':'P','interval':'monthly','charges':[%s]}";
    assertThat(api.status("POST", "/v1/plans/", body.formatted("x", charge))).isEqualTo(500);
    assertThat(api.status("POST", "/v1/plans/", body.formatted("y", ""))).isEqualTo(201);
    assertThat(controls.counts().plans()).isEqualTo(1);
  }
}
