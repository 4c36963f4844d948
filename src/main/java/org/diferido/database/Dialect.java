package org.diferido.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.diferido.failure.Failure;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Progress;
import org.diferido.procedure.Signature;

/**
 * In what one database's stored procedures differ from another's. A dialect has no state of its own
 * and is used by many threads; the connection it is given is its caller's to commit and to close.
 */
public interface Dialect {

  /** The product whose dialect this is, as {@link java.sql.DatabaseMetaData} names it. */
  String product();

  /**
   * Looks a name up in the dictionary.
   *
   * @return one signature for each overload that the connection's user may call; empty for none
   */
  List<Signature> resolve(Connection connection, ProcedureName name) throws SQLException;

  /**
   * The text to prepare: identifiers in the dictionary's spelling and quoted, values as {@code ?}.
   */
  String callText(BoundCall call);

  /** Sets what goes into a prepared {@link #callText} and registers what comes out of it. */
  void bind(CallableStatement statement, BoundCall call) throws SQLException;

  /**
   * Reads what an executed call gave back, in the order in which the database wants it read.
   *
   * @throws org.diferido.failure.FailureException RESULT_TOO_LARGE
   */
  void read(CallableStatement statement, BoundCall call, ResultValues into) throws SQLException;

  /**
   * Begins to watch the progress of the call that is next executed on a connection.
   *
   * @param progress is told what becomes known, from any thread
   */
  ProgressWatch watch(Connection connection, Consumer<Progress> progress) throws SQLException;

  /** Ends with the call that it watches. */
  interface ProgressWatch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Tells an error of the database in the words that clients may see: PROCEDURE_RAISED for what the
   * procedure raised on purpose, else DATABASE_ERROR.
   */
  Failure failure(SQLException error);

  /** Whether an error means that the connection is gone: SQLState class 08 does, everywhere. */
  default boolean isConnectionLost(SQLException error) {
    return SqlErrors.isConnectionException(error);
  }

  /**
   * Goes to the database and back.
   *
   * @throws SQLException when it cannot be reached
   */
  void ping(Connection connection) throws SQLException;
}
