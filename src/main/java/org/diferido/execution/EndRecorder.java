package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;

/** Writes the ends of jobs that were not written in their calls' own transactions. */
final class EndRecorder {

  private static final Logger LOG = System.getLogger(EndRecorder.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final JobRegistry registry;
  private final RunningCalls calls;
  private final Clock clock;

  EndRecorder(JobRegistry registry, RunningCalls calls, Clock clock) {
    this.registry = registry;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Keeps on until the registry has the end or has something that forbids it. The worker stays
   * taken meanwhile: with the registry away there is nothing new to run either.
   */
  void record(Job job, Job end) {
    Duration pause = FIRST_PAUSE;
    do {
      try {
        recordOnce(job, end);
        return;
      } catch (RuntimeException | Error e) {
        // An Error as well, such as of memory: unrecorded, the job would be running for ever.
        LOG.log(Level.WARNING, () -> "the end of job " + job.id() + " waits to be recorded", e);
        if (isAboutTheData(e) && isSuccess(end)) {
          Failure lost = Failure.of(FailureCode.RESULT_NOT_KEPT);
          record(job, calls.latest(job).failed(lost, clock.instant()));
          return;
        }
      }
      pause = longer(pause);
    } while (paused(pause));
  }

  private static boolean isAboutTheData(Throwable e) {
    return e instanceof FailureException failed
        && failed.failure().code() == FailureCode.INTERNAL_ERROR;
  }

  private static boolean isSuccess(Job end) {
    return end.status() == JobStatus.SUCCEEDED;
  }

  private void recordOnce(Job job, Job end) {
    if (!registry.replace(job, end) && !isRecorded(end)) {
      LOG.log(
          Level.WARNING,
          "job {0} ended as {1}, but this node no longer holds it: not recorded",
          job.id(),
          end.status());
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  /**
   * An earlier try may have been done although its answer was lost, and a commit without an answer
   * may have been one.
   */
  private boolean isRecorded(Job end) {
    return registry
        .find(end.id())
        .filter(kept -> kept.status() == end.status() || isSuccess(kept))
        .filter(kept -> kept.state().heldBy().equals(end.state().heldBy()))
        .isPresent();
  }

  private static boolean paused(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
