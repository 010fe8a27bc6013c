package dev.planwright.emulator.schematic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What subscribers pay and get, against figures worked out by hand. */
class SchematicPricingTest {
  private static final String TIERS =
      ",'price_behavior':'tier','monthly_price_tiers':"
          + "[{'up_to':10,'per_unit_price':0},{'up_to':100,'per_unit_price':10,'flat_amount':100},"
          + "{'per_unit_price_decimal':'0.5'}]";
  private static final String GRADUATED = "'tier_mode':'graduated'" + TIERS;
  private static final String VOLUME = "'tier_mode':'volume'" + TIERS;

  private final SchematicCalls api = SchematicCalls.fresh();
  private final SchematicControls controls = api.controls();
  private final String here = controls.environment();
  private final String calls = controls.addFeature("calls", "event");
  private final String plan = api.plan("Team");

  private String company() {
    return controls.subscribe(plan, here, "usd", Cadence.MONTHLY);
  }

  @ParameterizedTest(name = "{1} units with {0} cost {2} cents")
  @CsvSource(
      delimiter = '|',
      value = {
        "'price_behavior':'pay_as_you_go','monthly_unit_price_decimal':'0.2' | 11 | 2.2",
        "'price_behavior':'pay_as_you_go','monthly_unit_price':3 | 11 | 33",
        "'price_behavior':'pay_as_you_go','monthly_unit_price':3,'monthly_unit_price_decimal':'2.5'"
            + " | 2 | 5",
        "'price_behavior':'pay_as_you_go','yearly_unit_price':3 | 11 | 0",
        "'price_behavior':'pay_in_advance','monthly_unit_price':500 | 4 | 2000",
        "'price_behavior':'overage','soft_limit':10,'monthly_unit_price':500 | 10 | 0",
        "'price_behavior':'overage','soft_limit':10,'monthly_unit_price':500 | 4 | 0",
        "'price_behavior':'overage','soft_limit':10,'monthly_unit_price':500 | 13 | 1500",
        "'price_behavior':'overage','value_numeric':5,'monthly_unit_price':500 | 7 | 1000",
        GRADUATED + " | 0 | 0",
        GRADUATED + " | 10 | 0",
        GRADUATED + " | 11 | 110",
        GRADUATED + " | 102 | 1001",
        VOLUME + " | 10 | 0",
        VOLUME + " | 11 | 210",
        VOLUME + " | 102 | 51"
      })
  void usageCosts(String fields, BigDecimal units, BigDecimal cents) {
    api.entitle(plan, calls, "'value_type':'unlimited'," + fields);
    SchematicBill bill = controls.bill(company(), Map.of(calls, units));
    assertThat(bill.usage().getOrDefault(calls, BigDecimal.ZERO)).isEqualByComparingTo(cents);
    assertThat(bill.total()).isEqualByComparingTo(cents);
  }

  @Test
  void theFirstTiersFlatAmountIsDueForNothingUnlessAssumedOtherwise() {
    for (String mode : new String[] {"graduated", "volume"}) {
      String feature = controls.addFeature(mode, "event");
      api.entitle(
          plan,
          feature,
          "'value_type':'unlimited','price_behavior':'tier','tier_mode':'%s',".formatted(mode)
              + "'monthly_price_tiers':[{'per_unit_price':1,'flat_amount':7}]");
    }
    assertThat(controls.bill(company(), Map.of()).total()).isEqualByComparingTo("14");
    controls.assume(Question.FlatAmountAtZero.NOT_DUE);
    assertThat(controls.bill(company(), Map.of()).total()).isEqualByComparingTo("0");
  }

  @Test
  void aBillIsTheBasePriceOfItsCurrencyAndCadencePlusTheUsage() {
    api.prices(
        plan,
        "'monthly_price':4900,'yearly_price':49000,'currency_prices':"
            + "[{'currency':'eur','monthly_price':4500}]");
    api.entitle(
        plan,
        calls,
        "'value_type':'unlimited','price_behavior':'pay_as_you_go','monthly_unit_price':2,"
            + "'yearly_unit_price':1,'currency_prices':[{'currency':'eur','monthly_unit_price':3}]");
    String version = api.read("/plans/" + plan).path("draft_version").path("id").asText();
    Map<String, BigDecimal> ten = Map.of(calls, BigDecimal.TEN);
    assertThat(controls.quote(version, "usd", Cadence.MONTHLY, ten).total())
        .isEqualByComparingTo("4920");
    assertThat(controls.quote(version, "usd", Cadence.YEARLY, ten).total())
        .isEqualByComparingTo("49010");
    assertThat(controls.quote(version, "eur", Cadence.MONTHLY, ten).total())
        .isEqualByComparingTo("4530");
    assertThatThrownBy(() -> controls.quote(version, "eur", Cadence.YEARLY, ten))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not sold");
  }

  @Test
  void aPlanThatIsPaidOnceOrFreeOrNotBilledCostsThat() {
    String version = api.read("/plans/" + plan).path("draft_version").path("id").asText();
    assertThat(controls.quote(version, "usd", Cadence.MONTHLY, Map.of()).base()).isZero();
    String body = "{'charge_type':'one_time','is_trialable':false,'one_time_price':9900}";
    api.good("PUT", "/plans/" + plan + "/billing_products", body);
    assertThat(controls.quote(version, "usd", Cadence.ONE_TIME, Map.of()).base())
        .isEqualByComparingTo("9900");
  }

  @Test
  void aPriceThatIsChangedInStripeIsWhatTheNextSubscriberPays() {
    api.prices(plan, "'monthly_price':4900");
    String usage =
        "'value_type':'unlimited','price_behavior':'pay_as_you_go','monthly_unit_price':2";
    String entitlement = api.entitle(plan, calls, usage).path("id").asText();
    String before = company();
    controls.editPrice(plan, here, "usd", Cadence.MONTHLY, 1);
    controls.editUsagePrice(entitlement, "usd", Cadence.MONTHLY, "0.5");
    assertThat(controls.bill(before, Map.of()).base()).isEqualByComparingTo("4900");
    assertThat(controls.bill(company(), Map.of(calls, BigDecimal.TEN)).total())
        .isEqualByComparingTo("6");
  }

  @Test
  void aSubscriberGetsWhatItsVersionEntitlesTo() {
    String sso = controls.addFeature("sso", "boolean");
    String seats = controls.addFeature("seats", "trait");
    api.entitle(plan, sso, "'value_type':'boolean','value_bool':false");
    String numeric = "'value_type':'numeric','value_numeric':5,'soft_limit':4";
    String id = api.entitle(plan, seats, numeric).path("id").asText();
    api.entitle(plan, calls, "'value_type':'unlimited','metric_period':'current_month'");
    api.publish(plan);
    String company = company();
    assertThat(controls.granted(company))
        .isEqualTo(
            Map.of(
                sso,
                new SchematicGrant(
                    "boolean", false, Optional.empty(), Optional.empty(), Optional.empty()),
                seats,
                new SchematicGrant(
                    "numeric",
                    true,
                    Optional.of(new BigDecimal(5)),
                    Optional.of(new BigDecimal(4)),
                    Optional.empty()),
                calls,
                new SchematicGrant(
                    "unlimited",
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("current_month"))));
    controls.removeEntitlement(id);
    assertThat(controls.granted(company)).doesNotContainKey(seats);
  }
}
