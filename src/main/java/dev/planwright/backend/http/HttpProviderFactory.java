package dev.planwright.backend.http;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AffectsRow;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.Capabilities;
import dev.planwright.backend.Capability;
import dev.planwright.backend.Limits;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Billing systems that speak the open protocol ({@code docs/protocol.yaml}). */
public final class HttpProviderFactory implements ProviderFactory {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

  @Override
  public String name() {
    return HttpProvider.NAME;
  }

  /** What the protocol can say; a server may do less, and says so itself. */
  @Override
  public Capabilities capabilities() {
    Map<Capability, String> words = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      words.put(capability, Capabilities.YES);
    }
    words.put(Capability.EXISTING_SUBSCRIBERS, "KeepOrMigrate");
    return new Capabilities(words);
  }

  @Override
  public List<AffectsRow> affects() {
    return AffectsTable.ROWS;
  }

  /** Generous: the server is one's own. */
  @Override
  public Limits limits() {
    return new Limits(100, 16, Duration.ofSeconds(30));
  }

  @Override
  public List<Violation> checkSettings(AccountConfig config) {
    String url = config.setting("url");
    return problem(url)
        .map(
            why ->
                List.of(
                    new Violation(
                        "BillingBackend " + config.backend(),
                        "spec.provider.http.url",
                        withoutUserInfo(url),
                        why,
                        "write it as https://billing.example.com/catalog")))
        .orElse(List.of());
  }

  private static Optional<String> problem(String url) {
    if (url.isEmpty()) {
      return Optional.of("the server's address is missing");
    }
    try {
      URI uri = new URI(url);
      if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
        return Optional.of("only http and https lead to a server");
      }
      if (uri.getHost() == null) {
        return Optional.of("it names no host");
      }
      if (uri.getRawUserInfo() != null) {
        return Optional.of("a URL is no place for a key");
      }
      return uri.getRawQuery() != null || uri.getRawFragment() != null
          ? Optional.of("it has a query or a fragment")
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of("it is no URL: " + e.getReason());
    }
  }

  /** A key in the URL must not reach a message. */
  private static String withoutUserInfo(String url) {
    return url.replaceAll("//[^/]*@", "//...@");
  }

  @Override
  public String baseUrl(AccountConfig config) {
    return config.setting("url").replaceAll("/+$", "");
  }

  @Override
  public Optional<String> refuseKey(String key, AccountConfig config) {
    return KEY.matcher(key).matches()
        ? Optional.empty()
        : Optional.of(
            key.isEmpty()
                ? "the key is empty"
                : "the key holds blanks, line breaks or other characters that no header can carry");
  }

  @Override
  public Map<String, String> headers(String key) {
    return Map.of(
        "Authorization", "Bearer " + key, "Accept", "application/json, application/problem+json");
  }

  @Override
  public Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock) {
    return new HttpProvider(config, client, clock);
  }
}
