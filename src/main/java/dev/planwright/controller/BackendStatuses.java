package dev.planwright.controller;

import dev.planwright.api.v1alpha1.BillingBackendStatus;
import dev.planwright.api.v1alpha1.Condition;
import dev.planwright.api.v1alpha1.ConditionType;
import dev.planwright.api.v1alpha1.Verification;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.catalog.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The status of a BillingBackend; pure. */
final class BackendStatuses {
  private BackendStatuses() {}

  /**
   * What status is made of.
   *
   * @param generation that the finding is about
   * @param provider the provider's block, where there is exactly one
   * @param plans how many use it
   * @param remarks what else a person should know; each a clause
   */
  record View(
      long generation,
      Optional<String> provider,
      Optional<ProviderFactory> factory,
      Finding finding,
      int plans,
      Optional<SweepNews> news,
      List<String> remarks) {}

  /** The next status; equal to the one before when nothing is new. */
  static BillingBackendStatus next(BillingBackendStatus before, View view, Instant now) {
    Optional<SweepNews> news = view.news();
    Optional<SweepNews.UnclaimedPlans> unclaimed = news.flatMap(SweepNews::unclaimed);
    return new BillingBackendStatus(
        view.generation(),
        view.provider().orElse(null),
        account(before, view.finding()),
        view.factory().map(BackendStatuses::capabilities).orElse(Map.of()),
        view.plans(),
        unclaimed.map(SweepNews.UnclaimedPlans::plans).orElse(before.unclaimed()),
        unclaimed
            .map(all -> all.verified() ? all.plans().size() : null)
            .or(() -> unclaimed.isPresent() ? Optional.empty() : count(before))
            .orElse(null),
        unclaimed
            .map(all -> all.verified() ? Verification.VERIFIED : Verification.UNVERIFIED)
            .or(() -> Optional.ofNullable(before.unclaimedVerification()))
            .orElse(null),
        news.flatMap(SweepNews::sweep)
            .or(() -> Optional.ofNullable(before.lastSweep()))
            .orElse(null),
        conditions(before, view, now.truncatedTo(ChronoUnit.SECONDS)));
  }

  private static Optional<Integer> count(BillingBackendStatus before) {
    return Optional.ofNullable(before.unclaimedCount());
  }

  /** Pinned by the first account that was found good; a failure leaves it. */
  private static BillingBackendStatus.@Nullable Account account(
      BillingBackendStatus before, Finding finding) {
    if (!(finding instanceof Finding.Good good) || !good.probed()) {
      return before.account();
    }
    AccountFacts facts = good.open().account().facts();
    return new BillingBackendStatus.Account(
        facts.id().isEmpty() ? null : facts.id(),
        facts.name(),
        AccountWords.environment(facts.environment()));
  }

  private static Map<String, String> capabilities(ProviderFactory factory) {
    Map<String, String> words = new TreeMap<>();
    factory.capabilities().words().forEach((what, word) -> words.put(what.toString(), word));
    return words;
  }

  private static List<Condition> conditions(BillingBackendStatus before, View view, Instant now) {
    if (view.finding() instanceof Finding.Good good
        && !good.probed()
        && find(before, ConditionType.READY).isPresent()) {
      return before.conditions(); // known from that very condition
    }
    return switch (view.finding()) {
      case Finding.Good good -> List.of(ready(before, reached(good), view, now));
      case Finding.Bad(Reason reason, String message, var after, var key) ->
          notReady(before, reason, message, reason.retry() == Reason.Retry.SOON, view, now);
      case Finding.Unknown(String message) ->
          notReady(before, Reason.SECRET_NOT_FOUND, message, true, view, now);
    };
  }

  private static Condition ready(
      BillingBackendStatus before, String message, View view, Instant now) {
    return condition(
        before,
        ConditionType.READY,
        Condition.Status.TRUE,
        ConditionType.READY,
        remarked(message, view),
        view,
        now);
  }

  /** Tools that wait for it have to know whether time may help, or only a person. */
  private static List<Condition> notReady(
      BillingBackendStatus before,
      Reason reason,
      String message,
      boolean triedAgain,
      View view,
      Instant now) {
    String all = remarked(message, view);
    String type = triedAgain ? ConditionType.RECONCILING : ConditionType.STALLED;
    Reason why = triedAgain ? Reason.RETRYING : reason;
    return List.of(
        condition(
            before, ConditionType.READY, Condition.Status.FALSE, reason.toString(), all, view, now),
        condition(before, type, Condition.Status.TRUE, why.toString(), message, view, now));
  }

  private static String reached(Finding.Good good) {
    AccountFacts facts = good.open().account().facts();
    return "account %s, environment %s"
        .formatted(AccountWords.name(facts), AccountWords.environment(facts.environment()));
  }

  private static String remarked(String message, View view) {
    List<String> clauses = new ArrayList<>();
    clauses.add(message);
    clauses.addAll(view.remarks());
    return String.join("; ", clauses);
  }

  private static Condition condition(
      BillingBackendStatus before,
      String type,
      Condition.Status status,
      String reason,
      String message,
      View view,
      Instant now) {
    Instant since =
        find(before, type)
            .filter(old -> old.status() == status)
            .map(Condition::lastTransitionTime)
            .orElse(now);
    return new Condition(type, status, reason, message, since, view.generation());
  }

  private static Optional<Condition> find(BillingBackendStatus status, String type) {
    return Conditions.find(status.conditions(), type);
  }
}
