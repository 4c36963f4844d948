package org.diferido.result.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180): UTF-8, commas, CRLF, a line with the columns first. Null is nothing, an empty
 * text {@code ""}; but if there is one column only, both are {@code ""}, since an empty line is no
 * row to many. Numbers have all their digits and a point, truths are {@code true} and {@code
 * false}.
 *
 * <p>A text that a spreadsheet would take for a formula ("CSV Injection", OWASP) gets an apostrophe
 * in front: one that begins with {@code =}, {@code +}, {@code -}, {@code @}, a tab, CR or LF. A
 * number is no text: -5 stays -5.
 */
public final class CsvFormat implements RowFormat {

  private static final String DANGEROUS = "=+-@\t\r\n";

  @Override
  public String name() {
    return "csv.1";
  }

  @Override
  public RowFormat.Writer writer(List<String> columns, OutputStream out) {
    CsvWriter csv =
        CsvWriter.builder().quoteStrategy(new Quotes(columns.size() == 1)).build(out, UTF_8);
    return new Writer(columns, csv);
  }

  /**
   * What is in quotes though it need not be.
   *
   * @param alone whether there is one column
   */
  private record Quotes(boolean alone) implements QuoteStrategy {

    @Override
    public boolean quoteNull(int line, int field) {
      return alone;
    }

    @Override
    public boolean quoteEmpty(int line, int field) {
      return true;
    }
  }

  private record Writer(List<String> columns, CsvWriter csv) implements RowFormat.Writer {

    @Override
    public void begin() throws IOException {
      write(columns.stream().map(CsvFormat::harmless).toArray(String[]::new));
    }

    @Override
    public void add(List<@Nullable Object> row) throws IOException {
      @Nullable String[] fields = new String[row.size()];
      for (int at = 0; at < fields.length; at++) {
        fields[at] = field(row.get(at));
      }
      write(fields);
    }

    private void write(@Nullable String[] fields) throws IOException {
      try {
        csv.writeRecord(fields);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    @Override
    public void end() throws IOException {
      flush();
    }

    @Override
    public void flush() throws IOException {
      csv.flush();
    }
  }

  private static @Nullable String field(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    return value instanceof BigDecimal number
        ? ExactNumbers.plain(ExactNumbers.exact(number))
        : value instanceof String text ? harmless(text) : value.toString();
  }

  private static String harmless(String text) {
    return !text.isEmpty() && DANGEROUS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
