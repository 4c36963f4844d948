package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does many small things elsewhere: on a few threads, since a server takes a millisecond to begin
 * something on another, and on one more at each moment in which some have to wait, since each of
 * them may be kept by somebody who reads slowly; up to a limit, since others need threads as well.
 */
final class HandOver {

  private static final Logger LOG = System.getLogger(HandOver.class.getName());

  private static final int USUAL = 4;
  private static final int MOST = 40;

  private final Executor executor;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger threads = new AtomicInteger();

  HandOver(Executor executor) {
    this.executor = executor;
  }

  /** To be done soon. Where there is no thread at all it is done on this one. */
  void add(Runnable task) {
    tasks.add(task);
    if (threads.get() < USUAL) {
      begin();
    }
  }

  /** Some time has gone by. */
  void moment() {
    if (!tasks.isEmpty() && threads.get() < MOST) {
      begin();
    }
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }

  private void begin() {
    threads.incrementAndGet();
    try {
      executor.execute(this::work);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.DEBUG, "no thread to answer those who wait", e);
      if (threads.get() == 1) {
        work();
      } else {
        threads.decrementAndGet();
      }
    }
  }

  private void work() {
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        guarded(task);
      }
    } finally {
      threads.decrementAndGet();
    }
    // What was added since the last look, when this thread still counted.
    if (!tasks.isEmpty() && threads.get() == 0) {
      begin();
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "somebody who waits cannot be answered", e);
    }
  }
}
