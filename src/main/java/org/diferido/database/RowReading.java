package org.diferido.database;

import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.diferido.procedure.ProcedureResult.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a cursor: keeps the first of them, as long as they are few and small, and
 * counts the rest.
 */
public final class RowReading {

  /** How many rows are kept at most. */
  public static final int MOST_ROWS = 1000;

  /** How many characters the kept rows have at most. */
  public static final int MOST_TEXT = 1024 * 1024;

  /** Of the driver's own kind, oracle.jdbc.OracleTypes. */
  private static final int ORACLE_BINARY_FLOAT = 100;

  private static final int ORACLE_BINARY_DOUBLE = 101;
  private static final int ORACLE_TIMESTAMP_WITH_ZONE = -101;
  private static final int ORACLE_TIMESTAMP_LOCAL = -102;

  /** Of ours: a number that may be none. */
  private static final int POSTGRES_NUMERIC = Integer.MIN_VALUE;

  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private final ResultSet cursor;
  private final int[] types;
  private final List<String> labels;
  private final List<List<@Nullable Object>> kept = new ArrayList<>();
  private long text;
  private long count;

  private RowReading(ResultSet cursor) throws SQLException {
    this.cursor = cursor;
    ResultSetMetaData columns = cursor.getMetaData();
    this.types = new int[columns.getColumnCount()];
    this.labels = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int at = 0; at < types.length; at++) {
      types[at] = type(columns, at + 1);
      labels.add(ResultValues.unique(columns.getColumnLabel(at + 1), taken));
    }
  }

  /** PostgreSQL's driver calls these by the numbers of other types, or takes them for numbers. */
  private static int type(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnTypeName(column)) {
      case "bool" -> Types.BOOLEAN;
      case "timestamptz" -> Types.TIMESTAMP_WITH_TIMEZONE;
      case "money" -> Types.OTHER;
      case "numeric" -> POSTGRES_NUMERIC;
      default -> columns.getColumnType(column);
    };
  }

  /** For the row on which a cursor stands. */
  public static RowReading of(ResultSet cursor) throws SQLException {
    return new RowReading(cursor);
  }

  /** The value of a column of this row, however large it is. */
  public @Nullable Object whole(int column) throws SQLException {
    return value(column, types[column - 1]);
  }

  /**
   * Reads a cursor to its end and leaves it open.
   *
   * @param reading is asked before each row
   */
  public static Rows read(ResultSet cursor, Reading reading) throws SQLException {
    RowReading rows = new RowReading(cursor);
    boolean keep = true;
    reading.goOn();
    while (cursor.next()) {
      rows.count++;
      if (keep) {
        keep = rows.keepRow();
      } else {
        rows.freeFrom(0);
      }
      reading.goOn();
    }
    return new Rows(List.copyOf(rows.labels), rows.kept, rows.count);
  }

  /** Whether there still was room for this row. */
  private boolean keepRow() throws SQLException {
    if (kept.size() == MOST_ROWS) {
      freeFrom(0);
      return false;
    }
    List<@Nullable Object> row = new ArrayList<>(types.length);
    for (int at = 0; at < types.length; at++) {
      Object value = value(at + 1, types[at]);
      text += String.valueOf(value).length();
      if (text > MOST_TEXT) {
        freeFrom(at + 1);
        return false;
      }
      row.add(value);
    }
    kept.add(Collections.unmodifiableList(row));
    return true;
  }

  /** Frees the large values that nobody reads: temporary ones would stay with their session. */
  private void freeFrom(int first) throws SQLException {
    for (int at = first; at < types.length; at++) {
      switch (types[at]) {
        case Types.BLOB -> {
          Blob blob = cursor.getBlob(at + 1);
          if (blob != null) {
            blob.free();
          }
        }
        case Types.CLOB, Types.NCLOB -> {
          Clob clob = cursor.getClob(at + 1);
          if (clob != null) {
            clob.free();
          }
        }
        default -> {
          // All others are where the row is.
        }
      }
    }
  }

  private @Nullable Object value(int column, int type) throws SQLException {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL ->
          cursor.getBigDecimal(column);
      case POSTGRES_NUMERIC -> number(column);
      case Types.REAL, Types.FLOAT, Types.DOUBLE, ORACLE_BINARY_FLOAT, ORACLE_BINARY_DOUBLE ->
          floating(column, type);
      case Types.BOOLEAN -> truth(column);
      case Types.DATE -> date(column);
      case Types.TIMESTAMP -> time(column);
      case Types.TIMESTAMP_WITH_TIMEZONE, ORACLE_TIMESTAMP_WITH_ZONE, ORACLE_TIMESTAMP_LOCAL ->
          timeWithZone(column);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
          JdbcValues.bytes(cursor.getBytes(column));
      case Types.BLOB -> beginning(cursor.getBlob(column));
      case Types.CLOB, Types.NCLOB -> beginning(cursor.getClob(column));
      default -> cursor.getString(column);
    };
  }

  private @Nullable Object number(int column) throws SQLException {
    String text = cursor.getString(column);
    return text == null || NO_NUMBERS.contains(text) ? text : new BigDecimal(text);
  }

  private @Nullable Object floating(int column, int type) throws SQLException {
    double number = cursor.getDouble(column);
    if (cursor.wasNull()) {
      return null;
    }
    boolean single = type == Types.REAL || type == ORACLE_BINARY_FLOAT;
    return single ? JdbcValues.number((float) number) : JdbcValues.number(number);
  }

  private @Nullable Boolean truth(int column) throws SQLException {
    boolean truth = cursor.getBoolean(column);
    return cursor.wasNull() ? null : truth;
  }

  /** PostgreSQL knows times that never come, which are text. */
  private @Nullable String time(int column) throws SQLException {
    LocalDateTime time = cursor.getObject(column, LocalDateTime.class);
    boolean never = LocalDateTime.MAX.equals(time) || LocalDateTime.MIN.equals(time);
    return never ? cursor.getString(column) : JdbcValues.time(time);
  }

  private @Nullable String timeWithZone(int column) throws SQLException {
    OffsetDateTime time = cursor.getObject(column, OffsetDateTime.class);
    boolean never = OffsetDateTime.MAX.equals(time) || OffsetDateTime.MIN.equals(time);
    return never ? cursor.getString(column) : JdbcValues.time(time);
  }

  /** As a java.sql.Date it would be of another calendar before 1582. */
  private @Nullable String date(int column) throws SQLException {
    LocalDate date = cursor.getObject(column, LocalDate.class);
    if (date == null) {
      return null;
    }
    boolean never = LocalDate.MAX.equals(date) || LocalDate.MIN.equals(date);
    return never ? cursor.getString(column) : JdbcValues.time(date.atStartOfDay());
  }

  /**
   * One character more than fits is enough to know that the row is not kept. It is freed: a
   * temporary one would stay with its session.
   */
  private static @Nullable String beginning(@Nullable Clob clob) throws SQLException {
    if (clob == null) {
      return null;
    }
    try {
      return clob.getSubString(1, (int) Math.min(clob.length(), MOST_TEXT + 1));
    } finally {
      clob.free();
    }
  }

  private static @Nullable String beginning(@Nullable Blob blob) throws SQLException {
    if (blob == null) {
      return null;
    }
    try {
      return JdbcValues.bytes(blob.getBytes(1, (int) Math.min(blob.length(), MOST_TEXT + 1)));
    } finally {
      blob.free();
    }
  }
}
