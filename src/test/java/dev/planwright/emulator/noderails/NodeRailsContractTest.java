package dev.planwright.emulator.noderails;

import static dev.planwright.emulator.noderails.NodeRailsCalls.monthly;
import static dev.planwright.emulator.noderails.NodeRailsCalls.planBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.planwright.emulator.EmulatorResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation with all of its fields, by the schema; all other tests hold answers to it. */
class NodeRailsContractTest {
  private final NodeRailsEmulator emulator = new NodeRailsEmulator();
  private final NodeRailsCalls api = NodeRailsCalls.of(emulator);
  private Optional<NodeRailsContract> contract = Optional.empty();

  @BeforeEach
  void findTheSchema() {
    contract = NodeRailsContract.find();
  }

  @Test
  void everyOperationWithAllItsFieldsIsUnderstoodAsTheSchemaSays() {
    String full =
        """
        {'amount':'1.50','currency':'EUR','billingInterval':'WEEK','billingIntervalCount':2,
         'trialPeriodDays':7,'nickname':'n','sortOrder':1,'isDefault':true,'metadata':{'k':[1]}}
        """;
    String rate =
        "{'displayName':'VAT','percentage':7.7,'inclusive':true,'jurisdiction':'CH','description':'d'";
    String rateId = api.make("/tax-rates", rate + "}").path("id").asText();
    String body =
        planBody("P", full)
            .replaceFirst(
                "\\{",
                "{'description':'d','imageUrl':'https://x.test/i.png','metadata':{'k':{}},'taxRateId':'"
                    + rateId
                    + "',");
    String plan = api.make("/product-plans", body).path("id").asText();
    String at = "/product-plans/" + plan;
    String price = api.price(plan, full);
    emulator.controls().addSubscription(price, "ACTIVE");
    api.change(
        at,
        "{'name':'Q','description':'','imageUrl':'https://x.test/j.png','taxRateId':null,"
            + "'isActive':false,'metadata':{}}");
    api.change(
        at + "/prices/" + price,
        "{'amount':'2','nickname':'','sortOrder':0,'isDefault':false,'isActive':true,"
            + "'trialPeriodDays':0}");
    api.delete(at + "/prices/" + price);
    api.read("/product-plans?appId=" + NodeRailsEmulator.TEST_APP + "&page=1&pageSize=100");
    api.read(at);
    api.read("/subscriptions?appId=" + NodeRailsEmulator.TEST_APP + "&status=ACTIVE");
    api.change("/tax-rates/" + rateId, rate + ",'isActive':true}");
    api.read("/tax-rates/" + rateId);
    api.delete("/tax-rates/" + rateId);
    api.read("/tax-rates?includeInactive=true");
    assertThat(emulator.exchanges()).hasSize(13).allMatch(it -> it.status() < 300);
    contract.ifPresent(judge -> assertThat(faults(judge, emulator.exchanges())).isEmpty());
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sortOrder\":0 | \"sortOrder\":\"0\"",
        "\"success\":true | \"success\":false",
        "\"isDefault\":false, |",
        "\"isDefault\": | \"colour\":1,\"isDefault\":",
        "\"MONTH\" | \"QUARTER\"",
        "\"amount\":\"5\" | \"amount\":5"
      })
  void anAnswerThatTheSchemaForbidsIsCaught(String right, String wrong) {
    String plan = api.plan("Gold", monthly("5"));
    String target = "/product-plans/" + plan + "/prices";
    EmulatorResponse answer = api.post(target, monthly("5"));
    String text = answer.text().replaceFirst(right, wrong == null ? "" : wrong);
    assertThat(text).isNotEqualTo(answer.text());
    contract.ifPresent(
        judge ->
            assertThat(
                    judge.faultsOfAnswer(
                        "POST", target, EmulatorResponse.json(201, NodeRailsCalls.json(text))))
                .isNotEmpty());
  }

  @Test
  void anAnswerThatNobodyListsIsCaughtToo() {
    contract.ifPresent(
        judge -> {
          assertThat(judge.faultsOfAnswer("GET", "/tax-rates", EmulatorResponse.empty(202)))
              .isNotEmpty();
          assertThat(judge.faultsOfAnswer("GET", "/tax-rates", EmulatorResponse.empty(418)))
              .isNotEmpty();
        });
  }

  private static List<String> faults(
      NodeRailsContract judge, List<NodeRailsEmulator.Exchange> exchanges) {
    List<String> faults = new ArrayList<>();
    for (NodeRailsEmulator.Exchange exchange : exchanges) {
      Optional<JsonNode> body = exchange.request().json();
      faults.addAll(judge.faultsOfRequest(exchange.method(), exchange.target(), body));
      faults.addAll(
          judge.faultsOfAnswer(exchange.method(), exchange.target(), exchange.response()));
    }
    return faults;
  }
}
