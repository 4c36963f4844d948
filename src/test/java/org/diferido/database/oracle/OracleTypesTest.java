package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.diferido.database.GatewayCalls;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.value.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Values of all types between Oracle's own driver and the double. */
class OracleTypesTest extends OracleTypesContract {

  private static final String OWNER = OracleProcedures.OWNER;

  private static OracleDouble db;
  private static GatewayCalls calls;

  @BeforeAll
  static void theDoubleIsThere() throws SQLException {
    db = new OracleDouble(OWNER, OracleProcedures.PASSWORD);
    calls = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
  }

  @AfterAll
  static void theDoubleIsGone() {
    db.close();
  }

  @AfterEach
  void nothingWasUnknownToTheDouble() {
    assertThat(db.unknown()).isEmpty();
  }

  /** Temporary ones stay with their session, which a pool keeps for days. */
  @Test
  void noLargeValueIsLeftBehind() throws SQLException {
    try (OracleDouble own = new OracleDouble(OWNER, OracleProcedures.PASSWORD)) {
      GatewayCalls calls =
          new GatewayCalls(OracleProcedureGatewayTest.dataSource(own), new OracleDialect());
      own.procedure(
          OWNER,
          null,
          "GRANDES",
          call -> {
            call.out("B", call.in("A"));
            call.out("D", call.in("C"));
            Rows rows = Rows.of("E CLOB", "F BLOB");
            for (int row = 0; row < 10; row++) {
              rows.row(call.in("A"), call.in("C"));
            }
            call.out("G", rows);
            call.putLine("una línea");
          },
          "A IN CLOB",
          "B OUT CLOB",
          "C IN BLOB",
          "D OUT BLOB",
          "G OUT REF CURSOR");
      for (int times = 0; times < 3; times++) {
        calls.call("GRANDES", in("a", "x".repeat(50_000)), in("c", "AAAA".repeat(20_000)));
      }
      // What is freed is told with the next call.
      calls.gateway().ping();
      assertThat(own.largeValues()).isZero();
    }
  }

  @Override
  protected GatewayCalls calls() {
    return calls;
  }

  @Override
  protected void makeEcho(String name, String type) {
    db.procedure(
        OWNER,
        null,
        name,
        call -> call.out("P_OUT", call.in("P_IN")),
        "P_IN IN " + type,
        "P_OUT OUT " + type);
  }

  @Override
  protected void makeBoth(String name, String type) {
    db.procedure(
        OWNER,
        null,
        name,
        call -> call.out("P_ESTABA", call.in("P") != null),
        "P IN OUT " + type,
        "P_ESTABA OUT PL/SQL BOOLEAN");
  }

  @Override
  protected void makeFunction(String name, String type) {
    db.function(OWNER, null, name, type, call -> call.returns(call.in("P")), "P IN " + type);
  }

  @Override
  protected void makeGrowing(String name, int times) {
    db.procedure(
        OWNER,
        null,
        name,
        call -> call.out("P", call.text("P").repeat(times)),
        "P IN OUT VARCHAR2");
  }

  @Override
  protected void makeRows(String name, List<String> types) {
    List<String> parameters = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (String type : types) {
      columns.add("C" + columns.size() + " " + type);
      parameters.add("C" + parameters.size() + " IN " + type);
    }
    parameters.add("P OUT REF CURSOR");
    db.procedure(
        OWNER,
        null,
        name,
        call ->
            call.out(
                "P",
                Rows.of(columns.toArray(String[]::new))
                    .row(
                        IntStream.range(0, types.size())
                            .mapToObj(at -> call.in("C" + at))
                            .toArray())
                    .row(new Object[types.size()])),
        parameters.toArray(String[]::new));
  }
}
