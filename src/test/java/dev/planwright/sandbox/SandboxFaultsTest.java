package dev.planwright.sandbox;

import static dev.planwright.sandbox.TestSandbox.flat;
import static dev.planwright.sandbox.TestSandbox.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.TestSandbox.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxFaultsTest {
  private final TestSandbox sandbox = new TestSandbox().seeded();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void tooManyRequestsSayWhenToComeBackAndDoNothing() {
    faults("{'tooManyRequests':{'count':2,'retryAfterSeconds':7}}");

    Reply refused = sandbox.create("a", plan(flat("x", "1")));

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.response().headers()).containsEntry("Retry-After", "7");
    assertThat(sandbox.get("/").status()).isEqualTo(429);
    assertThat(sandbox.get("/plans/a").status()).isEqualTo(404);
  }

  @Test
  void unavailableDoesNothing() {
    faults("{'unavailable':1}");

    assertThat(sandbox.create("a", plan(flat("x", "1"))).status()).isEqualTo(503);
    assertThat(sandbox.get("/plans/a").status()).isEqualTo(404);
  }

  @Test
  void aFailureAfterCommitHasDoneTheWork() {
    faults("{'failAfterCommit':1}");

    assertThat(sandbox.create("a", plan(flat("x", "1"))).status()).isEqualTo(500);
    assertThat(sandbox.get("/plans/a").status()).isEqualTo(200);
    assertThat(sandbox.create("b", plan(flat("x", "1"))).status()).isEqualTo(201);
  }

  @Test
  void aLostAnswerHasDoneTheWork() {
    faults("{'loseAnswer':1}");

    assertThat(sandbox.create("a", plan(flat("x", "1"))).response().lost()).isTrue();
    assertThat(sandbox.get("/plans/a").status()).isEqualTo(200);
  }

  @Test
  void aRefusedWriteUsesUpNoFaultOfDoneWrites() {
    faults("{'loseAnswer':1}");

    assertThat(sandbox.create("a", plan()).status()).isEqualTo(422);
    assertThat(sandbox.create("a", plan(flat("x", "1"))).response().lost()).isTrue();
  }

  @Test
  void aDroppedWriteLooksDone() {
    Reply before = sandbox.create("a", plan(flat("x", "1")));
    faults("{'dropWrites':1}");

    Reply dropped = sandbox.replace("a", before.etag(), plan(flat("x", "2")));

    assertThat(dropped.status()).isEqualTo(200);
    assertThat(dropped.json().path("version").asInt()).isEqualTo(2);
    assertThat(sandbox.get("/plans/a").json()).isEqualTo(before.json());
  }

  @Test
  void aTruncatedListLacksPlansThatItsTotalCounts() {
    for (String key : new String[] {"a", "b", "c"}) {
      sandbox.create(key, plan(flat("x", "1")));
    }
    faults("{'truncateLists':{'count':1,'keep':1}}");

    Reply cut = sandbox.get("/plans");

    assertThat(cut.json().path("plans")).hasSize(1);
    assertThat(cut.json().path("total").asInt()).isEqualTo(3);
    assertThat(cut.json().has("next")).isFalse();
    assertThat(sandbox.get("/plans").json().path("plans")).hasSize(3);
    faults("{'truncateLists':{'count':1,'keep':0,'honestTotal':false}}");
    assertThat(sandbox.get("/plans").json().path("total").asInt()).isZero();
  }

  @Test
  void latencyIsToldNotSlept() {
    faults("{'latencyMillis':5000}");

    assertThat(sandbox.get("/").response().latency()).isEqualTo(Duration.ofSeconds(5));
    assertThat(sandbox.get("/sandbox").response().latency()).isZero();
  }

  @Test
  void switchesAreReadBackAndWrongOnesRefused() {
    faults("{'loseAnswer':3,'refuseArchive':true}");

    assertThat(sandbox.get("/sandbox/faults").json().path("loseAnswer").asInt()).isEqualTo(3);
    assertThat(sandbox.put("/sandbox/faults", "{'looseAnswer':1}").status()).isEqualTo(422);
    assertThat(sandbox.get("/sandbox/faults").json().path("loseAnswer").asInt()).isEqualTo(3);
    faults("{}");
    assertThat(sandbox.get("/sandbox/faults").json().path("loseAnswer").asInt()).isZero();
  }

  @Test
  void resetForgetsAll() {
    sandbox.create("a", plan(flat("x", "1")));

    assertThat(sandbox.post("/sandbox/reset", "").status()).isEqualTo(204);

    assertThat(sandbox.get("/sandbox").json().path("plans").asInt()).isZero();
    assertThat(sandbox.get("/metrics").json().path("total").asInt()).isZero();
  }

  private void faults(String body) {
    assertThat(sandbox.put("/sandbox/faults", body).status()).isEqualTo(200);
  }
}
