package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Bench.message;
import static dev.planwright.backend.schematic.Bench.reason;
import static dev.planwright.backend.schematic.Samples.enabled;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.limit;
import static dev.planwright.backend.schematic.Samples.metered;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.schematic.Cadence;
import dev.planwright.emulator.schematic.SchematicEmulator;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.SyncResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others have fallen into with this API. */
class SchematicPitfallsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Bench bench = new Bench();

  private static Samples full() {
    return team()
        .with(metered("calls", "calls", "0.002"))
        .granting(enabled("sso"), limit("projects", "10"));
  }

  private static Samples dearer() {
    Samples dearer = full();
    dearer.prices.set(0, flat("team-monthly", "59.00"));
    return dearer;
  }

  /** Some pages write plvr_, others plnv_. */
  @Test
  void theIdsOfVersionsAreOpaque() {
    bench.answering = text -> text.replace("plvr_", "plnv_");
    bench.asking = text -> text.replace("plnv_", "plvr_");

    bench.sync(full().plan());
    bench.sync(dearer().plan());

    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  /** The schema says one-time, a page of the documentation one_time. */
  @Test
  void theWordOfAnIntervalDecidesNothing() {
    List<String> shown = new ArrayList<>();
    bench.answering =
        text -> {
          String other = text.replace("\"interval\":\"one-time\"", "\"interval\":\"one_time\"");
          if (!other.equals(text)) {
            shown.add(other);
          }
          return other;
        };
    Samples once = team();
    once.prices.clear();
    once.prices.add(Samples.once("setup", "99.00"));

    bench.sync(once.plan());

    assertThat(shown).isNotEmpty();
  }

  @Test
  void fieldsThatAreNewerThanWeAreLeftAlone() {
    bench.answering = SchematicPitfallsTest::grown;

    bench.sync(full().plan());
    bench.sync(dearer().plan());

    assertThat(bench.remote().path("monthly_price").path("price").asInt()).isEqualTo(5900);
  }

  private static String grown(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      node.findParents("id").forEach(it -> ((ObjectNode) it).putObject("grown").put("in", 2027));
      return node.toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A bundle is a list of actions: what it leaves out stays, so a removal has to be said. */
  @Test
  void whatAManifestNoLongerNamesIsTakenAwayByAnActionOfItsOwn() {
    bench.sync(full().plan());
    bench.server.clearExchanges();
    bench.sync(team().with(metered("calls", "calls", "0.002")).granting(enabled("sso")).plan());

    assertThat(bench.controls().grantedBy(bench.activeVersion()))
        .containsOnlyKeys(bench.featureId("calls"), bench.featureId("sso"));
    assertThat(bodies("/plan-bundles/").getFirst().path("entitlements"))
        .singleElement()
        .satisfies(it -> assertThat(it.path("action").asText()).isEqualTo("delete"));
  }

  /** The plan group is written as a whole, with what people have set there. */
  @Test
  void theCatalogAndItsLivePlansAreLeftToPeople() {
    bench.sync(full().plan());
    bench.sync(dearer().plan());
    bench.remove(dearer().plan(), Policies.Deletion.DELETE);

    assertThat(bench.writes())
        .containsOnly(
            "POST /plans",
            "PUT /plan-bundles/ID",
            "PUT /plans/version/ID/publish",
            "DELETE /plans/ID");
  }

  @Test
  void whateverIsPublishedUnderKeepMovesNobodyAndSaysSo() {
    Bench drafts = new Bench(Bench.block().put("editsOpenDraft", true), AccountConfig.Aliases.NONE);
    drafts.sync(full().plan());
    subscribe(drafts);
    drafts.sync(dearer().plan());

    assertThat(bodies(drafts, "/publish"))
        .hasSize(2)
        .allSatisfy(
            it -> {
              assertThat(it.path("migration_strategy").asText()).isEqualTo("leave");
              assertThat(it.path("require_no_migration").asBoolean()).isTrue();
              assertThat(it.path("excluded_company_ids").isEmpty()).isTrue();
            });
  }

  /** Who approves reads what follows: at once, and without proration. */
  @Test
  void anApprovedMigrationMovesEverybodyAtOnceAndChargesNothingForThePeriodThatIsPaid() {
    bench.sync(full().plan());
    String company = subscribe(bench);
    bench.server.clearExchanges();

    var asked = bench.run(dearer().plan(), Bench.MIGRATE);
    assertThat(reason(asked.outcome())).isEqualTo(Reason.APPROVAL_REQUIRED);
    assertThat(message(asked.outcome()))
        .contains("move everybody who has it to the new version at once, without proration");
    assertThat(bench.writes()).isEmpty();
    bench.approval = asked.pendingHash();
    assertThat(bench.run(dearer().plan(), Bench.MIGRATE).outcome()).isEqualTo(new Outcome.Done());

    assertThat(bodies("/publish"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.path("migration_strategy").asText()).isEqualTo("immediate");
              assertThat(it.path("proration_behavior").asText()).isEqualTo("none");
            });
    assertThat(
            bench
                .controls()
                .bill(company, Map.of(bench.featureId("calls"), BigDecimal.ZERO))
                .base())
        .isEqualByComparingTo("5900");
  }

  @Test
  void aRenameIsWrittenOnlyOnceApprovedAndMovesNobody() {
    bench.sync(full().plan());
    String company = subscribe(bench);
    bench.server.clearExchanges();
    Samples renamed = full();
    renamed.displayName = "Teams";

    assertThat(bench.run(renamed.plan(), Bench.KEEP).outcome())
        .asString()
        .contains("SubscribersAffected");
    SyncResult asked = bench.run(renamed.plan(), Bench.MIGRATE);
    assertThat(asked.outcome()).asString().contains("ApprovalRequired");
    assertThat(bench.writes()).isEmpty();
    bench.approval = asked.pendingHash();
    assertThat(bench.run(renamed.plan(), Bench.MIGRATE).outcome()).isEqualTo(new Outcome.Done());

    assertThat(bodies("/publish"))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.path("migration_strategy").asText()).isEqualTo("leave"));
    assertThat(
            bench
                .controls()
                .bill(company, Map.of(bench.featureId("calls"), BigDecimal.ZERO))
                .base())
        .isEqualByComparingTo("4900");
  }

  /** Companies are counted in one environment; Stripe's subscriptions are what the plan says. */
  @Test
  void aPlanThatSaysItHasSubscriptionsIsNotDeletedThoughNoCompanyIsCounted() {
    CatalogPlan plan = full().plan();
    bench.sync(plan);
    bench.answering =
        text -> text.replaceAll("\"subscription_count\":\\d+", "\"subscription_count\":2");

    Outcome outcome = bench.remove(plan, Policies.Deletion.DELETE);

    assertThat(reason(outcome)).isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
    assertThat(message(outcome)).contains("2");
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @Test
  void aPlanThatSaysItHasSubscriptionsIsNotEditedUnderKeepThoughNoCompanyIsCounted() {
    bench.sync(full().plan());
    bench.answering =
        text -> text.replaceAll("\"subscription_count\":\\d+", "\"subscription_count\":1");
    int before = bench.writes().size();

    Outcome outcome = bench.run(dearer().plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.SUBSCRIBERS_AFFECTED);
    assertThat(bench.writes()).hasSize(before);
  }

  private static String subscribe(Bench bench) {
    return bench.controls().subscribe(bench.id(), bench.environment, "usd", Cadence.MONTHLY);
  }

  private List<JsonNode> bodies(String path) {
    return bodies(bench, path);
  }

  private static List<JsonNode> bodies(Bench bench, String path) {
    return bench.server.exchanges().stream()
        .filter(it -> !it.method().equals("GET") && it.target().contains(path))
        .map(SchematicEmulator.Exchange::body)
        .map(SchematicPitfallsTest::json)
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
