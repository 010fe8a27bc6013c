package dev.planwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every backend in an operator that runs on a real API server, told through kubectl: the vendor's
 * own examples, and what people do to plans. What a backend cannot do, it refuses by name. Each
 * scenario has plans of its own, so that their order does not matter.
 */
class EveryBackendIT {
  private static final Pattern ANNOTATE = Pattern.compile("kubectl annotate bplan [^;,]+");
  private static final Pattern LET_GO = Pattern.compile("kubectl patch bplan .*'\\{.*\\}'");

  private static final Pattern PLAN = Pattern.compile("kind: Plan\\nmetadata: \\{name: ([a-z]+)");

  /** How far our clock, and that of the billing systems, is ahead. */
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static final InstantSource CLOCK = () -> Instant.now().plus(AHEAD.get());
  private static final Map<String, Shop> SHOPS = new LinkedHashMap<>();

  /** Ids of the plans of the examples by their names, for each backend. */
  private static final Map<String, Map<String, String>> EXAMPLES = new TreeMap<>();

  @BeforeAll
  static void applyAllExamples() {
    for (Vendor vendor : Vendor.all(CLOCK.withZone(ZoneOffset.UTC))) {
      Shop shop = new Shop(vendor, new Scene(vendor.name()));
      SHOPS.put(vendor.name(), shop);
      shop.scene.startOperator(CLOCK);
      shop.open();
    }
    for (Shop shop : SHOPS.values()) {
      shop.scene.awaitAllReady();
      EXAMPLES.put(shop.vendor.name(), shop.ids("bplan"));
      assertThat(shop.vendor.plans())
          .as("plans made from the examples of " + shop.vendor.name())
          .isEqualTo(shop.ids("bplan").size());
    }
  }

  @AfterAll
  static void close() {
    SHOPS.values().forEach(shop -> shop.scene.close());
    SHOPS.values().forEach(Shop::close);
    SHOPS.clear();
  }

  static Stream<String> backends() {
    return Stream.of("http", "bxb", "stigg", "schematic", "noderails", "paygentic");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void itsExamplesAreOnSaleAndASecondLookWritesNothing(String backend) {
    Shop shop = shop(backend);
    Map<String, String> ids = examples(shop);
    assertThat(ids).isNotEmpty().doesNotContainValue("");
    assertThat(ids.values())
        .doesNotHaveDuplicates()
        .allSatisfy(id -> assertThat(shop.vendor.fate(id)).isEqualTo(Vendor.Fate.ON_SALE));
    long plans = shop.vendor.plans();
    long writes = shop.vendor.writes();
    assertThat(writes).isPositive();

    shop.scene.apply(shop.manifests());
    shop.scene.run("annotate", "bplan", "--all", "planwright.dev/reconcile-requested-at=again");
    shop.scene.eventually(
        "every plan to be looked at again",
        () ->
            assertThat(
                    shop.scene.run(
                        "get", "bplan", "-o", "jsonpath={.items[*].status.lastHandledReconcileAt}"))
                .isEqualTo(String.join(" ", ids.values().stream().map(it -> "again").toList())));
    shop.scene.awaitAllReady();
    assertThat(shop.vendor.writes()).isEqualTo(writes);
    assertThat(shop.vendor.plans()).isEqualTo(plans);
    assertThat(shop.ids("bplan")).isEqualTo(ids);
  }

  private static Map<String, String> examples(Shop shop) {
    return EXAMPLES.getOrDefault(shop.vendor.name(), Map.of());
  }

  /** Applied together, which of the two is looked at first is chance. */
  @Test
  void aPlanThatNamesAnAddOnDoesNotWaitLongerThanUntilTheAddOnIsMade() {
    Shop shop = shop("stigg");
    String addOn =
        shop.flat("adding")
            .replace("requiredPrices", "type: AddOn\n  requiredPrices")
            .replaceFirst("labels", "annotations: {planwright.dev/paused: \"true\"}, labels");
    String plan = Shop.with(shop.flat("naming"), "compatibleAddOns: [{name: adding}]");
    shop.scene.apply(addOn);
    shop.scene.apply(plan);
    shop.scene.awaitCondition("bplan/naming", "Ready", "False", "DependencyMissing");

    shop.scene.run("annotate", "bplan/adding", "planwright.dev/paused-");
    shop.scene.awaitReady("bplan/adding", "bplan/naming", "bprice/naming-monthly");
    shop.clear(plan);
    shop.clear(addOn);
  }

  static Stream<Arguments> portable() {
    return SHOPS.values().stream()
        .flatMap(
            shop ->
                Stream.of("flat", "usage", "entitled")
                    .filter(shop.vendor.portable()::contains)
                    .map(example -> Arguments.of(shop.vendor.name(), example)));
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("portable")
  void aPortableExampleBecomesReadyAsItIs(String backend, String example) {
    Shop shop = shop(backend);
    String manifests = shop.portable(example);
    shop.scene.apply(manifests);
    String plan = PLAN.matcher(manifests).results().findFirst().orElseThrow().group(1);
    shop.scene.awaitReady("bplan/" + plan, "bprice/" + plan + "-monthly");
    assertThat(shop.vendor.fate(shop.id(plan))).isEqualTo(Vendor.Fate.ON_SALE);
    shop.clear(manifests);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void underKeepWhoPaysGoesOnPayingTheSame(String backend) {
    Shop shop = shop(backend);
    String plan = shop.sell("keeping", "");
    String early = shop.vendor.subscribe(plan);
    assertThat(shop.vendor.pays(early)).isEqualByComparingTo("49");
    long writes = shop.vendor.writes();

    shop.scene.apply(shop.flat("keeping").replace("49.00", "59.00"));
    if (shop.vendor.keepsOldAmounts()) {
      shop.scene.eventually(
          "the new amount to be asked of who comes now",
          () -> assertThat(shop.vendor.newcomerPays(plan)).isEqualByComparingTo("59"));
      shop.scene.awaitReady("bplan/keeping", "bprice/keeping-monthly");
      assertThat(shop.vendor.pays(shop.vendor.subscribe(plan))).isEqualByComparingTo("59");
    } else {
      shop.scene.awaitCondition("bplan/keeping", "Ready", "False", "SubscribersAffected");
      assertThat(shop.scene.condition("bplan/keeping", "Ready", "message")).contains("1 ");
      assertThat(shop.vendor.newcomerPays(plan)).isEqualByComparingTo("49");
      assertThat(shop.vendor.writes()).isEqualTo(writes);
    }
    shop.vendor.nextPeriod(early);
    assertThat(shop.vendor.pays(early)).isEqualByComparingTo("49");
    shop.clear(shop.flat("keeping"));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anApprovedMigrateReachesWhoPaysAndNoOtherChangeDoes(String backend) {
    Shop shop = shop(backend);
    String migrate = "existingSubscribers: Migrate";
    String plan = shop.sell("moving", migrate);
    String early = shop.vendor.subscribe(plan);
    long writes = shop.vendor.writes();
    String dearer = Shop.with(shop.flat("moving"), migrate).replace("49.00", "59.00");

    shop.scene.apply(dearer);
    shop.scene.awaitCondition("bplan/moving", "Ready", "False", "ApprovalRequired");
    String hash = shop.scene.get("bplan/moving", "{.status.pendingHash}");
    assertThat(shop.scene.condition("bplan/moving", "Ready", "message")).contains(hash);
    assertThat(shop.scene.get("bplan/moving", "{.status.pending[*].affects}"))
        .contains("ExistingSubscribers");
    assertThat(shop.vendor.writes()).isEqualTo(writes);

    shop.scene.run("annotate", "bplan/moving", "planwright.dev/approve=" + hash);
    shop.scene.eventually(
        "the approved amount to be asked of who comes now",
        () -> assertThat(shop.vendor.newcomerPays(plan)).isEqualByComparingTo("59"));
    shop.scene.awaitReady("bplan/moving", "bprice/moving-monthly");
    shop.vendor.move(early);
    shop.vendor.nextPeriod(early);
    assertThat(shop.vendor.pays(early)).isEqualByComparingTo("59");

    long approved = shop.vendor.writes();
    shop.scene.apply(dearer.replace("59.00", "69.00"));
    shop.scene.awaitCondition("bplan/moving", "Ready", "False", "ApprovalRequired");
    assertThat(shop.scene.get("bplan/moving", "{.status.pendingHash}")).isNotEqualTo(hash);
    assertThat(shop.vendor.writes()).isEqualTo(approved);
    shop.clear(dearer);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void driftIsSeenByTheSweepToldFieldByFieldAndPutBackWhereThatIsWanted(String backend) {
    Shop shop = shop(backend);
    String plan = shop.sell("drifting", "");
    shop.vendor.tamper(plan, "45.00");
    assertThat(shop.vendor.newcomerPays(plan)).isEqualByComparingTo("45");
    long plans = shop.vendor.plans();
    long writes = shop.vendor.writes();

    sweepUntil(
        shop,
        "the drift to be seen",
        () ->
            assertThat(shop.scene.condition("bplan/drifting", "Ready", "reason"))
                .isEqualTo("Drifted"));
    assertThat(shop.scene.get("bplan/drifting", "{.status.drift[*].field}"))
        .isEqualTo("prices.drifting-monthly.amount");
    assertThat(amount(shop.scene.get("bplan/drifting", "{.status.drift[0].desired}")))
        .isEqualByComparingTo("49");
    assertThat(amount(shop.scene.get("bplan/drifting", "{.status.drift[0].actual}")))
        .isEqualByComparingTo("45");
    assertThat(shop.vendor.writes()).as("nothing is written under Report").isEqualTo(writes);

    driftPolicy(shop, "Revert");
    sweepUntil(
        shop,
        "the amount to be put back",
        () -> assertThat(shop.vendor.newcomerPays(plan)).isEqualByComparingTo("49"));
    shop.scene.awaitReady("bplan/drifting");
    assertThat(shop.scene.get("bplan/drifting", "{.status.drift}")).isIn("", "[]");
    assertThat(shop.vendor.plans()).isEqualTo(plans);
    driftPolicy(shop, "Report");
    shop.clear(shop.flat("drifting"));
  }

  private static void driftPolicy(Shop shop, String policy) {
    shop.scene.run(
        "patch",
        "bb/default",
        "--type=merge",
        "-p",
        "{\"spec\":{\"drift\":{\"policy\":\"" + policy + "\"}}}");
  }

  /** Sweeps until this passes: one that is under way when time jumps looked too early. */
  private static void sweepUntil(Shop shop, String what, ThrowingRunnable assertion) {
    Instant[] next = {Instant.MIN};
    shop.scene.eventually(
        what,
        () -> {
          if (Instant.now().isAfter(next[0])) {
            AHEAD.updateAndGet(ahead -> ahead.plusMinutes(12));
            next[0] = Instant.now().plusSeconds(3);
          }
          assertion.run();
        });
  }

  private static BigDecimal amount(String said) {
    return new BigDecimal(said.split(" ", -1)[0]);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRebuiltClusterFindsItsPlansAndMakesNoSecond(String backend) {
    Shop shop = shop(backend);
    long plans = shop.vendor.plans();
    long writes = shop.vendor.writes();

    shop.scene.stopOperator();
    shop.lose("bplan,bprice,bb");
    shop.scene.startOperator(CLOCK);
    shop.scene.apply(shop.manifests());

    if (shop.vendor.isKnownByIdOnly()) {
      for (String plan : examples(shop).keySet()) {
        shop.scene.awaitCondition("bplan/" + plan, "Ready", "False", "OwnershipConflict");
        String message = shop.scene.condition("bplan/" + plan, "Ready", "message");
        shop.scene.runLine(line(ANNOTATE, message));
      }
    }
    shop.scene.awaitAllReady();
    assertThat(shop.ids("bplan")).isEqualTo(examples(shop));
    assertThat(shop.vendor.plans()).isEqualTo(plans);
    assertThat(shop.vendor.writes()).isEqualTo(writes);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatSomebodyMadeByHandIsNotTakenOverHoweverOftenItIsLookedAt(String backend) {
    Shop shop = shop(backend);
    String id = shop.sell("found", "");
    shop.delete(shop.flat("found"));
    shop.vendor.unmark(id);
    long writes = shop.vendor.writes();
    String dearer = Shop.with(shop.flat("found"), "externalId: " + id).replace("49.00", "59.00");

    shop.scene.apply(dearer);
    for (String look : List.of("first", "second")) {
      shop.scene.run(
          "annotate",
          "--overwrite",
          "bplan/found",
          "planwright.dev/reconcile-requested-at=" + look);
      shop.scene.eventually(
          "the " + look + " look",
          () ->
              assertThat(shop.scene.get("bplan/found", "{.status.lastHandledReconcileAt}"))
                  .isEqualTo(look));
      assertThat(shop.scene.condition("bplan/found", "Ready", "reason"))
          .as(shop.scene.condition("bplan/found", "Ready", "message"))
          .isEqualTo("OwnershipConflict");
    }
    assertThat(shop.scene.get("bplan/found", "{.status.externalId}")).isEmpty();
    assertThat(shop.vendor.newcomerPays(id)).isEqualByComparingTo("49");
    assertThat(shop.vendor.writes()).isEqualTo(writes);
    shop.delete(dearer);
    shop.vendor.tidy(id);
  }

  private static String line(Pattern pattern, String message) {
    Matcher line = pattern.matcher(message);
    assertThat(line.find()).as("a line to run in: " + message).isTrue();
    return line.group();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aDeletionDoesWhatItsPolicySaysOrSaysHowToLetGo(String backend) {
    Shop shop = shop(backend);
    Map<String, String> ids = new LinkedHashMap<>();
    for (String policy : List.of("Retain", "Archive", "Delete")) {
      ids.put(policy, shop.sell(name(policy), "deletionPolicy: " + policy));
    }
    ids.forEach(
        (policy, id) -> {
          String plan = "bplan/" + name(policy);
          shop.scene.run("delete", plan, "bprice/" + name(policy) + "-monthly", "--wait=false");
        });
    ids.forEach(
        (policy, id) -> {
          String plan = "bplan/" + name(policy);
          Map<String, Vendor.Fate> can = shop.vendor.deletions();
          if (!policy.equals("Retain") && !can.containsKey(policy)) {
            shop.scene.awaitCondition(plan, "Ready", "False", "NotExpressible");
            String message = shop.scene.condition(plan, "Ready", "message");
            shop.scene.runLine(line(LET_GO, message));
          }
          shop.scene.eventually(
              plan + " to go", () -> assertThat(shop.scene.exists(plan)).as("exists").isFalse());
          assertThat(shop.vendor.fate(id))
              .as(policy)
              .isEqualTo(can.getOrDefault(policy, Vendor.Fate.ON_SALE));
        });
  }

  private static String name(String policy) {
    return "ends-by-" + policy.toLowerCase(java.util.Locale.ROOT);
  }

  private static Shop shop(String backend) {
    return java.util.Objects.requireNonNull(SHOPS.get(backend), backend);
  }
}
