package org.diferido.database.hsqldb;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.diferido.database.GatewayCalls;
import org.diferido.database.LargeResultsContract;
import org.hsqldb.jdbc.JDBCDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HsqldbLargeResultsTest extends LargeResultsContract {

  private static final DataSource DATABASE = database();

  private final GatewayCalls calls = new GatewayCalls(DATABASE, new HsqldbDialect());

  private static DataSource database() {
    JDBCDataSource source = new JDBCDataSource();
    source.setUrl("jdbc:hsqldb:mem:large-results;sql.syntax_ora=true");
    source.setUser("SA");
    source.setPassword("");
    return source;
  }

  @BeforeAll
  static void theProceduresAreThere() throws SQLException {
    execute(
        "CREATE TABLE HECHO (N INTEGER)",
        """
        CREATE PROCEDURE FILAS(IN CUANTAS INTEGER) MODIFIES SQL DATA DYNAMIC RESULT SETS 1
          BEGIN ATOMIC
            DECLARE C CURSOR WITH RETURN FOR
              SELECT S.N AS N, 'fila ñ ' || S.N AS T
                FROM UNNEST(SEQUENCE_ARRAY(1, CUANTAS, 1)) AS S(N) WHERE CUANTAS > 0;
            INSERT INTO HECHO VALUES (CUANTAS);
            OPEN C;
          END
        """,
        """
        CREATE PROCEDURE TEXTO(IN CUANTOS INTEGER, OUT T CLOB) MODIFIES SQL DATA
          BEGIN ATOMIC
            INSERT INTO HECHO VALUES (CUANTOS);
            SET T = CAST(REPEAT('ñ', CUANTOS) AS CLOB);
          END
        """,
        """
        CREATE PROCEDURE OCTETOS(IN CUANTOS INTEGER, OUT B BLOB)
          BEGIN ATOMIC
            DECLARE V BLOB;
            SET V = CAST(X'7f' AS BLOB);
            WHILE OCTET_LENGTH(V) < CUANTOS DO
              SET V = V || V;
            END WHILE;
            SET B = SUBSTRING(V FROM 1 FOR CUANTOS);
          END
        """);
  }

  private static void execute(String... statements) throws SQLException {
    try (var connection = DATABASE.getConnection();
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @AfterAll
  static void close() throws SQLException {
    execute("SHUTDOWN");
  }

  @Override
  protected GatewayCalls calls() {
    return calls;
  }

  @Override
  protected String rowsKey() {
    return "result_set_1";
  }

  @Override
  protected int done() {
    try (var connection = DATABASE.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM HECHO")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
