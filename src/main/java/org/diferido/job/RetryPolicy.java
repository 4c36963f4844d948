package org.diferido.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/**
 * When a job is run once more by itself: only one whose procedure may be run twice, and only after
 * a failure that may pass, or when nobody knows what became of its call.
 *
 * @param first how long to wait before the second run; before each further one, twice as long
 *     ({@code diferido.retry.backoff})
 */
public record RetryPolicy(Duration first) {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 30;

  /**
   * When a job is to be run again.
   *
   * @param job with its latest run
   * @return when it may be run again; empty when it is not to be
   */
  public Optional<Instant> next(Job job, Failure failure, Instant now) {
    int runs = job.history().size() + 1;
    if (runs >= job.terms().attempts() || isMeantToEnd(job) || !mayPass(failure.code())) {
      return Optional.empty();
    }
    Duration pause = first.multipliedBy(1L << Math.min(runs - 1, MOST_DOUBLINGS));
    return Optional.of(now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
  }

  private static boolean isMeantToEnd(Job job) {
    return job.stop() != null && job.stop().reason() != Stop.Reason.SHUTDOWN;
  }

  private static boolean mayPass(FailureCode code) {
    return switch (code.category()) {
      case OUTCOME -> true;
      case DATABASE -> code.retryable();
      case SERVICE -> code == FailureCode.NODE_STOPPED || code == FailureCode.RESULT_NOT_STORED;
      case REQUEST, SECURITY, LIMIT, PROCEDURE -> false;
    };
  }
}
