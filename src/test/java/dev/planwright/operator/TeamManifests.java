package dev.planwright.operator;

import java.net.URI;

/** One Plan with one Price on one sandbox. */
final class TeamManifests {
  private TeamManifests() {}

  static String backend(String namespace, URI sandbox) {
    return """
        apiVersion: v1
        kind: Secret
        metadata: {name: key, namespace: %1$s, labels: {planwright.dev/credentials: "true"}}
        stringData: {apiKey: sandbox}
        ---
        apiVersion: planwright.dev/v1alpha1
        kind: BillingBackend
        metadata: {name: default, namespace: %1$s, generation: 1}
        spec:
          ownerId: %1$s
          environment: Sandbox
          provider: {http: {url: "%2$s", credentials: {secretRef: {name: key, key: apiKey}}}}
        """
        .formatted(namespace, sandbox);
  }

  static String plan(String namespace) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: Plan
        metadata: {name: team, namespace: %1$s, generation: 1}
        spec: {key: team, displayName: Team, requiredPrices: [team-monthly]}
        ---
        apiVersion: planwright.dev/v1alpha1
        kind: Price
        metadata: {name: team-monthly, namespace: %1$s, generation: 1}
        spec:
          planRef: {name: team}
          currency: USD
          recurring: {interval: Month}
          flat: {amount: "49.00"}
        """
        .formatted(namespace);
  }
}
