package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.Identity;
import java.util.Optional;

/**
 * Our mark in a price's metadata: written with the price, and never again (NodeRails:
 * immutability).
 *
 * @param revision tells an old price that is kept for its subscribers from its successor; from 1
 */
record PriceMark(Identity identity, String price, int revision) {
  private static final String PRICE = PlanMark.PREFIX + "price";
  private static final String REVISION = PlanMark.PREFIX + "revision";

  /** The mark that metadata bears, if it bears a whole one. */
  static Optional<PriceMark> in(JsonNode metadata) {
    JsonNode price = metadata.path(PRICE);
    String revision = metadata.path(REVISION).asText("");
    return PlanMark.identity(metadata)
        .filter(it -> price.isTextual() && revision.matches("[1-9][0-9]{0,8}"))
        .map(it -> new PriceMark(it, price.textValue(), Integer.parseInt(revision)));
  }

  ObjectNode metadata() {
    return NodeRailsCalls.object()
        .put(PlanMark.OWNER, identity.ownerId())
        .put(PlanMark.KEY, identity.key())
        .put(PRICE, price)
        .put(REVISION, Integer.toString(revision));
  }

  /** What its creation is journaled as. */
  String intent() {
    return intent(price, revision);
  }

  static String intent(String price, int revision) {
    return "price:" + price + "#" + revision;
  }
}
