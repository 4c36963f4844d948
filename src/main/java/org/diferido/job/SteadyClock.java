package org.diferido.job;

import java.time.Duration;

/**
 * Time that only goes on, whatever becomes of the wall clock: for whatever takes a while within one
 * process. What is kept or told has its time from the wall clock instead.
 */
@FunctionalInterface
public interface SteadyClock {

  /** How long ago some moment was, the same for as long as this process lives; never falls. */
  Duration reading();

  /** Whether a reading has been reached. */
  default boolean hasReached(Duration moment) {
    return reading().compareTo(moment) >= 0;
  }

  /** The JVM's own ({@link System#nanoTime}). */
  static SteadyClock ofTheJvm() {
    long begin = System.nanoTime();
    return () -> Duration.ofNanos(System.nanoTime() - begin);
  }
}
