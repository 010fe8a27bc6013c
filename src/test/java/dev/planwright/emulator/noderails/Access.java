package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.APPS;
import static dev.planwright.emulator.noderails.Store.Kind.KEYS;
import static dev.planwright.emulator.noderails.Store.Kind.MERCHANTS;
import static dev.planwright.emulator.noderails.Store.Kind.PLANS;
import static dev.planwright.emulator.noderails.Store.Kind.TAX_RATES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.noderails.Call.Caller;
import java.util.List;

/** Who calls and what they may touch: a key opens its merchant, whatever environment it names. */
final class Access {
  private final Store store;

  Access(Store store) {
    this.store = store;
  }

  /** 401 for everything but a known secret key. A Bearer token wins over the key, and is no key. */
  Caller caller(EmulatorRequest request) {
    if (request.header("authorization").orElse("").startsWith("Bearer ")) {
      throw Refusal.unauthenticated("Invalid or expired token");
    }
    String text = request.header("x-api-key").orElse("");
    return store.where(KEYS, "key", text).stream()
        .filter(key -> !text.isEmpty() && text.contains("_sk_"))
        .map(key -> new Caller(Store.text(key, "merchantId"), Store.text(key, "environment")))
        .findFirst()
        .orElseThrow(() -> Refusal.unauthenticated("Invalid API key"));
  }

  /** A suspended merchant still reads. */
  void refuseSuspended(Caller caller, String method) {
    boolean suspended =
        store.find(MERCHANTS, caller.merchant()).stream()
            .anyMatch(merchant -> merchant.path("suspended").asBoolean());
    if (suspended && !method.equals("GET")) {
      throw Refusal.forbidden("Merchant account is suspended");
    }
  }

  /** The app of that id: 404 when unknown, 403 when it is out of reach. */
  ObjectNode app(Caller caller, String id) {
    ObjectNode app = store.find(APPS, id).orElseThrow(() -> Refusal.notFound("App"));
    if (!reaches(caller, app)) {
      throw Refusal.forbidden("App belongs to another merchant");
    }
    return app;
  }

  /** The plan that the path's second segment names. */
  ObjectNode plan(Call call) {
    refuseMalformed(call.segment(1));
    ObjectNode plan =
        store.find(PLANS, call.segment(1)).orElseThrow(() -> Refusal.notFound("Product plan"));
    app(call.caller(), Store.text(plan, "appId"));
    return plan;
  }

  /** A tax rate by its id, archived or not. */
  ObjectNode taxRate(Caller caller, String id) {
    refuseMalformed(id);
    ObjectNode rate = store.find(TAX_RATES, id).orElseThrow(() -> Refusal.notFound("Tax rate"));
    if (!Store.text(rate, "merchantId").equals(caller.merchant())) {
      throw Refusal.forbidden("Tax rate belongs to another merchant");
    }
    return rate;
  }

  /** Ids of the apps that a listing looks at. */
  List<String> appsInReach(Caller caller) {
    return store.where(APPS, app -> reaches(caller, app)).stream()
        .map(app -> Store.text(app, "id"))
        .toList();
  }

  void refuseMalformed(String id) {
    if (store.on(Switch.MALFORMED_IDS_ARE_INVALID) && !Body.isUuid(id)) {
      throw Refusal.invalid("Invalid id");
    }
  }

  private boolean reaches(Caller caller, ObjectNode app) {
    return Store.text(app, "merchantId").equals(caller.merchant())
        && (!store.on(Switch.KEYS_ARE_BOUND_TO_THEIR_ENVIRONMENT)
            || Store.text(app, "environment").equals(caller.environment()));
  }
}
