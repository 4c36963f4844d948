package org.diferido.database.oracle;

import java.math.BigDecimal;
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
import org.jspecify.annotations.Nullable;

/**
 * How far sessions are, from V$SESSION and V$SESSION_LONGOPS (Oracle Database Reference), found by
 * the client identifier that each call has put on its session.
 */
final class OracleSessions {

  /** What {@link OracleDialect} says a session does, until the procedure says something better. */
  static final String ACTION = "diferido";

  /**
   * LAST_CALL_ET is how long the session's call has been going on, in seconds: an operation that
   * was last told of before that is another call's on the same session. In doubt about a second
   * nothing is shown, since the next time it is told of it will be. Operations of the database's
   * own, such as the scan of a table, belong to a line of a plan: they are not the procedure's.
   */
  private static final String QUERY =
      """
      SELECT S.CLIENT_IDENTIFIER, S.ACTION, L.OPNAME, L.SOFAR, L.TOTALWORK, L.UNITS
        FROM V$SESSION S
        LEFT JOIN V$SESSION_LONGOPS L
          ON L.SID = S.SID AND L.SERIAL# = S.SERIAL#
         AND L.SQL_PLAN_LINE_ID IS NULL
         AND L.LAST_UPDATE_TIME > SYSDATE - S.LAST_CALL_ET / 86400
       WHERE S.STATUS = 'ACTIVE' AND S.CLIENT_IDENTIFIER IN (%s)
       ORDER BY L.LAST_UPDATE_TIME NULLS FIRST, L.START_TIME
      """;

  private OracleSessions() {}

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
          Progress progress = progress(rows);
          if (progress != null) {
            seen.put(rows.getString("CLIENT_IDENTIFIER"), progress);
          }
        }
      }
    }
    return seen;
  }

  private static @Nullable Progress progress(ResultSet row) throws SQLException {
    String action = row.getString("ACTION");
    @Nullable String said = action == null || action.equals(ACTION) ? null : action;
    BigDecimal done = row.getBigDecimal("SOFAR");
    BigDecimal total = row.getBigDecimal("TOTALWORK");
    if (done != null && total != null) {
      String operation = row.getString("OPNAME");
      return Progress.longOperation(
          done, total, row.getString("UNITS"), said == null ? operation : said);
    }
    return said == null ? null : Progress.said(said);
  }
}
