package dev.planwright.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.BillingBackend;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuardedReconcilerTest {
  /** What the runs to come throw, in order; then they succeed. */
  private final Deque<RuntimeException> failing = new ArrayDeque<>();

  private final GuardedReconciler<BillingBackend> guarded =
      new GuardedReconciler<>(
          (backend, context) -> {
            if (!failing.isEmpty()) {
              throw failing.pop();
            }
            return UpdateControl.noUpdate();
          },
          "billingbackend",
          new OperatorMetrics(new SimpleMeterRegistry()),
          new Random(1));

  @Test
  void aRunThatThrowsComesAgainLaterAndLaterAndIsForgottenOnceItSucceeds() throws Exception {
    failing.addAll(List.of(broken(), broken(), broken(), broken(), broken(), broken()));
    Duration longest = Duration.ZERO;
    for (int run = 0; run < 6; run++) {
      Duration wait = again();
      assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMinutes(5));
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(2));
    assertThat(run().getScheduleDelay()).isEmpty();

    failing.add(broken());
    assertThat(again()).as("as after a first failure").isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  private static RuntimeException broken() {
    return new IllegalStateException("broken on purpose");
  }

  private Duration again() throws Exception {
    return Duration.ofMillis(run().getScheduleDelay().orElseThrow());
  }

  @SuppressWarnings("NullAway") // nobody looks at the context
  private UpdateControl<BillingBackend> run() throws Exception {
    BillingBackend backend = new BillingBackend();
    backend.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("default").build());
    return guarded.reconcile(backend, null);
  }
}
