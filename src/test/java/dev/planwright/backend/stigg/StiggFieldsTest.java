package dev.planwright.backend.stigg;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.enabled;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Handles;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.CatalogPrice;
import dev.planwright.catalog.Entitlement;
import dev.planwright.catalog.Interval;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.catalog.Reason;
import dev.planwright.emulator.stigg.Purchase;
import dev.planwright.emulator.stigg.StiggConsole;
import dev.planwright.emulator.stigg.StiggSwitch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.testing.Golden;
import dev.planwright.testing.Samples;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field that we write is stored as it was meant, and every one is compared. */
class StiggFieldsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Policies REVERT =
      StiggBench.with(Policies.Adoption.NEVER, Policies.DriftPolicy.REVERT);

  private final StiggBench bench = bench(AccountConfig.Aliases.NONE);

  private static StiggBench bench(AccountConfig.Aliases aliases) {
    StiggBench bench = new StiggBench(aliases);
    StiggConsole console = bench.server.console();
    console.plan("starter", "Starter");
    console.plan("other", "Other");
    console.addon("extra", "Extra");
    console.addon("more", "More");
    for (String number : List.of("mails", "rows")) {
      console.feature(number, "NUMBER", "INCREMENTAL");
    }
    bench.server.handle(
        dev.planwright.emulator.EmulatorRequest.of(
            "POST",
            "/api/v1/features",
            Map.of("X-API-KEY", bench.server.key(), "content-type", "application/json"),
            """
            {"id": "support", "displayName": "Support", "featureType": "ENUM",
             "enumConfiguration": [{"value": "gold", "displayName": "Gold"},
                                   {"value": "iron", "displayName": "Iron"}]}
            """));
    return bench;
  }

  /** With something of everything that Stigg can hold of a monthly plan. */
  private static Samples rich() {
    Samples sample = team();
    sample.prices.add(perUnit("calls", "api-calls", "0.00025"));
    sample.prices.add(
        Samples.price("sms", new PriceModel.Package("sms", dec("100"), dec("5"), dec("0"))));
    sample.prices.add(
        Samples.price(
            "storage",
            new PriceModel.Graduated(
                "storage-gb", List.of(tier("10", "0.5", "0"), tier("", "0.3", "2")))));
    sample.prices.add(
        Samples.price(
            "rows",
            new PriceModel.Volume(
                "rows", List.of(tier("1000", "0.2", "0"), tier("", "0.1", "0")))));
    sample.prices.add(seats());
    sample.prices.add(setup());
    sample.prices.add(Samples.price("over", new PriceModel.Overage("seats", dec("7.00"))));
    sample.commitments = List.of(Samples.commitment("20"));
    sample.entitlements.add(enabled("sso", true));
    sample.entitlements.add(
        new Entitlement(
            "seats",
            new Entitlement.Limit(dec("10"), Optional.of(Interval.Unit.MONTH), true),
            Optional.empty()));
    sample.entitlements.add(
        new Entitlement(
            "projects", new Entitlement.Unlimited(), Optional.of(Entitlement.Mode.INCREMENT)));
    sample.entitlements.add(
        new Entitlement("support", new Entitlement.Value("gold"), Optional.empty()));
    sample.credits =
        List.of(
            new CatalogPlan.CreditGrant("tokens", dec("1000"), Optional.of(Interval.Unit.MONTH)));
    sample.trial =
        Optional.of(new CatalogPlan.Trial(14, Optional.of(CatalogPlan.TrialEnd.CONVERT_TO_PAID)));
    sample.metadata = Map.of("tier", "team");
    sample.parentPlan = Optional.of("starter");
    sample.addOns = List.of("extra");
    return sample;
  }

  private static CatalogPrice seats() {
    return Samples.price(
        "seats-price",
        new PriceModel.PerUnit(
            "seats-bought",
            dec("6.50"),
            PriceModel.UsageType.LICENSED,
            OptionalLong.of(2),
            OptionalLong.of(50),
            List.of(),
            PriceModel.Unmatched.BASE_AMOUNT),
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static CatalogPrice setup() {
    return Samples.price(
        "setup",
        new PriceModel.Flat(dec("10"), Optional.empty()),
        "USD",
        new CatalogPrice.OneTime(),
        CatalogPrice.Billing.IN_ADVANCE,
        List.of(),
        OptionalInt.empty(),
        Optional.empty());
  }

  // ---- what is written ----------------------------------------------------------------------

  @Test
  void everyFieldIsStoredAsItWasMeant() throws JsonProcessingException {
    bench.sync(rich().plan());
    JsonNode version = version(StiggConsole.Which.PUBLISHED);

    assertThat(rows(version.path("charges")))
        .containsExactlyInAnyOrder(
            json(
                """
                {"billingModel": "FLAT_FEE", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "price": {"amount": 49, "currency": "usd"}}"""),
            json(
                """
                {"billingModel": "FLAT_FEE", "billingCadence": "ONE_OFF",
                 "billingPeriod": "MONTHLY", "price": {"amount": 10, "currency": "usd"}}"""),
            json(
                """
                {"billingModel": "USAGE_BASED", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "featureId": "api-calls",
                 "price": {"amount": 0.00025, "currency": "usd"}}"""),
            json(
                """
                {"billingModel": "USAGE_BASED", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "featureId": "sms", "blockSize": 100,
                 "price": {"amount": 5, "currency": "usd"}}"""),
            json(
                """
                {"billingModel": "USAGE_BASED", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "featureId": "storage-gb", "tiersMode": "GRADUATED",
                 "tiers": [{"upTo": 10, "unitPrice": {"amount": 0.5, "currency": "usd"}},
                           {"unitPrice": {"amount": 0.3, "currency": "usd"},
                            "flatPrice": {"amount": 2, "currency": "usd"}}]}"""),
            json(
                """
                {"billingModel": "USAGE_BASED", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "featureId": "rows", "tiersMode": "VOLUME",
                 "tiers": [{"upTo": 1000, "unitPrice": {"amount": 0.2, "currency": "usd"}},
                           {"unitPrice": {"amount": 0.1, "currency": "usd"}}]}"""),
            json(
                """
                {"billingModel": "PER_UNIT", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "featureId": "seats-bought",
                 "minUnitQuantity": 2, "maxUnitQuantity": 50,
                 "price": {"amount": 6.5, "currency": "usd"}}"""));
    assertThat(rows(version.path("overages")))
        .containsExactly(
            json(
                """
                {"billingModel": "USAGE_BASED", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "featureId": "seats",
                 "price": {"amount": 7, "currency": "usd"}}"""));
    assertThat(version.path("overageBillingPeriod").asText())
        .as("overage is billed with the month that it belongs to")
        .isEqualTo("MONTHLY");
    assertThat(rows(version.path("minimumSpend")))
        .containsExactly(
            json(
                """
                {"billingModel": "MINIMUM_SPEND", "billingCadence": "RECURRING",
                 "billingPeriod": "MONTHLY", "price": {"amount": 20, "currency": "usd"}}"""));
    assertThat(rows(version.path("entitlements")))
        .containsExactlyInAnyOrder(
            json(
                """
                {"id": "sso", "type": "FEATURE", "behavior": "Override", "isGranted": true}"""),
            json(
                """
                {"id": "seats", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "usageLimit": 10, "hasSoftLimit": true, "resetPeriod": "MONTH",
                 "resetPeriodConfiguration": {"accordingTo": "SubscriptionStart"}}"""),
            json(
                """
                {"id": "projects", "type": "FEATURE", "behavior": "Increment", "isGranted": true,
                 "hasUnlimitedUsage": true}"""),
            json(
                """
                {"id": "support", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "enumValues": ["gold"]}"""),
            json(
                """
                {"id": "tokens", "type": "CREDIT", "behavior": "Override", "isGranted": true,
                 "amount": 1000, "cadence": "MONTH"}"""));
    assertThat(version.path("displayName").asText()).isEqualTo("Team");
    assertThat(version.path("description").asText()).isEqualTo("For growing teams");
    assertThat(version.path("pricingType").asText()).isEqualTo("PAID");
    assertThat(version.path("parentPlanId").asText()).isEqualTo("starter");
    assertThat(version.path("compatibleAddonIds")).isEqualTo(json("[\"extra\"]"));
    assertThat(bare(version.path("defaultTrialConfig")))
        .isEqualTo(
            json(
                """
                {"duration": 14, "units": "DAY", "trialEndBehavior": "CONVERT_TO_PAID"}"""));
    assertThat(version.path("metadata").path("tier").asText()).isEqualTo("team");
    assertThat(version.path("metadata").path("planwright_owner").asText()).isEqualTo("shop-prod");
    assertThat(version.path("metadata").path("planwright_key").asText()).isEqualTo("team");
    assertThat(version.path("metadata").path("planwright_plan").asText()).isEqualTo("shop/team");
  }

  @Test
  void everyFieldIsStoredAnewWhenTheManifestChanges() throws JsonProcessingException {
    bench.sync(rich().plan());
    Samples sample = rich();
    sample.description = "";
    sample.parentPlan = Optional.empty();
    sample.addOns = List.of();
    sample.trial = Optional.of(new CatalogPlan.Trial(7, Optional.of(CatalogPlan.TrialEnd.CANCEL)));
    sample.metadata = Map.of();
    sample.commitments = List.of();
    sample.prices.removeLast(); // the overage
    sample.credits =
        List.of(
            new CatalogPlan.CreditGrant("tokens", dec("50.5"), Optional.of(Interval.Unit.YEAR)));
    sample.entitlements.set(0, enabled("sso", false));
    sample.entitlements.set(1, Samples.limit("seats", "12"));
    sample.entitlements.set(2, Samples.limit("projects", "3"));
    sample.entitlements.set(
        3, new Entitlement("support", new Entitlement.Value("iron"), Optional.empty()));
    bench.sync(sample.plan());
    JsonNode version = version(StiggConsole.Which.PUBLISHED);

    assertThat(version.path("overages")).isEmpty();
    assertThat(version.path("minimumSpend")).isEmpty();
    assertThat(version.hasNonNull("description")).isFalse();
    assertThat(version.hasNonNull("parentPlanId")).isFalse();
    assertThat(version.path("compatibleAddonIds")).isEmpty();
    assertThat(version.path("metadata").path("tier").asText("")).isEmpty();
    assertThat(bare(version.path("defaultTrialConfig")))
        .isEqualTo(
            json(
                """
                {"duration": 7, "units": "DAY", "trialEndBehavior": "CANCEL_SUBSCRIPTION"}"""));
    assertThat(rows(version.path("entitlements")))
        .containsExactlyInAnyOrder(
            json(
                """
                {"id": "sso", "type": "FEATURE", "behavior": "Override", "isGranted": false}"""),
            json(
                """
                {"id": "seats", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "usageLimit": 12}"""),
            json(
                """
                {"id": "projects", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "usageLimit": 3}"""),
            json(
                """
                {"id": "support", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "enumValues": ["iron"]}"""),
            json(
                """
                {"id": "tokens", "type": "CREDIT", "behavior": "Override", "isGranted": true,
                 "amount": 50.5, "cadence": "YEAR"}"""));

    sample.trial = Optional.empty();
    bench.sync(sample.plan());
    assertThat(version(StiggConsole.Which.PUBLISHED).hasNonNull("defaultTrialConfig")).isFalse();
  }

  /** Metrics and features are both features on Stigg, and each has its own list of aliases. */
  @Test
  void everyModelGoesByItsOwnAlias() {
    StiggBench aliased =
        bench(
            new AccountConfig.Aliases(
                aliases("a", "api-calls", "b", "sms", "c", "storage-gb", "d", "rows", "s", "mails"),
                aliases("s", "seats", "a", "projects"),
                Map.of()));
    Samples sample = team();
    sample.prices.add(perUnit("calls", "a", "0.1"));
    sample.prices.add(
        Samples.price("pack", new PriceModel.Package("b", dec("100"), dec("5"), dec("0"))));
    sample.prices.add(
        Samples.price(
            "grad",
            new PriceModel.Graduated("c", List.of(tier("1", "2", "0"), tier("", "1", "0")))));
    sample.prices.add(
        Samples.price(
            "volume",
            new PriceModel.Volume("d", List.of(tier("1", "2", "0"), tier("", "1", "0")))));
    sample.prices.add(Samples.price("over", new PriceModel.Overage("s", dec("7"))));
    sample.entitlements.add(
        new Entitlement(
            "s", new Entitlement.Limit(dec("10"), Optional.empty(), true), Optional.empty()));
    aliased.sync(sample.plan());

    assertThat(aliased.server.console().charges("team", StiggConsole.Which.PUBLISHED))
        .extracting(it -> it.path("featureId").asText(""))
        .containsExactlyInAnyOrder("", "api-calls", "sms", "storage-gb", "rows");
    assertThat(aliased.server.console().overages("team", StiggConsole.Which.PUBLISHED))
        .extracting(it -> it.path("featureId").asText())
        .containsExactly("seats");
    assertThat(aliased.server.grants("team")).containsOnlyKeys("seats");
  }

  @Test
  void numbersArePlainHoweverLargeOrSmall() {
    for (String number : List.of("0", "49", "0.00001", "123456789012345678901234567890", "5E+30")) {
      assertThat(Words.number(new BigDecimal(number)).toString())
          .isEqualTo(new BigDecimal(number).toPlainString());
    }
  }

  @Test
  void aPlanThatIsPaidOnceStandsUnderAMonth() {
    Samples sample = new Samples();
    sample.prices.add(setup());
    bench.sync(sample.plan());
    assertThat(bench.server.bill("team", Purchase.monthly().atFirst()).get("usd"))
        .isEqualByComparingTo("10");
    assertThat(bench.server.console().charges("team", StiggConsole.Which.PUBLISHED))
        .extracting(it -> it.path("billingPeriod").asText())
        .containsExactly("MONTHLY");
  }

  @Test
  void aYearlyMinimumIsToldAsAYearlyOne() {
    Samples sample = new Samples();
    sample.prices.add(
        Samples.price(
            "yearly",
            new PriceModel.Flat(dec("490"), Optional.empty()),
            "USD",
            Interval.of(Interval.Unit.YEAR, 1)));
    sample.commitments =
        List.of(new CatalogPlan.MinimumCommitment(dec("600"), "USD", Interval.Unit.YEAR));
    bench.sync(sample.plan());
    assertThat(bench.server.bill("team", Purchase.yearly()).get("usd")).isEqualByComparingTo("600");
    change(
        StiggConsole.Which.PUBLISHED,
        new Edit("minimumSpend", "ANNUALLY", "/price/amount", "500", ""));
    bench.blocked(
        bench.toRest(sample.plan(), StiggBench.KEEP),
        Reason.DRIFTED,
        "minimumCommitments.USD/Year.amount");
  }

  /** What countries have apart is a pricing model of its own. */
  @Test
  void aCountryHasItsOwnModeAndBounds() {
    Samples sample = team();
    List<PriceModel.Tier> tiers = List.of(tier("1", "2", "0"), tier("", "1", "0"));
    sample.prices.add(in("US", new PriceModel.Graduated("storage-gb", tiers)));
    sample.prices.add(in("DE", new PriceModel.Volume("storage-gb", tiers)));
    sample.prices.add(in("US", bounded(2, 50)));
    sample.prices.add(in("DE", bounded(3, 50)));
    sample.prices.add(in("FR", bounded(3, 60)));
    bench.sync(sample.plan());

    assertThat(bench.server.console().charges("team", StiggConsole.Which.PUBLISHED))
        .filteredOn(it -> it.hasNonNull("billingCountryCode"))
        .extracting(
            it ->
                it.path("billingCountryCode").asText()
                    + " "
                    + it.path("tiersMode").asText("")
                    + it.path("minUnitQuantity").asText("")
                    + " "
                    + it.path("maxUnitQuantity").asText(""))
        .extracting(it -> it.replace("null", "").strip())
        .containsExactlyInAnyOrder("US GRADUATED", "DE VOLUME", "US 2 50", "DE 3 50", "FR 3 60");
  }

  private static PriceModel bounded(long least, long most) {
    return new PriceModel.PerUnit(
        "seats-bought",
        dec("6.50"),
        PriceModel.UsageType.LICENSED,
        OptionalLong.of(least),
        OptionalLong.of(most),
        List.of(),
        PriceModel.Unmatched.BASE_AMOUNT);
  }

  private static CatalogPrice in(String country, PriceModel model) {
    boolean metered = !(model instanceof PriceModel.PerUnit);
    return Samples.price(
        country.toLowerCase(java.util.Locale.ROOT) + "-" + (metered ? model.field() : "seats"),
        model,
        "USD",
        new CatalogPrice.Recurring(Samples.MONTHLY),
        metered ? CatalogPrice.Billing.IN_ARREARS : CatalogPrice.Billing.IN_ADVANCE,
        List.of(country),
        OptionalInt.empty(),
        Optional.empty());
  }

  private static Map<String, AccountConfig.Alias> aliases(String... words) {
    TreeMap<String, AccountConfig.Alias> all = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      all.put(words[i], new AccountConfig.Alias(words[i + 1], false));
    }
    return all;
  }

  /** A limit may become none, and one that has to be made anew keeps how it is shown. */
  @Test
  void anEntitlementBecomesAnotherAndKeepsItsLooks() {
    Samples sample = team();
    sample.entitlements.add(Samples.limit("projects", "3"));
    sample.entitlements.add(
        new Entitlement(
            "seats",
            new Entitlement.Limit(dec("10"), Optional.of(Interval.Unit.YEAR), false),
            Optional.empty()));
    bench.sync(sample.plan());
    StiggConsole console = bench.server.console();
    StiggConsole.Which published = StiggConsole.Which.PUBLISHED;
    console.editEntitlement("team", published, "seats", "displayNameOverride", json("\"Chairs\""));
    console.editEntitlement("team", published, "seats", "order", json("3"));
    bench.sync(sample.plan()); // how it is shown is nobody's business but theirs
    sample.entitlements.set(
        0, new Entitlement("projects", new Entitlement.Unlimited(), Optional.empty()));
    sample.entitlements.set(1, Samples.limit("seats", "10"));
    bench.sync(sample.plan());

    assertThat(rows(version(published).path("entitlements")))
        .containsExactlyInAnyOrder(
            json(
                """
                {"id": "projects", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "hasUnlimitedUsage": true}"""),
            json(
                """
                {"id": "seats", "type": "FEATURE", "behavior": "Override", "isGranted": true,
                 "usageLimit": 10, "displayNameOverride": "Chairs", "order": 3}"""));
  }

  @ParameterizedTest
  @EnumSource(Interval.Unit.class)
  void aCountBeginsAnewWithTheSubscriptionWhateverItsPeriod(Interval.Unit unit) {
    Samples sample = team();
    sample.entitlements.add(
        new Entitlement(
            "seats", new Entitlement.Limit(dec("10"), Optional.of(unit), false), Optional.empty()));
    bench.sync(sample.plan());
    JsonNode row = version(StiggConsole.Which.PUBLISHED).path("entitlements").path("seats");
    assertThat(row.path("resetPeriod").asText()).isEqualTo(unit.name());
    assertThat(row.path("resetPeriodConfiguration").path("accordingTo").asText(""))
        .isEqualTo(unit == Interval.Unit.DAY ? "" : "SubscriptionStart");
  }

  @ParameterizedTest
  @EnumSource(Entitlement.Mode.class)
  void anAddOnAddsToThePlanOrReplacesIt(Entitlement.Mode mode) {
    Samples sample = team();
    sample.type = CatalogPlan.Type.ADD_ON;
    sample.key = "seats-pack";
    sample.entitlements.add(
        new Entitlement(
            "seats", new Entitlement.Limit(dec("5"), Optional.empty(), false), Optional.of(mode)));
    sample.credits =
        List.of(new CatalogPlan.CreditGrant("tokens", dec("9"), Optional.of(Interval.Unit.MONTH)));
    bench.sync(sample.plan());
    String stored =
        bench.server.controls().objects().stream()
            .filter(it -> it.startsWith("entitlement of add-on seats-pack PUBLISHED"))
            .collect(Collectors.joining("\n"));
    assertThat(stored.lines().filter(it -> it.contains("\"seats\"")).toList())
        .singleElement()
        .asString()
        .contains(mode == Entitlement.Mode.INCREMENT ? "\"Increment\"" : "\"Override\"");
    assertThat(stored.lines().filter(it -> it.contains("\"tokens\"")).toList())
        .singleElement()
        .asString()
        .as("credits of an add-on come on top")
        .contains("\"Increment\"");
  }

  @Test
  void metadataOfOthersStandsInTheNextVersionToo() {
    Samples sample = team();
    bench.sync(sample.plan());
    ObjectNode metadata =
        ((ObjectNode) version(StiggConsole.Which.PUBLISHED).path("metadata")).put("crm", "42");
    bench.server.console().edit("team", StiggConsole.Which.PUBLISHED, "metadata", metadata);
    sample.prices.set(0, Samples.flat("team-monthly", "59"));
    bench.sync(sample.plan());
    JsonNode now = version(StiggConsole.Which.PUBLISHED);
    assertThat(now.path("number").asInt()).isEqualTo(2);
    assertThat(now.path("metadata").path("crm").asText()).isEqualTo("42");
  }

  /** What cannot be read is changed, and taken away, all the same. */
  @Test
  void anOlderServerThatShowsNoTrialHasTheTrialThatIsWanted() {
    bench.with(StiggSwitch.CURRENT_PLAN_SHAPE, false);
    Samples sample = rich();
    bench.sync(sample.plan());
    sample.trial = Optional.of(new CatalogPlan.Trial(7, Optional.empty()));
    bench.sync(sample.plan());
    JsonNode changed = version(StiggConsole.Which.PUBLISHED);
    assertThat(changed.path("defaultTrialConfig").path("duration").asInt()).isEqualTo(7);
    assertThat(changed.path("compatibleAddonIds")).isEqualTo(json("[\"extra\"]"));
    sample.trial = Optional.empty();
    sample.addOns = List.of();
    bench.sync(sample.plan());
    JsonNode gone = version(StiggConsole.Which.PUBLISHED);
    assertThat(gone.hasNonNull("defaultTrialConfig")).isFalse();
    assertThat(gone.path("compatibleAddonIds")).isEmpty();
  }

  /** Servers may leave out whether something is granted: then it is. */
  @Test
  void whatIsNotSaidToBeWithheldIsGranted() {
    bench.sync(rich().plan());
    change(StiggConsole.Which.PUBLISHED, new Edit("entitlements", "sso", "/isGranted", "null", ""));
    assertThat(bench.toRest(rich().plan(), StiggBench.KEEP)).isEqualTo(new Outcome.Done());
  }

  // ---- what is compared ---------------------------------------------------------------------

  /** An overage price is not the usage price of the same feature, however alike they are. */
  @Test
  void somebodysOveragePriceIsNotTakenForOurUsagePrice() {
    Samples sample = team();
    sample.prices.add(perUnit("calls", "api-calls", "0.1"));
    bench.sync(sample.plan());
    ArrayNode overages = JsonNodeFactory.instance.arrayNode();
    bench.server.console().charges("team", StiggConsole.Which.PUBLISHED).stream()
        .filter(it -> it.path("featureId").asText().equals("api-calls"))
        .forEach(it -> overages.add(it.put("id", "00000000-0000-4000-8000-000000000099")));
    bench.server.console().edit("team", StiggConsole.Which.PUBLISHED, "overages", overages);
    sample.prices.set(0, Samples.flat("team-monthly", "59"));
    bench.newWrites();

    bench.blocked(
        bench.toRest(sample.plan(), StiggBench.KEEP), Reason.UNMANAGED_REMOTE_CONTENT, "overage");
    assertThat(bench.newWrites()).isEmpty();
  }

  /** A row with another key is somebody's own from then on, and is not erased unasked. */
  private static final String ERASED = "would erase";

  /**
   * Something that somebody else changes in a version.
   *
   * @param list {@code charges} and the like, or {@code ""} for the version itself
   * @param row what tells the row: texts that are all among its fields
   * @param pointer of the field in the row
   * @param to the new value, as JSON
   * @param told the field of the manifest that the condition names, or {@link #ERASED}
   */
  private record Edit(String list, String row, String pointer, String to, String told) {
    @Override
    public String toString() {
      return (list + " " + row + pointer + " = " + to).strip();
    }
  }

  static List<Edit> edits() {
    return List.of(
        new Edit(
            "charges", "FLAT_FEE RECURRING", "/price/amount", "50", "prices.team-monthly.amount"),
        new Edit(
            "charges",
            "FLAT_FEE RECURRING",
            "/price/currency",
            "'eur'",
            "prices.team-monthly.currency"),
        new Edit("charges", "FLAT_FEE RECURRING", "/billingPeriod", "'ANNUALLY'", ERASED),
        new Edit("charges", "FLAT_FEE RECURRING", "/billingCountryCode", "'DE'", ERASED),
        new Edit("charges", "FLAT_FEE RECURRING", "/billingModel", "'CREDIT_BASED'", ERASED),
        new Edit("charges", "api-calls", "/billingCadence", "'ONE_OFF'", ERASED),
        new Edit("charges", "ONE_OFF", "/price/amount", "9.99", "prices.setup.amount"),
        new Edit("charges", "api-calls", "/price/amount", "0.00026", "prices.calls.amount"),
        new Edit("charges", "api-calls", "/featureId", "'mails'", ERASED),
        new Edit("charges", "api-calls", "/blockSize", "2", "prices.calls.size"),
        new Edit(
            "charges",
            "api-calls",
            "/creditRate",
            "{'amount': 1, 'currencyId': 'tokens', 'costFormula': null}",
            "prices.calls.creditRate"),
        new Edit(
            "charges",
            "api-calls",
            "/creditGrantCadence",
            "'MONTHLY'",
            "prices.calls.creditGrantCadence"),
        new Edit(
            "charges", "api-calls", "/topUpCustomCurrencyId", "'tokens'", "prices.calls.topUp"),
        new Edit("charges", "sms", "/blockSize", "10", "prices.sms.size"),
        new Edit("charges", "sms", "/blockSize", "null", "prices.sms.size"),
        new Edit("charges", "storage-gb", "/tiersMode", "'VOLUME'", "prices.storage.model"),
        new Edit("charges", "storage-gb", "/tiers/0/upTo", "11", "prices.storage.tiers"),
        new Edit(
            "charges", "storage-gb", "/tiers/0/unitPrice/amount", "0.51", "prices.storage.tiers"),
        new Edit("charges", "storage-gb", "/tiers/1/flatPrice/amount", "3", "prices.storage.tiers"),
        new Edit(
            "charges",
            "storage-gb",
            "/tiers/1/flatPrice/currency",
            "'eur'",
            "prices.storage.currency"),
        new Edit("charges", "rows", "/tiersMode", "'GRADUATED'", "prices.rows.model"),
        new Edit("charges", "seats-bought", "/minUnitQuantity", "1", "prices.seats-price.minUnits"),
        new Edit("charges", "seats-bought", "/maxUnitQuantity", "9", "prices.seats-price.maxUnits"),
        new Edit("overages", "seats", "/price/amount", "8", "prices.over.amount"),
        new Edit("overages", "seats", "/featureId", "'mails'", ERASED),
        new Edit(
            "minimumSpend",
            "MONTHLY",
            "/price/amount",
            "21",
            "minimumCommitments.USD/Month.amount"),
        new Edit(
            "minimumSpend",
            "MONTHLY",
            "/price/currency",
            "'eur'",
            "minimumCommitments.USD/Month.currency"),
        new Edit("minimumSpend", "MONTHLY", "/billingPeriod", "'ANNUALLY'", ERASED),
        new Edit("entitlements", "sso", "/isGranted", "false", "entitlements.sso.enabled"),
        new Edit("entitlements", "sso", "/behavior", "'Increment'", "entitlements.sso.mode"),
        new Edit("entitlements", "seats", "/usageLimit", "11", "entitlements.seats.limit"),
        new Edit("entitlements", "seats", "/hasSoftLimit", "false", "entitlements.seats.soft"),
        new Edit(
            "entitlements", "seats", "/hasUnlimitedUsage", "true", "entitlements.seats.unlimited"),
        new Edit("entitlements", "seats", "/resetPeriod", "'WEEK'", "entitlements.seats.reset"),
        new Edit(
            "entitlements",
            "seats",
            "/resetPeriodConfiguration/accordingTo",
            "'StartOfTheMonth'",
            "entitlements.seats.reset"),
        new Edit(
            "entitlements", "projects", "/behavior", "'Override'", "entitlements.projects.mode"),
        new Edit(
            "entitlements",
            "projects",
            "/hasUnlimitedUsage",
            "false",
            "entitlements.projects.unlimited"),
        new Edit(
            "entitlements", "support", "/enumValues", "['iron']", "entitlements.support.value"),
        new Edit("entitlements", "tokens", "/amount", "999", "creditGrants.tokens.amount"),
        new Edit("entitlements", "tokens", "/cadence", "'YEAR'", "creditGrants.tokens.every"),
        new Edit("entitlements", "tokens", "/behavior", "'Increment'", "creditGrants.tokens.mode"),
        new Edit("entitlements", "tokens", "/hasSoftLimit", "true", "creditGrants.tokens.soft"),
        new Edit(
            "entitlements",
            "tokens",
            "/dependencyFeatureId",
            "'seats'",
            "creditGrants.tokens.dependencyFeatureId"),
        new Edit("", "", "/displayName", "'Mine'", "displayName"),
        new Edit("", "", "/description", "'Mine'", "description"),
        new Edit("", "", "/pricingType", "'CUSTOM'", "pricing"),
        new Edit("", "", "/parentPlanId", "'other'", "parentPlan"),
        new Edit("", "", "/compatibleAddonIds", "['extra', 'more']", "compatibleAddOns"),
        new Edit("", "", "/defaultTrialConfig/duration", "30", "trial.days"),
        new Edit("", "", "/defaultTrialConfig/units", "'MONTH'", "trial.days"),
        new Edit(
            "", "", "/defaultTrialConfig/trialEndBehavior", "'CANCEL_SUBSCRIPTION'", "trial.onEnd"),
        new Edit(
            "",
            "",
            "/defaultTrialConfig/budget",
            "{'limit': 5, 'hasSoftLimit': false}",
            "trial.days"),
        new Edit("", "", "/metadata/tier", "'big'", "metadata.tier"),
        new Edit("", "", "/metadata/planwright_plan", "'shop/other'", "owner"));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void whateverFieldSomebodyChangesIsDriftAndIsNamed(Edit edit) {
    bench.sync(rich().plan());
    JsonNode before = version(StiggConsole.Which.PUBLISHED);
    change(StiggConsole.Which.PUBLISHED, edit);

    Outcome outcome = bench.toRest(rich().plan(), StiggBench.KEEP);

    if (edit.told().equals(ERASED)) {
      bench.blocked(outcome, Reason.UNMANAGED_REMOTE_CONTENT, ERASED);
      return;
    }
    bench.blocked(outcome, Reason.DRIFTED, edit.told());
    assertThat(bench.memory.drift())
        .extracting(Memory.Drift::field)
        .as("the field, and no other price or entitlement")
        .contains(edit.told())
        .allMatch(it -> it.startsWith(edit.told().replaceFirst("[.][^.]*$", "")));
    assertThat(bench.toRest(rich().plan(), REVERT)).isEqualTo(new Outcome.Done());
    JsonNode after = version(StiggConsole.Which.PUBLISHED);
    for (String list : List.of("charges", "overages", "minimumSpend", "entitlements")) {
      assertThat(rows(after.path(list)))
          .as("%s put back", list)
          .containsExactlyInAnyOrderElementsOf(rows(before.path(list)));
    }
  }

  /** For reviewers to read: each field that somebody may change, and what a sweep says of it. */
  @Test
  void aSweepTellsEachFieldThatSomebodyChangedWithWhatIsThereAndWhatIsWanted() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Edit edit : edits()) {
      StiggFieldsTest other = new StiggFieldsTest();
      other.bench.sync(rich().plan());
      assertThat(other.swept()).as("%s: before", edit).isEmpty();
      other.change(StiggConsole.Which.PUBLISHED, edit);
      List<String> told = other.swept();
      if (!edit.told().equals(ERASED)) {
        assertThat(told).as("%s", edit).anyMatch(it -> it.startsWith(edit.told() + " "));
      }
      text.append(edit).append('\n');
      told.forEach(it -> text.append("  ").append(it).append('\n'));
    }
    Golden.check("stigg/drift.txt", text.toString());
  }

  private List<String> swept() {
    List<Listed<StiggWorld>> seen = new ArrayList<>();
    assertThat(bench.provider.sweep(Set.of("team"), seen::add)).isEmpty();
    return seen.stream()
        .filter(it -> it.externalId().equals("team"))
        .flatMap(
            it ->
                bench
                    .provider
                    .plan(
                        rich().plan(),
                        it.world().orElseThrow(),
                        new Provider.Planning(Policies.ExistingSubscribers.KEEP, Handles.NONE))
                    .stream())
        .flatMap(it -> it.changes().stream())
        .map(Object::toString)
        .distinct()
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void whateverFieldSomebodyChangesInOurDraftIsNeverPublished(Edit edit) {
    Samples before = rich();
    before.prices.set(0, Samples.flat("team-monthly", "39"));
    bench.sync(before.plan());
    bench.between =
        request -> {
          if (request.target().endsWith("/publish")) {
            throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
          }
          return bench.direct.send(request);
        };
    bench.once(rich().plan(), StiggBench.KEEP);
    bench.between = bench.direct;
    change(StiggConsole.Which.DRAFT, edit);
    bench.newWrites();

    bench.blocked(bench.toRest(rich().plan(), StiggBench.KEEP), Reason.DRAFT_IN_USE, "somebody");
    assertThat(bench.newWrites()).isEmpty();
  }

  // ---- helpers ------------------------------------------------------------------------------

  private JsonNode version(StiggConsole.Which which) {
    JsonNode found = JsonNodeFactory.instance.missingNode();
    for (JsonNode version : bench.server.controls().plan("team").orElseThrow().path("versions")) {
      boolean draft = version.path("status").asText().equals("DRAFT");
      if (draft == (which == StiggConsole.Which.DRAFT)) {
        found = version;
      }
    }
    assertThat(found.isObject()).as("%s", which).isTrue();
    return found;
  }

  private void change(StiggConsole.Which which, Edit edit) {
    ObjectNode copy = version(which).deepCopy();
    ObjectNode row = copy;
    if (!edit.list().isEmpty()) {
      for (JsonNode one : copy.path(edit.list())) {
        List<String> texts = new ArrayList<>();
        one.forEach(value -> texts.add(value.asText()));
        if (texts.containsAll(List.of(edit.row().split(" ")))) {
          row = (ObjectNode) one;
          break;
        }
      }
      assertThat(row).as(edit.row()).isNotSameAs(copy);
    }
    int at = edit.pointer().lastIndexOf('/');
    JsonNode parent = at == 0 ? row : row.at(edit.pointer().substring(0, at));
    JsonNode value = json(edit.to().replace('\'', '"'));
    String name = edit.pointer().substring(at + 1);
    assertThat(parent.path(name)).as("%s", edit).isNotEqualTo(value);
    ((ObjectNode) parent).set(name, value);
    String top =
        edit.list().isEmpty() ? edit.pointer().replaceFirst("^/([^/]*).*", "$1") : edit.list();
    bench.server.console().edit("team", which, top, copy.path(top));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /** Rows without ids and times of the server, and without what is null, empty or false. */
  private static List<JsonNode> rows(JsonNode list) {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode row : list) {
      ObjectNode bare = (ObjectNode) bare(row);
      boolean entitlement = bare.has("type");
      bare.remove(List.of("seq", "createdAt", "updatedAt", "reset"));
      rows.add(entitlement ? bare : bare.without("id"));
    }
    return rows;
  }

  private static JsonNode bare(JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      array.forEach(it -> all.add(bare(it)));
      return all;
    }
    if (node instanceof ObjectNode object) {
      TreeMap<String, JsonNode> fields = new TreeMap<>();
      object.properties().forEach(it -> fields.put(it.getKey(), bare(it.getValue())));
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      fields.forEach(
          (name, value) -> {
            boolean said = name.equals("isGranted");
            boolean nothing =
                value.isNull()
                    || (value.isContainerNode() && value.isEmpty())
                    || (!said && value.isBoolean() && !value.booleanValue());
            if (!nothing) {
              all.set(name, value);
            }
          });
      return all;
    }
    // Numbers by value: 5 and 5.00 are the same amount.
    return node.isNumber() ? json(node.decimalValue().stripTrailingZeros().toPlainString()) : node;
  }
}
