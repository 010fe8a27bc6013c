package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountConfig.Aliases;
import dev.planwright.backend.AccountFacts.AccountEnvironment;
import dev.planwright.backend.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProviderFactoryTest {
  private final HttpProviderFactory factory = new HttpProviderFactory();

  @ParameterizedTest
  @CsvSource({
    "'', missing",
    "catalog.internal, only http and https",
    "ftp://catalog.internal, only http and https",
    "https:///plans, no host",
    "https://me:secret@catalog.internal, no place for a key",
    "https://catalog.internal/?a=b, query",
    "https://cata log, no URL"
  })
  void aUrlThatLeadsNowhereIsRefusedWithoutRepeatingAKey(String url, String why) {
    assertThat(factory.checkSettings(config(url)))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("spec.provider.http.url");
              assertThat(violation.problem()).contains(why);
              assertThat(violation.message()).doesNotContain("secret");
            });
  }

  @Test
  void aUrlWithAPathIsFineAndLosesOnlyItsLastSlash() {
    AccountConfig config = config("https://catalog.internal/billing/");

    assertThat(factory.checkSettings(config)).isEmpty();
    assertThat(factory.baseUrl(config)).isEqualTo("https://catalog.internal/billing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "key\n", "schlüssel"})
  void aKeyThatNoHeaderCanCarryIsRefusedUnrepeated(String key) {
    String why = factory.refuseKey(key, config("https://catalog.internal")).orElseThrow();

    assertThat(key.isEmpty() || !why.contains(key)).isTrue();
  }

  @Test
  void aKeyTravelsAsBearer() {
    assertThat(factory.refuseKey("sk_1", config("https://catalog.internal"))).isEmpty();
    assertThat(factory.headers("sk_1")).containsEntry("Authorization", "Bearer sk_1");
  }

  @Test
  void theProtocolCanSayEverything() {
    for (Capability capability : Capability.values()) {
      assertThat(factory.capabilities().has(capability)).as(capability.toString()).isTrue();
    }
  }

  private static AccountConfig config(String url) {
    return new AccountConfig(
        "shop/default",
        "shop-prod",
        AccountEnvironment.SANDBOX,
        JsonNodeFactory.instance.objectNode().put("url", url),
        Aliases.NONE);
  }
}
