package org.diferido.database.hsqldb;

import java.sql.SQLException;
import org.diferido.database.ErrorKind;
import org.diferido.database.ErrorTable;
import org.diferido.database.SqlErrors;

/**
 * HSQLDB's errors. What a Java body threw is at the root of the chain, below an error 46000 "Java
 * execution" of HSQLDB itself; a SIGNAL of an SQL body comes with an SQLState of class 45.
 */
final class HsqldbErrors implements ErrorTable {

  private static final String CANCELLED = "40502";
  private static final String CANCELLED_IN_JAVA = "ORA-01013";

  @Override
  public ErrorKind kind(SQLException error) {
    if (SqlErrors.isConnectionException(error)) {
      return ErrorKind.CONNECTION_LOST;
    }
    SQLException root = SqlErrors.innermost(error);
    String state = root.getSQLState() == null ? "" : root.getSQLState();
    if (SqlErrors.isUserError(SqlErrors.code(root))) {
      return ErrorKind.RAISED;
    } else if (state.equals(CANCELLED) || SqlErrors.code(root).equals(CANCELLED_IN_JAVA)) {
      return ErrorKind.CANCELLED;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "45" -> ErrorKind.RAISED;
      case "22", "23", "42" -> ErrorKind.DATA;
      case "40" -> ErrorKind.CONFLICT;
      default -> ErrorKind.SERVER;
    };
  }

  @Override
  public String code(SQLException error) {
    return SqlErrors.code(SqlErrors.innermost(error));
  }

  @Override
  public String text(SQLException error) {
    return SqlErrors.text(SqlErrors.innermost(error));
  }
}
