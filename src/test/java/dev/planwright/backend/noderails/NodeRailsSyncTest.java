package dev.planwright.backend.noderails;

import static dev.planwright.backend.noderails.Shop.MONTH;
import static dev.planwright.backend.noderails.Shop.YEAR;
import static dev.planwright.backend.noderails.Shop.flat;
import static dev.planwright.backend.noderails.Shop.team;
import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Account;
import dev.planwright.backend.ApiRequest;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.BackendException;
import dev.planwright.backend.RemoteView;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.PlanSync;
import dev.planwright.sync.StatusStore;
import dev.planwright.sync.SyncRequest;
import dev.planwright.sync.SyncResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What NodeRails gets and what status shows when the production sync is at work. */
class NodeRailsSyncTest {
  private static final Policies POLICIES =
      new Policies(
          Policies.ExistingSubscribers.KEEP,
          Policies.Management.MANAGE,
          Policies.Adoption.NEVER,
          Policies.Deletion.RETAIN,
          Policies.DriftPolicy.REPORT);

  private final Bench bench = new Bench();
  private final List<ApiRequest> sent = new ArrayList<>();
  private Memory memory = Memory.EMPTY;
  private int lost;

  private ApiResponse send(ApiRequest request) {
    if (request.mutates()) {
      sent.add(request);
      if (lost > 0) {
        lost--;
        throw new BackendException(BackendException.Kind.NO_ANSWER, "no answer");
      }
    }
    return bench.client.send(request);
  }

  /** Each reconciliation as of a process of its own. */
  private SyncResult sync(CatalogPlan plan) {
    NodeRailsProvider provider =
        new NodeRailsProvider(
            NodeRailsSettings.of(
                Bench.config(
                    Bench.APP, dev.planwright.backend.AccountFacts.AccountEnvironment.SANDBOX)),
            this::send,
            bench.clock);
    SyncResult result =
        new PlanSync(bench.clock)
            .sync(
                new Account<>("shop/default", provider, this::send, provider.account()),
                new SyncRequest(
                    plan,
                    POLICIES,
                    Integer.toHexString(plan.toString().hashCode()),
                    memory,
                    "",
                    false),
                new StatusStore() {
                  @Override
                  public void write(Memory written) {
                    memory = written;
                  }

                  @Override
                  public Optional<String> whyNotRemove() {
                    return Optional.empty();
                  }
                });
    memory = result.memory();
    return result;
  }

  private static CatalogPlan monthlyAt(String amount) {
    return team()
        .with(flat("team-monthly", amount, "USD", MONTH), flat("team-yearly", "490", "USD", YEAR))
        .plan();
  }

  private List<String> keys() {
    return sent.stream()
        .filter(it -> it.method().equals("POST"))
        .map(it -> it.headers().getOrDefault("Idempotency-Key", ""))
        .toList();
  }

  /** One namespace of keys for all callers: a key that can be guessed is answered by another's. */
  @Test
  void everyCreateBearsAKeyOfAtLeast128RandomBitsThatNoOtherHas() {
    for (String amount : List.of("49", "59", "69", "79", "89", "99")) {
      assertThat(sync(monthlyAt(amount)).outcome()).isEqualTo(new Outcome.Done());
    }
    assertThat(keys())
        .hasSize(6)
        .doesNotHaveDuplicates()
        .allMatch(it -> it.matches("[0-9a-f]{32,}"));
    assertThat(keys().stream().map(it -> it.substring(0, 16)))
        .as("random from the first digit on")
        .doesNotHaveDuplicates();
    assertThat(keys().stream().map(it -> it.substring(it.length() - 16)))
        .as("and to the last")
        .doesNotHaveDuplicates();
  }

  /** Whoever asks again for what may have been done asks with the same key. */
  @Test
  void aCreateWithoutAnAnswerIsAskedForAgainWithTheSameKey() {
    lost = 1;
    SyncResult result = sync(monthlyAt("49"));
    assertThat(result.outcome()).isInstanceOf(Outcome.Unfinished.class);
    for (int tries = 0; tries < 5 && !result.outcome().equals(new Outcome.Done()); tries++) {
      bench.clock.advance(Duration.ofMinutes(2));
      result = sync(monthlyAt("49"));
    }
    assertThat(result.outcome()).isEqualTo(new Outcome.Done());
    assertThat(keys()).hasSize(2);
    assertThat(keys().get(1)).isEqualTo(keys().get(0));
  }

  @Test
  void theOldPriceIsListedAsLongAsSomebodyIsOnIt() {
    sync(monthlyAt("49"));
    bench.externalId = Optional.of(memory.binding().externalId());
    String old = bench.priceId("team-monthly", 1);
    String subscription = bench.controls().addSubscription(old, "ACTIVE");

    SyncResult edited = sync(monthlyAt("59"));

    assertThat(edited.outcome()).isEqualTo(new Outcome.Done());
    assertThat(edited.view().map(RemoteView::superseded).orElseThrow())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.externalId()).isEqualTo(old);
              assertThat(it.price()).isEqualTo("team-monthly");
              assertThat(it.amount()).isEqualTo("49.00 USD");
            });

    bench.controls().setStatus(subscription, "CANCELLED");
    assertThat(sync(monthlyAt("59")).view().map(RemoteView::superseded).orElseThrow()).isEmpty();
  }
}
