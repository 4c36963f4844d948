package org.diferido.database.registry;

import java.util.Optional;
import org.diferido.job.JobFilter;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** How far back one answer looks among the rows that indexes find for a filter, newest first. */
final class SearchedRows {

  private SearchedRows() {}

  /**
   * The place of the first job that is not looked at any more; null when all can be.
   *
   * @param rest what else holds for those that are looked at
   * @param most how many can be
   */
  static @Nullable Long end(Handle handle, JobFilter filter, JobCondition rest, int most) {
    JobCondition found = JobCondition.indexed(filter).and(rest);
    String sql =
        "SELECT QUEUE_NO FROM ASYNC_JOBS WHERE %s ORDER BY %s OFFSET %d ROWS FETCH FIRST 1 ROWS ONLY"
            .formatted(found.sql(), order(filter), most);
    try (Query query = handle.createQuery(sql)) {
      Optional<Long> place = query.bindMap(found.values()).mapTo(Long.class).findFirst();
      return place.orElse(null);
    }
  }

  /** What comes before such a place. */
  static JobCondition endingAt(JobCondition condition, @Nullable Long end) {
    return end == null
        ? condition
        : condition.and("QUEUE_NO > :end", "end", JobColumns.number(end));
  }

  /**
   * HSQLDB walks the index (OWNER, QUEUE_NO) backwards only when told both columns; others do
   * anyway.
   */
  static String order(JobFilter filter) {
    return (filter.owner() == null ? "" : "OWNER DESC, ") + "QUEUE_NO DESC";
  }
}
