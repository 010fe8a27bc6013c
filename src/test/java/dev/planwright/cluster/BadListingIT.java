package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.planwright.cluster.BadBackendIT.Nonsense;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listing that cannot be right ends as one, and nothing is concluded from what it lacks. */
class BadListingIT {
  private static final String KEY = "key-that-nobody-may-see";

  /** A page that stands for all pages, and what the comparison then says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"plans":[%s],"total":3,"next":"again"}            | a page brought nothing new
          {"plans":[%s],"total":3}                           | showed 1 of 3
          {"plans":[],"total":0}                             | shows none of 1 plans
          {"plans":[%s,%more],"total":1,"next":"%d"}         | more than the total
          {"plans":"all","total":1}                          | lacks "plans"
          """)
  void nothingIsConcludedFromIt(String page, String said) {
    AtomicInteger listings = new AtomicInteger();
    AtomicBoolean broken = new AtomicBoolean();
    try (LogLines log = new LogLines();
        Scene scene = new Scene("listing");
        Nonsense between =
            new Nonsense(
                exchange -> {
                  String target = exchange.getRequestURI().toString();
                  if (broken.get() && target.startsWith("/plans?") && target.contains("owner=")) {
                    int count = listings.incrementAndGet();
                    String entry = scene.stored("team").toString();
                    BadBackendIT.answer(
                        exchange,
                        200,
                        "application/json",
                        page.replace("%s", entry)
                            .replace("%more", others(entry, count))
                            .replace("%d", "p" + count));
                  } else {
                    pass(scene, exchange);
                  }
                })) {
      scene.applyBackend(KEY, Scene.http(between.url()), "drift: {policy: Revert, interval: 2s}");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "49.00", ""));
      scene.awaitReady("bplan/team");
      scene.eventually(
          "a sweep that is right",
          () -> assertThat(scene.get("bb/default", "{.status.lastSweep.plans}")).isEqualTo("1"));
      long writes = scene.counts().writes();

      broken.set(true);
      scene.eventually(
          "the comparison to be told as failed",
          () ->
              assertThat(scene.condition("bb/default", "Ready", "message"))
                  .contains("the last comparison failed", said));
      String last = scene.get("bb/default", "{.status.lastSweep.time}");
      int before = listings.get();
      scene.eventually("more sweeps", () -> assertThat(listings.get()).isGreaterThan(before + 1));
      assertThat(scene.condition("bb/default", "Ready", "status")).isEqualTo("True");
      assertThat(scene.condition("bplan/team", "Ready", "status")).isEqualTo("True");
      assertThat(scene.get("bb/default", "{.status.lastSweep.time}")).isEqualTo(last);
      assertThat(scene.get("bb/default", "{.status.unclaimed}")).isIn("", "[]");
      assertThat(scene.counts().writes()).isEqualTo(writes);
      assertThat(scene.counts().plans()).isEqualTo(1);
      // A sweep every two seconds, of a few pages each.
      assertThat(listings.get()).isLessThan(100);
      log.assertCalm(KEY);

      broken.set(false);
      scene.eventually(
          "a right listing to be believed again",
          () ->
              assertThat(scene.condition("bb/default", "Ready", "message"))
                  .doesNotContain("comparison failed"));
    }
  }

  /** The account's metrics, which a Plan needs: they are read before anything is written. */
  @Test
  void metricsThatNeverEndKeepThePlanUnwrittenWithoutAHotLoop() {
    AtomicInteger listings = new AtomicInteger();
    try (LogLines log = new LogLines();
        Scene scene = new Scene("metrics");
        Nonsense between =
            new Nonsense(
                exchange -> {
                  if (exchange.getRequestURI().toString().startsWith("/metrics")) {
                    listings.incrementAndGet();
                    BadBackendIT.answer(
                        exchange,
                        200,
                        "application/json",
                        "{\"metrics\":[{\"id\":\"m\",\"code\":\"m\"}],\"total\":2,\"next\":\"on\"}");
                  } else {
                    pass(scene, exchange);
                  }
                })) {
      scene.applyBackend(KEY, Scene.http(between.url()), "");
      scene.startOperator();
      scene.apply(PlanLifeIT.TEAM + "---\n" + PlanLifeIT.MONTHLY + "---\n" + PlanLifeIT.CALLS);
      scene.awaitCondition("bplan/team", "Synced", "False", "BackendUnavailable");
      assertThat(scene.condition("bplan/team", "Synced", "message")).contains("nothing new");
      scene.eventually("it to be tried again", () -> assertThat(listings.get()).isGreaterThan(4));
      assertThat(scene.counts().plans()).isZero();
      assertThat(listings.get()).isLessThan(30);
      log.assertCalm(KEY);
    }
  }

  /** As many plans more as half a page, each with an id of its own. */
  private static String others(String plan, int page) {
    return IntStream.range(0, 60)
        .mapToObj(i -> plan.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"p" + page + "." + i + "\""))
        .collect(Collectors.joining(","));
  }

  private static void pass(Scene scene, HttpExchange exchange) throws IOException {
    SandboxResponse response =
        scene
            .sandbox
            .handler()
            .handle(
                new SandboxRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers(exchange),
                    exchange.getRequestBody().readAllBytes()));
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(
        response.status(), response.body().length == 0 ? -1 : response.body().length);
    exchange.getResponseBody().write(response.body());
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new java.util.HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    // The sandbox knows one key; the test wants one that it can look for.
    assertThat(headers).containsEntry("authorization", "Bearer " + KEY);
    headers.put("authorization", "Bearer sandbox");
    return headers;
  }
}
