package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every answer to an open question makes a difference that a caller can see. */
class SchematicQuestionsTest {
  private static final String TEAM = "{'name':'Team','plan_type':'plan'}";
  private static final String MANY =
      "'currency':'USD','monthly_price':4900,'currency_prices':[{'currency':'EUR','monthly_price':1}]";

  /** What is done on a fresh account, and what is then seen of it, by the enum of the question. */
  private static final Map<Class<? extends Question>, Function<SchematicCalls, String>> SEEN =
      new LinkedHashMap<>();

  static {
    SEEN.put(Question.RenameOfPublished.class, SchematicQuestionsTest::renamed);
    SEEN.put(
        Question.PriceEditOfPublished.class,
        api -> dear(api, api.sold("Team"), plan -> shown(api, plan)));
    SEEN.put(Question.EntitlementEditOfPublished.class, SchematicQuestionsTest::entitled);
    SEEN.put(
        Question.EditedVersion.class,
        api -> {
          String plan = api.sold("Team");
          api.good("PUT", "/plans/" + plan, "{'name':'Crew'}");
          return dear(api, plan, it -> shown(api, it));
        });
    SEEN.put(
        Question.EqualWrite.class,
        api -> {
          String plan = api.sold("Team");
          api.prices(plan, "'monthly_price':4900");
          return "" + read(api, plan).has("draft_version");
        });
    SEEN.put(
        Question.UnnamedVersion.class,
        api -> shown(api, draftOnly(api)) + dear(api, api.sold("Crew"), plan -> shown(api, plan)));
    SEEN.put(
        Question.ListWithoutDrafts.class,
        api -> {
          draftOnly(api);
          JsonNode plans = api.read("/plans");
          return plans.size() + " " + plans.findValue("draft_version");
        });
    SEEN.put(
        Question.VersionsShown.class,
        api -> {
          String plan = api.sold("Team");
          return "" + read(elsewhere(api), plan).path("versions").size();
        });
    SEEN.put(
        Question.FirstDraft.class,
        api -> {
          SchematicCalls there = elsewhere(api);
          return "" + read(there, api.plan("Team")).path("versions").size();
        });
    SEEN.put(
        Question.EntitlementList.class,
        api -> {
          entitled(api);
          return "" + api.read("/plan-entitlements").size();
        });
    SEEN.put(
        Question.SecondEntitlement.class,
        api -> {
          String plan = api.plan("Team");
          String sso = api.controls().addFeature("sso", "boolean");
          api.entitle(plan, sso, "'value_type':'unlimited'");
          return ""
              + api.status(
                  "POST",
                  "/plan-entitlements",
                  "{'plan_id':'%s','feature_id':'%s','value_type':'unlimited'}"
                      .formatted(plan, sso));
        });
    SEEN.put(
        Question.AbsentPrice.class,
        api -> {
          String plan = api.plan("Team");
          api.prices(plan, "'monthly_price':4900,'yearly_price':49000");
          api.prices(plan, "'monthly_price':5900");
          return shown(api, plan);
        });
    SEEN.put(
        Question.AbsentEntitlementField.class,
        api -> {
          String seats = api.controls().addFeature("seats", "trait");
          String numeric = "'value_type':'numeric','value_numeric':5";
          String id =
              api.entitle(api.plan("Team"), seats, numeric + ",'soft_limit':4").path("id").asText();
          return ""
              + api.good("PUT", "/plan-entitlements/" + id, "{" + numeric + "}").path("soft_limit");
        });
    SEEN.put(
        Question.AbsentDescription.class,
        api -> {
          String made =
              api.good("POST", "/plans", "{'name':'T','description':'d','plan_type':'plan'}")
                  .path("id")
                  .asText();
          return api.good("PUT", "/plans/" + made, "{'name':'T'}").path("description").asText();
        });
    SEEN.put(
        Question.MismatchedPrice.class,
        api -> "" + put(api, api.plan("Team"), "'one_time_price':1"));
    SEEN.put(Question.DefaultCurrency.class, api -> "" + put(api, api.plan("Team"), MANY));
    SEEN.put(
        Question.DefaultCurrencyRead.class,
        api -> {
          String plan = api.plan("Team");
          put(api, plan, MANY);
          return "" + read(api, plan).path("currency_prices").size();
        });
    SEEN.put(
        Question.CurrencyCase.class,
        api -> {
          String plan = api.plan("Team");
          put(api, plan, MANY);
          return read(api, plan).path("monthly_price").path("currency").asText();
        });
    SEEN.put(
        Question.WholePriceDecimal.class,
        api -> "" + read(api, api.sold("Team")).path("monthly_price").path("price_decimal"));
    SEEN.put(
        Question.WithoutStripe.class,
        api -> {
          api.controls().connectStripe(api.controls().environment(), false);
          return "" + put(api, api.plan("Team"), "'monthly_price':1");
        });
    SEEN.put(
        Question.BundleFailure.class,
        api -> {
          api.call("POST", "/plan-bundles", "{'plan':" + TEAM + ",'entitlements':[{}]}");
          return "" + api.controls().counts().plans();
        });
    SEEN.put(
        Question.NoMigrationUnderLeave.class,
        api -> {
          String plan = api.sold("Team");
          subscribe(api, plan);
          put(api, plan, "'monthly_price':1");
          String draft = read(api, plan).path("draft_version").path("id").asText();
          String body = SchematicCalls.publishing("leave");
          return "" + api.status("PUT", "/plans/version/" + draft + "/publish", body);
        });
    SEEN.put(
        Question.PlanDelete.class,
        api -> {
          String here = api.sold("Team");
          subscribe(api, here);
          String there = api.sold("Crew");
          SchematicCalls other = elsewhere(api);
          return api.status("DELETE", "/plans/" + here, "")
              + " "
              + subscribe(api, there).isEmpty()
              + other.status("DELETE", "/plans/" + there, "");
        });
    SEEN.put(
        Question.DeletedPlan.class,
        api -> {
          String plan = api.plan("Team");
          api.delete("/plans/" + plan);
          return api.status("GET", "/plans/" + plan, "") + " " + api.read("/plans").size();
        });
    SEEN.put(
        Question.PublishedVersionDelete.class,
        api -> {
          String version = read(api, api.sold("T")).path("active_version").path("id").asText();
          return "" + api.status("DELETE", "/plans/version/" + version, "");
        });
    SEEN.put(
        Question.PlanNames.class,
        api -> api.status("POST", "/plans", TEAM) + " " + api.status("POST", "/plans", TEAM));
    SEEN.put(Question.NewPlanDescription.class, api -> "" + api.status("POST", "/plans", TEAM));
    SEEN.put(
        Question.UnknownField.class,
        api -> "" + api.status("POST", "/plans", "{'key':1," + TEAM.substring(1)));
    SEEN.put(
        Question.Search.class,
        api -> {
          api.plan("The team");
          return "" + api.read("/plans?q=tea").size();
        });
    SEEN.put(
        Question.ArrayParameter.class,
        api -> "" + api.read("/plans?ids=" + api.plan("a") + "&ids=" + api.plan("b")).size());
    SEEN.put(
        Question.Offset.class,
        api -> {
          Stream.of("a", "b", "c").forEach(api::plan);
          return "" + api.read("/plans?limit=2&offset=1").size();
        });
    SEEN.put(Question.LinkToSchematic.class, api -> "" + link(api, "schematic").has("id"));
    SEEN.put(Question.LinkedPlan.class, api -> link(api, "stripe").path("controlled_by").asText());
    SEEN.put(
        Question.ControlledPlan.class,
        api -> {
          String plan = api.plan("Team");
          api.controls().controlPlan(plan, "stripe");
          return "" + put(api, plan, "'monthly_price':1");
        });
    SEEN.put(
        Question.AuditBodies.class, api -> audited(api).path("resp_body").asText().substring(0, 2));
    SEEN.put(Question.AuditUrl.class, api -> audited(api).path("url").asText());
    SEEN.put(
        Question.RateScope.class,
        api -> {
          api.controls().limitRates(true);
          exhaust(api);
          return "" + elsewhere(api).status("GET", "/whoami", "");
        });
    SEEN.put(
        Question.RateHeader.class,
        api -> {
          api.controls().limitRates(true);
          exhaust(api);
          return new TreeSet<>(api.call("GET", "/whoami", "").headers().keySet()).toString();
        });
    SEEN.put(
        Question.RequestId.class,
        api -> "" + api.call("GET", "/whoami", "").header("x-request-id").isPresent());
    SEEN.put(
        Question.FlatAmountAtZero.class,
        api -> {
          String plan = api.plan("Team");
          api.entitle(
              plan,
              api.controls().addFeature("calls", "event"),
              "'value_type':'unlimited','price_behavior':'tier','tier_mode':'volume',"
                  + "'monthly_price_tiers':[{'flat_amount':7}]");
          return "" + api.controls().bill(subscribe(api, plan), Map.of()).total();
        });
  }

  @Test
  void everyQuestionIsAskedHere() {
    assertThat(SEEN.keySet()).containsExactlyInAnyOrder(questions());
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerIsSeen() {
    return SEEN.entrySet().stream()
        .map(
            it ->
                dynamicTest(it.getKey().getSimpleName(), () -> differ(it.getKey(), it.getValue())));
  }

  private static void differ(
      Class<? extends Question> question, Function<SchematicCalls, String> seen) {
    List<String> all = new ArrayList<>();
    for (Question answer : question.getEnumConstants()) {
      SchematicCalls api = SchematicCalls.fresh();
      api.controls().assume(answer);
      all.add(seen.apply(api));
    }
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all.getFirst())
        .as("the first answer is the one that holds")
        .isEqualTo(seen.apply(SchematicCalls.fresh()));
  }

  @SuppressWarnings("unchecked")
  private static Class<? extends Question>[] questions() {
    return Arrays.stream(Question.class.getPermittedSubclasses()).toArray(Class[]::new);
  }

  private static JsonNode read(SchematicCalls api, String plan) {
    return api.read("/plans/" + plan);
  }

  private static SchematicCalls elsewhere(SchematicCalls api) {
    SchematicControls controls = api.controls();
    return new SchematicCalls(
        api.emulator(), controls.addKey(controls.addEnvironment("production")));
  }

  private static String subscribe(SchematicCalls api, String plan) {
    SchematicControls controls = api.controls();
    return controls.subscribe(plan, controls.environment(), "usd", Cadence.MONTHLY);
  }

  private static String draftOnly(SchematicCalls api) {
    String plan = api.plan("Team");
    api.prices(plan, "'monthly_price':4900");
    return plan;
  }

  private static int put(SchematicCalls api, String plan, String prices) {
    String body = "{" + SchematicCalls.RECURRING + prices + "}";
    return api.status("PUT", "/plans/" + plan + "/billing_products", body);
  }

  private static String dear(SchematicCalls api, String plan, Function<String, String> seen) {
    api.prices(plan, "'monthly_price':5900");
    return seen.apply(plan);
  }

  /** The amounts that a read without a version shows. */
  private static String shown(SchematicCalls api, String plan) {
    return read(api, plan).path("currency_prices").findValuesAsText("price").toString();
  }

  private static String renamed(SchematicCalls api) {
    String plan = api.sold("Team");
    return api.good("PUT", "/plans/" + plan, "{'name':'Crew'}").path("name").asText();
  }

  /** How many entitlements a published plan has, after another has been added to its one. */
  private static String entitled(SchematicCalls api) {
    String plan = api.plan("Team");
    api.entitle(plan, api.controls().addFeature("a", "boolean"), "'value_type':'unlimited'");
    api.publish(plan);
    api.entitle(plan, api.controls().addFeature("b", "boolean"), "'value_type':'unlimited'");
    return "" + read(api, plan).path("entitlements").size();
  }

  private static JsonNode link(SchematicCalls api, String provider) {
    String body =
        "{'billing_provider':'%s','external_resource_id':'x','name':'T','plan_type':'plan'}"
            .formatted(provider);
    return SchematicCalls.json(api.call("POST", "/plans/billing-linked", body)).path("data");
  }

  private static JsonNode audited(SchematicCalls api) {
    api.plan("Team");
    ObjectNode entry = (ObjectNode) api.read("/audit-log").get(0);
    return api.read("/audit-log/" + entry.path("id").asText());
  }

  private static void exhaust(SchematicCalls api) {
    for (int i = 0; i < 20; i++) {
      api.read("/whoami");
    }
  }
}
