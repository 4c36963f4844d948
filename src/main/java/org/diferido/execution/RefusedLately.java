package org.diferido.execution;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.diferido.failure.FailureCode;
import org.diferido.job.NodeFigures.Refused;
import org.diferido.job.SteadyClock;

/** What this node refused in the last hour since some limit was reached, to the minute. */
@Singleton
public class RefusedLately {

  private static final int MINUTES = 60;

  private static final Set<FailureCode> OF_LIMITS =
      EnumSet.of(
          FailureCode.QUEUE_FULL,
          FailureCode.TOO_MANY_QUEUED,
          FailureCode.TOO_MANY_SUBMITS,
          FailureCode.TOO_MANY_WAITING,
          FailureCode.BUSY);

  private final SteadyClock clock;

  /** By the number of their minute, of which the last hour's are kept; as is what follows. */
  private final long[] requests = new long[MINUTES];

  private final long[] queueFull = new long[MINUTES];
  private long minute;

  @Inject
  public RefusedLately(SteadyClock clock) {
    this.clock = clock;
    this.minute = clock.reading().toMinutes();
  }

  /** A request was answered with a failure, which may be none of a limit. */
  public void told(FailureCode code) {
    if (OF_LIMITS.contains(code)) {
      count(code == FailureCode.QUEUE_FULL);
    }
  }

  private synchronized void count(boolean isQueueFull) {
    forget();
    requests[place(minute)]++;
    if (isQueueFull) {
      queueFull[place(minute)]++;
    }
  }

  synchronized Refused lastHour() {
    forget();
    return new Refused(Arrays.stream(requests).sum(), Arrays.stream(queueFull).sum());
  }

  /** The minutes since are empty, and stand where those of an hour ago did. */
  private void forget() {
    long now = clock.reading().toMinutes();
    for (long each = Math.max(minute + 1, now - MINUTES + 1); each <= now; each++) {
      requests[place(each)] = 0;
      queueFull[place(each)] = 0;
    }
    minute = now;
  }

  private static int place(long minute) {
    return (int) (minute % MINUTES);
  }
}
