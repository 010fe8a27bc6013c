package dev.planwright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.api.v1alpha1.Plan;
import org.junit.jupiter.api.Test;

class LastWrittenTest {
  private final LastWritten<Plan> lastWritten = new LastWritten<>();

  @Test
  void ourOwnWriteIsNewerThanACacheThatHasNotSeenIt() {
    Plan own = lastWritten.remember(plan("team", "10"));
    assertThat(lastWritten.newest(plan("team", "9"))).as("9 < 10 as numbers").isSameAs(own);
    assertThat(lastWritten.newest(plan("other", "9"))).isNotSameAs(own);
  }

  @Test
  void aCacheThatHasSeenItCounts() {
    lastWritten.remember(plan("team", "10"));
    Plan cached = plan("team", "11");
    assertThat(lastWritten.newest(cached)).isSameAs(cached);
    Plan older = plan("team", "9");
    assertThat(lastWritten.newest(older)).as("it was let go").isSameAs(older);
  }

  @Test
  void theVersionThatWeWroteIsTakenFromTheCacheOnceItIsThere() {
    lastWritten.remember(plan("team", "10"));
    Plan cached = plan("team", "10");
    assertThat(lastWritten.newest(cached)).isSameAs(cached);
  }

  @Test
  void versionsThatAreNoNumbersAreNotGuessedAbout() {
    lastWritten.remember(plan("team", "zz"));
    Plan cached = plan("team", "aa");
    assertThat(lastWritten.newest(cached)).isSameAs(cached);
  }

  @Test
  void anObjectThatNoServerGaveIsTakenAsItIs() {
    Plan written = plan("team", "10");
    lastWritten.remember(written);
    Plan made = plan("team", "1");
    made.getMetadata().setUid(null);
    assertThat(lastWritten.newest(made)).isSameAs(made);
    lastWritten.forget(made);
    assertThat(lastWritten.newest(plan("team", "9"))).isSameAs(written);
  }

  @Test
  void whatIsForgottenIsGone() {
    lastWritten.remember(plan("team", "10"));
    lastWritten.forget(plan("team", "1"));
    Plan cached = plan("team", "9");
    assertThat(lastWritten.newest(cached)).isSameAs(cached);
  }

  private static Plan plan(String name, String version) {
    Plan plan = Manifested.plan(name, 1, "{}");
    plan.getMetadata().setResourceVersion(version);
    return plan;
  }
}
