package dev.planwright.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.noderails.NodeRailsEmulator;
import dev.planwright.emulator.noderails.Renewal;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** NodeRails: an old price stays for those who renew on it; nothing is ever deleted. */
final class NodeRailsVendor implements Vendor {
  private final NodeRailsEmulator emulator;

  NodeRailsVendor(Clock clock) {
    emulator = new NodeRailsEmulator(clock, NodeRailsEmulator::numberedId, 1);
    emulator.controls().makeTaxRate(NodeRailsEmulator.MERCHANT, "VAT", new BigDecimal("20"), false);
  }

  @Override
  public String name() {
    return "noderails";
  }

  @Override
  public String key() {
    return NodeRailsEmulator.TEST_KEY;
  }

  @Override
  public String fitted(String manifest, String url) {
    return manifest
        .replace("https://api.noderails.com", url)
        .replace("00000000-0000-4000-8000-000000000001", NodeRailsEmulator.TEST_APP);
  }

  @Override
  public Set<String> portable() {
    return Set.of("flat");
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
    return emulator.controls().addSubscription(offered(plan), "ACTIVE");
  }

  @Override
  public BigDecimal pays(String subscriber) {
    return switch (emulator.subscriberPays(subscriber)) {
      case Renewal.Charged charged -> charged.charge().amount();
      case Renewal.Failed failed -> throw new AssertionError("the renewal fails: " + failed);
      case Renewal.NotDue notDue -> throw new AssertionError("nothing is charged: " + notDue);
    };
  }

  @Override
  public BigDecimal newcomerPays(String plan) {
    return emulator.newSubscriberPays(offered(plan)).amount();
  }

  /** The default price, as a shop would offer it. */
  private String offered(String plan) {
    return text(
        emulator.controls().prices(plan).stream()
            .filter(it -> it.path("isActive").booleanValue())
            .max(Comparator.comparing((ObjectNode it) -> it.path("isDefault").booleanValue()))
            .orElseThrow(),
        "id");
  }

  @Override
  public boolean keepsOldAmounts() {
    return true;
  }

  @Override
  public void tamper(String plan, String amount) {
    emulator.controls().editPrice(offered(plan), "amount", TextNode.valueOf(amount));
  }

  @Override
  public void unmark(String plan) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    emulator
        .controls()
        .prices(plan)
        .forEach(it -> emulator.controls().editPrice(text(it, "id"), "metadata", none));
    emulator.controls().editPlan(plan, "metadata", none);
  }

  @Override
  public Fate fate(String plan) {
    List<ObjectNode> plans = emulator.controls().plans();
    Optional<ObjectNode> found =
        plans.stream().filter(it -> text(it, "id").equals(plan)).findFirst();
    return found
        .map(it -> it.path("isActive").booleanValue() ? Fate.ON_SALE : Fate.ARCHIVED)
        .orElse(Fate.GONE);
  }

  @Override
  public Map<String, Fate> deletions() {
    return Map.of("Archive", Fate.ARCHIVED);
  }

  private static String text(ObjectNode row, String field) {
    return row.path(field).asText();
  }
}
