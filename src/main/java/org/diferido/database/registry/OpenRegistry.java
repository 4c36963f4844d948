package org.diferido.database.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.diferido.database.WatchedPool;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * The registry's database once its tables are there, and the three ways to work in it.
 *
 * @param borrowing works on the connection that is borrowed
 * @param schema that its tables are in, quoted as a name in SQL
 * @param identity by which another connection can see that it is in the same registry
 */
record OpenRegistry(
    Jdbi jdbi,
    Jdbi borrowing,
    BorrowedConnection borrowed,
    RegistryDialect dialect,
    String schema,
    String identity) {

  private static final Logger LOG = System.getLogger(OpenRegistry.class.getName());

  /**
   * Brings the tables to this version.
   *
   * @throws org.diferido.failure.FailureException NOT_CONFIGURED when no dialect fits
   */
  static OpenRegistry of(DataSource source, List<RegistryDialect> dialects, WatchedPool pool)
      throws SQLException {
    String url;
    RegistryDialect dialect;
    Connection connection = pool.borrow(source);
    try {
      DatabaseMetaData database = connection.getMetaData();
      url = database.getURL();
      dialect = speaking(database.getDatabaseProductName(), dialects);
    } finally {
      pool.giveBack(connection);
    }
    RegistrySchema.migrate(source, dialect);
    Jdbi jdbi = configured(Jdbi.create(new PooledConnections(pool, source)), dialect);
    if (dialect.isExclusive(url)) {
      // Nobody else can be alive in a database that this process alone has open.
      autoCommitting(jdbi, dialect, (handle, same) -> handle.execute("DELETE FROM DIFERIDO_NODES"));
    }
    String schema = autoCommitting(jdbi, dialect, RegistrySchema::nameOf);
    BorrowedConnection borrowed = new BorrowedConnection();
    Jdbi borrowing = configured(Jdbi.create(borrowed), dialect);
    return new OpenRegistry(jdbi, borrowing, borrowed, dialect, schema, identity(jdbi, dialect));
  }

  private static String identity(Jdbi jdbi, RegistryDialect dialect) throws SQLException {
    Optional<String> known =
        autoCommitting(jdbi, dialect, (handle, same) -> RegistrySchema.identity(handle));
    if (known.isPresent()) {
      return known.get();
    }
    // A database in this process has no other lock.
    synchronized (OpenRegistry.class) {
      return together(jdbi, dialect, RegistrySchema::identityFromNowOn);
    }
  }

  private static RegistryDialect speaking(String product, List<RegistryDialect> dialects) {
    return dialects.stream()
        .filter(dialect -> dialect.speaks(product))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.of(FailureCode.NOT_CONFIGURED, "no registry in a " + product)
                    .toException());
  }

  private static Jdbi configured(Jdbi jdbi, RegistryDialect dialect) {
    // By default the values of a failed statement end up in the message, and so in the log.
    jdbi.configure(
        StatementExceptions.class, config -> config.setMessageRendering(MessageRendering.NONE));
    // A pool may hand out connections that do not commit by themselves; see autoCommitting.
    jdbi.configure(Handles.class, config -> config.setForceEndTransactions(false));
    jdbi.configure(LongValues.class, config -> config.setDialect(dialect));
    return jdbi;
  }

  /** Runs statements that each commit by themselves. */
  <T> T autoCommitting(RegistryDatabase.Work<T> work) throws SQLException {
    return autoCommitting(jdbi, dialect, work);
  }

  /** Runs statements that are committed together, or not at all when anything is thrown. */
  <T> T together(RegistryDatabase.Work<T> work) throws SQLException {
    return together(jdbi, dialect, work);
  }

  /** Runs statements on somebody else's connection, in the transaction that it is in. */
  <T> T within(Connection connection, RegistryDatabase.Work<T> work) throws SQLException {
    return borrowed.during(
        connection,
        () -> borrowing.<T, SQLException>withHandle(handle -> work.run(handle, dialect)));
  }

  /** By hand: of a connection that did not commit by itself before, Jdbi remembers just that. */
  private static <T> T together(Jdbi jdbi, RegistryDialect dialect, RegistryDatabase.Work<T> work)
      throws SQLException {
    return jdbi.withHandle(
        handle -> {
          Connection connection = handle.getConnection();
          boolean autoCommit = connection.getAutoCommit();
          connection.setAutoCommit(false);
          try {
            T result = work.run(handle, dialect);
            connection.commit();
            restore(connection, autoCommit);
            return result;
          } catch (SQLException | RuntimeException | Error e) {
            undo(connection, autoCommit, e);
            throw e;
          }
        });
  }

  private static void undo(Connection connection, boolean autoCommit, Throwable cause) {
    try {
      connection.rollback();
      restore(connection, autoCommit);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** What was committed is done, whatever becomes of the connection. */
  private static void restore(Connection connection, boolean autoCommit) {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "a connection could not be given back in order", e);
    }
  }

  private static <T> T autoCommitting(
      Jdbi jdbi, RegistryDialect dialect, RegistryDatabase.Work<T> work) throws SQLException {
    return jdbi.withHandle(
        handle -> {
          Connection connection = handle.getConnection();
          if (connection.getAutoCommit()) {
            return work.run(handle, dialect);
          }
          connection.setAutoCommit(true);
          try {
            return work.run(handle, dialect);
          } finally {
            connection.setAutoCommit(false);
          }
        });
  }
}
