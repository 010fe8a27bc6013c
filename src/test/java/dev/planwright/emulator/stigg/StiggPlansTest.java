package dev.planwright.emulator.stigg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.emulator.EmulatorServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StiggPlansTest {
  private final StiggEmulator emulator = new StiggEmulator();
  private final StiggControls controls = emulator.controls();
  private final StiggConsole console = emulator.console();
  private final StiggCalls api = StiggCalls.on(emulator);

  private static String body(String id) {
    return "{'id':'%s','displayName':'P','productId':'product-acme'}".formatted(id);
  }

  @Test
  void aCreateAlwaysMakesADraftWithAllItsKeys() {
    String body =
        "{'id':'a_b|c.d-1','displayName':'Team','productId':'product-acme','description':null,"
            + "'pricingType':'PAID','billingId':'b','status':'PUBLISHED','metadata':{'k':'v'},"
            + "'defaultTrialConfig':{'duration':14,'units':'DAY','trialEndBehavior':null,"
            + "'budget':{'limit':10,'hasSoftLimit':true}}}";
    JsonNode plan = api.post("/plans", body);
    assertThat(plan.path("status").asText()).isEqualTo("DRAFT");
    assertThat(plan.path("versionNumber").asInt()).isEqualTo(1);
    assertThat(plan.path("isLatest").asBoolean()).isTrue();
    assertThat(plan.path("metadata").path("k").asText()).isEqualTo("v");
    assertThat(plan.at("/defaultTrialConfig/budget/limit").asInt()).isEqualTo(10);
    assertThat(api.get("/plans/a_b%7Cc.d-1")).isEqualTo(plan);
    controls.set(StiggSwitch.CREATE_STATUS_HONOURED, true);
    assertThat(api.post("/plans", body.replace("a_b", "b")).path("status").asText())
        .isEqualTo("PUBLISHED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'-a','displayName':'P','productId':'product-acme'}",
        "{'id':'a/b','displayName':'P','productId':'product-acme'}",
        "{'id':'','displayName':'P','productId':'product-acme'}",
        "{'displayName':'P','productId':'product-acme'}",
        "{'id':'a','displayName':7,'productId':'product-acme'}",
        "{'id':'a','displayName':'P','productId':'product-acme','pricingType':'CHEAP'}",
        "{'id':'a','displayName':'P','productId':'product-acme','defaultTrialConfig':{'units':'DAY'}}",
        "[]",
        "nothing"
      })
  void aCreateThatTheSchemaForbidsIsBadInput(String body) {
    assertThat(api.outcome("POST", "/plans", body)).isEqualTo("400 BadUserInput");
    assertThat(controls.counts().plans()).isZero();
  }

  @Test
  void textsMayHave255CharactersAndNoMore() {
    String fits = "x".repeat(255);
    String body = "{'id':'%s','displayName':'%s','productId':'product-acme','description':'%s'}";
    assertThat(api.outcome("POST", "/plans", body.formatted(fits + "x", fits, fits)))
        .isEqualTo("400 BadUserInput");
    assertThat(api.outcome("POST", "/plans", body.formatted(fits, fits + "x", fits)))
        .isEqualTo("400 BadUserInput");
    assertThat(api.outcome("POST", "/plans", body.formatted(fits, fits, fits + "x")))
        .isEqualTo("400 BadUserInput");
    assertThat(api.call("POST", "/plans", body.formatted(fits, fits, fits)).status())
        .isEqualTo(201);
  }

  @Test
  void anIdIsTakenOnceEvenByWhatIsArchived() {
    api.create("a");
    assertThat(api.outcome("POST", "/plans", body("a")))
        .isEqualTo("409 DuplicatedEntityNotAllowed");
    console.publish("a");
    console.archive("a");
    assertThat(api.outcome("POST", "/plans", body("a")))
        .isEqualTo("409 DuplicatedEntityNotAllowed");
    controls.set(StiggSwitch.ARCHIVED_ID_BLOCKS, false);
    assertThat(api.post("/plans", body("a")).path("status").asText()).isEqualTo("DRAFT");
    assertThat(controls.counts().plans()).isEqualTo(1);
  }

  @Test
  void anAddonMayHaveAPlansIdUnlessTheyShareOneSpace() {
    api.create("a");
    controls.set(StiggSwitch.ADDON_IDS_BLOCK_PLANS, true);
    assertThat(api.outcome("POST", "/addons", body("a")))
        .isEqualTo("409 DuplicatedEntityNotAllowed");
    controls.set(StiggSwitch.ADDON_IDS_BLOCK_PLANS, false);
    assertThat(api.post("/addons", body("a")).path("id").asText()).isEqualTo("a");
  }

  @Test
  void whatIsReferredToMustExist() {
    assertThat(api.outcome("GET", "/plans/none", "")).isEqualTo("404 PlanNotFound");
    StiggCalls plain = api.unjudged(); // the schema has no 404 for a create
    String noProduct = "{'id':'a','displayName':'P','productId':'none'}";
    String noParent = body("a").replace("}", ",'parentPlanId':'none'}");
    assertThat(plain.outcome("POST", "/plans", noProduct)).isEqualTo("404 ProductNotFoundError");
    assertThat(plain.outcome("POST", "/plans", noParent)).isEqualTo("404 PlanNotFound");
    controls.set(StiggSwitch.MISSING_REFERENCE_IS_404, false);
    assertThat(api.outcome("POST", "/plans", noProduct)).isEqualTo("400 ProductNotFoundError");
    assertThat(api.outcome("POST", "/plans", noParent)).isEqualTo("400 PlanNotFound");
    assertThat(controls.counts().plans()).as("a refused create leaves nothing").isZero();
  }

  @Test
  void aPatchChangesOnlyWhatItNamesAndDropsWhatItDoesNotKnow() {
    api.create("a");
    api.patch("/plans/a", "{'description':'D','metadata':{'one':'1','two':'2'}}");
    JsonNode plan = api.patch("/plans/a", "{'displayName':'New','metadata':{'two':'3'}}");
    assertThat(plan.path("description").asText()).isEqualTo("D");
    assertThat(plan.path("metadata")).hasToString("{\"two\":\"3\"}");
    assertThat(api.patch("/plans/a", "{'description':null}").path("description").isNull()).isTrue();
    String unknown = "{'productId':'other','status':'PUBLISHED','pricingType':'FREE','id':'b'}";
    JsonNode same = StiggCalls.json(api.unjudged().call("PATCH", "/plans/a", unknown));
    assertThat(same.at("/data/id").asText()).isEqualTo("a");
    assertThat(same.at("/data/productId").asText()).isEqualTo("product-acme");
    assertThat(same.at("/data/pricingType").isNull()).isTrue();
    assertThat(same.at("/data/status").asText()).isEqualTo("DRAFT");
    controls.set(StiggSwitch.UNKNOWN_FIELDS_REFUSED, true);
    assertThat(api.outcome("PATCH", "/plans/a", unknown)).isEqualTo("400 BadUserInput");
    controls.set(StiggSwitch.METADATA_MERGES, true);
    assertThat(api.patch("/plans/a", "{'metadata':{'one':'1'}}").path("metadata"))
        .hasToString("{\"two\":\"3\",\"one\":\"1\"}");
    assertThat(api.outcome("PATCH", "/plans/a", "{'metadata':{'n':1}}"))
        .isEqualTo("400 InvalidMetadataError");
  }

  @Test
  void whichVersionAReadShowsIsAnOpenQuestion() {
    console.plan("a", "Live");
    console.openDraft("a");
    console.edit("a", StiggConsole.Which.DRAFT, "displayName", text("Draft"));
    assertThat(api.get("/plans/a").path("displayName").asText()).isEqualTo("Draft");
    assertThat(api.get("/plans/a").path("versionNumber").asInt()).isEqualTo(2);
    controls.set(StiggSwitch.DRAFT_HAS_NEXT_NUMBER, false);
    assertThat(api.get("/plans/a").path("versionNumber").asInt()).isEqualTo(1);
    controls.set(StiggSwitch.PLAN_READ_SHOWS_DRAFT, false);
    JsonNode live = api.get("/plans/a");
    assertThat(live.path("displayName").asText()).isEqualTo("Live");
    assertThat(live.path("status").asText()).isEqualTo("PUBLISHED");
    assertThat(live.path("isLatest").asBoolean()).isFalse();
    controls.set(StiggSwitch.DRAFT_IS_LATEST, false);
    assertThat(api.get("/plans/a").path("isLatest").asBoolean()).isTrue();
  }

  @Test
  void listsShowVersionsAsTheSwitchesSay() {
    console.plan("a", "A");
    console.openDraft("a");
    console.publish("a");
    console.openDraft("a");
    console.plan("z", "Z");
    console.archive("z");
    assertThat(api.ids("/plans")).containsExactly("a", "z");
    assertThat(api.ids("/plans?status=DRAFT")).containsExactly("a");
    assertThat(api.ids("/plans?status=DRAFT,PUBLISHED")).containsExactly("a", "a");
    assertThat(api.ids("/plans?status=ARCHIVED&productId=product-acme")).containsExactly("z");
    assertThat(api.ids("/plans?productId=other")).isEmpty();
    controls.set(StiggSwitch.STATUS_FILTER_FINDS_DRAFTS, false);
    controls.set(StiggSwitch.PLAN_READ_SHOWS_DRAFT, false);
    assertThat(api.ids("/plans?status=DRAFT")).isEmpty();
    controls.set(StiggSwitch.LIST_SHOWS_BOTH_VERSIONS, true);
    assertThat(api.ids("/plans")).containsExactlyInAnyOrder("a", "a", "z");
    controls.set(StiggSwitch.LIST_SHOWS_OLD_VERSIONS, true);
    assertThat(api.ids("/plans")).containsExactlyInAnyOrder("a", "a", "a", "z");
    controls.set(StiggSwitch.LIST_SHOWS_ARCHIVED, false);
    assertThat(api.ids("/plans")).doesNotContain("z");
    controls.set(StiggSwitch.ARCHIVED_IS_READABLE, false);
    assertThat(api.outcome("GET", "/plans/z", "")).isEqualTo("404 PlanNotFound");
  }

  @Test
  void pagesAreCutByCursorsInBothDirections() {
    for (int i = 0; i < 25; i++) {
      console.plan("p" + i, "P");
    }
    JsonNode first = page("/plans");
    assertThat(first.path("data")).hasSize(20);
    assertThat(first.at("/pagination/prev").isNull()).isTrue();
    String next = first.at("/pagination/next").asText();
    JsonNode second = page("/plans?limit=100&after=" + next);
    assertThat(second.path("data").findValuesAsText("id"))
        .containsExactly("p20", "p21", "p22", "p23", "p24");
    assertThat(second.at("/pagination/next").isNull()).isTrue();
    String prev = second.at("/pagination/prev").asText();
    assertThat(page("/plans?limit=2&before=" + prev).path("data").findValuesAsText("id"))
        .containsExactly("p18", "p19");
    console.delete("p19");
    assertThat(page("/plans?after=" + next).path("data"))
        .as("a cursor outlives its row")
        .hasSize(5);
    controls.set(StiggSwitch.LIST_NEWEST_FIRST, true);
    List<String> newest = api.ids("/plans?limit=7");
    assertThat(newest).hasSize(24).doesNotHaveDuplicates();
    assertThat(newest.getFirst()).isEqualTo("p24");
    String at = page("/plans?limit=2").at("/pagination/next").asText();
    assertThat(page("/plans?limit=1&before=" + at).path("data").findValuesAsText("id"))
        .containsExactly("p24");
    for (String bad : List.of("limit=0", "limit=101", "limit=x", "after=1")) {
      assertThat(api.outcome("GET", "/plans?" + bad, "")).isEqualTo("400 BadUserInput");
    }
  }

  @Test
  void listsAreFilteredByTheTimeOfCreation() {
    console.plan("a", "A");
    assertThat(api.ids("/plans?createdAt[gte]=2020-01-01T00:00:00Z")).containsExactly("a");
    assertThat(api.ids("/plans?createdAt[lt]=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(api.outcome("GET", "/plans?createdAt[gt]=now", "")).isEqualTo("400 BadUserInput");
  }

  @Test
  void aListCanBeEmptyShortOrEndless() {
    console.plan("a", "A");
    console.plan("b", "B");
    controls.listing(StiggControls.Listing.SHORT);
    assertThat(api.ids("/plans")).containsExactly("a");
    controls.listing(StiggControls.Listing.EMPTY);
    assertThat(api.ids("/plans")).isEmpty();
    controls.listing(StiggControls.Listing.REPEATING);
    JsonNode page = page("/plans");
    assertThat(page("/plans?after=" + page.at("/pagination/next").asText())).isEqualTo(page);
    controls.listing(StiggControls.Listing.WHOLE);
    assertThat(api.ids("/plans")).containsExactly("a", "b");
  }

  @Test
  void anOlderServerKnowsNoTrialAndNoCompatibleAddons() {
    console.plan("a", "A");
    controls.set(StiggSwitch.CURRENT_PLAN_SHAPE, false);
    JsonNode old = StiggCalls.json(api.unjudged().call("GET", "/plans/a", "")).path("data");
    assertThat(old.has("compatibleAddonIds")).isFalse();
    assertThat(old.has("defaultTrialConfig")).isFalse();
    assertThat(old.has("parentPlanId")).isTrue();
  }

  @Test
  void aCopyGoesItsOwnWay() {
    console.plan("a", "A");
    StiggEmulator copy = emulator.copy();
    StiggCalls.on(copy).create("b");
    copy.controls().set(StiggSwitch.PLAIN_401, false);
    assertThat(controls.counts().plans()).isEqualTo(1);
    assertThat(controls.is(StiggSwitch.PLAIN_401)).isTrue();
    assertThat(copy.exchanges()).hasSize(1);
    assertThat(emulator.exchanges()).isEmpty();
    copy.console().delete("b");
    assertThat(copy.controls().objects()).isEqualTo(controls.objects()).hasSize(1);
  }

  @Test
  void theSameHandlerServesRealHttp() throws IOException, InterruptedException {
    try (EmulatorServer server = new EmulatorServer(emulator);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri().resolve("/api/v1/products?id=product-acme&limit=1"))
              .header("X-API-KEY", emulator.key())
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"status\":\"PUBLISHED\"");
    }
  }

  private JsonNode page(String path) {
    EmulatorResponse answer = api.call("GET", path, "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return StiggCalls.json(answer);
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }
}
