package dev.planwright.operator;

import dev.planwright.controller.Settling;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the operator works.
 *
 * @param namespaces that are watched; empty for all
 * @param allowHttp whether keys may be sent in the clear to public names
 * @param settling how long manifests must be quiet
 * @param instance names this process in events
 */
public record OperatorOptions(
    Set<String> namespaces, boolean allowHttp, Settling.Times settling, String instance) {
  public static final OperatorOptions DEFAULT =
      new OperatorOptions(Set.of(), false, Settling.Times.DEFAULT, "planwright");

  public OperatorOptions {
    namespaces = java.util.Collections.unmodifiableSet(new TreeSet<>(namespaces));
  }

  public OperatorOptions withNamespaces(Set<String> watched) {
    return new OperatorOptions(watched, allowHttp, settling, instance);
  }

  public OperatorOptions withAllowHttp(boolean allowed) {
    return new OperatorOptions(namespaces, allowed, settling, instance);
  }

  public OperatorOptions withSettling(Settling.Times times) {
    return new OperatorOptions(namespaces, allowHttp, times, instance);
  }

  public OperatorOptions withInstance(String name) {
    return new OperatorOptions(namespaces, allowHttp, settling, name);
  }
}
