package org.diferido.database;

import java.sql.SQLException;
import java.sql.Statement;

/** The reading of what a call gave back: it stops when the call is to be cancelled. */
public interface Reading {

  /** Of the call's tag, for statements that are to be found by it. */
  String id();

  /**
   * Asked before each row and each large value. Between two answers of the database there is
   * nothing that it could cancel.
   *
   * @throws org.diferido.failure.FailureException CANCELLED
   */
  void goOn();

  /**
   * Has another statement than the call's do something; meanwhile it is the one to cancel.
   *
   * @throws org.diferido.failure.FailureException CANCELLED, before it is begun
   */
  <T> T during(Statement statement, Step<T> step) throws SQLException;

  /**
   * Does something that is no matter of the call's database, and that no cancel disturbs: one that
   * comes meanwhile counts at the next question.
   *
   * @throws org.diferido.failure.FailureException CANCELLED, before it is begun
   */
  void apart(Runnable step);

  /** What such a statement does. */
  interface Step<T> {
    T run() throws SQLException;
  }
}
