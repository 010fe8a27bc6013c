package dev.planwright.backend.stigg;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AffectsRow;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.Violation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Stigg, by its REST interface of 2026. */
public final class StiggProviderFactory implements ProviderFactory {
  static final String NAME = "stigg";

  private static final String KEY_PREFIX = "server-";

  /** Made for the registry. */
  public StiggProviderFactory() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    Map<Capability, String> words = new EnumMap<>(Capability.class);
    for (Capability yes :
        List.of(
            Capability.FLAT,
            Capability.ONE_TIME,
            Capability.SETUP_FEE,
            Capability.PER_UNIT,
            Capability.LICENSED,
            Capability.COUNTRIES,
            Capability.TRIAL,
            Capability.ENTITLEMENTS,
            Capability.FREE,
            Capability.CUSTOM,
            Capability.ADD_ON,
            Capability.PARENT_PLAN,
            Capability.METADATA,
            Capability.ADOPTION,
            Capability.ARCHIVE)) {
      words.put(yes, Capabilities.YES);
    }
    words.put(Capability.SEVERAL_INTERVALS, "FlatOrWithUsageBesideYearly");
    words.put(Capability.SEVERAL_CURRENCIES, "ByCountry");
    words.put(Capability.PACKAGE, "NoFreeUnits");
    words.put(Capability.GRADUATED, "NoFirstFlatAmount");
    words.put(Capability.VOLUME, "NoFirstFlatAmount");
    words.put(Capability.OVERAGE, "MonthlyPlans");
    words.put(Capability.CREDIT_GRANTS, "MonthOrYear");
    words.put(Capability.MINIMUM_COMMITMENTS, "OnePerPeriod");
    words.put(Capability.DELETE, "NeverPublishedOnly");
    words.put(Capability.EXISTING_SUBSCRIBERS, "KeepOrMigrate");
    return new Capabilities(words);
  }

  @Override
  public List<AffectsRow> affects() {
    return Stream.of(StiggStep.values()).map(StiggStep::row).toList();
  }

  /** Stigg publishes no limit for the catalogue; its cautious neighbours allow a few per second. */
  @Override
  public Limits limits() {
    return new Limits(4, 2, Duration.ofSeconds(30));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    return StiggSettings.check(config);
  }

  @Override
  public String baseUrl(AccountConfig config) {
    return config.setting("url").replaceAll("/+$", "");
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    if (key.startsWith("client-")) {
      return Optional.of("a client key of Stigg may only read; use a server key");
    }
    if (!key.startsWith(KEY_PREFIX) || !key.matches("[\\x21-\\x7e]{8,1024}")) {
      return Optional.of("a server key of Stigg starts with " + KEY_PREFIX + " and has no spaces");
    }
    return Optional.empty();
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("X-API-KEY", key);
  }

  @Override
  public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new StiggProvider(StiggSettings.of(config), client, clock);
  }
}
