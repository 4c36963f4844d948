package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import org.diferido.database.Dialect.CallWatch;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a call is in the database. Only then may it be cancelled: a request that comes
 * later could stop what its connection does next.
 */
final class InFlight {

  private static final Logger LOG = System.getLogger(InFlight.class.getName());

  private final Dialect dialect;
  private @Nullable CallableStatement statement;
  private @Nullable CallWatch watch;
  private @Nullable Thread thread;
  private boolean cancelled;

  InFlight(Dialect dialect) {
    this.dialect = dialect;
  }

  synchronized void begin(CallableStatement statement, CallWatch watch) {
    this.statement = statement;
    this.watch = watch;
    this.thread = Thread.currentThread();
  }

  /**
   * The call is back. Waits until a request to cancel it that is being sent is sent.
   *
   * @return whether one was
   */
  synchronized boolean end() {
    statement = null;
    watch = null;
    return cancelled;
  }

  /** Whether somebody asked to cancel it while it was in the database. */
  synchronized boolean wasCancelled() {
    return cancelled;
  }

  /** Asks the database to stop the call, once; false when the call is not there. */
  synchronized boolean cancel() {
    if (statement == null || thread == null) {
      return false;
    }
    if (!cancelled) {
      cancelled = true;
      try {
        dialect.cancel(statement, thread);
      } catch (SQLException e) {
        cancelled = false;
        LOG.log(Level.WARNING, "a call could not be cancelled", e);
        return false;
      }
    }
    return true;
  }

  /** Asks again where it goes on all the same; it is not back before this is. */
  synchronized void cancelAgain(Connection another, String id) throws SQLException {
    if (cancelled && statement != null) {
      dialect.cancelAgain(another, id);
    }
  }

  synchronized void look() {
    if (watch != null) {
      watch.look();
    }
  }
}
