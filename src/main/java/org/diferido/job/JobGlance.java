package org.diferido.job;

import org.diferido.procedure.Progress;

/**
 * As much of a job as tells whether it has changed since somebody last looked at it.
 *
 * @param attempt of its claim; 0 when nobody has or had it
 * @param progress without when it is expected to end, which is another time at each look; of a job
 *     that succeeded the whole, whatever it last told
 */
public record JobGlance(JobId id, String owner, JobStatus status, int attempt, Progress progress) {

  public JobGlance {
    progress =
        new Progress(
            progress.source(),
            status == JobStatus.SUCCEEDED ? 100 : progress.percent(),
            progress.message(),
            progress.done(),
            progress.total(),
            progress.unit(),
            null);
  }

  /** Whether the job has gone to another state since, rather than on in the same. */
  public boolean isMoveFrom(JobGlance earlier) {
    return status != earlier.status || attempt != earlier.attempt;
  }

  public static JobGlance of(Job job) {
    return new JobGlance(
        job.id(),
        job.owner(),
        job.status(),
        job.state().heldBy().map(JobState.Claim::attempt).orElse(0),
        job.state().lastProgress());
  }
}
