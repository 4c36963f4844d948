package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection in a transaction of this service's own, outside the container's. It gives the
 * connection back as it got it, and undisturbed: an interrupt of the thread waits until then.
 */
final class OwnTransaction implements JdbcCallTransaction, AutoCloseable {

  private static final Logger LOG = System.getLogger(OwnTransaction.class.getName());

  private final WatchedPool.Borrowed borrowed;
  private final Connection connection;
  private final boolean autoCommit;
  private boolean interrupted;
  private boolean broken;

  private OwnTransaction(WatchedPool.Borrowed borrowed, boolean autoCommit) {
    this.borrowed = borrowed;
    this.connection = borrowed.connection();
    this.autoCommit = autoCommit;
  }

  /** Begins on a connection, which is closed if that cannot be done. */
  static OwnTransaction begin(WatchedPool.Borrowed borrowed) throws SQLException {
    try {
      Connection connection = borrowed.connection();
      OwnTransaction transaction = new OwnTransaction(borrowed, connection.getAutoCommit());
      connection.setAutoCommit(false);
      return transaction;
    } catch (SQLException e) {
      try {
        borrowed.close();
      } catch (SQLException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  @Override
  public Connection connection() {
    return connection;
  }

  /** Holds back an interrupt that has come so far: it was meant for the call, which is over. */
  void holdInterrupt() {
    interrupted |= Thread.interrupted();
  }

  /** Drops an interrupt that has come so far: it was this service's own, and its work is done. */
  void dropInterrupt() {
    Thread.interrupted();
  }

  void commit() throws SQLException {
    connection.commit();
  }

  /**
   * Rolls back.
   *
   * @param cause why; is told if that fails, too
   */
  void rollBack(Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      broken = true;
      cause.addSuppressed(e);
    }
  }

  /** The connection is of no use to anybody any more. */
  void giveUp() {
    broken = true;
  }

  @Override
  public void close() {
    holdInterrupt();
    try (borrowed) {
      if (broken) {
        // Turning autocommit on would commit what could not be rolled back: no pool may have it.
        connection.abort(Runnable::run);
      } else {
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException | RuntimeException | Error e) {
      // What the call did is done or undone by now, and nothing that is thrown here changes that.
      LOG.log(Level.WARNING, "a connection could not be given back in order", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
