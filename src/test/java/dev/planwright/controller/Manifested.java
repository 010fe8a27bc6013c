package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Objects as an API server gives them: with uid and generation. */
final class Manifested {
  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

  private Manifested() {}

  static Plan plan(String name, long generation, String spec) {
    return KUBERNETES.unmarshal(document("Plan", name, generation, spec), Plan.class);
  }

  static Plan plan(String name, long generation, PlanStatus status) {
    Plan plan = plan(name, generation, "{}");
    plan.setStatus(status);
    return plan;
  }

  static Price price(String name, long generation, String spec) {
    return KUBERNETES.unmarshal(document("Price", name, generation, spec), Price.class);
  }

  static Price price(String name) {
    return price(name, 1, "{planRef: {name: team}, currency: USD, flat: {amount: \"49\"}}");
  }

  private static String document(String kind, String name, long generation, String spec) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: %s
        metadata: {name: %s, namespace: shop, uid: uid-%s, generation: %d}
        spec: %s
        """
        .formatted(kind, name, name, generation, spec);
  }
}
