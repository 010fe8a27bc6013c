package dev.planwright.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Sets and takes away our finalizers by a patch of that one list, guarded by the version read: a
 * write of the whole object would drop fields that a newer manifest has and this version does not
 * know.
 */
final class Finalizers {
  private Finalizers() {}

  static boolean has(HasMetadata object, String finalizer) {
    return object.getMetadata().getFinalizers().contains(finalizer);
  }

  /**
   * Sets or takes away a finalizer.
   *
   * @return the object as it is now, the one given when there was nothing to do; empty when it is
   *     gone
   */
  static <T extends HasMetadata> Optional<T> set(
      KubernetesClient client, T object, String finalizer, boolean wanted) {
    if (has(object, finalizer) == wanted) {
      return Optional.of(object);
    }
    List<String> finalizers = new ArrayList<>(object.getMetadata().getFinalizers());
    if (wanted) {
      finalizers.add(finalizer);
    } else {
      finalizers.remove(finalizer);
    }
    // A merge patch of a list appends on the embedded API server.
    String patch =
        """
        [{"op":"replace","path":"/metadata/resourceVersion","value":"%s"},
         {"op":"add","path":"/metadata/finalizers","value":[%s]}]
        """
            .formatted(
                object.getMetadata().getResourceVersion(),
                finalizers.stream().map(f -> '"' + f + '"').collect(Collectors.joining(",")));
    try {
      return Optional.ofNullable(
          client.resource(object).patch(PatchContext.of(PatchType.JSON), patch));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
