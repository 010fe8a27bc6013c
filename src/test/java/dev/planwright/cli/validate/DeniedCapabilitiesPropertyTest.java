package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Provider;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.operator.Providers;
import dev.planwright.testing.CapabilityPlans;
import dev.planwright.testing.RandomPlans;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No plan at all is accepted that asks for what the capability table denies. */
class DeniedCapabilitiesPropertyTest {
  private static final Map<String, List<Provider<?>>> PROVIDERS = open();

  private static Map<String, List<Provider<?>>> open() {
    Schema blocks = Schemas.load().of("BillingBackend").orElseThrow().property("provider");
    Map<String, List<Provider<?>>> open = new TreeMap<>();
    Providers.all()
        .forEach(
            (name, factory) ->
                open.put(name, new AssumedBackend(factory, blocks.property(name)).bySettings()));
    return open;
  }

  @Provide
  Arbitrary<RandomPlans> plans() {
    return RandomPlans.any();
  }

  @Property(tries = 300)
  void whatIsAcceptedAsksForNothingThatIsDenied(@ForAll("plans") RandomPlans plans) {
    CatalogPlan plan = plans.plan(new Identity("shop", "team"));
    Providers.all()
        .forEach(
            (name, factory) -> {
              boolean accepted =
                  PROVIDERS.getOrDefault(name, List.of()).stream()
                      .anyMatch(it -> it.check(plan, AccountFacts.unknown()).isExpressible());
              if (accepted) {
                assertThat(Capability.values())
                    .as("%s takes %s", name, plan)
                    .filteredOn(capability -> CapabilityPlans.asks(capability, plan))
                    .allMatch(factory.capabilities()::has);
              }
            });
  }
}
