package org.diferido.database.postgresql;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.diferido.database.Reading;
import org.diferido.database.ResultValues;
import org.diferido.database.RowReading;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.BoundCall.Binding;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.Parameter.Direction;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureResult.Rows;
import org.jspecify.annotations.Nullable;

/** Puts values into calls and takes what comes back out of their row. */
final class PostgresValues {

  private static final int FETCHED_AT_ONCE = 500;

  private PostgresValues() {}

  static void bind(CallableStatement statement, BoundCall call) throws SQLException {
    // With rows that are not fetched all at once, many of them do not fill the memory.
    statement.setFetchSize(FETCHED_AT_ONCE);
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
        into.add(call.returnKey(), RowReading.read(rows, into.reading()));
      } else if (rows != null && rows.next()) {
        readRow(rows, call, into);
      }
    }
  }

  private static void readRow(ResultSet row, BoundCall call, ResultValues into)
      throws SQLException {
    RowReading reading = RowReading.of(row);
    Parameter returns = call.signature().returns();
    if (returns != null) {
      boolean cursor = returns.type() == ParameterType.CURSOR;
      into.add(call.returnKey(), cursor ? rows(row, 1, into.reading()) : reading.whole(1));
      return;
    }
    int column = 0;
    for (Binding binding : call.bindings()) {
      if (binding.parameter().direction().comesOut()) {
        column++;
        boolean cursor = binding.parameter().type() == ParameterType.CURSOR;
        into.add(binding.key(), cursor ? rows(row, column, into.reading()) : reading.whole(column));
      }
    }
  }

  /** The first rows of an open cursor, and how many there are in all; null when it is not open. */
  private static @Nullable Rows rows(ResultSet row, int column, Reading reading)
      throws SQLException {
    String name = row.getString(column);
    if (name == null) {
      return null;
    }
    try (Statement statement = row.getStatement().getConnection().createStatement()) {
      return reading.during(
          statement, () -> fetched(statement, PostgresCall.quoted(name), reading));
    }
  }

  /** The query of a cursor is executed by these, so each has to be found as the call is. */
  private static Rows fetched(Statement statement, String cursor, Reading reading)
      throws SQLException {
    String comment = PostgresCall.comment(reading.id());
    Rows first;
    try (ResultSet rows =
        statement.executeQuery(
            comment + "FETCH " + (RowReading.MOST_ROWS + 1) + " FROM " + cursor)) {
      first = RowReading.read(rows, reading);
    }
    if (first.rowCount() <= RowReading.MOST_ROWS) {
      return first;
    }
    long others = statement.executeLargeUpdate(comment + "MOVE FORWARD ALL IN " + cursor);
    return new Rows(first.columns(), first.rows(), first.rowCount() + others);
  }
}
