package dev.planwright.backend.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.planwright.backend.client.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration RESERVED = Duration.ofSeconds(60);

  private final ManualClock clock = new ManualClock();
  private final List<String> offered = new ArrayList<>();
  private final Admission<String> one = new Admission<>(1, RESERVED, clock, offered::add);

  @Test
  void aFreePermitIsTakenAtOnce() {
    assertThat(one.tryAdmit("a", Lane.DRIFT)).isTrue();
    assertThat(one.tryAdmit("b", Lane.EDIT)).isFalse();
    assertThat(offered).isEmpty();
    assertThat(one.inUse()).isEqualTo(1);
  }

  @Test
  void whoHoldsAPermitHasItWhenItAsksAgain() {
    assertThat(one.tryAdmit("a", Lane.EDIT)).isTrue();
    assertThat(one.tryAdmit("a", Lane.EDIT)).isTrue();
    assertThat(one.inUse()).isEqualTo(1);
  }

  @Test
  void thoseWhoWaitAreOfferedTheirTurnByLaneAndThenByArrival() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("drift", Lane.DRIFT);
    one.tryAdmit("retry", Lane.RETRY);
    one.tryAdmit("edit 1", Lane.EDIT);
    one.tryAdmit("deletion", Lane.DELETION);
    one.tryAdmit("edit 2", Lane.EDIT);

    one.release("holder");

    assertThat(drain()).containsExactly("edit 1", "edit 2", "deletion", "retry", "drift");
  }

  @Test
  void aPermitThatIsOfferedIsNobodyElses() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("waits", Lane.DRIFT);
    one.release("holder");
    assertThat(offered).containsExactly("waits");

    assertThat(one.tryAdmit("newcomer", Lane.EDIT)).isFalse();
    assertThat(one.tryAdmit("waits", Lane.DRIFT)).isTrue();
  }

  @Test
  void askingAgainKeepsThePlaceAndTakesTheBetterLane() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("early", Lane.DRIFT);
    one.tryAdmit("edit", Lane.EDIT);
    one.tryAdmit("early", Lane.EDIT);
    one.tryAdmit("early", Lane.RETRY);
    assertThat(one.depth()).isEqualTo(depth(2, 0, 0, 0));

    one.release("holder");

    assertThat(drain()).containsExactly("early", "edit");
  }

  @Test
  void everyFourthTurnGoesToWhoWaitedLongestOnceThatIsLong() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("old drift 1", Lane.DRIFT);
    one.tryAdmit("old drift 2", Lane.DRIFT);
    clock.advance(Admission.OLD_AFTER);
    for (int i = 1; i <= 7; i++) {
      one.tryAdmit("edit " + i, Lane.EDIT);
    }

    one.release("holder");

    assertThat(drain())
        .containsExactly(
            "edit 1",
            "edit 2",
            "edit 3",
            "old drift 1",
            "edit 4",
            "edit 5",
            "edit 6",
            "old drift 2",
            "edit 7");
  }

  @Test
  void beforeThatTheLaneAloneDecides() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("drift", Lane.DRIFT);
    clock.advance(Admission.OLD_AFTER.minusMillis(1));
    for (int i = 1; i <= 5; i++) {
      one.tryAdmit("edit " + i, Lane.EDIT);
    }

    one.release("holder");

    assertThat(drain()).last().isEqualTo("drift");
  }

  @Test
  void anOfferThatNobodyTakesGoesToTheNext() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("vanished", Lane.EDIT);
    one.tryAdmit("next", Lane.EDIT);
    one.release("holder");
    clock.advance(RESERVED.minusMillis(1));
    one.tick();
    assertThat(offered).containsExactly("vanished");

    clock.advance(Duration.ofMillis(1));
    one.tick();

    assertThat(offered).containsExactly("vanished", "next");
    assertThat(one.inUse()).isEqualTo(1);
  }

  @Test
  void whoComesTooLateForItsOfferQueuesAnew() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("late", Lane.EDIT);
    one.tryAdmit("next", Lane.EDIT);
    one.release("holder");
    clock.advance(RESERVED);
    one.tick();

    assertThat(one.tryAdmit("late", Lane.EDIT)).isFalse();
    assertThat(one.tryAdmit("next", Lane.EDIT)).isTrue();
    one.release("next");
    assertThat(one.tryAdmit("late", Lane.EDIT)).isTrue();
  }

  @Test
  void aNewcomerWhoFindsOnlyAnExpiredOfferGetsThePermitItself() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("vanished", Lane.EDIT);
    one.release("holder");
    clock.advance(RESERVED);

    assertThat(one.tryAdmit("newcomer", Lane.DRIFT)).isTrue();
    assertThat(offered).containsExactly("vanished");
  }

  @Test
  void cancellingForgetsAWaitingKeyAndPassesOnAnOffer() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("a", Lane.EDIT);
    one.tryAdmit("b", Lane.EDIT);
    one.tryAdmit("c", Lane.EDIT);
    one.cancel("b");
    one.release("holder");
    one.cancel("a");

    assertThat(offered).containsExactly("a", "c");
    assertThat(one.depth()).isEqualTo(depth(0, 0, 0, 0));
  }

  @Test
  void decliningPassesOnAnOfferAndKeepsThePlaceOfWhoOnlyWaits() {
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("a", Lane.EDIT);
    one.tryAdmit("b", Lane.EDIT);
    one.decline("a");
    one.decline("holder");
    assertThat(one.depth()).isEqualTo(depth(2, 0, 0, 0));
    one.release("holder");
    one.decline("a");

    assertThat(offered).containsExactly("a", "b");
  }

  @Test
  void cancellingDoesNotTakeAPermitFromWhoWorks() {
    one.tryAdmit("works", Lane.EDIT);
    one.cancel("works");
    assertThat(one.tryAdmit("other", Lane.EDIT)).isFalse();
  }

  @Test
  void givingBackTwiceFreesOnePermitOnly() {
    Admission<String> two = new Admission<>(2, RESERVED, clock, offered::add);
    two.tryAdmit("a", Lane.EDIT);
    two.tryAdmit("b", Lane.EDIT);
    two.tryAdmit("c", Lane.EDIT);
    two.tryAdmit("d", Lane.EDIT);
    two.release("a");
    two.release("a");
    assertThat(offered).containsExactly("c");
  }

  @Test
  void moreCapacityIsOfferedAtOnceAndLessTakesNothingAway() {
    one.tryAdmit("a", Lane.EDIT);
    one.tryAdmit("b", Lane.EDIT);
    one.tryAdmit("c", Lane.EDIT);
    one.resize(3);
    assertThat(offered).containsExactly("b", "c");
    assertThat(one.tryAdmit("b", Lane.EDIT)).isTrue();

    one.resize(1);
    one.tryAdmit("d", Lane.EDIT);
    one.release("a");
    one.release("b");
    assertThat(offered).containsExactly("b", "c");
    one.cancel("c");
    assertThat(offered).containsExactly("b", "c", "d");
  }

  @Test
  void aFailingCallbackDoesNotKeepTheOthersFromHearing() {
    List<String> heard = new ArrayList<>();
    Admission<String> admission =
        new Admission<>(
            2,
            RESERVED,
            clock,
            key -> {
              heard.add(key);
              throw new IllegalStateException(key);
            });
    admission.tryAdmit("a", Lane.EDIT);
    admission.tryAdmit("b", Lane.EDIT);
    admission.tryAdmit("c", Lane.EDIT);
    admission.tryAdmit("d", Lane.EDIT);

    assertThatThrownBy(() -> admission.resize(4)).hasMessage("c");
    assertThat(heard).containsExactly("c", "d");
  }

  @Test
  void itTellsHowManyWaitAndForHowLong() {
    assertThat(one.oldestWait()).isZero();
    one.tryAdmit("holder", Lane.EDIT);
    one.tryAdmit("a", Lane.DRIFT);
    clock.advance(Duration.ofSeconds(5));
    one.tryAdmit("b", Lane.EDIT);
    clock.advance(Duration.ofSeconds(2));
    one.tryAdmit("a", Lane.RETRY);

    assertThat(one.depth()).isEqualTo(depth(1, 0, 1, 0));
    assertThat(one.oldestWait()).isEqualTo(Duration.ofSeconds(7));
  }

  private static Map<Lane, Integer> depth(int edit, int deletion, int retry, int drift) {
    return Map.of(Lane.EDIT, edit, Lane.DELETION, deletion, Lane.RETRY, retry, Lane.DRIFT, drift);
  }

  /** Takes and gives back every offer, in the order in which they come. */
  private List<String> drain() {
    for (int i = 0; i < offered.size(); i++) {
      assertThat(one.tryAdmit(offered.get(i), Lane.DRIFT)).isTrue();
      one.release(offered.get(i));
    }
    return offered;
  }
}
