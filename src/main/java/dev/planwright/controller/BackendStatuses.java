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
    Optional<Condition> old =
        before.conditions().stream()
            .filter(condition -> condition.type().equals(ConditionType.READY))
            .findFirst();
    if (view.finding() instanceof Finding.Good good && !good.probed() && old.isPresent()) {
      return before.conditions(); // known from that very condition
    }
    Condition ready =
        switch (view.finding()) {
          case Finding.Good good ->
              ready(old, Condition.Status.TRUE, ConditionType.READY, reached(good), view, now);
          case Finding.Bad(Reason reason, String message, var after, var key) ->
              ready(old, Condition.Status.FALSE, reason.toString(), message, view, now);
          case Finding.Unknown(String message) ->
              ready(
                  old,
                  Condition.Status.FALSE,
                  Reason.SECRET_NOT_FOUND.toString(),
                  message,
                  view,
                  now);
        };
    return List.of(ready);
  }

  private static String reached(Finding.Good good) {
    AccountFacts facts = good.open().account().facts();
    return "account %s, environment %s"
        .formatted(AccountWords.name(facts), AccountWords.environment(facts.environment()));
  }

  private static Condition ready(
      Optional<Condition> old,
      Condition.Status status,
      String reason,
      String message,
      View view,
      Instant now) {
    Instant since =
        old.filter(condition -> condition.status() == status)
            .map(Condition::lastTransitionTime)
            .orElse(now);
    List<String> clauses = new ArrayList<>();
    clauses.add(message);
    clauses.addAll(view.remarks());
    return new Condition(
        ConditionType.READY, status, reason, String.join("; ", clauses), since, view.generation());
  }
}
