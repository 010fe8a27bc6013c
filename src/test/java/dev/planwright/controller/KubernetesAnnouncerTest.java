package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.sync.SyncEvent;
import dev.planwright.testing.MockCluster;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KubernetesAnnouncerTest {
  private static final Plan TEAM = Manifested.plan("team", 1, "{}");
  private static final SyncEvent BLOCKED = new SyncEvent(SyncEvent.Type.BLOCKED, "42 subscribers");

  private final ManualClock clock = new ManualClock();
  private final MockCluster cluster = new MockCluster();
  private final KubernetesClient client = cluster.client();
  private final KubernetesAnnouncer announcer =
      new KubernetesAnnouncer(client, clock, "planwright-0");

  @AfterEach
  void close() {
    client.close();
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED, Created, Normal",
    "UPDATED, Updated, Normal",
    "ARCHIVED, Archived, Normal",
    "DELETED, Deleted, Normal",
    "RELEASED, Released, Normal",
    "ADOPTED, Adopted, Normal",
    "DRIFT_DETECTED, DriftDetected, Warning",
    "DRIFT_REVERTED, DriftReverted, Normal",
    "BLOCKED, Blocked, Warning",
    "BACKEND_REJECTED, BackendRejected, Warning"
  })
  void everyKindOfNewsHasItsReasonAndWeight(SyncEvent.Type type, String reason, String weight) {
    announce(new SyncEvent(type, "what happened"));

    Event event = events().getFirst();
    assertThat(event.getReason()).isEqualTo(reason);
    assertThat(event.getType()).isEqualTo(weight);
    assertThat(event.getNote()).isEqualTo("what happened");
  }

  @Test
  void anEventSaysOfWhatItIsAndWhoSaysItAndWhen() {
    announce(BLOCKED);

    Event event = events().getFirst();
    assertThat(event.getMetadata().getName()).startsWith("team-");
    assertThat(event.getMetadata().getNamespace()).isEqualTo("shop");
    assertThat(event.getRegarding().getApiVersion()).isEqualTo("planwright.dev/v1alpha1");
    assertThat(event.getRegarding().getKind()).isEqualTo("Plan");
    assertThat(event.getRegarding().getNamespace()).isEqualTo("shop");
    assertThat(event.getRegarding().getName()).isEqualTo("team");
    assertThat(event.getRegarding().getUid()).isEqualTo("uid-team");
    assertThat(event.getReportingController()).isEqualTo("planwright.dev/operator");
    assertThat(event.getReportingInstance()).isEqualTo("planwright-0");
    assertThat(event.getAction()).as("the server refuses an event without one").isNotBlank();
    assertThat(event.getEventTime().getTime())
        .startsWith(clock.instant().toString().substring(0, 19))
        .as("microseconds, all six")
        .matches(".*\\.[0-9]{6}Z");
  }

  @ParameterizedTest
  @EnumSource(
      value = SyncEvent.Type.class,
      names = {"BLOCKED", "BACKEND_REJECTED"})
  void whatStandsInTheWayIsToldOnceAnHour(SyncEvent.Type type) {
    SyncEvent event = new SyncEvent(type, "still so");
    announce(event);
    clock.advance(Duration.ofHours(1).minusMillis(1));
    announce(event);
    assertThat(events()).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    announce(event);
    assertThat(events()).hasSize(2);
  }

  @Test
  void otherNewsAndOtherObjectsAreToldAtOnce() {
    announce(BLOCKED);
    announce(new SyncEvent(SyncEvent.Type.BLOCKED, "43 subscribers"));
    announce(new SyncEvent(SyncEvent.Type.BACKEND_REJECTED, BLOCKED.text()));
    announcer.announce(Manifested.plan("starter", 1, "{}"), List.of(BLOCKED));
    Plan madeAnew = Manifested.plan("team", 1, "{}");
    madeAnew.getMetadata().setUid("uid-2");
    announcer.announce(madeAnew, List.of(BLOCKED));

    assertThat(events()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = SyncEvent.Type.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BLOCKED", "BACKEND_REJECTED"})
  void whatWasDoneIsToldEachTime(SyncEvent.Type type) {
    announce(new SyncEvent(type, "done"));
    announce(new SyncEvent(type, "done"));

    assertThat(events()).hasSize(2);
  }

  @Test
  void aTextLongerThanTheServerTakesIsCut() {
    announce(new SyncEvent(SyncEvent.Type.CREATED, "x".repeat(1000)));
    announce(new SyncEvent(SyncEvent.Type.UPDATED, "y".repeat(1001)));

    assertThat(events())
        .extracting(Event::getNote)
        .containsExactlyInAnyOrder("x".repeat(1000), "y".repeat(997) + "...");
  }

  @Test
  void anEventThatIsRefusedIsNoMisfortuneAndTheNextIsTold() {
    KubernetesMockServer refusing = new KubernetesMockServer(false);
    refusing.init(InetAddress.getLoopbackAddress(), 0);
    refusing
        .expect()
        .post()
        .withPath("/apis/events.k8s.io/v1/namespaces/shop/events")
        .andReturn(403, new StatusBuilder().withCode(403).withMessage("being deleted").build())
        .always();
    try (KubernetesClient refused = refusing.createClient()) {
      new KubernetesAnnouncer(refused, clock, "planwright-0")
          .announce(TEAM, List.of(BLOCKED, new SyncEvent(SyncEvent.Type.CREATED, "done")));

      assertThat(refusing.getRequestCount()).isEqualTo(2);
    } finally {
      refusing.destroy();
    }
  }

  private void announce(SyncEvent event) {
    announcer.announce(TEAM, List.of(event));
  }

  private List<Event> events() {
    return client.events().v1().events().inNamespace("shop").list().getItems();
  }
}
