package dev.planwright.controller;

import dev.planwright.sync.SyncEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of {@code events.k8s.io/v1}. The same news of the same object is told once an hour: a
 * blocked Plan that is tried again says nothing new.
 */
public final class KubernetesAnnouncer implements Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesAnnouncer.class);
  private static final Duration SILENCE = Duration.ofHours(1);
  private static final int REMEMBERED = 10_000;
  private static final int NOTE_LENGTH = 1000;
  private static final DateTimeFormatter MICRO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** {@code (x-request-id 4711)}, as every message about an answer ends. */
  private static final Pattern REQUEST_ID = Pattern.compile(" ?\\([a-z-]+-id [^)]*\\)");

  private static final Pattern UUID =
      Pattern.compile("\\b[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");

  /** Eight letters and digits or more without a break, and among them a digit. */
  private static final Pattern VOLATILE =
      Pattern.compile("(?<![A-Za-z0-9])(?=[A-Za-z]*[0-9])[A-Za-z0-9]{8,}(?![A-Za-z0-9])");

  private final KubernetesClient client;
  private final InstantSource clock;
  private final String instance;
  private final Map<String, Instant> told =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param instance names this process
   */
  public KubernetesAnnouncer(KubernetesClient client, InstantSource clock, String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
  }

  @Override
  public void announce(HasMetadata about, List<SyncEvent> events) {
    for (SyncEvent event : events) {
      String what = about.getMetadata().getUid() + "|" + event.type() + "|" + stable(event.text());
      if (isNews(what, event)) {
        try {
          client.resource(toKubernetes(about, event)).create();
        } catch (KubernetesClientException e) {
          // An event is a courtesy: the status holds the truth. The next try tells it.
          forget(what);
          LOG.info(
              "event {} of {} not written: {}",
              reason(event),
              ObjectKey.of(about),
              e.getStatus() == null ? e.getClass().getSimpleName() : e.getStatus().getMessage());
        }
      }
    }
  }

  /**
   * What of a message stays the same when the same thing is tried again: without ids of requests,
   * times and hashes. Amounts and names are short, and stay.
   */
  static String stable(String text) {
    String shorter = REQUEST_ID.matcher(text).replaceAll("");
    return VOLATILE.matcher(UUID.matcher(shorter).replaceAll("#")).replaceAll("#");
  }

  private void forget(String what) {
    synchronized (told) {
      told.remove(what);
    }
  }

  private boolean isNews(String what, SyncEvent event) {
    boolean repeats =
        event.type() == SyncEvent.Type.BLOCKED || event.type() == SyncEvent.Type.BACKEND_REJECTED;
    if (!repeats) {
      return true;
    }
    Instant now = clock.instant();
    synchronized (told) {
      Instant last = told.get(what);
      if (last != null && Duration.between(last, now).compareTo(SILENCE) < 0) {
        return false;
      }
      told.put(what, now);
      return true;
    }
  }

  private Event toKubernetes(HasMetadata about, SyncEvent event) {
    String text = event.text();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.getMetadata().getName() + "-")
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICRO.format(clock.instant())))
        .withReportingController("planwright.dev/operator")
        .withReportingInstance(instance)
        .withAction("Sync")
        .withReason(reason(event))
        .withType(isWarning(event) ? "Warning" : "Normal")
        .withNote(text.length() <= NOTE_LENGTH ? text : text.substring(0, NOTE_LENGTH - 3) + "...")
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .build())
        .build();
  }

  private static boolean isWarning(SyncEvent event) {
    return switch (event.type()) {
      case BLOCKED, BACKEND_REJECTED, DRIFT_DETECTED -> true;
      case CREATED, UPDATED, ARCHIVED, DELETED, RELEASED, ADOPTED, DRIFT_REVERTED -> false;
    };
  }

  private static String reason(SyncEvent event) {
    StringBuilder words = new StringBuilder();
    for (String word : event.type().name().split("_", -1)) {
      words.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return words.toString();
  }
}
