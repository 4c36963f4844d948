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
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.jspecify.annotations.Nullable;

/** Reads the values of the rows of a cursor, each row as a whole. */
public final class RowReading {

  /** How many characters a row has at most; its bytes are base64 by then. */
  static final int MOST_TEXT = 8 * 1024 * 1024;

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

  private RowReading(ResultSet cursor) throws SQLException {
    this.cursor = cursor;
    ResultSetMetaData columns = cursor.getMetaData();
    this.types = new int[columns.getColumnCount()];
    List<String> unique = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int at = 0; at < types.length; at++) {
      types[at] = type(columns, at + 1);
      unique.add(ResultValues.unique(columns.getColumnLabel(at + 1), taken));
    }
    this.labels = List.copyOf(unique);
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

  /** The labels of the columns, made unique. */
  List<String> labels() {
    return labels;
  }

  /** The value of a column of the row on which the cursor stands. */
  public @Nullable Object value(int column) throws SQLException {
    return value(column, types[column - 1]);
  }

  /** Whether a column has bytes, whose values are base64. */
  public boolean isBinary(int column) {
    return switch (types[column - 1]) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
      default -> false;
    };
  }

  /**
   * All values of the row on which the cursor stands.
   *
   * @throws org.diferido.failure.FailureException RESULT_TOO_LARGE
   */
  List<@Nullable Object> row() throws SQLException {
    List<@Nullable Object> row = new ArrayList<>(types.length);
    long text = 0;
    for (int column = 1; column <= types.length; column++) {
      Object value = value(column);
      if (value instanceof String string) {
        text += string.length();
      }
      if (text > MOST_TEXT) {
        throw tooLarge();
      }
      row.add(value);
    }
    return Collections.unmodifiableList(row);
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
      case Types.BLOB -> whole(cursor.getBlob(column));
      case Types.CLOB, Types.NCLOB -> whole(cursor.getClob(column));
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

  /** It is freed: a temporary one would stay with its session. */
  private static @Nullable String whole(@Nullable Clob clob) throws SQLException {
    if (clob == null) {
      return null;
    }
    try {
      long length = clob.length();
      if (length > MOST_TEXT) {
        throw tooLarge();
      }
      return clob.getSubString(1, (int) length);
    } finally {
      clob.free();
    }
  }

  private static @Nullable String whole(@Nullable Blob blob) throws SQLException {
    if (blob == null) {
      return null;
    }
    try {
      long length = blob.length();
      if (length > MOST_TEXT / 4 * 3) {
        throw tooLarge();
      }
      return JdbcValues.bytes(blob.getBytes(1, (int) length));
    } finally {
      blob.free();
    }
  }

  private static RuntimeException tooLarge() {
    return Failure.of(FailureCode.RESULT_TOO_LARGE, MOST_TEXT).toException();
  }
}
