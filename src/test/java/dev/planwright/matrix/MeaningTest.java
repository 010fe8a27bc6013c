package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.planwright.api.v1alpha1.ProviderBlock;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Provider;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.testing.RandomPlans;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A setting that decides what a backend can say is part of what a manifest means there: else a plan
 * that is at rest would go on being called Ready when the setting is taken back.
 */
class MeaningTest {
  private static final int SEEDS = 400;

  private record Setting(BackendUnderTest backend, String name) {
    @Override
    public String toString() {
      return backend.name() + " " + name;
    }
  }

  /** Every switch of every provider's block. */
  static List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    for (RecordComponent provider : ProviderBlock.class.getRecordComponents()) {
      for (BackendUnderTest backend : Backends.OFFERED) {
        if (provider.getName().toLowerCase(Locale.ROOT).equals(backend.name())) {
          Stream.of(provider.getType().getRecordComponents())
              .filter(it -> it.getType() == Boolean.class)
              .forEach(it -> settings.add(new Setting(backend, it.getName())));
        }
      }
    }
    return settings;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatDecidesWhatCanBeSaidIsPartOfTheMeaning(Setting setting) {
    Provider<?> off = provider(setting, false);
    Provider<?> on = provider(setting, true);
    if (plans().anyMatch(plan -> !said(off, plan).equals(said(on, plan)))) {
      assertThat(on.meaning()).isNotEqualTo(off.meaning());
    }
  }

  @Test
  void thePlansTellSomeSettingsApart() {
    assertThat(settings())
        .filteredOn(
            it ->
                plans()
                    .anyMatch(
                        plan ->
                            !said(provider(it, false), plan)
                                .equals(said(provider(it, true), plan))))
        .extracting(Setting::name)
        .contains("trialIsInformational", "usageBesideYearly");
  }

  private static Object said(Provider<?> provider, CatalogPlan plan) {
    return provider.check(plan, AccountFacts.unknown());
  }

  private static Stream<CatalogPlan> plans() {
    return LongStream.range(0, SEEDS)
        .mapToObj(seed -> new RandomPlans(seed).plan(SamplePlans.TEAM));
  }

  private static Provider<?> provider(Setting setting, boolean on) {
    AccountConfig config = setting.backend().config();
    ObjectNode block = config.block().deepCopy();
    block.put(setting.name(), on);
    return setting
        .backend()
        .factory()
        .open(
            new AccountConfig(
                config.backend(), config.ownerId(), config.environment(), block, config.aliases()),
            request -> {
              throw new AssertionError("a check makes no call: " + request);
            },
            new ManualClock());
  }
}
