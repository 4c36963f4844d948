package org.diferido.faults.client;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Hands out work so that it lasts as long as the faults do: neither must a fault find the cluster
 * idle, nor is there a reason to wait once there are no more of them.
 */
public final class Pace {

  /** Work that is left when no fault is comes as fast as so many pieces in a second. */
  private static final double FASTEST = 400;

  private final int pieces;
  private final IntSupplier secondsLeft;
  private int given;
  private long next = System.nanoTime();

  /**
   * @param secondsLeft how long the faults will go on, about; 0 when they are over
   */
  public Pace(int pieces, IntSupplier secondsLeft) {
    this.pieces = pieces;
    this.secondsLeft = secondsLeft;
  }

  /** The next piece, when it is its time; empty when there is none. */
  OptionalInt next() throws InterruptedException {
    int piece;
    long due;
    synchronized (this) {
      if (given == pieces) {
        return OptionalInt.empty();
      }
      piece = given++;
      int left = secondsLeft.getAsInt();
      double rate = left == 0 ? FASTEST : Math.min(FASTEST, (pieces - given + 1.0) / left);
      next = Math.max(next, System.nanoTime()) + (long) (TimeUnit.SECONDS.toNanos(1) / rate);
      due = next;
    }
    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    return OptionalInt.of(piece);
  }
}
