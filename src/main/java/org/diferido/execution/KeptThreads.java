package org.diferido.execution;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.diferido.job.SteadyClock;
import org.jspecify.annotations.Nullable;

/**
 * The container's executor, each thread of which waits a moment for another task before it is given
 * back. For each task it is given Payara 6 looks through all its jars for whoever keeps contexts
 * ({@code ContextSetupProviderImpl.saveContext}): a quarter of what a short call cost the service.
 *
 * <p>A task therefore runs in the context of whoever gave the thread its first one. That of the
 * application is the same for all; that of a caller must not matter to any.
 */
final class KeptThreads implements Executor {

  /** Long enough where jobs follow each other, and nothing that a stop has to wait for. */
  private static final Duration STAY = Duration.ofMillis(200);

  /**
   * After which a thread is given back all the same, at the end of its task: the executor may have
   * others that wait for one.
   */
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final Executor container;
  private final Duration stay;
  private final SteadyClock clock;

  /** Not a LinkedTransferQueue, whose timed poll may spin for ever in Java 17 (JDK-8301341). */
  private final SynchronousQueue<Runnable> tasks = new SynchronousQueue<>();

  KeptThreads(Executor container, SteadyClock clock) {
    this(container, STAY, clock);
  }

  /**
   * With another patience.
   *
   * @param stay how long a thread waits for another task
   */
  KeptThreads(Executor container, Duration stay, SteadyClock clock) {
    this.container = container;
    this.stay = stay;
    this.clock = clock;
  }

  /** Never queues: gives the task to a thread that waits, or else to the container's executor. */
  @Override
  public void execute(Runnable task) {
    if (!tasks.offer(task)) {
      container.execute(() -> workFrom(task));
    }
  }

  private void workFrom(Runnable first) {
    Duration end = clock.reading().plus(LONGEST);
    for (Runnable task = first; task != null; task = next(end)) {
      task.run();
    }
  }

  /** None for an interrupted thread: what the interrupt meant is the container's to know. */
  private @Nullable Runnable next(Duration end) {
    if (Thread.currentThread().isInterrupted() || clock.hasReached(end)) {
      return null;
    }
    try {
      return tasks.poll(stay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
