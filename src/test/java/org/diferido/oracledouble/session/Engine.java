package org.diferido.oracledouble.session;

import java.util.List;
import org.diferido.oracledouble.value.Direction;
import org.diferido.oracledouble.value.Rows;

/** What runs the statements of one session. Used by the session's own thread. */
public interface Engine extends AutoCloseable {

  /**
   * Runs a statement once. An interrupt of the thread breaks it off.
   *
   * @throws org.diferido.oracledouble.value.OraException what the client is to see
   */
  Outcome run(Statement statement) throws InterruptedException;

  /** A call of the client is under way, or it is over. */
  void active(boolean running);

  boolean transactionOpen();

  void commit();

  void rollback();

  /** What becomes of a COMMIT that has arrived. */
  CommitFate fateOfCommit();

  /** Something that the client tells of itself, such as CLIENTID. */
  void attribute(String name, String value);

  @Override
  void close();

  /**
   * A statement with the values of its binds, in the order of the wire.
   *
   * @param types of the wire
   */
  record Statement(String sql, List<Integer> types, List<Object> values) {}

  /**
   * What came of it.
   *
   * @param rows of a query, else null
   * @param count of changed rows
   * @param directions of a block's binds
   * @param values of a block's binds; those of IN ones are null
   * @param returned what a block gives back by DBMS_SQL.RETURN_RESULT
   */
  record Outcome(
      Rows rows, long count, List<Direction> directions, List<Object> values, List<Rows> returned) {

    public static Outcome query(Rows rows) {
      return new Outcome(rows, 0, List.of(), List.of(), List.of());
    }

    public static Outcome changed(long count) {
      return new Outcome(null, count, List.of(), List.of(), List.of());
    }

    public static Outcome block(List<Direction> directions, List<Object> values) {
      return block(directions, values, List.of());
    }

    public static Outcome block(
        List<Direction> directions, List<Object> values, List<Rows> returned) {
      return new Outcome(null, 1, directions, values, returned);
    }
  }

  /** Whether the server lives to do a COMMIT, and to answer it. */
  enum CommitFate {
    COMMITS,
    DIES_BEFORE,
    DIES_AFTER
  }
}
