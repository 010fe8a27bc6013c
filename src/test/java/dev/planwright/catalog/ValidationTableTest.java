package dev.planwright.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/validation.md: each rule, who holds it, and the test that shows it. */
class ValidationTableTest {
  private static final Path TABLE = Path.of("docs/validation.md");

  /** What no single object can break, and what is done instead. */
  private static final Map<Rule, String> OTHERWISE =
      Map.of(
          Rule.EXTERNAL_ID_IMMUTABLE, "held against status: see external-id-matches-status",
          Rule.TYPE_IMMUTABLE, "needs the object before: the backend's own type is compared",
          Rule.PLAN_REF_IMMUTABLE,
              "needs the object before: the price leaves one plan and joins another",
          Rule.OWNER_ID_IMMUTABLE,
              "needs the object before: another owner's plans are never touched",
          Rule.DEFAULT_PRICE_EXISTS, "waits for it: `theDefaultPriceIsWaitedForToo`");

  @Test
  void everyRuleIsHeldByTheCompilerAndTested() {
    Map<Rule, String> tests = tests();

    for (Rule rule : Rule.values()) {
      assertThat(tests.containsKey(rule) != OTHERWISE.containsKey(rule))
          .as("%s is tested in the compiler, or said to be held otherwise", rule)
          .isTrue();
    }
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    if (Boolean.getBoolean("planwright.update")) {
      Files.createDirectories(TABLE.getParent());
      Files.writeString(TABLE, table());
    }

    assertThat(TABLE)
        .as("write it again with: mvn test -Dtest=ValidationTableTest -Dplanwright.update=true")
        .hasContent(table());
  }

  private static String table() {
    StringBuilder text =
        new StringBuilder(
            """
            # What a manifest must be

            Generated from the rules and the tests; `mvn test -Dtest=ValidationTableTest
            -Dplanwright.update=true` writes it again.

            The API server refuses what its schema and its rules in CEL forbid
            (`CrdsOnApiServerIT` shows each). The compiler holds every rule again, for servers
            without the schema, and tells all mistakes at once (`CatalogCompilerTest`,
            `BackendCompilerTest`, `CompilerHoldsTheSchemaTest`).

            | rule | of | field | what is right | API server | compiler, by test |
            |---|---|---|---|---|---|
            """);
    Map<Rule, String> tests = tests();
    for (Rule rule : Rule.values()) {
      text.append("| `")
          .append(rule.id())
          .append("` | ")
          .append(kind(rule))
          .append(" | `")
          .append(rule.field())
          .append("` | ")
          .append(cell(rule.sentence()))
          .append(" | ")
          .append(
              switch (rule.held()) {
                case SCHEMA -> "schema";
                case CEL -> "CEL";
                case COMPILER -> "-";
              })
          .append(" | ")
          .append(cell(tests.getOrDefault(rule, OTHERWISE.getOrDefault(rule, ""))))
          .append(" |\n");
    }
    return text.toString();
  }

  private static String kind(Rule rule) {
    return switch (rule.kind()) {
      case ANY -> "any";
      case PLAN -> "Plan";
      case PRICE -> "Price";
      case BILLING_BACKEND -> "BillingBackend";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  private static Map<Rule, String> tests() {
    return Stream.concat(CompilerCases.all(), BackendCompilerTest.cases())
        .collect(
            Collectors.groupingBy(
                CompilerCases.Case::rule,
                TreeMap::new,
                Collectors.mapping(CompilerCases.Case::sentence, Collectors.joining("; "))));
  }
}
