package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.diferido.database.CallFailures.Stage;
import org.diferido.database.Dialect.CallWatch;
import org.diferido.database.Dialect.Told;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;

/** One call on one connection, from its text to its commit. */
final class CallRun {

  private static final Logger LOG = System.getLogger(CallRun.class.getName());

  private final OwnTransaction transaction;
  private final Dialect dialect;
  private final BoundCall call;
  private final CallTag tag;
  private final GuardedListener listener;
  private final InFlight inFlight;
  private Stage stage = Stage.PREPARING;

  CallRun(
      OwnTransaction transaction,
      Dialect dialect,
      BoundCall call,
      CallTag tag,
      CallListener listener) {
    this.transaction = transaction;
    this.dialect = dialect;
    this.call = call;
    this.tag = tag;
    this.listener = new GuardedListener(listener);
    this.inFlight = new InFlight(dialect, tag.id());
  }

  Dialect dialect() {
    return dialect;
  }

  /** Asks the database to stop it; false when it is not there. */
  boolean cancel() {
    return inFlight.cancel();
  }

  /** Asks again, in another session, if it was asked and goes on. */
  void cancelAgain(Connection another) throws SQLException {
    inFlight.cancelAgain(another);
  }

  /** Has it stopped in another session; see {@link InFlight#end}. */
  Told end(Connection another) throws SQLException {
    return inFlight.end(another);
  }

  /** Looks at what its own statement has told so far. */
  void look() {
    inFlight.look();
  }

  /** Passes on what the database said of its progress. */
  void told(Progress progress) {
    listener.progressed(progress);
  }

  ProcedureResult run() {
    try {
      listener.begins(transaction);
      ProcedureResult result = execute();
      listener.returned(result, transaction);
      stage = Stage.COMMITTING;
      transaction.commit();
      return result;
    } catch (SQLException e) {
      Failure failure = new CallFailures(dialect).of(e, stage, inFlight.told());
      rollBack(e);
      throw new FailureException(failure, e);
    } catch (RuntimeException | Error e) {
      rollBack(e);
      throw new CallFailures(dialect).unforeseen(e, stage, inFlight.told());
    } finally {
      if (inFlight.told() == Told.TO_END) {
        // However the call ended, its session is about to.
        transaction.giveUp();
      }
    }
  }

  private ProcedureResult execute() throws SQLException {
    Connection connection = transaction.connection();
    dialect.tag(connection, call, tag);
    dialect.open(connection);
    try (CallableStatement statement = connection.prepareCall(dialect.callText(call, tag))) {
      dialect.bind(statement, call);
      try (CallWatch watch = dialect.watch(connection, statement, tag, listener::progressed)) {
        ProcedureResult result;
        try {
          result = executeWatched(statement, watch);
        } finally {
          useUpCancel();
          passLog(watch);
        }
        watch.returned();
        return result;
      }
    }
  }

  private ProcedureResult executeWatched(CallableStatement statement, CallWatch watch)
      throws SQLException {
    stage = Stage.EXECUTING;
    // A driver that waits for a lock could swallow an interrupt from before the call.
    transaction.holdInterrupt();
    ProcedureResult result;
    inFlight.begin(statement, watch);
    try {
      statement.execute();
      stage = Stage.RETURNED;
      result = read(statement);
    } finally {
      if (inFlight.back()) {
        transaction.dropInterrupt();
      } else {
        transaction.holdInterrupt();
      }
    }
    if (inFlight.told() != Told.NOTHING) {
      // The request may still be on its way, and would stop whatever comes next.
      dialect.ping(transaction.connection());
    }
    return result;
  }

  /** Of a failed call the log is wanted most, and of a lost connection there is none. */
  private void passLog(CallWatch watch) {
    try {
      List<String> lines = watch.log();
      if (!lines.isEmpty()) {
        listener.logged(lines);
      }
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, () -> "no log of call " + tag.id(), e);
    }
  }

  private ProcedureResult read(CallableStatement statement) throws SQLException {
    long begin = System.nanoTime();
    ResultValues values = new ResultValues(inFlight, listener.results());
    dialect.read(statement, call, values);
    return new ProcedureResult(values.values(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private void rollBack(Throwable cause) {
    transaction.rollBack(cause);
    if (inFlight.told() != Told.NOTHING && !isUsable() && !isUsable()) {
      transaction.giveUp();
    }
  }

  /** Where the reading stopped by itself, the request may still be on its way. */
  private void useUpCancel() {
    if (inFlight.told() != Told.NOTHING) {
      isUsable();
    }
  }

  /** A cancel that comes late is used up by a question that nobody minds. */
  private boolean isUsable() {
    try {
      dialect.ping(transaction.connection());
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
