package dev.planwright.sandbox;

import static dev.planwright.sandbox.TestSandbox.errors;
import static dev.planwright.sandbox.TestSandbox.flat;
import static dev.planwright.sandbox.TestSandbox.plan;
import static dev.planwright.sandbox.TestSandbox.price;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.TestSandbox.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxValidationTest {
  private final TestSandbox sandbox = new TestSandbox().seeded();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void allErrorsComeAtOnceAndNothingIsStored() {
    Reply reply =
        sandbox.create(
            "team",
            "{'owner':'shop','displayName':'','colour':'red','product':'nope','trial':{'days':0},"
                + "'entitlements':[{'feature':'sso','enabled':true,'limit':1},{'feature':'nope'}],"
                + "'defaultPrice':'other','prices':["
                + flat("a", "1e3").replace("USD", "XQX")
                + ","
                + price("b", "'perUnit':{'metric':'nope','amount':'-1'}")
                + ",{'name':'Bad Name','currency':'USD'}]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(errors(reply))
        .containsExactlyInAnyOrder(
            "displayName: invalid",
            "colour: unsupported",
            "product: unknown",
            "trial.days: invalid",
            "entitlements[0]: invalid",
            "entitlements[1].feature: unknown",
            "entitlements[1]: required",
            "defaultPrice: invalid",
            "prices.a.flat.amount: invalid",
            "prices.a.currency: invalid",
            "prices.b.perUnit.metric: unknown",
            "prices.b.perUnit.amount: invalid",
            "prices[2].name: invalid",
            "prices[2]: required",
            "prices[2]: required");
    assertThat(sandbox.handler().counts().plans()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          amount with an exponent           | 'flat':{'amount':'1e3'}                                      | prices.x.flat.amount: invalid
          amount with a sign                | 'flat':{'amount':'-1'}                                       | prices.x.flat.amount: invalid
          amount that is no number          | 'flat':{'amount':'NaN'}                                      | prices.x.flat.amount: invalid
          amount as a JSON number           | 'flat':{'amount':49.00}                                      | prices.x.flat.amount: invalid
          amount of 40 digits               | 'flat':{'amount':'1234567890123456789012345678901234567890'} | prices.x.flat.amount: invalid
          amount with 21 decimals           | 'flat':{'amount':'0.000000000000000000001'}                  | prices.x.flat.amount: invalid
          amount that is null               | 'flat':{'amount':null}                                       | prices.x.flat.amount: invalid
          amount missing                    | 'flat':{}                                                    | prices.x.flat.amount: required
          two models                        | 'flat':{'amount':'1'},'dynamic':{'metric':'sms'}             | prices.x: invalid
          two schedules                     | 'flat':{'amount':'1'},'oneTime':{}                           | "prices.x: invalid"
          unknown field deep inside         | 'flat':{'amount':'1','ammount':'2'}                          | prices.x.flat.ammount: unsupported
          tiers empty                       | 'volume':{'metric':'sms','tiers':[]}                         | prices.x.volume.tiers: invalid
          tier without amounts              | 'volume':{'metric':'sms','tiers':[{}]}                       | prices.x.volume.tiers[0].unitAmount: invalid
          last tier with an end             | 'volume':{'metric':'sms','tiers':[{'upTo':'5','unitAmount':'1'}]} | prices.x.volume.tiers[0].upTo: invalid
          two open tiers                    | 'volume':{'metric':'sms','tiers':[{'unitAmount':'1'},{'unitAmount':'1'}]} | prices.x.volume.tiers[0].upTo: required
          tiers that do not rise            | 'graduated':{'metric':'sms','tiers':[{'upTo':'5','unitAmount':'1'},{'upTo':'5','unitAmount':'2'},{'unitAmount':'1'}]} | prices.x.graduated.tiers[1].upTo: invalid
          rates that do not rise            | 'graduatedPercentage':{'metric':'payments','tiers':[{'upTo':'0','rate':'1'},{'rate':'1'}]} | prices.x.graduatedPercentage.tiers[0].upTo: invalid
          package of nothing                | 'package':{'metric':'sms','size':0,'amount':'1'}             | prices.x.package.size: invalid
          least more than most              | 'percentage':{'metric':'payments','rate':'1','minAmount':'2','maxAmount':'1'} | prices.x.percentage.minAmount: invalid
          seats on metered usage            | 'perUnit':{'metric':'sms','amount':'1','minUnits':1}         | prices.x.perUnit.minUnits: invalid
          filters without unmatched         | 'perUnit':{'metric':'sms','amount':'1','filters':[{'key':'k','values':['v'],'amount':'1'}]} | prices.x.perUnit.unmatched: required
          usage paid in advance             | 'billing':'InAdvance','dynamic':{'metric':'sms'}             | prices.x.billing: invalid
          overage without a soft limit      | 'overage':{'feature':'seats','amount':'1'}                   | prices.x.overage.feature: invalid
          unknown country                   | 'countries':['XX'],'flat':{'amount':'1'}                     | prices.x.countries[0]: invalid
          an id of no price                 | 'id':'price_404','flat':{'amount':'1'}                       | prices.x.id: unknown
          """)
  void aPriceIsRefused(String name, String model, String error) {
    Reply reply = sandbox.create("p", plan(price("x", model)));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(errors(reply)).containsExactly(error);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a key that leads back        | 'parentPlan':'p'                                        | parentPlan: invalid
          an unknown parent            | 'parentPlan':'q'                                        | parentPlan: unknown
          itself as an add-on          | 'compatibleAddOns':['p']                                | compatibleAddOns[0]: invalid
          one add-on twice             | 'compatibleAddOns':['a','a']                            | compatibleAddOns[1]: invalid
          one feature twice            | 'entitlements':[{'feature':'sso','enabled':true},{'feature':'sso','enabled':false}] | entitlements[1]: invalid
          reset without a limit        | 'entitlements':[{'feature':'sso','enabled':true,'reset':'Month'}] | entitlements[0].reset: invalid
          a mode on a plan             | 'entitlements':[{'feature':'seats','limit':1,'mode':'Increment'}] | entitlements[0].mode: invalid
          unlimited that is false      | 'entitlements':[{'feature':'seats','unlimited':false}]  | entitlements[0].unlimited: invalid
          a commitment twice           | 'minimumCommitments':[{'amount':'1','currency':'USD'},{'amount':'2','currency':'USD'}] | minimumCommitments[1]: invalid
          metadata that is no text     | 'metadata':{'n':1}                                      | metadata.n: invalid
          a tax that says nothing      | 'tax':{}                                                | tax: invalid
          null where a text belongs    | 'description':null                                      | description: invalid
          a name with a line break     | 'invoiceDisplayName':'a\\nb'                            | invoiceDisplayName: invalid
          a free plan that costs       | 'pricing':'Free'                                        | prices: invalid
          """)
  void aPlanIsRefused(String name, String field, String error) {
    Reply reply =
        sandbox.create("p", plan(flat("x", "1")).replace("'prices'", field + ",'prices'"));

    assertThat(errors(reply)).as(reply.response().text()).containsExactly(error);
  }

  @Test
  void alternativesThatCannotBeToldApartAreRefused() {
    Reply reply = sandbox.create("p", plan(flat("a", "1"), flat("b", "2")));

    assertThat(errors(reply)).containsExactly("prices.b: invalid");
    assertThat(
            sandbox
                .create(
                    "p",
                    plan(
                        flat("a", "1"),
                        flat("b", "2").replace("'flat'", "'countries':['DE'],'flat'"),
                        price("c", "'flat':{'amount':'2','metric':'sms'}")))
                .status())
        .isEqualTo(201);
  }

  @Test
  void aPaidPlanNeedsAPriceAndACustomOneDoesNot() {
    assertThat(errors(sandbox.create("p", plan()))).containsExactly("prices: required");
    assertThat(
            sandbox.create("p", plan().replace("'prices'", "'pricing':'Custom','prices'")).status())
        .isEqualTo(201);
    assertThat(
            sandbox
                .create(
                    "q",
                    plan(flat("zero", "0.00")).replace("'prices'", "'pricing':'Free','prices'"))
                .status())
        .isEqualTo(201);
  }

  @Test
  void theTypeOfAPlanNeverChanges() {
    Reply created = sandbox.create("p", plan(flat("a", "1")));

    Reply reply =
        sandbox.replace(
            "p",
            created.etag(),
            plan(flat("a", "1")).replace("'prices'", "'type':'AddOn','prices'"));

    assertThat(errors(reply)).containsExactly("type: immutable");
  }

  @Test
  void metricsAreNamedByNameOrIdAndAnsweredAsSent() {
    String id = sandbox.get("/metrics").json().path("metrics").get(0).path("id").asText();

    Reply created = sandbox.create("p", plan(price("a", "'dynamic':{'metric':'" + id + "'}")));

    assertThat(created.json().path("prices").get(0).path("dynamic").path("metric").asText())
        .isEqualTo(id);
  }

  @Test
  void everythingThatAPlanCanSayIsStoredAndAnswered() {
    sandbox.create("base", plan(flat("a", "1")));
    String all =
        "{'owner':'shop','displayName':'Team ☂','invoiceDisplayName':'Team plan',"
            + "'description':'For\\nteams','imageUrl':'https://example.org/a.png','type':'AddOn',"
            + "'pricing':'Paid','lifecycle':'Active','product':'main','parentPlan':'base',"
            + "'compatibleAddOns':['extra'],'defaultPrice':'x','trial':{'days':14,'onEnd':'Cancel'},"
            + "'entitlements':[{'feature':'seats','limit':10,'reset':'Month','soft':true,"
            + "'mode':'Increment'},{'feature':'sso','value':'gold'}],"
            + "'creditGrants':[{'credit':'tokens','amount':'1000','every':'Month'}],"
            + "'minimumCommitments':[{'amount':'100.00','currency':'USD','every':'Month'}],"
            + "'usageThresholds':[{'amount':'1000.00','currency':'USD','recurring':false,"
            + "'displayName':'Soft cap'}],'tax':{'code':'eservice','rate':'20',"
            + "'behavior':'Exclusive'},'metadata':{'tier':'té\\nam'},'prices':["
            + "{'name':'x','nickname':'n','invoiceDisplayName':'i','currency':'EUR',"
            + "'recurring':{'interval':'Month','count':3},'billing':'InArrears',"
            + "'flat':{'amount':'49.00'},'countries':['DE','FR'],'trialDays':7,'sortOrder':-2,"
            + "'metadata':{'a':'b'}}]}";

    Reply created = sandbox.create("p", all);

    assertThat(created.status()).as(created.response().text()).isEqualTo(201);
    Json.parse(all.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("prices")) {
                assertThat(created.json().path(field.getKey())).isEqualTo(field.getValue());
              }
            });
    assertThat(created.json().path("prices").get(0).path("countries")).hasSize(2);
    assertThat(sandbox.get("/plans/p").json()).isEqualTo(created.json());
  }
}
