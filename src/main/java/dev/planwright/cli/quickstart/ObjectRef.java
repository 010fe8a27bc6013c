package dev.planwright.cli.quickstart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;

/** Names an object in output: {@code Price shop/team-monthly}. */
record ObjectRef(String kind, String namespace, String name) implements Comparable<ObjectRef> {
  /** As people think of them: the account, what is sold, how it is paid; the rest before. */
  private static final List<String> ORDER = List.of("BillingBackend", "Plan", "Price");

  private static final Comparator<ObjectRef> COMPARATOR =
      Comparator.<ObjectRef>comparingInt(ref -> ORDER.indexOf(ref.kind()))
          .thenComparing(ObjectRef::kind)
          .thenComparing(ObjectRef::namespace)
          .thenComparing(ObjectRef::name);

  static ObjectRef of(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new ObjectRef(
        object.getKind(), namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  @Override
  public int compareTo(ObjectRef other) {
    return COMPARATOR.compare(this, other);
  }

  @Override
  public String toString() {
    return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
