package dev.planwright.cluster;

import static dev.planwright.emulator.stigg.StiggConsole.Which.PUBLISHED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggEmulator;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Stigg: versions, which subscribers stay on; archived and never deleted. */
final class StiggVendor implements Vendor {
  private static final String USD = "usd";

  private final StiggEmulator emulator;

  StiggVendor(Clock clock) {
    emulator = new StiggEmulator(clock);
    emulator.console().product("product-main");
    for (String feature : List.of("feature-api-calls", "feature-seats")) {
      emulator.console().feature(feature, "NUMBER", "INCREMENTAL");
    }
    emulator.console().feature("feature-sso", "BOOLEAN", "None");
    emulator.console().currency("tokens");
    emulator.controls().publishAtOnce(); // waiting for a publish is shown where it is killed
  }

  @Override
  public String name() {
    return "stigg";
  }

  @Override
  public String key() {
    return emulator.key();
  }

  @Override
  public String fitted(String manifest, String url) {
    return manifest.replace("https://api.stigg.io", url);
  }

  @Override
  public EmulatorResponse handle(EmulatorRequest request) {
    return emulator.handle(request);
  }

  @Override
  public long plans() {
    var counts = emulator.controls().counts();
    return (long) counts.plans() + counts.addons();
  }

  @Override
  public long writes() {
    return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
  }

  @Override
  public String subscribe(String plan) {
    return emulator.console().subscribe(plan);
  }

  @Override
  public BigDecimal pays(String subscriber) {
    return emulator.billOf(subscriber, Purchase.monthly()).getOrDefault(USD, BigDecimal.ZERO);
  }

  @Override
  public BigDecimal newcomerPays(String plan) {
    return emulator.bill(plan, Purchase.monthly()).getOrDefault(USD, BigDecimal.ZERO);
  }

  /** Prices reach a subscription when somebody migrates it. */
  @Override
  public void move(String subscriber) {
    emulator.console().migrate(subscriber);
  }

  @Override
  public boolean keepsOldAmounts() {
    return true;
  }

  @Override
  public void tamper(String plan, String amount) {
    emulator.console().editAmount(plan, PUBLISHED, 0, amount);
  }

  @Override
  public void unmark(String plan) {
    emulator.console().metadata(plan, Map.of());
  }

  @Override
  public Fate fate(String plan) {
    ObjectNode state = emulator.controls().state();
    JsonNode found = state.path("plans").path(plan);
    JsonNode either = found.isMissingNode() ? state.path("addons").path(plan) : found;
    return either.isMissingNode()
        ? Fate.GONE
        : either.path("archived").booleanValue() ? Fate.ARCHIVED : Fate.ON_SALE;
  }

  @Override
  public Map<String, Fate> deletions() {
    return Map.of("Archive", Fate.ARCHIVED);
  }
}
