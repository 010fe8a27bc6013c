package dev.planwright.backend.noderails;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.catalog.Identity;
import java.util.List;
import java.util.Optional;

/**
 * Our mark in a price's metadata: written with the price, and never again (NodeRails:
 * immutability).
 *
 * @param revision tells an old price that is kept for its subscribers from its successor; from 1
 * @param agreed what it was made with: one, or none where the mark does not say
 */
record PriceMark(Identity identity, String price, int revision, List<Agreed> agreed) {
  private static final String PRICE = PlanMark.PREFIX + "price";
  private static final String REVISION = PlanMark.PREFIX + "revision";

  PriceMark {
    agreed = List.copyOf(agreed);
  }

  /** The mark that metadata bears, if it bears a whole one. */
  static Optional<PriceMark> in(JsonNode metadata) {
    JsonNode price = metadata.path(PRICE);
    String revision = metadata.path(REVISION).asText("");
    return PlanMark.identity(metadata)
        .filter(it -> price.isTextual() && revision.matches("[1-9][0-9]{0,8}"))
        .map(
            it ->
                new PriceMark(
                    it,
                    price.textValue(),
                    Integer.parseInt(revision),
                    Agreed.parseAll(metadata.path(PlanMark.AGREED).asText(""))));
  }

  ObjectNode metadata() {
    ObjectNode metadata =
        NodeRailsCalls.object()
            .put(PlanMark.OWNER, identity.ownerId())
            .put(PlanMark.KEY, identity.key())
            .put(PRICE, price)
            .put(REVISION, Integer.toString(revision));
    return agreed.isEmpty() ? metadata : metadata.put(PlanMark.AGREED, Agreed.text(agreed));
  }

  /** What its creation is journaled as. */
  String intent() {
    return intent(price, revision);
  }

  static String intent(String price, int revision) {
    return "price:" + price + "#" + revision;
  }
}
