package dev.planwright.emulator.bxb;

import static dev.planwright.emulator.bxb.BxbState.Kind.APPLIED_TAXES;
import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGES;
import static dev.planwright.emulator.bxb.BxbState.Kind.CHARGE_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.COMMITMENTS;
import static dev.planwright.emulator.bxb.BxbState.Kind.ENTITLEMENTS;
import static dev.planwright.emulator.bxb.BxbState.Kind.FEATURES;
import static dev.planwright.emulator.bxb.BxbState.Kind.FEES;
import static dev.planwright.emulator.bxb.BxbState.Kind.KEYS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRICS;
import static dev.planwright.emulator.bxb.BxbState.Kind.METRIC_FILTERS;
import static dev.planwright.emulator.bxb.BxbState.Kind.ORGANIZATIONS;
import static dev.planwright.emulator.bxb.BxbState.Kind.PLANS;
import static dev.planwright.emulator.bxb.BxbState.Kind.SUBSCRIPTIONS;
import static dev.planwright.emulator.bxb.BxbState.Kind.TAXES;
import static dev.planwright.emulator.bxb.BxbState.Kind.THRESHOLDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What a test does to the server, or looks up in it, behind the API's back. */
public final class BxbControls {
  /** A new organization's id and its key. */
  public record Access(String id, String key) {}

  /** How many rows there are over all organizations: for finding what was left behind. */
  public record Counts(
      int plans,
      int charges,
      int chargeFilters,
      int commitments,
      int thresholds,
      int entitlements,
      int features,
      int metrics,
      int metricFilters,
      int taxes,
      int appliedTaxes) {}

  private final Object lock;
  private final BxbState state;
  private final Organizations organizations;
  private final Charges charges;
  private final Plans plans;

  BxbControls(
      Object lock, BxbState state, Organizations organizations, Charges charges, Plans plans) {
    this.lock = lock;
    this.state = state;
    this.organizations = organizations;
    this.charges = charges;
    this.plans = plans;
  }

  /** Adds an organization with one key. */
  public Access addOrganization(String name) {
    synchronized (lock) {
      String id = organizations.add(name).id();
      return new Access(id, organizations.addKey(id).text("raw_key"));
    }
  }

  /** Adds a key to an organization, the default one included. */
  public String addKey(String organization) {
    synchronized (lock) {
      return organizations.addKey(organization).text("raw_key");
    }
  }

  /** From now on the key is refused. */
  public void revokeKey(String key) {
    synchronized (lock) {
      state.of(KEYS).removeWhere(row -> row.is("raw_key", key));
    }
  }

  /** Deletes the organization's row only; its keys still lead to it. */
  public void removeOrganization(String id) {
    synchronized (lock) {
      state.of(ORGANIZATIONS).remove(id);
    }
  }

  /** Somebody subscribes; any status counts. Gives the subscription's id. */
  public String addSubscription(String planId, String status) {
    synchronized (lock) {
      Row plan = row(PLANS, planId);
      ObjectNode columns = BxbState.object().put("plan_id", planId).put("status", status);
      return state.insert(SUBSCRIPTIONS, plan.organization(), columns).id();
    }
  }

  /** The subscription's row goes. */
  public void removeSubscription(String id) {
    synchronized (lock) {
      state.of(SUBSCRIPTIONS).remove(id);
    }
  }

  /** An invoice has billed a charge: from now on the plan's charges cannot be replaced. */
  public String addFee(String chargeId) {
    synchronized (lock) {
      row(CHARGES, chargeId);
      ObjectNode columns = BxbState.object().put("charge_id", chargeId);
      return state.insert(FEES, BxbState.DEFAULT_ORGANIZATION, columns).id();
    }
  }

  /** An invoice has billed every charge of the plan. */
  public void addFeesOfPlan(String planId) {
    synchronized (lock) {
      charges.of(planId).forEach(charge -> addFee(charge.id()));
    }
  }

  /** Somebody changes a column of a plan, even one that the API never changes. */
  public void editPlan(String planId, String column, JsonNode value) {
    synchronized (lock) {
      state.update(PLANS, row(PLANS, planId), BxbState.object().set(column, value));
    }
  }

  /** Somebody deletes a plan with all that hangs on it, whoever subscribes. */
  public void deletePlan(String planId) {
    synchronized (lock) {
      for (BxbState.Kind kind : List.of(COMMITMENTS, THRESHOLDS, ENTITLEMENTS, SUBSCRIPTIONS)) {
        state.of(kind).removeWhere(row -> row.is("plan_id", planId));
      }
      charges.remove(planId);
      state.of(PLANS).remove(planId);
    }
  }

  /** Somebody writes a charge into the database. Gives its id. */
  public String addCharge(String planId, String metricId, String model, ObjectNode properties) {
    synchronized (lock) {
      Charges.Input input = new Charges.Input(metricId, model, properties, List.of());
      return charges.insertOne(planId, input, state.now()).id();
    }
  }

  /** Somebody changes a charge's properties in the database; its id stays. */
  public void editCharge(String chargeId, ObjectNode properties) {
    synchronized (lock) {
      state.of(CHARGES).put(row(CHARGES, chargeId).with("properties", properties.deepCopy()));
    }
  }

  /** Somebody deletes one charge in the database. */
  public void removeCharge(String chargeId) {
    synchronized (lock) {
      charges.removeOne(chargeId);
    }
  }

  /** Somebody deletes a charge's filters in the database: a drift that the API never shows. */
  public void removeChargeFilters(String chargeId) {
    synchronized (lock) {
      state.of(CHARGE_FILTERS).removeWhere(filter -> filter.is("charge_id", chargeId));
    }
  }

  /** The worker's midnight: kept answers are forgotten. */
  public void forgetIdempotencyKeys() {
    synchronized (lock) {
      state.remembered().clear();
    }
  }

  /** How many rows there are now. */
  public Counts counts() {
    synchronized (lock) {
      return new Counts(
          state.of(PLANS).size(),
          state.of(CHARGES).size(),
          state.of(CHARGE_FILTERS).size(),
          state.of(COMMITMENTS).size(),
          state.of(THRESHOLDS).size(),
          state.of(ENTITLEMENTS).size(),
          state.of(FEATURES).size(),
          state.of(METRICS).size(),
          state.of(METRIC_FILTERS).size(),
          state.of(TAXES).size(),
          state.of(APPLIED_TAXES).size());
    }
  }

  /** Every plan of every organization, as the API shows it. */
  public List<ObjectNode> plans() {
    synchronized (lock) {
      return state.of(PLANS).all().stream().map(plans::view).toList();
    }
  }

  /** The plan of that code, whatever its organization: codes are unique over all. */
  public Optional<ObjectNode> plan(String code) {
    synchronized (lock) {
      return state.of(PLANS).where(p -> p.is("code", code)).stream().findFirst().map(plans::view);
    }
  }

  /** The plan's charges in the order they were written, each with its hidden {@code filters}. */
  public List<ObjectNode> charges(String planId) {
    synchronized (lock) {
      return charges.of(planId).stream()
          .map(
              charge -> {
                ObjectNode shown = charge.body().deepCopy();
                var filters = shown.putArray("filters");
                state
                    .of(CHARGE_FILTERS)
                    .where(f -> f.is("charge_id", charge.id()))
                    .forEach(f -> filters.add(f.body().deepCopy()));
                return shown;
              })
          .toList();
    }
  }

  /** The commitments of a plan. */
  public List<ObjectNode> commitments(String planId) {
    return ofPlan(COMMITMENTS, planId);
  }

  /** The usage thresholds of a plan. */
  public List<ObjectNode> thresholds(String planId) {
    return ofPlan(THRESHOLDS, planId);
  }

  /** The entitlements of a plan. */
  public List<ObjectNode> entitlements(String planId) {
    return ofPlan(ENTITLEMENTS, planId);
  }

  private List<ObjectNode> ofPlan(BxbState.Kind kind, String planId) {
    synchronized (lock) {
      return state.of(kind).where(row -> row.is("plan_id", planId)).stream()
          .map(row -> row.body().deepCopy())
          .toList();
    }
  }

  private Row row(BxbState.Kind kind, String id) {
    return state
        .of(kind)
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("no row " + id + " in " + kind));
  }
}
