package org.diferido.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.job.Job;
import org.diferido.job.JobEvents;
import org.diferido.job.JobRegistry;
import org.diferido.job.JobState;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ResultSink;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.SecretValues;
import org.diferido.result.ResultWriting;
import org.jspecify.annotations.Nullable;

/** The call of one job, and the record of its end in the call's own transaction. */
final class OneCall implements CallListener {

  /** No node is taken for dead before it has been silent for twice as long. */
  private static final Duration CERTAINLY_HELD = Duration.ofSeconds(10);

  private final JobRegistry registry;
  private final ProcedureGateway gateway;
  private final RunningCalls calls;
  private final SecretNames secrets;
  private final JobEvents events;
  private final Clock clock;
  private final Job job;
  private final ResultWriting writing;
  private Set<String> secretKeys = Set.of();
  private SecretValues secretValues;
  private boolean joined;
  private boolean begun;
  private @Nullable Job recorded;

  OneCall(
      Job job,
      JobRegistry registry,
      ProcedureGateway gateway,
      RunningCalls calls,
      SecretNames secrets,
      JobEvents events,
      Clock clock,
      ResultWriting writing) {
    this.job = job;
    this.writing = writing;
    this.registry = registry;
    this.gateway = gateway;
    this.calls = calls;
    this.secrets = secrets;
    this.events = events;
    this.clock = clock;
    this.secretValues = SecretValues.of(job.call());
  }

  ProcedureResult make(BoundCall call) {
    secretValues = secretValues.and(call, secrets);
    secretKeys = call.secretKeys(secrets);
    try {
      return gateway.call(call, new CallTag(job.id().hex(), job.owner()), this);
    } finally {
      if (begun) {
        events.returned(job, calls.time(job));
      }
    }
  }

  /** The end that was written in the call's transaction, committed or not; null if none was. */
  @Nullable Job recorded() {
    return recorded;
  }

  /** Whether anything was asked of the database that it might have done. */
  boolean isBegun() {
    return begun;
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

  @Override
  public void begins(CallTransaction transaction) {
    joined = registry.joins(transaction);
    if (calls.latest(job).stop() != null) {
      throw Failure.of(FailureCode.CANCELLED).toException();
    }
    refuseIfLost();
    begun = true;
    events.began(job);
  }

  /**
   * A node that was paused, or has waited long for a connection, may have been taken for dead: then
   * somebody has said of the job that nobody knows what it did, and it must not begin now.
   */
  private void refuseIfLost() {
    Optional<JobState.Claim> mine = job.state().heldBy();
    if (!mine.map(this::isFresh).orElse(false)
        && registry
            .find(job.id())
            .filter(kept -> kept.status().isHeld() && kept.state().heldBy().equals(mine))
            .isEmpty()) {
      throw Failure.of(FailureCode.CLAIM_LOST).toException();
    }
  }

  /**
   * By both clocks: one may have been set back, and the other have stood still with the machine.
   */
  private boolean isFresh(JobState.Claim mine) {
    Instant now = clock.instant();
    return !now.isBefore(mine.startedAt())
        && now.isBefore(mine.startedAt().plus(CERTAINLY_HELD))
        && calls.time(job).compareTo(CERTAINLY_HELD) < 0;
  }

  @Override
  public void progressed(Progress progress) {
    calls.told(job.id(), secretValues.masked(progress));
  }

  @Override
  public void logged(List<String> lines) {
    calls.logged(job.id(), secretValues.masked(lines));
  }

  /** What is secret is masked in the result, and nowhere else either. */
  @Override
  public ResultSink results() {
    return new ResultSink() {
      @Override
      public RowSink rows(String name, List<String> columns) {
        return sink(name).rows(name, columns);
      }

      @Override
      public ByteSink bytes(String name, LargeValue.Kind kind) {
        return sink(name).bytes(name, kind);
      }
    };
  }

  private ResultSink sink(String name) {
    return secretKeys.contains(name) ? ResultSink.DROPPING : writing;
  }

  @Override
  public void returned(ProcedureResult result, CallTransaction transaction) {
    if (joined) {
      calls.ends(job);
      Job end = succeeded(result);
      switch (registry.replaceWithin(transaction, job, end)) {
        case WRITTEN -> recorded = end;
        case NOT_HELD -> throw Failure.of(FailureCode.CLAIM_LOST).toException();
        case POSTPONED -> recorded = null;
      }
    }
  }
}
