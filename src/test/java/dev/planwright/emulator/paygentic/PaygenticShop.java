package dev.planwright.emulator.paygentic;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A merchant with a product, a fee, a metric called "calls", and a key. */
record PaygenticShop(
    PaygenticEmulator emulator,
    PaygenticCalls api,
    String merchant,
    String product,
    String fee,
    String metric) {

  static PaygenticShop open() {
    return open(new PaygenticEmulator());
  }

  static PaygenticShop open(PaygenticEmulator emulator) {
    PaygenticMaker make = emulator.controls().make();
    PaygenticMaker.Access acme = make.merchant("Acme", "USD", "EUR");
    String product = make.product(acme.merchantId(), "Search");
    return new PaygenticShop(
        emulator,
        PaygenticCalls.with(emulator, acme.key()),
        acme.merchantId(),
        product,
        make.fee(product, "Base", "The base fee"),
        make.metric(product, "calls", "SUM"));
  }

  PaygenticControls controls() {
    return emulator.controls();
  }

  PaygenticMaker make() {
    return emulator.controls().make();
  }

  /** Body of a price of the fee. */
  String feePrice(String unitPrice, String more) {
    return "{'feeId':'%s','invoiceDisplayName':'Base','paymentTerm':'in_advance',".formatted(fee)
        + "'billingCadence':'P1M','properties':{'unitPrice':'%s'}%s}".formatted(unitPrice, more);
  }

  /** Body of a price of the metric. */
  String usagePrice(String unitPrice, String more) {
    return "{'billableMetricId':'%s','invoiceDisplayName':'Calls','paymentTerm':'in_arrears',"
            .formatted(metric)
        + "'model':'standard','properties':{'unitPrice':'%s'}%s}".formatted(unitPrice, more);
  }

  /** Body of a plan. */
  String planBody(String more, String... prices) {
    return "{'name':'Team','merchantId':'%s','productId':'%s','currency':'USD','prices':%s%s}"
        .formatted(merchant, product, Store.texts(List.of(prices)), more);
  }

  /** A plan made through the API. */
  String plan(String... prices) {
    return api.make("/v0/plans", planBody("", prices));
  }

  /** A monthly price of the fee made through the API. */
  String flat(String unitPrice) {
    return api.make("/v0/prices", feePrice(unitPrice, ""));
  }

  /** A price of the metric made through the API. */
  String usage(String unitPrice) {
    return api.make("/v0/prices", usagePrice(unitPrice, ""));
  }

  /** Prices of a plan as its answer lists them. */
  List<String> pricesOf(String plan) {
    return PaygenticCalls.ids(api.read("/v0/plans/" + plan).path("prices"));
  }

  /** What somebody who subscribes now pays for the first period, without usage. */
  BigDecimal pays(String plan) {
    return emulator.newSubscriberPays(plan, Map.of()).amount();
  }

  /** What a subscriber pays for the current period, without usage. */
  BigDecimal subscriberPays(String subscription) {
    return emulator.subscriberPays(subscription, Map.of()).amount();
  }
}
