package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.testing.kube.Kubectl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a manifest is said by kubectl at once, or in a condition, all of it. */
class RefusalIT {
  @Test
  void theApiServerRefusesWhatTheSchemaRulesOut() {
    try (Scene scene = new Scene("cel")) {
      scene.apply(Manifests.sold("team", "49.00", "key: team"));
      assertRefused(scene, Manifests.sold("team", "49.00", "key: other"), "spec.key");
      assertRefused(scene, Manifests.sold("team", "49.00", ""), "spec");
      assertRefused(
          scene,
          Manifests.monthly("two", "1.00")
              .replace("---", "  perUnit: {metric: api-calls, amount: \"1\"}\n---"),
          "exactly one");
      assertRefused(
          scene,
          Manifests.monthly("both", "1.00").replace("---", "  oneTime: {}\n---"),
          "exactly one");
      assertRefused(
          scene,
          Manifests.monthly("team", "49.00").replace("{name: team}\n", "{name: other}\n"),
          "planRef");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1e3",
    "-1",
    "NaN",
    "1234567890123456789012345678901234567890",
    "'1,50'",
    "''",
    "Infinity",
    "' 1'"
  })
  void anAmountThatIsNoPlainDecimalIsRefused(String amount) {
    try (Scene scene = new Scene("amount")) {
      assertRefused(scene, Manifests.monthly("team", amount), "spec.flat.amount");
      assertThat(scene.exists("bprice/team-monthly")).isFalse();
    }
  }

  /** What kubectl hears at once. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          metadata: {planwright.dev/owner: me}                                | planwright.dev/
          metadata: {"größe": x}                                              | spec.metadata
          metadata: {"a\\nb": x}                                            | spec.metadata
          key: "%300s"                                                        | spec.key
          key: "team 1"                                                       | spec.key
          """)
  void aPlanThatTheSchemaRulesOutIsRefused(String more, String named) {
    try (Scene scene = new Scene("plan")) {
      String line = more.replace("%300s", "k".repeat(300));
      assertRefused(scene, Manifests.plan("team", line), named);
      assertThat(scene.exists("bplan/team")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tiers: []                                                    | spec.graduated.tiers
          tiers: [{unitAmount: "1"}, {unitAmount: "2"}]                | upTo
          tiers: [{upTo: 10, unitAmount: "1"}]                         | upTo
          tiers: [{upTo: 2, unitAmount: "1"}, {upTo: 1, unitAmount: "2"}, {unitAmount: "3"}] | strictly rising
          tiers: [{upTo: 10, unitAmount: "1e3"}, {unitAmount: "2"}]    | unitAmount
          """)
  void tiersThatTheSchemaRulesOutAreRefused(String tiers, String named) {
    try (Scene scene = new Scene("tiers")) {
      assertRefused(scene, graduated(tiers), named);
      assertThat(scene.exists("bprice/team-monthly")).isFalse();
    }
  }

  /** What the schema lets through ends in a condition, and nothing is sent. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          metadata: {note: "one\\ntwo"}                                         | spec.metadata[note]
          metadata: {note: "bell\\u0007"}                                       | spec.metadata[note]
          """)
  void whatTheSchemaLetsThroughEndsInACondition(String line, String named) {
    try (Scene scene = new Scene("let")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(Manifests.sold("team", "1.00", line));
      scene.awaitCondition("bplan/team", "Accepted", "False", "InvalidSpec");
      assertThat(scene.condition("bplan/team", "Ready", "message")).contains(named);
      assertThat(scene.counts().writes()).isZero();
    }
  }

  @Test
  void wordsOfAllTheWorldArriveAsTheyWereWritten() {
    try (Scene scene = new Scene("words")) {
      scene.applyBackend("");
      scene.startOperator();
      String note = "Größe 大 \uD83D\uDE80 \\\"quoted\\\" \\\\ end";
      scene.apply(Manifests.sold("team", "1.00", "metadata: {note: \"" + note + "\"}"));
      scene.awaitReady("bplan/team");
      assertThat(scene.stored("team").at("/metadata/note").asText())
          .isEqualTo("Größe 大 \uD83D\uDE80 \"quoted\" \\ end");
    }
  }

  @Test
  void aValidPriceSaysThatItIsAndWhomItsPlanWaitsFor() {
    try (Scene scene = new Scene("sibling")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(
          PlanLifeIT.TEAM
              + "---\n"
              + Manifests.monthly("team", "49.00")
              + PlanLifeIT.CALLS.replace("USD", "XYZ"));
      scene.awaitCondition("bplan/team", "Accepted", "False", "InvalidSpec");
      scene.awaitCondition("bprice/team-calls", "Accepted", "False", "InvalidSpec");
      scene.awaitCondition("bprice/team-monthly", "Ready", "False", "InvalidSpec");
      scene.awaitCondition("bprice/team-monthly", "Accepted", "True", "Accepted");
      assertThat(scene.condition("bprice/team-monthly", "Ready", "message"))
          .contains("this Price is valid", "team-calls", "XYZ");
      assertThat(scene.counts().writes()).isZero();
    }
  }

  private static String graduated(String tiers) {
    return Manifests.monthly("team", "1.00")
        .replaceFirst(
            "flat: .*",
            "graduated: {metric: storage-gb, "
                + java.util.regex.Matcher.quoteReplacement(tiers)
                + "}");
  }

  @Test
  void whatOnlyTheCompilerSeesIsSaidAllAtOnceAndNothingIsSent() {
    try (Scene scene = new Scene("invalid")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(
          """
          apiVersion: planwright.dev/v1alpha1
          kind: Plan
          metadata: {name: team}
          spec:
            displayName: Team
            requiredPrices: [team-monthly, team-calls]
            entitlements: [{feature: seats, limit: 10}]
          ---
          apiVersion: planwright.dev/v1alpha1
          kind: Price
          metadata: {name: team-calls}
          spec:
            planRef: {name: team}
            currency: USD
            recurring: {interval: Month}
            overage: {feature: seats, amount: "5.00"}
          ---
          """
              + Manifests.monthly("team", "1.00").replace("USD", "XYZ"));
      scene.awaitCondition("bplan/team", "Accepted", "False", "InvalidSpec");
      scene.eventually(
          "every error in one message",
          () ->
              assertThat(scene.condition("bplan/team", "Accepted", "message"))
                  .contains("spec.currency", "XYZ")
                  .contains("Price " + scene.namespace + "/team-calls", "soft"));
      scene.awaitCondition("bprice/team-monthly", "Accepted", "False", "InvalidSpec");
      assertThat(scene.condition("bprice/team-monthly", "Accepted", "message"))
          .contains("XYZ")
          .doesNotContain("soft");
      assertThat(scene.counts().writes()).isZero();

      scene.apply(Manifests.sold("team", "1.00", ""));
      scene.run("delete", "bprice/team-calls");
      scene.awaitReady("bplan/team", "bprice/team-monthly");
    }
  }

  @Test
  void aMetricThatTheAccountLacksIsNamed() {
    try (Scene scene = new Scene("metric")) {
      scene.applyBackend("");
      scene.startOperator();
      scene.apply(PlanLifeIT.TEAM + "---\n" + PlanLifeIT.MONTHLY + "---\n");
      scene.apply(PlanLifeIT.CALLS.replace("api-calls", "no-such-metric"));
      scene.awaitCondition("bplan/team", "Synced", "False", "DependencyMissing");
      assertThat(scene.condition("bplan/team", "Synced", "message")).contains("no-such-metric");
      assertThat(scene.counts().plans()).isZero();
    }
  }

  private static void assertRefused(Scene scene, String manifest, String named) {
    Kubectl.Result result = scene.tryApply(manifest);
    assertThat(result.ok()).as(manifest + result.stdout()).isFalse();
    assertThat(result.stderr()).contains(named);
  }
}
