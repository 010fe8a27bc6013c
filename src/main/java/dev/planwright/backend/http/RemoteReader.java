package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.backend.BackendException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a plan as the server answers it. */
final class RemoteReader {
  private RemoteReader() {}

  /**
   * @throws BackendException of kind NONSENSE when it lacks what tells it from any other plan and
   *     version: without that, nothing may be written
   */
  static RemotePlan read(JsonNode node, References references) {
    String id = required(node, "id");
    String key = required(node, "key");
    String etag = required(node, "etag");
    ContentReader.Read read = ContentReader.read(node, references);
    JsonNode subscribers = node.path("subscribers");
    return new RemotePlan(
        id,
        key,
        Optional.ofNullable(node.path("owner").textValue()),
        node.path("version").asLong(),
        etag,
        subscribers.canConvertToLong() && subscribers.isIntegralNumber()
            ? OptionalLong.of(subscribers.asLong())
            : OptionalLong.empty(),
        Optional.ofNullable(node.path("product").textValue()),
        read.content(),
        read.priceIds(),
        read.unknown());
  }

  private static String required(JsonNode node, String field) {
    String value = node.path(field).asText("");
    if (value.isEmpty() || !node.path("prices").isArray()) {
      throw new BackendException(
          BackendException.Kind.NONSENSE,
          "the server answered a plan without \"" + (value.isEmpty() ? field : "prices") + "\"");
    }
    return value;
  }
}
