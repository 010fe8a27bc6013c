package dev.planwright.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.operator.Providers;
import dev.planwright.testing.CapabilityPlans;
import dev.planwright.testing.RandomPlans;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The capability table against {@code check}, for every registered provider and under every
 * combination of its settings: what the table promises is accepted in some plan, and what it denies
 * in none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapabilitiesAreWhatCheckDecidesTest {
  /** What no plan asks for: its provider's own tests hold these words. */
  private static final Set<Capability> NOT_OF_A_PLAN =
      EnumSet.of(Capability.ADOPTION, Capability.DELETE, Capability.EXISTING_SUBSCRIBERS);

  private static final int WAYS = 200;
  private static final int RANDOM_PLANS = 2000;

  private final Map<String, List<Provider<?>>> providers = new TreeMap<>();
  private final List<CatalogPlan> randomPlans = new ArrayList<>();

  @BeforeAll
  void open() {
    Schema blocks = Schemas.load().of("BillingBackend").orElseThrow().property("provider");
    Providers.all()
        .forEach(
            (name, factory) ->
                providers.put(
                    name, new AssumedBackend(factory, blocks.property(name)).bySettings()));
    LongStream.range(0, RANDOM_PLANS)
        .mapToObj(seed -> new RandomPlans(seed).plan(new Identity("shop", "team")))
        .forEach(randomPlans::add);
  }

  static Stream<Arguments> questions() {
    return Providers.all().values().stream()
        .flatMap(
            factory ->
                Stream.of(Capability.values())
                    .filter(capability -> !NOT_OF_A_PLAN.contains(capability))
                    .map(capability -> Arguments.of(factory.name(), capability)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("questions")
  void theWordIsWhatCheckDecides(String name, Capability capability) {
    ProviderFactory factory = Optional.ofNullable(Providers.all().get(name)).orElseThrow();
    List<CatalogPlan> asking =
        Stream.concat(
                LongStream.range(0, WAYS)
                    .mapToObj(seed -> CapabilityPlans.asking(capability, seed)),
                randomPlans.stream())
            .filter(plan -> CapabilityPlans.asks(capability, plan))
            .toList();
    assertThat(asking).hasSizeGreaterThanOrEqualTo(WAYS);

    if (factory.capabilities().has(capability)) {
      assertThat(asking)
          .as("%s says %s", name, factory.capabilities().word(capability))
          .anyMatch(plan -> isTaken(name, capability, plan));
    } else {
      assertThat(asking).as("%s says no", name).noneMatch(plan -> isTaken(name, capability, plan));
    }
  }

  static Stream<Arguments> removals() {
    return Providers.all().keySet().stream()
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(name, Policies.Deletion.ARCHIVE, Capability.ARCHIVE),
                    Arguments.of(name, Policies.Deletion.DELETE, Capability.DELETE)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("removals")
  void aPolicyThatTheTableDeniesIsNeverCarriedOut(
      String name, Policies.Deletion policy, Capability capability) {
    boolean has =
        Optional.ofNullable(Providers.all().get(name)).orElseThrow().capabilities().has(capability);

    assertThat(providers.getOrDefault(name, List.of()))
        .isNotEmpty()
        .allMatch(
            provider -> provider.neverRemoves(policy, AccountFacts.unknown()).isEmpty() == has)
        .allMatch(
            provider ->
                provider.neverRemoves(Policies.Deletion.RETAIN, AccountFacts.unknown()).isEmpty());
  }

  private boolean isTaken(String name, Capability capability, CatalogPlan plan) {
    return providers.getOrDefault(name, List.of()).stream()
        .map(provider -> provider.check(plan, AccountFacts.unknown()))
        .anyMatch(verdict -> verdict.isExpressible() && isSaid(name, capability, verdict));
  }

  /** What nobody pays for or gets is not refused where there is no place for it: it is told. */
  private static boolean isSaid(String name, Capability capability, Verdict verdict) {
    boolean told =
        verdict.warnings().stream().anyMatch(warning -> warning.contains("spec.metadata: "));
    String word =
        Optional.ofNullable(Providers.all().get(name))
            .orElseThrow()
            .capabilities()
            .word(capability);
    return capability != Capability.METADATA || told == word.equals("NotSent");
  }
}
