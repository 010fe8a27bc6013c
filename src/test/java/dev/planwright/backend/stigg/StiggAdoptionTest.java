package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.StiggConsole.Which;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an adoption leaves as it is on Stigg, beyond what every backend does alike. */
class StiggAdoptionTest {
  private static final Policies ALWAYS =
      StiggBench.with(Policies.Adoption.ALWAYS, Policies.DriftPolicy.REPORT);

  private final StiggBench bench = new StiggBench();

  /** Made by hand: with a trial and an add-on, and without a mark. */
  private void byHand(Samples sample) {
    bench.server.console().addon("extra", "Extra");
    bench.sync(sample.plan());
    bench.server.console().metadata("team", Map.of());
    ObjectNode trial =
        JsonNodeFactory.instance.objectNode().put("duration", 14).put("units", "DAY");
    edit("defaultTrialConfig", trial);
    edit("compatibleAddonIds", JsonNodeFactory.instance.arrayNode().add("extra"));
    bench.memory = Memory.EMPTY;
    bench.newWrites();
  }

  private void edit(String field, JsonNode value) {
    bench.server.console().edit("team", Which.PUBLISHED, field, value);
  }

  private JsonNode published(String field) {
    JsonNode found = JsonNodeFactory.instance.nullNode();
    for (JsonNode version : bench.server.controls().plan("team").orElseThrow().path("versions")) {
      found = version.path("status").asText().equals("PUBLISHED") ? version.path(field) : found;
    }
    return found;
  }

  private void reaches(CatalogPlan plan) {
    assertThat(bench.toRest(plan, ALWAYS)).isEqualTo(new Outcome.Done());
  }

  /**
   * An older server shows neither, so nobody can say what is there: it is left out of each write.
   */
  @Test
  void whereTrialAndAddOnsAreNotShownTheyAreKeptUnseen() {
    bench.with(StiggSwitch.CURRENT_PLAN_SHAPE, false);
    byHand(sample("49"));
    reaches(sample("59").plan());
    assertThat(published("defaultTrialConfig").path("duration").asInt()).isEqualTo(14);
    assertThat(published("compatibleAddonIds")).hasSize(1);

    Samples trying = sample("59");
    trying.trial = Optional.of(new CatalogPlan.Trial(7, Optional.empty()));
    reaches(trying.plan());
    assertThat(published("defaultTrialConfig").path("duration").asInt()).isEqualTo(7);
    assertThat(published("compatibleAddonIds")).as("not named").hasSize(1);

    reaches(sample("59").plan());
    assertThat(published("defaultTrialConfig").isNull()).as("named, and no more").isTrue();
    assertThat(published("compatibleAddonIds")).as("still not named").hasSize(1);
    bench.newWrites();
    reaches(sample("59").plan());
    assertThat(bench.newWrites()).isEmpty();
  }

  /** What a named price or entitlement says beside the manifest is asked for and not taken away. */
  @ParameterizedTest
  @CsvSource({
    "resetPeriod, MONTH, entitlements.seats.reset",
    "hasSoftLimit, true, entitlements.seats.soft",
    "behavior, Increment, entitlements.seats.mode"
  })
  void whatAnAdoptedEntitlementSaysBesideTheManifestIsListed(
      String field, String value, String listed) {
    Samples sample = sample("49");
    sample.entitlements.add(Samples.limit("seats", "10"));
    byHand(sample);
    JsonNode node = value.equals("true") ? BooleanNode.TRUE : TextNode.valueOf(value);
    bench.server.console().editEntitlement("team", Which.PUBLISHED, "seats", field, node);
    bench.blocked(
        bench.toRest(sample.plan(), ALWAYS), Reason.UNMANAGED_REMOTE_CONTENT, listed + " = ");
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void boundsOfSeatsThatTheManifestLeavesOutAreListed() {
    Samples sample = sample("49").with(seats());
    byHand(sample);
    bench
        .server
        .console()
        .editCharge("team", Which.PUBLISHED, 1, "minUnitQuantity", IntNode.valueOf(3));
    bench.blocked(
        bench.toRest(sample.plan(), ALWAYS), Reason.UNMANAGED_REMOTE_CONTENT, "minUnits = 3");
    assertThat(bench.newWrites()).isEmpty();
  }

  /** Named just as it is, a price becomes the manifest's own, and goes with it. */
  @Test
  void aPriceThatAManifestNamesAsItIsGoesWhenItNamesItNoMore() {
    Samples both = sample("49").with(seats());
    byHand(both);
    reaches(sample("49").plan());
    assertThat(bench.server.console().charges("team", Which.PUBLISHED)).hasSize(2);
    reaches(both.plan());
    reaches(sample("49").plan());
    assertThat(bench.server.console().charges("team", Which.PUBLISHED)).hasSize(1);
  }

  private static Samples sample(String amount) {
    Samples sample = team();
    sample.prices = new ArrayList<>(List.of(flat("team-monthly", amount)));
    return sample;
  }

  private static CatalogPrice seats() {
    return Samples.price(
        "team-seats",
        new PriceModel.PerUnit(
            "seats-bought",
            Samples.dec("5"),
            PriceModel.UsageType.LICENSED,
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT),
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }
}
