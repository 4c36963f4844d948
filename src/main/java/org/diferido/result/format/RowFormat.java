package org.diferido.result.format;

import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A form of file for rows. */
public interface RowFormat {

  /**
   * Its name for what is remembered of its files; another one once the same rows make other bytes.
   */
  String name();

  /**
   * Writes a file.
   *
   * @param columns their labels
   * @param out is left open
   */
  Writer writer(List<String> columns, OutputStream out);

  /** A file being written: {@link #begin}, the rows, {@link #end}. */
  interface Writer extends Flushable {

    /** Writes what comes before the rows. */
    void begin() throws IOException;

    /**
     * Writes a row.
     *
     * @param row a value for each column: String, BigDecimal, Boolean or null
     */
    void add(List<@Nullable Object> row) throws IOException;

    /** Writes what comes behind the rows, and all that is still here. */
    void end() throws IOException;

    /** Writes all that is still here. */
    @Override
    void flush() throws IOException;
  }
}
