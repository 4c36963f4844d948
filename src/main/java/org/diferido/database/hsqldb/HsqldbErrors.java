package org.diferido.database.hsqldb;

import java.sql.SQLException;
import org.diferido.database.SqlErrors;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;

/**
 * HSQLDB's errors. What a Java body threw is at the root of the chain, below an error 46000 "Java
 * execution" of HSQLDB itself; a SIGNAL of an SQL body comes with an SQLState of class 45.
 */
final class HsqldbErrors {

  private static final String SIGNALLED = "45";

  private HsqldbErrors() {}

  static Failure failure(SQLException error) {
    SQLException root = SqlErrors.innermost(error);
    String code = SqlErrors.code(root);
    return Failure.ofDatabase(
        isRaised(root, code) ? FailureCode.PROCEDURE_RAISED : FailureCode.DATABASE_ERROR,
        code,
        SqlErrors.text(root));
  }

  private static boolean isRaised(SQLException root, String code) {
    String state = root.getSQLState();
    return SqlErrors.isUserError(code) || (state != null && state.startsWith(SIGNALLED));
  }
}
