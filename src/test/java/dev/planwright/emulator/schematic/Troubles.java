package dev.planwright.emulator.schematic;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with the vendor at the moment, set by a test. */
final class Troubles {
  SchematicControls.ListTrouble lists = SchematicControls.ListTrouble.NONE;
  String listPath = "";
  SchematicControls.AuditTrouble audit = SchematicControls.AuditTrouble.NONE;
  Duration auditDelay = Duration.ZERO;
  boolean ratesLimited;
  boolean companiesHidden;
  Optional<String> stripeFailure = Optional.empty();
  final Set<String> withoutStripe = new TreeSet<>();

  Troubles() {}

  Troubles(Troubles other) {
    lists = other.lists;
    listPath = other.listPath;
    audit = other.audit;
    auditDelay = other.auditDelay;
    ratesLimited = other.ratesLimited;
    companiesHidden = other.companiesHidden;
    stripeFailure = other.stripeFailure;
    withoutStripe.addAll(other.withoutStripe);
  }

  /** Ends the call when Stripe does not take what the vendor sends it. */
  void callStripe(Store store, String environment) {
    if (stripeFailure.isPresent()) {
      String text = stripeFailure.get();
      stripeFailure = Optional.empty();
      throw Refusal.invalid("stripe: " + text);
    }
    if (withoutStripe.contains(environment) && store.holds(Question.WithoutStripe.REFUSED)) {
      throw Refusal.invalid("no Stripe account is connected to this environment");
    }
  }
}
