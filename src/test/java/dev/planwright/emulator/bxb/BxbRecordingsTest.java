package dev.planwright.emulator.bxb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.EmulatorResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The emulator must answer as a real server once did. */
class BxbRecordingsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");

  private final BxbEmulator emulator =
      new BxbEmulator(Clock.systemUTC(), BxbEmulator::numberedId, 1);
  private final BxbControls.Access access = emulator.controls().addOrganization("Recorded");
  private final Map<String, String> ids = new HashMap<>(); // recorded -> ours
  private final Map<String, String> recordedIds = new HashMap<>(); // ours -> recorded

  @Test
  void everyRecordedExchangeIsAnsweredAsTheServerDid() throws IOException {
    Optional<Path> recordings = recordings();
    if (recordings.isEmpty()) {
      System.out.println(
          "NOT REPLAYED: bxb's recordings; set PLANWRIGHT_CONTRACTS to the directory that holds"
              + " backends/bxb-recordings.jsonl");
      return;
    }
    List<String> lines = Files.readAllLines(recordings.get());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      replay(i, JSON.readTree(lines.get(i)), differences);
    }
    assertThat(differences).as(lines.size() + " exchanges").isEmpty();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(222);
  }

  private static Optional<Path> recordings() {
    String directory =
        System.getProperty("PLANWRIGHT_CONTRACTS", System.getenv("PLANWRIGHT_CONTRACTS"));
    if (directory != null) {
      Path file = Path.of(directory, "backends", "bxb-recordings.jsonl");
      assertThat(file).as("PLANWRIGHT_CONTRACTS").isRegularFile();
      return Optional.of(file);
    }
    if (System.getenv("CI") != null) {
      fail("PLANWRIGHT_CONTRACTS is not set: in CI bxb's recordings must be replayed");
    }
    return Optional.empty();
  }

  private void replay(int number, JsonNode recorded, List<String> differences) throws IOException {
    EmulatorResponse answer = emulator.handle(request(recorded));
    String where = number + " (" + recorded.path("what").asText() + "): ";
    if (answer.status() != recorded.path("status").asInt()) {
      differences.add(where + "status " + answer.status() + " " + answer.text());
      return;
    }
    JsonNode expected = recorded.path("response");
    JsonNode actual = parsed(answer);
    learn(expected, actual);
    JsonNode expectedHere = canonical(expected);
    JsonNode actualThere = canonical(JSON.readTree(translate(actual.toString(), recordedIds)));
    if (!expectedHere.equals(actualThere)) {
      differences.add(where + "\n  recorded " + expectedHere + "\n  answered " + actualThere);
    }
    recorded
        .path("responseHeaders")
        .properties()
        .forEach(
            header -> {
              String value = translate(answer.header(header.getKey()).orElse("-"), recordedIds);
              if (!value.equals(header.getValue().asText())) {
                differences.add(where + header.getKey() + " " + value);
              }
            });
  }

  private EmulatorRequest request(JsonNode recorded) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "host");
    String auth = recorded.path("auth").asText();
    if (auth.equals("key")) {
      headers.put("Authorization", "Bearer " + access.key());
    } else if (!auth.equals("none")) {
      headers.put("Authorization", "Bearer bxb_live_" + "0".repeat(64));
    }
    recorded
        .path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    JsonNode body = recorded.path("body");
    String text = body.isNull() ? "" : body.isTextual() ? body.asText() : body.toString();
    return EmulatorRequest.of(
        recorded.path("method").asText(),
        translate(recorded.path("path").asText(), ids),
        headers,
        translate(text, ids));
  }

  private static JsonNode parsed(EmulatorResponse answer) throws IOException {
    boolean json =
        answer.header("content-type").orElse("").equals("application/json")
            && !answer.text().isEmpty();
    return json ? JSON.readTree(answer.text()) : JSON.getNodeFactory().textNode(answer.text());
  }

  /** Pairs new ids by their place. Charges come in no defined order: they are paired by content. */
  private void learn(JsonNode expected, JsonNode actual) {
    if (expected.isArray() && actual.isArray()) {
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        learn(expected.get(i), actual.get(i));
      }
      return;
    }
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String name = field.getKey();
      JsonNode theirs = field.getValue();
      JsonNode ours = actual.path(name);
      if (name.equals("charges")) {
        learnCharges(theirs, ours);
      } else if (name.equals("id") && ours.isTextual()) {
        if (ids.putIfAbsent(theirs.asText(), ours.asText()) == null) {
          assertThat(recordedIds.put(ours.asText(), theirs.asText())).as("an id twice").isNull();
        }
      } else if (theirs.isContainerNode()) {
        learn(theirs, ours);
      }
    }
  }

  private void learnCharges(JsonNode expected, JsonNode actual) {
    Set<Integer> taken = new HashSet<>();
    for (JsonNode theirs : expected) {
      for (int i = 0; i < actual.size(); i++) {
        JsonNode ours = actual.get(i);
        boolean same =
            !taken.contains(i)
                && ours.path("charge_model").equals(theirs.path("charge_model"))
                && ours.path("properties").equals(theirs.path("properties"))
                && recordedIds
                    .getOrDefault(ours.path("billable_metric_id").asText(), "")
                    .equals(theirs.path("billable_metric_id").asText());
        if (same && theirs.has("id")) {
          taken.add(i);
          learn(
              JSON.createObjectNode().set("id", theirs.path("id")),
              JSON.createObjectNode().set("id", ours.path("id")));
          break;
        }
      }
    }
  }

  private static String translate(String text, Map<String, String> from) {
    return UUID.matcher(text).replaceAll(id -> from.getOrDefault(id.group(), id.group()));
  }

  /** Times become a mark; charges are ordered by their recorded ids. */
  private static JsonNode canonical(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      object.properties().forEach(f -> copy.set(f.getKey(), canonical(f.getValue())));
      if (copy.path("charges") instanceof ArrayNode charges) {
        List<JsonNode> sorted = new ArrayList<>();
        charges.forEach(sorted::add);
        sorted.sort(Comparator.comparing(JsonNode::toString));
        copy.set("charges", JSON.createArrayNode().addAll(sorted));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(element -> copy.add(canonical(element)));
      return copy;
    }
    return node.isTextual() && TIME.matcher(node.textValue()).matches()
        ? JSON.getNodeFactory().textNode("TIME")
        : node;
  }
}
