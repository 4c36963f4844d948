package org.diferido.execution;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
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

  private final Executor container;
  private final TransferQueue<Runnable> tasks = new LinkedTransferQueue<>();

  KeptThreads(Executor container) {
    this.container = container;
  }

  /** Never queues: gives the task to a thread that waits, or else to the container's executor. */
  @Override
  public void execute(Runnable task) {
    if (!tasks.tryTransfer(task)) {
      container.execute(() -> workFrom(task));
    }
  }

  private void workFrom(Runnable first) {
    for (Runnable task = first; task != null; task = next()) {
      task.run();
    }
  }

  /** None for an interrupted thread: what the interrupt meant is the container's to know. */
  private @Nullable Runnable next() {
    try {
      return tasks.poll(STAY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
