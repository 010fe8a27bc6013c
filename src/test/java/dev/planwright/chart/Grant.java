package dev.planwright.chart;

/**
 * One thing that a rule of a Role or ClusterRole allows.
 *
 * @param namespace of the Role; empty for a ClusterRole
 * @param group API group; empty for the core
 * @param resource in the plural, with its subresource: {@code plans/status}
 * @param name of the only object it holds for; empty for all
 */
public record Grant(String namespace, String verb, String group, String resource, String name) {
  /** The same, wherever it is granted. */
  public Grant anywhere() {
    return new Grant("", verb, group, resource, name);
  }
}
