package dev.planwright.emulator.bxb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BxbPricingTest {
  private final BxbEmulator emulator = new BxbEmulator();
  private final BxbCalls api =
      BxbCalls.with(emulator, emulator.controls().addOrganization("Acme").key());
  private final String metric = api.metric("calls");

  @ParameterizedTest(name = "{0} {1}: {2} units cost {3} cents")
  @CsvSource(
      delimiter = '|',
      value = {
        "standard | 'amount':'0.002' | 11 | 0.022",
        "standard | 'unit_price':'0.5' | 3 | 1.5",
        "standard | 'amount':'0.5','min_price':'2','max_price':'10' | 1 | 2",
        "standard | 'amount':'0.5','min_price':'2','max_price':'10' | 1000 | 10",
        "standard | 'amount':'0.5','min_price':'0','max_price':'0' | 1000 | 500",
        "standard | 'amuont':'5' | 10 | 0",
        "graduated | 'tiers':[{'up_to':10,'unit_price':'1','flat_amount':'9'},{'up_to':20,'unit_price':'2'}]"
            + " | 15 | 20",
        "graduated | 'tiers':[{'up_to':10,'unit_price':'1'},{'up_to':20,'unit_price':'2'}] | 99 | 30",
        "graduated | 'tiers':[{'up_to':10,'unit_price':'1'}],'graduated_ranges':[] | 4 | 4",
        "graduated | 'tiers':[{'unit_price':'7'}],"
            + "'graduated_ranges':[{'from_value':1,'to_value':null,'per_unit_amount':'1'}] | 4 | 4",
        "graduated | 'graduated_ranges':[{'from_value':0,'to_value':10,'per_unit_amount':'1'},"
            + "{'from_value':11,'to_value':null,'per_unit_amount':'0.5'}] | 11 | 11",
        "graduated | 'graduated_ranges':[{'from_value':1,'to_value':10,'per_unit_amount':'1'},"
            + "{'from_value':11,'to_value':null,'per_unit_amount':'0.5'}] | 11 | 10.5",
        "volume | 'tiers':[{'up_to':10,'unit_price':'3'},{'up_to':20,'unit_price':'2'}] | 10 | 30",
        "volume | 'tiers':[{'up_to':10,'unit_price':'3'},{'up_to':20,'unit_price':'2'}] | 99 | 198",
        "volume | 'volume_ranges':[{'to_value':10,'per_unit_amount':'1','flat_amount':'3'}] | 0 | 3",
        "package | 'amount':'8','package_size':1000,'free_units':100 | 100 | 0",
        "package | 'amount':'8','package_size':1000,'free_units':100 | 1101 | 16",
        "package | 'amount':'8' | 3 | 24",
        "percentage | 'rate':'2.5','fixed_amount':'0.3' | 1000 | 0",
        "percentage | 'percentage':'2.5','base_amount':'200','fixed_amount':'3','event_count':4,"
            + "'free_units_per_events':1 | 7 | 14",
        "percentage | 'rate':'1','base_amount':'100','per_transaction_min_amount':'5' | 0 | 5",
        "percentage | 'rate':'50','base_amount':'100','per_transaction_max_amount':'9' | 0 | 9",
        "graduated_percentage | 'graduated_percentage_ranges':[{'from_value':0,'to_value':1000,'rate':'3'},"
            + "{'from_value':1000,'to_value':null,'rate':'2','flat_amount':'1'}] | 1101 | 33.02",
        "graduated_percentage | 'base_amount':'100','graduated_percentage_ranges':"
            + "[{'from_value':0,'to_value':null,'rate':'3'}] | 5000 | 3",
        "custom | 'custom_amount':'12','unit_price':'1' | 0 | 12",
        "custom | 'unit_price':'1.5' | 4 | 6",
        "dynamic | | 100 | 0"
      })
  void anInvoiceTakesPropertiesAsCents(
      String model, String properties, String units, String cents) {
    String body = properties == null ? "" : properties;
    String plan = api.plan("p", BxbCalls.charge(metric, model, body));
    assertThat(emulator.chargeTotal(plan, "calls", Usage.units(units))).isEqualByComparingTo(cents);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "graduated | 'tiers':[{'up_to':10,'unit_price':'1'},{'up_to':null,'unit_price':'1'}]",
        "volume | 'tiers':[{'up_to':'10','unit_price':'1'}]",
        "package | 'amount':'8','package_size':0",
        "standard | 'amount':'1,5'"
      })
  void propertiesThatDoNotComputeAreStoredAndFailLater(String model, String properties) {
    String plan = api.plan("p", BxbCalls.charge(metric, model, properties));
    assertThat(api.status("POST", "/v1/plans/" + plan + "/simulate", "{'units':1}")).isEqualTo(500);
    assertThatThrownBy(() -> emulator.chargeTotal(plan, metric, Usage.units("1")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void withFiltersOnlyMatchingUsageIsBilledAndTheFiltersPropertiesWin() {
    String filter =
        api.make("/v1/billable_metrics/calls/filters", "{'key':'region','values':['eu','us']}");
    String plan =
        api.plan(
            "p",
            """
            {'billable_metric_id':'%s','charge_model':'package',
             'properties':{'amount':'9','package_size':10},
             'filters':[{'billable_metric_filter_id':'%s','values':['eu'],'properties':{'amount':'2'}},
                        {'billable_metric_filter_id':'%s','values':['us']}]}
            """
                .formatted(metric, filter, filter));
    Usage usage =
        Usage.by("region", "eu", "11").and("10", Map.of("region", "us")).and("99", Map.of());
    assertThat(emulator.chargeTotal(plan, metric, usage)).isEqualByComparingTo("13");
    assertThat(api.delete("/v1/billable_metrics/calls/filters/" + filter).status()).isEqualTo(204);
    assertThat(emulator.chargeTotal(plan, metric, usage)).isEqualByComparingTo("0");
  }

  @Test
  void anEmptyListOfFilterValuesFiltersNothing() {
    String filter =
        api.make("/v1/billable_metrics/calls/filters", "{'key':'region','values':['eu']}");
    String plan =
        api.plan(
            "p",
            """
            {'billable_metric_id':'%s','charge_model':'standard','properties':{'amount':'2'},
             'filters':[{'billable_metric_filter_id':'%s','values':[]}]}
            """
                .formatted(metric, filter));
    assertThat(emulator.chargeTotal(plan, metric, Usage.units("5"))).isEqualByComparingTo("10");
  }

  @Test
  void dynamicChargesSumPriceTimesQuantityOverEvents() {
    String plan = api.plan("p", BxbCalls.charge(metric, "dynamic", "'price_field':'cost'"));
    Usage events =
        new Usage.Events(
            List.of(
                Map.of("cost", "1.5", "quantity", "2"), Map.of("cost", "0.1", "quantity", "3")));
    assertThat(emulator.chargeTotal(plan, metric, events)).isEqualByComparingTo("3.3");
  }

  @Test
  void anInvoiceIsTheBaseFeePlusEveryChargeEvenOfUnusedMetrics() {
    String other = api.metric("seats");
    String plan =
        api.plan(
            "p",
            BxbCalls.charge(metric, "standard", "'amount':'2'")
                + ","
                + BxbCalls.charge(other, "custom", "'custom_amount':'7'"));
    api.call("PUT", "/v1/plans/" + plan, "{'amount_cents':1000}");
    assertThat(emulator.invoiceCents(plan, Map.of("calls", Usage.units("3"))))
        .isEqualByComparingTo("1013");
  }

  @Test
  void numbersInPropertiesLoseDigitsAndTextsDoNot() {
    String plan =
        api.plan(
            "p",
            BxbCalls.charge(metric, "standard", "'amount':0.12345678901234567890")
                + ","
                + BxbCalls.charge(metric, "custom", "'unit_price':'0.12345678901234567890'"));
    assertThat(api.get("/v1/plans/" + plan).text())
        .contains("\"amount\":0.12345678901234568}")
        .contains("\"0.12345678901234567890\"");
  }
}
