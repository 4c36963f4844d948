package org.diferido.result.format;

import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects (RFC 8259), without white space. */
public final class JsonRows {

  private static final JsonProvider JSON = JsonProvider.provider();

  /** What comes before each value: its name and a colon. */
  private final List<String> names;

  private final boolean numbersAsText;

  /**
   * @param numbersAsText for clients that would take a number for a double
   */
  public JsonRows(List<String> columns, boolean numbersAsText) {
    this.names = columns.stream().map(column -> quoted(column) + ":").toList();
    this.numbersAsText = numbersAsText;
  }

  /** Appends one row. */
  public void append(StringBuilder to, List<@Nullable Object> row) {
    to.append('{');
    for (int at = 0; at < names.size(); at++) {
      if (at > 0) {
        to.append(',');
      }
      to.append(names.get(at));
      append(to, row.get(at));
    }
    to.append('}');
  }

  private void append(StringBuilder to, @Nullable Object value) {
    if (value instanceof String text) {
      to.append(quoted(text));
    } else if (value instanceof BigDecimal number) {
      BigDecimal exact = ExactNumbers.exact(number);
      if (numbersAsText) {
        to.append('"').append(ExactNumbers.plain(exact)).append('"');
      } else {
        to.append(exact);
      }
    } else {
      to.append(value);
    }
  }

  /** A text as JSON. */
  public static String quoted(String text) {
    return JSON.createValue(text).toString();
  }
}
