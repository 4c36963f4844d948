package org.diferido.procedure;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call gave back.
 *
 * @param values by the names of {@link BoundCall}, in declared order: String, BigDecimal, Boolean,
 *     {@link Rows} or null. Times are ISO 8601 text, bytes are base64 text
 * @param fetchTime how long it took to read rows and large values, after the procedure had returned
 */
public record ProcedureResult(Map<String, @Nullable Object> values, Duration fetchTime) {

  public ProcedureResult {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** This result with some of its values, told by their names, masked. */
  public ProcedureResult masked(Set<String> keys) {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>(values);
    masked.replaceAll(
        (key, value) -> keys.contains(key) && value != null ? SecretNames.MASK : value);
    return new ProcedureResult(masked, fetchTime);
  }

  /**
   * The rows of a cursor, or the first of them.
   *
   * @param columns their labels, made unique
   * @param rows the kept rows; each has a value for each column, of the same kinds as above
   * @param rowCount how many rows the cursor had
   */
  public record Rows(List<String> columns, List<List<@Nullable Object>> rows, long rowCount) {

    public boolean truncated() {
      return rowCount > rows.size();
    }
  }
}
