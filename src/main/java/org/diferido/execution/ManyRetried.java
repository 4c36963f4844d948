package org.diferido.execution;

import java.time.Duration;
import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.job.Job;
import org.diferido.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What became of the jobs that were to be made again together.
 *
 * @param retried the new jobs, in the order in which the old ones were accepted
 * @param skipped those that were not made again
 * @param next where the others begin that match, or null when there are none
 * @param stopped why it ended before all were done, or null when it did not
 * @param retryAfter when it may go on after that, if that is known
 */
public record ManyRetried(
    List<Job> retried,
    List<Skipped> skipped,
    @Nullable Long next,
    @Nullable Failure stopped,
    @Nullable Duration retryAfter) {

  /** Nothing was to be made again. */
  static final ManyRetried NONE = new ManyRetried(List.of(), List.of(), null, null, null);

  public ManyRetried {
    retried = List.copyOf(retried);
    skipped = List.copyOf(skipped);
  }

  /** A job that was not made again, and why. */
  public record Skipped(JobId id, Failure why) {}

  public int matched() {
    return retried.size() + skipped.size();
  }

  /** Whether the same request has something left to do. */
  public boolean more() {
    return next != null || stopped != null;
  }
}
