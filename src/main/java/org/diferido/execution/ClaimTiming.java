package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When free workers take what waits: one claim at a time, and for as many workers as possible,
 * since a claim costs a transaction whether it takes one job or all. So whoever is free waits a
 * moment for others, unless there are enough already.
 */
final class ClaimTiming {

  private static final Logger LOG = System.getLogger(ClaimTiming.class.getName());

  /** Calls that take less, on the average of late, are short. */
  private static final Duration SHORT = Duration.ofMillis(25);

  /** How long a free worker waits for others, if jobs wait and calls are short. */
  private static final Duration LINGER = Duration.ofMillis(20);

  /** And if they are not: then a worker that waits is lost more than a claim saves. */
  private static final Duration LINGER_BRIEFLY = Duration.ofMillis(1);

  /** Of the average, what the last call counts: one part of so many. */
  private static final int MEMORY = 16;

  /** Of the workers, how many need not wait for others. */
  private static final int ENOUGH_PERCENT = 75;

  private final Runnable claim;
  private final IntSupplier free;
  private final int enough;
  private final Consumer<Duration> pause;

  /** How long calls take of late, with the record of their end. */
  private final AtomicLong usualNanos = new AtomicLong();

  /**
   * Who waits for others and is going to claim, as an object of its own: one who was forestalled
   * and wakes late must not take another's wait for its own. Null for nobody.
   */
  private final AtomicReference<@Nullable Object> lingers = new AtomicReference<>();

  /** How often somebody asked to claim since the claiming began; 0 when nobody is claiming. */
  private final AtomicInteger asked = new AtomicInteger();

  /** What was last told of a claim that failed. */
  private volatile String trouble = "";

  /**
   * @param claim takes what waits, for whoever is free
   * @param free how many workers are
   * @param workers how many there are
   * @param pause lets a moment go by
   */
  ClaimTiming(Runnable claim, IntSupplier free, int workers, Consumer<Duration> pause) {
    this.claim = claim;
    this.free = free;
    this.enough = Math.max(1, workers * ENOUGH_PERCENT / 100);
    this.pause = pause;
  }

  /** Lets a moment go by on this thread. */
  static void parked(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** Tells how long a call took. */
  void took(Duration call) {
    usualNanos.updateAndGet(usual -> usual + (call.toNanos() - usual) / MEMORY);
  }

  /** How long a free worker waits for others. */
  Duration linger() {
    return usualNanos.get() < SHORT.toNanos() ? LINGER : LINGER_BRIEFLY;
  }

  boolean isClaiming() {
    return asked.get() > 0;
  }

  /** Claims at once. */
  void now() {
    if (claimed()) {
      soon();
    }
  }

  /** Claims in a moment, for which this thread waits, unless somebody else does. */
  void soon() {
    boolean again;
    do {
      again = isTurn() && claimed();
    } while (again);
  }

  /** Claims in a moment, or at once where enough are free; this thread does not wait. */
  void soon(Executor elsewhere) {
    if (areEnough()) {
      lingers.set(null);
      if (!claimed()) {
        return;
      }
    }
    if (lingers.get() == null) {
      try {
        elsewhere.execute(this::soon);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.DEBUG, "nobody can wait: claimed at once", e);
        now();
      }
    }
  }

  private boolean areEnough() {
    return free.getAsInt() >= enough;
  }

  /** Waits for others unless there are enough; false when another has claimed or is going to. */
  private boolean isTurn() {
    if (areEnough()) {
      lingers.set(null);
      return true;
    }
    Object mine = new Object();
    if (!lingers.compareAndSet(null, mine)) {
      return false;
    }
    pause.accept(linger());
    return lingers.compareAndSet(mine, null);
  }

  /**
   * Claims, or leaves word with whoever does at this moment.
   *
   * @return whether somebody has left word meanwhile: a worker or a job that this claim may not
   *     have seen
   */
  private boolean claimed() {
    if (asked.getAndIncrement() > 0) {
      return false;
    }
    try {
      claim.run();
      trouble = "";
    } catch (RuntimeException | Error e) {
      // Whatever it was, the next who comes has to find the way free.
      tell(e);
    }
    return asked.getAndSet(0) > 1;
  }

  /** Once, and again when it is something else: with the registry away it is asked for all day. */
  private void tell(Throwable e) {
    Level level = e.toString().equals(trouble) ? Level.DEBUG : Level.WARNING;
    trouble = e.toString();
    LOG.log(level, "no job could be claimed", e);
  }
}
