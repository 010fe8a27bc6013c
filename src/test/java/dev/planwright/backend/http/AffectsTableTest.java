package dev.planwright.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.Affects;
import dev.planwright.catalog.Policies.ExistingSubscribers;
import org.junit.jupiter.api.Test;

class AffectsTableTest {
  @Test
  void aFieldWithoutARowIsTakenToTouchWhoAlreadyPays() {
    assertThat(AffectsTable.of("prices.*.surcharge", ExistingSubscribers.KEEP))
        .isEqualTo(Affects.EXISTING_SUBSCRIBERS);
  }

  @Test
  void underKeepNothingReachesWhoAlreadyPays() {
    assertThat(AffectsTable.ROWS).noneMatch(row -> row.underKeep() == Affects.EXISTING_SUBSCRIBERS);
  }
}
