package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken and somebody should know: told at its line, and no reason to fail. */
class WarningsTest {
  private static final String BACKEND =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: BillingBackend
      metadata: {name: default}
      spec:
        ownerId: shop
        environment: Sandbox
        provider:
          paygentic: {merchantId: org_1, credentials: {secretRef: {name: s, key: k}}}
      ---
      """;
  private static final String PLAN =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Plan
      metadata: {name: team}
      spec:
        displayName: Team
        product: prod_1
        imageUrl: https://a.example.com/team.png
      ---
      """;
  private static final String PRICE =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Price
      metadata: {name: team-monthly}
      spec:
        planRef: {name: team}
        currency: USD
        recurring: {interval: Month}
        flat: {amount: "49.001"}
      """;
  private static final String OF_THE_PLAN =
      "Plan default/team spec.imageUrl: Paygentic has no place for it; it is not sent";
  private static final String OF_THE_PRICE =
      "Price default/team-monthly spec.flat.amount: has more decimals than USD has coins; the"
          + " backend may round or refuse it";

  /** The provider that is said, and how many lines stand before the Plan. */
  static Stream<Arguments> backends() {
    return Stream.of(
        Arguments.of("under --backend", Optional.of("paygentic"), ""),
        Arguments.of("with the BillingBackend", Optional.empty(), BACKEND));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void asTextEachStandsAtItsLine(String how, Optional<String> provider, String before) {
    long lines = before.lines().count();

    Validated validated = Validated.of(before + PLAN + PRICE, provider, Validator.Format.TEXT, "-");

    assertThat(validated.out().lines().filter(line -> line.contains(": warning: ")))
        .containsExactly(
            "stdin:" + (lines + 7) + ":3: warning: " + OF_THE_PLAN,
            "stdin:" + (lines + 16) + ":10: warning: " + OF_THE_PRICE);
    assertThat(validated.out().lines().reduce("", (a, b) -> b)).contains(": 2 warnings, 1 cannot");
    assertThat(validated.code()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void asJsonEachHasObjectFieldAndLine(String how, Optional<String> provider, String before) {
    int lines = (int) before.lines().count();

    Validated validated = Validated.of(before + PLAN + PRICE, provider, Validator.Format.JSON, "-");

    List<JsonNode> warnings =
        validated.json().path("findings").valueStream().filter(WarningsTest::isWarning).toList();
    assertThat(warnings)
        .extracting(it -> it.path("object").asText() + " " + it.path("field").asText())
        .containsExactly(
            "Plan default/team spec.imageUrl", "Price default/team-monthly spec.flat.amount");
    assertThat(warnings)
        .extracting(it -> it.path("line").asInt())
        .containsExactly(lines + 7, lines + 16);
    assertThat(warnings)
        .extracting(it -> it.path("message").asText())
        .containsExactly(OF_THE_PLAN, OF_THE_PRICE);
    assertThat(validated.json().at("/summary/warning").asInt()).isEqualTo(2);
    assertThat(validated.json().path("valid").asBoolean()).isTrue();
    assertThat(validated.code()).isZero();
  }

  private static boolean isWarning(JsonNode finding) {
    return finding.path("severity").asText().equals("warning");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void forGithubEachMarksItsLine(
      String how, Optional<String> provider, String before, @TempDir Path folder)
      throws IOException {
    long lines = before.lines().count();
    Path file = folder.resolve("shop.yaml");
    Files.writeString(file, before + PLAN + PRICE);

    Validated validated = Validated.of("", provider, Validator.Format.GITHUB, file.toString());

    assertThat(validated.out().lines().filter(line -> line.startsWith("::warning ")))
        .containsExactly(
            "::warning file=%s,line=%d,col=3,title=warning::%s"
                .formatted(file, lines + 7, OF_THE_PLAN),
            "::warning file=%s,line=%d,col=10,title=warning::%s"
                .formatted(file, lines + 16, OF_THE_PRICE));
    assertThat(validated.code()).isZero();
  }

  @Test
  void aWarningThatNamesNoObjectIsAboutThePlan() {
    String trial =
        PLAN.replace("imageUrl: https://a.example.com/team.png", "trial: {days: 14}")
                .replace("  product: prod_1\n", "")
            + PRICE.replace("49.001", "49");

    assertThat(Validated.forBackend("bxb", trial).out())
        .contains("stdin:1:1: warning: Plan default/team: bxb stores the trial of 14 days");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aPolicyThatCanNeverBeCarriedOutIsToldBeforeTheDayItIsNeeded(
      String how, Optional<String> provider, String before) {
    String plan =
        PLAN.replace("imageUrl: https://a.example.com/team.png", "deletionPolicy: Delete");

    Validated validated =
        Validated.of(
            before + plan + PRICE.replace("49.001", "49"), provider, Validator.Format.TEXT, "-");

    assertThat(validated.out())
        .contains("stdin:" + (before.lines().count() + 7) + ":3: warning: Plan default/team");
    assertThat(validated.warnings())
        .containsExactly(
            "Plan default/team spec.deletionPolicy \"Delete\": Paygentic's API cannot delete a plan,"
                + " and the Plan would wait for ever when it is deleted; set spec.deletionPolicy to"
                + " Retain, and delete the plan in Paygentic's dashboard");
    assertThat(validated.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels", "annotations"})
  void aWordThatYamlTakesForSomethingElseIsNoText(String field) {
    String plan = PLAN.replace("{name: team}", "{name: team, %s: {a: true}}".formatted(field));

    Validated validated = Validated.forBackend("paygentic", plan + PRICE);

    assertThat(validated.errors())
        .singleElement()
        .asString()
        .isEqualTo(
            "stdin:3:%d: error: Plan default/team metadata.%s[a] \"true\": is no text; put it in"
                    .formatted(field.length() + 27, field)
                + " quotes");
  }
}
