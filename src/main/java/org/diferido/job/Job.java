package org.diferido.job;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diferido.failure.Failure;
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
 * @param labels to search by
 * @param startBefore when it may no longer start, or null
 * @param createdAt when it was accepted
 * @param log what its procedure wrote for people, line by line; known at its end
 */
public record Job(
    JobId id,
    String owner,
    ProcedureCall call,
    Map<String, String> labels,
    @Nullable Instant startBefore,
    Instant createdAt,
    JobState state,
    List<String> log) {

  public Job {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    log = List.copyOf(log);
  }

  /** A job that has just been accepted and waits. */
  public static Job queued(
      JobId id,
      String owner,
      ProcedureCall call,
      Map<String, String> labels,
      @Nullable Instant startBefore,
      Instant now) {
    return new Job(id, owner, call, labels, startBefore, now, new JobState.Queued(), List.of());
  }

  public JobStatus status() {
    return state.status();
  }

  /** A node takes it to run it. */
  public Job claimedBy(String node, Instant now) {
    if (status() != JobStatus.QUEUED) {
      throw new IllegalStateException("job " + id + " cannot be claimed after " + status());
    }
    return move(new JobState.Running(new JobState.Claim(node, 1, now), Progress.NONE));
  }

  /** Its call told how far it is. A percentage never falls. */
  public Job at(Progress progress) {
    return move(new JobState.Running(claim(), progress.after(state.lastProgress())));
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

  /** Its time to start has gone by. */
  public Job expired(Instant now) {
    String limit = String.valueOf(startBefore);
    return move(new JobState.Expired(now, Failure.of(FailureCode.EXPIRED, limit)));
  }

  /** Nobody can know any more how its call ended. */
  public Job lost(Failure failure, Instant now) {
    return move(new JobState.Lost(claim(), now, state.lastProgress(), failure));
  }

  /** This job with what its procedure wrote. */
  public Job withLog(List<String> lines) {
    return new Job(id, owner, call, labels, startBefore, createdAt, state, lines);
  }

  /** This job with another call: with its secret values, or without. */
  public Job withCall(ProcedureCall other) {
    return new Job(id, owner, other, labels, startBefore, createdAt, state, log);
  }

  /** Whether it may no longer be started. */
  public boolean isTooLate(Instant now) {
    return startBefore != null && !now.isBefore(startBefore);
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
    return new Job(id, owner, call, labels, startBefore, createdAt, next, log);
  }
}
