package dev.planwright.controller;

import dev.planwright.api.v1alpha1.AccountEnvironment;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts in words, and words compared with accounts; pure. */
final class AccountWords {
  /** Settings of a provider's block that name the account itself. */
  private static final List<String> ACCOUNT_IDS =
      List.of("organizationId", "accountId", "appId", "merchantId");

  private AccountWords() {}

  /**
   * The first setting of the provider's block that says something else than the account: the
   * account's own id, and every setting that the provider reports as a fact of the same name.
   */
  static Optional<String> configured(AccountConfig config, AccountFacts facts) {
    for (var setting : config.block().properties()) {
      String name = setting.getKey();
      String said = setting.getValue().asText("");
      String read = facts.facts().get(name);
      if (read == null && ACCOUNT_IDS.contains(name)) {
        read = facts.id();
      }
      if (read != null && !said.isEmpty() && !said.equals(read)) {
        return Optional.of(
            "%s of the provider is %s and the key opens %s (account %s)"
                .formatted(name, said, read, name(facts)));
      }
    }
    return Optional.empty();
  }

  /** {@code org_1 (Acme)}. */
  static String name(AccountFacts facts) {
    return facts.name().isEmpty() || facts.name().equals(facts.id())
        ? facts.id()
        : facts.id() + " (" + facts.name() + ")";
  }

  static AccountEnvironment environment(AccountFacts.AccountEnvironment environment) {
    return switch (environment) {
      case SANDBOX -> AccountEnvironment.SANDBOX;
      case PRODUCTION -> AccountEnvironment.PRODUCTION;
      case UNVERIFIED -> AccountEnvironment.UNVERIFIED;
    };
  }

  static AccountFacts.AccountEnvironment environment(@Nullable AccountEnvironment environment) {
    if (environment == null) {
      return AccountFacts.AccountEnvironment.UNVERIFIED;
    }
    return switch (environment) {
      case SANDBOX -> AccountFacts.AccountEnvironment.SANDBOX;
      case PRODUCTION -> AccountFacts.AccountEnvironment.PRODUCTION;
      case UNVERIFIED -> AccountFacts.AccountEnvironment.UNVERIFIED;
    };
  }
}
