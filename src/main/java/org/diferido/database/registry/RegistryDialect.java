package org.diferido.database.registry;

/**
 * What the registry's SQL says differently from database to database. Named parameters are written
 * {@code :name}; a time is a timestamp without a zone, in UTC.
 */
public interface RegistryDialect {

  /** Whether this is the dialect of a product, by {@code DatabaseMetaData}'s name for it. */
  boolean speaks(String product);

  /** Where the migrations are, as Flyway wants it: {@code classpath:db/registry/…}. */
  String migrations();

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
   * A query for the {@code :most} queued jobs that have waited longest and may start at {@code
   * :now}, oldest first. Where the database can, it locks them and passes over those that another
   * transaction has locked; elsewhere the comparison in the following update decides.
   *
   * @param columns what to select
   */
  String oldestQueued(String columns);
}
