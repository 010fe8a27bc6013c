package dev.planwright.backend.noderails;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.Capability;
import dev.planwright.catalog.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider's block, the key and the headers. */
class NodeRailsProviderFactoryTest {
  private final NodeRailsProviderFactory factory = new NodeRailsProviderFactory();

  private static AccountConfig config(String url, String app) {
    return new AccountConfig(
        "shop/default",
        "shop-prod",
        AccountEnvironment.SANDBOX,
        JsonNodeFactory.instance.objectNode().put("url", url).put("appId", app),
        AccountConfig.Aliases.NONE);
  }

  @Test
  void aBlockNeedsTheAppsIdAndMayHaveAnAddress() {
    assertThat(factory.checkSettings(config("", Bench.APP))).isEmpty();
    assertThat(factory.checkSettings(config("ftp://x", "my-app")))
        .extracting(Violation::field)
        .containsExactly("spec.provider.noderails.url", "spec.provider.noderails.appId");
    assertThat(factory.checkSettings(config("", "")))
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("reaches every app"));
    assertThat(factory.baseUrl(config("", Bench.APP))).isEqualTo("https://api.noderails.com");
    assertThat(factory.baseUrl(config("https://x.test/", Bench.APP))).isEqualTo("https://x.test");
  }

  @ParameterizedTest
  @CsvSource({
    "nr_test_sk_abcdef, SANDBOX, ''",
    "nr_live_sk_abcdef, PRODUCTION, ''",
    "nr_live_sk_abcdef, UNVERIFIED, ''",
    "nr_live_sk_abcdef, SANDBOX, live one",
    "nr_test_sk_abcdef, PRODUCTION, test one",
    "nr_test_pk_abcdef, SANDBOX, publishable",
    "sk_test_abcdef, SANDBOX, starts with",
    "nr_test_sk_a b\u00fc, SANDBOX, other characters"
  })
  void aKeyOfTheWrongKindIsNeverSent(String key, AccountEnvironment environment, String why) {
    AccountConfig config = Bench.config(Bench.APP, environment);
    if (why.isEmpty()) {
      assertThat(factory.refuseKey(key, config)).isEmpty();
    } else {
      assertThat(factory.refuseKey(key, config))
          .hasValueSatisfying(it -> assertThat(it).contains(why).doesNotContain(key));
    }
  }

  @Test
  void everyCallCarriesTheVersion() {
    assertThat(factory.headers("nr_test_sk_x"))
        .containsEntry("x-api-key", "nr_test_sk_x")
        .containsEntry("NodeRails-Version", "2026-03-07");
  }

  @Test
  void theTableOfCapabilitiesIsWhatCheckDecidesBy() {
    List<Capability> no =
        List.of(
            Capability.PER_UNIT,
            Capability.SETUP_FEE,
            Capability.ENTITLEMENTS,
            Capability.DELETE,
            Capability.COUNTRIES);
    assertThat(no).noneMatch(factory.capabilities()::has);
    assertThat(factory.capabilities().word(Capability.EXISTING_SUBSCRIBERS))
        .isEqualTo("KeepOrMigrate");
  }
}
