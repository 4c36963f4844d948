package org.diferido.database.oracle;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * What a procedure wrote with DBMS_OUTPUT (PL/SQL Packages and Types Reference). It can only be
 * read in the same session and after the call: it is a log, no progress.
 */
final class OracleOutput {

  /** All lines are taken, lest the next call of this session finds them, and the first are kept. */
  private static final String TAKE =
      """
      DECLARE
        lines DBMS_OUTPUT.CHARARR;
        taken INTEGER;
        text CLOB;
      BEGIN
        LOOP
          taken := 1000;
          DBMS_OUTPUT.GET_LINES(lines, taken);
          EXIT WHEN taken = 0;
          FOR i IN 1 .. taken LOOP
            IF text IS NULL OR DBMS_LOB.GETLENGTH(text) < 1000000 THEN
              text := text || lines(i) || CHR(10);
            END IF;
          END LOOP;
        END LOOP;
        ? := text;
      END;
      """;

  private OracleOutput() {}

  /** The lines; empty when there are none. */
  static List<String> take(Connection connection) throws SQLException {
    try (CallableStatement statement = connection.prepareCall(TAKE)) {
      statement.registerOutParameter(1, Types.CLOB);
      statement.execute();
      String text = statement.getString(1);
      return text == null ? List.of() : text.lines().toList();
    }
  }
}
