package dev.planwright.backend.http;

import dev.planwright.backend.Observation;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Step;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies.Deletion;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import dev.planwright.testing.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole HTTP conversation of each scenario, for reviewers to read. */
class HttpGoldenTest {
  private final SandboxAccount account = new SandboxAccount();
  private final CatalogPlan team =
      Samples.plan(
          "Team",
          "For growing teams",
          CatalogPlan.Type.PLAN,
          CatalogPlan.Lifecycle.ACTIVE,
          List.of(Samples.limit("seats", "10")),
          Samples.flat("team-monthly", "49.00"),
          Samples.perUnit("team-calls", "api-calls", "0.002"));

  @AfterEach
  void close() {
    account.close();
  }

  @Test
  void create() throws IOException {
    converge(team);
    Golden.check("http/create.http", account.conversation.toString());
  }

  @Test
  void changeAmountUnderMigrate() throws IOException {
    converge(team);
    account.conversation.setLength(0);
    account.round(
        team.withPrices(List.of(Samples.flat("team-monthly", "59"), team.prices().getFirst())),
        ExistingSubscribers.MIGRATE);
    Golden.check("http/change-amount-migrate.http", account.conversation.toString());
  }

  @Test
  void renamePrice() throws IOException {
    converge(team);
    account.conversation.setLength(0);
    converge(
        team.withPrices(List.of(Samples.flat("team-per-month", "49"), team.prices().getFirst())));
    Golden.check("http/rename-price.http", account.conversation.toString());
  }

  @Test
  void archiveThenDelete() throws IOException {
    converge(team);
    account.conversation.setLength(0);
    for (Deletion policy : List.of(Deletion.ARCHIVE, Deletion.DELETE)) {
      Observation<HttpWorld> found =
          account.provider.find(
              SandboxAccount.sought(team.identity(), Optional.empty(), Optional.empty()));
      Removal removal = account.provider.removal(policy, found.worldIfAny().orElseThrow());
      for (Step step : ((Removal.Steps) removal).steps()) {
        account.execute(step);
      }
    }
    Golden.check("http/archive-then-delete.http", account.conversation.toString());
  }

  private void converge(CatalogPlan plan) {
    account.round(plan, ExistingSubscribers.KEEP);
    account.round(plan, ExistingSubscribers.KEEP);
  }
}
