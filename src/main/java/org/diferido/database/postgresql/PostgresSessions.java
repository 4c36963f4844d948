package org.diferido.database.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Nothing in an id is read as a pattern here. A transaction that waits for its client shows the
   * statement it executed last; one that has written the end of its job has the name for it (see
   * {@link PostgresRegistryDialect#saysWhose}).
   */
  private static final String END =
      """
      SELECT pg_terminate_backend(pid)
        FROM pg_catalog.pg_stat_activity
       WHERE state <> 'idle' AND pid <> pg_backend_pid()
         AND (starts_with(query, '/* diferido:' || ? || ' ') OR application_name = 'diferido:' || ?)
      """;

  /** One row at least, which says whether the server tells what sessions do. */
  private static final String ALIVE =
      """
      SELECT current_setting('track_activities') = 'on', s.id
        FROM (VALUES (1)) one
        LEFT JOIN
             (SELECT coalesce(substring(query FROM '^/\\* diferido:([0-9A-Za-z-]+) '),
                              substring(application_name FROM '^diferido:(.+)$')) AS id
                FROM pg_catalog.pg_stat_activity
               WHERE state <> 'idle' AND pid <> pg_backend_pid()) s
          ON s.id IN (%s)
      """;

  private PostgresSessions() {}

  /** Whether there was such a session to end. */
  static boolean end(Connection connection, String id) throws SQLException {
    boolean told = false;
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.setString(1, id);
      statement.setString(2, id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          told |= rows.getBoolean(1);
        }
      }
    }
    return told;
  }

  /** Empty when sessions do not tell what they do. */
  static Optional<Set<String>> alive(Connection connection, Collection<String> ids)
      throws SQLException {
    Set<String> alive = new HashSet<>();
    try (PreparedStatement statement = about(connection, ALIVE, ids);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (!rows.getBoolean(1)) {
          return Optional.empty();
        }
        String id = rows.getString(2);
        if (id != null) {
          alive.add(id);
        }
      }
    }
    return Optional.of(alive);
  }

  private static PreparedStatement about(
      Connection connection, String query, Collection<String> ids) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    PreparedStatement statement = connection.prepareStatement(query.formatted(marks));
    statement.setQueryTimeout(Dialect.PATIENCE);
    int place = 0;
    for (String id : ids) {
      place++;
      statement.setString(place, id);
    }
    return statement;
  }

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
    try (PreparedStatement statement = about(connection, QUERY, ids);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String id = rows.getString(1);
        ReportedProgress.parse(rows.getString(2)).ifPresent(progress -> seen.put(id, progress));
      }
    }
    return seen;
  }
}
