package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Keys, environments, the audit log, rates. */
class SchematicAccountTest {
  private final Instant[] now = {Instant.parse("2026-11-20T10:00:00Z")};
  private final SchematicEmulator emulator = new SchematicEmulator(clock());
  private final SchematicCalls api = SchematicCalls.on(emulator);
  private final SchematicControls controls = emulator.controls();

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
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
  }

  private void pass(Duration time) {
    now[0] = now[0].plus(time);
  }

  @Test
  void whoAmITellsAccountEnvironmentAndKey() {
    String production = controls.addEnvironment("production");
    SchematicCalls other = new SchematicCalls(emulator, controls.addKey(production));
    assertThat(other.key()).startsWith("sch_prod_");
    JsonNode mine = api.read("/whoami");
    JsonNode theirs = other.read("/whoami");
    assertThat(theirs.path("account_id")).isEqualTo(mine.path("account_id"));
    assertThat(theirs.path("environment_id").asText()).isEqualTo(production);
    assertThat(theirs.path("api_key_id")).isNotEqualTo(mine.path("api_key_id"));
    assertThat(mine.path("environments")).hasSize(2);
    assertThat(api.read("/environments")).hasSize(2);
    assertThat(api.read("/environments/" + production).path("environment_type").asText())
        .isEqualTo("production");
  }

  @Test
  void aWrongKeyIsUnauthorizedAReadOnlyOneReadsAndARotatedOneIsAnotherKey() {
    assertThat(new SchematicCalls(emulator, "sch_dev_x").status("GET", "/whoami", ""))
        .isEqualTo(401);
    SchematicCalls reader =
        new SchematicCalls(emulator, controls.addReadOnlyKey(controls.environment()));
    assertThat(reader.read("/plans")).isEmpty();
    assertThat(reader.status("POST", "/plans", "{'name':'x','plan_type':'plan'}")).isEqualTo(403);
    assertThat(controls.counts().plans()).isZero();
    SchematicCalls rotated = new SchematicCalls(emulator, controls.addKey(controls.environment()));
    String before = api.read("/whoami").path("api_key_id").asText();
    controls.revokeKey(api.key());
    assertThat(api.status("GET", "/whoami", "")).isEqualTo(401);
    assertThat(rotated.read("/whoami").path("api_key_id").asText()).isNotEqualTo(before);
  }

  @Test
  void theAuditLogGivesBackTheAnswerOfALostCreate() {
    api.plan("Before");
    pass(Duration.ofSeconds(5));
    String id = api.plan("Team");
    JsonNode entries = api.read("/audit-log?actor_type=api_key&start_time=2026-11-20T10:00:05Z");
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).has("resp_body")).isFalse();
    JsonNode entry = api.read("/audit-log/" + entries.get(0).path("id").asText());
    assertThat(entry.path("method").asText()).isEqualTo("POST");
    assertThat(entry.path("url").asText()).isEqualTo("/plans");
    assertThat(entry.path("resp_code").asInt()).isEqualTo(201);
    assertThat(entry.path("req_body").asText()).contains("\"Team\"");
    assertThat(entry.path("resp_body").asText()).contains(id);
    assertThat(entry.path("resource_id_string").asText()).isEqualTo(id);
    assertThat(entry.path("api_key_id")).isEqualTo(api.read("/whoami").path("api_key_id"));
  }

  @Test
  void theAuditLogHoldsRefusalsOfEveryEnvironmentButNoReads() {
    SchematicCalls there =
        new SchematicCalls(emulator, controls.addKey(controls.addEnvironment("staging")));
    there.call("POST", "/plans", "{}");
    api.plan("Team");
    assertThat(api.read("/audit-log").findValuesAsText("resp_code")).containsExactly("201", "400");
    assertThat(api.read("/audit-log?environment_id=" + controls.environment())).hasSize(1);
    assertThat(api.read("/audit-log/count").path("count").asInt()).isEqualTo(2);
  }

  @Test
  void theAuditLogCanBeLateEmptyForbiddenOrFailing() {
    controls.delayAuditLog(Duration.ofSeconds(30));
    api.plan("Team");
    assertThat(api.read("/audit-log")).isEmpty();
    pass(Duration.ofSeconds(30));
    assertThat(api.read("/audit-log")).hasSize(1);
    controls.troubleAuditLog(SchematicControls.AuditTrouble.EMPTY);
    assertThat(api.read("/audit-log")).isEmpty();
    controls.troubleAuditLog(SchematicControls.AuditTrouble.FORBIDDEN);
    assertThat(api.status("GET", "/audit-log", "")).isEqualTo(403);
    controls.troubleAuditLog(SchematicControls.AuditTrouble.FAILING);
    assertThat(api.status("GET", "/audit-log", "")).isEqualTo(500);
  }

  @Test
  void twentyReadsAndTwentyWritesASecondAreAnsweredWhenRatesAreLimited() {
    for (int i = 0; i < 21; i++) {
      assertThat(api.status("GET", "/whoami", "")).isEqualTo(200);
    }
    controls.limitRates(true);
    for (int i = 0; i < 20; i++) {
      api.read("/whoami");
      api.plan("p" + i);
    }
    EmulatorResponse refused = api.call("GET", "/whoami", "");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsOnlyKeys("content-type");
    assertThat(api.status("POST", "/plans", "{'name':'x','plan_type':'plan'}")).isEqualTo(429);
    assertThat(controls.counts().plans()).isEqualTo(20);
    SchematicCalls other = new SchematicCalls(emulator, controls.addKey(controls.environment()));
    assertThat(other.status("GET", "/whoami", "")).isEqualTo(200);
    pass(Duration.ofSeconds(1));
    assertThat(api.status("GET", "/whoami", "")).isEqualTo(200);
  }

  @Test
  void anErrorIsOneSentenceAndAnUnknownPathIsNotFound() {
    assertThat(SchematicCalls.json(api.call("GET", "/plans/plan_x", "")))
        .isEqualTo(Store.object().put("error", "plan not found"));
    assertThat(api.status("PATCH", "/plans", "{}")).isEqualTo(404);
    assertThat(emulator.exchanges().getLast().status()).isEqualTo(404);
  }

  @Test
  void realHttpReachesTheSameState() throws IOException, InterruptedException {
    String plan = api.plan("Team");
    try (EmulatorServer server = new EmulatorServer(emulator);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(server.uri().resolve("/plans/" + plan))
                  .header("X-Schematic-Api-Key", api.key())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(api.call("GET", "/plans/" + plan, "").text());
    }
  }
}
