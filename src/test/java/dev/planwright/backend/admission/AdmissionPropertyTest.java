package dev.planwright.backend.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.planwright.backend.client.ManualClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AdmissionPropertyTest {
  private static final Duration RESERVED = Duration.ofSeconds(60);
  private static final int KEYS = 10_000;
  private static final List<Lane> LANES = List.of(Lane.values());

  /**
   * Ten thousand keys ask, are offered, work, give back, vanish, are cancelled and come late, in
   * any order: never more permits than there are, and at the end everybody who still wants one got
   * it.
   */
  @Property(tries = 15)
  void noPermitIsLostAndNoneIsMadeWhateverTheOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int capacity) {
    Random random = new Random(seed);
    ManualClock clock = new ManualClock();
    Deque<Integer> offers = new ArrayDeque<>();
    Admission<Integer> admission = new Admission<>(capacity, RESERVED, clock, offers::add);
    List<Integer> working = new ArrayList<>();
    Set<Integer> wanting = new HashSet<>();

    for (int key = 0; key < KEYS; key++) {
      ask(admission, key, random, working, wanting);
    }
    for (int i = 0; i < 3 * KEYS; i++) {
      switch (random.nextInt(8)) {
        case 0 -> ask(admission, random.nextInt(KEYS), random, working, wanting);
        case 1 -> {
          int key = random.nextInt(KEYS);
          admission.cancel(key);
          wanting.remove(key);
        }
        case 2 -> clock.advance(Duration.ofSeconds(random.nextInt(20)));
        case 3 -> {
          Integer vanished =
              offers.poll(); // nobody will ever ask for it: only time frees its permit
          wanting.remove(vanished);
        }
        case 4, 5 -> {
          if (!working.isEmpty()) {
            admission.release(working.remove(random.nextInt(working.size())));
          }
        }
        default -> takeUp(admission, offers, random, working, wanting);
      }
      assertThat(admission.inUse()).isBetween(working.size(), capacity);
      assertThat(working).hasSizeLessThanOrEqualTo(capacity);
    }

    // Everybody asks once more, as a later run does, and all work ends: the queue must run dry.
    for (int key : List.copyOf(wanting)) {
      ask(admission, key, random, working, wanting);
    }
    while (!wanting.isEmpty() || !working.isEmpty()) {
      if (working.isEmpty() && offers.isEmpty()) {
        clock.advance(RESERVED);
        admission.tick();
        for (int key : List.copyOf(wanting)) {
          ask(admission, key, random, working, wanting);
        }
        assertThat(working.size() + offers.size()).as("a permit was lost").isPositive();
      }
      takeUp(admission, offers, random, working, wanting);
      for (int key : List.copyOf(working)) {
        admission.release(key);
      }
      working.clear();
    }
    clock.advance(RESERVED);
    admission.tick();
    assertThat(admission.inUse()).isZero();
    assertThat(admission.depth().values()).containsOnly(0);
  }

  @Test
  @Timeout(60)
  void noPermitIsLostAmongManyThreads() throws Exception {
    int capacity = 4;
    Queue<Integer> offers = new ConcurrentLinkedQueue<>();
    Admission<Integer> admission =
        new Admission<>(capacity, RESERVED, new ManualClock(), offers::add);
    AtomicInteger atWork = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    AtomicInteger next = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(8);
    for (int thread = 0; thread < 8; thread++) {
      Thread.ofPlatform()
          .start(
              () -> {
                while (done.size() < KEYS) {
                  Integer key = offers.poll();
                  if (key == null) {
                    int fresh = next.getAndIncrement();
                    key = fresh < KEYS ? fresh : null;
                  }
                  if (key == null) {
                    Thread.onSpinWait();
                  } else if (admission.tryAdmit(key, LANES.get(key % 4))) {
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    done.add(key);
                    atWork.decrementAndGet();
                    admission.release(key);
                  }
                }
                ended.countDown();
              });
    }

    assertThat(ended.await(50, TimeUnit.SECONDS)).as("all %s of %s", done.size(), KEYS).isTrue();
    assertThat(most.get()).isLessThanOrEqualTo(capacity);
    assertThat(admission.inUse()).isZero();
  }

  private static void ask(
      Admission<Integer> admission,
      int key,
      Random random,
      List<Integer> working,
      Set<Integer> wanting) {
    if (working.contains(key)) {
      return;
    }
    if (admission.tryAdmit(key, LANES.get(random.nextInt(4)))) {
      working.add(key);
      wanting.remove(key);
    } else {
      wanting.add(key);
    }
  }

  private static void takeUp(
      Admission<Integer> admission,
      Deque<Integer> offers,
      Random random,
      List<Integer> working,
      Set<Integer> wanting) {
    Integer key = offers.poll();
    if (key != null && wanting.contains(key)) {
      ask(admission, key, random, working, wanting);
    }
  }
}
