package org.diferido.database.oracle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diferido.database.Dialect;
import org.diferido.database.Dialect.Told;
import org.diferido.database.SqlErrors;

/**
 * Finds the sessions of calls by their client identifier, on every instance of a cluster
 * (GV$SESSION, Oracle Database Reference), and ends them (ALTER SYSTEM, SQL Language Reference). On
 * V$SESSION alone a call of another instance would look as if it was gone.
 */
final class OracleSessionEnd {

  /**
   * A session keeps its client identifier when its call is over: only one that works, or has a
   * transaction open, counts. The one that asks may have it from a call of before.
   */
  private static final String QUERY =
      """
      SELECT S.CLIENT_IDENTIFIER, S.SID, S.SERIAL#, S.INST_ID
        FROM GV$SESSION S
       WHERE (S.STATUS = 'ACTIVE' OR S.TADDR IS NOT NULL) AND S.CLIENT_IDENTIFIER IN (%s)
         AND NOT (S.SID = SYS_CONTEXT('USERENV', 'SID')
                  AND S.INST_ID = SYS_CONTEXT('USERENV', 'INSTANCE'))
      """;

  private static final int NO_SUCH_SESSION = 30;
  private static final int MARKED = 31;

  private OracleSessionEnd() {}

  private record Session(String client, long sid, long serial, long instance) {}

  static Set<String> alive(Connection connection, Collection<String> ids) throws SQLException {
    Set<String> alive = new HashSet<>();
    find(connection, ids).forEach(session -> alive.add(session.client));
    return alive;
  }

  /**
   * @param harder false to stop the statement only (18c and later), true to end the session
   */
  static Told end(Connection connection, String id, boolean harder) throws SQLException {
    Told told = Told.NOTHING;
    for (Session session : find(connection, List.of(id))) {
      if (end(connection, session, harder)) {
        told = harder ? Told.TO_END : Told.TO_STOP;
      }
    }
    return told;
  }

  private static List<Session> find(Connection connection, Collection<String> ids)
      throws SQLException {
    String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement statement = connection.prepareStatement(QUERY.formatted(marks))) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      int place = 0;
      for (String id : ids) {
        place++;
        statement.setString(place, id);
      }
      List<Session> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Session(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
        }
      }
      return found;
    }
  }

  /** It takes no binds; what goes into its text are numbers of the dictionary's. */
  private static boolean end(Connection connection, Session session, boolean harder)
      throws SQLException {
    String which = "'%d, %d, @%d'".formatted(session.sid, session.serial, session.instance);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(Dialect.PATIENCE);
      statement.execute(
          harder
              ? "ALTER SYSTEM KILL SESSION " + which + " IMMEDIATE"
              : "ALTER SYSTEM CANCEL SQL " + which);
      return true;
    } catch (SQLException e) {
      int number = SqlErrors.innermost(e).getErrorCode();
      if (number == NO_SUCH_SESSION || number == MARKED) {
        return number == MARKED;
      }
      throw e;
    }
  }
}
