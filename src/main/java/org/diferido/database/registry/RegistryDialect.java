package org.diferido.database.registry;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What the registry's SQL says differently from database to database. Named parameters are written
 * {@code :name}; a time is a timestamp without a zone, in UTC.
 */
public interface RegistryDialect {

  /** Whether this is the dialect of a product, by {@code DatabaseMetaData}'s name for it. */
  boolean speaks(String product);

  /** Where the migrations are, as Flyway wants it: {@code classpath:db/registry/…}. */
  String migrations();

  /** Flyway's table, which it quotes: in the case that names without quotes have. */
  default String history() {
    return "DIFERIDO_SCHEMA_HISTORY";
  }

  /** A query for the schema that names without one mean, as the dictionary writes it. */
  String currentSchema();

  /**
   * A statement that keeps other processes from writing to DIFERIDO_REGISTRY until the commit,
   * where there can be any.
   */
  default Optional<String> lockRegistry() {
    return Optional.of("LOCK TABLE DIFERIDO_REGISTRY IN EXCLUSIVE MODE");
  }

  /**
   * Whether nobody but this process can have the database open. Then whoever was alive in it before
   * it was opened is not alive any more.
   *
   * @param url as the driver tells it
   */
  boolean isExclusive(String url);

  /** An expression for the time by the database's clock. */
  String now();

  /** An expression for the same, {@code :silence} milliseconds (a BIGINT) ago. */
  String silenceAgo();

  /**
   * A query for the first of the queued jobs, in the order of the queue: {@code :most} of them, or
   * all where whoever reads them has to stop. Where the database can, it locks them and passes over
   * those that another transaction has locked; elsewhere the comparison in the following update
   * decides.
   *
   * @param columns what to select
   * @param condition what else holds for them, with the parameter {@code :now}
   * @param locking whether they are to be locked
   */
  String firstQueued(String columns, String condition, boolean locking);

  /**
   * A query that locks what all nodes lock that count the running jobs, until the commit; empty
   * where there is but one process.
   */
  default Optional<String> lockCounting() {
    return Optional.of("SELECT REGISTRY_ID FROM DIFERIDO_REGISTRY FOR UPDATE");
  }

  /**
   * What comes behind a query for one row to lock it, or not to find it when another transaction
   * has it locked; blank where nothing is to be waited for.
   */
  default String lockUnlessBusy() {
    return " FOR UPDATE SKIP LOCKED";
  }

  /**
   * Whether {@link #firstQueued} can lock what it finds, so that it is still there for the update.
   */
  default boolean locks() {
    return true;
  }

  /** Whether {@link #firstQueued} is only to lock, and another query has to read what it locked. */
  default boolean readsWhatItLocked() {
    return false;
  }

  /**
   * What the update that ends a call's job in the call's own transaction asks for beside its own
   * conditions, always true, so that its session is found by it as the call's until the commit,
   * where the database tells of sessions what they say; otherwise empty. {@code :id} is the job's,
   * hex digits.
   */
  default String saysWhose() {
    return "";
  }

  /** Sets a text that may be long. */
  default void bindText(PreparedStatement statement, int at, String text) throws SQLException {
    statement.setString(at, text);
  }

  /** Sets bytes that may be many. */
  default void bindBytes(PreparedStatement statement, int at, byte[] bytes) throws SQLException {
    statement.setBytes(at, bytes);
  }

  /**
   * Whether an error is known to have undone no more than its own statement, so that what the
   * transaction did before can still be committed. In doubt it is not.
   */
  default boolean undoesOnlyTheStatement(SQLException error) {
    return false;
  }

  /** Whether what was to be written does not fit, and never will. */
  default boolean isAboutTheData(SQLException error) {
    String state = error.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }
}
