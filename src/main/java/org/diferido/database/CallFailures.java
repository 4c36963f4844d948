package org.diferido.database;

import java.sql.SQLException;
import org.diferido.database.Dialect.Told;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;

/** What an error means for a call, by its kind and by how far the call had come. */
final class CallFailures {

  /** How far a call came. */
  enum Stage {
    /** Nothing was sent that could do anything. */
    PREPARING,
    /** The procedure may be running. */
    EXECUTING,
    /** The procedure has returned, and nothing was committed for it. */
    RETURNED,
    /** The commit may be done. */
    COMMITTING
  }

  private final Dialect dialect;

  CallFailures(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The failure that a call ends with.
   *
   * @param told what the database was told of the call by this service
   */
  Failure of(SQLException error, Stage stage, Told told) {
    ErrorKind kind = dialect.errors().kind(error);
    return switch (stage) {
      case COMMITTING ->
          isRefusal(kind) ? told(error, kind) : Failure.of(FailureCode.OUTCOME_UNKNOWN);
      case PREPARING ->
          kind == ErrorKind.CONNECTION_LOST
              ? Failure.of(FailureCode.DATABASE_UNAVAILABLE)
              : told(error, kind);
      case RETURNED ->
          kind == ErrorKind.CONNECTION_LOST ? lost(told, true) : ended(error, kind, told);
      case EXECUTING ->
          kind == ErrorKind.CONNECTION_LOST
              ? lost(told, dialect.undoesLostCalls())
              : ended(error, kind, told);
    };
  }

  /** The database lives and says why it did not commit, such as a constraint that is deferred. */
  private static boolean isRefusal(ErrorKind kind) {
    return kind == ErrorKind.DATA || kind == ErrorKind.CONFLICT || kind == ErrorKind.RAISED;
  }

  /** A session that ended because it was told to took with it what was not committed. */
  private static Failure lost(Told told, boolean undone) {
    if (told == Told.TO_END) {
      return Failure.of(FailureCode.SESSION_ENDED);
    }
    return Failure.of(undone ? FailureCode.ROLLED_BACK : FailureCode.OUTCOME_UNKNOWN);
  }

  private Failure ended(SQLException error, ErrorKind kind, Told told) {
    return kind == ErrorKind.CANCELLED && told != Told.NOTHING
        ? Failure.of(FailureCode.CANCELLED)
        : told(error, kind);
  }

  /**
   * What a call fails with where not the database threw. What a listener threw may be about this
   * connection: then it says what became of the call.
   *
   * @return the failure; throws what is none
   */
  FailureException unforeseen(Throwable thrown, Stage stage, Told told) {
    if (stage == Stage.COMMITTING) {
      return new FailureException(Failure.of(FailureCode.OUTCOME_UNKNOWN), thrown);
    }
    boolean ofTheStore =
        thrown instanceof FailureException failed
            && failed.failure().code() == FailureCode.RESULT_NOT_STORED;
    if (stage == Stage.RETURNED && !ofTheStore && isConnectionLost(thrown)) {
      return new FailureException(lost(told, true), thrown);
    }
    if (thrown instanceof FailureException failure) {
      return failure;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  private boolean isConnectionLost(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        return dialect.errors().kind(sql) == ErrorKind.CONNECTION_LOST;
      }
    }
    return false;
  }

  private Failure told(SQLException error, ErrorKind kind) {
    FailureCode code =
        switch (kind) {
          case RAISED -> FailureCode.PROCEDURE_RAISED;
          case DATA -> FailureCode.DATA_ERROR;
          case CONFLICT -> FailureCode.DATABASE_CONFLICT;
          case CONNECTION_LOST, UNREACHABLE, REFUSED, CANCELLED, SERVER ->
              FailureCode.DATABASE_ERROR;
        };
    return Failure.ofDatabase(code, dialect.errors().code(error), dialect.errors().text(error));
  }
}
