package org.diferido.database;

import java.util.Locale;
import org.diferido.failure.FailureCode;

/**
 * How the databases of this service do, for who counts it. It is told on the threads that do the
 * work: who is told must neither wait nor throw.
 */
public interface DatabaseEvents {

  /** The pools of connections that this service has. */
  enum Pool {
    PROCEDURES,
    REGISTRY;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Nobody is told. */
  DatabaseEvents NONE = new DatabaseEvents() {};

  /**
   * A connection was borrowed.
   *
   * @param nanos how long that took
   */
  default void borrowed(Pool pool, long nanos) {}

  /**
   * A connection could not be had.
   *
   * @param nanos after how long
   */
  default void notBorrowed(Pool pool, long nanos) {}

  /** A connection that was borrowed is given back. */
  default void givenBack(Pool pool) {}

  /** Something that was asked of a database failed. */
  default void failed(Pool pool, FailureCode code) {}
}
