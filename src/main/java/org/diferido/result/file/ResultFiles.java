package org.diferido.result.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.ToLongFunction;
import org.diferido.procedure.ProcedureResult.LargeValue;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.result.ResultStore;
import org.diferido.result.ResultStore.Position;
import org.diferido.result.ResultWriting;
import org.diferido.result.format.CsvFormat;
import org.diferido.result.format.NdjsonFormat;
import org.diferido.result.format.RowFormat;
import org.diferido.result.format.XlsxFormat;

/** Makes files of what jobs gave back, wherever it is. */
public final class ResultFiles {

  private final ResultStore store;

  public ResultFiles(ResultStore store) {
    this.store = store;
  }

  /** The rows as CSV. */
  public ResultFile csv(Rows rows) {
    return file(rows, new CsvFormat(), Position::csv);
  }

  /** The rows as NDJSON. */
  public ResultFile ndjson(Rows rows, boolean numbersAsText) {
    return file(rows, new NdjsonFormat(numbersAsText), Position::ndjson);
  }

  /**
   * The rows as a spreadsheet, whose bytes are not the same each time.
   *
   * @param name of its sheets
   */
  public ResultFile xlsx(Rows rows, String name) {
    return new RowFile(pieces(rows), new XlsxFormat(name), Position::row);
  }

  private ResultFile file(Rows rows, RowFormat format, ToLongFunction<Position> in) {
    RowFile file = new RowFile(pieces(rows), format, in);
    return rows.stored() == null ? inMemory(file) : file;
  }

  private static ResultFile inMemory(RowFile file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      file.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MemoryFile(bytes.toByteArray());
  }

  /** A page of the rows as JSON; see {@link JsonPage}. */
  public JsonPage page(Rows rows, long from, int limit, boolean numbersAsText) {
    return JsonPage.of(pieces(rows), from, limit, numbersAsText);
  }

  private RowPieces pieces(Rows rows) {
    Stored stored = rows.stored();
    return stored == null ? new KeptRows(rows) : new StoredRows(rows, stored, store);
  }

  /** A text as UTF-8. */
  public static ResultFile text(String text) {
    return new MemoryFile(text.getBytes(UTF_8));
  }

  /** A large value as it was. */
  public ResultFile large(LargeValue value) {
    Stored stored = value.stored();
    if (stored == null) {
      throw StoredRows.gone();
    }
    return new StoredFile(stored, value.size(), ResultWriting.CHUNK, store);
  }
}
