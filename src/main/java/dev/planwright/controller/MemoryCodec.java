package dev.planwright.controller;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.sync.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core's memory as it stands in a Plan's status, and back. */
public final class MemoryCodec {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryCodec.class);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

  /** {@code status.remote}: everything that has no field of its own. */
  private record Remote(
      @Nullable String mapping,
      @Nullable String account,
      @Nullable Map<String, String> handles,
      @Nullable List<Intent> journal,
      @Nullable Instant lookedAt,
      @Nullable List<Memory.Approval> approvals,
      @Nullable Map<String, List<Instant>> reverts) {}

  private MemoryCodec() {}

  /**
   * What a status remembers. A memory that cannot be read counts as lost, which is safe: the
   * backend says who owns what.
   */
  public static Memory read(PlanStatus status) {
    Remote remote = remote(status);
    Memory.Binding binding =
        new Memory.Binding(
            text(remote.mapping()),
            text(remote.account()),
            text(status.externalId()),
            text(status.syncedHash()),
            Handles.of(map(remote.handles())));
    return new Memory(
        binding,
        new Memory.Journal(
            list(remote.journal()).stream().map(MemoryCodec::whole).toList(),
            Optional.ofNullable(remote.lookedAt())),
        list(remote.approvals()).stream().map(MemoryCodec::whole).toList(),
        map(remote.reverts()),
        status.drift().stream()
            .map(
                drift ->
                    new Memory.Drift(
                        drift.field(),
                        text(drift.desired()),
                        text(drift.actual()),
                        drift.since() == null ? Instant.EPOCH : drift.since()))
            .toList());
  }

  /** The status with this memory in it. */
  public static PlanStatusBuilder write(PlanStatusBuilder status, Memory memory) {
    Memory.Binding binding = memory.binding();
    Remote remote =
        new Remote(
            binding.mapping(),
            binding.account(),
            binding.handles().ids(),
            memory.journal().intents(),
            memory.journal().lookedAt().orElse(null),
            memory.approvals(),
            memory.reverts());
    ObjectNode node = JSON.valueToTree(remote);
    return status
        .remote(node.isEmpty() ? null : node)
        .externalId(orNull(binding.externalId()))
        .syncedHash(orNull(binding.syncedHash()))
        .drift(
            memory.drift().stream()
                .map(
                    drift ->
                        new PlanStatus.Drift(
                            drift.field(), drift.desired(), drift.actual(), drift.since()))
                .toList());
  }

  private static Remote remote(PlanStatus status) {
    Remote none = new Remote(null, null, null, null, null, null, null);
    if (status.remote() == null) {
      return none;
    }
    try {
      Remote remote = JSON.treeToValue(status.remote(), Remote.class);
      if (isUsable(remote)) {
        return remote;
      }
      LOG.warn("status.remote lacks something that every entry has, and counts as lost");
      return none;
    } catch (JsonProcessingException e) {
      LOG.warn("status.remote cannot be read and counts as lost: {}", e.getOriginalMessage());
      return none;
    }
  }

  /** Whether everything is there without which a run would stumble instead of looking anew. */
  private static boolean isUsable(Remote remote) {
    return list(remote.journal()).stream()
            .allMatch(i -> has(i) && has(i.what()) && has(i.attempted()))
        && list(remote.approvals()).stream().allMatch(a -> has(a) && has(a.pendingHash()))
        && map(remote.handles()).values().stream().allMatch(MemoryCodec::has)
        && map(remote.reverts()).values().stream()
            .allMatch(times -> has(times) && times.stream().allMatch(MemoryCodec::has));
  }

  /** What is read from JSON may lack anything, whatever its type says. */
  private static boolean has(@Nullable Object value) {
    return value != null;
  }

  /** Empty texts are not written: a key that is spent comes back as none at all. */
  private static Intent whole(Intent read) {
    return new Intent(
        read.what(), read.attempted(), text(read.idempotencyKey()), text(read.content()));
  }

  private static Memory.Approval whole(Memory.Approval read) {
    Instant used = Optional.ofNullable(read.used()).orElse(Instant.EPOCH);
    return new Memory.Approval(read.pendingHash(), text(read.content()), used, read.open());
  }

  private static <K, V> Map<K, V> map(@Nullable Map<K, V> map) {
    return map == null ? Map.of() : map;
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
