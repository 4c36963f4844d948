package org.diferido.database.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.job.WaitingJobs;

/** How many rows of ASYNC_JOBS wait: each count is one statement that reads only those. */
final class WaitingCounts {

  private static final String BY_OWNER =
      "SELECT OWNER, COUNT(*) AS JOBS FROM ASYNC_JOBS WHERE STATE = 'queued' GROUP BY OWNER";

  /** What has run before, and was then put back, is without a time to wait for. */
  private static final String BY_PROCEDURE =
      """
      SELECT RESOLVED_NAME, COUNT(*) AS JOBS,
        MIN(CASE WHEN HISTORY IS NULL THEN CREATED_AT ELSE COALESCE(NOT_BEFORE, CREATED_AT) END) AS WAITING_SINCE
      FROM ASYNC_JOBS WHERE STATE = 'queued' GROUP BY RESOLVED_NAME
      """;

  private final RegistryDatabase database;

  WaitingCounts(RegistryDatabase database) {
    this.database = database;
  }

  Map<String, Long> byOwner() {
    return database.withAutoCommit(
        (handle, dialect) -> {
          Map<String, Long> queued = new HashMap<>();
          handle
              .select(BY_OWNER)
              .map((row, context) -> queued.put(row.getString("OWNER"), row.getLong("JOBS")))
              .list();
          return queued;
        });
  }

  List<WaitingJobs> byProcedure() {
    return database.withAutoCommit(
        (handle, dialect) ->
            handle.select(BY_PROCEDURE).map((row, context) -> waiting(row)).list());
  }

  private static WaitingJobs waiting(ResultSet row) throws SQLException {
    return new WaitingJobs(
        row.getString("RESOLVED_NAME"),
        row.getLong("JOBS"),
        row.getObject("WAITING_SINCE", LocalDateTime.class).toInstant(ZoneOffset.UTC));
  }
}
