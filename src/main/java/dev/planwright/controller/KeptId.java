package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.Reason;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;

/**
 * The external id in an annotation of the Plan, for billing systems that can hold neither key nor
 * mark: it survives a backup that drops status. Elsewhere the annotation means nothing.
 */
final class KeptId {
  /** Reasons that say that an id is not, or may not be, that of an object of this Plan. */
  private static final Set<Reason> DOUBTS =
      Set.of(Reason.REMOTE_MISSING, Reason.OWNERSHIP_CONFLICT, Reason.AMBIGUOUS_REMOTE);

  private KeptId() {}

  /** The id that the annotation holds. */
  static Optional<String> of(Plan plan) {
    return Optional.ofNullable(plan.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Annotations.EXTERNAL_ID))
        .map(String::strip)
        .filter(id -> !id.isEmpty());
  }

  /**
   * What status remembers, with the kept id where status has none, or where status says that its
   * own id leads nowhere and a person has put another one there.
   */
  static Memory memory(Plan plan, Provider<?> provider) {
    Memory memory = MemoryCodec.read(plan.getStatus());
    if (!provider.isKnownByIdOnly()) {
      return memory;
    }
    if (memory.binding().externalId().isEmpty()) {
      return of(plan).map(memory::bound).orElse(memory);
    }
    return given(plan)
        .filter(id -> isInDoubt(plan.getStatus()))
        .map(memory::rebound)
        .orElse(memory);
  }

  /** The id in the annotation, where it is not the one that status knows. */
  static Optional<String> given(Plan plan) {
    return of(plan).filter(id -> !id.equals(plan.getStatus().externalId()));
  }

  /** Whether the last word was that the id that is known leads to no object of this Plan. */
  private static boolean isInDoubt(PlanStatus status) {
    return Conditions.find(status.conditions(), ConditionType.SYNCED)
        .filter(synced -> !synced.holds())
        .map(synced -> DOUBTS.stream().anyMatch(it -> it.toString().equals(synced.reason())))
        .orElse(false);
  }

  /**
   * An id that only the annotation names comes into status once its object was seen and is ours.
   * Until then, changing or taking away the annotation is all that a person has to do.
   *
   * @param before the Plan as it was before the run
   */
  static SyncResult seen(Plan before, SyncResult result) {
    boolean onlyAnnotated =
        before.getStatus().externalId() == null
            && of(before).equals(Optional.of(result.memory().binding().externalId()));
    return onlyAnnotated && result.view().isEmpty()
        ? result.remembering(result.memory().unbound())
        : result;
  }

  /** The same of a run: then the annotation is the person's, and is left as it is. */
  static boolean isInDoubt(Outcome outcome) {
    return outcome instanceof Outcome.Blocked(Reason reason, String message)
        && DOUBTS.contains(reason);
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
