package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.diferido.HandClock;
import org.junit.jupiter.api.Test;

class AskedElsewhereTest {

  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final Duration HOLDS = Duration.ofSeconds(30);

  private final HandClock clock = new HandClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<Runnable> later = new ArrayDeque<>();

  private AskedElsewhere<Integer> question() {
    return new AskedElsewhere<>(asked::incrementAndGet, FRESH, HOLDS, later::add, clock);
  }

  private void letAnswer() {
    later.remove().run();
  }

  @Test
  void nobodyIsAskedUntilSomebodyWantsToKnow() {
    AskedElsewhere<Integer> question = question();
    assertThat(later).isEmpty();
    assertThat(question.answer(Duration.ZERO)).isEmpty();
    assertThat(later).hasSize(1);
    letAnswer();
    assertThat(question.answer(Duration.ZERO)).contains(1);
    assertThat(later).isEmpty();
  }

  @Test
  void aFreshAnswerIsNotAskedForAgainAndAnOldOneIsToldWhileItIs() {
    AskedElsewhere<Integer> question = question();
    question.answer(Duration.ZERO);
    letAnswer();
    clock.advance(FRESH.minusMillis(1));
    assertThat(question.answer(Duration.ZERO)).contains(1);
    assertThat(later).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(question.answer(Duration.ZERO)).contains(1);
    assertThat(question.answer(Duration.ZERO)).contains(1);
    assertThat(later).as("asked once, however many want to know").hasSize(1);
    letAnswer();
    assertThat(question.answer(Duration.ZERO)).contains(2);
  }

  @Test
  void whatIsNotAnsweredForLongIsNotKnown() {
    AskedElsewhere<Integer> question = question();
    question.answer(Duration.ZERO);
    letAnswer();
    clock.advance(HOLDS.minusMillis(1));
    assertThat(question.answer(Duration.ZERO)).contains(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(question.answer(Duration.ZERO)).isEmpty();
  }

  @Test
  void whoHasPatienceIsToldTheNewAnswer() {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    CountDownLatch begun = new CountDownLatch(1);
    AskedElsewhere<Integer> question =
        new AskedElsewhere<>(
            () -> {
              begun.countDown();
              return 7;
            },
            FRESH,
            HOLDS,
            threads,
            clock);
    assertThat(question.answer(Duration.ofSeconds(30))).contains(7);
    assertThat(begun.getCount()).isZero();
    threads.shutdown();
  }

  @Test
  void whatThrowsOrFindsNoThreadHasNoAnswerAndIsAskedAgain() {
    AtomicInteger tries = new AtomicInteger();
    AskedElsewhere<Integer> question =
        new AskedElsewhere<>(
            () -> {
              if (tries.incrementAndGet() == 2) {
                throw new IllegalStateException("unforeseen");
              }
              return tries.get();
            },
            FRESH,
            HOLDS,
            task -> {
              if (tries.get() == 0) {
                tries.incrementAndGet();
                throw new RejectedExecutionException("full");
              }
              task.run();
            },
            clock);
    assertThat(question.answer(Duration.ZERO)).isEmpty();
    assertThat(question.answer(Duration.ZERO)).isEmpty();
    assertThat(question.answer(Duration.ZERO)).contains(3);
  }
}
