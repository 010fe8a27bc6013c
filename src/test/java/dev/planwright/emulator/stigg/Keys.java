package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.KEYS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Keys of one environment: what each may do, and until when an old one is good. */
final class Keys {
  private final StiggState state;

  Keys(StiggState state) {
    this.state = state;
  }

  String add(StiggControls.Scope scope) {
    String prefix = scope == StiggControls.Scope.CLIENT ? "client-" : "server-";
    String key = prefix + StiggState.uuid(state.next());
    state.put(KEYS, key, StiggState.object().put("scope", scope.name()).put("until", "+999999999"));
    return key;
  }

  /** Gives a new key of the same scope; the old one dies after the grace. */
  String rotate(String old, Duration grace) {
    ObjectNode row =
        state.find(KEYS, old).orElseThrow(() -> new IllegalArgumentException("no such key"));
    String scope = row.path("scope").textValue();
    row.put("until", state.instant().plus(grace).toString());
    return add(StiggControls.Scope.valueOf(scope));
  }

  void revoke(String key) {
    state.remove(KEYS, key);
  }

  /** Refuses who may not; the environment header is ignored with an API key. */
  void check(EmulatorRequest request) {
    String key = request.header("x-api-key").orElse("");
    ObjectNode row = state.find(KEYS, key).orElseThrow(this::unauthenticated);
    String until = row.path("until").textValue();
    if (!until.startsWith("+") && !state.instant().isBefore(Instant.parse(until))) {
      throw unauthenticated();
    }
    boolean writes = !request.method().equals("GET");
    if (writes && !row.path("scope").textValue().equals(StiggControls.Scope.FULL.name())) {
      throw Refusal.of(403, "IdentityForbidden", "this API key may only read");
    }
    if (writes && state.behaviour().hasNonNull("forbidden")) {
      String code = state.behaviour().path("forbidden").textValue();
      throw Refusal.of(403, code, "forbidden: " + code.toLowerCase(Locale.ROOT));
    }
  }

  private Refusal unauthenticated() {
    String message = "Unauthenticated";
    if (state.is(StiggSwitch.PLAIN_401)) {
      return Refusal.of(401, "Unauthenticated", message);
    }
    ObjectNode body = StiggState.object();
    body.putObject("error").put("code", "Unauthenticated").put("message", message);
    return Refusal.with(401, body);
  }
}
