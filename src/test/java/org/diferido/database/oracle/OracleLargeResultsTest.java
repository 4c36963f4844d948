package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HexFormat;
import org.diferido.database.GatewayCalls;
import org.diferido.database.LargeResultsContract;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.dictionary.Call;
import org.diferido.oracledouble.value.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Oracle's own driver, talking to the double. */
class OracleLargeResultsTest extends LargeResultsContract {

  private static final String APP = OracleProcedures.OWNER;

  private static OracleDouble db;
  private static GatewayCalls calls;

  @BeforeAll
  static void theDoubleIsThere() throws SQLException {
    db = new OracleDouble(APP, OracleProcedures.PASSWORD);
    calls = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
    db.sql("CREATE TABLE HECHO (N INTEGER)");
    db.procedure(
        APP,
        null,
        "FILAS",
        call -> {
          done(call);
          Rows rows = Rows.of("N NUMBER", "T VARCHAR2(100)");
          for (int number = 1; number <= call.number("CUANTAS").intValue(); number++) {
            rows.row(number, "fila ñ " + number);
          }
          call.out("C", rows);
        },
        "CUANTAS IN NUMBER",
        "C OUT REF CURSOR");
    db.procedure(
        APP,
        null,
        "TEXTO",
        call -> {
          done(call);
          call.out("T", "ñ".repeat(call.number("CUANTOS").intValue()));
        },
        "CUANTOS IN NUMBER",
        "T OUT CLOB");
    db.procedure(
        APP,
        null,
        "OCTETOS",
        call ->
            call.out("B", HexFormat.of().parseHex("7f".repeat(call.number("CUANTOS").intValue()))),
        "CUANTOS IN NUMBER",
        "B OUT BLOB");
  }

  private static void done(Call call) throws SQLException {
    try (var statement = call.connection().createStatement()) {
      statement.execute("INSERT INTO HECHO VALUES (1)");
    }
  }

  @AfterAll
  static void theDoubleIsGone() {
    db.close();
  }

  @AfterEach
  void nothingWasUnknownToTheDouble() {
    assertThat(db.unknown()).isEmpty();
  }

  @Override
  protected GatewayCalls calls() {
    return calls;
  }

  @Override
  protected String rowsKey() {
    return "C";
  }

  @Override
  protected int done() {
    try (var connection = OracleProcedureGatewayTest.dataSource(db).getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM HECHO")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
