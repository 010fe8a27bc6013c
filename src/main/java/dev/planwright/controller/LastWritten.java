package dev.planwright.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads our own writes: a run that starts before the informer has seen the last one would work from
 * a status that is gone, and read the backend again for nothing.
 *
 * @param <T> the kind
 */
final class LastWritten<T extends HasMetadata> {
  private final Map<String, T> written = new ConcurrentHashMap<>();

  /** Keeps what the API server answered to a write. */
  T remember(T object) {
    written.put(object.getMetadata().getUid(), object);
    return object;
  }

  /** The newer of what the cache has and what was written last. */
  T newest(T cached) {
    String uid = cached.getMetadata().getUid();
    T own = uid == null ? null : written.get(uid);
    if (own == null) {
      return cached;
    }
    if (version(own).compareTo(version(cached)) > 0) {
      return own;
    }
    written.remove(uid);
    return cached;
  }

  void forget(T object) {
    String uid = object.getMetadata().getUid();
    if (uid != null) {
      written.remove(uid);
    }
  }

  /** Versions of one kind on one server are rising numbers. */
  private static BigInteger version(HasMetadata object) {
    String version = object.getMetadata().getResourceVersion();
    return version != null && version.matches("[0-9]+") ? new BigInteger(version) : BigInteger.ZERO;
  }
}
