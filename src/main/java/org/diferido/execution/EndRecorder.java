package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.Stop;

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
   *
   * @param decision what becomes of the job; asked again when somebody has asked it to stop, and it
   *     was to wait
   */
  void record(Job job, Supplier<Job> decision) {
    Supplier<Job> deciding = decision;
    calls.ends(job.id());
    Duration pause = FIRST_PAUSE;
    do {
      Job end = deciding.get();
      try {
        if (end.status() == JobStatus.QUEUED ? isWaitingAgain(job, end) : isSettled(job, end)) {
          return;
        }
        continue;
      } catch (RuntimeException | Error e) {
        // An Error as well, such as of memory: unrecorded, the job would be running for ever.
        LOG.log(Level.WARNING, () -> "the end of job " + job.id() + " waits to be recorded", e);
        if (isAboutTheData(e) && isSuccess(end)) {
          Failure lost = Failure.of(FailureCode.RESULT_NOT_KEPT);
          deciding = () -> calls.latest(job).failed(lost, clock.instant());
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

  private boolean isSettled(Job job, Job end) {
    if (!registry.replace(job, end) && !isRecorded(end)) {
      tellNotHeld(job, end);
    }
    return true;
  }

  /**
   * It waits again only as it is in the registry: otherwise it would forget there that somebody has
   * asked it to stop.
   *
   * @return false when it has to be decided anew
   */
  private boolean isWaitingAgain(Job job, Job waiting) {
    Optional<Job> kept =
        registry
            .find(job.id())
            .filter(found -> found.status().isHeld())
            .filter(found -> found.state().heldBy().equals(job.state().heldBy()));
    if (kept.isEmpty()) {
      if (!isRecorded(waiting)) {
        tellNotHeld(job, waiting);
      }
      return true;
    }
    Stop asked = kept.get().stop();
    if (asked != null && asked.reason() == Stop.Reason.REQUESTED && !isKnown(job, asked)) {
      calls.asked(job.id(), asked);
      return false;
    }
    return registry.replace(kept.get(), waiting);
  }

  private boolean isKnown(Job job, Stop asked) {
    Stop known = calls.latest(job).stop();
    return known != null && known.reason() == asked.reason();
  }

  private static void tellNotHeld(Job job, Job end) {
    LOG.log(
        Level.WARNING,
        "job {0} ended as {1}, but this node no longer holds it: not recorded",
        job.id(),
        end.status());
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
