package org.diferido.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.diferido.failure.FailureException;

/** One of the pools, whose doings are told. */
public record WatchedPool(DatabaseEvents.Pool pool, DatabaseEvents events) {

  /** A connection that was borrowed, until it is closed: once. */
  record Borrowed(Connection connection, WatchedPool from) implements AutoCloseable {

    @Override
    public void close() throws SQLException {
      from.giveBack(connection);
    }
  }

  /** Borrows a connection of it, which is to be given back. */
  public Connection borrow(DataSource source) throws SQLException {
    long begin = System.nanoTime();
    boolean borrowed = false;
    try {
      Connection connection = source.getConnection();
      borrowed = true;
      return connection;
    } finally {
      long nanos = System.nanoTime() - begin;
      if (borrowed) {
        events.borrowed(pool, nanos);
      } else {
        events.notBorrowed(pool, nanos);
      }
    }
  }

  /** Closes one that was borrowed, which is not closed otherwise. */
  public void giveBack(Connection connection) throws SQLException {
    try (connection) {
      events.givenBack(pool);
    }
  }

  /** Tells of a failure, and gives it back to be thrown. */
  public FailureException told(FailureException failure) {
    events.failed(pool, failure.failure().code());
    return failure;
  }
}
