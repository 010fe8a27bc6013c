package dev.planwright.sandbox;

import static dev.planwright.sandbox.TestSandbox.flat;
import static dev.planwright.sandbox.TestSandbox.plan;
import static dev.planwright.sandbox.TestSandbox.price;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.TestSandbox.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SandboxProtocolTest {
  private final TestSandbox sandbox = new TestSandbox().seeded();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void theProbeSaysWhoseAccountItIsAndWhatItCan() {
    Reply probe = sandbox.get("/");

    assertThat(probe.status()).isEqualTo(200);
    assertThat(probe.json().path("account").path("id").asText()).isEqualTo("acct_sandbox");
    assertThat(probe.json().path("environment").asText()).isEqualTo("Sandbox");
    assertThat(probe.json().path("capabilities").path("models")).hasSize(9);
  }

  @Test
  void aCreateAnswersTheStoredPlanWithIds() {
    Reply created = sandbox.create("shop.team", plan(flat("team-monthly", "49.00")));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("version").asInt()).isEqualTo(1);
    assertThat(created.json().path("owner").asText()).isEqualTo("shop");
    assertThat(created.json().path("prices").get(0).path("id").asText()).startsWith("price_");
    assertThat(created.response().headers()).containsEntry("ETag", created.etag());
    assertThat(sandbox.get("/plans/shop.team").json()).isEqualTo(created.json());
  }

  @Test
  void aRepeatedCreateMakesNoSecondPlan() {
    sandbox.create("shop.team", plan(flat("a", "49.00")));

    Reply again = sandbox.create("shop.team", plan(flat("a", "49.00")));

    assertThat(again.status()).isEqualTo(412);
    assertThat(again.problem()).isEqualTo("precondition-failed");
    assertThat(sandbox.handler().counts().plans()).isEqualTo(1);
  }

  @Test
  void aKeyOfAnotherOwnerIsFoundAndNeverWritten() {
    Reply theirs = sandbox.create("team", plan(flat("a", "49.00")).replace("shop", "rival"));
    Map<String, String> match = Map.of("if-match", theirs.etag());

    assertThat(sandbox.get("/plans/team").json().path("owner").asText()).isEqualTo("rival");
    assertThat(sandbox.create("team", plan(flat("a", "1.00"))).status()).isEqualTo(412);
    assertThat(sandbox.replace("team", theirs.etag(), plan(flat("a", "1.00"))).problem())
        .isEqualTo("owner");
    assertThat(sandbox.call("DELETE", "/plans/team?owner=shop", match, "").problem())
        .isEqualTo("owner");
    assertThat(sandbox.call("POST", "/plans/team/archive?owner=shop", match, "").problem())
        .isEqualTo("owner");
    assertThat(sandbox.get("/plans/team").json()).isEqualTo(theirs.json());
  }

  @Test
  void aPlanMadeByHandIsTakenOverWithItsEtag() {
    Reply byHand = sandbox.create("team", plan(flat("a", "49.00")).replace("'shop'", "null"));
    String id = byHand.json().path("id").asText();
    assertThat(byHand.json().path("owner").isNull()).isTrue();
    assertThat(sandbox.get("/plans?owner=shop").json().path("plans")).isEmpty();

    Reply found = sandbox.get("/plans?id=" + id);
    assertThat(found.json().path("plans").get(0).path("key").asText()).isEqualTo("team");
    Reply taken = sandbox.replace("team", byHand.etag(), plan(flat("a", "49.00")));

    assertThat(taken.json().path("owner").asText()).isEqualTo("shop");
    assertThat(taken.json().path("id").asText()).isEqualTo(id);
    assertThat(taken.json().path("version").asInt()).isEqualTo(2);
    assertThat(sandbox.get("/plans?id=" + id + "&owner=rival").json().path("plans")).isEmpty();
  }

  @Test
  void aReplaceNeedsTheEtagThatIsStored() {
    Reply first = sandbox.create("team", plan(flat("a", "49.00")));
    Reply second = sandbox.replace("team", first.etag(), plan(flat("a", "59.00")));

    assertThat(second.json().path("version").asInt()).isEqualTo(2);
    assertThat(sandbox.replace("team", first.etag(), plan(flat("a", "69.00"))).status())
        .isEqualTo(412);
    assertThat(sandbox.replace("gone", first.etag(), plan(flat("a", "69.00"))).status())
        .isEqualTo(412);
    assertThat(sandbox.put("/plans/team", plan(flat("a", "69.00"))).status()).isEqualTo(428);
    assertThat(sandbox.call("DELETE", "/plans/team", Map.of(), "").status()).isEqualTo(428);
    assertThat(sandbox.get("/plans/team").json()).isEqualTo(second.json());
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    String said =
        plan(flat("a", "49.00"), price("b", "'perUnit':{'metric':'api-calls','amount':'0.002'}"));
    Reply first = sandbox.create("team", said);
    String otherwise =
        "{'pricing':'Paid','prices':["
            + price(
                "b",
                "'billing':'InArrears','perUnit':{'usageType':'Metered','amount':'0.0020',"
                    + "'metric':'api-calls'},'sortOrder':0")
            + ","
            + flat("a", "49").replace("'Month'", "'Month','count':1")
            + "],'entitlements':[],'displayName':'Team','owner':'shop'}";

    Reply again = sandbox.replace("team", first.etag(), otherwise);

    assertThat(again.json()).isEqualTo(first.json());
    assertThat(sandbox.handler().counts().history()).isEqualTo(1);
  }

  @Test
  void anAmountThatDiffersInTheLastDigitIsAChange() {
    Reply first = sandbox.create("team", plan(flat("a", "0.00000000000000000001")));

    Reply second = sandbox.replace("team", first.etag(), plan(flat("a", "0.00000000000000000002")));

    assertThat(second.json().path("version").asInt()).isEqualTo(2);
  }

  @Test
  void aPriceKeepsItsIdWhileItsNameAndModelStay() {
    Reply first = sandbox.create("team", plan(flat("a", "49.00"), flat2("b", "EUR")));
    Reply second =
        sandbox.replace(
            "team",
            first.etag(),
            plan(
                price("a", "'package':{'metric':'sms','size':1000,'amount':'8'}"),
                flat2("b", "GBP")));

    assertThat(idOf(second, "b")).isEqualTo(idOf(first, "b"));
    assertThat(idOf(second, "a")).isNotEqualTo(idOf(first, "a"));
  }

  @Test
  void aRenamedPriceKeepsItsIdWhenTheIdIsSent() {
    Reply first = sandbox.create("team", plan(flat("a", "49.00")));
    String renamed = flat("z", "49.00").replace("'name'", "'id':'" + idOf(first, "a") + "','name'");

    Reply second = sandbox.replace("team", first.etag(), plan(renamed, flat2("a", "EUR")));

    assertThat(idOf(second, "z")).isEqualTo(idOf(first, "a"));
    assertThat(idOf(second, "a")).isNotEqualTo(idOf(first, "a"));
  }

  @Test
  void pagesTogetherHoldEveryPlanOnceWhateverChangesMeanwhile() {
    for (int i = 0; i < 7; i++) {
      sandbox.create("p" + i, plan(flat("a", "1")));
    }
    sandbox.create("rival", plan(flat("a", "1")).replace("shop", "rival"));
    List<String> keys = new ArrayList<>();
    String next = "/plans?owner=shop&limit=3";
    int pages = 0;
    while (!next.isEmpty()) {
      Reply page = sandbox.get(next);
      assertThat(page.json().path("total").asInt()).isBetween(7, 8);
      page.json().path("plans").forEach(plan -> keys.add(plan.path("key").asText()));
      if (pages++ == 0) {
        sandbox.create("late", plan(flat("a", "1")));
      }
      String after = page.json().path("next").asText();
      next = after.isEmpty() ? "" : "/plans?owner=shop&limit=3&after=" + after;
    }

    assertThat(keys).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "late");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void archivingSetsTheLifecycleAndNothingElse() {
    Reply created = sandbox.create("team", plan(flat("a", "49.00")));

    Reply archived =
        sandbox.call("POST", "/plans/team/archive", Map.of("if-match", created.etag()), "");
    Reply again =
        sandbox.call("POST", "/plans/team/archive", Map.of("if-match", archived.etag()), "");

    assertThat(archived.json().path("archived").asBoolean()).isTrue();
    assertThat(archived.json().path("lifecycle").asText()).isEqualTo("Archived");
    assertThat(archived.json().path("prices")).isEqualTo(created.json().path("prices"));
    assertThat(archived.json().path("version").asInt()).isEqualTo(2);
    assertThat(again.json()).isEqualTo(archived.json());
    Reply sold = sandbox.replace("team", archived.etag(), plan(flat("a", "49.00")));
    assertThat(sold.json().path("archived").asBoolean()).isFalse();
  }

  @Test
  void aDeletedPlanIsGoneAndItsKeyFreeWithANewId() {
    Reply created = sandbox.create("team", plan(flat("a", "49.00")));

    Reply deleted = sandbox.call("DELETE", "/plans/team", Map.of("if-match", created.etag()), "");

    assertThat(deleted.status()).isEqualTo(204);
    assertThat(sandbox.get("/plans/team").status()).isEqualTo(404);
    Reply again = sandbox.create("team", plan(flat("a", "49.00")));
    assertThat(again.json().path("id")).isNotEqualTo(created.json().path("id"));
    assertThat(sandbox.replace("team", created.etag(), plan(flat("a", "1"))).status())
        .isEqualTo(412);
  }

  @Test
  void historySaysWhatHappenedAndOutlivesThePlan() {
    Reply first = sandbox.create("team", plan(flat("a", "49.00")));
    Reply second = sandbox.replace("team", first.etag(), plan(flat("a", "59.00")));
    Reply third =
        sandbox.call("POST", "/plans/team/archive", Map.of("if-match", second.etag()), "");
    sandbox.call("DELETE", "/plans/team", Map.of("if-match", third.etag()), "");

    Reply history = sandbox.get("/plans/team/history");

    assertThat(history.json().path("history"))
        .extracting(e -> e.path("version").asInt() + " " + e.path("change").asText())
        .containsExactly("1 Created", "2 Replaced", "3 Archived", "4 Deleted");
    assertThat(sandbox.get("/plans/never/history").status()).isEqualTo(404);
  }

  @Test
  void metricsFeaturesAndProductsAreListed() {
    assertThat(sandbox.get("/metrics?limit=2").json().path("metrics")).hasSize(2);
    assertThat(sandbox.get("/metrics").json().path("total").asInt()).isEqualTo(6);
    assertThat(sandbox.get("/features").json().path("features").get(0).path("name").asText())
        .isEqualTo("seats");
    assertThat(sandbox.get("/products").json().path("products")).hasSize(1);
  }

  @Test
  void keysAreUsedVerbatim() {
    assertThat(sandbox.create("a%7Cb", plan(flat("a", "1"))).json().path("key").asText())
        .isEqualTo("a|b");
    assertThat(sandbox.create("A%7Cb", plan(flat("a", "1"))).status()).isEqualTo(201);
    assertThat(sandbox.get("/plans/a%7Cb").status()).isEqualTo(200);
    assertThat(sandbox.create("-a", plan(flat("a", "1"))).status()).isEqualTo(400);
    assertThat(sandbox.create("k".repeat(256), plan(flat("a", "1"))).status()).isEqualTo(400);
  }

  @Test
  void aMisspeltRequestIsRefusedNotGuessed() {
    Map<String, String> create = Map.of("if-none-match", "*");
    String body = plan(flat("a", "1"));

    assertThat(sandbox.get("/plans?ownr=shop").status()).isEqualTo(400);
    assertThat(sandbox.get("/plans?limit=501").status()).isEqualTo(400);
    assertThat(sandbox.get("/plans?after=7").status()).isEqualTo(400);
    assertThat(sandbox.get("/plans?owner=a&owner=b").status()).isEqualTo(400);
    assertThat(sandbox.get("/plans/%zz").status()).isEqualTo(400);
    assertThat(sandbox.get("/nothing").status()).isEqualTo(404);
    assertThat(sandbox.post("/plans/a", "{}").status()).isEqualTo(405);
    assertThat(sandbox.call("PUT", "/plans/a?existingSubscribers=all", create, body).status())
        .isEqualTo(400);
    assertThat(sandbox.create("a", "{'owner':'x','owner':'y'}").status()).isEqualTo(400);
    assertThat(sandbox.create("a", "[]").status()).isEqualTo(400);
    assertThat(sandbox.create("a", body + "x").status()).isEqualTo(400);
    assertThat(
            sandbox
                .call(
                    "PUT",
                    "/plans/a",
                    Map.of("if-none-match", "*", "content-type", "text/plain"),
                    body)
                .status())
        .isEqualTo(415);
    assertThat(sandbox.create("a", " ".repeat(1_000_001)).status()).isEqualTo(413);
    assertThat(sandbox.handler().counts().plans()).isZero();
  }

  @Test
  void withoutTheKeyNothingIsToldOrDone() {
    for (String key : List.of("", "Bearer wrong", "sandbox")) {
      Map<String, String> headers = Map.of("authorization", key);
      assertThat(sandbox.call("GET", "/", headers, "").problem()).isEqualTo("unauthorized");
      assertThat(sandbox.call("GET", "/nothing", headers, "").status()).isEqualTo(401);
      assertThat(sandbox.call("POST", "/sandbox/reset", headers, "").status()).isEqualTo(401);
    }
  }

  private static String flat2(String name, String currency) {
    return flat(name, "9").replace("USD", currency);
  }

  private static String idOf(Reply reply, String price) {
    return Json.items(reply.json(), "prices").stream()
        .filter(p -> p.path("name").asText().equals(price))
        .map(p -> p.path("id").asText())
        .findFirst()
        .orElseThrow();
  }
}
