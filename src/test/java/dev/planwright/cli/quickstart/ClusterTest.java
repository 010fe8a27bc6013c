package dev.planwright.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Plan;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private final EmbeddedApiServer server = EmbeddedApiServer.start(Clock.systemUTC());
  private final KubernetesClient client = server.client();
  private final Cluster cluster = new Cluster(client, URI.create("http://127.0.0.1:1/"), "key");

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatIsPutBackWhileItIsStillBeingDeletedIsMadeAgainWhenItIsGone() {
    Map<ObjectRef, Manifest> team = Map.of(manifest().ref(), manifest());
    assertThat(cluster.apply(team).created()).containsExactly(manifest().ref());
    String former = there().getMetadata().getUid();
    finalizers("[\"x/held\"]");
    assertThat(cluster.apply(Map.of()).deleted()).containsExactly(manifest().ref());

    Cluster.Outcome back = cluster.apply(team);
    assertThat(back.held()).containsExactly(manifest().ref());
    assertThat(back.changed()).isEmpty();
    assertThat(cluster.isHeld()).isTrue();
    assertThat(cluster.apply(team).held()).as("said once").isEmpty();

    finalizers("[]");
    assertThat(cluster.apply(team).created()).containsExactly(manifest().ref());
    assertThat(cluster.isHeld()).isFalse();
    assertThat(there().getMetadata().getUid()).isNotEqualTo(former);
  }

  @Test
  void whatIsTakenAwayAgainMeanwhileIsWaitedForNoMore() {
    Map<ObjectRef, Manifest> team = Map.of(manifest().ref(), manifest());
    cluster.apply(team);
    finalizers("[\"x/held\"]");
    cluster.apply(Map.of());
    cluster.apply(team);
    cluster.apply(Map.of());
    assertThat(cluster.isHeld()).isFalse();
    finalizers("[]");
    assertThat(cluster.apply(Map.of()).created()).isEmpty();
  }

  private Plan there() {
    return client.resources(Plan.class).inNamespace("shop").withName("team").get();
  }

  private void finalizers(String list) {
    client
        .resource(there())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":" + list + "}}");
  }

  private static Manifest manifest() {
    return new Manifest(
        Path.of("team.yaml"),
        1,
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: planwright.dev/v1alpha1
                kind: Plan
                metadata: {name: team, namespace: shop}
                spec: {displayName: Team}
                """,
                Plan.class));
  }
}
