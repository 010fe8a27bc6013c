package dev.planwright.matrix;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A made-up vendor without any unique key: proves the journal before a real one needs it. */
final class MarkOnlyUnderTest implements BackendUnderTest {
  @Override
  public String name() {
    return "mark-only";
  }

  @Override
  public boolean isJournaled() {
    return true;
  }

  @Override
  public Server fresh(InstantSource clock) {
    return new MarkOnlyVendor();
  }

  @Override
  public ProviderFactory factory() {
    return new Factory();
  }

  @Override
  public AccountConfig config() {
    return new AccountConfig(
        "shop/default",
        SamplePlans.OWNER,
        AccountFacts.AccountEnvironment.UNVERIFIED,
        JsonNodeFactory.instance.objectNode(),
        AccountConfig.Aliases.NONE);
  }

  @Override
  public String key() {
    return "key";
  }

  /** Its objects are found by their mark alone, so there is nothing to adopt. */
  @Override
  public List<Scenario> scenarios() {
    return Scenarios.everywhere().stream().filter(scenario -> !scenario.forgotten()).toList();
  }

  private static final class Factory implements ProviderFactory {
    @Override
    public String name() {
      return "mark-only";
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(Map.of());
    }

    @Override
    public Limits limits() {
      return new Limits(100, 4, OperatorProcess.TIMEOUT);
    }

    @Override
    public List<Violation> checkSettings(AccountConfig config) {
      return List.of();
    }

    @Override
    public String baseUrl(AccountConfig config) {
      return "http://mark-only.test";
    }

    @Override
    public Optional<String> refuseKey(String key, AccountConfig config) {
      return Optional.empty();
    }

    @Override
    public Map<String, String> headers(String key) {
      return Map.of("authorization", key);
    }

    @Override
    public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
      return new MarkOnlyProvider(client, clock);
    }
  }
}
