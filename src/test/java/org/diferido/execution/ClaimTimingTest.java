package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Step by step, on one thread: what happens during a claim or a pause is told beforehand. */
class ClaimTimingTest {

  private static final int WORKERS = 8;
  private static final int ENOUGH = 6;

  private int free;
  private final List<Integer> claims = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final Queue<Runnable> duringClaims = new ArrayDeque<>();
  private final Queue<Runnable> duringPauses = new ArrayDeque<>();
  private final Deque<Runnable> elsewhere = new ArrayDeque<>();
  private final ClaimTiming timing = new ClaimTiming(this::claim, () -> free, WORKERS, this::pause);

  private void claim() {
    claims.add(free);
    free = 0;
    next(duringClaims);
  }

  private void pause(Duration time) {
    pauses.add(time);
    next(duringPauses);
  }

  private static void next(Queue<Runnable> steps) {
    Runnable step = steps.poll();
    if (step != null) {
      step.run();
    }
  }

  /** As a worker does whose call has ended. */
  private void freed(int workers) {
    for (int at = 0; at < workers; at++) {
      free++;
      timing.soon();
    }
  }

  @Test
  void theFirstWaitsForAll() {
    duringPauses.add(() -> freed(3));
    freed(1);
    assertThat(claims).containsExactly(4);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void whoMakesThemEnoughClaimsForAll() {
    duringPauses.add(() -> freed(ENOUGH - 1));
    freed(1);
    assertThat(claims).containsExactly(ENOUGH);
  }

  @Test
  void whoIsFreeDuringAClaimIsNotClaimedForAlone() {
    free = ENOUGH;
    duringClaims.add(() -> freed(2));
    duringPauses.add(() -> freed(2));
    timing.now();
    assertThat(claims).containsExactly(ENOUGH, 4);
  }

  @Test
  void enoughThatAreFreeDuringAClaimNeedNotWait() {
    duringClaims.add(
        () -> {
          free = ENOUGH - 1;
          freed(1);
        });
    timing.now();
    assertThat(claims).containsExactly(0, ENOUGH);
    assertThat(pauses).isEmpty();
  }

  @Test
  void theTimerClaimsAtOnce() {
    free = 1;
    timing.now();
    assertThat(claims).containsExactly(1);
    assertThat(pauses).isEmpty();
    assertThat(timing.isClaiming()).isFalse();
  }

  @Test
  void aClaimThatFailsLeavesTheWayFree() {
    duringClaims.add(
        () -> {
          throw new IllegalStateException("away");
        });
    timing.now();
    free = 1;
    timing.now();
    assertThat(claims).containsExactly(0, 1);
  }

  @Test
  void whoMayNotWaitLeavesThatToAnother() {
    free = 1;
    timing.soon(elsewhere::add);
    assertThat(claims).isEmpty();
    elsewhere.remove().run();
    assertThat(claims).containsExactly(1);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void whoMayNotWaitClaimsForEnough() {
    free = ENOUGH;
    duringClaims.add(() -> freed(1));
    timing.soon(elsewhere::add);
    assertThat(claims).containsExactly(ENOUGH);
    elsewhere.remove().run();
    assertThat(claims).containsExactly(ENOUGH, 1);
  }

  @Test
  void nobodyIsSentWhereOneWaits() {
    duringPauses.add(() -> timing.soon(elsewhere::add));
    freed(1);
    assertThat(elsewhere).isEmpty();
    assertThat(claims).containsExactly(1);
  }

  /** It would claim for few, while another one waits for many. */
  @Test
  void whoWasForestalledDoesNotClaimWhenAnotherWaits() throws Exception {
    BlockingQueue<CountDownLatch> pausing = new LinkedBlockingQueue<>();
    ClaimTiming threaded =
        new ClaimTiming(this::claim, () -> free, WORKERS, time -> waitedIn(pausing));
    free = 1;
    Thread first = started(threaded::soon);
    CountDownLatch ofFirst = pausing.take();
    free = ENOUGH;
    threaded.soon();
    free = 1;
    Thread second = started(threaded::soon);
    CountDownLatch ofSecond = pausing.take();
    ofFirst.countDown();
    first.join();
    assertThat(claims).containsExactly(ENOUGH);
    ofSecond.countDown();
    second.join();
    assertThat(claims).containsExactly(ENOUGH, 1);
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  private static void waitedIn(Queue<CountDownLatch> pausing) {
    CountDownLatch mine = new CountDownLatch(1);
    pausing.add(mine);
    try {
      mine.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void afterLongCallsNobodyWaitsForLong() {
    assertThat(timing.linger()).isEqualTo(Duration.ofMillis(20));
    timing.took(Duration.ofMillis(500));
    assertThat(timing.linger()).isEqualTo(Duration.ofMillis(1));
    for (int at = 0; at < 10; at++) {
      timing.took(Duration.ofMillis(2));
    }
    assertThat(timing.linger()).isEqualTo(Duration.ofMillis(20));
  }
}
