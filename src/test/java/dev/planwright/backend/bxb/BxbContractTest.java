package dev.planwright.backend.bxb;

import static dev.planwright.testing.Samples.dec;
import static dev.planwright.testing.Samples.flat;
import static dev.planwright.testing.Samples.limit;
import static dev.planwright.testing.Samples.perUnit;
import static dev.planwright.testing.Samples.team;
import static dev.planwright.testing.Samples.tier;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.backend.Removal;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.PriceModel;
import dev.planwright.emulator.bxb.BxbEmulator;
import dev.planwright.testing.EmulatedClient;
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
 * vendor's schema by {@link EmulatedClient}; and proof that the schema can say no. Without the
 * schema's directory the requests are still counted, and the rest is said to be left out.
 */
class BxbContractTest {
  private final Optional<OpenApiContract> contract = VendorContracts.of("bxb");

  @Test
  void everyKindOfRequestIsValidAgainstTheVendorsSchema() {
    // The default organization: taxes work nowhere else.
    Bench bench = new Bench("Minor", "Description", Bench.metricAlias("tips", "gb", true), true);
    bench.metric("calls", "count");
    bench.metric("gb", "sum");
    bench.metricFilter("gb", "region", "eu", "us");
    bench.feature("sso", "boolean");
    bench.feature("projects", "quantity");
    ObjectNode vat = JsonNodeFactory.instance.objectNode();
    bench.make("/v1/taxes/", vat.put("code", "vat").put("name", "VAT").put("rate", "0.20"));
    bench.server.clearExchanges();

    bench.sync(everything().plan());
    Samples edited = everything();
    edited.displayName = "Teams";
    edited.prices.set(0, flat("team-monthly", "59.00"));
    edited.prices.set(1, perUnit("calls", "calls", "0.003"));
    edited.entitlements = List.of(limit("projects", "20"));
    edited.commitments = List.of(Samples.commitment("200"));
    edited.thresholds = List.of(Samples.threshold("2000"));
    edited.tax = Optional.empty();
    bench.sync(edited.plan());
    CatalogPlan last = edited.plan();
    bench.provider.subscribers(bench.world(last));
    Removal removal = bench.provider.removal(Policies.Deletion.DELETE, bench.world(last));
    bench.execute(((Removal.Steps) removal).steps());

    Set<String> kinds = new TreeSet<>();
    for (BxbEmulator.Exchange exchange : bench.server.exchanges()) {
      kinds.add(
          exchange.method()
              + " "
              + exchange
                  .target()
                  .replaceAll("\\?.*", "")
                  .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID"));
    }
    assertThat(kinds)
        .contains(
            "POST /v1/plans/",
            "PUT /v1/plans/ID",
            "DELETE /v1/plans/ID",
            "POST /v1/plans/team/commitments",
            "PUT /v1/commitments/ID",
            "DELETE /v1/commitments/ID",
            "POST /v1/plans/team/usage_thresholds",
            "DELETE /v1/usage_thresholds/ID",
            "POST /v1/entitlements/",
            "PATCH /v1/entitlements/ID",
            "DELETE /v1/entitlements/ID",
            "POST /v1/taxes/apply",
            "DELETE /v1/taxes/applied/ID",
            "GET /v1/plans/subscription_counts");
  }

  private static Samples everything() {
    Samples sample =
        team()
            .with(
                perUnit("calls", "calls", "0.002"),
                Samples.filtered(
                    "traffic", "gb", new PriceModel.Filter("region", List.of("eu"), dec("0.02"))),
                Samples.price(
                    "blocks", new PriceModel.Package("gb", dec("10"), dec("1.5"), dec("5"))),
                Samples.price(
                    "steps",
                    new PriceModel.Graduated(
                        "gb", List.of(tier("10", "0.5", "0"), tier("", "0.3", "1")))),
                Samples.price(
                    "bulk",
                    new PriceModel.Volume(
                        "gb", List.of(tier("10", "0.5", "0"), tier("", "0.3", "1")))),
                Samples.price("fee", Samples.rate("gb", "2.5")),
                Samples.price(
                    "fees",
                    new PriceModel.GraduatedPercentage(
                        "gb",
                        List.of(
                            new PriceModel.RateTier(Optional.of(dec("100")), dec("3")),
                            new PriceModel.RateTier(Optional.empty(), dec("2"))))),
                Samples.price("metered", new PriceModel.Dynamic("tips")));
    sample.trial = Optional.of(new CatalogPlan.Trial(14, Optional.empty()));
    sample.entitlements.add(Samples.enabled("sso", true));
    sample.entitlements.add(limit("projects", "10"));
    sample.commitments = List.of(Samples.commitment("100"));
    sample.thresholds = List.of(Samples.threshold("1000"));
    sample.tax = Optional.of(new CatalogPlan.Tax("vat", Optional.of(dec("20")), Optional.empty()));
    return sample;
  }

  @Test
  void whatTheVendorsSchemaDoesNotKnowIsAFault() {
    contract.ifPresent(
        judge -> {
          ObjectNode plan = JsonNodeFactory.instance.objectNode();
          plan.put("code", "a").put("name", "A").put("interval", "monthly");
          assertThat(post(judge, "/v1/plans/", plan)).isEmpty();
          assertThat(post(judge, "/v1/plans", plan)).as("no slash at the end").isNotEmpty();
          assertThat(post(judge, "/v1/plans/", plan.deepCopy().put("colour", "red"))).isNotEmpty();
          assertThat(post(judge, "/v1/plans/", plan.deepCopy().put("amount_cents", "4900")))
              .isNotEmpty();
          assertThat(post(judge, "/v1/plans/", plan.deepCopy().put("interval", "daily")))
              .isNotEmpty();
          ObjectNode charged = plan.deepCopy();
          charged.withArray("charges").addObject().put("charge_model", "standard");
          assertThat(post(judge, "/v1/plans/", charged)).as("a charge without metric").isNotEmpty();
          assertThat(judge.faults("PUT", "/v1/plans/no-uuid", Optional.of(plan))).isNotEmpty();
          assertThat(judge.faults("GET", "/v1/plans/?limit=5000", Optional.empty())).isNotEmpty();
        });
  }

  private static List<String> post(OpenApiContract judge, String target, JsonNode body) {
    return judge.faults("POST", target, Optional.of(body));
  }
}
