package dev.planwright.controller;

import dev.planwright.api.v1alpha1.Annotations;
import dev.planwright.api.v1alpha1.ProviderBlock.SecretRef;
import dev.planwright.catalog.Reason;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Reads keys by {@code get}, one Secret at a time and never by a watch, and only from Secrets that
 * are labelled for it: else whoever may create a BillingBackend could send any Secret anywhere.
 */
final class Secrets {
  private final KubernetesClient client;

  Secrets(KubernetesClient client) {
    this.client = client;
  }

  /** What a read brought. */
  sealed interface Reading {
    /** The key. */
    record Key(HeldKey key) implements Reading {}

    /** There is none that may be used. */
    record Missing(Reason reason, String message) implements Reading {}

    /** Kubernetes did not say. */
    record Unreadable(String message) implements Reading {}
  }

  Reading read(String namespace, SecretRef ref) {
    String name = "Secret " + namespace + "/" + ref.name();
    Secret secret;
    try {
      secret = client.secrets().inNamespace(namespace).withName(ref.name()).get();
    } catch (KubernetesClientException e) {
      // The message of a refused read names the object and the verb, never its content.
      return new Reading.Unreadable(
          name
              + " cannot be read from Kubernetes (HTTP status "
              + e.getCode()
              + "); check the operator's rights and the API server");
    }
    if (secret == null) {
      return new Reading.Missing(
          Reason.SECRET_NOT_FOUND, name + " does not exist; create it with the entry " + ref.key());
    }
    Map<String, String> labels = secret.getMetadata().getLabels();
    String label = labels == null ? null : labels.get(Annotations.CREDENTIALS_LABEL);
    if (!Annotations.CREDENTIALS_VALUE.equals(label)) {
      return new Reading.Missing(
          Reason.SECRET_NOT_LABELLED,
          name
              + " may not be used: label it "
              + Annotations.CREDENTIALS_LABEL
              + "="
              + Annotations.CREDENTIALS_VALUE);
    }
    return entry(secret, ref.key(), name);
  }

  private static Reading entry(Secret secret, String key, String name) {
    Map<String, String> data = secret.getData();
    String encoded = data == null ? null : data.get(key);
    String value = encoded == null ? plain(secret, key) : decode(encoded);
    // A line break at the end comes from the editor or from "echo", never from the billing system.
    return value.isBlank()
        ? new Reading.Missing(
            Reason.SECRET_NOT_FOUND, name + " has no entry " + key + ", or an empty one; set it")
        : new Reading.Key(new HeldKey(value.strip()));
  }

  /** An API server folds {@code stringData} into {@code data}; the embedded one keeps it. */
  private static String plain(Secret secret, String key) {
    Map<String, String> plain = secret.getStringData();
    return plain == null ? "" : plain.getOrDefault(key, "");
  }

  private static String decode(String encoded) {
    try {
      return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // no base64, which a real API server refuses: as good as no entry
    }
  }
}
