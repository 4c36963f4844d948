package org.diferido.database;

import java.sql.Connection;
import org.diferido.procedure.CallTransaction;

/** The transaction of a call over JDBC: who knows the same database may work in it. */
public interface JdbcCallTransaction extends CallTransaction {

  /** The call's own connection, in its transaction; not to be committed, nor closed. */
  Connection connection();
}
