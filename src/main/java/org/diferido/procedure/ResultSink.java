package org.diferido.procedure;

import java.util.List;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Stored;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a call gives back that is too large for its result, while it is being read. What is
 * taken counts once a result refers to it.
 *
 * <p>Every method throws a {@link org.diferido.failure.FailureException} when the call cannot end
 * well any more: RESULT_TOO_LARGE, RESULT_NOT_STORED.
 */
public interface ResultSink {

  /** Has everything read and keeps nothing of it. */
  ResultSink DROPPING =
      new ResultSink() {
        @Override
        public RowSink rows(String name, List<String> columns) {
          return row -> {};
        }

        @Override
        public ByteSink bytes(String name, LargeValue.Kind kind) {
          return (bytes, length) -> {};
        }
      };

  /**
   * Begins with the rows of a cursor.
   *
   * @param name under which they come back, which no other has
   */
  RowSink rows(String name, List<String> columns);

  /**
   * Begins with a large value.
   *
   * @param name under which it comes back, which no other has
   */
  ByteSink bytes(String name, LargeValue.Kind kind);

  /** Takes rows, all of a cursor. */
  interface RowSink {

    /**
     * The next row.
     *
     * @param row a value for each column, as {@link ProcedureResult.Rows} has them
     */
    void add(List<@Nullable Object> row);

    /** That was the last one; where they are, or null when nowhere. */
    default @Nullable Stored end() {
      return null;
    }
  }

  /** Takes bytes; those of a text are UTF-8. */
  interface ByteSink {

    /** The first bytes of an array that is its owner's again afterwards. */
    void add(byte[] bytes, int length);

    /** Those were the last ones; where they are, or null when nowhere. */
    default @Nullable Stored end() {
      return null;
    }
  }
}
