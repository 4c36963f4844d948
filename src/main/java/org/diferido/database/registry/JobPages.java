package org.diferido.database.registry;

import java.util.List;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobPage;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Lists of jobs, newest first, page by page. However many jobs there are, a page reads no more of
 * them than its {@link ListBounds} say: where few of those that it looks through match, it ends
 * before it is full, and the next one goes on from there.
 */
final class JobPages {

  private final RegistryDatabase database;
  private final ListBounds bounds;

  JobPages(RegistryDatabase database, ListBounds bounds) {
    this.database = database;
    this.bounds = bounds;
  }

  /**
   * Some of the jobs, without how many there are.
   *
   * @param next where the next part begins, or null when this is the last
   * @param end before which place nothing was looked at; null when there was nothing more
   */
  record Part(List<Job> jobs, @Nullable Long next, @Nullable Long end) {}

  JobPage page(JobFilter filter, int limit, @Nullable Long from) {
    return database.withAutoCommit(
        (handle, dialect) -> {
          JobCondition stretch = QueueStretch.of(handle, filter.created()).condition();
          Part part = part(handle, filter, stretch, limit, from);
          if (from == null && part.next == null) {
            return new JobPage(part.jobs, part.jobs.size(), null);
          }
          Long end = from == null ? part.end : end(handle, filter, stretch);
          long found = counted(handle, JobCondition.of(filter).and(stretch), end);
          return new JobPage(
              part.jobs,
              Math.max(part.jobs.size(), Math.min(found, bounds.counted())),
              end == null && found <= bounds.counted(),
              part.next);
        });
  }

  /** The same jobs without a total. */
  Part part(JobFilter filter, int limit, @Nullable Long from) {
    return database.withAutoCommit(
        (handle, dialect) ->
            part(
                handle,
                filter,
                QueueStretch.of(handle, filter.created()).condition(),
                limit,
                from));
  }

  private Part part(
      Handle handle, JobFilter filter, JobCondition stretch, int limit, @Nullable Long from) {
    JobCondition rest =
        from == null ? stretch : stretch.and("QUEUE_NO < :from", "from", JobColumns.number(from));
    Long end = end(handle, filter, rest);
    JobCondition among = SearchedRows.endingAt(JobCondition.of(filter).and(rest), end);
    List<JobRow> rows = newest(handle, filter, among, limit + 1);
    boolean more = rows.size() > limit;
    List<Job> jobs =
        (more ? rows.subList(0, limit) : rows)
            .stream().map(JobRow::job).filter(job -> isMeant(filter, job)).toList();
    Long next = more ? Long.valueOf(rows.get(limit - 1).queueNo()) : nextAfter(end);
    return new Part(jobs, next, end);
  }

  /** A page begins before its place, and this one did not look at the place where it ended. */
  private static @Nullable Long nextAfter(@Nullable Long end) {
    return end == null ? null : end + 1;
  }

  /** The condition of a search is a little too wide. */
  private static boolean isMeant(JobFilter filter, Job job) {
    return !filter.isSearch() || filter.matches(job);
  }

  /** As {@link SearchedRows#end}; where nothing is searched all can be looked at. */
  private @Nullable Long end(Handle handle, JobFilter filter, JobCondition rest) {
    return filter.isSearch() ? SearchedRows.end(handle, filter, rest, bounds.searched()) : null;
  }

  private static List<JobRow> newest(
      Handle handle, JobFilter filter, JobCondition condition, int most) {
    String sql =
        "SELECT %s FROM ASYNC_JOBS WHERE %s ORDER BY %s FETCH FIRST :most ROWS ONLY"
            .formatted(JobRow.LISTED, condition.sql(), SearchedRows.order(filter));
    try (Query query = handle.createQuery(sql)) {
      return query
          .bindMap(condition.values())
          .bind("most", most)
          .map((row, context) -> JobRow.read(row))
          .list();
    }
  }

  /** How many there are, up to one more than are counted. */
  private long counted(Handle handle, JobCondition condition, @Nullable Long end) {
    JobCondition among = SearchedRows.endingAt(condition, end);
    String sql =
        "SELECT COUNT(*) FROM (SELECT QUEUE_NO FROM ASYNC_JOBS WHERE %s FETCH FIRST %d ROWS ONLY) COUNTED"
            .formatted(among.sql(), bounds.counted() + 1);
    try (Query query = handle.createQuery(sql)) {
      return query.bindMap(among.values()).mapTo(Long.class).one();
    }
  }
}
