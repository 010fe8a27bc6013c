package dev.planwright.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.sandbox.SandboxHandler;
import dev.planwright.sandbox.SandboxOptions;
import dev.planwright.sandbox.SandboxRequest;
import dev.planwright.sandbox.SandboxResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open protocol, spoken by its reference server. */
final class HttpVendor implements Vendor {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SandboxHandler handler;
  private final Map<String, String> planOf = new HashMap<>();

  HttpVendor(Clock clock) {
    handler = SandboxHandler.create(SandboxOptions.inMemory().withClock(clock));
    for (String metric : List.of("api-calls", "sms", "storage-gb", "traffic-gb")) {
      control("PUT", "/sandbox/metrics/" + metric, "{\"aggregation\":\"Sum\"}");
    }
    control("PUT", "/sandbox/metrics/payments", "{\"aggregation\":\"Sum\",\"unit\":\"Major\"}");
    for (String feature : List.of("sso", "seats", "projects", "support", "audit-log", "exports")) {
      control("PUT", "/sandbox/features/" + feature, "{}");
    }
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String examples() {
    return "quickstart";
  }

  @Override
  public String secret() {
    return "sandbox-api";
  }

  @Override
  public String key() {
    return "sandbox";
  }

  @Override
  public String fitted(String manifest, String url) {
    return manifest.replace("http://127.0.0.1:8080/", url);
  }

  @Override
  public EmulatorResponse handle(EmulatorRequest request) {
    SandboxResponse response =
        handler.handle(
            new SandboxRequest(
                request.method(), request.target(), request.headers(), request.body()));
    return new EmulatorResponse(response.status(), response.headers(), response.body());
  }

  @Override
  public long plans() {
    return handler.counts().plans();
  }

  @Override
  public long writes() {
    return handler.counts().writes();
  }

  @Override
  public String subscribe(String plan) {
    String subscriber =
        control("POST", "/sandbox/plans/" + keyOf(plan) + "/subscribers", "{\"count\":1}")
            .path("id")
            .asText();
    planOf.put(subscriber, plan);
    return subscriber;
  }

  @Override
  public BigDecimal pays(String subscriber) {
    return quote(planOf.getOrDefault(subscriber, ""), "{\"subscriber\":\"" + subscriber + "\"}");
  }

  @Override
  public BigDecimal newcomerPays(String plan) {
    return quote(plan, "{}");
  }

  private BigDecimal quote(String plan, String of) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row :
        control("POST", "/sandbox/plans/" + keyOf(plan) + "/quote", of).path("prices")) {
      sum = sum.add(new BigDecimal(row.path("amount").asText()));
    }
    return sum;
  }

  @Override
  public boolean keepsOldAmounts() {
    return true;
  }

  @Override
  public void tamper(String plan, String amount) {
    String price = plan(plan).path("prices").path(0).path("name").asText();
    control(
        "PATCH",
        "/sandbox/plans/" + keyOf(plan),
        "{\"prices\":{\"%s\":{\"flat\":{\"amount\":\"%s\"}}}}".formatted(price, amount));
  }

  @Override
  public void unmark(String plan) {
    control("PATCH", "/sandbox/plans/" + keyOf(plan), "{\"owner\":null}");
  }

  @Override
  public Fate fate(String plan) {
    JsonNode found = plan(plan);
    return found.isMissingNode()
        ? Fate.GONE
        : found.path("lifecycle").asText("Active").equals("Archived")
            ? Fate.ARCHIVED
            : Fate.ON_SALE;
  }

  @Override
  public Map<String, Fate> deletions() {
    return Map.of("Archive", Fate.ARCHIVED, "Delete", Fate.GONE);
  }

  private String keyOf(String plan) {
    return plan(plan).path("key").asText();
  }

  private JsonNode plan(String id) {
    for (JsonNode plan : control("GET", "/plans?limit=100", "").path("plans")) {
      if (plan.path("id").asText().equals(id)) {
        return plan;
      }
    }
    return JSON.missingNode();
  }

  private JsonNode control(String method, String target, String body) {
    SandboxResponse response =
        handler.handle(
            new SandboxRequest(
                method,
                target,
                Map.of("authorization", "Bearer sandbox", "content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8)));
    if (response.status() >= 300) {
      throw new IllegalStateException(method + " " + target + ": " + response.text());
    }
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
