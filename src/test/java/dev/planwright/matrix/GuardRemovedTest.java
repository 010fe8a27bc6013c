package dev.planwright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.AccountConfig;
import dev.planwright.backend.AccountFacts;
import dev.planwright.backend.Affects;
import dev.planwright.backend.ApiResponse;
import dev.planwright.backend.Listed;
import dev.planwright.backend.Observation;
import dev.planwright.backend.Provider;
import dev.planwright.backend.ProviderFactory;
import dev.planwright.backend.Refusal;
import dev.planwright.backend.RemoteView;
import dev.planwright.backend.Removal;
import dev.planwright.backend.Sought;
import dev.planwright.backend.Step;
import dev.planwright.backend.Subscribers;
import dev.planwright.backend.Verdict;
import dev.planwright.backend.client.ManualClock;
import dev.planwright.catalog.CatalogPlan;
import dev.planwright.catalog.Identity;
import dev.planwright.catalog.Policies;
import dev.planwright.catalog.Violation;
import dev.planwright.emulator.noderails.Switch;
import dev.planwright.sync.Memory;
import dev.planwright.sync.Outcome;
import dev.planwright.sync.StatusStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes one guard away at a time: a matrix that stays green then would prove nothing. */
class GuardRemovedTest {

  /** Backends on which nothing is unique, and one on which the parts of a plan are not. */
  static List<Arguments> unguardedCreates() {
    return List.of(
        Arguments.of(new MarkOnlyUnderTest(), "create a plan with 3 prices"),
        Arguments.of(new NodeRailsUnderTest(), "create a plan with 3 prices"),
        Arguments.of(new PaygenticUnderTest(), "create a plan with 3 prices"),
        Arguments.of(new SchematicUnderTest(false), "create a plan with 3 prices"),
        Arguments.of(new BxbUnderTest(true), "create with commitment and thresholds"),
        Arguments.of(new BxbUnderTest(true), "change commitment and thresholds"));
  }

  @ParameterizedTest
  @MethodSource("unguardedCreates")
  void withoutTheJournalACreateThatLandedLateIsMadeTwice(
      BackendUnderTest backend, String scenario) {
    MatrixReport report =
        Matrix.run(
            only(backend, scenario),
            new Tamper() {
              @Override
              public StatusStore store(StatusStore real) {
                return new StatusStore() {
                  @Override
                  public void write(Memory memory) {
                    // The guard that is taken away.
                  }

                  @Override
                  public Optional<Instant> holdCreates() {
                    return real.holdCreates();
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
  void withoutWaitingForTheCallsOfAKilledOneWhatItCreatedIsLeftBehind() {
    for (BackendUnderTest backend : List.of(new HttpUnderTest(), new BxbUnderTest(true))) {
      MatrixReport report =
          Matrix.run(
              only(backend, "delete while it is created"),
              new Tamper() {
                @Override
                public StatusStore store(StatusStore real) {
                  return new StatusStore() {
                    @Override
                    public void write(Memory memory) throws StaleException {
                      real.write(memory);
                    }

                    @Override
                    public Optional<String> whyNotRemove() {
                      return real.whyNotRemove();
                    }
                  };
                }
              });

      assertThat(report.leaks()).as(backend.name()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("unguardedCreates")
  void withoutASecondLookACreateThatLandedLateIsMadeTwice(
      BackendUnderTest backend, String scenario) {
    MatrixReport report = Matrix.run(only(backend, scenario), looks(Looks.BELIEVES_ONE));

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

  /** Held by the core, whatever a provider's listing shows. */
  @Test
  void aPlanThatWasCreatedAndIsNotShownYetIsNotCreatedAgain() {
    Scenario create =
        Scenario.create("create", SamplePlans.team(), SamplePlans.policies()).reverting();
    ManualClock clock = new ManualClock();
    BackendUnderTest backend = new MarkOnlyUnderTest();
    try (Server server = backend.fresh(clock)) {
      Plot plot = Plot.undisturbed();
      Desk desk = new Desk();
      OperatorProcess process =
          OperatorProcess.start(
              backend, new Wire(server, clock, plot), clock, desk, plot, looks(Looks.NEVER_SHOWN));
      for (int run = 0; run < 3; run++) {
        assertThat(process.once(create.goal(), create)).isNotEqualTo(new Outcome.Done());
        clock.advance(OperatorProcess.TIMEOUT.multipliedBy(4));
      }

      assertThat(server.objects()).filteredOn(it -> it.startsWith("plan")).hasSize(1);
    }
  }

  @Test
  void withoutReadingBackReadyIsSaidWhenItIsNotTrue() {
    MatrixReport report =
        Matrix.run(
            only(new BxbUnderTest(true), "create with commitment and thresholds"),
            looks(Looks.BELIEVES_ITS_OWN_WRITES));

    assertThat(report.failures()).anyMatch(failure -> failure.contains("Ready was said"));
  }

  @Test
  void aStepThatHidesWhomItTouchesIsSentToPeopleWhoPay() {
    GuardCase baseFee =
        GuardCases.all().stream()
            .filter(it -> it.toString().equals("bxb: change base fee"))
            .findFirst()
            .orElseThrow();
    try (GuardRun run = new GuardRun(baseFee, GuardRun.Path.EDIT, looks(Looks.TOUCHES_NOBODY))) {
      run.subscribe();

      assertThat(run.attempt(Policies.ExistingSubscribers.KEEP).calls()).isEqualTo(baseFee.calls());
    }
  }

  @Test
  void aLifeShowsWhoPaysAnotherPriceWhenStepsHideWhomTheyTouch() {
    assertThat(worst(new BxbUnderTest(true), looks(Looks.TOUCHES_NOBODY)))
        .hasValueSatisfying(story -> assertThat(story).contains(" paid [", " and pays ["));
  }

  @Test
  void aLifeShowsAPlanThatIsSoldAtAnotherPriceThanItIsSaid() {
    assertThat(worst(new BxbUnderTest(true), looks(Looks.BELIEVES_ITS_OWN_WRITES)))
        .hasValueSatisfying(
            story ->
                assertThat(story).containsAnyOf("a newcomer pays [", "0 plans", "not at rest: "));
  }

  @Test
  void aLifeShowsAPlanThatIsMadeTwice() {
    assertThat(worst(new SchematicUnderTest(false), looks(Looks.SEES_NOTHING)))
        .hasValueSatisfying(story -> assertThat(story).contains("2 plans"));
  }

  /** The first of some lives in which something happens that never may. */
  private static Optional<String> worst(BackendUnderTest backend, Tamper tamper) {
    for (long seed = 0; seed < 40; seed++) {
      try {
        new Life(backend, seed, tamper).live(4);
      } catch (AssertionError shown) {
        return Optional.of(String.valueOf(shown.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static BackendUnderTest only(BackendUnderTest backend, String scenario) {
    return new BackendUnderTest() {
      @Override
      public String name() {
        return backend.name() + "-tampered";
      }

      @Override
      public Server fresh(InstantSource clock) {
        Server server = backend.fresh(clock);
        if (backend instanceof NodeRailsUnderTest) {
          // Where they are honoured they guard too: the second create is answered like the first.
          NodeRailsUnderTest.controls(server).set(Switch.IDEMPOTENCY_KEYS_ARE_IGNORED, true);
        }
        return server;
      }

      @Override
      public ProviderFactory factory() {
        return backend.factory();
      }

      @Override
      public AccountConfig config() {
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
    /** No look ever finds anything. */
    NEVER_SHOWN,
    /** Every step says that it touches nobody. */
    TOUCHES_NOBODY,
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
            case TOUCHES_NOBODY -> sought;
            case BELIEVES_ONE, BELIEVES_ITS_OWN_WRITES -> withoutIntents(sought, sought.identity());
            case NEVER_SHOWN, SEES_NOTHING ->
                looked && how == Looks.SEES_NOTHING
                    ? sought
                    : withoutIntents(
                        sought, new Identity(sought.identity().ownerId(), "nobody-has-this-key"));
          };
      looked = true;
      return real.find(asked);
    }

    private static Sought withoutIntents(Sought sought, Identity identity) {
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
      List<Step> steps = real.plan(desired, world, planning);
      return how == Looks.TOUCHES_NOBODY
          ? steps.stream().map(Blinkered::touchingNobody).toList()
          : steps;
    }

    private static Step touchingNobody(Step step) {
      return new Step(
          step.kind(),
          step.title(),
          step.changes(),
          Affects.NOBODY,
          step.whom(),
          step.removes(),
          step.upkeep(),
          step.erases(),
          step.intent(),
          step.request(),
          step.learn(),
          step.alsoDone());
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
