package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.api.v1alpha1.Price;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogCompiler;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Compilation;
import dev.planwright.sync.Outcome;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same manifests on several backends: whoever subscribes pays and gets the same, as each
 * server's own code says.
 */
class PortableExamplesTest {
  private static final List<String> CALLS = List.of("0", "1", "1234", "1000000");

  static Stream<Arguments> examples() {
    List<Arguments> all = new ArrayList<>();
    for (BackendUnderTest backend : Backends.OFFERED) {
      all.add(Arguments.of("flat", backend.name(), backend));
      if (!backend.name().equals("noderails")) {
        all.add(Arguments.of("usage", backend.name(), backend));
      }
      if (List.of("http", "bxb", "stigg", "schematic").contains(backend.name())) {
        all.add(Arguments.of("entitled", backend.name(), backend));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("examples")
  void theSameIsPaidAndGotten(String example, String name, BackendUnderTest backend)
      throws IOException {
    CatalogPlan plan = plan(example, name);
    ManualClock clock = new ManualClock();
    try (Server server = backend.fresh(clock)) {
      Plot plot = Plot.undisturbed();
      Scenario create = Scenario.create(example, plan, SamplePlans.policies());
      Outcome outcome =
          OperatorProcess.start(
                  backend, new Wire(server, clock, plot), clock, new Desk(), plot, Tamper.NONE)
              .once(create.goal(), create);
      assertThat(outcome).isEqualTo(new Outcome.Done());

      Till till = (Till) server;
      String key = plan.identity().key();
      for (String calls : CALLS) {
        BigDecimal quantity = new BigDecimal(calls);
        assertThat(till.pays(key, quantity))
            .as("a month with %s calls", calls)
            .isEqualByComparingTo(expected(example, quantity));
      }
      assertThat(till.gets(key))
          .isEqualTo(example.equals("entitled") ? Map.of("sso", "on", "seats", "10") : Map.of());
    }
  }

  /** Where the examples grant nothing, that nothing is granted has to be a finding. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("grants")
  void whatIsGrantedIsRead(
      String name, BackendUnderTest backend, CatalogPlan plan, Map<String, String> granted) {
    ManualClock clock = new ManualClock();
    try (Server server = backend.fresh(clock)) {
      Plot plot = Plot.undisturbed();
      Scenario create = Scenario.create(name, plan, SamplePlans.policies());
      assertThat(
              OperatorProcess.start(
                      backend, new Wire(server, clock, plot), clock, new Desk(), plot, Tamper.NONE)
                  .once(create.goal(), create))
          .isEqualTo(new Outcome.Done());

      assertThat(((Till) server).gets("team")).isEqualTo(granted);
    }
  }

  static Stream<Arguments> grants() {
    return Stream.of(
        Arguments.of(
            "paygentic",
            new PaygenticUnderTest(),
            PaygenticScenarios.entitled(PaygenticScenarios.team(), 1000),
            Map.of("api-calls", "1000")),
        Arguments.of(
            "noderails",
            new NodeRailsUnderTest(),
            PlanDraft.edit(it -> it.metadata = Map.of("seats", "10"))
                .apply(NodeRailsUnderTest.shop()),
            Map.of("seats", "10")));
  }

  /** By hand, from the manifests. */
  private static BigDecimal expected(String example, BigDecimal calls) {
    return switch (example) {
      case "flat" -> new BigDecimal("49.00");
      case "usage" -> new BigDecimal("20.00").add(calls.multiply(new BigDecimal("0.02")));
      case "entitled" -> new BigDecimal("99.00");
      default -> throw new IllegalArgumentException(example);
    };
  }

  private static CatalogPlan plan(String example, String backend) throws IOException {
    String yaml = Files.readString(Path.of("examples", "portable", example, "plan.yaml"));
    KubernetesSerialization serialization = new KubernetesSerialization();
    List<Price> prices = new ArrayList<>();
    Optional<Plan> plan = Optional.empty();
    for (String document : yaml.split("(?m)^---$", -1)) {
      if (document.contains("kind: Plan")) {
        plan = Optional.of(serialization.unmarshal(document, Plan.class));
      } else {
        prices.add(serialization.unmarshal(document, Price.class));
      }
    }
    Compilation compiled =
        new CatalogCompiler((namespace, name) -> Optional.empty())
            .compile(plan.orElseThrow(), prices, spec());
    assertThat(compiled).as(backend).isInstanceOf(Compilation.Compiled.class);
    return ((Compilation.Compiled) compiled).plan();
  }

  /** Who we are; the accounts of the matrix know metrics and features by our own words. */
  private static BillingBackendSpec spec() {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: planwright.dev/v1alpha1
            kind: BillingBackend
            metadata: {name: default, namespace: shop}
            spec: {ownerId: %s}
            """
                .formatted(SamplePlans.OWNER),
            BillingBackend.class)
        .getSpec();
  }
}
