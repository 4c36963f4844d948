package org.diferido.execution;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.SteadyClock;
import org.jspecify.annotations.Nullable;

/**
 * How many more jobs may be queued, and of each caller: whoever has filled the queue must not keep
 * the others out. The queue is counted now and then, not for each job.
 */
final class QueueRoom {

  /** For so long other nodes may queue unseen. */
  static final Duration COUNT_HOLDS = Duration.ofSeconds(1);

  /** For so long whoever comes to a full queue is refused without another look at it. */
  static final Duration FULL_HOLDS = Duration.ofMillis(100);

  /** How long one who comes waits for another who counts. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int capacity;
  private final int perOwner;
  private final Supplier<Map<String, Long>> count;
  private final SteadyClock clock;

  private final ReentrantLock counting = new ReentrantLock();

  /** By owner, at the last count and since; guarded by the lock, as is what follows. */
  private final Map<String, Long> waiting = new HashMap<>();

  private long total;

  /** By owner, how many are being added at this moment; not guarded: nobody waits to be done. */
  private final Map<String, Long> underway = new ConcurrentHashMap<>();

  /** When, by the steady clock; null before the first time. */
  private @Nullable Duration counted;

  /**
   * @param capacity queued jobs of all
   * @param perOwner queued jobs of one caller
   * @param count counts the queued jobs of each caller
   */
  QueueRoom(int capacity, int perOwner, Supplier<Map<String, Long>> count, SteadyClock clock) {
    this.capacity = capacity;
    this.perOwner = perOwner;
    this.count = count;
    this.clock = clock;
  }

  /**
   * Takes room for a job that is about to be added; {@link #settled} has to follow.
   *
   * @throws org.diferido.failure.FailureException QUEUE_FULL, TOO_MANY_QUEUED, REGISTRY_UNAVAILABLE
   */
  void take(String owner) {
    lock();
    try {
      if (isOlderThan(COUNT_HOLDS) || (isFullFor(owner) && isOlderThan(FULL_HOLDS))) {
        count();
      }
      if (total >= capacity) {
        throw Failure.of(FailureCode.QUEUE_FULL, capacity).toException();
      }
      if (isFullFor(owner)) {
        throw Failure.of(FailureCode.TOO_MANY_QUEUED, perOwner).toException();
      }
      add(owner, 1);
      underway.merge(owner, 1L, Long::sum);
    } finally {
      counting.unlock();
    }
  }

  /** The job is in the queue, or will not be. */
  void settled(String owner) {
    underway.computeIfPresent(owner, (same, jobs) -> jobs > 1 ? jobs - 1 : null);
  }

  /** A registry that does not answer who counts must not keep all others waiting one by one. */
  private void lock() {
    try {
      if (!counting.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Failure.of(FailureCode.REGISTRY_UNAVAILABLE).toException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailureException(Failure.of(FailureCode.SHUTTING_DOWN), e);
    }
  }

  private boolean isOlderThan(Duration time) {
    return counted == null || clock.hasReached(counted.plus(time));
  }

  private boolean isFullFor(String owner) {
    return total >= capacity || waiting.getOrDefault(owner, 0L) >= perOwner;
  }

  private void count() {
    Duration now = clock.reading();
    Map<String, Long> jobs = count.get();
    waiting.clear();
    total = 0;
    jobs.forEach(this::add);
    // They may or may not be counted: twice is better than not at all.
    underway.forEach(this::add);
    counted = now;
  }

  private void add(String owner, long jobs) {
    waiting.merge(owner, jobs, Long::sum);
    total += jobs;
  }
}
