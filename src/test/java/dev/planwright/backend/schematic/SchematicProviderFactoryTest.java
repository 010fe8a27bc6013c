package dev.planwright.backend.schematic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Step;
import dev.planwright.catalog.Reason;
import dev.planwright.catalog.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, keys, and what errors mean. */
class SchematicProviderFactoryTest {
  private final SchematicProviderFactory factory = new SchematicProviderFactory();

  @Test
  void everythingWrongWithTheBlockIsSaid() {
    ObjectNode block =
        Bench.block()
            .put("url", "ftp://x")
            .put("accountId", "a b")
            .put("nameSuffix", "x".repeat(101));

    assertThat(factory.checkSettings(Bench.config(block, AccountConfig.Aliases.NONE)))
        .extracting(Violation::field)
        .containsExactly(
            "spec.provider.schematic.url",
            "spec.provider.schematic.accountId",
            "spec.provider.schematic.nameSuffix");
    assertThat(factory.checkSettings(Bench.config(Bench.block(), AccountConfig.Aliases.NONE)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api_prod_1234567890", "sch_prod_a b_1234567", "sch_dev_", ""})
  void aKeyThatCannotBeOneIsNeverSentNorRepeated(String key) {
    AccountConfig config = Bench.config(Bench.block(), AccountConfig.Aliases.NONE);
    assertThat(factory.refuseKey(key, config))
        .hasValueSatisfying(
            it -> {
              if (!key.isEmpty() && key.length() > 9) {
                assertThat(it).doesNotContain(key);
              }
            });
    assertThat(factory.refuseKey("sch_prod_1234567890", config)).isEmpty();
  }

  @Test
  void whatTheVendorDocumentsIsTheCeiling() {
    assertThat(factory.limits().requestsPerSecond()).isEqualTo(20);
    assertThat(factory.limits().readsAndWritesApart()).isTrue();
    assertThat(factory.capabilities().has(Capability.ARCHIVE)).isFalse();
    assertThat(factory.headers("k")).containsEntry("X-Schematic-Api-Key", "k");
  }

  @Test
  void theNameSuffixChangesWhatAManifestMeans() {
    ObjectNode block = Bench.block().put("nameSuffix", " (dev)");
    assertThat(SchematicSettings.of(Bench.config(block, AccountConfig.Aliases.NONE)).meaning())
        .isEqualTo(Map.of("nameSuffix", " (dev)"));
  }

  @Test
  void theAccountSaysWhichEnvironmentTheKeyOpens() {
    Bench bench = new Bench();
    assertThat(bench.provider.account().environment())
        .isEqualTo(AccountFacts.AccountEnvironment.SANDBOX);
    Bench production =
        new Bench(bench, bench.controls().addEnvironment("production"), Bench.block());
    assertThat(production.provider.account().environment())
        .isEqualTo(AccountFacts.AccountEnvironment.PRODUCTION);
    assertThat(production.provider.account().id()).isEqualTo(bench.provider.account().id());
  }

  @ParameterizedTest
  @CsvSource({
    "400, BACKEND_REJECTED",
    "403, BACKEND_REJECTED",
    "404, RETRYING",
    "408, RETRYING",
    "409, BACKEND_REJECTED",
    "422, BACKEND_REJECTED"
  })
  void anErrorIsJudgedByItsStatusAndItsWordsArePassedOn(int status, Reason reason) {
    Bench bench = new Bench();
    Step step =
        Step.of(Step.Kind.WRITE, "change plan Team", sending -> SchematicCalls.deletePlan("x"))
            .changes(List.of())
            .build();
    ApiResponse answer =
        new ApiResponse(
            status,
            Map.of("x-request-id", "req_7"),
            SchematicCalls.object().put("error", "stripe: no such product"));

    var refusal = bench.provider.refusal(step, answer);

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.message())
        .contains("" + status, "stripe: no such product", "req_7", "change plan Team");
  }
}
