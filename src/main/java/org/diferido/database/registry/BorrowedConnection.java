package org.diferido.database.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.Cleanable;

/**
 * Gives Jdbi the connection that this thread works on for somebody else, and never closes it. A
 * Jdbi made for one connection would read every statement's text anew: half of what a short call
 * cost the service.
 */
final class BorrowedConnection implements ConnectionFactory {

  private static final ThreadLocal<Connection> LENT = new ThreadLocal<>();

  /** Something to do with it. */
  interface Use<T> {
    T run() throws SQLException;
  }

  /** Lends a connection to what is done here, on this thread. */
  <T> T during(Connection connection, Use<T> use) throws SQLException {
    LENT.set(connection);
    try {
      return use.run();
    } finally {
      LENT.remove();
    }
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection connection = LENT.get();
    if (connection == null) {
      throw new SQLNonTransientConnectionException("no connection was lent", "08003");
    }
    return connection;
  }

  /** It is its owner's. */
  @Override
  public void closeConnection(Connection connection) {}

  @Override
  public Cleanable getCleanableFor(Connection connection) {
    return () -> {};
  }
}
