package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.job.Stop;

/** Writes the ends of jobs that were not written in their calls' own transactions. */
final class EndRecorder {

  private static final Logger LOG = System.getLogger(EndRecorder.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** What only another node says of a job, which took this one for dead. */
  private static final Set<FailureCode> OF_THE_DEAD =
      EnumSet.of(FailureCode.NODE_GONE, FailureCode.SESSION_STOPPED, FailureCode.SESSION_ALIVE);

  private final JobRegistry registry;
  private final RunningCalls calls;
  private final JobEvents events;
  private final Clock clock;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether the node stops
   */
  EndRecorder(
      JobRegistry registry,
      RunningCalls calls,
      JobEvents events,
      Clock clock,
      BooleanSupplier stopping) {
    this.registry = registry;
    this.calls = calls;
    this.events = events;
    this.clock = clock;
    this.stopping = stopping;
  }

  /**
   * Keeps on until the registry has the end or has something that forbids it. The worker stays
   * taken meanwhile: with the registry away there is nothing new to run either. An interrupt ends
   * it only when the node stops: nobody else knows what the call did.
   *
   * @param decision what becomes of the job; asked again when somebody has asked it to stop, and it
   *     was to wait
   * @return false when it gave up, and the registry still has the job as this node's
   */
  boolean record(Job job, Supplier<Job> decision) {
    calls.ends(job);
    // One from before was meant for the call, which is over.
    boolean interrupted = Thread.interrupted();
    try {
      Supplier<Job> deciding = decision;
      Duration pause = FIRST_PAUSE;
      while (true) {
        Job end = decided(job, deciding);
        try {
          if (end.status() == JobStatus.QUEUED ? isWaitingAgain(job, end) : isSettled(job, end)) {
            return true;
          }
          continue;
        } catch (RuntimeException | Error e) {
          // An Error as well, such as of memory: unrecorded, the job would be running for ever.
          LOG.log(Level.WARNING, () -> "the end of job " + job.id() + " waits to be recorded", e);
          if (isAboutTheData(e) && isSuccess(end)) {
            deciding = () -> failed(job, FailureCode.RESULT_NOT_KEPT);
          }
        }
        pause = longer(pause);
        if (isInterruptedWithin(pause)) {
          interrupted = true;
          if (stopping.getAsBoolean()) {
            return false;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Job decided(Job job, Supplier<Job> decision) {
    try {
      return decision.get();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, () -> "what becomes of job " + job.id() + " cannot be decided", e);
      return failed(job, FailureCode.INTERNAL_ERROR);
    }
  }

  private Job failed(Job job, FailureCode code) {
    return calls.latest(job).failed(Failure.of(code), clock.instant());
  }

  private static boolean isAboutTheData(Throwable e) {
    return e instanceof FailureException failed
        && failed.failure().code() == FailureCode.INTERNAL_ERROR;
  }

  private static boolean isSuccess(Job end) {
    return end.status() == JobStatus.SUCCEEDED;
  }

  private boolean isSettled(Job job, Job end) {
    if (registry.replace(job, end)) {
      events.ended(end);
    } else {
      tellWhatIsOnRecord(job, end);
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
      tellWhatIsOnRecord(job, waiting);
      return true;
    }
    Stop asked = kept.get().stop();
    if (asked != null && asked.reason() == Stop.Reason.REQUESTED) {
      // Even if it is known here by now: what is decided may be older.
      calls.asked(job.id(), asked);
      return false;
    }
    return registry.replace(kept.get(), waiting);
  }

  /**
   * An earlier try may have been done although its answer was lost, and a commit without an answer
   * may have been one.
   */
  private void tellWhatIsOnRecord(Job job, Job end) {
    Optional<Job> own = registry.find(job.id()).filter(kept -> isOwn(kept, job, end));
    if (own.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "job {0} ended as {1}, but this node no longer holds it: not recorded",
          job.id(),
          end.status());
    } else if (own.get().status().isEnd()) {
      events.ended(own.get());
    }
  }

  private static boolean isOwn(Job kept, Job job, Job end) {
    if (!kept.status().isEnd()) {
      return kept.status() == JobStatus.QUEUED && end.status() == JobStatus.QUEUED;
    }
    return kept.state().heldBy().equals(job.state().heldBy())
        && kept.state().failed().map(Failure::code).filter(OF_THE_DEAD::contains).isEmpty();
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private static boolean isInterruptedWithin(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
