package dev.planwright.emulator.stigg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StiggEntitlementsTest {
  private static final String PATH = "/plans/a/entitlements";

  private final StiggEmulator emulator = new StiggEmulator();
  private final StiggControls controls = emulator.controls();
  private final StiggConsole console = emulator.console();
  private final StiggCalls api = StiggCalls.on(emulator);

  @BeforeEach
  void someFeaturesAndADraft() {
    console.feature("seats", "NUMBER", "FLUCTUATING");
    console.feature("sso", "BOOLEAN", "None");
    console.currency("tokens");
    console.draftPlan("a", "A");
  }

  private static String all(String... entitlements) {
    return "{'entitlements':[%s]}".formatted(String.join(",", entitlements));
  }

  private static String seats(String more) {
    return "{'type':'FEATURE','id':'seats'%s}".formatted(more);
  }

  @Test
  void featuresAndCreditsAreGrantedChangedAndTakenAway() {
    String limit =
        seats(
            ",'usageLimit':10,'hasSoftLimit':true,'resetPeriod':'MONTH','behavior':'Override',"
                + "'monthlyResetPeriodConfiguration':{'accordingTo':'StartOfTheMonth'},"
                + "'hiddenFromWidgets':['PAYWALL'],'order':1,'displayNameOverride':'Seats'");
    String credit =
        "{'type':'CREDIT','id':'tokens','amount':100,'cadence':'MONTH','dependencyFeatureId':'seats'}";
    JsonNode made = api.post(PATH, all(limit, credit));
    assertThat(made).hasSize(2);
    assertThat(made.get(0).at("/resetPeriodConfiguration/accordingTo").asText())
        .isEqualTo("StartOfTheMonth");
    assertThat(api.get(PATH)).isEqualTo(made);
    assertThat(api.get("/plans/a").path("entitlements"))
        .hasToString(
            "[{\"id\":\"seats\",\"type\":\"FEATURE\"},{\"id\":\"tokens\",\"type\":\"CREDIT\"}]");
    JsonNode changed =
        api.patch(PATH + "/seats", "{'type':'FEATURE','usageLimit':null,'hasUnlimitedUsage':true}");
    assertThat(changed.path("usageLimit").isNull()).isTrue();
    assertThat(changed.path("hasSoftLimit").asBoolean()).isTrue();
    assertThat(api.patch(PATH + "/tokens", "{'type':'CREDIT','amount':7}").path("amount").asInt())
        .isEqualTo(7);
    assertThat(api.outcome("PATCH", PATH + "/tokens", "{'amount':8}"))
        .isEqualTo("400 BadUserInput");
    assertThat(api.done("DELETE", PATH + "/seats", "").path("id").asText()).isEqualTo("seats");
    assertThat(api.outcome("DELETE", PATH + "/seats", "")).isEqualTo("404 null");
    assertThat(api.get(PATH)).hasSize(1);
  }

  @Test
  void aGrantIsAllOrNothing() {
    assertThat(api.outcome("POST", PATH, all(seats(""), "{'type':'FEATURE','id':'none'}")))
        .isEqualTo("404 FeatureNotFound");
    assertThat(
            api.outcome(
                "POST",
                PATH,
                all(seats(""), "{'type':'CREDIT','id':'none','amount':1,'cadence':'MONTH'}")))
        .isEqualTo("404 CustomCurrencyNotFound");
    assertThat(
            api.outcome("POST", PATH, all(seats(""), "{'type':'CREDIT','id':'tokens','amount':1}")))
        .isEqualTo("400 BadUserInput");
    assertThat(api.outcome("POST", PATH, all(seats(",'behavior':'Add'"))))
        .isEqualTo("400 BadUserInput");
    assertThat(api.outcome("POST", PATH, all(seats(",'hiddenFromWidgets':['DOOR']"))))
        .isEqualTo("400 BadUserInput");
    assertThat(api.outcome("POST", PATH, all(seats(",'enumValues':['x']"))))
        .isEqualTo("400 BadUserInput");
    assertThat(api.get(PATH)).isEmpty();
  }

  @Test
  void grantingTwiceIsAConflictOrAChange() {
    api.post(PATH, all(seats(",'usageLimit':1")));
    assertThat(api.outcome("POST", PATH, all(seats(",'usageLimit':2"))))
        .isEqualTo("409 DuplicatedEntityNotAllowed");
    controls.set(StiggSwitch.ENTITLEMENT_POST_UPSERTS, true);
    api.post(PATH, all(seats(",'usageLimit':2")));
    assertThat(api.get(PATH).findValuesAsText("usageLimit")).containsExactly("2");
  }

  @Test
  void whoseEntitlementsAReadShowsIsAnOpenQuestion() {
    console.publish("a");
    api.post("/plans/a/draft", "");
    api.post(PATH, all(seats("")));
    assertThat(api.get(PATH)).hasSize(1);
    controls.set(StiggSwitch.ENTITLEMENTS_READ_SHOWS_DRAFT, false);
    assertThat(api.get(PATH)).isEmpty();
  }

  @Test
  void aSubscriberGetsWhatTheParentGrantsAndOnTopOrInsteadThePlansOwn() {
    api.post(PATH, all(seats(",'usageLimit':5"), "{'type':'FEATURE','id':'sso'}"));
    console.publish("a");
    console.draftPlan("b", "B");
    api.patch("/plans/b", "{'parentPlanId':'a'}");
    api.post("/plans/b/entitlements", all(seats(",'usageLimit':10")));
    console.publish("b");
    assertThat(seatsOf("b")).isEqualTo(15);
    assertThat(emulator.grants("b")).containsOnlyKeys("seats", "sso");
    assertThat(api.get("/plans/b/entitlements")).hasSize(1);
    controls.set(StiggSwitch.ENTITLEMENTS_SHOW_INHERITED, true);
    assertThat(api.get("/plans/b/entitlements")).hasSize(2);
    controls.set(StiggSwitch.ENTITLEMENT_INCREMENTS_BY_DEFAULT, false);
    console.openDraft("b");
    api.done("DELETE", "/plans/b/entitlements/seats", "");
    api.post("/plans/b/entitlements", all(seats(",'usageLimit':10")));
    console.publish("b");
    assertThat(seatsOf("b")).isEqualTo(10);
    assertThat(console.entitlements("b", StiggConsole.Which.PUBLISHED)).hasSize(1);
  }

  private int seatsOf(String plan) {
    assertThat(emulator.grants(plan)).containsKey("seats");
    return emulator.grants(plan).entrySet().stream()
        .filter(it -> it.getKey().equals("seats"))
        .mapToInt(it -> it.getValue().path("usageLimit").asInt())
        .sum();
  }
}
