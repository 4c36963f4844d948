package org.diferido.procedure;

import java.util.List;
import java.util.function.Consumer;

/** The way to the database in which the procedures live. */
public interface ProcedureGateway {

  /**
   * Looks a name up in the dictionary.
   *
   * @return the signatures of all overloads; empty when there is no such procedure or function
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, NOT_CONFIGURED
   */
  List<Signature> resolve(ProcedureName name);

  /**
   * Runs a call to its end, on the calling thread, outside any container transaction, and commits
   * it. However it fails, what it did and had not committed itself is rolled back.
   *
   * @param progress is told what becomes known of the progress, from any thread
   * @throws org.diferido.failure.FailureException PROCEDURE_RAISED, DATABASE_ERROR,
   *     RESULT_TOO_LARGE; DATABASE_UNAVAILABLE when the call was never begun; OUTCOME_UNKNOWN when
   *     the connection was lost under it
   */
  ProcedureResult call(BoundCall call, Consumer<Progress> progress);

  /**
   * Reaches the database and comes back.
   *
   * @throws org.diferido.failure.FailureException DATABASE_UNAVAILABLE, NOT_CONFIGURED
   */
  void ping();
}
