package dev.planwright.backend.schematic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Intent;
import dev.planwright.backend.Sought;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a plan whose create was not answered: first in the audit log, which holds who sent what
 * and, where bodies are kept, the very answer that got lost; then by its exact name. Only what the
 * audit log shows counts: what it lacks may not be in it yet, and while it cannot be read to its
 * end, nothing is absent.
 */
final class LostCreate {
  /** How far Schematic's clock may be behind ours. */
  static final Duration SKEW = Duration.ofMinutes(2);

  /** So long after it was sent a create may have come in, by Schematic's clock. */
  private static final Duration LATEST = Whereabouts.LONGEST.plus(SKEW);

  /** So many creates that nobody claims are read one by one, those next to our own time first. */
  private static final int ENTRIES = 50;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SchematicReader reader;
  private final SchematicAccount account;

  LostCreate(SchematicReader reader, SchematicAccount account) {
    this.reader = reader;
    this.account = account;
  }

  /** Ids of plans that these intents made, as far as can be seen; several are no answer. */
  List<String> find(Sought sought) {
    TreeSet<String> found = new TreeSet<>();
    for (Intent intent : sought.intents()) {
      name(intent).ifPresent(name -> found.addAll(find(intent, name, sought)));
    }
    return List.copyOf(found);
  }

  /** The exact name that a create was sent with. */
  static Optional<String> name(Intent intent) {
    return intent.what().startsWith(SchematicPlanner.PLAN)
        ? Optional.of(intent.what().substring(SchematicPlanner.PLAN.length()))
        : Optional.empty();
  }

  private List<String> find(Intent intent, String name, Sought sought) {
    List<String> sent = List.of();
    Optional<BackendException> unread = Optional.empty();
    try {
      sent = audited(intent, name, sought);
    } catch (BackendException e) {
      switch (e.kind()) {
        case SERVER_ERROR, NO_ANSWER, NONSENSE, REFUSED -> unread = Optional.of(e);
        case RATE_LIMITED, UNAUTHORIZED, NOT_SENT -> throw e; // the next call would fare no better
      }
    }
    if (!sent.isEmpty()) {
      return sent;
    }
    List<String> named =
        named(name).stream()
            .filter(it -> !Json.time(it, "created_at").isBefore(since(intent)))
            .map(it -> Json.need(it, "id"))
            .filter(id -> !sought.claimed().test(id))
            .toList();
    if (named.isEmpty() && unread.isPresent()) {
      throw unread.get();
    }
    return named;
  }

  static Instant since(Intent intent) {
    return intent.attempted().minus(SKEW);
  }

  /** Plans of this very name, made for everybody. The search only narrows the list down. */
  List<JsonNode> named(String name) {
    return reader.all("plans.list", "/plans", SchematicCalls.planQuery(name)).stream()
        .filter(it -> Json.text(it, "name").equals(name) && Json.text(it, "company_id").isEmpty())
        .toList();
  }

  private List<String> audited(Intent intent, String name, Sought sought) {
    String window =
        SchematicCalls.auditQuery(
            account.environment(), since(intent), intent.attempted().plus(LATEST));
    return reader.allIfAllowed("auditLog.list", "/audit-log", window).stream()
        .filter(this::isCreate)
        .filter(it -> !Json.time(it, "started_at").isBefore(since(intent)))
        .filter(it -> !sought.claimed().test(Json.text(it, "resource_id_string")))
        .sorted(Comparator.comparing(it -> apart(it, intent)))
        .limit(ENTRIES)
        .flatMap(it -> made(Json.need(it, "id"), name).stream())
        .filter(id -> !sought.claimed().test(id))
        .distinct()
        .toList();
  }

  /** Whether a create by our own key made this plan, as far as the audit log goes back. */
  boolean isMadeByUs(String id, Instant created) {
    String window =
        SchematicCalls.auditQuery(account.environment(), created.minus(SKEW), created.plus(LATEST));
    return reader.allIfAllowed("auditLog.list", "/audit-log", window).stream()
        .filter(this::isCreate)
        .anyMatch(it -> Json.text(it, "resource_id_string").equals(id));
  }

  private static Duration apart(JsonNode entry, Intent intent) {
    return Duration.between(intent.attempted(), Json.time(entry, "started_at")).abs();
  }

  private boolean isCreate(JsonNode entry) {
    String path =
        Json.text(entry, "url").replaceFirst("^https?://[^/]+", "").replaceFirst("\\?.*$", "");
    int status = entry.path("resp_code").asInt(0);
    return Json.text(entry, "method").equals("POST")
        && path.endsWith("/plans")
        && Json.text(entry, "api_key_id").equals(account.apiKey())
        && status >= 200
        && status < 300;
  }

  /** The plan that a create made, where it was one of this name and the plan is still there. */
  private Optional<String> made(String entryId, String name) {
    Optional<JsonNode> entry = reader.readIfAllowed(SchematicCalls.auditEntry(entryId));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    JsonNode sent = body(Json.text(entry.get(), "req_body"));
    String answered = Json.text(body(Json.text(entry.get(), "resp_body")).path("data"), "id");
    String id = answered.isEmpty() ? Json.text(entry.get(), "resource_id_string") : answered;
    boolean another = sent.isObject() && !Json.text(sent, "name").equals(name);
    if (id.isEmpty() || another) {
      return Optional.empty();
    }
    // Bodies may be redacted: then the plan's own name decides.
    return reader
        .readIfAny(SchematicCalls.plan(id))
        .filter(it -> sent.isObject() || Json.text(it, "name").equals(name))
        .map(it -> id);
  }

  private static JsonNode body(String text) {
    if (!text.startsWith("{")) {
      return MissingNode.getInstance();
    }
    try {
      @Nullable JsonNode body = JSON.readTree(text);
      return body == null ? MissingNode.getInstance() : body;
    } catch (JsonProcessingException cutShort) {
      return MissingNode.getInstance(); // the same as redacted
    }
  }
}
