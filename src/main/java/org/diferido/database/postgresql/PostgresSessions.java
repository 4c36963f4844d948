package org.diferido.database.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.diferido.database.Dialect;
import org.diferido.procedure.Progress;
import org.diferido.procedure.ReportedProgress;

/**
 * Finds the sessions of calls: how far they say they are by their application_name, in
 * pg_stat_activity (PostgreSQL documentation, "The Cumulative Statistics System"). A user sees the
 * statements of its own sessions, so this has to be the user of the calls.
 */
final class PostgresSessions {

  private static final String QUERY =
      """
      SELECT s.id, s.application_name
        FROM (SELECT substring(query FROM '^/\\* diferido:([0-9A-Za-z-]+) ') AS id, application_name
                FROM pg_catalog.pg_stat_activity
               WHERE state = 'active' AND query LIKE '/* diferido:%%' AND pid <> pg_backend_pid()) s
       WHERE s.id IN (%s)
      """;

  /** An id has no character that LIKE reads otherwise. */
  private static final String CANCEL =
      """
      SELECT pg_cancel_backend(pid)
        FROM pg_catalog.pg_stat_activity
       WHERE state = 'active' AND query LIKE '/* diferido:' || ? || ' %' AND pid <> pg_backend_pid()
      """;

  private PostgresSessions() {}

  /** Asks the server to stop what the session of a call is doing, if it is that call. */
  static void cancel(Connection connection, String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CANCEL)) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.setString(1, id);
      statement.execute();
    }
  }

  static Map<String, Progress> look(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<String, Progress> seen = new HashMap<>();
    String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement statement = connection.prepareStatement(QUERY.formatted(marks))) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      int place = 0;
      for (String id : ids) {
        place++;
        statement.setString(place, id);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String id = rows.getString(1);
          ReportedProgress.parse(rows.getString(2)).ifPresent(progress -> seen.put(id, progress));
        }
      }
    }
    return seen;
  }
}
