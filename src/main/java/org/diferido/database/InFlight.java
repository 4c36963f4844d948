package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.diferido.database.Dialect.CallWatch;
import org.diferido.database.Dialect.Told;
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

  /** Whether the thread is busy with something else, which is not to be disturbed. */
  private boolean apart;

  /** The most that the database was told by another session. */
  private Told told = Told.NOTHING;

  private boolean harder;

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
   * The call is back. Waits until a request to stop it that is being sent is sent.
   *
   * @return whether it was cancelled
   */
  synchronized boolean back() {
    executing = null;
    watch = null;
    return cancelled;
  }

  /** The most that was asked of the database while the call was in it. */
  synchronized Told told() {
    return told == Told.NOTHING && cancelled ? Told.TO_STOP : told;
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
      again(before);
    }
  }

  private synchronized @Nullable Statement next(Statement statement) {
    goOn();
    Statement before = executing;
    executing = statement;
    return before;
  }

  private synchronized void again(@Nullable Statement before) {
    executing = before;
  }

  /** An interrupt of the thread, by which some are cancelled, could break others' files. */
  @Override
  public void apart(Runnable step) {
    leave();
    boolean interrupted = Thread.interrupted();
    try {
      step.run();
    } finally {
      comeBack();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void leave() {
    goOn();
    apart = true;
  }

  private synchronized void comeBack() {
    apart = false;
  }

  /**
   * Asks the database to stop the call; false when the call is not there. A driver that has nothing
   * to cancel yet may drop the request unsaid, and a procedure may go on all the same: who asks
   * again is heard again.
   */
  synchronized boolean cancel() {
    if (executing == null || thread == null) {
      return false;
    }
    boolean before = cancelled;
    cancelled = true;
    if (apart) {
      return true;
    }
    try {
      dialect.cancel(executing, thread);
      return true;
    } catch (SQLException e) {
      cancelled = before;
      LOG.log(Level.WARNING, "a call could not be cancelled", e);
      return before;
    }
  }

  /** Asks again where it goes on all the same; it is not back before this is. */
  synchronized void cancelAgain(Connection another) throws SQLException {
    if (cancelled && executing != null && !apart) {
      dialect.cancelAgain(another, id);
    }
  }

  /** Has it stopped in another session, the next time by the end of its own. */
  synchronized Told end(Connection another) throws SQLException {
    if (executing == null) {
      return Told.NOTHING;
    }
    Told now;
    try {
      now = dialect.end(another, id, harder);
    } catch (SQLException e) {
      harder = true;
      throw e;
    }
    harder |= now != Told.NOTHING;
    told = now.compareTo(told) > 0 ? now : told;
    return now;
  }

  synchronized void look() {
    if (watch != null) {
      watch.look();
    }
  }
}
