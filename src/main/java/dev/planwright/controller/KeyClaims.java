package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackend;
import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Plan;
import dev.planwright.backend.AccountFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may hold a key of an account when several Plans claim it: the one that holds the external id,
 * else the one that the mark on the backend names, else the older, else by uid. The others make no
 * call.
 */
final class KeyClaims {
  private final Comparator<Plan> order =
      Comparator.comparing((Plan plan) -> plan.getStatus().externalId() == null)
          .thenComparing(plan -> !ObjectKey.of(plan).equals(named().get(References.keyOf(plan))))
          .thenComparing(plan -> String.valueOf(plan.getMetadata().getCreationTimestamp()))
          .thenComparing(plan -> String.valueOf(plan.getMetadata().getUid()));

  /** Whom a mark was seen to name, by key: only asked while two Plans claim it. */
  private final Map<String, ObjectKey> named = new ConcurrentHashMap<>();

  private final Manifests manifests;
  private final Accounts accounts;

  KeyClaims(Manifests manifests, Accounts accounts) {
    this.manifests = manifests;
    this.accounts = accounts;
  }

  /** The Plan that holds the key instead of this one; empty when this one may have it. */
  Optional<Plan> winnerOver(Plan plan, OpenAccount account) {
    return rivals(plan, account).stream()
        .filter(rival -> order.compare(rival, plan) < 0)
        .min(order);
  }

  /** The Plan that takes over when this one goes; empty when nobody waits for the key. */
  Optional<Plan> heir(Plan plan, OpenAccount account) {
    return rivals(plan, account).stream().min(order);
  }

  /**
   * Gives way to the Plan that the mark on the backend names, if that one claims the key too.
   *
   * @param name {@code namespace/name}
   */
  Optional<Plan> yieldTo(Plan plan, OpenAccount account, String name) {
    Optional<Plan> holder =
        rivals(plan, account).stream()
            .filter(rival -> ObjectKey.of(rival).toString().equals(name))
            .findFirst();
    holder.ifPresent(rival -> named.put(References.keyOf(plan), ObjectKey.of(rival)));
    return holder;
  }

  /**
   * Another Plan, not on its way out, that holds the object with this external id on the same kind
   * of billing system, through whichever BillingBackend: two environments of one account can share
   * an object. A BillingBackend of which nothing is known counts.
   */
  Optional<String> holderOf(String externalId, Plan plan, OpenAccount account) {
    String provider = account.account().provider().name();
    return manifests.plansWithExternalId(externalId).stream()
        .filter(other -> !ObjectKey.of(other).equals(ObjectKey.of(plan)))
        .filter(other -> !other.isMarkedForDeletion())
        .filter(other -> providerOf(other).filter(name -> !name.equals(provider)).isEmpty())
        .map(other -> ObjectKey.of(other).toString())
        .findFirst();
  }

  private Optional<String> providerOf(Plan plan) {
    ObjectKey backend = References.backendOf(plan);
    return accounts
        .of(backend)
        .known()
        .map(open -> open.account().provider().name())
        .or(
            () ->
                manifests
                    .backend(backend)
                    .map(BillingBackend::getStatus)
                    .map(BillingBackendStatus::provider));
  }

  private Map<String, ObjectKey> named() {
    return named;
  }

  /** Other Plans, not on their way out, that claim the same key of the same account. */
  private List<Plan> rivals(Plan plan, OpenAccount account) {
    return manifests.plansWithKey(References.keyOf(plan)).stream()
        .filter(other -> !ObjectKey.of(other).equals(ObjectKey.of(plan)))
        .filter(other -> !other.isMarkedForDeletion())
        .filter(other -> isSameAccount(References.backendOf(other), plan, account))
        .toList();
  }

  private boolean isSameAccount(ObjectKey backend, Plan plan, OpenAccount account) {
    if (backend.equals(References.backendOf(plan))) {
      return true;
    }
    Optional<OpenAccount> known = accounts.of(backend).known();
    if (known.isEmpty()) {
      return isSameByStatus(backend, account);
    }
    OpenAccount other = known.get();
    return other.config().ownerId().equals(account.config().ownerId())
        && other.account().provider().name().equals(account.account().provider().name())
        && id(other.account().facts()).equals(id(account.account().facts()));
  }

  /**
   * A backend that cannot be used now (paused, its key refused, not looked at yet) still holds the
   * keys of its Plans: what it was last seen to be counts.
   */
  private boolean isSameByStatus(ObjectKey backend, OpenAccount account) {
    return manifests
        .backend(backend)
        .filter(other -> other.getSpec().ownerId().equals(account.config().ownerId()))
        .map(BillingBackend::getStatus)
        .filter(status -> account.account().provider().name().equals(status.provider()))
        .map(BillingBackendStatus::account)
        .filter(seen -> id(account.account().facts()).equals(seen.id()))
        .isPresent();
  }

  private static String id(AccountFacts facts) {
    return facts.id();
  }
}
