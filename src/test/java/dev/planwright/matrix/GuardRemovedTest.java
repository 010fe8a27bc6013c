package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.Verdict;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import dev.planwright.sync.Memory;
import dev.planwright.sync.StatusStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Takes one guard away at a time: a matrix that stays green then would prove nothing. */
class GuardRemovedTest {

  @Test
  void withoutTheJournalACreateThatLandedLateIsMadeTwice() {
    MatrixReport report =
        Matrix.run(
            only(new MarkOnlyUnderTest(), "create a plan with 3 prices"),
            new Tamper() {
              @Override
              public StatusStore store(StatusStore real) {
                return new StatusStore() {
                  @Override
                  public void write(Memory memory) {
                    // The guard that is taken away.
                  }

                  @Override
                  public Optional<String> whyNotRemove() {
                    return real.whyNotRemove();
                  }
                };
              }
            });

    assertThat(report.duplicates()).isPositive();
  }

  @Test
  void withoutASecondLookACreateThatLandedLateIsMadeTwice() {
    MatrixReport report =
        Matrix.run(
            only(new MarkOnlyUnderTest(), "create a plan with 3 prices"),
            looks(Looks.BELIEVES_ONE));

    assertThat(report.duplicates()).isPositive();
  }

  @Test
  void withoutLookingFirstAPlanIsMadeTwice() {
    MatrixReport report =
        Matrix.run(
            only(new MarkOnlyUnderTest(), "create a plan with 3 prices"),
            looks(Looks.SEES_NOTHING));

    assertThat(report.duplicates() + report.failures().size()).isPositive();
    assertThat(report.failures()).anyMatch(failure -> failure.contains("duplicate"));
  }

  @Test
  void withoutReadingBackReadyIsSaidWhenItIsNotTrue() {
    MatrixReport report =
        Matrix.run(
            only(new BxbUnderTest(true), "create with commitment and thresholds"),
            looks(Looks.BELIEVES_ITS_OWN_WRITES));

    assertThat(report.failures()).anyMatch(failure -> failure.contains("Ready was said"));
  }

  private static BackendUnderTest only(BackendUnderTest backend, String scenario) {
    return new BackendUnderTest() {
      @Override
      public String name() {
        return backend.name() + "-tampered";
      }

      @Override
      public Server fresh(java.time.InstantSource clock) {
        return backend.fresh(clock);
      }

      @Override
      public dev.planwright.backend.ProviderFactory factory() {
        return backend.factory();
      }

      @Override
      public dev.planwright.backend.AccountConfig config() {
        return backend.config();
      }

      @Override
      public String key() {
        return backend.key();
      }

      @Override
      public boolean isJournaled() {
        return backend.isJournaled();
      }

      @Override
      public boolean isMarked() {
        return backend.isMarked();
      }

      @Override
      public List<Scenario> scenarios() {
        return backend.scenarios().stream().filter(it -> it.name().equals(scenario)).toList();
      }
    };
  }

  private static Tamper looks(Looks how) {
    return new Tamper() {
      @Override
      public <R> Provider<R> provider(Provider<R> real) {
        return new Blinkered<>(real, how);
      }
    };
  }

  /** How a provider looks that lacks a guard. */
  private enum Looks {
    /** One complete look is enough for absence, whatever may be under way. */
    BELIEVES_ONE,
    /** The first look never finds anything. */
    SEES_NOTHING,
    /** Once steps were planned, the next look is taken to show that they came true. */
    BELIEVES_ITS_OWN_WRITES
  }

  /** A production provider that lacks one guard. */
  private static final class Blinkered<R> implements Provider<R> {
    private final Provider<R> real;
    private final Looks how;
    private boolean looked;
    private boolean planned;

    Blinkered(Provider<R> real, Looks how) {
      this.real = real;
      this.how = how;
    }

    @Override
    public Observation<R> find(Sought sought) {
      Sought asked =
          switch (how) {
            case BELIEVES_ONE, BELIEVES_ITS_OWN_WRITES -> withoutIntents(sought, sought.identity());
            case SEES_NOTHING ->
                looked
                    ? sought
                    : withoutIntents(
                        sought,
                        new dev.planwright.catalog.Identity(
                            sought.identity().ownerId(), "nobody-has-this-key"));
          };
      looked = true;
      return real.find(asked);
    }

    private static Sought withoutIntents(Sought sought, dev.planwright.catalog.Identity identity) {
      boolean same = identity.equals(sought.identity());
      return new Sought(
          identity,
          sought.desired(),
          same ? sought.externalId() : Optional.empty(),
          sought.named(),
          sought.handles(),
          List.of(),
          sought.lookedBefore());
    }

    @Override
    public List<Step> plan(CatalogPlan desired, R world, Planning planning) {
      if (planned && how == Looks.BELIEVES_ITS_OWN_WRITES) {
        return List.of();
      }
      planned = true;
      return real.plan(desired, world, planning);
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public int mapping() {
      return real.mapping();
    }

    @Override
    public Map<String, String> meaning() {
      return real.meaning();
    }

    @Override
    public AccountFacts account() {
      return real.account();
    }

    @Override
    public Verdict check(CatalogPlan plan, AccountFacts facts) {
      return real.check(plan, facts);
    }

    @Override
    public List<Violation> conflicts(CatalogPlan desired, R world) {
      return real.conflicts(desired, world);
    }

    @Override
    public OptionalLong subscribersSeen(R world) {
      return real.subscribersSeen(world);
    }

    @Override
    public Optional<RemoteView> view(R world) {
      return real.view(world);
    }

    @Override
    public Subscribers subscribers(R world) {
      return real.subscribers(world);
    }

    @Override
    public Removal removal(Policies.Deletion policy, R world) {
      return real.removal(policy, world);
    }

    @Override
    public Refusal refusal(Step step, ApiResponse response) {
      return real.refusal(step, response);
    }

    @Override
    public Optional<String> sweep(Set<String> externalIds, Consumer<Listed<R>> sink) {
      return real.sweep(externalIds, sink);
    }
  }
}
