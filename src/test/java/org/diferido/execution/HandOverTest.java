package org.diferido.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandOverTest {

  @Test
  void manyThingsAreDoneOnAFewThreads() {
    Deque<Runnable> begun = new ArrayDeque<>();
    HandOver handOver = new HandOver(begun::add);
    List<Integer> done = new ArrayList<>();
    for (int at = 0; at < 1000; at++) {
      int number = at;
      handOver.add(() -> done.add(number));
    }
    assertThat(begun).hasSize(4);
    begun.forEach(Runnable::run);
    assertThat(done).hasSize(1000).isSorted();
    assertThat(handOver.isIdle()).isTrue();
    handOver.moment();
    assertThat(begun).hasSize(4);
  }

  @Test
  void whoKeepsAThreadDoesNotKeepTheOthers() throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    CountDownLatch slow = new CountDownLatch(1);
    try {
      HandOver handOver = new HandOver(executor);
      for (int at = 0; at < 10; at++) {
        handOver.add(
            () -> {
              try {
                slow.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
      }
      AtomicInteger done = new AtomicInteger();
      handOver.add(done::incrementAndGet);
      await()
          .untilAsserted(
              () -> {
                handOver.moment();
                assertThat(done).hasValue(1);
              });
    } finally {
      slow.countDown();
      executor.shutdown();
    }
  }

  @Test
  void nothingIsLostWhenManyAddAtTheSameTime() throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    ExecutorService adders = Executors.newFixedThreadPool(4);
    try {
      HandOver handOver = new HandOver(executor);
      AtomicInteger done = new AtomicInteger();
      for (int at = 0; at < 40_000; at++) {
        adders.execute(() -> handOver.add(done::incrementAndGet));
      }
      await().untilAsserted(() -> assertThat(done).hasValue(40_000));
    } finally {
      adders.shutdown();
      executor.shutdown();
    }
  }

  @Test
  void withoutAThreadItIsDoneOnThisOne() {
    HandOver handOver =
        new HandOver(
            task -> {
              throw new RejectedExecutionException();
            });
    AtomicInteger done = new AtomicInteger();
    handOver.add(
        () -> {
          throw new IllegalStateException("one that fails keeps none of the others");
        });
    handOver.add(done::incrementAndGet);
    assertThat(done).hasValue(1);
  }
}
