package org.diferido.database;

import java.sql.SQLException;

/** The errors of one database. */
public interface ErrorTable {

  ErrorKind kind(SQLException error);

  /** The database's own code: {@code ORA-20001}, or {@code SQLSTATE-22012}. */
  String code(SQLException error);

  /** The text that clients may see: without the database's stack, and without its own advice. */
  String text(SQLException error);

  /** Whether it may come of a signature that is not the database's any more. */
  default boolean isSignatureStale(SQLException error) {
    return false;
  }
}
