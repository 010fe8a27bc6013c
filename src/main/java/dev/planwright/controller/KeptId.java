package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.Provider;
import dev.planwright.sync.Memory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * The external id in an annotation of the Plan, for billing systems that can hold neither key nor
 * mark: it survives a backup that drops status. Elsewhere the annotation means nothing.
 */
final class KeptId {
  private KeptId() {}

  /** The id that the annotation holds. */
  static Optional<String> of(Plan plan) {
    return Optional.ofNullable(plan.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Annotations.EXTERNAL_ID))
        .map(String::strip)
        .filter(id -> !id.isEmpty());
  }

  /** What status remembers, with the kept id where status has none. */
  static Memory memory(Plan plan, Provider<?> provider) {
    Memory memory = MemoryCodec.read(plan.getStatus());
    boolean isLost = provider.isKnownByIdOnly() && memory.binding().externalId().isEmpty();
    return isLost ? of(plan).map(memory::bound).orElse(memory) : memory;
  }

  /**
   * Writes the id into the annotation, where this kind of billing system needs that and it is not
   * there yet. A patch of that one annotation of this one object, whatever else changed meanwhile.
   *
   * @return the Plan as it is now; empty when nothing was written
   */
  static Optional<Plan> keep(
      KubernetesClient client, Plan plan, Provider<?> provider, String externalId) {
    if (!provider.isKnownByIdOnly()
        || externalId.isEmpty()
        || of(plan).filter(externalId::equals).isPresent()) {
      return Optional.empty();
    }
    String patch =
        """
        {"metadata":{"uid":"%s","annotations":{"%s":"%s"}}}
        """
            .formatted(plan.getMetadata().getUid(), Annotations.EXTERNAL_ID, json(externalId));
    try {
      return Optional.ofNullable(
          client.resource(plan).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return Optional.empty(); // gone, or made anew under the same name: that one keeps its own
      }
      throw e;
    }
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
