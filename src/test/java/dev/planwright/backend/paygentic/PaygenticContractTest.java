package dev.planwright.backend.paygentic;

import static dev.planwright.testing.Samples.flat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.emulator.paygentic.PaygenticEmulator;
import dev.planwright.testing.OpenApiContract;
import dev.planwright.testing.Samples;
import dev.planwright.testing.VendorContracts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * One conversation in which the provider says all that it can say, each request held against the
 * vendor's schema by {@link Bench}; and proof that the schema can say no.
 */
class PaygenticContractTest {
  private final Optional<OpenApiContract> contract = VendorContracts.of("paygentic");

  @Test
  void everyKindOfRequestIsValidAgainstTheVendorsSchema() {
    Bench bench = new Bench(dev.planwright.backend.AccountConfig.Aliases.NONE, true);
    bench.metric("calls", "SUM");
    bench.metric("volume", "SUM");
    bench.make().feature(bench.product, "calls", "metered");
    bench.sync(PaygenticPlanTest.full().plan());
    String mark = "planwright: shop-prod/team shop/team price=old";
    bench.make().feePrice(bench.make().fee(bench.product, "Old", mark), "Old", "P1M", "3");
    Samples edited = PaygenticPlanTest.full();
    edited.displayName = "Teams";
    edited.prices.set(0, flat("team-base", "59.00"));
    edited.prices.remove(1);
    edited.entitlements.clear();
    bench.sync(edited.plan());
    Samples renamed = PaygenticPlanTest.full();
    renamed.prices.set(0, flat("team", "59.00"));
    bench.sync(renamed.plan());
    bench.provider.sweep(Set.of(), it -> {});

    Set<String> kinds = new TreeSet<>();
    for (PaygenticEmulator.Exchange exchange : bench.server.exchanges()) {
      kinds.add(
          exchange.method()
              + " "
              + exchange
                  .target()
                  .replaceAll("\\?.*", "")
                  .replaceAll("/[a-z]+_[0-9a-z]{24}", "/ID"));
    }
    assertThat(kinds)
        .contains(
            "POST /v0/plans",
            "PATCH /v0/plans/ID",
            "POST /v0/plans/ID/versions",
            "POST /v0/prices",
            "PATCH /v0/prices/ID",
            "DELETE /v0/prices/ID",
            "POST /v0/fees",
            "PATCH /v0/fees/ID",
            "DELETE /v0/fees/ID",
            "GET /v0/products",
            "GET /v0/plans/ID/versions",
            "GET /v0/subscriptions",
            "GET /v0/features",
            "GET /v0/billableMetrics");
  }

  @Test
  void whatTheVendorsSchemaDoesNotKnowIsAFault() {
    contract.ifPresent(
        judge -> {
          ObjectNode price = JsonNodeFactory.instance.objectNode();
          price
              .put("feeId", "fee_1")
              .put("invoiceDisplayName", "A")
              .put("paymentTerm", "in_advance");
          price.put("billingCadence", "P1M").putObject("properties").put("unitPrice", "1");
          assertThat(post(judge, "/v0/prices", price)).isEmpty();
          assertThat(post(judge, "/v0/prices", price.deepCopy().put("colour", "red"))).isNotEmpty();
          assertThat(post(judge, "/v0/prices", price.deepCopy().put("model", "volume")))
              .isNotEmpty();
          assertThat(post(judge, "/v0/prices", price.deepCopy().put("paymentTerm", "instant")))
              .isNotEmpty();
          assertThat(judge.faults("GET", "/v0/plans?limit=1000&offset=0", Optional.empty()))
              .isNotEmpty();
        });
  }

  private static List<String> post(OpenApiContract judge, String target, ObjectNode body) {
    return judge.faults("POST", target, Optional.of(body));
  }
}
