package dev.planwright.backend.bxb;

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

/** bxb (BoxBilling), as of version 0.7.0. */
public final class BxbProviderFactory implements ProviderFactory {
  static final String NAME = "bxb";

  private static final String KEY_PREFIX = "bxb_live_";

  /** Made for the registry. */
  public BxbProviderFactory() {}

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
            Capability.PER_UNIT,
            Capability.PACKAGE,
            Capability.VOLUME,
            Capability.GRADUATED_PERCENTAGE,
            Capability.ENTITLEMENTS,
            Capability.USAGE_THRESHOLDS,
            Capability.FREE,
            Capability.ADOPTION)) {
      words.put(yes, Capabilities.YES);
    }
    words.put(Capability.FILTERS, "NotBilledOnly");
    words.put(Capability.GRADUATED, "NoFirstFlatAmount");
    words.put(Capability.PERCENTAGE, "PureRate");
    words.put(Capability.DYNAMIC, "EventsInChargeUnit");
    words.put(Capability.TRIAL, "Informational");
    words.put(Capability.MINIMUM_COMMITMENTS, "One");
    words.put(Capability.TAX, "DefaultOrganization");
    words.put(Capability.DELETE, "WithoutSubscribers");
    words.put(Capability.METADATA, Capabilities.NOT_SENT);
    words.put(Capability.EXISTING_SUBSCRIBERS, "MigrateOnly");
    return new Capabilities(words);
  }

  @Override
  public List<AffectsRow> affects() {
    return Stream.of(BxbStep.values()).map(BxbStep::row).toList();
  }

  @Override
  public Limits limits() {
    // Handlers block a worker while they wait for the database (bxb: retries).
    return new Limits(10, 2, Duration.ofSeconds(30));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    return BxbSettings.check(config);
  }

  @Override
  public String baseUrl(AccountConfig config) {
    return config.setting("url").replaceAll("/+$", "");
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    if (!key.startsWith(KEY_PREFIX)) {
      return Optional.of(
          "a key of bxb starts with "
              + KEY_PREFIX
              + "; any other is served as the server's default organization, whosever it is");
    }
    if (!key.matches("[A-Za-z0-9_]{10,200}")) {
      return Optional.of("the key holds other characters than letters, digits and \"_\"");
    }
    return Optional.empty();
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("Authorization", "Bearer " + key, "Accept", "application/json");
  }

  @Override
  public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new BxbProvider(BxbSettings.of(config), client, clock);
  }
}
