package org.diferido;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.diferido.job.SteadyClock;

/** A clock that stands still until somebody moves it: a wall clock and a steady one in one. */
public final class HandClock extends Clock implements SteadyClock {

  private volatile Instant now;
  private volatile Duration reading = Duration.ofDays(1);

  public HandClock() {
    this(Instant.parse("2025-12-10T14:30:00Z"));
  }

  public HandClock(Instant now) {
    this.now = now;
  }

  /** Time goes by. */
  public void advance(Duration by) {
    now = now.plus(by);
    reading = reading.plus(by);
  }

  /** Somebody sets the wall clock; no time goes by. */
  public void set(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public Duration reading() {
    return reading;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
