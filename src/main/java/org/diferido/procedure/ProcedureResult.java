package org.diferido.procedure;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call gave back.
 *
 * @param values by the names of {@link BoundCall}, in declared order: String, BigDecimal, Boolean,
 *     {@link Rows}, {@link LargeValue} or null. Times are ISO 8601 text, bytes are base64 text
 * @param fetchTime how long it took to read rows and large values, after the procedure had returned
 * @param omitted whether the values were left where they are, since they are long and many results
 *     are read at once; there are none here then
 */
public record ProcedureResult(
    Map<String, @Nullable Object> values, Duration fetchTime, boolean omitted) {

  public ProcedureResult {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A whole result. */
  public ProcedureResult(Map<String, @Nullable Object> values, Duration fetchTime) {
    this(values, fetchTime, false);
  }

  /** One whose values were not read. */
  public static ProcedureResult omitted(Duration fetchTime) {
    return new ProcedureResult(Map.of(), fetchTime, true);
  }

  /** This result with some of its values, told by their names, masked. */
  public ProcedureResult masked(Set<String> keys) {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>(values);
    masked.replaceAll(
        (key, value) -> keys.contains(key) && value != null ? SecretNames.MASK : value);
    return new ProcedureResult(masked, fetchTime, omitted);
  }

  /** The ids of what a {@link ResultSink} has kept of it. */
  public List<String> storedIds() {
    return values.values().stream()
        .map(ProcedureResult::stored)
        .filter(Objects::nonNull)
        .map(Stored::id)
        .toList();
  }

  private static @Nullable Stored stored(@Nullable Object value) {
    if (value instanceof Rows rows) {
      return rows.stored();
    }
    return value instanceof LargeValue large ? large.stored() : null;
  }

  /**
   * Where a {@link ResultSink} has kept what is too large for the result.
   *
   * @param id its own, of all results of all jobs
   * @param chunks in how many pieces it is kept
   * @param lengths how long the files are, in bytes, that can be made of it, by the names of their
   *     formats
   */
  public record Stored(String id, int chunks, Map<String, Long> lengths) {

    public Stored {
      lengths = Map.copyOf(lengths);
    }
  }

  /**
   * The rows of a cursor, or the first of them.
   *
   * @param columns their labels, made unique
   * @param rows the kept rows; each has a value for each column, of the same kinds as above
   * @param rowCount how many rows the cursor had
   * @param stored where all of them are, if they are not all here
   */
  public record Rows(
      List<String> columns,
      List<List<@Nullable Object>> rows,
      long rowCount,
      @Nullable Stored stored) {

    /** Rows that are nowhere else. */
    public Rows(List<String> columns, List<List<@Nullable Object>> rows, long rowCount) {
      this(columns, rows, rowCount, null);
    }

    public boolean truncated() {
      return rowCount > rows.size();
    }
  }

  /**
   * A text or bytes that are kept apart.
   *
   * @param size of the file, in bytes; a text is UTF-8
   * @param stored where it is; null when it was dropped
   */
  public record LargeValue(Kind kind, long size, @Nullable Stored stored) {

    /** What it is. */
    public enum Kind {
      TEXT,
      BYTES
    }
  }
}
