package org.diferido.database.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
import org.jdbi.v3.core.JdbiException;
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

  private final Supplier<DataSource> source;
  private final List<RegistryDialect> dialects;
  private final WatchedPool pool;

  /** The opening under way or done; null when nobody has tried or the last try failed. */
  private final AtomicReference<@Nullable CompletableFuture<OpenRegistry>> opening =
      new AtomicReference<>();

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
    OpenRegistry opened = opened();
    return guarded(opened.dialect(), () -> opened.autoCommitting(work));
  }

  /**
   * Runs statements that are committed together, or not at all when anything is thrown. Once more
   * when the database has undone them for the sake of others.
   */
  <T> T inTransaction(Work<T> work) {
    OpenRegistry opened = opened();
    return guarded(
        opened.dialect(),
        () -> {
          try {
            return opened.together(work);
          } catch (SQLException | JdbiException e) {
            if (!isRollback(e)) {
              throw e;
            }
            return opened.together(work);
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
    OpenRegistry opened = opened();
    return guarded(
        opened.dialect(),
        () -> {
          try {
            return opened.within(connection, work);
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
    return opened().identity();
  }

  /**
   * The schema that its tables are in, quoted as a name in SQL, for sessions that may be in
   * another.
   */
  String schema() {
    return opened().schema();
  }

  /** Whether rows that are found can be locked; see {@link RegistryDialect#locks}. */
  boolean locks() {
    return opened().dialect().locks();
  }

  /** Opens the database if that has not been done, so that it fails now rather than later. */
  public void open() {
    opened();
  }

  private OpenRegistry opened() {
    CompletableFuture<OpenRegistry> mine = new CompletableFuture<>();
    CompletableFuture<OpenRegistry> first = opening.compareAndExchange(null, mine);
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

  private void complete(CompletableFuture<OpenRegistry> mine) {
    try {
      mine.complete(connect());
    } catch (Throwable e) {
      opening.set(null);
      mine.completeExceptionally(e);
    }
  }

  private OpenRegistry connect() {
    DataSource dataSource = source.get();
    try {
      return OpenRegistry.of(dataSource, dialects, pool);
    } catch (SQLException | JdbiException | FlywayException e) {
      throw unavailable(e);
    }
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
