package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.SteadyClock;

/**
 * How fast a caller may submit on this node: a minute's number at once, and as many again over each
 * minute that follows.
 */
@Singleton
public class SubmitRates {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** As many callers as are remembered before the idle ones are looked for. */
  private static final int MANY = 1000;

  private final int perMinute;
  private final SteadyClock clock;

  /** When the caller's next submit would be due if all had come evenly. */
  private final Map<String, Duration> due = new ConcurrentHashMap<>();

  @Inject
  public SubmitRates(ServiceSettings settings, SteadyClock clock) {
    this(settings.limits().submitsPerMinute(), clock);
  }

  /**
   * @param perMinute 0 for any number
   */
  SubmitRates(int perMinute, SteadyClock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /**
   * Counts one submit.
   *
   * @throws FailureException TOO_MANY_SUBMITS, with the time after which another may come
   */
  void count(String caller) {
    if (perMinute == 0) {
      return;
    }
    Duration now = clock.reading();
    Duration each = Duration.ofNanos(Duration.ofMinutes(1).toNanos() / perMinute);
    if (due.size() > MANY) {
      due.values().removeIf(clock::hasReached);
    }
    due.compute(
        caller,
        (same, before) -> {
          Duration next = (before == null || before.compareTo(now) < 0 ? now : before).plus(each);
          Duration ahead = next.minus(now);
          if (ahead.toMillis() > MINUTE) {
            throw refused(ahead.minusMillis(MINUTE));
          }
          return next;
        });
  }

  private FailureException refused(Duration wait) {
    return new FailureException(
        Failure.of(FailureCode.TOO_MANY_SUBMITS, perMinute), null, wait.plusMillis(999));
  }
}
