package org.diferido.result.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.diferido.result.ResultStore.Position;
import org.diferido.result.format.JsonRows;
import org.jspecify.annotations.Nullable;

/**
 * A page of rows as JSON: {@code {"columns":[…],"rows":[{…}],"row_count":n}}.
 *
 * @param body UTF-8
 * @param next the number of the row that the next page begins with; null for the last page
 */
@SuppressWarnings("ArrayRecordComponent") // is written, and never compared
public record JsonPage(byte[] body, @Nullable Long next) {

  /** A page ends behind the row with which it has so many characters, however many were wanted. */
  static final int FULL = 4 * 1024 * 1024;

  /**
   * Reads a page.
   *
   * @param from the number of its first row, from 0
   * @param limit how many rows it has at most
   */
  static JsonPage of(RowPieces pieces, long from, int limit, boolean numbersAsText) {
    JsonRows json = new JsonRows(pieces.columns(), numbersAsText);
    StringBuilder page = new StringBuilder("{\"columns\":[");
    page.append(String.join(",", pieces.columns().stream().map(JsonRows::quoted).toList()));
    page.append("],\"rows\":[");
    long end = Math.min(pieces.rowCount(), from + limit);
    long at = from;
    int piece = from == 0 ? 0 : pieces.pieceAt(from, Position::row);
    long skipped = piece == 0 ? from : from - pieces.position(piece).row();
    while (at < end && page.length() < FULL) {
      List<List<@Nullable Object>> rows = pieces.rows(piece);
      for (int row = (int) skipped; row < rows.size() && at < end && page.length() < FULL; row++) {
        page.append(at == from ? "" : ",");
        json.append(page, rows.get(row));
        at++;
      }
      skipped = 0;
      piece++;
    }
    page.append("],\"row_count\":").append(pieces.rowCount()).append('}');
    return new JsonPage(page.toString().getBytes(UTF_8), at < pieces.rowCount() ? at : null);
  }
}
