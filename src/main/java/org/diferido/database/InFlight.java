package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.diferido.database.Dialect.CallWatch;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a call is in the database, until all that it gave back is read. Only then may
 * it be cancelled: a request that comes later could stop what its connection does next.
 */
final class InFlight implements Reading {

  private static final Logger LOG = System.getLogger(InFlight.class.getName());

  private final Dialect dialect;
  private final String id;

  /** The call's own or one that reads for it. */
  private @Nullable Statement executing;

  private @Nullable CallWatch watch;
  private @Nullable Thread thread;
  private boolean cancelled;

  InFlight(Dialect dialect, String id) {
    this.dialect = dialect;
    this.id = id;
  }

  synchronized void begin(Statement statement, CallWatch watch) {
    this.executing = statement;
    this.watch = watch;
    this.thread = Thread.currentThread();
  }

  /**
   * The call is back. Waits until a request to cancel it that is being sent is sent.
   *
   * @return whether one was
   */
  synchronized boolean end() {
    executing = null;
    watch = null;
    return cancelled;
  }

  /** Whether somebody asked to cancel it while it was in the database. */
  synchronized boolean wasCancelled() {
    return cancelled;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public synchronized void goOn() {
    if (cancelled) {
      throw Failure.of(FailureCode.CANCELLED).toException();
    }
  }

  @Override
  public <T> T during(Statement statement, Step<T> step) throws SQLException {
    Statement before = next(statement);
    try {
      return step.run();
    } finally {
      back(before);
    }
  }

  private synchronized @Nullable Statement next(Statement statement) {
    goOn();
    Statement before = executing;
    executing = statement;
    return before;
  }

  private synchronized void back(@Nullable Statement before) {
    executing = before;
  }

  /** Asks the database to stop the call, once; false when the call is not there. */
  synchronized boolean cancel() {
    if (executing == null || thread == null) {
      return false;
    }
    if (!cancelled) {
      cancelled = true;
      try {
        dialect.cancel(executing, thread);
      } catch (SQLException e) {
        cancelled = false;
        LOG.log(Level.WARNING, "a call could not be cancelled", e);
        return false;
      }
    }
    return true;
  }

  /** Asks again where it goes on all the same; it is not back before this is. */
  synchronized void cancelAgain(Connection another) throws SQLException {
    if (cancelled && executing != null) {
      dialect.cancelAgain(another, id);
    }
  }

  synchronized void look() {
    if (watch != null) {
      watch.look();
    }
  }
}
