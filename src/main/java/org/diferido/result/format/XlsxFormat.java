package org.diferido.result.format;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A spreadsheet (ECMA-376, Office Open XML), with the columns on the first line of each sheet. Rows
 * that do not fit go on on another sheet.
 *
 * <p>Numbers that a spreadsheet has exactly, which are those of up to 15 significant digits, are
 * numbers; others are texts. A text is a text and never a formula, and of one longer than a cell
 * takes, which is 32 767 characters, the beginning is there and how long it is.
 */
public final class XlsxFormat implements RowFormat {

  private static final int SIGNIFICANT_DIGITS = 15;

  /** Powers of ten that are well within those of a double. */
  private static final int MOST_POWER = 300;

  private static final int MOST_ROWS = 1_048_576;
  private static final int LONGEST_TEXT = 32_767;
  private static final int LONGEST_NAME = 31;
  private static final int FLUSHED_AT_ONCE = 500;

  /** Characters of the rows that are in memory. */
  private static final int MOST_UNFLUSHED = 256 * 1024;

  private final String name;
  private final int mostRows;

  /**
   * @param name of the sheets; characters that the name of none may have become hyphens
   */
  public XlsxFormat(String name) {
    this(name, MOST_ROWS);
  }

  /**
   * @param mostRows of a sheet, with the columns' line
   */
  XlsxFormat(String name, int mostRows) {
    String plain =
        name.replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit} ._-]|[\\x{10000}-\\x{10ffff}]", "-")
            .strip();
    String some = plain.isEmpty() ? "-" : plain;
    this.name = some.substring(0, Math.min(LONGEST_NAME, some.length()));
    this.mostRows = mostRows;
  }

  @Override
  public String name() {
    return "xlsx.1";
  }

  @Override
  public RowFormat.Writer writer(List<String> columns, OutputStream out) {
    return new Writer(columns, new Workbook(out, "Diferido", null));
  }

  private final class Writer implements RowFormat.Writer {

    private final List<String> columns;
    private final Workbook book;
    private @Nullable Worksheet sheet;
    private int line;
    private int unflushed;

    Writer(List<String> columns, Workbook book) {
      this.columns = columns;
      this.book = book;
    }

    @Override
    public void begin() throws IOException {
      sheet();
    }

    private Worksheet sheet() throws IOException {
      Worksheet current = sheet;
      if (current == null || line == mostRows) {
        if (current != null) {
          current.finish();
        }
        current = book.newWorksheet(name);
        for (int column = 0; column < columns.size(); column++) {
          text(current, 0, column, columns.get(column));
        }
        sheet = current;
        line = 1;
      }
      return current;
    }

    @Override
    public void add(List<@Nullable Object> row) throws IOException {
      Worksheet current = sheet();
      for (int column = 0; column < row.size(); column++) {
        Object value = row.get(column);
        cell(current, line, column, value);
        unflushed += value instanceof String text ? text.length() : 0;
      }
      line++;
      if (line % FLUSHED_AT_ONCE == 0 || unflushed >= MOST_UNFLUSHED) {
        current.flush();
        unflushed = 0;
      }
    }

    @Override
    public void end() throws IOException {
      book.finish();
    }

    @Override
    public void flush() throws IOException {
      sheet().flush();
    }
  }

  private static void cell(Worksheet sheet, int row, int column, @Nullable Object value) {
    if (value instanceof Boolean truth) {
      sheet.value(row, column, truth);
    } else if (value instanceof BigDecimal number) {
      BigDecimal exact = ExactNumbers.exact(number);
      if (isExact(exact)) {
        sheet.value(row, column, exact);
      } else {
        text(sheet, row, column, ExactNumbers.plain(exact));
      }
    } else if (value != null) {
      text(sheet, row, column, (String) value);
    }
  }

  private static boolean isExact(BigDecimal number) {
    BigDecimal digits = number.stripTrailingZeros();
    long power = (long) digits.precision() - digits.scale();
    return digits.precision() <= SIGNIFICANT_DIGITS && Math.abs(power) <= MOST_POWER;
  }

  /** In its cell, and not in a table of all texts, which would be in memory until the end. */
  private static void text(Worksheet sheet, int row, int column, String text) {
    sheet.inlineString(row, column, CellText.escaped(cut(text)));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    String end = "… [" + text.length() + "]";
    return text.substring(0, LONGEST_TEXT - end.length()) + end;
  }
}
