package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.backend.admission.Admission;
import dev.planwright.catalog.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The accounts in memory. {@link BackendReconciler} opens and closes them; everybody else reads
 * where they stand, without waiting.
 */
public final class OpenAccounts implements Accounts {
  private final Map<ObjectKey, BackendAccount> accounts = new ConcurrentHashMap<>();
  private final AccountAccess access;
  private final Manifests manifests;
  private final Consumer<ObjectKey> wakeBackend;
  private final Consumer<ObjectKey> wakePlan;

  /**
   * @param wakeBackend starts a run of {@link BackendReconciler}
   * @param wakePlan starts a run of a Plan: its turn on the account has come
   */
  public OpenAccounts(
      AccountAccess access,
      Manifests manifests,
      Consumer<ObjectKey> wakeBackend,
      Consumer<ObjectKey> wakePlan) {
    this.access = access;
    this.manifests = manifests;
    this.wakeBackend = wakeBackend;
    this.wakePlan = wakePlan;
  }

  @Override
  public AccountState of(ObjectKey backend) {
    BackendAccount account = accounts.get(backend);
    if (account != null) {
      return account.state();
    }
    return manifests.backend(backend).isPresent()
        ? new AccountState.NotLookedAt()
        : new AccountState.Unusable(
            Reason.BACKEND_NOT_READY,
            "BillingBackend " + backend + " does not exist; apply it, or mend spec.backendRef",
            false,
            Optional.empty());
  }

  @Override
  public void unauthorized(ObjectKey backend) {
    BackendAccount account = accounts.get(backend);
    if (account != null && account.recheckSeldom(access.clock().instant())) {
      wakeBackend.accept(backend);
    }
  }

  @Override
  public Optional<Admission<ObjectKey>> queue(ObjectKey backend) {
    return known(backend).flatMap(BackendAccount::lasting).map(Lasting::admission);
  }

  @Override
  public void needed(ObjectKey backend) {
    BackendAccount account = accounts.get(backend);
    if (account != null && account.state() instanceof AccountState.Remembered) {
      account.need();
      wakeBackend.accept(backend);
    }
  }

  /**
   * Drops offers that nobody took, on all accounts: to be called every few seconds, because a quiet
   * account has no other occasion.
   */
  public void tick() {
    accounts.values().forEach(account -> account.lasting().ifPresent(l -> l.admission().tick()));
  }

  /** The queue of each account, for metrics. */
  public Map<ObjectKey, Admission<ObjectKey>> queues() {
    Map<ObjectKey, Admission<ObjectKey>> queues = new ConcurrentHashMap<>();
    accounts.forEach(
        (key, account) -> account.lasting().ifPresent(l -> queues.put(key, l.admission())));
    return queues;
  }

  /** The account of a BillingBackend; one that was deleted and made anew begins afresh. */
  BackendAccount account(BillingBackend backend) {
    ObjectKey key = ObjectKey.of(backend);
    String uid = String.valueOf(backend.getMetadata().getUid());
    Instant now = access.clock().instant();
    BackendAccount account =
        accounts.compute(
            key,
            (k, known) ->
                known != null && known.uid().equals(uid)
                    ? known
                    : new BackendAccount(
                        uid,
                        new AccountState.NotLookedAt(),
                        limits -> Lasting.create(key, limits, access, wakePlan),
                        now));
    return account;
  }

  Optional<BackendAccount> known(ObjectKey backend) {
    return Optional.ofNullable(accounts.get(backend));
  }

  void forget(ObjectKey backend) {
    accounts.remove(backend);
  }

  void wake(ObjectKey backend) {
    wakeBackend.accept(backend);
  }
}
