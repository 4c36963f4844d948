package org.diferido.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCategory;
import org.diferido.failure.FailureCode;
import org.diferido.job.Job;
import org.diferido.job.RetryPolicy;
import org.diferido.job.Stop;
import org.jspecify.annotations.Nullable;

/** What the failure of a call means for its job. */
final class CallEnds {

  /** What could not be begun, since the database was away, is tried again after so long. */
  static final Duration UNAVAILABLE_PAUSE = Duration.ofSeconds(5);

  private final RetryPolicy retries;
  private final Clock clock;

  CallEnds(RetryPolicy retries, Clock clock) {
    this.retries = retries;
    this.clock = clock;
  }

  /** What a failure means for the job: whether it was asked to stop, and may be run again. */
  Job ended(Job latest, Failure failure, boolean begun) {
    Instant now = clock.instant();
    Stop stop = latest.stop();
    Stop.Step step = stoppedBy(failure.code(), begun);
    if (step == Stop.Step.NOT_STARTED && (stop == null || stop.reason() != Stop.Reason.REQUESTED)) {
      boolean leaves = stop != null && stop.reason() == Stop.Reason.SHUTDOWN;
      return latest.unclaimed(leaves ? null : now.plus(UNAVAILABLE_PAUSE));
    }
    Failure told = stop == null || step == null ? failure : because(stop, step, failure, latest);
    Optional<Instant> again = retries.next(latest, told, now);
    if (again.isPresent()) {
      return latest.requeued(told, now, again.get());
    }
    if (stop != null && step != null) {
      return latest.stopped(step, told, now);
    }
    if (failure.code().category() == FailureCategory.OUTCOME) {
      return latest.lost(failure, now);
    }
    return begun ? latest.failed(failure, now) : latest.failedUnbegun(failure, now);
  }

  /** Nothing was begun: it can begin as if it had not been tried. */
  private static boolean isUnbegun(FailureCode code, boolean begun) {
    return isAway(code, begun)
        || (!begun && (code == FailureCode.CANCELLED || code == FailureCode.REGISTRY_UNAVAILABLE));
  }

  /** Whether it is the database itself that takes no call now, whichever comes. */
  static boolean isAway(FailureCode code, boolean begun) {
    return code == FailureCode.DATABASE_UNAVAILABLE
        || (!begun && code == FailureCode.DATABASE_REFUSED);
  }

  /** What made a call stop that was asked to; null when it did not stop for that. */
  private static Stop.@Nullable Step stoppedBy(FailureCode code, boolean begun) {
    if (isUnbegun(code, begun)) {
      return Stop.Step.NOT_STARTED;
    }
    return switch (code) {
      case SESSION_ENDED -> Stop.Step.SESSION;
      case CANCELLED -> Stop.Step.STATEMENT;
      default -> null;
    };
  }

  private static Failure because(Stop stop, Stop.Step step, Failure failure, Job latest) {
    Duration most = latest.terms().timeout();
    return switch (stop.reason()) {
      case REQUESTED ->
          step == Stop.Step.NOT_STARTED
              ? Failure.of(FailureCode.CANCELLED_UNSTARTED, stop.by())
              : failure;
      case TIMEOUT -> Failure.of(FailureCode.TIMED_OUT, most == null ? 0 : most.toSeconds());
      case SHUTDOWN -> Failure.of(FailureCode.NODE_STOPPED, stop.by());
    };
  }
}
