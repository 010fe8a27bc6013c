package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {
  static final String BACKEND =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: BillingBackend
      metadata: {name: default}
      spec:
        ownerId: shop
        provider: {http: {url: https://a.example.com/, credentials: {secretRef: {name: s, key: k}}}}
      ---
      """;
  static final String PLAN =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Plan
      metadata: {name: team}
      spec:
        displayName: Team
        requiredPrices: [team-monthly]
      ---
      """;
  static final String PRICE =
      """
      apiVersion: planwright.dev/v1alpha1
      kind: Price
      metadata: {name: team-monthly}
      spec:
        planRef: {name: team}
        currency: USD
        recurring: {interval: Month}
        flat: {amount: "49.00"}
      """;

  private static Arguments mistake(String sentence, String from, String to, String... answer) {
    return Arguments.of(sentence, from, to, List.of(answer));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "an amount without quotes",
            "\"49.00\"",
            "49.00",
            "stdin:22:10: error: Price default/team-monthly spec.flat.amount \"49.00\": is a number;"
                + " write a text: put it in quotes, as it should be read"),
        mistake(
            "an amount with a comma is told by the compiler, once",
            "49.00",
            "49,00",
            "stdin:22:10: error: Price default/team-monthly spec.flat.amount \"49,00\": has a comma;"
                + " a valid one is a decimal string"),
        mistake(
            "a field that does not exist",
            "displayName:",
            "displayNme:",
            "stdin:11:1: error: Plan default/team spec.displayName: is missing; set it",
            "stdin:12:3: error: Plan default/team spec.displayNme: there is no such field; did you"
                + " mean displayName?"),
        mistake(
            "a field above the spec that does not exist",
            "metadata: {name: team}",
            "metadata: {name: team, lables: {}}",
            "stdin:10:24: error: Plan default/team metadata.lables: there is no such field; did you"
                + " mean labels?"),
        mistake(
            "a label that is a number",
            "metadata: {name: team}",
            "metadata: {name: team, labels: {a: 1}}",
            "stdin:10:33: error: Plan default/team metadata.labels[a] \"1\": is no text; put it in"
                + " quotes"),
        mistake(
            "a field that stands twice",
            "  currency: USD",
            "  currency: USD\n  currency: EUR",
            "stdin:21:3: error: Price default/team-monthly: the field currency stands twice in one"
                + " object; keep one"),
        mistake(
            "a price that is named and not given",
            "name: team-monthly}",
            "name: team-yearly}",
            "stdin:13:20: error: Plan default/team spec.requiredPrices[0] \"team-monthly\": no such"
                + " Price is among what was given; give it too, or mend the name"),
        mistake(
            "a plan that is named and not given",
            "planRef: {name: team}",
            "planRef: {name: taem}",
            "stdin:13:20: error: Plan default/team spec.requiredPrices[0] \"team-monthly\": the Price"
                + " of that name belongs to another Plan; mend the name, or the spec.planRef of the"
                + " Price",
            "stdin:19:13: error: Price default/team-monthly spec.planRef.name \"taem\": no Plan"
                + " default/taem is among what was given; give it too, or mend the name"),
        mistake(
            "a backend that is named and not given",
            "displayName: Team",
            "displayName: Team\n  backendRef: {name: other}",
            "stdin:13:3: error: Plan default/team spec.backendRef \"other\": no BillingBackend"
                + " default/other is among what was given; mend the name, give the BillingBackend"
                + " too, or say --backend PROVIDER for those that are elsewhere"),
        mistake(
            "two Plans of one key",
            "---\napiVersion: planwright.dev/v1alpha1\nkind: Price",
            "---\n"
                + PLAN.replace("name: team}", "name: gang}")
                    .replace(
                        "requiredPrices: [team-monthly]", "pricing: Custom\n  key: default.team")
                + "apiVersion: planwright.dev/v1alpha1\nkind: Price",
            "stdin:21:3: error: Plan default/gang spec.key \"default.team\": this key of the account"
                + " is held by Plan default/team (stdin:8); give one of the two another key, or"
                + " delete one"),
        mistake(
            "what the backend has no way to say",
            "flat: {amount: \"49.00\"}",
            "billing: InAdvance\n  perUnit: {metric: api-calls, amount: \"1\"}",
            "stdin:22:3: error: Price default/team-monthly spec.billing \"InAdvance\": usage is known"
                + " only after the period; use InArrears, or leave it out"),
        mistake(
            "a rule of CEL",
            "flat: {amount: \"49.00\"}",
            "flat: {amount: \"49.00\"}\n  oneTime: {}",
            "stdin:18:1: error: Price default/team-monthly spec: has recurring and oneTime; set exactly"
                + " one"),
        mistake(
            "a key in the clear",
            "https://a.example.com/",
            "http://a.example.com/",
            "stdin:6:21: error: BillingBackend default/default spec.provider.http.url"),
        mistake(
            "a version that does not exist",
            "apiVersion: planwright.dev/v1alpha1\nkind: Price",
            "apiVersion: planwright.dev/v1\nkind: Price",
            "stdin:13:20: error: Plan default/team spec.requiredPrices[0]",
            "stdin:15:1: error: apiVersion \"planwright.dev/v1\", kind \"Price\": there is no such"
                + " kind; use apiVersion: planwright.dev/v1alpha1 and kind: Price"),
        mistake(
            "a group with a slip",
            "apiVersion: planwright.dev/v1alpha1\nkind: Price",
            "apiVersion: planright.dev/v1alpha1\nkind: Price",
            "stdin:13:20: error: Plan default/team spec.requiredPrices[0]",
            "stdin:15:1: error: apiVersion \"planright.dev/v1alpha1\", kind \"Price\": there is no"
                + " such kind; use apiVersion: planwright.dev/v1alpha1 and kind: Price"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void eachMistakeIsToldOnceAtItsPlace(
      String sentence, String from, String to, List<String> answer) {
    String whole = BACKEND + PLAN + PRICE;
    assertThat(whole).contains(from);

    Validated validated = Validated.of(whole.replace(from, to));

    assertThat(validated.code()).isEqualTo(1);
    assertThat(validated.errors()).hasSameSizeAs(answer);
    for (int i = 0; i < answer.size(); i++) {
      assertThat(validated.errors().get(i)).startsWith(answer.get(i));
    }
  }

  @Test
  void whatIsRightIsValidAndTheRestIsSaidToBeUnknown() {
    Validated validated = Validated.of(BACKEND + PLAN + PRICE);

    assertThat(validated.code()).isZero();
    assertThat(validated.out())
        .isEqualTo(
            """
            stdin:1:1: cannot tell offline: BillingBackend default/default: whether its Secret\
             holds a key that opens the account; what the account itself allows, and what is there\
             already
            3 objects (1 BillingBackend, 1 Plan, 1 Price) in 1 file: 1 cannot be told offline
            """);
  }

  @Test
  void documentsOfOtherKindsAreIgnoredAndCounted() {
    String other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n";

    Validated validated = Validated.of(other + BACKEND + other + PLAN + PRICE);

    assertThat(validated.code()).isZero();
    assertThat(validated.out()).contains("; 2 documents of other kinds ignored");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1alpha1 Plan",
        "v1 Price",
        "'' Plan",
        "planwright.io/v1alpha1 Plan",
        "planwright.com/v1alpha1 BillingBackend",
        "planwright/v1alpha1 Price",
        "billing.planwright.dev/v1alpha1 Price",
        "planwrigth.io/v1 Plan",
        "planwright.io/v1alpha1 Pric"
      })
  void anObjectThatIsMeantForUsDoesNotGoUnnoticed(String written) {
    String apiVersion = written.split(" ", -1)[0];
    String kind = written.split(" ", -1)[1];

    Validated validated =
        Validated.of("apiVersion: %s\nkind: %s\nmetadata: {name: a}\n".formatted(apiVersion, kind));

    assertThat(validated.errors())
        .singleElement()
        .asString()
        .startsWith("stdin:1:1: error: apiVersion \"" + apiVersion.replace("'", "") + "\"")
        .contains("there is no such kind; use apiVersion: planwright.dev/v1alpha1 and kind: ");
    assertThat(validated.code()).isEqualTo(1);
  }

  @Test
  void theKindsOfOthersStayTheirs() {
    String others =
        """
        apiVersion: upgrade.cattle.io/v1
        kind: Plan
        metadata: {name: k3s}
        ---
        apiVersion: shop.example.com/v1
        kind: Price
        metadata: {name: a}
        ---
        apiVersion: planwright.example.com/v1
        kind: Dashboard
        metadata: {name: a}
        """;

    Validated validated = Validated.of(others);

    assertThat(validated.out()).contains("3 documents of other kinds ignored");
    assertThat(validated.errors()).isEmpty();
    assertThat(validated.warnings()).isEmpty();
    assertThat(validated.code()).isZero();
  }

  @Test
  void aBillingBackendOfAnotherGroupIsIgnoredAndTold() {
    Validated validated =
        Validated.of(
            "apiVersion: billing.example.com/v1\nkind: BillingBackend\nmetadata: {name: default}\n");

    assertThat(validated.warnings())
        .containsExactly(
            "apiVersion \"billing.example.com/v1\", kind \"BillingBackend\": is no kind of"
                + " Planwright, and ignored; if it is meant for it, use apiVersion:"
                + " planwright.dev/v1alpha1");
    assertThat(validated.out()).contains("stdin:1:1: warning: ");
    assertThat(validated.code()).isZero();
  }

  @Test
  void aListHoldsObjects() {
    String items = (PLAN.replace("---\n", "") + "\n").indent(2).replaceFirst("^ {2}", "- ");

    Validated validated = Validated.of("apiVersion: v1\nkind: List\nitems:\n" + items);

    assertThat(validated.errors())
        .singleElement()
        .asString()
        .startsWith("stdin:9:22: error: Plan default/team spec.requiredPrices[0] \"team-monthly\"");
  }

  @Test
  void anchorsAndMergeKeysAreFollowed() {
    String tiers =
        PRICE.replace(
            "flat: {amount: \"49.00\"}",
            "graduated: {metric: sms, tiers: [&t {unitAmount: \"1\", upTo: 5}, {<<: *t, upTo: 9},"
                + " *t]}");

    Validated validated = Validated.of(BACKEND + PLAN + tiers);

    // The last tier is the first one again: it has an end, and no tier may have it there.
    assertThat(validated.errors())
        .isNotEmpty()
        .allMatch(line -> line.contains("spec.graduated.tiers[2].upTo \"5\""));
    // An anchor ends with its document, as it does for kubectl.
    String second = PRICE.replace("flat: {amount: \"49.00\"}", "flat: *f");
    assertThat(Validated.of(PRICE.replace("flat: {", "flat: &f {") + "---\n" + second).code())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "spec:", "spec: []", "spec: 7"})
  void aSpecThatIsNotThereIsToldOnce(String spec) {
    for (String kind : List.of("Plan", "Price", "BillingBackend")) {
      Validated validated =
          Validated.of(
              "apiVersion: planwright.dev/v1alpha1\nkind: %s\nmetadata: {name: a}\n%s\n"
                  .formatted(kind, spec));

      assertThat(validated.errors())
          .singleElement()
          .asString()
          .contains("error: " + kind + " default/a spec");
    }
  }

  @Test
  void whatTheSchemaKnowsBetterIsNotToldByTheCompilerAbove() {
    String plan =
        PLAN.replace(
            "requiredPrices: [team-monthly]", "pricing: Custom\n  entitlements: [{feature: x}, 7]");

    assertThat(Validated.of(plan).errors())
        .containsExactly(
            "stdin:7:32: error: Plan default/team spec.entitlements[1] \"7\": is a number; write an"
                + " object, such as {...}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec: null",
        "spec: []",
        "spec: 7",
        "spec: {planRef: [], flat: [], currency: {}}",
        "spec: {metadata: [a]}",
        "metadata: []",
        "metadata: {name: [x]}",
        "metadata: {name: x, labels: 3, annotations: [1]}\nspec: {displayName: {a: b}}",
        "metadata: {name: x}\nspec: {tiers: 1e999999999}",
        "status: []"
      })
  void whateverStandsInAnObjectIsToldInWords(String rest) {
    for (String kind : List.of("Plan", "Price", "BillingBackend")) {
      Validated validated =
          Validated.of("apiVersion: planwright.dev/v1alpha1\nkind: " + kind + "\n" + rest);

      assertThat(validated.code()).isEqualTo(1);
      assertThat(validated.err()).isEmpty();
    }
  }

  @Test
  void aBackendThatIsSaidDecidesWhatCanBeExpressed() {
    String trial = PLAN.replace("displayName: Team", "displayName: Team\n  trial: {days: 14}");
    String addOn = PLAN.replace("displayName: Team", "displayName: Team\n  product: main");

    Validated untold = Validated.of(trial + PRICE);
    assertThat(untold.code()).isZero();
    assertThat(untold.out())
        .contains(
            "cannot tell offline: BillingBackend default/default: what its billing system can")
        .contains("--backend PROVIDER");
    assertThat(Validated.forBackend("http", trial + PRICE).code()).isZero();
    // A setting of the BillingBackend allows it: nobody can tell.
    Validated depends = Validated.forBackend("bxb", trial + PRICE);
    assertThat(depends.code()).isZero();
    assertThat(depends.out())
        .contains(
            "stdin:6:3: cannot tell offline: Plan default/team spec.trial \"14 days\": depends")
        .contains("trialIsInformational: true");
    // No setting allows it.
    Validated never = Validated.forBackend("bxb", addOn + PRICE);
    assertThat(never.code()).isEqualTo(1);
    assertThat(never.errors())
        .containsExactly(
            "stdin:6:3: error: Plan default/team spec.product \"main\": bxb has no products; leave"
                + " product out");
  }

  @Test
  void aSettingOfTheBillingBackendAllowsUsageBesideAYearlyPrice() {
    String usage =
        PLAN
            + PRICE
            + """
            ---
            apiVersion: planwright.dev/v1alpha1
            kind: Price
            metadata: {name: team-yearly}
            spec:
              planRef: {name: team}
              currency: USD
              recurring: {interval: Year}
              flat: {amount: "490.00"}
            ---
            apiVersion: planwright.dev/v1alpha1
            kind: Price
            metadata: {name: team-api-calls}
            spec:
              planRef: {name: team}
              currency: USD
              recurring: {interval: Month}
              perUnit: {metric: api-calls, amount: "0.002"}
            """;
    String without =
        BACKEND.replace(
            "http: {url: https://a.example.com/,",
            "stigg: {url: https://api.stigg.io, productId: product-main,");
    String with = without.replace("product-main,", "product-main, usageBesideYearly: true,");

    assertThat(Validated.of(with + usage).errors()).isEmpty();
    assertThat(Validated.of(with + usage).code()).isZero();
    for (String off : List.of(without, with.replace("Yearly: true", "Yearly: false"))) {
      assertThat(Validated.of(off + usage).code()).isEqualTo(1);
      assertThat(Validated.of(off + usage).errors())
          .singleElement()
          .asString()
          .contains(
              "Price default/team-api-calls spec.recurring",
              "whoever pays \"team-yearly\" every 1 year would not pay this on Stigg",
              "usageBesideYearly: true in the BillingBackend");
    }
    // Without the BillingBackend nobody can tell.
    Validated depends = Validated.forBackend("stigg", usage);
    assertThat(depends.code()).isZero();
    assertThat(depends.out())
        .contains("cannot tell offline: Price default/team-api-calls spec.recurring")
        .contains("usageBesideYearly: true");
    // The setting does not allow everything.
    String yearOfUsage = usage.replace("interval: Month}\n  perUnit", "interval: Year}\n  perUnit");
    assertThat(Validated.of(with + yearOfUsage).errors())
        .anyMatch(it -> it.contains("whoever pays \"team-monthly\" every 1 month"))
        .noneMatch(it -> it.contains("usageBesideYearly"));
  }

  @Test
  void jsonHoldsTheSame() {
    Validated validated =
        Validated.of(
            PLAN + PRICE.replace("USD", "XXQ"), Optional.of("http"), Validator.Format.JSON, "-");

    JsonNode error =
        validated.json().at("/findings/0").path("severity").asText().equals("offline")
            ? validated.json().at("/findings/1")
            : validated.json().at("/findings/0");
    assertThat(validated.code()).isEqualTo(1);
    assertThat(validated.json().path("valid").asBoolean()).isFalse();
    assertThat(validated.json().at("/summary/error").asInt()).isEqualTo(1);
    assertThat(validated.json().at("/summary/objects/Plan").asInt()).isEqualTo(1);
    assertThat(error.path("severity").asText()).isEqualTo("error");
    assertThat(error.path("file").asText()).isEqualTo("stdin");
    assertThat(error.path("line").asInt()).isEqualTo(13);
    assertThat(error.path("object").asText()).isEqualTo("Price default/team-monthly");
    assertThat(error.path("field").asText()).isEqualTo("spec.currency");
    assertThat(error.path("reason").asText()).isEqualTo("InvalidSpec");
    assertThat(error.path("message").asText()).contains("spec.currency \"XXQ\"");
  }

  @Test
  void annotationsNameFileAndLineAndAreEscaped(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a,b.yaml");
    Files.writeString(file, PLAN + PRICE.replace("\"49.00\"", "\"100%\""));

    Validated validated =
        Validated.of("", Optional.of("http"), Validator.Format.GITHUB, file.toString());

    assertThat(validated.out().lines())
        .anyMatch(
            line ->
                line.startsWith(
                    "::notice title=cannot tell offline::BillingBackend default/default: its settings"))
        .anyMatch(
            line ->
                line.startsWith(
                        "::error file=%s,line=15,col=10,title=InvalidSpec::Price default/team-monthly"
                            .formatted(file.toString().replace(",", "%2C")))
                    && line.contains("\"100%25\""));
    assertThat(Validated.of(PRICE, Optional.empty(), Validator.Format.GITHUB, "-").out())
        .contains("::error title=PlanNotFound::stdin:5: Price default/team-monthly");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path: ../base/prices.yaml\\n", "path: \\\"../base/prices.yaml\\\""})
  void whatKustomizeBuiltIsMarkedInTheFileItCameFrom(String origin) {
    String rendered =
        PRICE
            .replace("49.00", "49,00")
            .replace(
                "{name: team-monthly}",
                "{name: team-monthly, annotations: {config.kubernetes.io/origin: \""
                    + origin
                    + "\"}}");

    assertThat(Validated.of(rendered, Optional.empty(), Validator.Format.GITHUB, "-").out())
        .contains(
            "::error file=base/prices.yaml,title=InvalidSpec::stdin:8: Price default/team-monthly");
    assertThat(
            Validated.of(rendered, Optional.empty(), Validator.Format.JSON, "-")
                .json()
                .path("findings"))
        .filteredOn(finding -> finding.path("field").asText().equals("spec.flat.amount"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path("file").asText()).isEqualTo("stdin");
              assertThat(finding.path("line").asInt()).isEqualTo(8);
              assertThat(finding.path("origin").asText()).isEqualTo("base/prices.yaml");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path: a.yaml\\nrepo: https://example.com/base\\nref: main\\n",
        "configuredIn: kustomization.yaml\\n",
        "path: [",
        "7"
      })
  void anOriginThatIsNoFileOfThisCheckoutIsNotNamed(String origin) {
    String rendered =
        PRICE
            .replace("49.00", "49,00")
            .replace(
                "{name: team-monthly}",
                "{name: team-monthly, annotations: {config.kubernetes.io/origin: \""
                    + origin
                    + "\"}}");

    assertThat(Validated.of(rendered, Optional.empty(), Validator.Format.GITHUB, "-").out())
        .contains("::error title=InvalidSpec::stdin:8: Price default/team-monthly");
  }

  static Stream<Arguments> accounts() {
    String second = BACKEND.replace("{name: default}", "{name: second}");
    return Stream.of(
        Arguments.of("one Secret", second, true),
        Arguments.of("another key of the Secret", second.replace("key: k", "key: other"), false),
        Arguments.of("another Secret", second.replace("name: s,", "name: t,"), false),
        Arguments.of("another owner", second.replace("ownerId: shop", "ownerId: else"), false),
        Arguments.of("another address", second.replace("a.example.com", "b.example.com"), false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("accounts")
  void twoBillingBackendsOfOneSecretAreOneAccount(String how, String second, boolean same) {
    String plan = PLAN.replace("requiredPrices: [team-monthly]", "pricing: Custom\n  key: k");
    String other =
        plan.replace("{name: team}", "{name: gang}")
            .replace("pricing: Custom", "pricing: Custom\n  backendRef: {name: second}");

    Validated validated = Validated.of(BACKEND + second + plan + other);

    assertThat(validated.errors()).hasSize(same ? 1 : 0);
    if (same) {
      assertThat(validated.errors().getFirst())
          .contains(
              "Plan default/gang spec.key \"k\": this key of the account is held by Plan default/team");
    }
  }

  @Test
  void oneNameOfASecretInTwoNamespacesIsTwoAccounts() {
    String plan = PLAN.replace("requiredPrices: [team-monthly]", "pricing: Custom\n  key: k");
    String elsewhere = (BACKEND + plan).replace("metadata: {", "metadata: {namespace: b, ");

    assertThat(Validated.of(BACKEND + plan + elsewhere).errors()).isEmpty();
  }

  @Test
  void theSchemaHasNoWordThatIsNotHeldHere() {
    Schemas schemas = Schemas.load();
    for (String kind : schemas.kinds()) {
      words(kind, schemas.of(kind).orElseThrow().source());
    }
  }

  private static void words(String at, JsonNode schema) {
    for (Map.Entry<String, JsonNode> word : schema.properties()) {
      assertThat(Schema.KEYWORDS).as(at).contains(word.getKey());
    }
    schema
        .path("properties")
        .properties()
        .forEach(it -> words(at + "." + it.getKey(), it.getValue()));
    Stream.of("items", "additionalProperties")
        .filter(schema::has)
        .forEach(name -> words(at + "." + name, schema.get(name)));
  }

  @Test
  void theSchemasAreThoseThatAreInstalled() throws IOException {
    for (String plural : List.of("plans", "prices", "billingbackends")) {
      try (var in = Schemas.class.getResourceAsStream("/crds/" + plural + ".yaml")) {
        assertThat(in).isNotNull();
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(Files.readString(Path.of("crds", plural + ".yaml")));
      }
    }
  }
}
