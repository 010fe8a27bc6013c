package dev.planwright.operator;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies what runs get to see. The default writes a document and reads it again, and what a newer
 * manifest says and this version does not know would be lost on the way: unseen, it could be a
 * price.
 */
final class Copies implements Cloner {
  private final KubernetesSerialization others;

  Copies(KubernetesSerialization others) {
    this.others = others;
  }

  @Override
  @SuppressWarnings("unchecked") // each case copies to the type that it was given
  public <T extends HasMetadata> T clone(T object) {
    return switch (object) {
      case Plan plan -> (T) plan.copy();
      case Price price -> (T) price.copy();
      case BillingBackend backend -> (T) backend.copy();
      default -> others.clone(object);
    };
  }
}
