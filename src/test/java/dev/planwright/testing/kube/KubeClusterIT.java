package dev.planwright.testing.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeClusterIT {
  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: doors.testing.planwright.dev
      spec:
        group: testing.planwright.dev
        scope: Namespaced
        names: {kind: Door, plural: doors, singular: door}
        versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      key: {type: string}
                      width: {type: integer, default: 80}
                    x-kubernetes-validations:
                      - rule: self.key == oldSelf.key
                        message: the key is for ever
                  status:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
      """;

  private final KubeCluster cluster = KubeCluster.shared();

  @Test
  void theApiServerIsOfTheVersionThatWePin() {
    assertThat(cluster.client().getKubernetesVersion().getMinor()).isEqualTo("36");
    assertThat(cluster.kubectl().mustRun("version"))
        .contains("Client Version: v1.36.3")
        .contains("Server Version: v1.36.3");
  }

  @Test
  void aCrdIsServedDefaultsAndItsCelRuleRefuses(@TempDir Path crds) throws IOException {
    String namespace = doorNamespace(crds);
    cluster.kubectl().mustRunWithInput(door(namespace, "front", "a"), "apply", "-f", "-");

    Kubectl.Result edit =
        cluster.kubectl().runWithInput(door(namespace, "front", "b"), "apply", "-f", "-");

    assertThat(edit.exitCode()).isEqualTo(1);
    assertThat(edit.stderr()).contains("spec: Invalid value").contains("the key is for ever");
    assertThat(
            cluster
                .kubectl()
                .mustRun("get", "door/front", "-n", namespace, "-o", "jsonpath={.spec}"))
        .isEqualTo("{\"key\":\"a\",\"width\":80}");
  }

  @Test
  void aRefusedCrdIsAnErrorWithTheServersReason() {
    assertThatThrownBy(
            () -> cluster.applyCrds(CRD.replace("self.key == oldSelf.key", "self.lock == 1")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("undefined field 'lock'");
  }

  @Test
  void aStaleStatusWriteIsAConflict(@TempDir Path crds) throws IOException {
    String namespace = doorNamespace(crds);
    cluster.kubectl().mustRunWithInput(door(namespace, "stale", "a"), "apply", "-f", "-");
    GenericKubernetesResource read = doors(namespace, "stale").get();
    cluster.kubectl().mustRun("annotate", "door/stale", "-n", namespace, "by=somebody");

    read.setAdditionalProperty("status", Map.of("id", "1"));

    assertThatThrownBy(() -> cluster.client().resource(read).updateStatus())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }

  @Test
  void aDeletedNamespaceWaitsForTheFinalizersInItAndThenEnds(@TempDir Path crds)
      throws IOException {
    String namespace = doorNamespace(crds);
    cluster
        .kubectl()
        .mustRunWithInput(
            door(namespace, "held", "a").replace("name: held", "name: held, finalizers: [t.dev/f]"),
            "apply",
            "-f",
            "-");

    cluster.namespaces().delete(namespace);
    await("the door's deletion to begin")
        .atMost(Duration.ofSeconds(30))
        .until(() -> doors(namespace, "held").get().getMetadata().getDeletionTimestamp() != null);
    assertThat(cluster.namespaces().exists(namespace)).isTrue();

    cluster
        .kubectl()
        .mustRun(
            "patch",
            "door/held",
            "-n",
            namespace,
            "--type=json",
            "-p=[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]");
    cluster.namespaces().awaitGone(namespace, Duration.ofSeconds(60));
    assertThat(doors(namespace, "held").get()).isNull();
  }

  @Test
  void aPlainUserMayDoNothingUntilBound() {
    String namespace = cluster.newNamespace("rbac");
    KubernetesClient plain = cluster.client(cluster.token(KubeCluster.PLAIN_USER));
    assertThatThrownBy(() -> plain.configMaps().inNamespace(namespace).list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    Kubectl.Result refused =
        cluster
            .kubectl(cluster.token(KubeCluster.PLAIN_USER))
            .run("get", "secrets", "-n", namespace);
    assertThat(refused.ok()).isFalse();
    assertThat(refused.stderr()).contains("User \"plain-user\" cannot list resource \"secrets\"");

    // Not the ClusterRole `view`: it is put together by a controller that does not run here.
    Kubectl admin = cluster.kubectl();
    admin.mustRun("create", "role", "see", "--verb=list", "--resource=configmaps", "-n", namespace);
    admin.mustRun(
        "create", "rolebinding", "see", "--role=see", "--user=plain-user", "-n", namespace);

    // The authorizer reads bindings from its own watch, a moment behind.
    await("the binding to count")
        .atMost(Duration.ofSeconds(10))
        .ignoreException(KubernetesClientException.class)
        .until(() -> plain.configMaps().inNamespace(namespace).list().getItems().isEmpty());
  }

  @Test
  void aServiceAccountsTokenIsThatAccount() {
    String namespace = cluster.newNamespace("account");
    cluster.kubectl().mustRun("create", "serviceaccount", "robot", "-n", namespace);
    String token =
        cluster
            .client()
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("robot")
            .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
            .getStatus()
            .getToken();

    assertThat(cluster.kubectl(token).mustRun("auth", "whoami"))
        .contains("system:serviceaccount:" + namespace + ":robot");
  }

  @Test
  void closingEndsEveryProcessAndLeavesNoFile() {
    KubeCluster own = KubeCluster.builder().withControllerManagerIfThere().start();
    List<ProcessHandle> handles = own.processes();
    Path directory = own.directory();
    URI url = URI.create(own.url());
    List<String> programs =
        handles.stream().map(h -> h.info().command()).flatMap(Optional::stream).toList();
    assertThat(programs).anyMatch(p -> p.endsWith("/etcd"));
    assertThat(programs).anyMatch(p -> p.endsWith("/kube-apiserver"));
    assertThat(handles).allMatch(ProcessHandle::isAlive);
    assertThat(own.client().namespaces().withName("default").get()).isNotNull();

    own.close();
    own.close();

    assertThat(handles).noneMatch(ProcessHandle::isAlive);
    assertThat(directory).doesNotExist();
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 1000);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void twoClustersKnowNothingOfEachOther() {
    try (KubeCluster own = KubeCluster.builder().start()) {
      ConfigMap map =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace("default")
              .withName("mine")
              .endMetadata()
              .build();
      own.client().resource(map).create();

      assertThat(own.url()).isNotEqualTo(cluster.url());
      assertThat(cluster.client().resource(map).get()).isNull();
    }
  }

  @Test
  void withoutControllersANamespaceEndsAllTheSame(@TempDir Path crds) throws IOException {
    try (KubeCluster bare = KubeCluster.builder().start()) {
      bare.applyCrds(crdFolder(crds));
      String namespace = bare.newNamespace("bare");
      bare.kubectl().mustRunWithInput(door(namespace, "only", "a"), "apply", "-f", "-");

      bare.namespaces().delete(namespace);
      bare.namespaces().awaitGone(namespace, Duration.ofSeconds(30));

      assertThat(bare.kubectl().mustRun("get", "doors", "-A", "-o", "name")).isEmpty();
    }
  }

  private String doorNamespace(Path crds) throws IOException {
    cluster.applyCrds(crdFolder(crds));
    return cluster.newNamespace("doors");
  }

  private static Path crdFolder(Path folder) throws IOException {
    Files.writeString(folder.resolve("doors.yaml"), CRD);
    Files.writeString(folder.resolve("README.md"), "not a manifest");
    return folder;
  }

  private static String door(String namespace, String name, String key) {
    return """
    apiVersion: testing.planwright.dev/v1
    kind: Door
    metadata: {namespace: %s, name: %s}
    spec: {key: %s}
    """
        .formatted(namespace, name, key);
  }

  private Resource<GenericKubernetesResource> doors(String namespace, String name) {
    return cluster
        .client()
        .genericKubernetesResources("testing.planwright.dev/v1", "Door")
        .inNamespace(namespace)
        .withName(name);
  }
}
