package org.diferido.database.hsqldb;

import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.diferido.database.JdbcValues;
import org.diferido.database.ResultValues;
import org.diferido.database.RowReading;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/** Puts values into calls and takes them out. */
final class HsqldbValues {

  /** Before it, HSQLDB shifts a LocalDateTime by the days between the two calendars. */
  private static final LocalDateTime GREGORIAN = LocalDateTime.of(1582, 10, 15, 0, 0);

  private HsqldbValues() {}

  static void bind(CallableStatement statement, BoundCall call) throws SQLException {
    int place = 0;
    for (Binding binding : call.bindings()) {
      place++;
      Parameter parameter = binding.parameter();
      int type = jdbcType(parameter.type());
      if (parameter.direction().goesIn()) {
        Object value = binding.value();
        if (value == null) {
          statement.setNull(place, type);
        } else {
          statement.setObject(place, jdbcValue(value));
        }
      }
      if (parameter.direction().comesOut()) {
        statement.registerOutParameter(place, type);
      }
    }
  }

  static void read(CallableStatement statement, BoundCall call, ResultValues into)
      throws SQLException {
    Parameter returns = call.signature().returns();
    if (returns != null) {
      readReturned(statement, returns, call.returnKey(), into);
      return;
    }
    int place = 0;
    for (Binding binding : call.bindings()) {
      place++;
      if (binding.parameter().direction().comesOut()) {
        readOut(statement, place, binding, into);
      }
    }
    readResultSets(statement, into);
  }

  private static void readOut(
      CallableStatement statement, int place, Binding binding, ResultValues into)
      throws SQLException {
    if (binding.parameter().type() == ParameterType.CLOB) {
      into.addAndFree(binding.key(), statement.getClob(place));
    } else if (binding.parameter().type() == ParameterType.BLOB) {
      into.addAndFree(binding.key(), statement.getBlob(place));
    } else {
      into.add(binding.key(), out(statement, place, binding.parameter().type()));
    }
  }

  private static @Nullable Object out(CallableStatement statement, int place, ParameterType type)
      throws SQLException {
    return switch (type) {
      case TEXT -> statement.getString(place);
      case NUMBER, INTEGER -> statement.getBigDecimal(place);
      case FLOAT -> {
        double number = statement.getDouble(place);
        yield statement.wasNull() ? null : JdbcValues.number(number);
      }
      case DATE, DAY, TIMESTAMP -> JdbcValues.time(statement.getObject(place, LocalDateTime.class));
      case TIMESTAMP_WITH_ZONE -> JdbcValues.time(statement.getObject(place, OffsetDateTime.class));
      case BOOLEAN -> statement.getObject(place, Boolean.class);
      case BINARY -> JdbcValues.bytes(statement.getBytes(place));
      case CLOB, BLOB, COLLECTION, OBJECT, CURSOR, DAY_INTERVAL, MONTH_INTERVAL, UNSUPPORTED ->
          throw new IllegalArgumentException("not a plain OUT value: " + type);
    };
  }

  /** A function's value is the first column of a result set of one row; a table is all of it. */
  private static void readReturned(
      CallableStatement statement, Parameter returns, String key, ResultValues into)
      throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      switch (returns.type()) {
        case CURSOR -> into.addRows(key, gathering -> gathering.take(rows));
        case CLOB -> into.addAndFree(key, rows.next() ? rows.getClob(1) : null);
        case BLOB -> into.addAndFree(key, rows.next() ? rows.getBlob(1) : null);
        default -> into.add(key, rows.next() ? RowReading.of(rows).value(1) : null);
      }
    }
  }

  /**
   * The order is a must: the first one is there without being asked for, and asking for one after
   * the last is a NullPointerException in the driver.
   */
  private static void readResultSets(CallableStatement statement, ResultValues into)
      throws SQLException {
    int number = 1;
    ResultSet next = statement.getResultSet();
    while (next != null) {
      ResultSet rows = next;
      into.addRows(ResultValues.RESULT_SET + number, gathering -> gathering.take(rows));
      number++;
      next = statement.getMoreResults() ? statement.getResultSet() : null;
    }
  }

  private static Object jdbcValue(Object value) {
    return value instanceof LocalDateTime time && time.isBefore(GREGORIAN)
        ? Timestamp.valueOf(time)
        : value;
  }

  private static int jdbcType(ParameterType type) {
    return switch (type) {
      case TEXT -> Types.VARCHAR;
      case NUMBER -> Types.DECIMAL;
      case INTEGER -> Types.BIGINT;
      case FLOAT -> Types.DOUBLE;
      case DATE, DAY, TIMESTAMP -> Types.TIMESTAMP;
      case TIMESTAMP_WITH_ZONE -> Types.TIMESTAMP_WITH_TIMEZONE;
      case BOOLEAN -> Types.BOOLEAN;
      case CLOB -> Types.CLOB;
      case BLOB -> Types.BLOB;
      case BINARY -> Types.VARBINARY;
      case COLLECTION, OBJECT, CURSOR, DAY_INTERVAL, MONTH_INTERVAL, UNSUPPORTED -> Types.OTHER;
    };
  }
}
