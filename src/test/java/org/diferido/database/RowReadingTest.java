package org.diferido.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.KeptResults;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.ResultSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowReadingTest {

  private final KeptResults kept = new KeptResults();
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:hsqldb:mem:rows;sql.syntax_ora=true", "SA", "");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void labelsThatComeTwiceAreNumbered() throws SQLException {
    assertThat(read("SELECT 1 AS A, 2 AS A, 3 AS B, 4 AS A, 5 AS A_2 FROM DUAL").columns())
        .containsExactly("A", "A_2", "B", "A_3", "A_2_2");
  }

  @Test
  void noRowsAreRowsToo() throws SQLException {
    Rows rows = read("SELECT 1 AS A FROM DUAL WHERE 1 = 0");
    assertThat(rows.columns()).containsExactly("A");
    assertThat(rows.rows()).isEmpty();
    assertThat(rows.rowCount()).isZero();
    assertThat(rows.truncated()).isFalse();
  }

  @Test
  void exactlyAThousandRowsAreAllKept() throws SQLException {
    Rows few = read(sequence("N", 1000));
    assertThat(few.truncated()).isFalse();
    assertThat(few.stored()).isNull();
    assertThat(kept.names()).isEmpty();
    Rows more = read(sequence("N", 1001));
    assertThat(more.rows()).hasSize(1000);
    assertThat(more.rowCount()).isEqualTo(1001);
    assertThat(more.stored()).isNotNull();
    assertThat(kept.rowsOf("R")).hasSize(1001);
    assertThat(kept.rowsOf("R").subList(0, 1000)).isEqualTo(more.rows());
  }

  @Test
  void largeRowsAreOnlyKeptUpToAMebibyte() throws SQLException {
    Rows rows = read(sequence("RPAD('x', 100000, 'x')", 20));
    assertThat(rows.rows()).hasSize(10);
    assertThat(rows.rowCount()).isEqualTo(20);
    assertThat(kept.rowsOf("R")).hasSize(20);
  }

  @Test
  void afterARowThatDoesNotFitNoneIsKept() throws SQLException {
    Rows rows = read(sequence("CASE WHEN N = 2 THEN RPAD('x', 2000000, 'x') ELSE 'y' END", 3));
    assertThat(rows.rows()).hasSize(1);
    assertThat(rows.rowCount()).isEqualTo(3);
    assertThat(kept.rowsOf("R"))
        .containsExactly(List.of("y"), List.of("x".repeat(2_000_000)), List.of("y"));
  }

  @Test
  void aRowThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> read(sequence("RPAD('x', 8388609, 'x')", 1)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.failure())
                    .isEqualTo(Failure.of(FailureCode.RESULT_TOO_LARGE, 8_388_608)));
    assertThatThrownBy(
            () -> read(sequence("RPAD('x', 5000000, 'x') AS V, RPAD('x', 5000000, 'x')", 1)))
        .isInstanceOf(FailureException.class);
  }

  @Test
  void largeValuesOfRowsAreWhole() throws SQLException {
    read(sequence("CAST(RPAD('ñ', 3000000, 'ñ') AS CLOB)", 2));
    assertThat(kept.rowsOf("R"))
        .containsExactly(List.of("ñ".repeat(3_000_000)), List.of("ñ".repeat(3_000_000)));
  }

  @Test
  void everyTypeHasItsValue() throws SQLException {
    Rows rows =
        read(
            """
            SELECT 1.50 AS N, 7 AS I, CAST(0.1 AS DOUBLE) AS D, TRUE AS B, 'ñ' AS S,
                   TIMESTAMP '2025-03-30 02:30:00' AS T,
                   TIMESTAMP '2025-12-10 01:02:03+02:00' AS Z,
                   CAST(X'0001FF' AS VARBINARY(3)) AS R, CAST('ñandú' AS CLOB) AS C,
                   CAST(X'0001FF' AS BLOB) AS L, TIME '10:00:00' AS TI, ARRAY[1, 2] AS A
              FROM DUAL
            """);
    assertThat(rows.rows().get(0))
        .containsExactly(
            new BigDecimal("1.50"),
            new BigDecimal("7"),
            new BigDecimal("0.1"),
            true,
            "ñ",
            "2025-03-30T02:30:00",
            "2025-12-10T01:02:03+02:00",
            "AAH/",
            "ñandú",
            "AAH/",
            "10:00:00",
            "ARRAY[1,2]");
  }

  @Test
  void everyTypeMayBeNull() throws SQLException {
    Rows rows =
        read(
            """
            SELECT CAST(NULL AS NUMBER), CAST(NULL AS DOUBLE), CAST(NULL AS BOOLEAN),
                   CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP WITH TIME ZONE),
                   CAST(NULL AS VARBINARY(1)), CAST(NULL AS CLOB), CAST(NULL AS BLOB)
              FROM DUAL
            """);
    assertThat(rows.rows().get(0)).hasSize(8).containsOnlyNulls();
  }

  @Test
  void rowsAreNotReadOnWhenTheCallIsToBeCancelled() throws SQLException {
    Reading stopping =
        new Unhurried() {
          private int rows;

          @Override
          public void goOn() {
            rows++;
            if (rows > 3) {
              throw Failure.of(FailureCode.CANCELLED).toException();
            }
          }
        };
    try (Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery(sequence("N", 5000))) {
      RowGathering rows = new RowGathering("R", ResultSink.DROPPING, stopping);
      assertThatThrownBy(() -> rows.take(cursor)).isInstanceOf(FailureException.class);
      assertThat(cursor.getRow()).isEqualTo(3);
    }
  }

  /** Nobody cancels. */
  private static class Unhurried implements Reading {

    @Override
    public String id() {
      return "1";
    }

    @Override
    public void goOn() {}

    @Override
    public <T> T during(Statement statement, Step<T> step) throws SQLException {
      return step.run();
    }

    @Override
    public void apart(Runnable step) {
      step.run();
    }
  }

  private static String sequence(String column, int rows) {
    return "SELECT " + column + " AS V FROM UNNEST(SEQUENCE_ARRAY(1, " + rows + ", 1)) AS S(N)";
  }

  private Rows read(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery(sql)) {
      RowGathering rows = new RowGathering("R", kept, new Unhurried());
      rows.take(cursor);
      return rows.end();
    }
  }
}
