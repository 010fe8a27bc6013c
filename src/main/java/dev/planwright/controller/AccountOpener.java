package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendSpec;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.ProviderBlock.SecretRef;
import dev.planwright.backend.Account;
import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiClient;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.client.AccountClient;
import dev.planwright.backend.client.Caller;
import dev.planwright.catalog.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Opens the account of a BillingBackend: spec, key, probe, and whether it is who it should be. */
final class AccountOpener {
  private final AccountAccess access;
  private final Secrets secrets;

  AccountOpener(AccountAccess access, Secrets secrets) {
    this.access = access;
    this.secrets = secrets;
  }

  /** Looks from the beginning. Calls the billing system unless status says all that is needed. */
  Finding look(BillingBackend backend, BackendAccount shared) {
    return switch (BackendCheck.check(backend, access)) {
      case BackendCheck.Wrong wrong -> Finding.Bad.of(wrong.reason(), wrong.message());
      case BackendCheck.Fine fine ->
          Boolean.TRUE.equals(backend.getSpec().paused())
              ? Finding.Bad.of(
                  Reason.PAUSED, "spec.paused is true: no call is made; set it to false to go on")
              : withSpec(backend, fine, shared);
    };
  }

  /**
   * Whether the Secret holds another key than this, or none that may be used.
   *
   * @return false too when Kubernetes does not say
   */
  boolean isKeyChanged(BillingBackend backend, HeldKey key) {
    return switch (BackendCheck.check(backend, access)) {
      case BackendCheck.Wrong wrong -> true;
      case BackendCheck.Fine fine ->
          switch (secrets.read(backend.getMetadata().getNamespace(), fine.secret())) {
            case Secrets.Reading.Key(HeldKey now) -> !now.equals(key);
            case Secrets.Reading.Missing missing -> true;
            case Secrets.Reading.Unreadable unreadable -> false;
          };
    };
  }

  /** Asks an account that was opened before, with the key it was opened with. */
  Finding probe(BillingBackend backend, Finding.Good opened) {
    return asked(backend, opened.open(), opened.open().account(), opened);
  }

  private Finding withSpec(BillingBackend backend, BackendCheck.Fine fine, BackendAccount shared) {
    SecretRef ref = fine.secret();
    return switch (secrets.read(backend.getMetadata().getNamespace(), ref)) {
      case Secrets.Reading.Missing(Reason reason, String message) ->
          Finding.Bad.of(reason, message);
      case Secrets.Reading.Unreadable(String message) -> new Finding.Unknown(message);
      case Secrets.Reading.Key(HeldKey key) -> withKey(backend, fine, key, shared);
    };
  }

  private Finding withKey(
      BillingBackend backend, BackendCheck.Fine fine, HeldKey key, BackendAccount shared) {
    Optional<String> refused = fine.factory().refuseKey(key.value(), fine.config());
    if (refused.isPresent()) {
      return Finding.Bad.of(
          Reason.UNAUTHORIZED,
          "the entry %s of Secret %s/%s was not sent: %s; put a valid key there"
              .formatted(
                  fine.secret().key(),
                  backend.getMetadata().getNamespace(),
                  fine.secret().name(),
                  refused.get()),
          key);
    }
    Finding.Good opened = open(backend, fine, key, shared.lasting(fine.limits()));
    return isRemembered(backend, fine.factory()) && !shared.mustBeAsked()
        ? opened
        : probe(backend, opened);
  }

  private Finding.Good open(
      BillingBackend backend, BackendCheck.Fine fine, HeldKey key, Lasting lasting) {
    ProviderFactory factory = fine.factory();
    AccountConfig config = fine.config();
    AccountClient client =
        new AccountClient(
            new AccountClient.Account(
                config.backend(),
                factory.baseUrl(config),
                key::value,
                factory::headers,
                fine.limits().timeout()),
            new AccountClient.Shared(
                access.transport(),
                lasting.rate(),
                lasting.breaker(),
                access.gate(),
                access.observer(),
                access.clock()));
    AccountFacts known = remembered(backend.getStatus());
    Account<?> account =
        account(factory.open(config, client, access.clock()), config, client, known);
    AccountClient slow = client.as(Caller.SWEEP);
    Account<?> forSweep = account(factory.open(config, slow, access.clock()), config, slow, known);
    OpenAccount open =
        new OpenAccount(
            account,
            config,
            backend.getSpec(),
            factory.capabilities(),
            lasting.admission(),
            named(backend, key, known));
    return new Finding.Good(open, forSweep, key, false);
  }

  private static <R> Account<R> account(
      Provider<R> provider, AccountConfig config, ApiClient client, AccountFacts facts) {
    return new Account<>(config.backend(), provider, client, facts);
  }

  private <R> Finding asked(
      BillingBackend backend, OpenAccount open, Account<R> account, Finding.Good opened) {
    AccountFacts facts;
    try {
      facts = account.provider().account();
    } catch (BackendException e) {
      return failed(e, opened.key());
    }
    Optional<Finding> mismatch = mismatch(backend, open.config(), facts, opened.key());
    if (mismatch.isPresent()) {
      return mismatch.get();
    }
    return new Finding.Good(
        new OpenAccount(
            withFacts(account, facts),
            open.config(),
            open.spec(),
            open.capabilities(),
            open.admission(),
            named(backend, opened.key(), facts)),
        withFacts(opened.forSweep(), facts),
        opened.key(),
        true);
  }

  private static <R> Account<R> withFacts(Account<R> account, AccountFacts facts) {
    return new Account<>(account.backend(), account.provider(), account.client(), facts);
  }

  /** Equal for equal settings, key and facts: a look that brings nothing new is no new opening. */
  private static String named(BillingBackend backend, HeldKey key, AccountFacts facts) {
    return Integer.toHexString(Objects.hash(backend.getSpec(), key, facts));
  }

  private static Finding failed(BackendException e, HeldKey key) {
    Reason reason =
        switch (e.kind()) {
          case UNAUTHORIZED -> Reason.UNAUTHORIZED;
          case NOT_SENT, NO_ANSWER, RATE_LIMITED, REFUSED, SERVER_ERROR, NONSENSE ->
              Reason.UNREACHABLE;
        };
    String message = String.valueOf(e.getMessage());
    return new Finding.Bad(
        reason,
        reason == Reason.UNAUTHORIZED ? message + "; " + reason.whatToDo() : message,
        e.retryAfter(),
        Optional.of(key));
  }

  private static Optional<Finding> mismatch(
      BillingBackend backend, AccountConfig config, AccountFacts facts, HeldKey key) {
    AccountFacts.AccountEnvironment unread = AccountFacts.AccountEnvironment.UNVERIFIED;
    if (config.environment() != unread
        && facts.environment() != unread
        && config.environment() != facts.environment()) {
      return Optional.of(
          Finding.Bad.of(
              Reason.ENVIRONMENT_MISMATCH,
              "spec.environment is %s and the key opens the %s account %s; %s"
                  .formatted(
                      backend.getSpec().environment(),
                      AccountWords.environment(facts.environment()),
                      AccountWords.name(facts),
                      Reason.ENVIRONMENT_MISMATCH.whatToDo()),
              key));
    }
    return AccountWords.configured(config, facts)
        .or(() -> pinned(backend.getStatus(), facts))
        .map(
            message ->
                Finding.Bad.of(
                    Reason.ACCOUNT_MISMATCH,
                    message + "; " + Reason.ACCOUNT_MISMATCH.whatToDo(),
                    key));
  }

  private static Optional<String> pinned(BillingBackendStatus status, AccountFacts facts) {
    BillingBackendStatus.Account pinned = status.account();
    String id = pinned == null || pinned.id() == null ? "" : pinned.id();
    return id.isEmpty() || id.equals(facts.id())
        ? Optional.empty()
        : Optional.of(
            "the key opens account %s now, and opened %s before (status.account.id)"
                .formatted(AccountWords.name(facts), id));
  }

  /** Whether status says, for this very spec, that the account is who it should be. */
  private static boolean isRemembered(BillingBackend backend, ProviderFactory factory) {
    BillingBackendStatus status = backend.getStatus();
    BillingBackendStatus.Account account = status.account();
    return backend.getMetadata().getDeletionTimestamp() == null
        && Objects.equals(status.observedGeneration(), backend.getMetadata().getGeneration())
        && factory.name().equals(status.provider())
        && account != null
        && account.id() != null
        && status.conditions().stream()
            .anyMatch(c -> c.type().equals(ConditionType.READY) && c.holds());
  }

  private static AccountFacts remembered(BillingBackendStatus status) {
    BillingBackendStatus.Account account = status.account();
    if (account == null || account.id() == null) {
      return AccountFacts.unknown();
    }
    return new AccountFacts(
        account.id(),
        Objects.requireNonNullElse(account.name(), ""),
        AccountWords.environment(account.environment()),
        Map.of());
  }

  /** Whether two specs speak of one account, called in one way. */
  static boolean isSameAccount(BillingBackendSpec one, BillingBackendSpec other) {
    return one.ownerId().equals(other.ownerId())
        && Objects.equals(one.environment(), other.environment())
        && Objects.equals(one.provider(), other.provider());
  }
}
