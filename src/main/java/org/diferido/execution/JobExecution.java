package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobRegistry;
import org.diferido.job.RetryPolicy;
import org.diferido.job.Stop;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.Signature;
import org.diferido.result.ResultWriting;
import org.jspecify.annotations.Nullable;

/**
 * One claimed job, from its call to the record of its end. Runs on a worker's thread, outside any
 * container transaction, for as long as the procedure takes.
 */
final class JobExecution {

  private static final Logger LOG = System.getLogger(JobExecution.class.getName());

  private final JobRegistry registry;
  private final ProcedureGateway gateway;
  private final RunningCalls calls;
  private final SecretNames secrets;
  private final LargeResults results;
  private final CallEnds ends;
  private final EndRecorder recorder;
  private final JobEvents events;
  private final Clock clock;

  /**
   * @param results where large ones go
   * @param stopping whether the node stops
   */
  JobExecution(
      JobRegistry registry,
      LargeResults results,
      ProcedureGateway gateway,
      RunningCalls calls,
      SecretNames secrets,
      RetryPolicy retries,
      JobEvents events,
      Clock clock,
      BooleanSupplier stopping) {
    this.secrets = secrets;
    this.results = results;
    this.registry = registry;
    this.gateway = gateway;
    this.calls = calls;
    this.events = events;
    this.clock = clock;
    this.ends = new CallEnds(retries, clock);
    this.recorder = new EndRecorder(registry, calls, events, clock, stopping);
  }

  /**
   * Runs a job that this node holds.
   *
   * @param checked its call as it was checked when it was accepted; null for one that was queued,
   *     which is checked again, since the procedure may have changed
   * @return whether the database was there; without it the next need not be tried at once
   */
  boolean run(Job job, @Nullable BoundCall checked) {
    calls.began(job);
    ResultWriting writing = results.begin(job);
    Outcome outcome = outcome(job, checked, writing);
    if (outcome.end == null || recorder.record(job, outcome.end)) {
      boolean removed = calls.latest(job).stop() != null;
      calls.ended(job);
      if (outcome.end != null) {
        results.settle(job, writing);
      }
      if (removed) {
        removeMarked();
      }
    }
    return outcome.available;
  }

  /**
   * What became of a call.
   *
   * @param end of its job; null when it is on record
   * @param available whether the database was there
   */
  private record Outcome(@Nullable Supplier<Job> end, boolean available) {}

  private Outcome outcome(Job job, @Nullable BoundCall checked, ResultWriting writing) {
    try {
      return called(job, checked, writing);
    } catch (RuntimeException | Error e) {
      // Such as for want of memory, while something else was being told: nobody knows what.
      LOG.log(Level.ERROR, () -> "it is not known what became of job " + job.id(), e);
      Failure unknown = Failure.of(FailureCode.OUTCOME_UNKNOWN);
      return new Outcome(() -> calls.latest(job).lost(unknown, clock.instant()), true);
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

  private Outcome called(Job job, @Nullable BoundCall checked, ResultWriting writing) {
    OneCall one = new OneCall(job, registry, gateway, calls, secrets, events, clock, writing);
    ProcedureResult result;
    try {
      result = one.make(checked == null ? checkedAgain(job) : checked);
    } catch (FailureException e) {
      FailureException told = one.masked(e);
      logged(job, told);
      if (one.isBegun() && isOfTheProcedure(job, told.failure().code())) {
        calls.failed(job);
      }
      Failure failure = one.recorded() == null ? told.failure() : undone(told.failure());
      return new Outcome(
          () -> ends.ended(calls.latest(job), failure, one.isBegun()),
          !CallEnds.isAway(failure.code(), one.isBegun()));
    } catch (RuntimeException | Error e) {
      Throwable told = one.masked(e);
      LOG.log(Level.ERROR, () -> "job " + job.id() + " failed in a way nobody foresaw", told);
      return failed(job, FailureCode.INTERNAL_ERROR);
    }
    Job recorded = one.recorded();
    return recorded == null ? committed(job, one, result) : recorded(job, recorded);
  }

  /** Not what somebody stopped, unless it took too long, nor what another node has by now. */
  private boolean isOfTheProcedure(Job job, FailureCode code) {
    Stop stop = calls.latest(job).stop();
    return switch (code) {
      case CLAIM_LOST -> false;
      case CANCELLED, SESSION_ENDED -> stop != null && stop.reason() == Stop.Reason.TIMEOUT;
      default -> true;
    };
  }

  private Outcome recorded(Job job, Job end) {
    calls.ran(job);
    events.ended(end);
    return new Outcome(null, true);
  }

  /** Its work is done, whatever goes wrong from here on. */
  private Outcome committed(Job job, OneCall one, ProcedureResult result) {
    try {
      calls.ran(job);
      Job succeeded = one.succeeded(result);
      return new Outcome(() -> succeeded, true);
    } catch (RuntimeException | Error e) {
      Throwable told = one.masked(e);
      LOG.log(Level.ERROR, () -> "the result of job " + job.id() + " cannot be kept", told);
      return failed(job, FailureCode.RESULT_NOT_KEPT);
    }
  }

  private Outcome failed(Job job, FailureCode code) {
    Instant now = clock.instant();
    return new Outcome(() -> calls.latest(job).failed(Failure.of(code), now), true);
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

  /**
   * What a procedure raises on purpose is told with its own stack, but is no reason for ours; nor
   * is a stop that somebody asked for.
   */
  private void logged(Job job, FailureException e) {
    Throwable cause = e.getCause();
    if (e.failure().code() == FailureCode.CANCELLED && calls.latest(job).stop() != null) {
      LOG.log(Level.INFO, "job {0} was stopped, as it was asked to", job.id());
    } else if (e.failure().code() == FailureCode.PROCEDURE_RAISED) {
      String raised = cause == null ? e.getMessage() : cause.getMessage();
      LOG.log(Level.INFO, "job {0} failed: {1} [{2}]", job.id(), e.getMessage(), raised);
    } else {
      LOG.log(Level.WARNING, () -> "job " + job.id() + " failed: " + e.getMessage(), cause);
    }
  }
}
