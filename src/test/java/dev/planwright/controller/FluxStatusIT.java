package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.testing.gitops.GitTools;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What Flux itself, which plain kstatus is enough for, reads out of everything that the operator
 * can write; so what the other tests of {@link Kstatus} say holds for Flux too.
 */
class FluxStatusIT {
  @Test
  void fluxReadsOutOfEveryStatusWhatTheRulesSay() {
    Map<String, ObjectNode> objects = new LinkedHashMap<>();
    StatusSets.all()
        .forEach(
            set -> {
              ObjectNode object = StatusSets.json(set.getValue());
              objects.put(set.getKey(), object);
              ObjectNode edited = object.deepCopy();
              edited.withObject("/metadata").put("generation", StatusSets.GENERATION + 1);
              objects.put(set.getKey() + ", edited", edited);
              ObjectNode deleted = object.deepCopy();
              deleted.withObject("/metadata").put("deletionTimestamp", StatusSets.NOW.toString());
              objects.put(set.getKey() + ", deleted", deleted);
            });
    StatusSets.notLookedAt()
        .forEach(
            object -> {
              String kind = object.path("kind").asText();
              objects.put(kind + ", not looked at", object);
              // Why a status is there from the start.
              ObjectNode bare = object.deepCopy();
              bare.remove("status");
              objects.put(kind + ", no status", bare);
            });
    Map<String, String> expected = new LinkedHashMap<>();
    objects.forEach((title, object) -> expected.put(title, Kstatus.of(object).toString()));

    List<String> said = GitTools.find().fluxSays(List.copyOf(objects.values()));

    Map<String, String> found = new LinkedHashMap<>();
    List<String> titles = new ArrayList<>(objects.keySet());
    for (int i = 0; i < said.size(); i++) {
      found.put(titles.get(i), word(said.get(i)));
    }
    assertThat(found).containsExactlyEntriesOf(expected);
    assertThat(found.values()).contains("CURRENT", "IN_PROGRESS", "FAILED", "TERMINATING");
    assertThat(found)
        .containsEntry("Plan, not looked at", "IN_PROGRESS")
        .containsEntry("Plan, no status", "CURRENT");
  }

  /** {@code InProgress} as it is named here. */
  private static String word(String flux) {
    return flux.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }
}
