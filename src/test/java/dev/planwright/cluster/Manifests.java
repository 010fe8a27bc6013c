package dev.planwright.cluster;

/** Small manifests, as people write them. */
final class Manifests {
  private Manifests() {}

  /** A Plan sold by one flat monthly Price {@code <name>-monthly}; {@code more} are spec lines. */
  static String plan(String name, String more) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: Plan
        metadata: {name: %1$s}
        spec:
          displayName: Plan %1$s
          requiredPrices: [%1$s-monthly]
        %2$s---
        """
        .formatted(name, more.isEmpty() ? "" : more.strip().indent(2));
  }

  static String monthly(String plan, String amount) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: Price
        metadata: {name: %1$s-monthly}
        spec:
          planRef: {name: %1$s}
          currency: USD
          recurring: {interval: Month}
          flat: {amount: "%2$s"}
        ---
        """
        .formatted(plan, amount);
  }

  static String sold(String name, String amount, String more) {
    return plan(name, more) + monthly(name, amount);
  }
}
