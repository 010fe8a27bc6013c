package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGES;
import static dev.planwright.emulator.bxb.BxbState.Kind.COMMITMENTS;
import static dev.planwright.emulator.bxb.BxbState.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.bxb.BxbState.Kind.PLANS;
import static dev.planwright.emulator.bxb.BxbState.Kind.SUBSCRIPTIONS;
import static dev.planwright.emulator.bxb.BxbState.Kind.THRESHOLDS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.bxb.Fields.Need;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Plans, their counts of subscriptions, simulation and search. */
final class Plans {
  static final String MISSING = "Plan not found";
  private static final List<String> INTERVALS = List.of("weekly", "monthly", "quarterly", "yearly");
  private static final BigInteger INT4 = BigInteger.valueOf(Integer.MAX_VALUE);

  private final BxbState state;
  private final Charges charges;

  Plans(BxbState state, Charges charges) {
    this.state = state;
    this.charges = charges;
  }

  void addTo(Router router) {
    router.add("POST", "/v1/plans/", this::create);
    router.add("GET", "/v1/plans/", this::list);
    router.add("GET", "/v1/plans/subscription_counts", this::subscriptionCounts);
    router.add("GET", "/v1/plans/{plan_id}", call -> EmulatorResponse.json(200, view(find(call))));
    router.add("PUT", "/v1/plans/{plan_id}", this::update);
    router.add("DELETE", "/v1/plans/{plan_id}", this::delete);
    router.add("POST", "/v1/plans/{plan_id}/simulate", this::simulate);
    router.add("GET", "/v1/search/", this::search);
  }

  /** A plan as the API shows it: its charges in no defined order, never their filters. */
  ObjectNode view(Row plan) {
    ObjectNode view = BxbState.object();
    plan.body()
        .properties()
        .forEach(
            column -> {
              if (column.getKey().equals("created_at")) {
                ArrayNode shown = view.putArray("charges");
                state
                    .unordered(charges.of(plan.id()))
                    .forEach(charge -> shown.add(charge.body().deepCopy()));
              }
              view.set(column.getKey(), column.getValue());
            });
    return view;
  }

  private Row find(Call call) {
    return state.mine(PLANS, call.uuid("plan_id"), call.organization(), MISSING);
  }

  private EmulatorResponse create(Call call) {
    Fields body = call.body();
    String code = body.text("code", Need.REQUIRED, 1, 255);
    String name = body.text("name", Need.REQUIRED, 1, 255);
    String description = body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE);
    String interval = body.choice("interval", Need.REQUIRED, INTERVALS);
    BigInteger amount = body.integer("amount_cents", Need.OPTIONAL);
    String currency = body.text("currency", Need.OPTIONAL, 3, 3);
    BigInteger trial = body.integer("trial_period_days", Need.OPTIONAL);
    List<Charges.Input> inputs = charges.read(body, Need.OPTIONAL);
    body.check();
    boolean taken =
        state
            .of(PLANS)
            .any(
                p ->
                    p.organization().equals(call.organization())
                        && p.is("code", String.valueOf(code)));
    if (taken) {
      throw Refusal.of(409, "Plan with this code already exists");
    }
    charges.checkReferences(inputs);
    state.claimCode(PLANS, String.valueOf(code), call.organization(), "");
    refuseOverflow(amount);
    refuseOverflow(trial);
    charges.refuseWithoutDefaultOrganization(inputs);
    String now = state.now();
    ObjectNode columns =
        BxbState.object()
            .put("code", code)
            .put("name", name)
            .put("description", description)
            .put("interval", interval)
            .put("amount_cents", amount == null ? BigInteger.ZERO : amount)
            .put("currency", currency == null ? "USD" : currency)
            .put("trial_period_days", trial == null ? BigInteger.ZERO : trial);
    Row plan = state.insert(PLANS, call.organization(), columns, now);
    charges.insert(plan.id(), inputs, now);
    return EmulatorResponse.json(201, view(plan));
  }

  private EmulatorResponse list(Call call) {
    return Lists.page(call, state, state.owned(PLANS, call.organization()), this::view);
  }

  private EmulatorResponse update(Call call) {
    String id = call.uuid("plan_id");
    Fields body = call.body();
    ObjectNode changes = BxbState.object();
    put(changes, body, "name", body.text("name", Need.NULLABLE, 1, 255));
    put(
        changes,
        body,
        "description",
        body.text("description", Need.NULLABLE, 0, Integer.MAX_VALUE));
    BigInteger amount = body.integer("amount_cents", Need.NULLABLE);
    put(changes, body, "currency", body.text("currency", Need.NULLABLE, 3, 3));
    BigInteger trial = body.integer("trial_period_days", Need.NULLABLE);
    List<Charges.Input> inputs = charges.read(body, Need.NULLABLE);
    body.check();
    Row plan = state.mine(PLANS, id, call.organization(), MISSING);
    boolean replace = body.has("charges") && !body.isNull("charges");
    charges.checkReferences(inputs);
    for (String column : List.of("name", "amount_cents", "currency", "trial_period_days")) {
      if (body.isNull(column)) {
        throw Refusal.crash();
      }
    }
    refuseOverflow(amount);
    refuseOverflow(trial);
    if (amount != null) {
      changes.put("amount_cents", amount);
    }
    if (trial != null) {
      changes.put("trial_period_days", trial);
    }
    if (replace) {
      charges.refuseWithFees(id);
      charges.refuseWithoutDefaultOrganization(inputs);
      charges.remove(id);
      charges.insert(id, inputs, state.now());
    }
    return EmulatorResponse.json(200, view(state.update(PLANS, plan, changes)));
  }

  private EmulatorResponse delete(Call call) {
    Row plan = find(call);
    Predicate<Row> refers = row -> row.is("plan_id", plan.id());
    if (state.of(SUBSCRIPTIONS).any(refers)
        || state.of(COMMITMENTS).any(refers)
        || state.of(THRESHOLDS).any(refers)
        || state.of(ENTITLEMENTS).any(refers)) {
      throw Refusal.crash();
    }
    charges.refuseWithFees(plan.id());
    charges.remove(plan.id());
    state.of(PLANS).remove(plan.id());
    return Routes.noContent();
  }

  private EmulatorResponse subscriptionCounts(Call call) {
    ObjectNode counts = BxbState.object();
    for (Row subscription : state.owned(SUBSCRIPTIONS, call.organization())) {
      String plan = subscription.text("plan_id");
      counts.put(plan, counts.path(plan).asInt(0) + 1);
    }
    return EmulatorResponse.json(200, counts);
  }

  private EmulatorResponse simulate(Call call) {
    String id = call.uuid("plan_id");
    Fields body = call.body();
    var units = body.decimal("units", Need.REQUIRED);
    body.check();
    Row plan = state.mine(PLANS, id, call.organization(), MISSING);
    return EmulatorResponse.json(
        200,
        Simulation.of(
            plan,
            state.unordered(state.of(CHARGES).where(c -> c.is("plan_id", id))),
            units == null ? BigDecimal.ZERO : units));
  }

  private EmulatorResponse search(Call call) {
    Fields query = call.query();
    String wanted = query.text("q", Need.REQUIRED, 1, 255);
    BigInteger limit = query.integer("limit", Need.OPTIONAL, 1, 50);
    query.check();
    String lower = String.valueOf(wanted).toLowerCase(Locale.ROOT);
    ArrayNode results = BxbState.object().putArray("results");
    state.unordered(state.owned(PLANS, call.organization())).stream()
        .filter(
            plan ->
                plan.text("code").toLowerCase(Locale.ROOT).contains(lower)
                    || plan.text("name").toLowerCase(Locale.ROOT).contains(lower))
        .limit(limit == null ? 10 : limit.intValueExact())
        .forEach(
            plan ->
                results
                    .addObject()
                    .put("type", "plan")
                    .put("id", plan.id())
                    .put("title", plan.text("name"))
                    .put("subtitle", "Code: " + plan.text("code") + " — " + plan.text("interval"))
                    .put("url", "/admin/plans/" + plan.id()));
    ObjectNode answer = BxbState.object().put("query", wanted);
    answer.set("results", results);
    return EmulatorResponse.json(200, answer.put("total_count", results.size()));
  }

  private static void put(ObjectNode changes, Fields body, String column, @Nullable String value) {
    if (body.has(column)) {
      changes.put(column, value);
    }
  }

  private static void refuseOverflow(@Nullable BigInteger value) {
    if (value != null && value.compareTo(INT4) > 0) {
      throw Refusal.crash();
    }
  }
}
