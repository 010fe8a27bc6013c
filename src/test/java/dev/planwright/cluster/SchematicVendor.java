package dev.planwright.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.SchematicControls;
import dev.planwright.emulator.schematic.SchematicEmulator;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;

/** Schematic: neither key nor mark; companies keep the version that they bought. */
final class SchematicVendor implements Vendor {
  private static final String USD = "usd";

  private final SchematicEmulator emulator;
  private final String key;

  SchematicVendor(Clock clock) {
    emulator = new SchematicEmulator(clock);
    key = controls().addKey(controls().environment());
    controls().addFeature("projects", "trait");
    controls().addFeature("api-calls", "event");
    controls().addFeature("seats", "license");
    controls().addFeature("seats used", "trait");
    controls().addFeature("sso", "boolean");
  }

  @Override
  public String name() {
    return "schematic";
  }

  @Override
  public String key() {
    return key;
  }

  /** What the portable example calls seats is counted; in the example of Schematic it is bought. */
  @Override
  public String fitted(String manifest, String url) {
    return manifest
        .replace("https://api.schematichq.com", url)
        .replace(
            "  provider:\n    schematic:",
            "  aliases: {features: {seats: {id: seats used}}}\n  provider:\n    schematic:");
  }

  @Override
  public EmulatorResponse handle(EmulatorRequest request) {
    return emulator.handle(request);
  }

  @Override
  public long plans() {
    return controls().counts().plans();
  }

  @Override
  public long writes() {
    return emulator.exchanges().stream().filter(it -> !it.method().equals("GET")).count();
  }

  @Override
  public String subscribe(String plan) {
    return controls().subscribe(plan, controls().environment(), USD, Cadence.MONTHLY);
  }

  @Override
  public BigDecimal pays(String subscriber) {
    return controls().bill(subscriber, Map.of()).total().movePointLeft(2);
  }

  @Override
  public BigDecimal newcomerPays(String plan) {
    String version = plan(plan).path("active_version").path("id").asText();
    return controls().quote(version, USD, Cadence.MONTHLY, Map.of()).total().movePointLeft(2);
  }

  @Override
  public boolean keepsOldAmounts() {
    return false;
  }

  @Override
  public void tamper(String plan, String amount) {
    long cents = new BigDecimal(amount).movePointRight(2).longValueExact();
    controls().editPrice(plan, controls().environment(), USD, Cadence.MONTHLY, cents);
  }

  /** There is none. */
  @Override
  public void unmark(String plan) {}

  @Override
  public Fate fate(String plan) {
    return controls().plans(controls().environment()).stream()
            .anyMatch(it -> it.path("id").asText().equals(plan))
        ? Fate.ON_SALE
        : Fate.GONE;
  }

  @Override
  public boolean isKnownByIdOnly() {
    return true;
  }

  @Override
  public Map<String, Fate> deletions() {
    return Map.of("Delete", Fate.GONE);
  }

  @Override
  public void tidy(String plan) {
    if (fate(plan) == Fate.ON_SALE) {
      controls().deletePlan(plan);
    }
  }

  private ObjectNode plan(String id) {
    return controls().plans(controls().environment()).stream()
        .filter(it -> it.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private SchematicControls controls() {
    return emulator.controls();
  }
}
