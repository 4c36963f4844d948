package org.diferido.database.registry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.diferido.database.DatabaseEvents;
import org.diferido.database.WatchedPool;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/**
 * The database that the registry is in. The first use brings its tables to this version; if that
 * fails, the next use tries again. Everything runs with a commit of its own and must be called
 * outside a JTA transaction.
 *
 * <p>Whatever goes wrong is thrown as a FailureException REGISTRY_UNAVAILABLE with its cause; but
 * INTERNAL_ERROR when it is the data that does not fit, which no repetition mends.
 */
public final class RegistryDatabase {

  private static final Logger LOG = System.getLogger(RegistryDatabase.class.getName());

  private final Supplier<DataSource> source;
  private final List<RegistryDialect> dialects;
  private final WatchedPool pool;

  /** The opening under way or done; null when nobody has tried or the last try failed. */
  private final AtomicReference<@Nullable CompletableFuture<Opened>> opening =
      new AtomicReference<>();

  /**
   * What there is of an open database.
   *
   * @param borrowing works on the connection that is borrowed
   */
  private record Opened(
      Jdbi jdbi,
      Jdbi borrowing,
      BorrowedConnection borrowed,
      RegistryDialect dialect,
      String schema,
      String identity) {}

  /** Something to do with a connection. */
  interface Work<T> {
    T run(Handle handle, RegistryDialect dialect) throws SQLException;
  }

  /**
   * @param source gives the DataSource, asked at each opening; may throw a FailureException
   * @param dialects one of them has to speak the language of the database
   */
  public RegistryDatabase(Supplier<DataSource> source, List<RegistryDialect> dialects) {
    this(source, dialects, DatabaseEvents.NONE);
  }

  /** The same, and somebody is told how it does. */
  public RegistryDatabase(
      Supplier<DataSource> source, List<RegistryDialect> dialects, DatabaseEvents events) {
    this.source = source;
    this.dialects = List.copyOf(dialects);
    this.pool = new WatchedPool(DatabaseEvents.Pool.REGISTRY, events);
  }

  /** Runs statements that each commit by themselves. */
  <T> T withAutoCommit(Work<T> work) {
    Opened opened = opened();
    return guarded(opened.dialect, () -> autoCommitting(opened.jdbi, opened.dialect, work));
  }

  /**
   * Runs statements that are committed together, or not at all when anything is thrown. Once more
   * when the database has undone them for the sake of others.
   */
  <T> T inTransaction(Work<T> work) {
    Opened opened = opened();
    return guarded(
        opened.dialect,
        () -> {
          try {
            return together(opened.jdbi, opened.dialect, work);
          } catch (SQLException | JdbiException e) {
            if (!isRollback(e)) {
              throw e;
            }
            return together(opened.jdbi, opened.dialect, work);
          }
        });
  }

  /** SQLState class 40: a serialization failure, or a deadlock. */
  private static boolean isRollback(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SQLException error
          && error.getSQLState() != null
          && error.getSQLState().startsWith("40")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Runs statements on somebody else's connection, in the transaction that it is in: neither begins
   * nor ends one, and leaves the connection as it is. A failure's cause is the SQLException.
   */
  <T> T within(Connection connection, Work<T> work) {
    Opened opened = opened();
    return guarded(
        opened.dialect,
        () -> {
          try {
            return opened.borrowed.during(
                connection,
                () ->
                    opened.borrowing.<T, SQLException>withHandle(
                        handle -> work.run(handle, opened.dialect)));
          } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException error) {
              throw error;
            }
            throw e;
          }
        });
  }

  /** The name of this registry, by which another connection can see that it is in it. */
  String identity() {
    return opened().identity;
  }

  /**
   * The schema that its tables are in, quoted as a name in SQL, for sessions that may be in
   * another.
   */
  String schema() {
    return opened().schema;
  }

  /** Whether rows that are found can be locked; see {@link RegistryDialect#locks}. */
  boolean locks() {
    return opened().dialect.locks();
  }

  /** Opens the database if that has not been done, so that it fails now rather than later. */
  public void open() {
    opened();
  }

  private Opened opened() {
    CompletableFuture<Opened> mine = new CompletableFuture<>();
    CompletableFuture<Opened> first = opening.compareAndExchange(null, mine);
    if (first == null) {
      first = mine;
      complete(mine);
    }
    try {
      return first.join();
    } catch (CompletionException e) {
      // Those who waited for a failed try share its failure; only later uses try again.
      throw pool.told(
          e.getCause() instanceof FailureException failure
              ? new FailureException(failure.failure(), failure)
              : unavailable(e));
    }
  }

  private void complete(CompletableFuture<Opened> mine) {
    try {
      mine.complete(connect());
    } catch (Throwable e) {
      opening.set(null);
      mine.completeExceptionally(e);
    }
  }

  private Opened connect() {
    DataSource dataSource = source.get();
    try {
      return connect(dataSource);
    } catch (SQLException | JdbiException | FlywayException e) {
      throw unavailable(e);
    }
  }

  private Opened connect(DataSource dataSource) throws SQLException {
    String url;
    RegistryDialect dialect;
    Connection connection = pool.borrow(dataSource);
    try {
      DatabaseMetaData database = connection.getMetaData();
      url = database.getURL();
      dialect = dialectOf(database.getDatabaseProductName());
    } finally {
      pool.giveBack(connection);
    }
    RegistrySchema.migrate(dataSource, dialect);
    Jdbi jdbi = configured(Jdbi.create(new PooledConnections(pool, dataSource)), dialect);
    if (dialect.isExclusive(url)) {
      // Nobody else can be alive in a database that this process alone has open.
      autoCommitting(jdbi, dialect, (handle, same) -> handle.execute("DELETE FROM DIFERIDO_NODES"));
    }
    String schema = autoCommitting(jdbi, dialect, RegistrySchema::nameOf);
    BorrowedConnection borrowed = new BorrowedConnection();
    Jdbi borrowing = configured(Jdbi.create(borrowed), dialect);
    return new Opened(jdbi, borrowing, borrowed, dialect, schema, identity(jdbi, dialect));
  }

  private static String identity(Jdbi jdbi, RegistryDialect dialect) throws SQLException {
    Optional<String> known =
        autoCommitting(jdbi, dialect, (handle, same) -> RegistrySchema.identity(handle));
    if (known.isPresent()) {
      return known.get();
    }
    // A database in this process has no other lock.
    synchronized (RegistryDatabase.class) {
      return together(jdbi, dialect, RegistrySchema::identityFromNowOn);
    }
  }

  private RegistryDialect dialectOf(String product) {
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

  /** By hand: of a connection that did not commit by itself before, Jdbi remembers just that. */
  private static <T> T together(Jdbi jdbi, RegistryDialect dialect, Work<T> work)
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

  private static <T> T autoCommitting(Jdbi jdbi, RegistryDialect dialect, Work<T> work)
      throws SQLException {
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

  private interface Step<T> {
    T run() throws SQLException;
  }

  private <T> T guarded(RegistryDialect dialect, Step<T> step) {
    try {
      return step.run();
    } catch (SQLException | JdbiException e) {
      throw pool.told(
          isAboutTheData(e, dialect)
              ? new FailureException(Failure.of(FailureCode.INTERNAL_ERROR), e)
              : unavailable(e));
    }
  }

  private static boolean isAboutTheData(Exception cause, RegistryDialect dialect) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SQLException error && dialect.isAboutTheData(error)) {
        return true;
      }
    }
    return false;
  }

  private static FailureException unavailable(Exception cause) {
    return new FailureException(Failure.of(FailureCode.REGISTRY_UNAVAILABLE), cause);
  }
}
