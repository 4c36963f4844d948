package org.diferido.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the jobs that match a filter, newest first. There may be fewer than were asked for, even
 * none, and more to come: a registry does not look through all jobs for one page.
 *
 * @param total how many match in all
 * @param isExact whether the total is that; otherwise there are at least so many
 * @param next where the next page begins, or null when this is the last
 */
public record JobPage(List<Job> jobs, long total, boolean isExact, @Nullable Long next) {

  /** The page of no jobs at all. */
  public static final JobPage EMPTY = new JobPage(List.of(), 0, null);

  public JobPage {
    jobs = List.copyOf(jobs);
  }

  /** One of jobs that were all counted. */
  public JobPage(List<Job> jobs, long total, @Nullable Long next) {
    this(jobs, total, true, next);
  }

  /** The same page with these jobs. */
  public JobPage with(List<Job> others) {
    return new JobPage(others, total, isExact, next);
  }
}
