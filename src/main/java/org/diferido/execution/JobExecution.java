package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCategory;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.job.JobStatus;
import org.diferido.job.RetryPolicy;
import org.diferido.job.Stop;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.SecretValues;
import org.diferido.procedure.Signature;
import org.jspecify.annotations.Nullable;

/**
 * One claimed job, from its call to the record of its end. Runs on a worker's thread, outside any
 * container transaction, for as long as the procedure takes.
 */
final class JobExecution {

  private static final Logger LOG = System.getLogger(JobExecution.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** No node is taken for dead before it has been silent for twice as long. */
  private static final Duration CERTAINLY_HELD = Duration.ofSeconds(10);

  /** What could not be begun, since the database was away, is tried again after so long. */
  private static final Duration UNAVAILABLE_PAUSE = Duration.ofSeconds(5);

  private final JobRegistry registry;
  private final ProcedureGateway gateway;
  private final RunningCalls calls;
  private final SecretNames secrets;
  private final RetryPolicy retries;
  private final Clock clock;

  JobExecution(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      SecretNames secrets,
      RetryPolicy retries,
      Clock clock) {
    this.secrets = secrets;
    this.retries = retries;
    this.registry = registry;
    this.gateway = gateway;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * Runs a job that this node holds.
   *
   * @param checked its call as it was checked when it was accepted; null for one that was queued,
   *     which is checked again, since the procedure may have changed
   */
  void run(Job job, @Nullable BoundCall checked) {
    calls.began(job);
    try {
      finish(job, checked);
    } finally {
      boolean removed = calls.latest(job).stop() != null;
      calls.ended(job.id());
      if (removed) {
        removeMarked();
      }
    }
  }

  /** Somebody waits for it; otherwise the cleaner does it. */
  private void removeMarked() {
    try {
      registry.removeMarked();
    } catch (FailureException e) {
      LOG.log(Level.DEBUG, "not removed yet", e);
    }
  }

  private void finish(Job job, @Nullable BoundCall checked) {
    OneCall one = new OneCall(job);
    Job end;
    try {
      BoundCall call = checked == null ? checkedAgain(job) : checked;
      ProcedureResult result = one.make(call);
      calls.ran(job, clock.instant());
      if (one.isRecorded()) {
        return;
      }
      end = one.succeeded(result);
    } catch (FailureException e) {
      FailureException told = one.masked(e);
      logged(job, told);
      end = one.ended(one.isRecorded() ? undone(told.failure()) : told.failure());
    } catch (RuntimeException | Error e) {
      Throwable told = one.masked(e);
      LOG.log(Level.ERROR, () -> "job " + job.id() + " failed in a way nobody foresaw", told);
      end = calls.latest(job).failed(Failure.of(FailureCode.INTERNAL_ERROR), clock.instant());
    }
    record(job, end);
  }

  /** The call of one job, and the record of its end in the call's own transaction. */
  private final class OneCall implements CallListener {

    private final Job job;
    private Set<String> secretKeys = Set.of();
    private SecretValues secretValues;
    private boolean joined;
    private boolean begun;
    private boolean recorded;

    OneCall(Job job) {
      this.job = job;
      this.secretValues = SecretValues.of(job.call());
    }

    ProcedureResult make(BoundCall call) {
      secretValues = secretValues.and(call, secrets);
      secretKeys = call.secretKeys(secrets);
      return gateway.call(call, new CallTag(job.id().hex(), job.owner()), this);
    }

    /** Whether the end was written in the call's transaction, committed or not. */
    boolean isRecorded() {
      return recorded;
    }

    Job succeeded(ProcedureResult result) {
      return calls.latest(job).succeeded(result.masked(secretKeys), clock.instant());
    }

    /** What is kept and logged of a failure: with the words of its cause only without secrets. */
    FailureException masked(FailureException e) {
      if (secretValues.isEmpty()) {
        return e;
      }
      Throwable cause = e.getCause();
      return new FailureException(
          secretValues.masked(e.failure()), cause == null ? null : WordlessCause.of(cause));
    }

    Throwable masked(Throwable e) {
      return secretValues.isEmpty() ? e : WordlessCause.of(e);
    }

    /** What a failure means for the job: whether it was asked to stop, and may be run again. */
    Job ended(Failure failure) {
      Job latest = calls.latest(job);
      Instant now = clock.instant();
      Stop stop = latest.stop();
      Stop.Step step = stoppedBy(failure.code());
      if (isUnbegun(failure.code()) && (stop == null || stop.reason() == Stop.Reason.SHUTDOWN)) {
        return latest.unclaimed(stop == null ? now.plus(UNAVAILABLE_PAUSE) : null);
      }
      Failure told = stop == null || step == null ? failure : because(stop, failure, latest);
      Optional<Instant> again = retries.next(latest, told, now);
      if (again.isPresent()) {
        return latest.requeued(told, now, again.get());
      }
      if (stop != null && step != null) {
        return latest.stopped(step, told, now);
      }
      return failure.code().category() == FailureCategory.OUTCOME
          ? latest.lost(failure, now)
          : latest.failed(failure, now);
    }

    /** Nothing was begun: it can begin as if it had not been tried. */
    private boolean isUnbegun(FailureCode code) {
      return code == FailureCode.DATABASE_UNAVAILABLE
          || (!begun
              && (code == FailureCode.CANCELLED || code == FailureCode.REGISTRY_UNAVAILABLE));
    }

    private Stop.@Nullable Step stoppedBy(FailureCode code) {
      return switch (code) {
        case SESSION_ENDED -> Stop.Step.SESSION;
        case CANCELLED -> begun ? Stop.Step.STATEMENT : Stop.Step.NOT_STARTED;
        case DATABASE_UNAVAILABLE -> Stop.Step.NOT_STARTED;
        default -> null;
      };
    }

    private Failure because(Stop stop, Failure failure, Job latest) {
      Duration most = latest.terms().timeout();
      return switch (stop.reason()) {
        case REQUESTED ->
            isUnbegun(failure.code())
                ? Failure.of(FailureCode.CANCELLED_UNSTARTED, stop.by())
                : failure;
        case TIMEOUT -> Failure.of(FailureCode.TIMED_OUT, most == null ? 0 : most.toSeconds());
        case SHUTDOWN -> Failure.of(FailureCode.NODE_STOPPED, stop.by());
      };
    }

    @Override
    public void begins(CallTransaction transaction) {
      joined = registry.joins(transaction);
      if (calls.latest(job).stop() != null) {
        throw Failure.of(FailureCode.CANCELLED).toException();
      }
      refuseIfLost();
      begun = true;
    }

    /**
     * A node that was paused, or has waited long for a connection, may have been taken for dead:
     * then somebody has said of the job that nobody knows what it did, and it must not begin now.
     */
    private void refuseIfLost() {
      Optional<JobState.Claim> mine = job.state().heldBy();
      boolean fresh =
          mine.isPresent() && clock.instant().isBefore(mine.get().startedAt().plus(CERTAINLY_HELD));
      if (!fresh
          && registry
              .find(job.id())
              .filter(kept -> kept.status().isHeld() && kept.state().heldBy().equals(mine))
              .isEmpty()) {
        throw Failure.of(FailureCode.CLAIM_LOST).toException();
      }
    }

    @Override
    public void progressed(Progress progress) {
      calls.told(job.id(), secretValues.masked(progress));
    }

    @Override
    public void logged(List<String> lines) {
      calls.logged(job.id(), secretValues.masked(lines));
    }

    @Override
    public void returned(ProcedureResult result, CallTransaction transaction) {
      if (joined) {
        switch (registry.replaceWithin(transaction, job, succeeded(result))) {
          case WRITTEN -> recorded = true;
          case NOT_HELD -> throw Failure.of(FailureCode.CLAIM_LOST).toException();
          case POSTPONED -> recorded = false;
        }
      }
    }
  }

  /**
   * What the registry is told unless it has the other end: the two were to be committed together,
   * and whoever writes second waits for the first and is refused if that was committed.
   */
  private static Failure undone(Failure failure) {
    return failure.code() == FailureCode.OUTCOME_UNKNOWN
        ? Failure.of(FailureCode.ROLLED_BACK)
        : failure;
  }

  /** It has to be the procedure that was granted when the job was accepted, and no other. */
  private BoundCall checkedAgain(Job job) {
    List<Signature> overloads = gateway.resolve(job.call().name());
    String accepted = job.terms().procedure();
    if (overloads.isEmpty()
        || (accepted != null && !accepted.equals(overloads.get(0).name().full()))) {
      throw Failure.of(FailureCode.PROCEDURE_NOT_FOUND, job.call().name()).toException();
    }
    try {
      return ArgumentMatching.match(job.call(), overloads);
    } catch (FailureException e) {
      String why = e.failure().text(Language.SPANISH);
      throw Failure.of(FailureCode.SIGNATURE_CHANGED, why).toException();
    }
  }

  /** What a procedure raises on purpose is told with its own stack, but is no reason for ours. */
  private static void logged(Job job, FailureException e) {
    Throwable cause = e.getCause();
    if (e.failure().code() == FailureCode.PROCEDURE_RAISED) {
      String raised = cause == null ? e.getMessage() : cause.getMessage();
      LOG.log(Level.INFO, "job {0} failed: {1} [{2}]", job.id(), e.getMessage(), raised);
    } else {
      LOG.log(Level.WARNING, () -> "job " + job.id() + " failed: " + e.getMessage(), cause);
    }
  }

  /**
   * Keeps on until the registry has the end or has something that forbids it. The worker stays
   * taken meanwhile: with the registry away there is nothing new to run either.
   */
  private void record(Job job, Job end) {
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
