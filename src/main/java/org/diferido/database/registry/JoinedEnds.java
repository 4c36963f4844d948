package org.diferido.database.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import org.diferido.database.JdbcCallTransaction;
import org.diferido.failure.FailureException;
import org.diferido.job.JobRegistry.EndWithin;
import org.diferido.procedure.CallTransaction;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * The ends of jobs in the transactions of their calls, where both are in one database. Whether they
 * are is asked of the first call's connection and then remembered.
 *
 * <p>Tables are named with their schema here: a procedure may have put its session into another
 * one, which on Oracle outlives the transaction.
 */
final class JoinedEnds {

  private static final Logger LOG = System.getLogger(JoinedEnds.class.getName());

  /** Changes nothing, and is refused to whom the update of a job's end would be. */
  private static final String REHEARSAL = "UPDATE %s.ASYNC_JOBS SET STATE = STATE WHERE 1 = 0";

  private final RegistryDatabase database;
  private final AtomicReference<@Nullable Boolean> answer = new AtomicReference<>();

  JoinedEnds(RegistryDatabase database) {
    this.database = database;
  }

  /** Whether it is possible for a transaction in which nothing has happened yet. */
  boolean arePossible(CallTransaction transaction) {
    if (!(transaction instanceof JdbcCallTransaction call)) {
      return false;
    }
    Boolean known = answer.get();
    return known == null ? ask(call.connection()) : known;
  }

  private boolean ask(Connection connection) {
    String hindrance;
    try {
      hindrance = hindrance(connection);
    } catch (SQLException | FailureException e) {
      // No answer: the next call asks again.
      LOG.log(Level.WARNING, "it is not known yet whether jobs can end in their calls", e);
      return false;
    }
    if (answer.compareAndSet(null, hindrance == null)) {
      LOG.log(
          Level.INFO,
          hindrance == null
              ? "a job's end is written in the transaction of its call"
              : "a job's end is written after its call: " + hindrance);
    }
    return hindrance == null;
  }

  private @Nullable String hindrance(Connection connection) throws SQLException {
    try {
      return hindranceSeen(connection);
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      return "the procedures' user cannot use the registry's tables: " + e.getMessage();
    } finally {
      // PostgreSQL bars a transaction after any error, and a procedure may want to be its first.
      connection.rollback();
    }
  }

  private @Nullable String hindranceSeen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!database.identity().equals(identity(statement, database.schema()))) {
        return "the procedures are in another database";
      }
      if (connection.getTransactionIsolation() > Connection.TRANSACTION_READ_COMMITTED) {
        // After hours of work the update would be refused, as the job has changed meanwhile.
        return "the procedures' transactions are stricter than READ COMMITTED";
      }
      statement.executeUpdate(REHEARSAL.formatted(database.schema()));
      return null;
    }
  }

  private static @Nullable String identity(Statement statement, String schema) throws SQLException {
    try (ResultSet rows = statement.executeQuery(RegistrySchema.identityIn(schema))) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /** SQLState classes 42 and 3F: there is no such table or schema, or not for this user. */
  private static boolean isRefusal(SQLException error) {
    String state = error.getSQLState();
    return state != null && (state.startsWith("42") || state.startsWith("3F"));
  }

  EndWithin replace(CallTransaction transaction, JobReplacement replacement) {
    if (!(transaction instanceof JdbcCallTransaction call)) {
      throw new IllegalArgumentException("not the transaction of a call over JDBC");
    }
    return database.within(
        call.connection(),
        (handle, dialect) -> {
          String sql = replacement.sqlIn(database.schema(), dialect.saysWhose());
          try (Update update = handle.createUpdate(sql)) {
            return update.bindMap(replacement.values()).execute() > 0
                ? EndWithin.WRITTEN
                : EndWithin.NOT_HELD;
          } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException error
                && dialect.undoesOnlyTheStatement(error)) {
              LOG.log(Level.WARNING, "this job's end is written after its call", error);
              return EndWithin.POSTPONED;
            }
            throw e;
          }
        });
  }
}
