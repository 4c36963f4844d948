package org.diferido.job;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs; all conditions have to hold.
 *
 * @param owner only this caller's, or null for everybody's
 * @param statuses only these, empty for all
 * @param endedBefore only those that ended before, or null
 */
public record JobFilter(
    @Nullable String owner, Set<JobStatus.Reported> statuses, @Nullable Instant endedBefore) {

  public JobFilter {
    statuses = Set.copyOf(statuses);
  }

  /** Whether a job is one of them. */
  public boolean matches(Job job) {
    return (owner == null || owner.equals(job.owner()))
        && (statuses.isEmpty() || statuses.contains(job.status().reported()))
        && (endedBefore == null
            || (job.state() instanceof JobState.Ended ended
                && ended.endedAt().isBefore(endedBefore)));
  }
}
