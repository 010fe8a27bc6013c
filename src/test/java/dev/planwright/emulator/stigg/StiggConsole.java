package dev.planwright.emulator.stigg;

import static dev.planwright.emulator.stigg.StiggState.Table.ADDONS;
import static dev.planwright.emulator.stigg.StiggState.Table.PLANS;
import static dev.planwright.emulator.stigg.StiggState.Table.SUBSCRIPTIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What people do in the vendor's console, behind the API's back. Nothing here is checked as the API
 * checks it.
 */
public final class StiggConsole {
  /** Which version of a plan is meant. */
  public enum Which {
    /** The newest published one. */
    PUBLISHED,
    /** The open draft. */
    DRAFT
  }

  /**
   * A subscriber of a plan.
   *
   * @param version whose entitlements he has
   * @param priceVersion whose prices he pays
   */
  public record Subscriber(String id, String plan, int version, int priceVersion) {}

  private final Object lock;
  private final StiggState state;
  private final Products products;
  private final Features features;
  private final Currencies currencies;
  private final Packs plans;
  private final Packs addons;
  private final Lifecycle planLife;
  private final Lifecycle addonLife;

  StiggConsole(
      Object lock,
      StiggState state,
      Products products,
      Features features,
      Currencies currencies,
      Packs plans,
      Packs addons,
      Lifecycle planLife,
      Lifecycle addonLife) {
    this.lock = lock;
    this.state = state;
    this.products = products;
    this.features = features;
    this.currencies = currencies;
    this.plans = plans;
    this.addons = addons;
    this.planLife = planLife;
    this.addonLife = addonLife;
  }

  // ---- making -------------------------------------------------------------------------------

  /** Somebody makes a product. */
  public void product(String id) {
    synchronized (lock) {
      products.add(id, id);
    }
  }

  /**
   * Somebody makes a feature.
   *
   * @param type {@code BOOLEAN}, {@code NUMBER} or {@code ENUM}
   * @param meter {@code None}, {@code FLUCTUATING} or {@code INCREMENTAL}
   */
  public void feature(String id, String type, String meter) {
    synchronized (lock) {
      features.add(id, id, type, meter);
    }
  }

  /** Somebody makes a currency of credits. */
  public void currency(String id) {
    synchronized (lock) {
      currencies.add(id, id);
    }
  }

  /** Somebody makes a free plan under the default product and publishes it. */
  public void plan(String id, String displayName) {
    synchronized (lock) {
      draftPlan(id, displayName);
      publish(id);
    }
  }

  /** Somebody makes a free plan under the default product and leaves it as a draft. */
  public void draftPlan(String id, String displayName) {
    synchronized (lock) {
      Pack plan = plans.add(id, displayName, StiggEmulator.DEFAULT_PRODUCT);
      plan.draft().orElseThrow().put("pricingType", "FREE");
    }
  }

  /** Somebody makes a free add-on under the default product and publishes it. */
  public void addon(String id, String displayName) {
    synchronized (lock) {
      Pack addon = addons.add(id, displayName, StiggEmulator.DEFAULT_PRODUCT);
      addon.draft().orElseThrow().put("pricingType", "FREE").put("status", "PUBLISHED");
    }
  }

  // ---- a plan's life ------------------------------------------------------------------------

  /** Somebody begins to work on a published plan. */
  public void openDraft(String planId) {
    synchronized (lock) {
      planLife.newDraft(plan(planId));
    }
  }

  /** Somebody begins to work on a published add-on. */
  public void openAddonDraft(String addonId) {
    synchronized (lock) {
      addonLife.newDraft(new Pack(ADDONS, state.find(ADDONS, addonId).orElseThrow()));
    }
  }

  /** Somebody drops a draft. */
  public void dropDraft(String planId) {
    synchronized (lock) {
      plan(planId).dropDraft();
    }
  }

  /** Somebody publishes a draft for new customers, and it is done at once. */
  public void publish(String planId) {
    synchronized (lock) {
      plan(planId).draft().orElseThrow().put("status", "PUBLISHED").put("updatedAt", state.now());
    }
  }

  /** Somebody archives a plan, whatever stands against it; a draft stays hidden behind it. */
  public void archive(String planId) {
    synchronized (lock) {
      plan(planId).row().put("archived", true);
    }
  }

  /** Somebody unarchives a plan, which REST has no call for. */
  public void unarchive(String planId) {
    synchronized (lock) {
      plan(planId).row().put("archived", false);
    }
  }

  /** The vendor's support deletes a plan with everything that hangs on it. */
  public void delete(String planId) {
    synchronized (lock) {
      subscribers(planId).forEach(it -> unsubscribe(it.id()));
      state.remove(PLANS, planId);
    }
  }

  /** Somebody lets new subscriptions of the product start with this plan. */
  public void startWith(String planId) {
    setting(planId, "subscriptionStartPlanId");
  }

  /** Somebody lets ended subscriptions of the product fall back to this plan. */
  public void downgradeTo(String planId) {
    setting(planId, "downgradePlanId");
  }

  private void setting(String planId, String field) {
    synchronized (lock) {
      ObjectNode product = products.need(plan(planId).row().path("productId").textValue());
      ObjectNode settings = product.withObject("/productSettings");
      settings.put("subscriptionCancellationTime", "END_OF_BILLING_PERIOD");
      settings.put("subscriptionEndSetup", "DOWNGRADE_TO_FREE");
      settings.put("subscriptionStartSetup", "PLAN_SELECTION").put(field, planId);
    }
  }

  // ---- tampering ----------------------------------------------------------------------------

  /** Somebody changes a field of a version, such as {@code displayName}. */
  public void edit(String planId, Which which, String field, JsonNode value) {
    synchronized (lock) {
      version(planId, which).set(field, value);
    }
  }

  /** Somebody takes a version off the pricing page, which no call of the API shows. */
  public void hide(String planId, Which which) {
    synchronized (lock) {
      version(planId, which).put("visibility", "HIDDEN");
    }
  }

  /** Whether a version is shown on the pricing page. */
  public boolean isHidden(String planId, Which which) {
    synchronized (lock) {
      return version(planId, which).path("visibility").asText().equals("HIDDEN");
    }
  }

  /** Somebody writes other metadata into every version of a plan. */
  public void metadata(String planId, Map<String, String> metadata) {
    synchronized (lock) {
      for (JsonNode version : plan(planId).versions()) {
        ObjectNode map = ((ObjectNode) version).putObject("metadata");
        metadata.forEach(map::put);
      }
    }
  }

  /** The charges of a version, in the order they were written. */
  public List<ObjectNode> charges(String planId, Which which) {
    synchronized (lock) {
      return rows(version(planId, which).path("charges"));
    }
  }

  /** The overage charges of a version. */
  public List<ObjectNode> overages(String planId, Which which) {
    synchronized (lock) {
      return rows(version(planId, which).path("overages"));
    }
  }

  /** The entitlements of a version. */
  public List<ObjectNode> entitlements(String planId, Which which) {
    synchronized (lock) {
      return rows(version(planId, which).path("entitlements"));
    }
  }

  private static List<ObjectNode> rows(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> ((ObjectNode) row).deepCopy())
        .toList();
  }

  /** Somebody changes a field of the n-th charge, counted from 0. */
  public void editCharge(String planId, Which which, int index, String field, JsonNode value) {
    synchronized (lock) {
      ((ObjectNode) version(planId, which).path("charges").path(index)).set(field, value);
    }
  }

  /** Somebody changes the amount of the n-th charge, counted from 0; major units. */
  public void editAmount(String planId, Which which, int index, String amount) {
    synchronized (lock) {
      JsonNode charge = version(planId, which).path("charges").path(index);
      JsonNode plain = Input.plain(new BigDecimal(amount));
      ((ObjectNode) charge.path("price")).set("amount", plain);
    }
  }

  /** Somebody removes the n-th charge, counted from 0. */
  public void removeCharge(String planId, Which which, int index) {
    synchronized (lock) {
      ((ArrayNode) version(planId, which).path("charges")).remove(index);
    }
  }

  /** Somebody changes a field of an entitlement. */
  public void editEntitlement(String planId, Which which, String id, String field, JsonNode value) {
    synchronized (lock) {
      ((ObjectNode) version(planId, which).path("entitlements").path(id)).set(field, value);
    }
  }

  /** Somebody takes an entitlement away. */
  public void removeEntitlement(String planId, Which which, String id) {
    synchronized (lock) {
      ((ObjectNode) version(planId, which).path("entitlements")).remove(id);
    }
  }

  // ---- subscribers --------------------------------------------------------------------------

  /** Somebody subscribes to what is published now. Gives the subscription's id. */
  public String subscribe(String planId) {
    synchronized (lock) {
      Pack plan = plan(planId);
      int version = plan.published().orElseThrow().path("number").intValue();
      if (plan.isArchived()) {
        throw new IllegalArgumentException(planId + " is archived: nobody can subscribe");
      }
      String id = "subscription-" + state.next();
      ObjectNode row = StiggState.object().put("id", id).put("plan", planId);
      row.put("package", Lifecycle.task(plan)).put("version", version);
      state.put(SUBSCRIPTIONS, id, row.put("priceVersion", version));
      return id;
    }
  }

  /** A subscription ends. */
  public void unsubscribe(String subscription) {
    synchronized (lock) {
      state.remove(SUBSCRIPTIONS, subscription);
    }
  }

  /** Somebody migrates one subscription to the newest version, prices and all. */
  public void migrate(String subscription) {
    synchronized (lock) {
      ObjectNode row = state.find(SUBSCRIPTIONS, subscription).orElseThrow();
      ObjectNode newest = plan(row.path("plan").textValue()).published().orElseThrow();
      int number = newest.path("number").intValue();
      row.put("version", number).put("priceVersion", number);
    }
  }

  /** Who subscribes to a plan, on whatever version. */
  public List<Subscriber> subscribers(String planId) {
    synchronized (lock) {
      return Lifecycle.subscriptions(state, plan(planId)).stream()
          .map(
              row ->
                  new Subscriber(
                      row.path("id").textValue(),
                      planId,
                      row.path("version").intValue(),
                      row.path("priceVersion").intValue()))
          .toList();
    }
  }

  private Pack plan(String id) {
    return plans.find(id).orElseThrow(() -> new IllegalArgumentException("no plan " + id));
  }

  private ObjectNode version(String planId, Which which) {
    Pack plan = plan(planId);
    return switch (which) {
      case PUBLISHED -> plan.published().orElseThrow();
      case DRAFT -> plan.draft().orElseThrow();
    };
  }
}
