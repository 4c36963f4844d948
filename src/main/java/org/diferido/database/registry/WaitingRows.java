package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/** The rows of ASYNC_JOBS that wait, in the order in which they have their turn. */
final class WaitingRows {

  private WaitingRows() {}

  /** Which of the jobs that wait are still of interest. */
  record Wanted(String condition, int most, Instant now, Set<String> notOf, Set<String> notIn) {

    String sql() {
      StringBuilder sql = new StringBuilder(condition);
      if (!notOf.isEmpty()) {
        sql.append(" AND OWNER NOT IN (<not_of>)");
      }
      if (!notIn.isEmpty()) {
        sql.append(" AND (LIMIT_GROUP IS NULL OR LIMIT_GROUP NOT IN (<not_in>))");
      }
      return sql.toString();
    }
  }

  /** Whether any of them waits; nothing is locked. */
  static boolean isAny(Handle handle, RegistryDialect dialect, Wanted wanted) {
    String sql = dialect.firstQueued("JOB_ID", wanted.sql(), false);
    return !oldest(handle, sql, wanted, row -> row.getString("JOB_ID")).isEmpty();
  }

  /**
   * The oldest of them, locked where the database can; those that others have locked are passed
   * over.
   */
  static List<JobRow> locked(Handle handle, RegistryDialect dialect, Wanted wanted) {
    if (!dialect.readsWhatItLocked()) {
      String sql = dialect.firstQueued(JobRow.QUEUED, wanted.sql(), true);
      return oldest(handle, sql, wanted, JobRow::readQueued);
    }
    String sql = dialect.firstQueued("JOB_ID", wanted.sql(), true);
    List<String> ids;
    List<JobRow> rows;
    do {
      ids = oldest(handle, sql, wanted, row -> row.getString("JOB_ID"));
      rows = ids.isEmpty() ? List.of() : queued(handle, ids);
      // Again only if what was locked could leave the queue nevertheless.
    } while (rows.isEmpty() && !ids.isEmpty());
    return rows;
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> oldest(Handle handle, String sql, Wanted wanted, Reading<T> reading) {
    try (Query query = handle.createQuery(sql)) {
      if (!wanted.notOf.isEmpty()) {
        query.bindList("not_of", List.copyOf(wanted.notOf));
      }
      if (!wanted.notIn.isEmpty()) {
        query.bindList("not_in", List.copyOf(wanted.notIn));
      }
      return query
          // A dialect may leave the limit to whoever reads: then no row more may be fetched.
          .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
          .setMaxRows(wanted.most)
          .setFetchSize(wanted.most)
          .bind("now", JobColumns.time(wanted.now))
          .bind("most", wanted.most)
          .map((row, context) -> reading.read(row))
          .list();
    }
  }

  private static List<JobRow> queued(Handle handle, List<String> ids) {
    String sql =
        "SELECT "
            + JobRow.QUEUED
            + " FROM ASYNC_JOBS WHERE STATE = 'queued' AND JOB_ID IN (<ids>)"
            + " ORDER BY PRIORITY, QUEUE_ROUND, QUEUE_NO";
    try (Query query = handle.createQuery(sql)) {
      return query.bindList("ids", ids).map((row, context) -> JobRow.readQueued(row)).list();
    }
  }
}
