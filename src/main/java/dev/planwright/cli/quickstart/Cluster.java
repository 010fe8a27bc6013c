package dev.planwright.cli.quickstart;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Environment;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.api.v1alpha1.ProviderBlock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Brings the embedded API server to the manifests of the directory, as {@code kubectl apply
 * --prune} would. Every BillingBackend is pointed at the sandbox, with the sandbox's key: whatever
 * the manifests name, nothing but the sandbox is ever called, and no key of theirs is sent
 * anywhere.
 */
final class Cluster {
  private static final String SECRET = "quickstart-sandbox";
  private static final String ENTRY = "apiKey";
  private static final int TRIES = 10;

  private final KubernetesClient client;
  private final URI sandbox;
  private final String apiKey;
  private final Map<ObjectRef, HasMetadata> applied = new TreeMap<>();
  private final Set<ObjectRef> held = new HashSet<>();
  private final Set<String> namespaces = new HashSet<>();

  Cluster(KubernetesClient client, URI sandbox, String apiKey) {
    this.client = client;
    this.sandbox = sandbox;
    this.apiKey = apiKey;
  }

  /**
   * What applying did.
   *
   * @param created,changed,deleted the objects
   * @param held those that begin to wait: a former one of that name is still being deleted
   */
  record Outcome(
      List<ObjectRef> created,
      List<ObjectRef> changed,
      List<ObjectRef> deleted,
      List<ObjectRef> held) {}

  /** Whether something waits for a former one to be gone, so that applying again is worth it. */
  boolean isHeld() {
    return !held.isEmpty();
  }

  /** Makes the objects there equal to these, and deletes those that it made and that are gone. */
  Outcome apply(Map<ObjectRef, Manifest> manifests) {
    Outcome outcome =
        new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<ObjectRef> gone =
        applied.keySet().stream()
            .filter(ref -> !manifests.containsKey(ref))
            // Nothing here deletes what is in a namespace, as a cluster would.
            .filter(ref -> !ref.kind().equals("Namespace"))
            .toList();
    // Plans before Prices: a Plan that loses its Prices first would complain of it.
    gone.forEach(
        ref -> {
          client.resource(applied.remove(ref)).delete();
          outcome.deleted().add(ref);
        });
    held.retainAll(manifests.keySet());
    manifests.forEach((ref, manifest) -> apply(ref, manifest.object(), outcome));
    return outcome;
  }

  private void apply(ObjectRef ref, HasMetadata manifest, Outcome outcome) {
    HasMetadata wanted = redirected(manifest);
    HasMetadata before = applied.get(ref);
    if (before != null && before.equals(wanted)) {
      return;
    }
    namespace(wanted instanceof Namespace ? ref.name() : ref.namespace());
    switch (put(wanted)) {
      case CREATED -> outcome.created().add(ref);
      case CHANGED -> outcome.changed().add(ref);
      case HELD -> {
        if (held.add(ref)) {
          outcome.held().add(ref);
        }
        return;
      }
    }
    held.remove(ref);
    applied.put(ref, wanted);
  }

  private enum Put {
    CREATED,
    CHANGED,
    /** The one that is there is on its way out: whatever is written to it goes with it. */
    HELD
  }

  /** Starts over when the operator wrote meanwhile. */
  private Put put(HasMetadata wanted) {
    for (int attempt = 1; ; attempt++) {
      HasMetadata there = client.resource(wanted).get();
      if (there == null) {
        client.resource(wanted).create();
        return Put.CREATED;
      }
      if (there.isMarkedForDeletion()) {
        return Put.HELD;
      }
      try {
        update(there, wanted);
        return Put.CHANGED;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private void update(HasMetadata there, HasMetadata wanted) {
    ObjectMeta meta = there.getMetadata();
    meta.setLabels(wanted.getMetadata().getLabels());
    Map<String, String> annotations = new HashMap<>();
    // The operator's own, on an object whose manifest has never heard of them.
    String externalId =
        meta.getAnnotations() == null ? null : meta.getAnnotations().get(Annotations.EXTERNAL_ID);
    if (externalId != null) {
      annotations.put(Annotations.EXTERNAL_ID, externalId);
    }
    if (wanted.getMetadata().getAnnotations() != null) {
      annotations.putAll(wanted.getMetadata().getAnnotations());
    }
    meta.setAnnotations(annotations);
    HasMetadata next =
        switch (there) {
          case Plan plan -> {
            plan.setSpec(((Plan) wanted).getSpec());
            yield plan;
          }
          case Price price -> {
            price.setSpec(((Price) wanted).getSpec());
            yield price;
          }
          case BillingBackend backend -> {
            backend.setSpec(((BillingBackend) wanted).getSpec());
            yield backend;
          }
          case Secret secret -> {
            secret.setData(((Secret) wanted).getData());
            secret.setStringData(((Secret) wanted).getStringData());
            yield secret;
          }
          default -> there;
        };
    client.resource(next).update();
  }

  private HasMetadata redirected(HasMetadata manifest) {
    if (!(manifest instanceof BillingBackend backend)) {
      return manifest;
    }
    BillingBackendSpec spec = backend.getSpec();
    ProviderBlock.SecretRef secret = new ProviderBlock.SecretRef(SECRET, ENTRY);
    ProviderBlock.Http http =
        new ProviderBlock.Http(sandbox.toString(), new ProviderBlock.Credentials(secret));
    BillingBackend redirected = new BillingBackend();
    redirected.setMetadata(backend.getMetadata());
    redirected.setSpec(
        new BillingBackendSpec(
            spec.ownerId(),
            Environment.SANDBOX,
            spec.paused(),
            new ProviderBlock(null, null, null, null, null, http),
            spec.aliases(),
            spec.limits(),
            spec.drift(),
            spec.defaults()));
    return redirected;
  }

  /** A namespace that nobody wrote is made with the sandbox's Secret in it. */
  private void namespace(String name) {
    if (!namespaces.add(name)) {
      return;
    }
    Namespace namespace =
        new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
    if (client.resource(namespace).get() == null) {
      client.resource(namespace).create();
    }
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(SECRET)
                .withNamespace(name)
                .addToLabels(Annotations.CREDENTIALS_LABEL, Annotations.CREDENTIALS_VALUE)
                .endMetadata()
                .addToData(
                    ENTRY,
                    Base64.getEncoder().encodeToString(apiKey.getBytes(StandardCharsets.UTF_8)))
                .build())
        .create();
  }
}
