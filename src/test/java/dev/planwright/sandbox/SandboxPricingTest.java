package dev.planwright.sandbox;

import static dev.planwright.sandbox.TestSandbox.plan;
import static dev.planwright.sandbox.TestSandbox.price;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.sandbox.TestSandbox.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amounts worked out by hand; each row is model, usage, amount. */
class SandboxPricingTest {
  private final TestSandbox sandbox = new TestSandbox().seeded();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest(name = "{2}: {1} costs {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'flat':{'amount':'49.00'}                                     | 0     | flat             | 49
          'flat':{'amount':'49.00','metric':'sms'}                      | 700   | flat with metric | 49
          'perUnit':{'metric':'sms','amount':'0.002'}                   | 0     | metered          | 0
          'perUnit':{'metric':'sms','amount':'0.002'}                   | 1500  | metered          | 3
          'perUnit':{'metric':'sms','amount':'0.002'}                   | 0.5   | part of a unit   | 0.001
          'perUnit':{'metric':'sms','amount':'7','usageType':'Licensed'} | 3    | licensed         | 21
          'perUnit':{'metric':'sms','amount':'7','usageType':'Licensed','minUnits':5,'maxUnits':9} | 3 | fewest | 35
          'perUnit':{'metric':'sms','amount':'7','usageType':'Licensed','minUnits':5,'maxUnits':9} | 9 | most   | 63
          'package':{'metric':'sms','size':1000,'amount':'8'}           | 0     | package          | 0
          'package':{'metric':'sms','size':1000,'amount':'8'}           | 1     | package          | 8
          'package':{'metric':'sms','size':1000,'amount':'8'}           | 1000  | full package     | 8
          'package':{'metric':'sms','size':1000,'amount':'8'}           | 1001  | begun package    | 16
          'package':{'metric':'sms','size':1000,'amount':'8','freeUnits':100} | 100  | free units  | 0
          'package':{'metric':'sms','size':1000,'amount':'8','freeUnits':100} | 1100 | free units  | 8
          'package':{'metric':'sms','size':1000,'amount':'8','freeUnits':100} | 1101 | free units  | 16
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'0'},{'upTo':'100','unitAmount':'0.10','flatAmount':'1.00'},{'unitAmount':'0.08'}]} | 0   | graduated | 0
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'0'},{'upTo':'100','unitAmount':'0.10','flatAmount':'1.00'},{'unitAmount':'0.08'}]} | 10  | graduated | 0
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'0'},{'upTo':'100','unitAmount':'0.10','flatAmount':'1.00'},{'unitAmount':'0.08'}]} | 11  | graduated | 1.1
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'0'},{'upTo':'100','unitAmount':'0.10','flatAmount':'1.00'},{'unitAmount':'0.08'}]} | 100 | graduated | 10
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'0'},{'upTo':'100','unitAmount':'0.10','flatAmount':'1.00'},{'unitAmount':'0.08'}]} | 150 | graduated | 14
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','flatAmount':'5'},{'unitAmount':'2','flatAmount':'3'}]} | 0  | first flat amount at zero | 5
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','flatAmount':'5'},{'unitAmount':'2','flatAmount':'3'}]} | 10 | inclusive                 | 5
          'graduated':{'metric':'sms','tiers':[{'upTo':'10','flatAmount':'5'},{'unitAmount':'2','flatAmount':'3'}]} | 12 | both flat amounts         | 12
          'volume':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'1','flatAmount':'2'},{'unitAmount':'0.5','flatAmount':'1'}]} | 0    | first flat amount at zero | 2
          'volume':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'1','flatAmount':'2'},{'unitAmount':'0.5','flatAmount':'1'}]} | 10   | at the boundary           | 12
          'volume':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'1','flatAmount':'2'},{'unitAmount':'0.5','flatAmount':'1'}]} | 10.1 | just beyond               | 6.05
          'volume':{'metric':'sms','tiers':[{'upTo':'10','unitAmount':'1','flatAmount':'2'},{'unitAmount':'0.5','flatAmount':'1'}]} | 11   | beyond                    | 6.5
          'percentage':{'metric':'payments','rate':'2.5'}               | 200   | pure rate        | 5
          'percentage':{'metric':'payments-cents','rate':'2.5'}         | 20000 | minor units      | 5
          'graduatedPercentage':{'metric':'payments','tiers':[{'upTo':'10000.00','rate':'3'},{'rate':'2'}]} | 0     | by tier | 0
          'graduatedPercentage':{'metric':'payments','tiers':[{'upTo':'10000.00','rate':'3'},{'rate':'2'}]} | 10000 | by tier | 300
          'graduatedPercentage':{'metric':'payments','tiers':[{'upTo':'10000.00','rate':'3'},{'rate':'2'}]} | 15000 | by tier | 400
          """)
  void aQuantityCosts(String model, String quantity, String name, String amount) {
    sandbox.create("p", plan(price("x", model)));
    String metric = model.replaceFirst(".*'metric':'([a-z-]+)'.*", "$1");
    String used = "{'" + (metric.equals(model) ? "sms" : metric) + "':{'quantity':'";

    Reply quote = quote("{'usage':" + used + quantity + "'}}}");

    assertThat(amountOf(quote)).as(name).isEqualTo(amount);
    assertThat(quote.json().path("totals").path("USD").asText()).isEqualTo(amount);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'percentage':{'metric':'payments','rate':'2.5','fixedAmount':'0.30'} | 100,10 | 3.35 | fixed amount for each event
          'percentage':{'metric':'payments','rate':'2.5','minAmount':'0.10','maxAmount':'5.00'} | 1,100,1000 | 7.6 | least and most of each event
          'percentage':{'metric':'payments','rate':'2.5','fixedAmount':'0.30','freeEvents':1} | 1000,100 | 2.8 | the first event is free with all its parts
          'percentage':{'metric':'payments','rate':'2.5','fixedAmount':'0.30','freeEvents':3} | 1000,100 | 0 | all events are free
          """)
  void eventsOfAPercentageCost(String model, String values, String amount, String name) {
    sandbox.create("p", plan(price("x", model)));
    StringBuilder events = new StringBuilder();
    for (String value : values.split(",", -1)) {
      events.append(events.isEmpty() ? "" : ",").append("{'quantity':'").append(value).append("'}");
    }

    Reply quote = quote("{'usage':{'payments':{'events':[" + events + "]}}}");

    assertThat(amountOf(quote)).as(name).isEqualTo(amount);
  }

  @Test
  void perEventPartsCannotBeGuessedFromASum() {
    sandbox.create(
        "p", plan(price("x", "'percentage':{'metric':'payments','rate':'2','fixedAmount':'0.3'}")));

    Reply quote = quote("{'usage':{'payments':{'quantity':'100'}}}");

    assertThat(quote.status()).isEqualTo(422);
    assertThat(amountOf(quote("{'usage':{}}"))).isEqualTo("0");
  }

  @Test
  void eventsAreBilledByTheFirstFilterThatMatches() {
    String filters =
        "'filters':[{'key':'region','values':['eu','uk'],'amount':'3'},"
            + "{'key':'tier','values':['gold'],'amount':'1'}]";
    String events =
        "{'usage':{'sms':{'events':["
            + "{'quantity':'2','properties':{'region':'uk','tier':'gold'}},"
            + "{'quantity':'5','properties':{'tier':'gold'}},"
            + "{'quantity':'10','properties':{'region':'us'}},{'quantity':'10'}]}}}";
    sandbox.create(
        "p",
        plan(
            price(
                "x",
                "'perUnit':{'metric':'sms','amount':'0.5','unmatched':'BaseAmount',"
                    + filters
                    + "}"),
            price("y", "'perUnit':{'metric':'sms','unmatched':'NotBilled'," + filters + "}")));

    Reply quote = quote(events);

    assertThat(quote.json().path("prices"))
        .extracting(p -> p.path("amount").asText())
        .containsExactly("21", "11");
  }

  @Test
  void dynamicEventsBringTheirPrice() {
    sandbox.create("p", plan(price("x", "'dynamic':{'metric':'compute'}")));

    Reply quote =
        quote(
            "{'usage':{'compute':{'events':[{'quantity':'2','unitPrice':'0.25'},"
                + "{'quantity':'1','unitPrice':'1.5'}]}}}");

    assertThat(amountOf(quote)).isEqualTo("2");
    assertThat(quote("{'usage':{'compute':{'quantity':'2'}}}").status()).isEqualTo(422);
  }

  @Test
  void overageBillsWhatLiesBeyondTheSoftLimit() {
    sandbox.create(
        "p",
        plan(price("x", "'overage':{'feature':'seats','amount':'5.00'}"))
            .replace(
                "'prices'",
                "'entitlements':[{'feature':'seats','limit':10,'soft':true}],'prices'"));

    assertThat(amountOf(quote("{'features':{'seats':'10'}}"))).isEqualTo("0");
    assertThat(amountOf(quote("{'features':{'seats':'12'}}"))).isEqualTo("10");
  }

  @Test
  void moreThanTheMostUnitsCannotBeBought() {
    sandbox.create(
        "p", plan(price("x", "'perUnit':{'amount':'7','usageType':'Licensed','maxUnits':9}")));

    assertThat(amountOf(quote("{'usage':{'x':{'quantity':'9'}}}"))).isEqualTo("63");
    assertThat(quote("{'usage':{'x':{'quantity':'10'}}}").status()).isEqualTo(422);
  }

  @Test
  void minorUnitsFollowTheCurrency() {
    String yen =
        price("x", "'percentage':{'metric':'payments-cents','rate':'10'}").replace("USD", "JPY");
    sandbox.create("p", plan(yen));

    assertThat(amountOf(quote("{'usage':{'payments-cents':{'quantity':'5000'}}}")))
        .isEqualTo("500");
  }

  @Test
  void aChosenAlternativeComesWithTheComponentsOfItsCurrency() {
    sandbox.create(
        "p",
        plan(
            TestSandbox.flat("monthly", "49"),
            TestSandbox.flat("yearly", "490").replace("Month", "Year"),
            TestSandbox.flat("euros", "45").replace("USD", "EUR"),
            price("calls", "'perUnit':{'metric':'api-calls','amount':'0.01'}"),
            "{'name':'setup','currency':'USD','oneTime':{},'flat':{'amount':'100'}}"));

    Reply quote = quote("{'price':'yearly','usage':{'api-calls':{'quantity':'50'}}}");

    assertThat(quote.json().path("prices"))
        .extracting(p -> p.path("name").asText())
        .containsExactly("yearly", "calls", "setup");
    assertThat(quote.json().path("totals").path("USD").asText()).isEqualTo("590.5");
  }

  private Reply quote(String body) {
    return sandbox.post("/sandbox/plans/p/quote", body);
  }

  private static String amountOf(Reply quote) {
    assertThat(quote.status()).as(quote.response().text()).isEqualTo(200);
    return quote.json().path("prices").get(0).path("amount").asText();
  }
}
