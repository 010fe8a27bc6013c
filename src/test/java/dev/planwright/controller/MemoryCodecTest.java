package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.api.v1alpha1.PlanStatus;
import dev.planwright.api.v1alpha1.PlanStatusBuilder;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Intent;
import dev.planwright.sync.Memory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryCodecTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Memory FULL =
      new Memory(
          new Memory.Binding(
              "bxb/3",
              "org_1",
              "plan_1",
              "0123abcd",
              Handles.of(Map.of("plan", "plan_1", "price:team-monthly", "price_1"))),
          new Memory.Journal(
              List.of(new Intent("plan", NOW, "key-1", "0123abcd")),
              Optional.of(NOW.plusSeconds(1))),
          List.of(new Memory.Approval("hash-1", "0123abcd", NOW, true)),
          Map.of("prices.team-monthly.amount", List.of(NOW, NOW.plusSeconds(2))),
          List.of(new Memory.Drift("displayName", "Team", "Teams", NOW)));

  private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

  @Test
  void everyFieldSurvivesTheApiServer() {
    assertThat(MemoryCodec.read(stored(FULL))).isEqualTo(FULL);
  }

  @Test
  void anEmptyMemoryLeavesNothingInTheStatus() {
    PlanStatus status =
        MemoryCodec.write(PlanStatusBuilder.from(PlanStatus.EMPTY), Memory.EMPTY).build();
    assertThat(status).isEqualTo(PlanStatus.EMPTY);
    assertThat(MemoryCodec.read(PlanStatus.EMPTY)).isEqualTo(Memory.EMPTY);
  }

  @Test
  void whatWasForgottenDoesNotStayBehind() {
    PlanStatus full = stored(FULL);
    PlanStatus emptied = MemoryCodec.write(PlanStatusBuilder.from(full), Memory.EMPTY).build();
    assertThat(MemoryCodec.read(throughKubernetes(emptied))).isEqualTo(Memory.EMPTY);
  }

  @Test
  void theIdAndTheHashStandInFieldsThatPeopleRead() {
    PlanStatus status = stored(FULL);
    assertThat(status.externalId()).isEqualTo("plan_1");
    assertThat(status.syncedHash()).isEqualTo("0123abcd");
    assertThat(status.drift().getFirst().actual()).isEqualTo("Teams");
  }

  @Test
  void anIntentWhoseKeyIsSpentIsReadAsOneWithoutAKey() {
    Memory spent =
        Memory.EMPTY.withJournal(
            new Memory.Journal(List.of(new Intent("child: fee", NOW, "", "")), Optional.empty()));
    assertThat(MemoryCodec.read(stored(spent))).isEqualTo(spent);
  }

  @Test
  void fieldsOfANewerVersionAreIgnored() throws JsonProcessingException {
    PlanStatus status = stored(FULL);
    ObjectNode remote = Objects.requireNonNull(status.remote()).deepCopy();
    remote.put("moodOfTheBackend", "good");
    ((ObjectNode) remote.at("/journal/0")).put("colour", "green");
    assertThat(MemoryCodec.read(PlanStatusBuilder.from(status).remote(remote).build()))
        .isEqualTo(FULL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"journal\": 3}",
        "{\"journal\": [null]}",
        "{\"journal\": [{\"what\": \"plan\"}]}",
        "{\"journal\": [{\"attempted\": \"2026-01-02T03:04:05Z\"}]}",
        "{\"lookedAt\": \"yesterday\"}",
        "{\"approvals\": [null]}",
        "{\"approvals\": [{\"content\": \"0123abcd\"}]}",
        "{\"reverts\": {\"displayName\": null}}",
        "{\"reverts\": {\"displayName\": [null]}}",
        "{\"handles\": {\"plan\": null}}",
        "{\"handles\": []}"
      })
  void aMemoryThatCannotBeReadCountsAsLost(String remote) throws JsonProcessingException {
    ObjectNode node = KUBERNETES.unmarshal(remote, ObjectNode.class);
    PlanStatus status =
        PlanStatusBuilder.from(PlanStatus.EMPTY).remote(node).externalId("plan_1").build();
    Memory memory = MemoryCodec.read(status);
    assertThat(memory)
        .as("the id stands elsewhere and is kept")
        .isEqualTo(
            Memory.EMPTY.withBinding(new Memory.Binding("", "", "plan_1", "", Handles.NONE)));
  }

  @Property(tries = 300)
  void anyMemoryIsReadAsItWasWritten(@ForAll("memories") Memory memory) {
    assertThat(MemoryCodec.read(stored(memory))).isEqualTo(memory);
  }

  @Property(tries = 100)
  void writingWhatWasReadChangesNothing(@ForAll("memories") Memory memory) {
    PlanStatus status = stored(memory);
    PlanStatus again =
        MemoryCodec.write(PlanStatusBuilder.from(status), MemoryCodec.read(status)).build();
    assertThat(throughKubernetes(again)).isEqualTo(status);
  }

  @Provide
  Arbitrary<Memory> memories() {
    Arbitrary<String> text = Arbitraries.of("", "a", "plan", "price:team-monthly", "ä \"x\"");
    Arbitrary<String> name = Arbitraries.of("plan", "fee:a", "price:b", "prices.a.amount");
    Arbitrary<Instant> time =
        Arbitraries.longs().between(0, 4_000_000_000_000_000L).map(n -> NOW.plusNanos(n * 1000));
    Arbitrary<Memory.Binding> bindings =
        Combinators.combine(
                text, text, text, text, Arbitraries.maps(name, name).ofMaxSize(3).map(Handles::of))
            .as(Memory.Binding::new);
    Arbitrary<Memory.Journal> journals =
        Combinators.combine(
                Combinators.combine(name, time, text, text).as(Intent::new).list().ofMaxSize(3),
                time.optional())
            .as(Memory.Journal::new);
    Arbitrary<List<Memory.Approval>> approvals =
        Combinators.combine(name, text, time, Arbitraries.of(true, false))
            .as(Memory.Approval::new)
            .list()
            .ofMaxSize(3);
    Arbitrary<Map<String, List<Instant>>> reverts =
        Arbitraries.maps(name, time.list().ofMinSize(1).ofMaxSize(3)).ofMaxSize(3);
    Arbitrary<List<Memory.Drift>> drift =
        Combinators.combine(name, text, text, time).as(Memory.Drift::new).list().ofMaxSize(3);
    return Combinators.combine(bindings, journals, approvals, reverts, drift).as(Memory::new);
  }

  private static PlanStatus stored(Memory memory) {
    return throughKubernetes(
        MemoryCodec.write(PlanStatusBuilder.from(PlanStatus.EMPTY), memory).build());
  }

  private static PlanStatus throughKubernetes(PlanStatus status) {
    return KUBERNETES.unmarshal(KUBERNETES.asJson(status), PlanStatus.class);
  }
}
