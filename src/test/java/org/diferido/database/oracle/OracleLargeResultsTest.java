package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import org.diferido.database.GatewayCalls;
import org.diferido.database.LargeResultsContract;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.dictionary.Call;
import org.diferido.oracledouble.value.Rows;
import org.diferido.procedure.KeptResults;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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

  @Test
  void rowsThatAreJustReturnedAreKeptLikeThoseOfACursor() {
    db.procedure(
        APP,
        null,
        "DEVUELVE",
        call -> {
          call.returnResult(Rows.of("N NUMBER").row(1));
          Rows many = Rows.of("N NUMBER");
          for (int number = 1; number <= 3000; number++) {
            many.row(number);
          }
          call.returnResult(many);
          call.out("N", 5);
        },
        "N OUT NUMBER");
    KeptResults kept = new KeptResults();
    ProcedureResult result =
        calls
            .gateway()
            .call(calls.bound(ProcedureName.parse("DEVUELVE", null)), GatewayCalls.tag(), kept);
    assertThat(result.values().keySet()).containsExactly("N", "result_set_1", "result_set_2");
    assertThat(result.values().get("N")).isEqualTo(BigDecimal.valueOf(5));
    assertThat(((ProcedureResult.Rows) result.values().get("result_set_1")).rows())
        .containsExactly(List.of(BigDecimal.ONE));
    assertThat(kept.rowsOf("result_set_2"))
        .hasSize(3000)
        .endsWith(List.of(BigDecimal.valueOf(3000)));
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
