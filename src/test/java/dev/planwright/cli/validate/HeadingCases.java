package dev.planwright.cli.validate;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What stands above the spec: metadata that the API server refuses, and some that it takes. */
final class HeadingCases {
  private HeadingCases() {}

  /** The field at fault, and the metadata beside nothing. */
  static Stream<Arguments> refused() {
    String long64 = "a".repeat(64);
    return Stream.of(
        refused("metadata.name", "name: A"),
        refused("metadata.name", "name: a..b"),
        refused("metadata.name", "name: a.-b"),
        refused("metadata.name", "name: -a"),
        refused("metadata.namespace", "name: a, namespace: Shop_1"),
        refused("metadata.namespace", "name: a, namespace: shop.eu"),
        refused("metadata.namespace", "name: a, namespace: " + long64),
        refused("metadata.labels[app]", "name: a, labels: {app: 'my shop!'}"),
        refused("metadata.labels[app]", "name: a, labels: {app: '-a'}"),
        refused("metadata.labels[app]", "name: a, labels: {app: " + long64 + "}"),
        refused("metadata.labels[app]", "name: a, labels: {app: 1}"),
        refused("metadata.labels[app]", "name: a, labels: {app: true}"),
        refused("metadata.labels[a b]", "name: a, labels: {'a b': c}"),
        refused("metadata.labels[" + long64 + "]", "name: a, labels: {" + long64 + ": c}"),
        refused("metadata.labels[a/b/c]", "name: a, labels: {a/b/c: d}"),
        refused("metadata.labels[Shop/a]", "name: a, labels: {Shop/a: d}"),
        refused("metadata.labels[/a]", "name: a, labels: {/a: d}"),
        refused("metadata.labels", "name: a, labels: [b]"),
        refused("metadata.annotations[a/b/c]", "name: a, annotations: {a/b/c: d}"),
        refused("metadata.annotations[a b]", "name: a, annotations: {'a b': c}"),
        refused("metadata.annotations[a]", "name: a, annotations: {a: 7}"),
        refused("metadata.annotations", "name: a, annotations: b"),
        refused("metadata.finalizers", "name: a, finalizers: x"),
        refused("metadata.finalizers[0]", "name: a, finalizers: ['a b']"),
        refused("metadata.finalizers[0]", "name: a, finalizers: [7]"),
        refused("metadata.ownerReferences", "name: a, ownerReferences: {}"),
        refused(
            "metadata.ownerReferences[0].uid",
            "name: a, ownerReferences: [{apiVersion: v1, kind: Node, name: a}]"),
        refused("metadata.generateName", "name: a, generateName: 7"),
        refused("metadata.creationTimestamp", "name: a, creationTimestamp: yesterday"));
  }

  static Stream<String> taken() {
    return Stream.of(
        "name: a.b-c.d",
        "name: a, labels: {app: '', b: A_b.c-9, example.com/Part: x}",
        "name: a, labels: {app: null}",
        "name: a, annotations: {Example.com/A_b: 'my shop!', a: ''}",
        "name: a, labels: null, annotations: null, finalizers: null",
        "name: a, finalizers: [example.com/hold]",
        "name: a, creationTimestamp: null",
        "name: a, creationTimestamp: '2026-01-02T03:04:05Z'",
        "name: a, ownerReferences: [{apiVersion: v1, kind: Node, name: a, uid: b}]");
  }

  /** A Plan that has nothing wrong but perhaps its metadata. */
  static String plan(String metadata) {
    return """
        apiVersion: planwright.dev/v1alpha1
        kind: Plan
        metadata: {%s}
        spec: {displayName: Team, pricing: Custom}
        """
        .formatted(metadata);
  }

  private static Arguments refused(String field, String metadata) {
    return Arguments.of(field, metadata);
  }
}
