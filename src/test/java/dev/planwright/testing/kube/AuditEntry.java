package dev.planwright.testing.kube;

/**
 * A request that the API server answered or refused, as its audit log has it.
 *
 * @param verb as rules of roles name it
 * @param group API group; empty for the core
 * @param resource in the plural, with its subresource: {@code plans/status}; empty for a path that
 *     is no resource
 * @param namespace empty for what has none, and for all
 * @param name empty where many were asked for, or none has a name yet
 * @param forbidden whether the user's rights did not cover it
 * @param path the whole of what was asked
 */
public record AuditEntry(
    String verb,
    String group,
    String resource,
    String namespace,
    String name,
    boolean forbidden,
    String path) {}
