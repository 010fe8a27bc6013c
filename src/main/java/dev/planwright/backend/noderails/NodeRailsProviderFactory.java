package dev.planwright.backend.noderails;

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

/** NodeRails, API version 2026-03-07. */
public final class NodeRailsProviderFactory implements ProviderFactory {
  static final String NAME = "noderails";

  /** The only API version; an unknown one is refused (NodeRails: connection). */
  static final String VERSION = "2026-03-07";

  private static final String TEST = "nr_test_sk_";
  private static final String LIVE = "nr_live_sk_";

  /** Made for the registry. */
  public NodeRailsProviderFactory() {}

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
            Capability.SEVERAL_INTERVALS,
            Capability.SEVERAL_CURRENCIES,
            Capability.TRIAL,
            Capability.FREE,
            Capability.METADATA)) {
      words.put(yes, Capabilities.YES);
    }
    words.put(Capability.ONE_TIME, "Alone");
    words.put(Capability.TAX, "OneRatePerPlan");
    words.put(Capability.ADOPTION, "ByExternalId");
    words.put(Capability.ARCHIVE, "WithoutSubscribers");
    words.put(Capability.EXISTING_SUBSCRIBERS, "KeepOrMigrate");
    return new Capabilities(words);
  }

  @Override
  public List<AffectsRow> affects() {
    return Stream.of(NodeRailsStep.values()).map(NodeRailsStep::row).toList();
  }

  @Override
  public Limits limits() {
    return new Limits(10, 4, Duration.ofSeconds(30));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    return NodeRailsSettings.check(config);
  }

  @Override
  public String baseUrl(AccountConfig config) {
    String url = config.setting("url").replaceAll("/+$", "");
    return url.isEmpty() ? NodeRailsSettings.DEFAULT_URL : url;
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    if (key.startsWith("nr_test_pk_") || key.startsWith("nr_live_pk_")) {
      return Optional.of("the key is a publishable one; use the secret key, which has _sk_ in it");
    }
    if (!key.startsWith(TEST) && !key.startsWith(LIVE)) {
      return Optional.of("a secret key of NodeRails starts with " + TEST + " or " + LIVE);
    }
    if (!key.matches("[A-Za-z0-9_-]{12,255}")) {
      return Optional.of("the key holds other characters than letters, digits, \"_\" and \"-\"");
    }
    return switch (config.environment()) {
      case SANDBOX ->
          key.startsWith(TEST)
              ? Optional.empty()
              : Optional.of("spec.environment is Sandbox, and the key is a live one");
      case PRODUCTION ->
          key.startsWith(LIVE)
              ? Optional.empty()
              : Optional.of("spec.environment is Production, and the key is a test one");
      case UNVERIFIED -> Optional.empty();
    };
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of("x-api-key", key, "NodeRails-Version", VERSION, "Accept", "application/json");
  }

  @Override
  public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new NodeRailsProvider(NodeRailsSettings.of(config), client, clock);
  }
}
