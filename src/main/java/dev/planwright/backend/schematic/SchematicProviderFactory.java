package dev.planwright.backend.schematic;

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

/** Schematic, by its API of August 2026. */
public final class SchematicProviderFactory implements ProviderFactory {
  static final String NAME = "schematic";

  /** Made for the registry. */
  public SchematicProviderFactory() {}

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
            Capability.SEVERAL_CURRENCIES,
            Capability.PER_UNIT,
            Capability.LICENSED,
            Capability.OVERAGE,
            Capability.ENTITLEMENTS,
            Capability.FREE,
            Capability.ADD_ON)) {
      words.put(yes, Capabilities.YES);
    }
    words.put(Capability.SEVERAL_INTERVALS, "WithoutUsagePrices");
    words.put(Capability.ONE_TIME, "Alone");
    words.put(Capability.GRADUATED, "NoFirstFlatAmount");
    words.put(Capability.VOLUME, "NoFirstFlatAmount");
    words.put(Capability.TRIAL, "WithoutUsagePrices");
    words.put(Capability.CUSTOM, "Unpriced");
    words.put(Capability.ADOPTION, "ByIdOrExactName");
    words.put(Capability.DELETE, "OneEnvironmentWithoutSubscribers");
    words.put(Capability.METADATA, Capabilities.NOT_SENT);
    words.put(Capability.EXISTING_SUBSCRIBERS, "KeepWithEditsOpenDraft");
    return new Capabilities(words);
  }

  @Override
  public List<AffectsRow> affects() {
    return Stream.of(SchematicStep.values()).map(SchematicStep::row).toList();
  }

  /** The vendor's documentation on rate limits: 20 writes and 20 reads a second. */
  @Override
  public Limits limits() {
    return new Limits(20, true, 4, Duration.ofSeconds(60));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    return SchematicSettings.check(config);
  }

  @Override
  public String baseUrl(AccountConfig config) {
    return config.setting("url").replaceAll("/+$", "");
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    if (!key.matches("sch_(prod|stag|dev)_.*")) {
      return Optional.of(
          "a secret key of Schematic starts with sch_prod_, sch_stag_ or sch_dev_; publishable keys"
              + " cannot read plans");
    }
    if (!key.matches("[A-Za-z0-9_-]{12,200}")) {
      return Optional.of("the key holds other characters than letters, digits, \"_\" and \"-\"");
    }
    return Optional.empty();
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("X-Schematic-Api-Key", key, "Accept", "application/json");
  }

  @Override
  public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new SchematicProvider(SchematicSettings.of(config), client, clock);
  }
}
