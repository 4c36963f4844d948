package org.diferido.metrics;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.job.SteadyClock;

/**
 * Whether the node was ready when it was last asked. Nothing is asked for it: who wants to know has
 * a balancer that asks for readiness anyway.
 */
@Singleton
public class ReadyMetrics {

  /** What was told longer ago is not known any more. */
  static final Duration HOLDS = Duration.ofMinutes(1);

  private final Meters meters;
  private final SteadyClock clock;
  private final Map<String, Told> parts = new ConcurrentHashMap<>();

  private record Told(boolean ready, Duration at) {}

  @Inject
  public ReadyMetrics(Meters meters, SteadyClock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Somebody was told of a part of readiness.
   *
   * @param part one of few
   */
  public void told(String part, boolean ready) {
    if (parts.put(part, new Told(ready, clock.reading())) == null) {
      meters.gauge(
          "diferido.ready",
          "Whether the node was ready when it was last asked",
          () -> value(part),
          "part",
          part);
    }
  }

  private double value(String part) {
    Told told = parts.get(part);
    if (told == null || clock.hasReached(told.at.plus(HOLDS))) {
      return Double.NaN;
    }
    return told.ready ? 1 : 0;
  }
}
