package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorServer;
import dev.planwright.emulator.bxb.BxbControls;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.operator.LeaseTiming;
import dev.planwright.operator.OperatorOptions;
import dev.planwright.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What an operator does that takes the Lease from one that was killed: a create of that one may
 * still be on its way. On bxb a plan is created by its code, twice is refused; a minimum commitment
 * has nothing of the kind.
 */
class TakenOverLeaseIT {
  private static final String COMMITTED =
      "minimumCommitments: [{amount: \"100.00\", currency: USD, every: Month}]";
  private static final Pattern UNTIL = Pattern.compile("until ([0-9TZ:.-]+):");
  private static final Duration TOO_LONG = Duration.ofMinutes(10);

  private final BxbEmulator bxb = new BxbEmulator();

  @Test
  void whatAKilledOperatorMayHaveSentIsWaitedForAndNothingElseIs() throws Exception {
    BxbControls.Access organization = bxb.controls().addOrganization("Shop");
    try (Scene scene = new Scene("takeover");
        EmulatorServer server = new EmulatorServer(bxb)) {
      scene.applyBackend(
          organization.key(),
          "bxb: {url: \"%s\", organizationId: %s, chargeAmountUnit: Minor,"
                  .formatted(server.uri(), organization.id())
              + " credentials: {secretRef: {name: sandbox, key: apiKey}}}",
          "");
      BxbEmulator.Exchange create = killedBeforeItsCreateLands(scene);
      scene.run("delete", "bplan/late", "bprice/late-monthly", "--wait=false");
      scene.apply(Manifests.sold("plain", "49.00", ""));
      scene.apply(Manifests.sold("committed", "49.00", COMMITTED));

      try (Leader second = new Leader(scene, "second", TOO_LONG)) {
        scene.awaitReady("bplan/plain");
        assertWaiting(scene, second, "bplan/committed", "nothing is created");
        assertWaiting(scene, second, "bplan/late", "looked at again");
        assertThat(codes()).containsExactly("plain");
        assertThat(bxb.controls().counts().commitments()).isZero();
      }
      // Whoever comes next has to wait too.
      assertThat(lease(scene).getHolderIdentity()).isEqualTo("second");

      assertThat(bxb.handle(create.request()).status()).isEqualTo(201);
      try (Leader _ = new Leader(scene, "third", Duration.ofSeconds(1))) {
        scene.awaitReady("bplan/committed");
        scene.eventually("late to be gone", () -> assertThat(scene.exists("bplan/late")).isFalse());
        assertThat(codes()).containsExactlyInAnyOrder("plain", "committed");
        assertThat(bxb.controls().counts().commitments()).isEqualTo(1);
      }
      assertThat(lease(scene).getHolderIdentity()).isNullOrEmpty();

      try (Leader _ = new Leader(scene, "fourth", TOO_LONG)) {
        scene.apply(Manifests.sold("more", "49.00", COMMITTED));
        scene.awaitReady("bplan/more");
        assertThat(bxb.controls().counts().commitments()).isEqualTo(2);
      }
    }
  }

  /** Once bxb no longer has what was created, it is as if the create had never landed. */
  private BxbEmulator.Exchange killedBeforeItsCreateLands(Scene scene) throws Exception {
    scene.apply(Manifests.sold("late", "49.00", "deletionPolicy: Delete"));
    Process first = KilledOperatorIT.start(scene, "first.log");
    scene.run("wait", "--for=condition=Ready", "bplan/late", "--timeout=110s");
    first.destroyForcibly().waitFor();
    bxb.controls().deletePlan(bxb.controls().plans().getFirst().path("id").asText());
    return bxb.exchanges().stream()
        .filter(it -> it.method().equals("POST") && it.target().equals("/v1/plans/"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertWaiting(Scene scene, Leader leader, String plan, String what) {
    scene.eventually(
        plan + " to say what it waits for",
        () ->
            assertThat(scene.condition(plan, "Ready", "message"))
                .contains("a create of a former operator may still land", what));
    Optional<Instant> until =
        UNTIL
            .matcher(scene.condition(plan, "Ready", "message"))
            .results()
            .map((MatchResult found) -> Instant.parse(found.group(1)))
            .findFirst();
    Instant taken = lease(scene).getAcquireTime().toInstant();
    assertThat(until).hasValueSatisfying(it -> assertThat(it).isAfter(taken.plus(leader.wait)));
  }

  private List<String> codes() {
    return bxb.controls().plans().stream()
        .map((ObjectNode plan) -> plan.path("name").asText().replace("Plan ", ""))
        .toList();
  }

  private static LeaseSpec lease(Scene scene) {
    return scene
        .cluster
        .client()
        .leases()
        .inNamespace(scene.installation().namespace)
        .withName(OperatorProcess.Settings.LEASE)
        .get()
        .getSpec();
  }

  /** A process of the operator, as far as this JVM can be one; asked to end when it is closed. */
  private static final class Leader implements AutoCloseable {
    final Duration wait;
    private final KubernetesClient client;
    private final OperatorProcess process;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    Leader(Scene scene, String identity, Duration wait) {
      this.wait = wait;
      this.client = scene.installation().newClient();
      this.process =
          new OperatorProcess(
              client,
              new OperatorProcess.Settings(
                  scene.installation().namespace,
                  identity,
                  new LeaseTiming(
                      Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofMillis(500), wait),
                  InetAddress.getLoopbackAddress(),
                  0,
                  OperatorOptions.DEFAULT.withNamespaces(Set.of(scene.namespace))),
              InstantSource.system());
      Thread.ofVirtual().name(identity).start(this::run);
    }

    private void run() {
      try {
        process.run(port::complete);
      } catch (IOException e) {
        port.completeExceptionally(e);
      }
    }

    @Override
    public void close() {
      port.orTimeout(10, TimeUnit.SECONDS).join();
      process.stop();
      try {
        assertThat(process.ended().orTimeout(40, TimeUnit.SECONDS).join()).isZero();
      } finally {
        client.close();
      }
    }
  }
}
