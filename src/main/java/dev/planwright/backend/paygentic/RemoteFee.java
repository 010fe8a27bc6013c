package dev.planwright.backend.paygentic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.MarkLine;
import dev.planwright.catalog.Identity;
import java.time.Instant;
import java.util.Optional;

/** A fee: what a flat price is a price of. */
record RemoteFee(String id, String productId, String name, String description, Instant created) {
  static RemoteFee parse(JsonNode node) {
    return new RemoteFee(
        Wire.required(node, "id"),
        Wire.text(node, "productId"),
        Wire.text(node, "name"),
        Wire.text(node, "description"),
        Wire.time(node, "createdAt"));
  }

  Optional<MarkLine> mark() {
    return MarkLine.split(description).mark();
  }

  /** Whether it bears the mark of a Price of this plan. */
  boolean isOf(Identity identity) {
    return mark()
        .filter(it -> it.identity().equals(identity) && !Marks.price(it).isEmpty())
        .isPresent();
  }

  /** The Price that the mark names; {@code ""} without one. */
  String price() {
    return mark().map(Marks::price).orElse("");
  }
}
