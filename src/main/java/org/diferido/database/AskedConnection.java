package org.diferido.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection on which the database is only asked something. A call may take as long as it likes,
 * and so the pool waits for ever; who asks must not, when the database has gone without a word: no
 * query timeout ends the reading of an answer that never comes.
 */
record AskedConnection(WatchedPool.Borrowed borrowed, int timeoutBefore) implements AutoCloseable {

  /** Longer than any question may take in the database ({@link Dialect#PATIENCE}). */
  private static final int MOST_MILLIS = (Dialect.PATIENCE + 10) * 1000;

  private static final int UNBOUNDED = -1;

  /**
   * @param overNetwork whether the database is another process; one in this JVM has no answers to
   *     wait for, and servers log it as a severe error when they are asked to limit that
   */
  static AskedConnection of(WatchedPool.Borrowed borrowed, boolean overNetwork) {
    if (!overNetwork) {
      return new AskedConnection(borrowed, UNBOUNDED);
    }
    try {
      Connection connection = borrowed.connection();
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, MOST_MILLIS);
      return new AskedConnection(borrowed, before);
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      // Not every pool passes this on.
      return new AskedConnection(borrowed, UNBOUNDED);
    }
  }

  Connection connection() {
    return borrowed.connection();
  }

  @Override
  public void close() throws SQLException {
    try (borrowed) {
      Connection connection = borrowed.connection();
      if (timeoutBefore != UNBOUNDED && !connection.isClosed()) {
        connection.setNetworkTimeout(Runnable::run, timeoutBefore);
      }
    }
  }
}
