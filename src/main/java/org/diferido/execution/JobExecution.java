package org.diferido.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCategory;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.failure.Language;
import org.diferido.job.Job;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobStatus;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.SecretNames;
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

  private final JobRegistry registry;
  private final ProcedureGateway gateway;
  private final RunningCalls calls;
  private final SecretNames secrets;
  private final Clock clock;

  JobExecution(
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      SecretNames secrets,
      Clock clock) {
    this.secrets = secrets;
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
    Job end;
    try {
      BoundCall call = checked == null ? checkedAgain(job) : checked;
      Set<String> secretKeys = call.secretKeys(secrets);
      ProcedureResult result = gateway.call(call, progress -> calls.told(job.id(), progress));
      end = calls.latest(job).succeeded(result.masked(secretKeys), clock.instant());
    } catch (FailureException e) {
      end = failed(calls.latest(job), e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, () -> "job " + job.id() + " failed in a way nobody foresaw", e);
      end = calls.latest(job).failed(Failure.of(FailureCode.INTERNAL_ERROR), clock.instant());
    }
    try {
      record(job, end);
    } finally {
      calls.ended(job.id());
    }
  }

  private BoundCall checkedAgain(Job job) {
    List<Signature> overloads = gateway.resolve(job.call().name());
    if (overloads.isEmpty()) {
      throw Failure.of(FailureCode.PROCEDURE_NOT_FOUND, job.call().name()).toException();
    }
    try {
      return ArgumentMatching.match(job.call(), overloads);
    } catch (FailureException e) {
      String why = e.failure().text(Language.SPANISH);
      throw Failure.of(FailureCode.SIGNATURE_CHANGED, why).toException();
    }
  }

  private Job failed(Job job, FailureException e) {
    Failure failure = e.failure();
    logged(job, e);
    return failure.code().category() == FailureCategory.OUTCOME
        ? job.lost(failure, clock.instant())
        : job.failed(failure, clock.instant());
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

  /** An earlier try may have been done although its answer was lost. */
  private boolean isRecorded(Job end) {
    return registry.find(end.id()).filter(kept -> kept.status() == end.status()).isPresent();
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
