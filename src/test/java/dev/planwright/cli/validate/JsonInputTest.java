package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as {@code kubectl} takes it, which is more than YAML takes. */
class JsonInputTest {
  @Test
  void aSlashMayBeEscaped() {
    Validated validated =
        Validated.of(plan("team").replace("planwright.dev/", "planwright.dev\\/"));

    assertThat(validated.out()).contains("1 object (1 Plan)");
    assertThat(validated.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "", "\n---\n", "\n--- \n"})
  void objectsMayFollowEachOther(String between) {
    Validated validated = Validated.of(plan("a") + between + plan("b") + "\n");

    assertThat(validated.out()).contains("2 objects (2 Plans)");
    assertThat(validated.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{ \n\t\"", "{\"", " \t{\t\""})
  void tabulatorsAreSpace(String start) {
    String text =
        plan("team").replaceFirst("\\{\"", start.replace("\\", "")).replace(", ", ",\n\t");

    assertThat(Validated.of(text).out()).contains("1 object (1 Plan)");
    assertThat(Validated.of(text).code()).isZero();
  }

  @Test
  void eachMistakeHasItsLine() {
    String wrong =
        plan("b").replace("\"Custom\"", "\n  \"Costum\"").replace("\"pricing\"", "\n\t\"pricing\"");

    assertThat(Validated.of(plan("a") + "\n" + wrong).errors())
        .singleElement()
        .asString()
        .startsWith("stdin:3:2: error: Plan default/b spec.pricing \"Costum\"");
  }

  @Test
  void whatIsWrittenStaysWhatItIs() {
    String price =
        """
        {"apiVersion": "planwright.dev/v1alpha1", "kind": "Price", "metadata": {"name": "a", "labels": {"b": true}},
         "spec": {"planRef": {"name": "team"}, "currency": "NO", "oneTime": {}, "trialDays": 1e1,
          "flat": {"amount": 49.00, "amount": "1"}, "nickname": null}}
        """;

    assertThat(Validated.of(price).errors())
        .anyMatch(
            line ->
                line.startsWith("stdin:1:97: error: Price default/a metadata.labels[b] \"true\""))
        .anyMatch(
            line ->
                line.startsWith(
                    "stdin:3:29: error: Price default/a: the field amount stands twice"))
        .anyMatch(line -> line.contains("spec.currency \"NO\""));
  }

  @Test
  void flowsOfYamlAreNoJsonAndAreTaken() {
    String flow =
        "{apiVersion: planwright.dev/v1alpha1, kind: Plan, metadata: {name: team},"
            + " spec: {displayName: Team, pricing: Custom}}\n";

    assertThat(Validated.of(flow).out()).contains("1 object (1 Plan)");
    assertThat(Validated.of(flow + "---\n" + flow.replace("name: team", "name: b")).out())
        .contains("2 objects (2 Plans)");
  }

  @Test
  void jsonThatBreaksOffIsUnusableAtItsPlace() {
    Validated validated = Validated.of(plan("a") + "\n" + plan("b").substring(0, 60));

    assertThat(validated.out()).contains("stdin:2:").contains(": unusable: is no JSON: ");
    assertThat(validated.out()).doesNotContain("Source", "JsonParser");
    assertThat(validated.code()).isEqualTo(2);
  }

  @Test
  void aByteOrderMarkMayStandBeforeEachDocument() {
    String yaml =
        """
        apiVersion: planwright.dev/v1alpha1
        kind: Plan
        metadata: {name: %s}
        spec: {displayName: Team, pricing: Custom}
        """;

    Validated validated =
        Validated.of(
            "\uFEFF"
                + yaml.formatted("a")
                + "---\n\uFEFF"
                + yaml.formatted("b")
                + "--- # c\r\n\uFEFF"
                + yaml.formatted("c"),
            Optional.empty(),
            Validator.Format.TEXT,
            "-");

    assertThat(validated.out()).contains("3 objects (3 Plans)");
    assertThat(validated.code()).isZero();
  }

  private static String plan(String name) {
    return """
        {"apiVersion": "planwright.dev/v1alpha1", "kind": "Plan", "metadata": {"name": "%s"}, \
        "spec": {"displayName": "Team", "pricing": "Custom"}}"""
        .formatted(name);
  }
}
