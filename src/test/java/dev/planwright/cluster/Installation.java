package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.chart.Chart;
import dev.planwright.chart.Grant;
import dev.planwright.chart.Rendered;
import dev.planwright.testing.kube.AuditEntry;
import dev.planwright.testing.kube.KubeCluster;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * The operator as the chart would install it, but for the pod that nothing here could run: its
 * service account with exactly the rights that the chart gives it, and its arguments.
 */
final class Installation {
  /** Where it is installed, and where its Lease is. */
  final String namespace;

  private static final String NAME = "planwright";

  private final KubeCluster cluster;
  private final Rendered rendered;
  private final String token;

  /**
   * Installs it.
   *
   * @param watched the namespace of the scene
   * @param values of the chart, YAML
   */
  Installation(KubeCluster cluster, String watched, String values) {
    this.cluster = cluster;
    this.namespace = cluster.newNamespace(watched + "-home");
    this.rendered = Chart.render(NAME, namespace, values + "\ncrds: {enabled: false}\n");
    cluster.client().resourceList(rendered.rights()).create();
    this.token = cluster.serviceAccountToken(namespace, NAME);
    Awaitility.await("the rights to hold")
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .until(() -> grants().stream().allMatch(this::holds));
  }

  /** All that the chart grants. */
  List<Grant> grants() {
    return List.copyOf(rendered.grants());
  }

  /** A client with these rights and no other; the caller closes it. */
  KubernetesClient newClient() {
    return cluster.newClient(token);
  }

  /** {@code operator} and its options as the chart has them, on a port that the system chooses. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(rendered.arguments());
    assertThat(arguments).startsWith("operator").contains("--port=8080");
    arguments.remove("--port=8080");
    arguments.addAll(
        List.of(
            "--port=0",
            "--bind-address=127.0.0.1",
            "--kubeconfig=" + cluster.kubeconfig(token).toString()));
    return arguments;
  }

  /** All that the operator has asked the API server for. */
  List<AuditEntry> audit() {
    return cluster.audit(user());
  }

  /** A right that it lacked is a defect of the chart, also where the operator went on without. */
  void assertNothingForbidden() {
    assertThat(audit().stream().filter(AuditEntry::forbidden).distinct())
        .as("what the operator asked for and the chart does not grant")
        .isEmpty();
  }

  private String user() {
    return "system:serviceaccount:" + namespace + ":" + NAME;
  }

  private boolean holds(Grant grant) {
    String[] resource = grant.resource().split("/", -1);
    SubjectAccessReview review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user())
            .withNewResourceAttributes()
            .withNamespace(grant.namespace())
            .withVerb(grant.verb())
            .withGroup(grant.group())
            .withResource(resource[0])
            .withSubresource(resource.length > 1 ? resource[1] : "")
            .withName(grant.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    return cluster
        .client()
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
