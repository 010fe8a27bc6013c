package dev.planwright.backend;

import dev.planwright.catalog.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One kind of billing system: what the registry holds. */
public interface ProviderFactory {
  /** The provider block's name: {@code bxb}. */
  String name();

  Capabilities capabilities();

  /**
   * Whom each of its steps touches, and why: every row, in the order of the documentation. A
   * backend that people are offered has some; a made-up one need not.
   */
  default List<AffectsRow> affects() {
    return List.of();
  }

  /** Used where the BillingBackend says nothing. */
  Limits limits();

  /** What is wrong with the provider's block; all of it. */
  List<Violation> checkSettings(AccountConfig config);

  /** Where the account is, without a trailing slash. */
  String baseUrl(AccountConfig config);

  /** What is wrong with a key before it is ever sent; never repeats the key. */
  Optional<String> refuseKey(String key, AccountConfig config);

  /** The headers that carry the key, and others that every call needs. */
  Map<String, String> headers(String key);

  /** The account, ready to be asked. */
  Provider<?> open(AccountConfig config, ApiClient client, InstantSource clock);
}
