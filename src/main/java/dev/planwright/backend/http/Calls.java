package dev.planwright.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.ApiRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The calls of the protocol. */
final class Calls {
  static final int PAGE = 100;

  private Calls() {}

  static ApiRequest probe() {
    return ApiRequest.get("account.get", "/");
  }

  static ApiRequest plan(String key) {
    return ApiRequest.get("plans.get", path(key));
  }

  static ApiRequest planById(String id) {
    return ApiRequest.get("plans.find", "/plans?id=" + encode(id));
  }

  /** A page of {@code plans}, {@code metrics}, ...; of one owner's where a query says so. */
  static ApiRequest page(String what, String query, Optional<String> after) {
    String next = after.map(token -> "&after=" + encode(token)).orElse("");
    return ApiRequest.get(what + ".list", "/" + what + "?" + query + "limit=" + PAGE + next);
  }

  static ApiRequest create(String key, ObjectNode body) {
    return ApiRequest.of("plans.create", "PUT", path(key) + "?existingSubscribers=keep", body)
        .withHeader("If-None-Match", "*");
  }

  static ApiRequest replace(RemotePlan remote, boolean migrate, JsonNode body) {
    String query = "?existingSubscribers=" + (migrate ? "migrate" : "keep");
    return ApiRequest.of("plans.replace", "PUT", path(remote.key()) + query, body)
        .withHeader("If-Match", remote.etag());
  }

  static ApiRequest archive(RemotePlan remote) {
    return ApiRequest.of("plans.archive", "POST", path(remote.key()) + "/archive" + acting(remote))
        .withHeader("If-Match", remote.etag());
  }

  static ApiRequest delete(RemotePlan remote) {
    return ApiRequest.of("plans.delete", "DELETE", path(remote.key()) + acting(remote))
        .withHeader("If-Match", remote.etag());
  }

  private static String acting(RemotePlan remote) {
    return remote.owner().map(owner -> "?owner=" + encode(owner)).orElse("");
  }

  private static String path(String key) {
    return "/plans/" + encode(key);
  }

  /** Percent-encoding as paths and queries both understand it: a blank is {@code %20}. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
