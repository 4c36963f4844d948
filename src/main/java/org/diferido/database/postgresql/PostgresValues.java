package org.diferido.database.postgresql;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.diferido.database.Reading;
import org.diferido.database.ResultValues;
import org.diferido.database.RowGathering;
import org.diferido.database.RowReading;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.jspecify.annotations.Nullable;

/** Puts values into calls and takes what comes back out of their row. */
final class PostgresValues {

  private static final int FIRST_FETCH = 500;

  private PostgresValues() {}

  static void bind(CallableStatement statement, BoundCall call) throws SQLException {
    // With rows that are not fetched all at once, many of them do not fill the memory.
    statement.setFetchSize(FIRST_FETCH);
    int place = 0;
    for (Binding binding : call.bindings()) {
      Parameter parameter = binding.parameter();
      boolean in = parameter.direction() != Direction.OUT && binding.isPassed();
      if (in && parameter.type() != ParameterType.CURSOR) {
        place++;
        set(statement, place, binding.value());
      }
    }
  }

  /** As text of no type: the cast in the statement says what it is, and the server reads it. */
  private static void set(CallableStatement statement, int place, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(place, Types.OTHER);
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(place, bytes);
    } else if (value instanceof BigDecimal number) {
      statement.setObject(place, number.toString(), Types.OTHER);
    } else {
      statement.setObject(place, value.toString(), Types.OTHER);
    }
  }

  static void read(CallableStatement statement, BoundCall call, ResultValues into)
      throws SQLException {
    Parameter returns = call.signature().returns();
    try (ResultSet rows = statement.getResultSet()) {
      if (returns != null && returns.databaseType().startsWith("SETOF ")) {
        into.addRows(call.returnKey(), gathering -> takeAll(rows, gathering));
      } else if (rows != null && rows.next()) {
        readRow(rows, call, into);
      }
    }
  }

  /** What the driver is told of the size counts at its next fetch. */
  private static void takeAll(ResultSet rows, RowGathering into) throws SQLException {
    FetchSize size = new FetchSize(FIRST_FETCH);
    while (into.take(rows, size.rows()) == size.rows()) {
      size.adapt(into.text());
      rows.setFetchSize(size.rows());
    }
  }

  private static void readRow(ResultSet row, BoundCall call, ResultValues into)
      throws SQLException {
    RowReading reading = RowReading.of(row);
    Parameter returns = call.signature().returns();
    if (returns != null) {
      readColumn(row, reading, 1, returns, call.returnKey(), into);
      return;
    }
    int column = 0;
    for (Binding binding : call.bindings()) {
      if (binding.parameter().direction().comesOut()) {
        column++;
        readColumn(row, reading, column, binding.parameter(), binding.key(), into);
      }
    }
  }

  private static void readColumn(
      ResultSet row,
      RowReading reading,
      int column,
      Parameter parameter,
      String key,
      ResultValues into)
      throws SQLException {
    if (parameter.type() == ParameterType.CURSOR) {
      readCursor(row, column, key, into);
      return;
    }
    Object value = reading.value(column);
    if (value instanceof String text && !reading.isBinary(column)) {
      into.addText(key, text);
    } else {
      into.add(key, value);
    }
  }

  /** All rows of an open cursor; null when it is not open. */
  private static void readCursor(ResultSet row, int column, String key, ResultValues into)
      throws SQLException {
    String name = row.getString(column);
    if (name == null) {
      into.add(key, null);
      return;
    }
    String from = " FROM " + PostgresCall.quoted(name);
    try (Statement statement = row.getStatement().getConnection().createStatement()) {
      into.addRows(
          key,
          gathering ->
              into.reading()
                  .during(statement, () -> fetchAll(statement, from, into.reading(), gathering)));
    }
  }

  /** The query of a cursor is executed by these, so each has to be found as the call is. */
  private static long fetchAll(Statement statement, String from, Reading reading, RowGathering into)
      throws SQLException {
    String fetch = PostgresCall.comment(reading.id()) + "FETCH ";
    // What is few enough for a result comes at once.
    FetchSize size = new FetchSize(RowGathering.MOST_ROWS + 1);
    long all = 0;
    boolean more = true;
    while (more) {
      long fetched;
      try (ResultSet rows = statement.executeQuery(fetch + size.rows() + from)) {
        fetched = into.take(rows, size.rows());
      }
      all += fetched;
      more = fetched == size.rows();
      size.adapt(into.text());
    }
    return all;
  }
}
