package org.diferido.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.diferido.database.Dialect.ProgressWatch;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.Progress;

/** One call on one connection, from its text to its commit. */
final class CallRun {

  private static final Logger LOG = System.getLogger(CallRun.class.getName());

  /** How far it came, which decides what an error means. */
  private enum Stage {
    PREPARING,
    EXECUTING,
    COMMITTING
  }

  private final OwnTransaction transaction;
  private final Dialect dialect;
  private final BoundCall call;
  private final Consumer<Progress> progress;
  private final AtomicBoolean deaf = new AtomicBoolean();
  private Stage stage = Stage.PREPARING;

  CallRun(
      OwnTransaction transaction, Dialect dialect, BoundCall call, Consumer<Progress> progress) {
    this.transaction = transaction;
    this.dialect = dialect;
    this.call = call;
    this.progress = progress;
  }

  ProcedureResult run() {
    try {
      ProcedureResult result = execute();
      stage = Stage.COMMITTING;
      transaction.commit();
      return result;
    } catch (SQLException e) {
      transaction.rollBack(e);
      throw new FailureException(failure(e), e);
    } catch (RuntimeException | Error e) {
      transaction.rollBack(e);
      if (stage == Stage.COMMITTING) {
        throw new FailureException(Failure.of(FailureCode.OUTCOME_UNKNOWN), e);
      }
      throw e;
    }
  }

  private ProcedureResult execute() throws SQLException {
    Connection connection = transaction.connection();
    try (CallableStatement statement = connection.prepareCall(dialect.callText(call))) {
      dialect.bind(statement, call);
      ProgressWatch watch = dialect.watch(connection, this::tell);
      stage = Stage.EXECUTING;
      // A driver that waits for a lock could swallow one from before the call.
      transaction.holdInterrupt();
      try (watch) {
        statement.execute();
      } finally {
        transaction.holdInterrupt();
      }
      return read(statement);
    }
  }

  private ProcedureResult read(CallableStatement statement) throws SQLException {
    long begin = System.nanoTime();
    ResultValues values = new ResultValues();
    dialect.read(statement, call, values);
    return new ProcedureResult(values.values(), Duration.ofNanos(System.nanoTime() - begin));
  }

  /** The call must not fail because somebody could not be told of its progress. Logged once. */
  private void tell(Progress news) {
    try {
      progress.accept(news);
    } catch (RuntimeException e) {
      if (!deaf.getAndSet(true)) {
        LOG.log(Level.WARNING, "the progress of a call could not be passed on", e);
      }
    }
  }

  private Failure failure(SQLException e) {
    boolean lost = dialect.isConnectionLost(e);
    return switch (stage) {
      case PREPARING -> lost ? Failure.of(FailureCode.DATABASE_UNAVAILABLE) : dialect.failure(e);
      case EXECUTING -> lost ? Failure.of(FailureCode.OUTCOME_UNKNOWN) : dialect.failure(e);
      case COMMITTING -> Failure.of(FailureCode.OUTCOME_UNKNOWN);
    };
  }
}
