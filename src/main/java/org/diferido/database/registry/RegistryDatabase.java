package org.diferido.database.registry;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.flywaydb.core.Flyway;
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

  private static final String HISTORY = "DIFERIDO_SCHEMA_HISTORY";

  private final Supplier<DataSource> source;
  private final List<RegistryDialect> dialects;

  /** The opening under way or done; null when nobody has tried or the last try failed. */
  private final AtomicReference<@Nullable CompletableFuture<Opened>> opening =
      new AtomicReference<>();

  private record Opened(Jdbi jdbi, RegistryDialect dialect) {}

  /** Something to do with a connection. */
  interface Work<T> {
    T run(Handle handle, RegistryDialect dialect) throws SQLException;
  }

  /**
   * @param source gives the DataSource, asked at each opening; may throw a FailureException
   * @param dialects one of them has to speak the language of the database
   */
  public RegistryDatabase(Supplier<DataSource> source, List<RegistryDialect> dialects) {
    this.source = source;
    this.dialects = List.copyOf(dialects);
  }

  /** Runs statements that each commit by themselves. */
  <T> T withAutoCommit(Work<T> work) {
    Opened opened = opened();
    return guarded(
        () ->
            opened.jdbi.withHandle(
                handle -> autoCommitting(handle, () -> work.run(handle, opened.dialect))));
  }

  /** Runs statements that are committed together, or not at all when anything is thrown. */
  <T> T inTransaction(Work<T> work) {
    Opened opened = opened();
    return guarded(
        () ->
            opened.jdbi.withHandle(
                handle ->
                    autoCommitting(
                        handle,
                        () -> handle.inTransaction(same -> work.run(same, opened.dialect)))));
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
      throw e.getCause() instanceof FailureException failure
          ? new FailureException(failure.failure(), failure)
          : unavailable(e);
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
    return guarded(
        () -> {
          String url;
          RegistryDialect dialect;
          try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData database = connection.getMetaData();
            url = database.getURL();
            dialect = dialectOf(database.getDatabaseProductName());
          }
          migrate(dataSource, dialect);
          Opened opened = new Opened(jdbi(dataSource), dialect);
          if (dialect.isExclusive(url)) {
            forgetNodes(opened);
          }
          return opened;
        });
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

  private static void migrate(DataSource dataSource, RegistryDialect dialect) {
    Flyway flyway =
        Flyway.configure(RegistryDatabase.class.getClassLoader())
            .dataSource(dataSource)
            .locations(dialect.migrations())
            .table(HISTORY)
            // The registry may share its schema with others' tables; its V1 has to run all the
            // same.
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .load();
    if (Arrays.stream(flyway.info().all()).anyMatch(each -> each.getState().isFailed())) {
      // Where DDL is not transactional, a failure is remembered and would bar every later try.
      flyway.repair();
    }
    flyway.migrate();
  }

  private static Jdbi jdbi(DataSource dataSource) {
    Jdbi jdbi = Jdbi.create(dataSource);
    // By default the values of a failed statement end up in the message, and so in the log.
    jdbi.configure(
        StatementExceptions.class, config -> config.setMessageRendering(MessageRendering.NONE));
    // A pool may hand out connections that do not commit by themselves; see autoCommitting.
    jdbi.configure(Handles.class, config -> config.setForceEndTransactions(false));
    return jdbi;
  }

  /** Nobody else can be alive in a database that this process alone has open. */
  private static void forgetNodes(Opened opened) throws SQLException {
    opened.jdbi.withHandle(
        handle -> autoCommitting(handle, () -> handle.execute("DELETE FROM DIFERIDO_NODES")));
  }

  private interface Step<T> {
    T run() throws SQLException;
  }

  private static <T> T autoCommitting(Handle handle, Step<T> step) throws SQLException {
    Connection connection = handle.getConnection();
    if (connection.getAutoCommit()) {
      return step.run();
    }
    connection.setAutoCommit(true);
    try {
      return step.run();
    } finally {
      connection.setAutoCommit(false);
    }
  }

  /** SQLState classes 22 and 23: what was to be written does not fit, and never will. */
  private static boolean isAboutTheData(Exception cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("23"))) {
        return true;
      }
    }
    return false;
  }

  private static <T> T guarded(Step<T> step) {
    try {
      return step.run();
    } catch (SQLException | JdbiException | FlywayException e) {
      throw unavailable(e);
    }
  }

  private static FailureException unavailable(Exception cause) {
    if (isAboutTheData(cause)) {
      return new FailureException(Failure.of(FailureCode.INTERNAL_ERROR), cause);
    }
    return new FailureException(Failure.of(FailureCode.REGISTRY_UNAVAILABLE), cause);
  }
}
