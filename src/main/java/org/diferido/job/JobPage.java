package org.diferido.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the jobs that match a filter, newest first.
 *
 * @param total how many match in all
 * @param next where the next page begins, or null when this is the last
 */
public record JobPage(List<Job> jobs, long total, @Nullable Long next) {

  public JobPage {
    jobs = List.copyOf(jobs);
  }
}
