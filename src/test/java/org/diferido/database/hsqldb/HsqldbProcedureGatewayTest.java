package org.diferido.database.hsqldb;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.demo.DemoDataSource;
import org.diferido.demo.DemoDatabase;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.Parameter;
import org.diferido.procedure.ParameterType;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureGatewayContract;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.Signature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The embedded database with the demo's own procedures, held to the contract. */
class HsqldbProcedureGatewayTest extends ProcedureGatewayContract {

  private static final DemoDataSource DEMO = new DemoDataSource();
  private static final ReusingDataSource POOL = new ReusingDataSource(DEMO);

  private final ProcedureGateway gateway =
      new JdbcProcedureGateway(
          POOL::get,
          List.of(new HsqldbDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ZERO));

  @BeforeAll
  static void theDemoIsThere() throws SQLException {
    DemoDatabase.create(DEMO);
    try (Connection connection = DEMO.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS RAROS CASCADE");
      statement.execute("CREATE SCHEMA RAROS");
      for (String sql : MORE) {
        statement.execute(sql);
      }
      for (String sql : ODDITIES) {
        statement.execute(sql);
      }
    }
  }

  /** What the contract calls, and the demo does not show. */
  private static final List<String> MORE =
      List.of(
          "DROP PROCEDURE PROC_TEST_BLOB IF EXISTS",
          """
          CREATE PROCEDURE PROC_TEST_BLOB(IN p_blob BLOB, OUT o_blob BLOB)
            BEGIN ATOMIC SET o_blob = p_blob; END
          """,
          "DROP PROCEDURE PROC_TEST_LOG IF EXISTS",
          """
          CREATE PROCEDURE PROC_TEST_LOG(IN p_falla NUMBER) BEGIN ATOMIC
            IF p_falla = 1 THEN
              SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ORA-20006: falla';
            END IF; END
          """,
          "DROP PROCEDURE PROC_TEST_DEFECTO IF EXISTS",
          """
          CREATE PROCEDURE PROC_TEST_DEFECTO(IN p_a NUMBER, IN p_b NUMBER, OUT p_r NUMBER)
            BEGIN ATOMIC SET p_r = p_a + p_b; END
          """);

  private static final List<String> ODDITIES =
      List.of(
          """
          CREATE PROCEDURE RAROS."con ñ y $"(IN "p á" INTEGER, OUT "P Á" INTEGER)
            BEGIN ATOMIC SET "P Á" = "p á" + 1; END
          """,
          """
          CREATE PROCEDURE RAROS.TIPOS(IN A DATE, IN B CHAR(3), IN C NUMBER(10,2), IN D BIGINT,
            IN E SMALLINT, IN F REAL, IN G INTEGER ARRAY, IN H TIME, IN I BLOB, IN J NUMERIC,
            IN K BINARY(5), IN L BIT(8), IN M INTERVAL DAY TO SECOND, IN N UUID,
            IN O TIMESTAMP(3) WITH TIME ZONE, IN P NVARCHAR2(7), IN Q LONGVARCHAR, INOUT R BLOB)
            BEGIN ATOMIC SET R = I; END
          """,
          """
          CREATE PROCEDURE RAROS.DOS() READS SQL DATA DYNAMIC RESULT SETS 2
            BEGIN ATOMIC
              DECLARE UNO CURSOR WITH RETURN FOR SELECT 1 AS A, 'x' AS A FROM DUAL;
              DECLARE DOS CURSOR WITH RETURN FOR SELECT 2 AS B FROM DUAL;
              OPEN UNO; OPEN DOS;
            END
          """,
          """
          CREATE FUNCTION RAROS.TABLA(N INTEGER) RETURNS TABLE(A INTEGER, B VARCHAR(9))
            READS SQL DATA RETURN TABLE(SELECT N, 'fila' FROM DUAL)
          """,
          "CREATE FUNCTION RAROS.GRANDE() RETURNS CLOB RETURN CAST('ñandú' AS CLOB)",
          """
          CREATE AGGREGATE FUNCTION RAROS.AGREGADA(IN X INTEGER, IN F BOOLEAN, INOUT S BIGINT,
            INOUT T INT) RETURNS INTEGER CONTAINS SQL BEGIN ATOMIC RETURN 1; END
          """,
          """
          CREATE PROCEDURE RAROS.SENAL() BEGIN ATOMIC
            SIGNAL SQLSTATE '45001' SET MESSAGE_TEXT = 'saldo insuficiente'; END
          """,
          """
          CREATE PROCEDURE RAROS.CERO(IN D INTEGER, OUT R INTEGER) BEGIN ATOMIC SET R = 1 / D; END
          """,
          "CREATE PROCEDURE RAROS.NADA() BEGIN ATOMIC DECLARE X INTEGER; SET X = 1; END");

  @Override
  protected ProcedureGateway gateway() {
    return gateway;
  }

  @Override
  protected Capabilities capabilities() {
    return Capabilities.ofTheDemo();
  }

  /** A Java body runs on the caller's thread, and sleeps. */
  @Override
  protected boolean isRunning(CallTag tag) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getState() == Thread.State.TIMED_WAITING)
        .flatMap(each -> Arrays.stream(each.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("demora"));
  }

  @Test
  void quotedNamesOfAnyKindAreCalledAsTheyAre() {
    assertThat(call("RAROS.\"con ñ y $\"", in("p á", new BigDecimal(41))).values())
        .hasEntrySatisfying(
            "P Á", value -> assertThat((BigDecimal) value).isEqualByComparingTo("42"));
  }

  @Test
  void aParametersTypeIsToldAsItWasDeclared() {
    List<Parameter> parameters = resolve("RAROS.TIPOS").get(0).parameters();
    assertThat(parameters)
        .extracting(
            parameter ->
                parameter.name()
                    + " "
                    + parameter.type()
                    + " "
                    + parameter.databaseType()
                    + " "
                    + parameter.maxLength()
                    + " "
                    + parameter.integerDigits())
        .containsExactly(
            "A DATE DATE 0 0",
            "B TEXT CHARACTER(3) 3 0",
            "C NUMBER DECIMAL(10,2) 0 8",
            "D INTEGER BIGINT 0 19",
            "E INTEGER SMALLINT 0 5",
            "F FLOAT DOUBLE 0 0",
            "G UNSUPPORTED INTEGER ARRAY 0 0",
            "H UNSUPPORTED TIME 0 0",
            "I BLOB BLOB 0 0",
            "J NUMBER NUMERIC(128) 0 128",
            "K BINARY BINARY(5) 5 0",
            "L UNSUPPORTED BIT(8) 0 0",
            "M UNSUPPORTED INTERVAL DAY TO SECOND 0 0",
            "N UNSUPPORTED UUID 0 0",
            "O TIMESTAMP_WITH_ZONE TIMESTAMP(3) WITH TIME ZONE 0 0",
            "P TEXT VARCHAR(7) 7 0",
            "Q TEXT VARCHAR(16777216) 16777216 0",
            "R BLOB BLOB 0 0");
  }

  @Test
  void everyResultSetComesWithItsNumber() {
    assertThat(call("RAROS.DOS").values().keySet()).containsExactly("result_set_1", "result_set_2");
    assertThat(((Rows) call("RAROS.DOS").values().get("result_set_1")).columns())
        .containsExactly("A", "A_2");
  }

  @Test
  void aFunctionThatReturnsATableGivesRows() {
    Signature signature = resolve("RAROS.TABLA").get(0);
    assertThat(signature.returns().type()).isEqualTo(ParameterType.CURSOR);
    Rows rows = (Rows) call("RAROS.TABLA", in("n", BigDecimal.ONE)).values().get("return_value");
    assertThat(rows.columns()).containsExactly("A", "B");
    assertThat(rows.rows().get(0)).element(1).isEqualTo("fila");
  }

  @Test
  void aFunctionMayReturnALargeText() {
    assertThat(call("RAROS.GRANDE").values()).containsEntry("return_value", "ñandú");
  }

  @Test
  void aProcedureWithoutParametersGivesNothing() {
    assertThat(call("RAROS.NADA").values()).isEmpty();
  }

  @Test
  void anAggregateFunctionCannotBeCalled() {
    assertThat(resolve("RAROS.AGREGADA")).isEmpty();
  }

  @Test
  void theDatabasesOwnProceduresAreNobodysBusiness() {
    assertThat(resolve("SYSTEM_LOBS.ALLOC_BLOCKS")).isEmpty();
  }

  @Test
  void aSignalWithoutAnOracleCodeIsRaisedByTheProcedureToo() {
    assertThat(failureOf("RAROS.SENAL"))
        .isEqualTo(
            Failure.ofDatabase(
                FailureCode.PROCEDURE_RAISED, "SQLSTATE-45001", "saldo insuficiente"));
  }

  @Test
  void aDivisionByZeroIsAnErrorOfTheDatabase() {
    assertThat(failureOf("RAROS.CERO", in("d", BigDecimal.ZERO)))
        .isEqualTo(
            Failure.ofDatabase(
                FailureCode.DATA_ERROR, "SQLSTATE-22012", "data exception: division by zero"));
  }
}
