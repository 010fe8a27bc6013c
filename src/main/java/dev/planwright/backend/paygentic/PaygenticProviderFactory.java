package dev.planwright.backend.paygentic;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
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

/** Paygentic, as of its API document of August 2026. */
public final class PaygenticProviderFactory implements ProviderFactory {
  static final String NAME = "paygentic";

  private static final String LIVE_KEY = "sk_live_";
  private static final String TEST_KEY = "sk_test_";

  /** Made for the registry. */
  public PaygenticProviderFactory() {}

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
            Capability.SETUP_FEE,
            Capability.PER_UNIT,
            Capability.TAX,
            Capability.FREE,
            Capability.ADOPTION)) {
      words.put(yes, Capabilities.YES);
    }
    words.put(Capability.PERCENTAGE, "PureRate");
    words.put(Capability.ENTITLEMENTS, "WithPriceOfSameFeature");
    words.put(Capability.METADATA, Capabilities.NOT_SENT);
    words.put(Capability.EXISTING_SUBSCRIBERS, "MigrateOnly");
    return new Capabilities(words);
  }

  @Override
  public List<AffectsRow> affects() {
    return Stream.of(PaygenticStep.values()).map(PaygenticStep::row).toList();
  }

  @Override
  public Limits limits() {
    // No limit is documented for the catalogue; elsewhere it is down to ten a second.
    return new Limits(5, 2, Duration.ofSeconds(30));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    return PaygenticSettings.check(config);
  }

  @Override
  public String baseUrl(AccountConfig config) {
    return PaygenticSettings.url(config);
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    if (!key.startsWith(LIVE_KEY) && !key.startsWith(TEST_KEY)) {
      return Optional.of("a key of Paygentic starts with " + LIVE_KEY + " or " + TEST_KEY);
    }
    AccountEnvironment host = PaygenticSettings.host(config);
    AccountEnvironment expected =
        host == AccountEnvironment.UNVERIFIED ? config.environment() : host;
    boolean live = key.startsWith(LIVE_KEY);
    if (live && expected == AccountEnvironment.SANDBOX) {
      return Optional.of("the key starts with " + LIVE_KEY + ", and the environment is Sandbox");
    }
    if (!live && expected == AccountEnvironment.PRODUCTION) {
      return Optional.of("the key starts with " + TEST_KEY + ", and the environment is Production");
    }
    if (!key.matches("[A-Za-z0-9_-]{9,500}")) {
      return Optional.of("the key holds other characters than letters, digits, \"_\" and \"-\"");
    }
    return Optional.empty();
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("Authorization", "Bearer " + key, "Accept", "application/json");
  }

  @Override
  public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new PaygenticProvider(PaygenticSettings.of(config), client, clock);
  }
}
