package dev.planwright.sandbox;

import static dev.planwright.sandbox.TestSandbox.flat;
import static dev.planwright.sandbox.TestSandbox.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.sandbox.TestSandbox.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxServerTest {
  @Test
  void racingReplacesHaveOneWinner() throws Exception {
    try (TestSandbox sandbox = new TestSandbox().seeded()) {
      for (int round = 0; round < 10; round++) {
        Reply created = sandbox.create("r" + round, plan(flat("a", "1")));
        String key = "r" + round;
        List<Integer> statuses =
            race(8, i -> sandbox.replace(key, created.etag(), plan(flat("a", "2" + i))).status());

        assertThat(statuses).filteredOn(s -> s == 200).hasSize(1);
        assertThat(statuses).filteredOn(s -> s == 412).hasSize(7);
        assertThat(sandbox.get("/plans/" + key).json().path("version").asInt()).isEqualTo(2);
      }
    }
  }

  @Test
  void racingCreatesMakeOnePlan() throws Exception {
    try (TestSandbox sandbox = new TestSandbox().seeded()) {
      for (int round = 0; round < 10; round++) {
        String key = "r" + round;
        List<Integer> statuses = race(8, i -> sandbox.create(key, plan(flat("a", "1"))).status());

        assertThat(statuses).filteredOn(s -> s == 201).hasSize(1);
        assertThat(statuses).filteredOn(s -> s == 412).hasSize(7);
      }
      assertThat(sandbox.handler().counts().plans()).isEqualTo(10);
    }
  }

  @Test
  void aSubscriberWhoComesDuringADeleteIsNeverOrphaned() throws Exception {
    try (TestSandbox sandbox = new TestSandbox().seeded()) {
      for (int round = 0; round < 10; round++) {
        String key = "r" + round;
        Reply created = sandbox.create(key, plan(flat("a", "1")));
        List<Integer> statuses =
            race(
                2,
                i ->
                    i == 0
                        ? sandbox
                            .call("DELETE", "/plans/" + key, Map.of("if-match", created.etag()), "")
                            .status()
                        : sandbox
                            .post("/sandbox/plans/" + key + "/subscribers", "{'count':1}")
                            .status());

        assertThat(statuses).isIn(List.of(204, 404), List.of(409, 201));
      }
    }
  }

  @Test
  void httpAnswersAsMemoryDoes() throws Exception {
    try (SandboxServer server = SandboxServer.start(TestSandbox.options());
        HttpClient client = client()) {
      assertThat(server.uri().getHost()).isEqualTo("127.0.0.1");
      HttpResponse<String> created =
          send(client, server, "PUT", "plans/a%7Cb", plan(flat("a", "1")));
      HttpResponse<String> read = send(client, server, "GET", "plans/a%7Cb", "");

      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(created.headers().firstValue("etag")).isPresent();
      assertThat(read.body()).isEqualTo(created.body());
      assertThat(server.handler().counts().writes()).isEqualTo(1);
      assertThat(send(client, server, "PUT", "plans/b", "x".repeat(2_000_000)).statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void aLostAnswerClosesTheConnectionAfterTheCommit() throws Exception {
    try (SandboxServer server = SandboxServer.start(TestSandbox.options());
        HttpClient client = client()) {
      send(client, server, "PUT", "sandbox/faults", "{'loseAnswer':1}");

      assertThatThrownBy(() -> send(client, server, "PUT", "plans/a", plan(flat("a", "1"))))
          .isInstanceOf(IOException.class);
      assertThat(server.handler().counts().plans()).isEqualTo(1);
    }
  }

  @Test
  void aFileKeepsEverythingOverARestart(@TempDir Path folder) {
    SandboxOptions options =
        TestSandbox.options().withIds(IdSource.random()).withDatabase(folder.resolve("billing"));
    Reply before;
    try (TestSandbox sandbox = new TestSandbox(SandboxHandler.create(options)).seeded()) {
      Reply first = sandbox.create("team", plan(flat("a", "49.00")));
      sandbox.post("/sandbox/plans/team/subscribers", "{'count':3,'id':'early'}");
      sandbox.replace("team", first.etag(), plan(flat("a", "59.00")));
      before = sandbox.get("/plans/team");
    }

    try (TestSandbox sandbox = new TestSandbox(SandboxHandler.create(options))) {
      assertThat(sandbox.get("/plans/team").json()).isEqualTo(before.json());
      assertThat(sandbox.get("/metrics").json().path("total").asInt()).isEqualTo(6);
      assertThat(
              sandbox
                  .post("/sandbox/plans/team/quote", "{'subscriber':'early'}")
                  .json()
                  .path("totals")
                  .path("USD")
                  .asText())
          .isEqualTo("49");
      assertThat(sandbox.create("next", plan(flat("a", "1"))).status()).isEqualTo(201);
    }
  }

  @Test
  void aForkHasAllAndGoesItsOwnWay() {
    try (TestSandbox sandbox = new TestSandbox().seeded()) {
      Reply created =
          sandbox.create("team", plan(flat("a", "49.00")).replace("'Team'", "'T`eam \\u0027;--☂'"));
      sandbox.post("/sandbox/plans/team/subscribers", "{'count':3}");
      try (TestSandbox fork = new TestSandbox(sandbox.handler().fork())) {
        assertThat(fork.get("/plans/team").json()).isEqualTo(sandbox.get("/plans/team").json());
        assertThat(fork.create("other", plan(flat("a", "1"))).status()).isEqualTo(201);
        assertThat(fork.replace("team", created.etag(), plan(flat("a", "2"))).status())
            .isEqualTo(200);
        assertThat(fork.handler().counts().plans()).isEqualTo(2);
      }
      assertThat(sandbox.get("/plans/team").etag()).isEqualTo(created.etag());
      assertThat(sandbox.handler().counts())
          .extracting(
              SandboxHandler.Counts::plans,
              SandboxHandler.Counts::prices,
              SandboxHandler.Counts::history,
              SandboxHandler.Counts::subscribers)
          .containsExactly(1L, 1L, 1L, 3L);
    }
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws Exception {
    try (SandboxServer server = SandboxServer.start(TestSandbox.options())) {
      assertThatThrownBy(
              () -> SandboxServer.start(TestSandbox.options().withPort(server.uri().getPort())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + server.uri().getPort());
    }
  }

  @Test
  void theKeyIsInNoText() {
    assertThat(TestSandbox.options().withApiKey("s3cret").toString()).doesNotContain("s3cret");
  }

  private interface Numbered {
    int run(int number) throws Exception;
  }

  private static List<Integer> race(int runners, Numbered work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(runners);
    try (ExecutorService threads = Executors.newFixedThreadPool(runners)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < runners; i++) {
        int number = i;
        tasks.add(
            () -> {
              start.await();
              return work.run(number);
            });
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> done : threads.invokeAll(tasks)) {
        results.add(done.get());
      }
      return results;
    }
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  }

  private static HttpResponse<String> send(
      HttpClient client, SandboxServer server, String method, String path, String body)
      throws IOException, InterruptedException {
    URI uri = server.uri().resolve(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer sandbox")
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (method.equals("PUT") && path.startsWith("plans")) {
      request.header("If-None-Match", "*");
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
