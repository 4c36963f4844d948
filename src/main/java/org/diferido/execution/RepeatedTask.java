package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that is done again and again, never twice at once. The container's scheduler only tells
 * when: it may have a single thread for everybody (Payara Micro 6.2025.10 as delivered), and what
 * is done here may wait for a database that does not answer.
 */
final class RepeatedTask {

  private static final Logger LOG = System.getLogger(RepeatedTask.class.getName());

  /** How long {@link #end} waits for what is just being done. */
  private static final Duration LAST_TIME = Duration.ofSeconds(2);

  private final Executor executor;
  private final Runnable task;
  private final Semaphore turn = new Semaphore(1);
  private volatile boolean over;
  private @Nullable Future<?> timer;

  private RepeatedTask(Executor executor, Runnable task) {
    this.executor = executor;
    this.task = task;
  }

  /**
   * Begins with it.
   *
   * @param time from one time to the next; one that is not over by then is waited for
   * @param task must not throw anything
   */
  static RepeatedTask every(
      Duration time, ScheduledExecutorService scheduler, Executor executor, Runnable task) {
    RepeatedTask repeated = new RepeatedTask(executor, task);
    repeated.timer =
        scheduler.scheduleAtFixedRate(repeated::tick, 0, time.toMillis(), TimeUnit.MILLISECONDS);
    return repeated;
  }

  private void tick() {
    if (over || !turn.tryAcquire()) {
      return;
    }
    try {
      executor.execute(this::work);
    } catch (RuntimeException | Error e) {
      turn.release();
      LOG.log(Level.WARNING, "no thread for what is to be done again and again", e);
    }
  }

  private void work() {
    try {
      if (!over) {
        task.run();
      }
    } finally {
      turn.release();
    }
  }

  /** It is not done any more; what is just being done is waited for, though not for long. */
  void end() {
    over = true;
    if (timer != null) {
      timer.cancel(false);
    }
    try {
      if (turn.tryAcquire(LAST_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        turn.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
