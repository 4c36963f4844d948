package org.diferido.job;

import java.time.Instant;
import java.util.Optional;
import org.diferido.failure.Failure;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;
import org.jspecify.annotations.Nullable;

/** What is known of a job in each of its states, and only there. */
public sealed interface JobState {

  JobStatus status();

  /**
   * A node's hold on a job. Every later write names it, so that a node that lost it is refused.
   *
   * @param node which node
   * @param attempt the how manieth claim of this job it is, from 1
   */
  record Claim(String node, int attempt, Instant startedAt) {}

  /**
   * Waits in the registry.
   *
   * @param notBefore when it may be run again at the earliest; null for at once
   */
  record Queued(@Nullable Instant notBefore) implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.QUEUED;
    }
  }

  /** Its call is with a node. */
  record Running(Claim claim, Progress progress) implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.RUNNING;
    }
  }

  /** Its call was asked to stop, and has not come back yet. */
  record Cancelling(Claim claim, Progress progress) implements JobState {
    @Override
    public JobStatus status() {
      return JobStatus.CANCELLING;
    }
  }

  /** It is over. */
  sealed interface Ended extends JobState {
    Instant endedAt();
  }

  /** Its call came back and was committed. */
  record Succeeded(Claim claim, Instant endedAt, ProcedureResult result) implements Ended {
    @Override
    public JobStatus status() {
      return JobStatus.SUCCEEDED;
    }
  }

  /**
   * Its call failed and was rolled back, or could not be made.
   *
   * @param claim who ran it; null when it never started
   * @param progress the last that was known
   */
  record Failed(@Nullable Claim claim, Instant endedAt, Progress progress, Failure failure)
      implements Ended {
    @Override
    public JobStatus status() {
      return JobStatus.FAILED;
    }
  }

  /**
   * It was asked to stop, and did: what its call had not committed itself was undone.
   *
   * @param claim who ran it; null when it never started
   */
  record Cancelled(@Nullable Claim claim, Instant endedAt, Progress progress, Failure failure)
      implements Ended {
    @Override
    public JobStatus status() {
      return JobStatus.CANCELLED;
    }
  }

  /** Its call took longer than it may, and was stopped and undone like a cancelled one. */
  record TimedOut(Claim claim, Instant endedAt, Progress progress, Failure failure)
      implements Ended {
    @Override
    public JobStatus status() {
      return JobStatus.TIMED_OUT;
    }
  }

  /** It never started: its time to do so had gone by. */
  record Expired(Instant endedAt, Failure failure) implements Ended {
    @Override
    public JobStatus status() {
      return JobStatus.EXPIRED;
    }
  }

  /** Nobody knows what its call did. */
  record Lost(Claim claim, Instant endedAt, Progress progress, Failure failure) implements Ended {
    @Override
    public JobStatus status() {
      return JobStatus.LOST;
    }
  }

  /** Who holds or held the job, if anybody ever did. */
  default Optional<Claim> heldBy() {
    if (this instanceof Running running) {
      return Optional.of(running.claim());
    } else if (this instanceof Cancelling cancelling) {
      return Optional.of(cancelling.claim());
    } else if (this instanceof Succeeded succeeded) {
      return Optional.of(succeeded.claim());
    } else if (this instanceof Failed failed) {
      return Optional.ofNullable(failed.claim());
    } else if (this instanceof Cancelled cancelled) {
      return Optional.ofNullable(cancelled.claim());
    } else if (this instanceof TimedOut timedOut) {
      return Optional.of(timedOut.claim());
    } else if (this instanceof Lost lost) {
      return Optional.of(lost.claim());
    }
    return Optional.empty();
  }

  /** Why it did not succeed, if it did not. */
  default Optional<Failure> failed() {
    if (this instanceof Failed failed) {
      return Optional.of(failed.failure());
    } else if (this instanceof Cancelled cancelled) {
      return Optional.of(cancelled.failure());
    } else if (this instanceof TimedOut timedOut) {
      return Optional.of(timedOut.failure());
    } else if (this instanceof Expired expired) {
      return Optional.of(expired.failure());
    } else if (this instanceof Lost lost) {
      return Optional.of(lost.failure());
    }
    return Optional.empty();
  }

  /** The progress last known; a success has none of its own. */
  default Progress lastProgress() {
    if (this instanceof Running running) {
      return running.progress();
    } else if (this instanceof Cancelling cancelling) {
      return cancelling.progress();
    } else if (this instanceof Failed failed) {
      return failed.progress();
    } else if (this instanceof Cancelled cancelled) {
      return cancelled.progress();
    } else if (this instanceof TimedOut timedOut) {
      return timedOut.progress();
    } else if (this instanceof Lost lost) {
      return lost.progress();
    }
    return Progress.NONE;
  }
}
