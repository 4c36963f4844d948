package org.diferido.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCategory;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.jspecify.annotations.Nullable;

/**
 * A call in the background. Immutable: each move makes the job that comes after it, or is refused.
 *
 * @param owner the name of the caller it belongs to
 * @param call what was asked for; a registry gives its secret values out to whoever claims the job,
 *     and to nobody else
 * @param createdAt when it was accepted
 * @param history the runs before this one, oldest first
 * @param stop that it was asked to end before its call had come back, or null
 * @param log what its procedure wrote for people, line by line; known at its end
 */
public record Job(
    JobId id,
    String owner,
    ProcedureCall call,
    JobTerms terms,
    Instant createdAt,
    JobState state,
    List<Attempt> history,
    @Nullable Stop stop,
    List<String> log) {

  public Job {
    history = List.copyOf(history);
    log = List.copyOf(log);
  }

  /** A job that has just been accepted and waits. */
  public static Job queued(
      JobId id, String owner, ProcedureCall call, JobTerms terms, Instant now) {
    return new Job(
        id, owner, call, terms, now, new JobState.Queued(null), List.of(), null, List.of());
  }

  public JobStatus status() {
    return state.status();
  }

  /** A node takes it to run it. */
  public Job claimedBy(String node, Instant now) {
    if (status() != JobStatus.QUEUED) {
      throw new IllegalStateException("job " + id + " cannot be claimed after " + status());
    }
    JobState.Claim claim = new JobState.Claim(node, history.size() + 1, now);
    return move(new JobState.Running(claim, Progress.NONE));
  }

  /** Its call told how far it is; see {@link Progress#after}. */
  public Job at(Progress progress) {
    Progress next = progress.after(state.lastProgress());
    return move(
        status() == JobStatus.CANCELLING
            ? new JobState.Cancelling(claim(), next)
            : new JobState.Running(claim(), next));
  }

  /**
   * Its call is asked to stop. Who asked first stays on record; later ones only add a removal. But
   * a person's word counts more than the node's own, after which the job might run again.
   */
  public Job cancelling(Stop asked) {
    Stop kept;
    if (stop == null
        || (stop.reason() != Stop.Reason.REQUESTED && asked.reason() == Stop.Reason.REQUESTED)) {
      kept = asked;
    } else {
      kept = stop.removeAfter() || !asked.removeAfter() ? stop : stop.withRemoval();
    }
    return move(new JobState.Cancelling(claim(), state.lastProgress())).with(kept);
  }

  /** Its call came back and was committed. */
  public Job succeeded(ProcedureResult result, Instant now) {
    return move(new JobState.Succeeded(claim(), now, result));
  }

  /** Its call failed, or cannot be made. */
  public Job failed(Failure failure, Instant now) {
    return move(
        new JobState.Failed(state.heldBy().orElse(null), now, state.lastProgress(), failure));
  }

  /** It was waiting, and is not to start any more. */
  public Job cancelledUnstarted(Stop asked) {
    if (status() != JobStatus.QUEUED) {
      throw new IllegalStateException("job " + id + " is not waiting but " + status());
    }
    if (unknownBefore().isPresent()) {
      return lostBefore(asked.at()).with(asked.doneBy(Stop.Step.NOT_STARTED));
    }
    Failure failure = Failure.of(FailureCode.CANCELLED_UNSTARTED, asked.by());
    return move(new JobState.Cancelled(null, asked.at(), Progress.NONE, failure))
        .with(asked.doneBy(Stop.Step.NOT_STARTED));
  }

  /**
   * Its call cannot be made, or is not to be made. If it was made before and nobody knows what
   * became of that, nobody will.
   */
  public Job failedUnbegun(Failure failure, Instant now) {
    return unknownBefore().isPresent() ? lostBefore(now) : failed(failure, now);
  }

  /** The last run before this one, if what it did is not known. */
  private Optional<Attempt> unknownBefore() {
    return history.isEmpty()
        ? Optional.empty()
        : Optional.of(history.get(history.size() - 1))
            .filter(last -> last.failure().code().category() == FailureCategory.OUTCOME);
  }

  private Job lostBefore(Instant now) {
    Attempt last = unknownBefore().orElseThrow();
    return move(new JobState.Lost(last.claim(), now, Progress.NONE, last.failure()));
  }

  /**
   * Its call has stopped since it was asked to.
   *
   * @param step by what
   * @param failure what it was told as
   */
  public Job stopped(Stop.Step step, Failure failure, Instant now) {
    if (stop == null) {
      throw new IllegalStateException("job " + id + " was not asked to stop");
    }
    if (step == Stop.Step.NOT_STARTED && unknownBefore().isPresent()) {
      return lostBefore(now).with(stop.doneBy(step));
    }
    Progress progress = state.lastProgress();
    JobState end =
        stop.reason() == Stop.Reason.TIMEOUT
            ? new JobState.TimedOut(claim(), now, progress, failure)
            : new JobState.Cancelled(claim(), now, progress, failure);
    return move(end).with(stop.doneBy(step));
  }

  /** Its time to start has gone by. */
  public Job expired(Instant now) {
    String limit = String.valueOf(terms.startBefore());
    return move(new JobState.Expired(now, Failure.of(FailureCode.EXPIRED, limit)));
  }

  /** Nobody can know any more how its call ended. */
  public Job lost(Failure failure, Instant now) {
    return move(new JobState.Lost(claim(), now, state.lastProgress(), failure));
  }

  /**
   * It waits again, to be run once more.
   *
   * @param failure how this run ended
   * @param notBefore when the next may begin
   */
  public Job requeued(Failure failure, Instant now, Instant notBefore) {
    List<Attempt> attempts = new ArrayList<>(history);
    attempts.add(new Attempt(claim(), now, failure));
    Job next = move(new JobState.Queued(notBefore));
    return new Job(id, owner, call, terms, createdAt, next.state, attempts, null, List.of());
  }

  /**
   * It waits again, as if it had never been claimed: nobody has begun with it.
   *
   * @param notBefore when it may be tried again; null for at once
   */
  public Job unclaimed(@Nullable Instant notBefore) {
    return move(new JobState.Queued(notBefore)).with(null);
  }

  /** This job with what its procedure wrote. */
  public Job withLog(List<String> lines) {
    return new Job(id, owner, call, terms, createdAt, state, history, stop, lines);
  }

  /** This job with another call: with its secret values, or without. */
  public Job withCall(ProcedureCall other) {
    return new Job(id, owner, other, terms, createdAt, state, history, stop, log);
  }

  /** Whether it may no longer be started. One that was started in time may be run once more. */
  public boolean isTooLate(Instant now) {
    return history.isEmpty() && terms.startBefore() != null && !now.isBefore(terms.startBefore());
  }

  private Job with(@Nullable Stop next) {
    return new Job(id, owner, call, terms, createdAt, state, history, next, log);
  }

  private JobState.Claim claim() {
    return state
        .heldBy()
        .orElseThrow(() -> new IllegalStateException("job " + id + " was never claimed"));
  }

  private Job move(JobState next) {
    if (!status().next().contains(next.status())) {
      throw new IllegalStateException(
          "job " + id + " cannot become " + next.status() + " after " + status());
    }
    return new Job(id, owner, call, terms, createdAt, next, history, stop, log);
  }
}
