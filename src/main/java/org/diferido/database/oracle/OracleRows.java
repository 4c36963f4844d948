package org.diferido.database.oracle;

import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.diferido.database.ResultValues;

/** Takes the rows out of calls: those of cursors, and those that are just returned. */
final class OracleRows {

  /** The driver fetches ten rows at a time otherwise. */
  private static final int FETCHED_AT_ONCE = 500;

  private OracleRows() {}

  /** Those of an OUT parameter; a cursor that was never opened is null. */
  static void read(CallableStatement statement, int place, String key, ResultValues into)
      throws SQLException {
    try (ResultSet rows = statement.getObject(place, ResultSet.class)) {
      if (rows == null) {
        into.add(key, null);
      } else {
        addAll(rows, key, into);
      }
    }
  }

  /**
   * Those of DBMS_SQL.RETURN_RESULT (JDBC Developer's Guide, implicit results), which came with the
   * answer to the call.
   */
  static void readReturned(CallableStatement statement, ResultValues into) throws SQLException {
    for (int number = 1; statement.getMoreResults(); number++) {
      try (ResultSet rows = statement.getResultSet()) {
        addAll(rows, ResultValues.RESULT_SET + number, into);
      }
    }
  }

  /**
   * The driver fetches by a statement of the cursor's own, and meanwhile cancels nothing by the
   * call's.
   */
  private static void addAll(ResultSet rows, String key, ResultValues into) throws SQLException {
    rows.setFetchSize(FETCHED_AT_ONCE);
    into.addRows(
        key,
        gathering ->
            into.reading().during(rows.getStatement(), () -> gathering.take(rows, Long.MAX_VALUE)));
  }
}
