package org.diferido.result.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NDJSON (github.com/ndjson/ndjson-spec): each row a JSON object on a line of its own, which ends
 * with LF.
 *
 * @param numbersAsText for clients that would take a number for a double
 */
public record NdjsonFormat(boolean numbersAsText) implements RowFormat {

  private static final int FULL = 16 * 1024;

  @Override
  public String name() {
    return numbersAsText ? "ndjson-text.1" : "ndjson.1";
  }

  @Override
  public RowFormat.Writer writer(List<String> columns, OutputStream out) {
    return new Writer(new JsonRows(columns, numbersAsText), out);
  }

  private static final class Writer implements RowFormat.Writer {

    private final JsonRows rows;
    private final OutputStream out;
    private final StringBuilder lines = new StringBuilder();

    Writer(JsonRows rows, OutputStream out) {
      this.rows = rows;
      this.out = out;
    }

    @Override
    public void begin() {}

    @Override
    public void add(List<@Nullable Object> row) throws IOException {
      rows.append(lines, row);
      lines.append('\n');
      if (lines.length() >= FULL) {
        flush();
      }
    }

    @Override
    public void end() throws IOException {
      flush();
    }

    @Override
    public void flush() throws IOException {
      out.write(lines.toString().getBytes(UTF_8));
      lines.setLength(0);
    }
  }
}
