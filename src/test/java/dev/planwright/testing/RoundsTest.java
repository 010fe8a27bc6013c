package dev.planwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** The knob reaches the properties: as many tries as it says, and not the same ones again. */
class RoundsTest {
  private static final int TRIES = 40;
  private static final List<Long> TRIED = new ArrayList<>();

  @Property(tries = TRIES)
  void countsItsTries(@ForAll long number) {
    TRIED.add(number);
  }

  @AfterContainer
  static void everyRoundTriesOtherValues() {
    int rounds = Rounds.configured();
    assertThat(TRIED).hasSize(TRIES * rounds);
    Set<List<Long>> different = new HashSet<>();
    for (int round = 0; round < rounds; round++) {
      different.add(TRIED.subList(TRIES * round, TRIES * (round + 1)));
    }
    assertThat(different).as("each round with a seed of its own").hasSize(rounds);
  }
}
