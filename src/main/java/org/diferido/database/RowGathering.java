package org.diferido.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ProcedureResult.Stored;
import org.diferido.procedure.ResultSink;
import org.diferido.procedure.ResultSink.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of one cursor, which may come in several fetches. Few and small, they are the
 * result's own; once they are more, all of them go to the sink, and the first stay here as well.
 */
public final class RowGathering {

  /** How many rows are kept at most. */
  public static final int MOST_ROWS = 1000;

  /** How many characters the kept rows have at most. */
  static final int MOST_TEXT = 1024 * 1024;

  /** What a value is taken for that is neither text nor a number. */
  private static final int OF_ANOTHER = 4;

  private final String name;
  private final ResultSink sink;
  private final Reading reading;
  private final List<List<@Nullable Object>> kept = new ArrayList<>();
  private List<String> columns = List.of();
  private @Nullable RowSink all;
  private @Nullable Stored stored;
  private long text;
  private long count;

  RowGathering(String name, ResultSink sink, Reading reading) {
    this.name = name;
    this.sink = sink;
    this.reading = reading;
  }

  /** Takes all rows of a cursor, and leaves it open. */
  public void take(ResultSet cursor) throws SQLException {
    take(cursor, Long.MAX_VALUE);
  }

  /**
   * Takes the next rows of a cursor, and leaves it open.
   *
   * @param most how many
   * @return how many there were
   */
  public long take(ResultSet cursor, long most) throws SQLException {
    RowReading rows = RowReading.of(cursor);
    columns = rows.labels();
    long taken = 0;
    reading.goOn();
    while (taken < most && cursor.next()) {
      add(rows.row());
      taken++;
      reading.goOn();
    }
    return taken;
  }

  private void add(List<@Nullable Object> row) {
    count++;
    text += length(row);
    if (all == null && kept.size() < MOST_ROWS && text <= MOST_TEXT) {
      kept.add(row);
    } else {
      reading.apart(() -> sink().add(row));
    }
  }

  /** With the first row that does not fit all those before it go there, too. */
  private RowSink sink() {
    if (all == null) {
      all = sink.rows(name, columns);
      kept.forEach(all::add);
    }
    return all;
  }

  /** How many characters the rows have that were taken so far. */
  public long text() {
    return text;
  }

  /** Roughly, but for texts. */
  private static long length(List<@Nullable Object> row) {
    long length = 0;
    for (Object value : row) {
      if (value instanceof String text) {
        length += text.length();
      } else {
        length += value instanceof BigDecimal number ? number.precision() : OF_ANOTHER;
      }
    }
    return length;
  }

  Rows end() {
    RowSink begun = all;
    if (begun != null) {
      reading.apart(() -> stored = begun.end());
    }
    return new Rows(columns, kept, count, stored);
  }
}
