package dev.planwright.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.paygentic.PaygenticControls;
import dev.planwright.emulator.paygentic.PaygenticEmulator;
import dev.planwright.emulator.paygentic.PaygenticMaker;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Paygentic: a new version reprices everybody; nothing is archived or deleted. */
final class PaygenticVendor implements Vendor {
  private final PaygenticEmulator emulator;
  private final PaygenticMaker.Access access;
  private final String product;
  private final String payments;

  PaygenticVendor(Clock clock) {
    emulator =
        new PaygenticEmulator(
            clock, PaygenticEmulator::numberedId, PaygenticEmulator.Environment.SANDBOX);
    PaygenticMaker make = emulator.controls().make();
    access = make.merchant("Acme", "USD", "EUR");
    product = make.product(access.merchantId(), "Main");
    make.metric(product, "api-calls", "SUM");
    payments = make.metric(product, "payments in cents", "SUM");
    make.feature(product, "api-calls", "metered");
  }

  @Override
  public String name() {
    return "paygentic";
  }

  @Override
  public String key() {
    return access.key();
  }

  @Override
  public String fitted(String manifest, String url) {
    return manifest
        .replace("    paygentic:\n", "    paygentic:\n      url: " + url + "\n")
        .replace("org_0123456789abcdef", access.merchantId())
        .replace("prod_0123456789abcdef", product)
        .replace("bm_0123456789abcdef", payments);
  }

  @Override
  public Set<String> portable() {
    return Set.of("flat", "usage");
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
    return emulator.controls().addSubscriber(plan);
  }

  @Override
  public BigDecimal pays(String subscriber) {
    return emulator.subscriberPays(subscriber, Map.of()).recurring();
  }

  @Override
  public BigDecimal newcomerPays(String plan) {
    return emulator.newSubscriberPays(plan, Map.of()).recurring();
  }

  /** The running period is billed as it began. */
  @Override
  public void nextPeriod(String subscriber) {
    emulator.controls().nextPeriod(subscriber);
  }

  @Override
  public boolean keepsOldAmounts() {
    return false;
  }

  @Override
  public void tamper(String plan, String amount) {
    ObjectNode unitPrice = JsonNodeFactory.instance.objectNode().put("unitPrice", amount);
    String price = emulator.controls().listedPrices(plan).getFirst();
    emulator.controls().editPrice(price, "properties", unitPrice);
  }

  @Override
  public void unmark(String plan) {
    PaygenticControls controls = emulator.controls();
    for (ObjectNode row : controls.plans()) {
      if (row.path("id").asText().equals(plan)) {
        String text = row.path("description").asText();
        controls.editPlan(plan, "description", unmarked(text));
        String mark = text.substring(text.lastIndexOf("planwright: ")).strip();
        controls.fees().stream()
            .filter(fee -> fee.path("description").asText().contains(mark))
            .forEach(
                fee ->
                    controls.editFee(
                        fee.path("id").asText(),
                        "description",
                        unmarked(fee.path("description").asText())));
      }
    }
  }

  private static TextNode unmarked(String text) {
    return TextNode.valueOf(text.substring(0, text.lastIndexOf("planwright: ")).stripTrailing());
  }

  @Override
  public Fate fate(String plan) {
    return emulator.controls().plans().stream()
            .filter(it -> !it.path("deletedAt").isTextual())
            .anyMatch(it -> it.path("id").asText().equals(plan))
        ? Fate.ON_SALE
        : Fate.GONE;
  }

  /**
   * The plan, after fee and price: what the journal names and was perhaps never sent is waited for,
   * for 90 seconds. That is gone through where time is not real.
   */
  @Override
  public int firstWriteHeld() {
    return 3;
  }

  @Override
  public Map<String, Fate> deletions() {
    return Map.of();
  }
}
