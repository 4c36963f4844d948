package org.diferido.result.file;

import java.util.List;
import java.util.function.ToLongFunction;
import org.diferido.result.ResultStore.Position;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result in pieces, of which one at a time is in memory.
 *
 * <p>Where they are read they may be gone, or out of reach: {@link
 * org.diferido.failure.FailureException} RESULT_NOT_FOUND, REGISTRY_UNAVAILABLE.
 */
interface RowPieces {

  List<String> columns();

  long rowCount();

  /** How many pieces there are, one at least. */
  int count();

  /** Where a piece begins. */
  Position position(int piece);

  /** The rows of a piece. */
  List<List<@Nullable Object>> rows(int piece);

  /**
   * How long the file of a format is, in bytes; null when that is not known.
   *
   * @param format its name
   */
  @Nullable Long length(String format);

  /**
   * The last piece that does not begin behind a place.
   *
   * @param in what kind of place
   */
  default int pieceAt(long place, ToLongFunction<Position> in) {
    int low = 0;
    int high = count() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (in.applyAsLong(position(middle)) <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
