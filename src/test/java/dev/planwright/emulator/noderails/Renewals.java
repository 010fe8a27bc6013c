package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.Store.Kind.PLANS;
import static dev.planwright.emulator.noderails.Store.Kind.SUBSCRIPTIONS;
import static dev.planwright.emulator.noderails.Store.Kind.TAX_RATES;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The job that charges: it reads the price as it is now, and refuses what is inactive. */
final class Renewals {
  private static final Duration GRACE = Duration.ofDays(7);
  private static final BigDecimal PERCENT = new BigDecimal("0.01");
  private static final List<String> DUE = List.of("TRIALING", "ACTIVE", "PAST_DUE");

  private final Store store;
  private final Subscriptions subscriptions;

  Renewals(Store store, Subscriptions subscriptions) {
    this.store = store;
    this.subscriptions = subscriptions;
  }

  /** What who signs up now pays for a period on this price. */
  Charge forNewSubscriber(ObjectNode price) {
    return charge(price, Store.text(price, "amount"));
  }

  /** What hinders an invoice on this price. */
  Optional<String> hindrance(ObjectNode price) {
    ObjectNode plan = plan(price);
    if (store.on(Switch.RENEWALS_IGNORE_DEACTIVATION)) {
      return Optional.empty();
    }
    if (!Store.active(plan)) {
      return Optional.of("plan " + Store.text(plan, "id") + " is inactive");
    }
    if (!Store.active(price)) {
      return Optional.of("price " + Store.text(price, "id") + " is inactive");
    }
    return taxRate(plan)
        .filter(rate -> !Store.active(rate))
        .map(rate -> "tax rate " + Store.text(rate, "id") + " is inactive");
  }

  /** What the next renewal will be; changes nothing. */
  Renewal next(ObjectNode subscription) {
    String status = Store.text(subscription, "status");
    if (!DUE.contains(status)) {
      return new Renewal.NotDue(status);
    }
    Optional<ObjectNode> found = subscriptions.price(subscription);
    if (found.isEmpty()) {
      return new Renewal.Failed("the price is gone", afterFailure(subscription));
    }
    ObjectNode price = found.get();
    Optional<String> hindrance = hindrance(price);
    if (hindrance.isPresent()) {
      return new Renewal.Failed(hindrance.get(), afterFailure(subscription));
    }
    boolean kept = store.on(Switch.SUBSCRIBERS_KEEP_THE_AMOUNT_OF_SIGNUP);
    ObjectNode amountFrom = kept ? subscription : price;
    return new Renewal.Charged(
        charge(price, Store.text(amountFrom, kept ? "amountAtSignup" : "amount")));
  }

  /** Renews: the subscription's status becomes what comes of it. */
  Renewal renew(ObjectNode subscription) {
    Renewal renewal = next(subscription);
    switch (renewal) {
      case Renewal.Charged charged -> {
        ObjectNode paid = subscription.deepCopy();
        paid.remove("pastDueSince");
        store.update(SUBSCRIPTIONS, paid, Store.object().put("status", "ACTIVE"));
      }
      case Renewal.Failed failed -> {
        ObjectNode changes = Store.object().put("status", failed.status());
        if (!subscription.has("pastDueSince")) {
          changes.put("pastDueSince", store.now().toString());
        }
        store.update(SUBSCRIPTIONS, subscription, changes);
      }
      case Renewal.NotDue notDue -> {}
    }
    return renewal;
  }

  private String afterFailure(ObjectNode subscription) {
    String since = Store.text(subscription, "pastDueSince");
    boolean over = !since.isEmpty() && !store.now().isBefore(Instant.parse(since).plus(GRACE));
    return over ? "CANCELLED" : "PAST_DUE";
  }

  private Charge charge(ObjectNode price, String amountText) {
    BigDecimal amount = new BigDecimal(amountText);
    BigDecimal tax =
        taxRate(plan(price))
            .filter(rate -> !rate.path("inclusive").asBoolean())
            .map(rate -> new BigDecimal(Store.text(rate, "percentage")))
            .map(percentage -> amount.multiply(percentage).multiply(PERCENT))
            .orElse(BigDecimal.ZERO);
    return new Charge(
        amount,
        amount.add(tax),
        tax,
        Store.text(price, "currency"),
        Store.text(price, "billingInterval"),
        price.path("billingIntervalCount").asInt(),
        price.path("trialPeriodDays").asInt());
  }

  private ObjectNode plan(ObjectNode price) {
    String id = Store.text(price, "productPlanId");
    return store.find(PLANS, id).orElseThrow(() -> new IllegalStateException("no plan " + id));
  }

  private Optional<ObjectNode> taxRate(ObjectNode plan) {
    return store.find(TAX_RATES, Store.text(plan, "taxRateId"));
  }
}
