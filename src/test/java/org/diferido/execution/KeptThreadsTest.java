package org.diferido.execution;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.diferido.HandClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptThreadsTest {

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, SECONDS, new SynchronousQueue<>());
  private final AtomicInteger given = new AtomicInteger();
  private final HandClock clock = new HandClock();
  private final Executor kept = keptFor(Duration.ofMillis(20));

  private Executor keptFor(Duration stay) {
    return new KeptThreads(
        task -> {
          given.incrementAndGet();
          threads.execute(task);
        },
        stay,
        clock);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aThreadThatWaitsTakesTheNextTask() throws Exception {
    Executor patient = keptFor(Duration.ofMinutes(5));
    AtomicInteger ran = new AtomicInteger();
    AtomicReference<Thread> worker = new AtomicReference<>();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(2);
    patient.execute(
        () -> {
          worker.set(Thread.currentThread());
          ran.incrementAndGet();
          first.countDown();
          done.countDown();
        });
    assertThat(first.await(10, SECONDS)).isTrue();
    await("the thread to wait for more")
        .until(() -> worker.get().getState() == Thread.State.TIMED_WAITING);
    patient.execute(
        () -> {
          ran.incrementAndGet();
          done.countDown();
        });
    assertThat(done.await(10, SECONDS)).isTrue();
    assertThat(ran).hasValue(2);
    assertThat(given).hasValue(1);
  }

  /** A thread that gives up at the moment a task comes must not take it along. */
  @Test
  void everyTaskRunsOnce() throws Exception {
    int tasks = 20_000;
    Set<Integer> ran = ConcurrentHashMap.newKeySet();
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(tasks);
    Semaphore workers = new Semaphore(16);
    ExecutorService givers = Executors.newFixedThreadPool(4);
    try {
      for (int at = 0; at < tasks; at++) {
        int number = at;
        givers.execute(
            () -> {
              workers.acquireUninterruptibly();
              kept.execute(
                  () -> {
                    ran.add(number);
                    runs.incrementAndGet();
                    if (number % 7 == 0) {
                      Thread.currentThread().interrupt();
                    }
                    workers.release();
                    done.countDown();
                  });
            });
      }
      assertThat(done.await(60, SECONDS)).isTrue();
    } finally {
      givers.shutdownNow();
    }
    assertThat(ran).hasSize(tasks);
    assertThat(runs).hasValue(tasks);
    assertThat(given.get()).isLessThan(tasks);
  }

  /** Its interrupt is for whoever owns the thread, and no later task finds it. */
  @Test
  void aThreadThatIsInterruptedIsGivenBack() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    kept.execute(
        () -> {
          Thread.currentThread().interrupt();
          interrupted.countDown();
        });
    assertThat(interrupted.await(10, SECONDS)).isTrue();
    await().until(() -> threads.getActiveCount() == 0);
    CountDownLatch next = new CountDownLatch(1);
    AtomicInteger found = new AtomicInteger();
    kept.execute(
        () -> {
          found.set(Thread.currentThread().isInterrupted() ? 1 : 0);
          next.countDown();
        });
    assertThat(next.await(10, SECONDS)).isTrue();
    assertThat(found).hasValue(0);
  }

  /** Others may wait for a thread of the container's, such as the node's own tasks. */
  @Test
  void aThreadIsGivenBackAfterAWhileHoweverMuchThereIsToDo() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    kept.execute(
        () -> {
          clock.advance(Duration.ofSeconds(3));
          first.countDown();
        });
    assertThat(first.await(10, SECONDS)).isTrue();
    await().until(() -> threads.getActiveCount() == 0);
    CountDownLatch second = new CountDownLatch(1);
    kept.execute(second::countDown);
    assertThat(second.await(10, SECONDS)).isTrue();
    assertThat(given).hasValue(2);
  }

  /** And is no loss: the thread of a task that threw is gone, the next has one of its own. */
  @Test
  void aTaskThatThrowsTakesOnlyItsThreadAlong() throws Exception {
    threads.setThreadFactory(
        task -> {
          Thread thread = new Thread(task);
          thread.setUncaughtExceptionHandler((one, expected) -> {});
          return thread;
        });
    kept.execute(
        () -> {
          throw new IllegalStateException("of the task");
        });
    CountDownLatch next = new CountDownLatch(1);
    kept.execute(next::countDown);
    assertThat(next.await(10, SECONDS)).isTrue();
  }

  @Test
  void aRefusalOfTheContainerIsPassedOn() {
    Executor refusing =
        new KeptThreads(
            task -> {
              throw new RejectedExecutionException("full");
            },
            clock);
    assertThatThrownBy(() -> refusing.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }
}
