package dev.planwright.backend.schematic;

import static dev.planwright.backend.schematic.Bench.message;
import static dev.planwright.backend.schematic.Bench.reason;
import static dev.planwright.backend.schematic.Samples.enabled;
import static dev.planwright.backend.schematic.Samples.flat;
import static dev.planwright.backend.schematic.Samples.limit;
import static dev.planwright.backend.schematic.Samples.metered;
import static dev.planwright.backend.schematic.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.schematic.SchematicControls.AuditTrouble;
import dev.planwright.emulator.schematic.SchematicControls.ListTrouble;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Status and annotation are lost, and the manifest has another name than the plan. */
class SchematicLookalikeTest {
  private final Bench bench = new Bench();
  private final String old = bench.sync(manifest("Team").plan());

  SchematicLookalikeTest() {
    forget();
  }

  private static Samples manifest(String name) {
    Samples samples =
        team()
            .with(metered("calls", "calls", "0.002"))
            .granting(enabled("sso"), limit("projects", "10"));
    samples.displayName = name;
    return samples;
  }

  private void forget() {
    bench.memory = Memory.EMPTY;
    bench.timePasses(Duration.ofHours(1));
    bench.server.clearExchanges();
  }

  private void isAPlanOfItsOwn(Samples samples) {
    assertThat(bench.sync(samples.plan())).isNotEqualTo(old);
  }

  @Test
  void aPlanOfOursThatNobodyHoldsAndThatDiffersInNameAloneIsNamedAndNotMadeTwice() {
    Outcome outcome = bench.run(manifest("Teams").plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(message(outcome)).contains("planwright.dev/external-id=" + old);
    assertThat(bench.writes()).isEmpty();
    bench.memory = Memory.EMPTY.bound(old);
    assertThat(bench.sync(manifest("Teams").plan())).isEqualTo(old);
    assertThat(bench.controls().plansNamed("Teams")).containsExactly(old);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  /** Such as after a deletion under Retain, or where two plans are meant to be alike. */
  @Test
  void aPersonMayHaveAnotherOneMadeBesideItOnce() {
    var asked = bench.run(manifest("Teams").plan(), Bench.KEEP);
    assertThat(message(asked.outcome()))
        .contains(
            "kubectl annotate bplan team -n shop --overwrite planwright.dev/approve="
                + asked.pendingHash());
    bench.approval = asked.pendingHash();

    isAPlanOfItsOwn(manifest("Teams"));

    bench.claimed = bench.id()::equals;
    forget();
    assertThat(reason(bench.run(manifest("Third").plan(), Bench.KEEP).outcome()))
        .as("an approval works once")
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
  }

  /** Under every policy: what looks alike is not what bears the name. */
  @Test
  void whatLooksAlikeIsNotAdoptedByItself() {
    assertThat(
            reason(
                bench
                    .run(
                        manifest("Teams").plan(),
                        Bench.adopting(dev.planwright.catalog.Policies.Adoption.ALWAYS))
                    .outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void aPlanThatOnceBoreTheNameIsNamedThoughItDiffers() {
    bench.memory = Memory.EMPTY.bound(old);
    bench.sync(manifest("Renamed").plan());
    forget();
    Samples dearer = manifest("Team");
    dearer.prices.set(0, flat("team-monthly", "59.00"));

    Outcome outcome = bench.run(dearer.plan(), Bench.KEEP).outcome();

    assertThat(reason(outcome)).isEqualTo(Reason.OWNERSHIP_CONFLICT);
    assertThat(message(outcome)).contains(old);
  }

  /** A draft of it bears the name, and its content cannot be seen in the list. */
  @Test
  void aPlanWhoseDraftBearsTheNameIsNamed() {
    bench.controls().openDraft(old, bench.environment, "Teams");

    assertThat(reason(bench.run(manifest("Teams").plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
  }

  @Test
  void aPlanThatAnotherPlanHoldsOrThatDiffersIsNotInTheWay() {
    bench.claimed = old::equals;
    isAPlanOfItsOwn(manifest("Teams"));

    bench.claimed = bench.id()::equals;
    forget();
    Samples dearer = manifest("Others");
    dearer.prices.set(0, flat("team-monthly", "59.00"));
    isAPlanOfItsOwn(dearer);
  }

  /** Made with another key: by people, or by another operator. */
  @Test
  void aPlanThatOurKeyDidNotMakeIsNotInTheWay() {
    Bench other = new Bench(bench, bench.environment, Bench.block());
    assertThat(bench.environment).isEqualTo(other.environment);
    bench.claimed = old::equals;
    String theirs = other.sync(manifest("Theirs").plan());
    forget();

    assertThat(bench.sync(manifest("Teams").plan())).isNotIn(old, theirs);
  }

  /** What is young may be another Plan's that is being made at this moment. */
  @Test
  void aPlanThatHasJustBeenMadeIsNotInTheWay() {
    bench.claimed = old::equals;
    String first = bench.sync(manifest("First").plan());
    bench.memory = Memory.EMPTY;
    bench.timePasses(Duration.ofMinutes(6)); // the account is listed anew

    assertThat(bench.sync(manifest("Second").plan())).isNotEqualTo(first);
  }

  @Test
  void aPlanThatIsGoneSinceItWasListedIsNotInTheWay() {
    assertThat(reason(bench.run(manifest("Teams").plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.OWNERSHIP_CONFLICT);
    bench.controls().deletePlan(old);

    isAPlanOfItsOwn(manifest("Teams"));
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  @Test
  void whileTheAccountCannotBeListedOrTheAuditLogReadNothingIsMade() {
    bench.controls().troubleAuditLog(AuditTrouble.FAILING);
    assertThat(reason(bench.run(manifest("Teams").plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.BACKEND_UNAVAILABLE);
    bench.controls().troubleAuditLog(AuditTrouble.NONE);
    bench.timePasses(Duration.ofMinutes(6));
    bench.controls().troubleLists("/plans", ListTrouble.EMPTY);
    assertThat(reason(bench.run(manifest("Others").plan(), Bench.KEEP).outcome()))
        .isEqualTo(Reason.BACKEND_UNAVAILABLE);
    assertThat(bench.controls().counts().plans()).isEqualTo(1);
  }

  /** The limit of what can be known: without the audit log nobody tells whose it is. */
  @Test
  void withoutTheAuditLogItCannotBeTold() {
    bench.controls().troubleAuditLog(AuditTrouble.FORBIDDEN);

    isAPlanOfItsOwn(manifest("Teams"));
  }

  @Test
  void theListIsBelievedForAWhileSoThatManyPlansCostOneListing() {
    bench.claimed = old::equals;
    bench.controls().editPlan(old, "description", TextNode.valueOf("Another"));
    for (String name : new String[] {"One", "Two", "Three"}) {
      bench.memory = Memory.EMPTY;
      bench.sync(manifest(name).plan());
    }

    assertThat(bench.server.exchanges())
        .filteredOn(
            it -> it.target().startsWith("/plans?") && it.target().contains("with_entitlements"))
        .hasSize(1);
  }
}
