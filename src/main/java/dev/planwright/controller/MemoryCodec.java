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
            remote.handles() == null ? Handles.NONE : Handles.of(remote.handles()));
    return new Memory(
        binding,
        new Memory.Journal(list(remote.journal()), Optional.ofNullable(remote.lookedAt())),
        list(remote.approvals()),
        remote.reverts() == null ? Map.of() : remote.reverts(),
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
      return JSON.treeToValue(status.remote(), Remote.class);
    } catch (JsonProcessingException e) {
      LOG.warn("status.remote cannot be read and counts as lost: {}", e.getOriginalMessage());
      return none;
    }
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
