package dev.planwright.sandbox;

import static dev.planwright.sandbox.TestSandbox.flat;
import static dev.planwright.sandbox.TestSandbox.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.TestSandbox.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxSubscribersTest {
  private final TestSandbox sandbox = new TestSandbox().seeded();
  private final Reply first = sandbox.create("team", plan(flat("a", "49.00")));
  private String early = "";

  @BeforeEach
  void somebodySubscribes() {
    early =
        sandbox.post("/sandbox/plans/team/subscribers", "{'count':42}").json().path("id").asText();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void keptSubscribersPayWhatTheyBoughtAndNewOnesTheNewPrice() {
    sandbox.replace("team", first.etag(), plan(flat("a", "59.00")));
    String late =
        sandbox.post("/sandbox/plans/team/subscribers", "{'count':1}").json().path("id").asText();

    assertThat(pays(early)).isEqualTo("49");
    assertThat(pays(late)).isEqualTo("59");
    assertThat(sandbox.get("/plans/team").json().path("subscribers").asInt()).isEqualTo(43);
    assertThat(sandbox.get("/plans/team").json().path("subscribersByVersion"))
        .extracting(v -> v.path("version").asInt() + ": " + v.path("subscribers").asInt())
        .containsExactly("1: 42", "2: 1");
  }

  @Test
  void migratedSubscribersPayTheNewPrice() {
    Reply second = sandbox.migrate("team", first.etag(), plan(flat("a", "59.00")));

    assertThat(pays(early)).isEqualTo("59");
    assertThat(second.json().path("subscribersByVersion").get(0).path("version").asInt())
        .isEqualTo(2);
    assertThat(
            sandbox
                .get("/plans/team/history")
                .json()
                .path("history")
                .get(1)
                .path("subscribersMoved")
                .asInt())
        .isEqualTo(42);
  }

  @Test
  void migratingWithoutAnotherChangeMovesThoseWhoWereKept() {
    Reply second = sandbox.replace("team", first.etag(), plan(flat("a", "59.00")));

    Reply moved = sandbox.migrate("team", second.etag(), plan(flat("a", "59.00")));

    assertThat(moved.etag()).isEqualTo(second.etag());
    assertThat(pays(early)).isEqualTo("59");
    assertThat(sandbox.handler().counts().history()).isEqualTo(3);
    sandbox.migrate("team", second.etag(), plan(flat("a", "59.00")));
    assertThat(sandbox.handler().counts().history()).isEqualTo(3);
  }

  @Test
  void anArchivedPlanStaysWithThoseWhoHaveIt() {
    sandbox.call("POST", "/plans/team/archive", Map.of("if-match", first.etag()), "");

    assertThat(pays(early)).isEqualTo("49");
  }

  @Test
  void aPlanThatSomebodyHasIsNotDeleted() {
    Map<String, String> match = Map.of("if-match", first.etag());

    Reply refused = sandbox.call("DELETE", "/plans/team", match, "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("subscribers");
    assertThat(refused.json().path("subscribers").asInt()).isEqualTo(42);
    sandbox.call("DELETE", "/sandbox/plans/team/subscribers", Map.of(), "");
    assertThat(sandbox.call("DELETE", "/plans/team", match, "").status()).isEqualTo(204);
  }

  @Test
  void comingAndGoingSubscribersChangeNoEtag() {
    assertThat(sandbox.get("/plans/team").etag()).isEqualTo(first.etag());
  }

  @Test
  void aServerThatCannotKeepSaysSoInsteadOfRepricing() {
    sandbox.put("/sandbox/faults", "{'migrateOnly':true}");

    Reply refused = sandbox.replace("team", first.etag(), plan(flat("a", "59.00")));

    assertThat(refused.problem()).isEqualTo("subscribers");
    assertThat(pays(early)).isEqualTo("49");
    assertThat(sandbox.get("/plans/team").etag()).isEqualTo(first.etag());
    assertThat(sandbox.get("/").json().path("capabilities").path("existingSubscribers")).hasSize(1);
    assertThat(sandbox.migrate("team", first.etag(), plan(flat("a", "59.00"))).status())
        .isEqualTo(200);
  }

  @Test
  void aServerThatWouldCutThemOffRefusesToArchive() {
    sandbox.put("/sandbox/faults", "{'refuseArchive':true}");

    Reply refused =
        sandbox.call("POST", "/plans/team/archive", Map.of("if-match", first.etag()), "");

    assertThat(refused.problem()).isEqualTo("subscribers");
    assertThat(sandbox.get("/plans/team").json().path("archived").asBoolean()).isFalse();
  }

  @Test
  void hiddenSubscribersAreNullNotZero() {
    sandbox.put("/sandbox/faults", "{'hideSubscribers':true}");

    assertThat(sandbox.get("/plans/team").json().path("subscribers").isNull()).isTrue();
    assertThat(sandbox.get("/").json().path("capabilities").path("subscriberCounts").asBoolean())
        .isFalse();
  }

  @Test
  void aHandEditChangesThePriceBehindTheOperatorsBack() {
    Reply edited =
        sandbox.call(
            "PATCH",
            "/sandbox/plans/team",
            Map.of(),
            "{'description':'cheap','prices':{'a':{'flat':{'amount':'45.00'}},"
                + "'b':{'currency':'EUR','recurring':{'interval':'Month'},'flat':{'amount':'1'}}}}");

    assertThat(edited.json().path("owner").asText()).isEqualTo("shop");
    assertThat(edited.json().path("version").asInt()).isEqualTo(2);
    assertThat(edited.json().path("prices").get(0).path("flat").path("amount").asText())
        .isEqualTo("45.00");
    assertThat(edited.json().path("prices").get(0).path("id"))
        .isEqualTo(first.json().path("prices").get(0).path("id"));
    assertThat(edited.json().path("prices").get(1).path("id").asText()).startsWith("price_");
    assertThat(pays(early)).isEqualTo("49");
    Reply removed =
        sandbox.call(
            "PATCH", "/sandbox/plans/team", Map.of(), "{'owner':null,'prices':{'b':null}}");
    assertThat(removed.json().path("owner").isNull()).isTrue();
    assertThat(removed.json().path("prices")).hasSize(1);
    assertThat(sandbox.call("PATCH", "/sandbox/plans/team", Map.of(), "{'id':'x'}").status())
        .isEqualTo(400);
  }

  private String pays(String subscriber) {
    return sandbox
        .post("/sandbox/plans/team/quote", "{'subscriber':'" + subscriber + "'}")
        .json()
        .path("totals")
        .path("USD")
        .asText();
  }
}
