package dev.planwright.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.BxbEmulator;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** bxb: one amount for everybody, and no archive. */
final class BxbVendor implements Vendor {
  private final BxbEmulator emulator;
  private final String key;
  private final Map<String, String> planOf = new HashMap<>();

  BxbVendor(Clock clock) {
    emulator = new BxbEmulator(clock, BxbEmulator::numberedId, 1);
    key = emulator.controls().addKey(BxbEmulator.DEFAULT_ORGANIZATION);
    for (String metric : List.of("api_calls", "api-calls", "storage_gb", "sms")) {
      make(
          "/v1/billable_metrics/",
          "{\"code\":\"%s\",\"name\":\"%s\",\"aggregation_type\":\"sum\",\"field_name\":\"n\"}"
              .formatted(metric, metric));
    }
    make("/v1/features/", "{\"code\":\"sso\",\"name\":\"SSO\",\"feature_type\":\"boolean\"}");
    make("/v1/features/", "{\"code\":\"seats\",\"name\":\"Seats\",\"feature_type\":\"quantity\"}");
  }

  @Override
  public String name() {
    return "bxb";
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String fitted(String manifest, String url) {
    return manifest.replace("http://bxb.billing.svc:8000", url);
  }

  @Override
  public EmulatorResponse handle(EmulatorRequest request) {
    return emulator.handle(request);
  }

  @Override
  public long plans() {
    return emulator.controls().counts().plans();
  }

  @Override
  public long writes() {
    return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
  }

  @Override
  public String subscribe(String plan) {
    String subscriber = emulator.controls().addSubscription(plan, "active");
    planOf.put(subscriber, plan);
    return subscriber;
  }

  /** An invoice is computed from the plan as it is. */
  @Override
  public BigDecimal pays(String subscriber) {
    return newcomerPays(planOf.getOrDefault(subscriber, ""));
  }

  @Override
  public BigDecimal newcomerPays(String plan) {
    return emulator.invoiceCents(plan, Map.of()).movePointLeft(2);
  }

  @Override
  public boolean keepsOldAmounts() {
    return false;
  }

  @Override
  public void tamper(String plan, String amount) {
    JsonNode cents = IntNode.valueOf(new BigDecimal(amount).movePointRight(2).intValueExact());
    emulator.controls().editPlan(plan, "amount_cents", cents);
  }

  @Override
  public void unmark(String plan) {
    String marked = plan(plan).orElseThrow().path("description").asText();
    String text = marked.substring(0, marked.lastIndexOf("planwright: ")).stripTrailing();
    emulator.controls().editPlan(plan, "description", TextNode.valueOf(text));
  }

  @Override
  public Fate fate(String plan) {
    return plan(plan).isPresent() ? Fate.ON_SALE : Fate.GONE;
  }

  private Optional<ObjectNode> plan(String id) {
    return emulator.controls().plans().stream()
        .filter(it -> it.path("id").asText().equals(id))
        .findFirst();
  }

  @Override
  public Map<String, Fate> deletions() {
    return Map.of("Delete", Fate.GONE);
  }

  private void make(String target, String body) {
    EmulatorResponse response =
        emulator.handle(
            EmulatorRequest.of(
                "POST",
                target,
                Map.of("authorization", "Bearer " + key, "content-type", "application/json"),
                body));
    if (response.status() >= 300) {
      throw new IllegalStateException(target + ": " + response.text());
    }
  }
}
