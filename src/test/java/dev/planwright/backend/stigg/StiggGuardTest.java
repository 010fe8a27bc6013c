package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Listed;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.EmulatorRequest;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggControls;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who pays is not touched unasked, and what others made is not erased. */
class StiggGuardTest {
  private static final StiggConsole.Which PUBLISHED = StiggConsole.Which.PUBLISHED;
  private static final Policies REVERT =
      StiggBench.with(Policies.Adoption.NEVER, Policies.DriftPolicy.REVERT);

  private final StiggBench bench = new StiggBench();

  private static CatalogPlan plan(String amount, boolean sso) {
    Samples sample = team();
    sample.prices.set(0, flat("team-monthly", amount));
    sample.entitlements.add(enabled("sso", sso));
    return sample.plan();
  }

  @Test
  void underKeepASubscriberKeepsHisVersion() {
    bench.sync(plan("49", true));
    String old = bench.server.console().subscribe("team");
    bench.sync(plan("59", false));
    assertThat(bench.server.billOf(old, Purchase.monthly()).get("usd")).isEqualByComparingTo("49");
    assertThat(hasSso(old)).isTrue();
    assertThat(migrations()).containsOnly("NEW_CUSTOMERS");
  }

  @Test
  void everybodyIsMovedOnlyUnderMigrateAndOnlyWithAnApproval() {
    bench.sync(plan("49", true));
    String old = bench.server.console().subscribe("team");
    bench.newWrites();
    bench.blocked(
        bench.toRest(plan("59", false), StiggBench.MIGRATE),
        Reason.APPROVAL_REQUIRED,
        "planwright.dev/approve");
    assertThat(((Outcome.Blocked) bench.last().outcome()).message())
        .as("nobody can tell how many")
        .contains("an unknown number of subscribers", "does not tell who subscribes");
    assertThat(bench.newWrites()).as("not even a draft").isEmpty();
    bench.approval = bench.last().pendingHash();
    assertThat(bench.toRest(plan("59", false), StiggBench.MIGRATE)).isEqualTo(new Outcome.Done());
    assertThat(migrations()).containsExactly("ALL_CUSTOMERS");
    assertThat(hasSso(old)).isFalse();
  }

  @Test
  void aPriceAloneIsAskedAboutBeforeADraftIsOpened() {
    bench.sync(plan("49", true));
    bench.newWrites();
    bench.blocked(
        bench.toRest(plan("59", true), StiggBench.MIGRATE), Reason.APPROVAL_REQUIRED, "fill");
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void aNewTextMovesNobodyEvenUnderMigrate() {
    bench.sync(plan("49", true));
    Samples renamed = team();
    renamed.entitlements.add(enabled("sso", true));
    renamed.prices.set(0, flat("team-monthly", "49"));
    renamed.displayName = "Team XL";
    bench.server.clearExchanges();
    assertThat(bench.toRest(renamed.plan(), StiggBench.MIGRATE)).isEqualTo(new Outcome.Done());
    assertThat(migrations()).containsExactly("NEW_CUSTOMERS");
  }

  private boolean hasSso(String subscription) {
    return bench.server.grantsOf(subscription).entrySet().stream()
        .anyMatch(
            it -> it.getKey().equals("sso") && it.getValue().path("isGranted").booleanValue());
  }

  private List<String> migrations() {
    return bench.server.exchanges().stream()
        .filter(it -> it.target().endsWith("/publish"))
        .map(it -> it.request().json().orElseThrow().path("migrationType").asText())
        .toList();
  }

  @Test
  void whatOtherPlansInheritIsNotChangedUnasked() {
    bench.sync(plan("49", true));
    bench.server.console().plan("child", "Child");
    bench.server.console().edit("child", PUBLISHED, "parentPlanId", TextNode.valueOf("team"));
    bench.newWrites();

    bench.blocked(
        bench.toRest(plan("49", false), StiggBench.KEEP), Reason.SUBSCRIBERS_UNKNOWN, "sso");
    assertThat(bench.newWrites()).isEmpty();

    assertThat(bench.toRest(plan("59", true), StiggBench.KEEP))
        .as("a price is not inherited")
        .isEqualTo(new Outcome.Done());
  }

  // ---- what others made ---------------------------------------------------------------------

  private void foreignPrice() {
    var rows = bench.server.console().charges("team", PUBLISHED);
    var row = rows.getFirst().deepCopy();
    row.put("id", "00000000-0000-4000-8000-000000000099").put("billingPeriod", "ANNUALLY");
    row.put("seq", 9999);
    var all = JsonNodeFactory.instance.arrayNode();
    rows.forEach(all::add);
    all.add(row);
    bench.server.console().edit("team", PUBLISHED, "charges", all);
  }

  @Test
  void aPriceThatNobodyOfUsMadeIsNoDriftAndIsNeverErased() {
    bench.sync(plan("49", true));
    foreignPrice();
    bench.newWrites();

    assertThat(bench.toRest(plan("49", true), REVERT)).isEqualTo(new Outcome.Done());
    bench.blocked(
        bench.toRest(plan("59", true), StiggBench.KEEP),
        Reason.UNMANAGED_REMOTE_CONTENT,
        "ANNUALLY");
    assertThat(bench.newWrites()).isEmpty();

    assertThat(bench.toRest(plan("49", false), StiggBench.KEEP))
        .as("entitlements do not touch it")
        .isEqualTo(new Outcome.Done());
    assertThat(bench.server.console().charges("team", PUBLISHED)).hasSize(2);
  }

  @Test
  void entitlementsAndMetadataOfOthersStay() {
    bench.sync(plan("49", true));
    StiggConsole console = bench.server.console();
    var grants = JsonNodeFactory.instance.objectNode();
    console.entitlements("team", PUBLISHED).forEach(it -> grants.set(it.path("id").asText(), it));
    var foreign = console.entitlements("team", PUBLISHED).getFirst().deepCopy();
    foreign.put("id", "projects").put("usageLimit", 5);
    grants.set("projects", foreign);
    console.edit("team", PUBLISHED, "entitlements", grants);
    var metadata = bench.server.controls().plan("team").orElseThrow();
    Map<String, String> more = new java.util.HashMap<>();
    metadata
        .path("versions")
        .path(0)
        .path("metadata")
        .properties()
        .forEach(it -> more.put(it.getKey(), it.getValue().asText()));
    more.put("crm", "42");
    console.metadata("team", more);

    bench.sync(plan("59", false));

    assertThat(bench.server.grants("team")).containsKeys("sso", "projects");
    assertThat(bench.server.controls().plan("team").orElseThrow().findValuesAsText("crm"))
        .contains("42");
  }

  // ---- drift --------------------------------------------------------------------------------

  @Test
  void driftIsFoundBySweepAndToldFieldByFieldAndPutBack() {
    Map<String, Consumer<StiggConsole>> byHand =
        Map.of(
            "displayName",
            it -> it.edit("team", PUBLISHED, "displayName", TextNode.valueOf("Other")),
            "description",
            it -> it.edit("team", PUBLISHED, "description", TextNode.valueOf("Other")),
            "prices.team-monthly.amount",
            it -> it.editAmount("team", PUBLISHED, 1, "45"),
            "prices.calls",
            it -> it.removeCharge("team", PUBLISHED, 0),
            "entitlements.seats.limit",
            it -> it.editEntitlement("team", PUBLISHED, "seats", "usageLimit", IntNode.valueOf(3)),
            "entitlements.sso.enabled",
            it -> it.removeEntitlement("team", PUBLISHED, "sso"));
    byHand.forEach(
        (field, hand) -> {
          StiggGuardTest test = new StiggGuardTest();
          StiggBench bench = test.bench;
          Samples sample = team();
          sample.prices.add(perUnit("calls", "api-calls", "0.002"));
          sample.entitlements.add(enabled("sso", true));
          sample.entitlements.add(Samples.limit("seats", "10"));
          CatalogPlan plan = sample.plan();
          bench.sync(plan);
          assertThat(test.differs(plan)).isFalse();
          hand.accept(bench.server.console());
          assertThat(test.differs(plan)).as(field).isTrue();

          bench.blocked(bench.toRest(plan, StiggBench.KEEP), Reason.DRIFTED, field);
          assertThat(bench.memory.drift()).extracting(Memory.Drift::field).containsExactly(field);
          assertThat(bench.toRest(plan, REVERT)).isEqualTo(new Outcome.Done());
          assertThat(test.differs(plan)).isFalse();
        });
  }

  private boolean differs(CatalogPlan plan) {
    List<Listed<StiggWorld>> seen = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of("team"), seen::add)).isEmpty();
    StiggWorld world = seen.getFirst().world().orElseThrow();
    return !bench
        .provider
        .plan(
            plan,
            world,
            new dev.planwright.backend.Provider.Planning(
                Policies.ExistingSubscribers.KEEP, dev.planwright.backend.Handles.NONE))
        .isEmpty();
  }

  /** Somebody renames an add-on and sells it at another price, version and all. */
  @Test
  void driftOfAnAddOnIsFoundByTheSweepToo() {
    Samples sample = team();
    sample.type = CatalogPlan.Type.ADD_ON;
    sample.key = "extra-seats";
    CatalogPlan plan = sample.plan();
    bench.sync(plan);
    bench.server.controls().publishAtOnce();
    byHand("POST", "/draft", "");
    byHand(
        "PATCH",
        "",
        """
        {"displayName": "Mine", "charges": {"pricingType": "PAID", "pricingModels": [
          {"billingModel": "FLAT_FEE", "billingCadence": "RECURRING", "pricePeriods": [
            {"billingPeriod": "MONTHLY", "price": {"amount": 7, "currency": "usd"}}]}]}}
        """);
    byHand("POST", "/publish", "{\"migrationType\": \"NEW_CUSTOMERS\"}");
    List<Listed<StiggWorld>> seen = new ArrayList<>();

    assertThat(bench.provider.sweep(Set.of("extra-seats"), seen::add)).isEmpty();

    assertThat(seen)
        .singleElement()
        .satisfies(it -> assertThat(it.externalId()).isEqualTo("extra-seats"));
    assertThat(changes(plan, seen.getFirst()))
        .containsExactlyInAnyOrder(
            "displayName Mine -> Team", "prices.team-monthly.amount 7 -> 49");
  }

  private void byHand(String method, String action, String body) {
    var answer =
        bench.server.handle(
            EmulatorRequest.of(
                method,
                "/api/v1/addons/extra-seats" + action,
                Map.of("X-API-KEY", bench.server.key(), "content-type", "application/json"),
                body));
    assertThat(answer.status()).as(answer.text()).isIn(200, 201);
  }

  /** What a sweep finds to do, each field with what is there and what is wanted. */
  private List<String> changes(CatalogPlan plan, Listed<StiggWorld> listed) {
    return bench
        .provider
        .plan(
            plan,
            listed.world().orElseThrow(),
            new dev.planwright.backend.Provider.Planning(
                Policies.ExistingSubscribers.KEEP, dev.planwright.backend.Handles.NONE))
        .stream()
        .flatMap(it -> it.changes().stream())
        .map(Object::toString)
        .distinct()
        .toList();
  }

  @Test
  void aSweepDoesNotCompareWhatIsBeingDraftedAndKnowsWhoseIsWhose() {
    bench.sync(plan("49", true));
    bench.server.console().plan("stranger", "Stranger");
    bench.server.console().openDraft("team");
    List<Listed<StiggWorld>> seen = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of(), seen::add)).isEmpty();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().world()).as("to be read by itself").isEmpty();
    assertThat(seen.getFirst().identity())
        .hasValueSatisfying(it -> assertThat(it.key()).isEqualTo("team"));
  }

  /** Without a status, with everything listed wrongly: nothing is made, changed or taken away. */
  @ParameterizedTest
  @EnumSource(value = StiggControls.Listing.class, names = "WHOLE", mode = EnumSource.Mode.EXCLUDE)
  void badListingsAreNoAbsence(StiggControls.Listing listing) {
    bench.sync(plan("49", true));
    bench.memory = Memory.EMPTY;
    bench.newWrites();
    bench.clock.advance(java.time.Duration.ofMinutes(2));
    bench.server.controls().listing(listing);
    assertThat(catchThrowable(() -> bench.once(plan("59", true), REVERT)))
        .as("the account is not opened")
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("product");
    bench.server.controls().listing(StiggControls.Listing.WHOLE);

    bench.between = // and once it was open: all but what opens it
        request -> {
          boolean opens = request.target().startsWith("/api/v1/products");
          bench.server.controls().listing(opens ? StiggControls.Listing.WHOLE : listing);
          return bench.direct.send(request);
        };
    assertThat(bench.once(plan("59", true), REVERT)).isNotEqualTo(new Outcome.Done());
    if (listing == StiggControls.Listing.REPEATING) {
      assertThat(bench.provider.sweep(Set.of("team"), it -> {}).orElseThrow()).contains("repeat");
    }
    assertThat(bench.newWrites()).isEmpty();

    bench.between = bench.direct;
    bench.server.controls().listing(StiggControls.Listing.WHOLE);
    bench.clock.advance(java.time.Duration.ofMinutes(2));
    bench.sync(plan("59", true));
    assertThat(bench.server.controls().planIds()).containsExactly("team");
  }

  // ---- adoption and a rebuilt cluster -------------------------------------------------------

  @Test
  void aRebuiltClusterFindsItsOwnAndWritesNothing() {
    bench.sync(plan("49", true));
    bench.memory = Memory.EMPTY;
    bench.newWrites();
    assertThat(bench.toRest(plan("49", true), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void adoptionAddsTheMarkInAVersionOfItsOwnAndNothingElse() {
    bench.sync(plan("49", true));
    bench.server.console().metadata("team", Map.of());
    bench.memory = Memory.EMPTY;
    bench.blocked(
        bench.toRest(plan("49", true), StiggBench.KEEP), Reason.OWNERSHIP_CONFLICT, "adoption");
    bench.blocked(
        bench.toRest(
            plan("59", true),
            StiggBench.with(Policies.Adoption.IF_EQUAL, Policies.DriftPolicy.REPORT)),
        Reason.OWNERSHIP_CONFLICT,
        "differs");
    bench.newWrites();
    assertThat(
            bench.toRest(
                plan("49", true),
                StiggBench.with(Policies.Adoption.IF_EQUAL, Policies.DriftPolicy.REPORT)))
        .isEqualTo(new Outcome.Done());
    assertThat(bench.newWrites())
        .containsExactly("POST plans/team/draft", "PATCH plans/team", "POST plans/team/publish");
  }

  @Test
  void aPlanIsAdoptedByAnotherIdWhenTheManifestNamesIt() {
    bench.server.console().plan("legacy", "Team");
    Samples sample = team();
    CatalogPlan plan = named(sample.plan(), "legacy");
    bench.newWrites();
    assertThat(
            bench.toRest(
                plan, StiggBench.with(Policies.Adoption.ALWAYS, Policies.DriftPolicy.REPORT)))
        .isEqualTo(new Outcome.Done());
    assertThat(bench.newWrites()).contains("PATCH plans/legacy");
    assertThat(bench.server.controls().planIds()).containsExactly("legacy");
    bench.sync(plan);
  }

  private static CatalogPlan named(CatalogPlan p, String id) {
    return new CatalogPlan(
        p.identity(),
        p.namespace(),
        p.name(),
        Optional.of(id),
        p.displayName(),
        p.invoiceDisplayName(),
        p.description(),
        p.imageUrl(),
        p.type(),
        p.pricing(),
        p.lifecycle(),
        p.product(),
        p.parentPlan(),
        p.compatibleAddOns(),
        p.defaultPrice(),
        p.trial(),
        p.entitlements(),
        p.creditGrants(),
        p.minimumCommitments(),
        p.usageThresholds(),
        p.tax(),
        p.metadata(),
        p.prices());
  }

  // ---- references, add-ons, countries -------------------------------------------------------

  @Test
  void whatIsMissingOrOfAnotherTypeIsSaidBeforeAnyWrite() {
    Samples sample = team();
    sample.prices.add(perUnit("calls", "nothing", "0.002"));
    bench.blocked(
        bench.toRest(sample.plan(), StiggBench.KEEP), Reason.DEPENDENCY_MISSING, "nothing");
    Samples product = team();
    product.product = Optional.of("gone");
    bench.blocked(bench.toRest(product.plan(), StiggBench.KEEP), Reason.DEPENDENCY_MISSING, "gone");
    Samples type = team();
    type.entitlements.add(Samples.limit("sso", "3"));
    type.prices.add(perUnit("switch", "sso", "1"));
    assertThat(bench.toRest(type.plan(), StiggBench.KEEP))
        .isInstanceOfSatisfying(
            Outcome.Inexpressible.class,
            it ->
                assertThat(it.violations())
                    .hasSize(2)
                    .allMatch(violation -> violation.problem().contains("BOOLEAN")));
    assertThat(bench.writes()).isEmpty();
  }

  @Test
  void theProductOfAPlanNeverChanges() {
    bench.sync(plan("49", true));
    bench.server.console().product("other");
    Samples moved = team();
    moved.product = Optional.of("other");
    bench.newWrites();
    assertThat(bench.toRest(moved.plan(), StiggBench.KEEP))
        .isInstanceOf(Outcome.Inexpressible.class);
    assertThat(bench.newWrites()).isEmpty();
  }

  @Test
  void anAddOnIsMadeChangedAndArchivedWhereAddOnsAre() {
    Samples sample = team();
    sample.type = CatalogPlan.Type.ADD_ON;
    sample.key = "extra-seats";
    sample.entitlements.add(
        new dev.planwright.catalog.Entitlement(
            "seats",
            new dev.planwright.catalog.Entitlement.Limit(Samples.dec("5"), Optional.empty(), false),
            Optional.of(dev.planwright.catalog.Entitlement.Mode.INCREMENT)));
    bench.sync(sample.plan());
    sample.prices.set(0, flat("team-monthly", "12"));
    bench.sync(sample.plan());
    assertThat(bench.newWrites()).allMatch(it -> it.contains("addons"));
    assertThat(bench.remove(sample.plan(), Policies.Deletion.ARCHIVE))
        .isEqualTo(new Outcome.Done());
    assertThat(bench.newWrites()).containsExactly("POST addons/extra-seats/archive");
  }

  @Test
  void aCountryPaysItsOwnPrice() {
    Samples sample = team();
    sample.prices.add(
        Samples.price(
            "team-europe",
            flat("x", "45").model(),
            "EUR",
            new dev.planwright.catalog.CatalogPrice.Recurring(Samples.MONTHLY),
            dev.planwright.catalog.CatalogPrice.Billing.IN_ADVANCE,
            List.of("DE", "FR"),
            java.util.OptionalInt.empty(),
            Optional.empty()));
    bench.sync(sample.plan());
    assertThat(bench.server.bill("team", Purchase.monthly().from("DE")))
        .containsOnlyKeys("eur")
        .hasEntrySatisfying("eur", it -> assertThat(it).isEqualByComparingTo("45"));
    assertThat(bench.server.bill("team", Purchase.monthly().from("US"))).containsOnlyKeys("usd");
  }

  @Test
  void aFreePlanHasNoCharges() {
    Samples sample = team();
    sample.pricing = CatalogPlan.Pricing.FREE;
    sample.prices.set(0, flat("free", "0"));
    bench.sync(sample.plan());
    assertThat(bench.server.console().charges("team", PUBLISHED)).isEmpty();
  }

  @Test
  void aPlanThatWasNeverPublishedIsDroppedAndOthersAreNeverDeleted() {
    bench.server.controls().publishWhenTold();
    bench.once(plan("49", true), StiggBench.KEEP);
    bench.server.controls().failPublishes();
    bench.clock.advance(java.time.Duration.ofMinutes(11));
    assertThat(bench.remove(plan("49", true), Policies.Deletion.DELETE))
        .isEqualTo(new Outcome.Done());
    assertThat(bench.server.controls().planIds()).isEmpty();

    StiggBench other = new StiggBench();
    other.sync(plan("49", true));
    other.blocked(
        other.remove(plan("49", true), Policies.Deletion.DELETE),
        Reason.NOT_EXPRESSIBLE,
        "Archive");
    assertThat(other.remove(plan("49", true), Policies.Deletion.ARCHIVE))
        .isEqualTo(new Outcome.Done());
    assertThat(other.newWrites()).last().isEqualTo("POST plans/team/archive");
  }
}
