package dev.planwright.emulator.stigg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorResponse;
import dev.planwright.testing.VirtualClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StiggAccountTest {
  private final VirtualClock clock = new VirtualClock();
  private final StiggEmulator emulator = new StiggEmulator(clock.withZone(ZoneOffset.UTC));
  private final StiggControls controls = emulator.controls();
  private final StiggConsole console = emulator.console();
  private final StiggCalls api = StiggCalls.on(emulator);

  private static String plan(String id) {
    return "{'id':'%s','displayName':'P','productId':'product-acme'}".formatted(id);
  }

  @Test
  void aWrongKeyIsRefusedWithEitherBody() {
    StiggCalls stranger = api.header("X-API-KEY", "server-none");
    assertThat(stranger.outcome("GET", "/plans", "")).isEqualTo("401 Unauthenticated");
    StiggCalls bearer = new StiggCalls(emulator, Map.of("Authorization", "Bearer x"), true);
    assertThat(bearer.outcome("GET", "/plans", "")).isEqualTo("401 Unauthenticated");
    controls.set(StiggSwitch.PLAIN_401, false);
    EmulatorResponse other = stranger.unjudged().call("GET", "/plans", "");
    assertThat(StiggCalls.json(other).at("/error/code").asText()).isEqualTo("Unauthenticated");
    assertThat(other.status()).isEqualTo(401);
  }

  @Test
  void anOldKeyDiesAfterItsGraceAndAnEnvironmentHeaderChangesNothing() {
    String next = controls.rotateKey(emulator.key(), Duration.ofHours(1));
    StiggCalls renewed = api.header("X-API-KEY", next).header("X-ENVIRONMENT-ID", "other");
    assertThat(api.get("/plans")).isEmpty();
    assertThat(renewed.get("/plans")).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(api.outcome("GET", "/plans", "")).isEqualTo("401 Unauthenticated");
    assertThat(renewed.get("/plans")).isEmpty();
    controls.revokeKey(next);
    assertThat(renewed.outcome("GET", "/plans", "")).isEqualTo("401 Unauthenticated");
  }

  @Test
  void keysThatOnlyReadAndAccountsThatLackTheRightAreForbiddenToWrite() {
    for (StiggControls.Scope scope :
        new StiggControls.Scope[] {StiggControls.Scope.CLIENT, StiggControls.Scope.READ_ONLY}) {
      StiggCalls reader = api.header("X-API-KEY", controls.addKey(scope));
      assertThat(reader.get("/plans")).isEmpty();
      assertThat(reader.outcome("POST", "/plans", plan("a"))).isEqualTo("403 IdentityForbidden");
    }
    controls.forbidWrites("NoFeatureEntitlementError");
    assertThat(api.outcome("POST", "/plans", plan("a"))).isEqualTo("403 NoFeatureEntitlementError");
    controls.allowWrites();
    api.create("a");
  }

  @Test
  void tooManyCallsAreTurnedAwayInEitherShape() {
    controls.limitRate(2, Optional.of("3"));
    EmulatorResponse limited = api.call("GET", "/plans", "");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("retry-after")).hasValue("3");
    assertThat(StiggCalls.json(limited).path("code").asText()).isEqualTo("RateLimitExceeded");
    controls.set(StiggSwitch.PLAIN_429, false);
    assertThat(api.unjudged().call("GET", "/plans", "").text()).contains("rate_limit_exceeded");
    assertThat(api.get("/plans")).isEmpty();
    controls.fail(1);
    assertThat(api.unjudged().outcome("GET", "/plans", "")).isEqualTo("500 UnexpectedError");
    assertThat(api.get("/plans")).isEmpty();
  }

  @Test
  void aPostSaysThatItIsJsonEvenWithoutABody() {
    console.plan("a", "A");
    StiggCalls bare = new StiggCalls(emulator, Map.of("X-API-KEY", emulator.key()), true);
    assertThat(bare.outcome("POST", "/plans/a/draft", "")).isEqualTo("400 BadUserInput");
    controls.set(StiggSwitch.CONTENT_TYPE_NEEDED, false);
    assertThat(bare.post("/plans/a/draft", "").path("id").asText()).isEqualTo("a");
  }

  @Test
  void anIdempotencyKeyReplaysTheAnswerForADay() {
    StiggCalls keyed = api.header("Idempotency-Key", "k");
    JsonNode made = keyed.post("/plans", plan("a"));
    console.delete("a");
    assertThat(keyed.post("/plans", plan("a"))).isEqualTo(made);
    assertThat(keyed.post("/plans", plan("b"))).as("the old answer").isEqualTo(made);
    assertThat(controls.counts().plans()).isZero();
    controls.set(StiggSwitch.IDEMPOTENCY_CHANGED_BODY_REFUSED, true);
    assertThat(keyed.outcome("POST", "/plans", plan("b"))).isEqualTo("409 null");
    controls.set(StiggSwitch.IDEMPOTENCY_REPLAYS, false);
    assertThat(keyed.post("/plans", plan("c")).path("id").asText()).isEqualTo("c");
    controls.set(StiggSwitch.IDEMPOTENCY_REPLAYS, true);
    clock.advance(Duration.ofHours(25));
    assertThat(keyed.post("/plans", plan("d")).path("id").asText()).isEqualTo("d");
    controls.forgetIdempotencyKeys();
    assertThat(keyed.post("/plans", plan("e")).path("id").asText()).isEqualTo("e");
  }

  @Test
  void howFarAnIdempotencyKeyReachesIsAnOpenQuestion() {
    StiggCalls keyed = api.header("Idempotency-Key", "k");
    keyed.create("a");
    assertThat(keyed.post("/addons", plan("x")).path("id").asText()).isEqualTo("x");
    controls.set(StiggSwitch.IDEMPOTENCY_BY_PATH, false);
    StiggCalls other = api.header("Idempotency-Key", "other");
    other.create("b");
    // A plan is answered where an add-on was asked for, which no schema knows.
    assertThat(other.unjudged().post("/addons", plan("y")).path("id").asText()).isEqualTo("b");
    StiggCalls third = api.header("Idempotency-Key", "third");
    assertThat(third.outcome("POST", "/plans", plan("a"))).startsWith("409");
    console.delete("a");
    assertThat(third.post("/plans", plan("a")).path("id").asText()).isEqualTo("a");
    controls.set(StiggSwitch.IDEMPOTENCY_KEEPS_ERRORS, true);
    StiggCalls fourth = api.header("Idempotency-Key", "fourth");
    assertThat(fourth.outcome("POST", "/plans", plan("a"))).startsWith("409");
    console.delete("a");
    assertThat(fourth.outcome("POST", "/plans", plan("a"))).startsWith("409");
  }

  @Test
  void productsAreListedChangedAndDuplicatedButNotReadById() {
    assertThat(api.get("/products?id=product-acme&limit=1")).hasSize(1);
    assertThat(api.unjudged().call("GET", "/products/product-acme", "").status()).isEqualTo(404);
    api.post("/products", "{'id':'p2','displayName':'Two','multipleSubscriptions':true}");
    assertThat(api.outcome("POST", "/products", "{'id':'p2','displayName':'Two'}"))
        .isEqualTo("409 DuplicatedEntityNotAllowed");
    JsonNode changed = api.patch("/products/p2", "{'displayName':'Zwei','metadata':{'k':'v'}}");
    assertThat(changed.path("displayName").asText()).isEqualTo("Zwei");
    assertThat(api.post("/products/p2/duplicate", "{'targetId':'p3'}").path("metadata"))
        .hasToString("{\"k\":\"v\"}");
    console.plan("a", "A");
    console.startWith("a");
    assertThat(
            api.get("/products?id=product-acme").at("/0/productSettings/subscriptionStartPlanId"))
        .hasToString("\"a\"");
    assertThat(api.ids("/products?status=ARCHIVED")).isEmpty();
    assertThat(api.outcome("PATCH", "/products/none", "{}")).isEqualTo("404 ProductNotFoundError");
  }

  @Test
  void featuresAreMadeFilteredAndSuspended() {
    String body =
        "{'id':'tier','displayName':'Tier','featureType':'ENUM','enumConfiguration':"
            + "[{'value':'gold','displayName':'Gold'}],'metadata':{'k':'v'},"
            + "'unitTransformation':{'divide':1000}}";
    assertThat(api.post("/features", body).at("/unitTransformation/round").asText())
        .isEqualTo("UP");
    assertThat(api.outcome("POST", "/features", body)).isEqualTo("409 DuplicatedEntityNotAllowed");
    console.feature("calls", "NUMBER", "INCREMENTAL");
    assertThat(api.ids("/features?featureType=ENUM,BOOLEAN")).containsExactly("tier");
    assertThat(api.ids("/features?meterType=INCREMENTAL")).containsExactly("calls");
    assertThat(api.ids("/features?id=calls,none")).containsExactly("calls");
    api.patch("/features/tier", "{'displayName':'Level','unitTransformation':null}");
    assertThat(api.get("/features/tier").path("displayName").asText()).isEqualTo("Level");
    assertThat(api.post("/features/tier/archive", "").path("featureStatus").asText())
        .isEqualTo("SUSPENDED");
    assertThat(api.ids("/features?status=SUSPENDED")).containsExactly("tier");
    api.post("/features/tier/unarchive", "");
    assertThat(api.outcome("GET", "/features/none", "")).isEqualTo("404 FeatureNotFound");
    console.draftPlan("a", "A");
    api.post(
        "/plans/a/entitlements",
        "{'entitlements':[{'type':'FEATURE','id':'tier','enumValues':['gold']}]}");
  }

  @Test
  void creditCurrenciesAreMadeAndListed() {
    String body =
        "{'id':'tokens','displayName':'Tokens','units':{'singular':'token','plural':'tokens'}}";
    assertThat(api.post("/credits/custom-currencies", body).at("/units/plural").asText())
        .isEqualTo("tokens");
    assertThat(api.outcome("POST", "/credits/custom-currencies", body))
        .isEqualTo("409 DuplicatedEntityNotAllowed");
    StiggCalls plain = api.unjudged(); // the schema leaves these out
    plain.patch("/credits/custom-currencies/tokens", "{'symbol':'T'}");
    plain.post("/credits/custom-currencies/tokens/archive", "");
    assertThat(api.ids("/credits/custom-currencies?status=ARCHIVED")).containsExactly("tokens");
    assertThat(api.ids("/credits/custom-currencies?status=ACTIVE")).isEmpty();
    plain.post("/credits/custom-currencies/tokens/unarchive", "");
    assertThat(api.ids("/credits/custom-currencies")).containsExactly("tokens");
    assertThat(plain.outcome("PATCH", "/credits/custom-currencies/none", "{}"))
        .isEqualTo("404 CustomCurrencyNotFound");
  }

  @Test
  void theWholeStateCanBeReadWithoutAnyKey() {
    console.plan("a", "A");
    console.subscribe("a");
    assertThat(controls.state().toString())
        .contains("\"product-acme\"", "\"subscription-")
        .doesNotContain("server-");
    assertThat(controls.plan("a")).isPresent();
    assertThat(controls.planIds()).containsExactly("a");
    assertThat(controls.counts())
        .isEqualTo(new StiggControls.Counts(1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0));
  }
}
