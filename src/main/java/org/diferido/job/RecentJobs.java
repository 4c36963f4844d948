package org.diferido.job;

import java.util.List;

/**
 * Jobs that may have changed not long ago.
 *
 * @param jobs in no order, each once
 * @param last the place of the job that was accepted last, by which the next question goes on
 */
public record RecentJobs(List<JobGlance> jobs, long last) {

  public RecentJobs {
    jobs = List.copyOf(jobs);
  }
}
