package dev.planwright.emulator.schematic;

import static dev.planwright.emulator.schematic.Store.Kind.ENVIRONMENTS;
import static dev.planwright.emulator.schematic.Store.Kind.KEYS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.util.List;
import java.util.Map;

/** The account, its environments and their keys. */
final class Account {
  static final String ID = "acct_planwrighttest";
  static final String NAME = "Test account";
  private static final Map<String, String> PREFIXES =
      Map.of("development", "sch_dev_", "staging", "sch_stag_", "production", "sch_prod_");

  private final Store store;
  private final Paging paging;

  Account(Store store, Paging paging) {
    this.store = store;
    this.paging = paging;
  }

  void addTo(Router router) {
    router.add("GET", "/whoami", this::whoAmI);
    router.add("GET", "/environments", this::environments);
    router.add(
        "GET", "/environments/{environment_id}", call -> call.ok(Store.shown(environment(call))));
  }

  String addEnvironment(String type) {
    if (!PREFIXES.containsKey(type)) {
      throw new IllegalArgumentException("no type of environment: " + type);
    }
    ObjectNode columns = Store.object().put("environment_type", type).put("name", type);
    return Store.text(store.insert(ENVIRONMENTS, columns), "id");
  }

  /** Gives the secret. */
  String addKey(String environment, boolean readOnly) {
    String type = Store.text(row(environment), "environment_type");
    String secret = PREFIXES.get(type) + store.newUuid().toString().replace("-", "");
    ObjectNode columns =
        Store.object()
            .put("environment_id", environment)
            .put("name", "key")
            .put("readonly", readOnly)
            .put("_secret", secret);
    ArrayNode scopes = columns.putArray("scopes").add("read");
    if (!readOnly) {
      scopes.add("write");
    }
    store.insert(KEYS, columns);
    return secret;
  }

  void revoke(String secret) {
    store
        .where(KEYS, key -> Store.is(key, "_secret", secret))
        .forEach(key -> store.remove(KEYS, Store.text(key, "id")));
  }

  /** The key's row; the call ends with a 401 without one. */
  ObjectNode authenticate(EmulatorRequest request) {
    String secret = request.header("x-schematic-api-key").orElse("");
    return store.where(KEYS, key -> Store.is(key, "_secret", secret)).stream()
        .findFirst()
        .orElseThrow(() -> Refusal.of(401, "the API key is not valid"));
  }

  ObjectNode environmentView(String id) {
    return Store.shown(row(id));
  }

  ObjectNode keyView(String id) {
    return store
        .find(KEYS, id)
        .map(Store::shown)
        .orElseThrow(() -> new IllegalArgumentException("no key " + id));
  }

  private ObjectNode row(String id) {
    return store
        .find(ENVIRONMENTS, id)
        .orElseThrow(() -> new IllegalArgumentException("no environment " + id));
  }

  private ObjectNode environment(Call call) {
    return store
        .find(ENVIRONMENTS, call.path("environment_id"))
        .orElseThrow(() -> Refusal.missing("environment"));
  }

  private EmulatorResponse environments(Call call) {
    List<String> ids = call.several("ids");
    return paging.page(
        call,
        store.where(ENVIRONMENTS, it -> ids.isEmpty() || ids.contains(Store.text(it, "id"))),
        Store::shown);
  }

  private EmulatorResponse whoAmI(Call call) {
    ObjectNode who =
        Store.object()
            .put("account_id", ID)
            .put("account_name", NAME)
            .put("actor_type", "api_key")
            .put("api_key_id", Store.text(call.key(), "id"))
            .put("environment_id", call.environment())
            .put("onboarding_complete", true);
    ArrayNode environments = who.putArray("environments");
    store.all(ENVIRONMENTS).forEach(it -> environments.add(Store.shown(it)));
    return call.ok(who);
  }
}
