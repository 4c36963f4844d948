package org.diferido.database.registry;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.diferido.job.Job;
import org.diferido.job.JobFilter;
import org.diferido.job.JobId;
import org.diferido.job.JobStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/**
 * Removals of jobs, which are counted in DIFERIDO_REMOVALS so that all nodes hear of them. Each
 * process counts in a row of its own, by chance: one that is paused before its commit does not keep
 * the others from removing.
 */
final class Removals {

  private static final int SLOTS = 1000;
  private static final int REMOVED_AT_ONCE = 20;
  private static final int SEARCHED_AT_ONCE = 200;
  private static final String COUNT =
      "UPDATE DIFERIDO_REMOVALS SET REMOVALS = REMOVALS + 1 WHERE SLOT = :slot";
  private static final String FIRST =
      "INSERT INTO DIFERIDO_REMOVALS (SLOT, REMOVALS) VALUES (:slot, 1)";

  private final RegistryDatabase database;
  private final JobPages pages;
  private final Map<String, Argument> slot =
      Map.of("slot", JobColumns.number((long) new SecureRandom().nextInt(SLOTS)));

  /** One at a time where the database would have the second undo what it did. */
  private final ReentrantLock removing = new ReentrantLock(true);

  Removals(RegistryDatabase database, JobPages pages) {
    this.database = database;
    this.pages = pages;
  }

  /** Removes a job if it still is as it was. */
  boolean remove(Job job) {
    return delete(JobCondition.still(job)) > 0;
  }

  /** Removes the jobs that have ended and match; returns how many. */
  int removeEnded(JobFilter filter) {
    return filter.isSearch() || !filter.created().equals(JobFilter.Period.ANY)
        ? removeSearched(filter.in(JobStatus.ENDS))
        : removeIndexed(filter);
  }

  /** Goes through the jobs once, whatever is removed of them. */
  private int removeSearched(JobFilter ended) {
    int removed = 0;
    Long from = null;
    do {
      JobPages.Part part = pages.part(ended, SEARCHED_AT_ONCE, from);
      for (int at = 0; at < part.jobs().size(); at += REMOVED_AT_ONCE) {
        int end = Math.min(part.jobs().size(), at + REMOVED_AT_ONCE);
        List<JobId> ids = part.jobs().subList(at, end).stream().map(Job::id).toList();
        removed += delete(JobCondition.ended(ids));
      }
      from = part.next();
    } while (from != null);
    return removed;
  }

  private int removeIndexed(JobFilter filter) {
    JobCondition matching = JobCondition.of(filter);
    // HSQLDB keeps the rows of a transaction in memory, and each may have a result of megabytes.
    // The number is written out: of an unknown one PostgreSQL expects a tenth of all rows.
    JobCondition among =
        new JobCondition(
            """
            JOB_ID IN (SELECT JOB_ID FROM ASYNC_JOBS
              WHERE %s AND END_TIME IS NOT NULL FETCH FIRST %d ROWS ONLY)
            """
                .formatted(matching.sql(), REMOVED_AT_ONCE),
            matching.values());
    int removed = 0;
    int more;
    do {
      more = delete(among);
      removed += more;
    } while (more > 0);
    return removed;
  }

  /** Removes those that were to go at their end; a lost one stays, since somebody has to look. */
  int removeMarked() {
    return delete(
        new JobCondition(
            "REMOVE_AT_END = 'Y' AND END_TIME IS NOT NULL AND STATE <> 'lost'", Map.of()));
  }

  /** Deletes jobs, and counts that if there were any. */
  private int delete(JobCondition condition) {
    String sql = "DELETE FROM ASYNC_JOBS WHERE " + condition.sql();
    Map<String, Argument> values = condition.values();
    if (database.locks()) {
      return deleted(sql, values);
    }
    removing.lock();
    try {
      return deleted(sql, values);
    } finally {
      removing.unlock();
    }
  }

  private int deleted(String sql, Map<String, Argument> values) {
    return database.inTransaction(
        (handle, dialect) -> {
          int removed = update(handle, sql, values);
          if (removed > 0 && update(handle, COUNT, slot) == 0) {
            // Another may do the same: then both rows count, and their sum is what is read.
            update(handle, FIRST, slot);
          }
          return removed;
        });
  }

  private static int update(Handle handle, String sql, Map<String, Argument> values) {
    try (Update update = handle.createUpdate(sql)) {
      return update.bindMap(values).execute();
    }
  }
}
