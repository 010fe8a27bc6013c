package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.MarkLine;
import dev.planwright.catalog.Identity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as Paygentic shows it.
 *
 * @param invoiceName as shown; the plan's name when none is
 * @param taxRate percent
 * @param stableIds whether a replaced price keeps its id and changes its value
 * @param versionId of the default version, {@code ""} when it is not shown
 * @param deleted whether somebody deleted it in the dashboard
 * @param priceIds of the default version, in its order
 * @param shown those prices that the answer holds whole, by id: the documents show ids and whole
 *     prices
 * @param prices whole; empty until they were read
 */
record RemotePlan(
    String id,
    String merchantId,
    String productId,
    String name,
    String invoiceName,
    String description,
    String currency,
    String cadence,
    String taxCode,
    BigDecimal taxRate,
    String taxBehavior,
    int billingVersion,
    boolean stableIds,
    String versionId,
    boolean deleted,
    List<String> priceIds,
    Map<String, RemotePrice> shown,
    List<RemotePrice> prices) {
  static final String TAX_CODE = "eservice";
  static final String EXCLUSIVE = "exclusive";

  static RemotePlan parse(JsonNode node) {
    List<String> ids = new ArrayList<>();
    Map<String, RemotePrice> shown = new LinkedHashMap<>();
    for (JsonNode price : node.path("prices")) {
      if (price.isTextual()) {
        ids.add(price.textValue());
      } else {
        RemotePrice whole = RemotePrice.parse(price);
        ids.add(whole.id());
        if (price.has("properties")) {
          shown.put(whole.id(), whole);
        }
      }
    }
    String name = Wire.text(node, "name");
    String invoiceName = Wire.text(node, "invoiceDisplayName");
    String taxCode = Wire.text(node, "defaultTaxCode");
    String behavior = Wire.text(node, "taxBehavior");
    return new RemotePlan(
        Wire.required(node, "id"),
        Wire.text(node, "merchantId"),
        Wire.text(node, "productId"),
        name,
        invoiceName.isEmpty() ? name : invoiceName,
        Wire.text(node, "description"),
        Wire.text(node, "currency"),
        Words.cadence(Wire.text(node, "billingCadence"), Wire.text(node, "billingInterval")),
        taxCode.isEmpty() ? TAX_CODE : taxCode,
        Wire.decimal(node.path("defaultTaxRate")).orElse(BigDecimal.ZERO),
        behavior.isEmpty() ? EXCLUSIVE : behavior,
        node.path("billingVersion").asInt(1),
        node.path("stablePriceIds").asBoolean(true),
        Wire.text(node, "defaultVersionId"),
        node.path("deletedAt").isTextual(),
        List.copyOf(ids),
        shown,
        List.of());
  }

  /** The same with its prices. */
  RemotePlan with(List<RemotePrice> read) {
    return new RemotePlan(
        id,
        merchantId,
        productId,
        name,
        invoiceName,
        description,
        currency,
        cadence,
        taxCode,
        taxRate,
        taxBehavior,
        billingVersion,
        stableIds,
        versionId,
        deleted,
        priceIds,
        shown,
        List.copyOf(read));
  }

  Optional<MarkLine> mark() {
    return MarkLine.split(description).mark();
  }

  boolean isOf(Identity identity) {
    return mark().filter(it -> it.identity().equals(identity)).isPresent();
  }

  /** Whether somebody set a tax that is not what Paygentic sets by itself. */
  boolean hasTax() {
    return !taxCode.equals(TAX_CODE) || taxRate.signum() != 0 || !taxBehavior.equals(EXCLUSIVE);
  }

  /** Everything that a pending step could depend on; no times and no counts. */
  String fingerprint() {
    return Hash.of(
        String.join(
            "\n",
            id,
            productId,
            name,
            invoiceName,
            description,
            currency,
            cadence,
            taxCode,
            taxRate.toPlainString(),
            taxBehavior,
            priceIds.toString(),
            prices.stream().map(it -> it.id() + it.content(cadence)).sorted().toList().toString()));
  }
}
