package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.diferido.oracledouble.value.OraException;
import org.junit.jupiter.api.Test;

class CallTest extends DriverTesting {

  private BigDecimal number(String block, Object... in) throws SQLException {
    try (CallableStatement call = connection.prepareCall(block)) {
      for (int at = 0; at < in.length; at++) {
        call.setObject(at + 1, in[at]);
      }
      call.registerOutParameter(in.length + 1, Types.NUMERIC);
      call.execute();
      return call.getBigDecimal(in.length + 1);
    }
  }

  private String textOf(String block) {
    return failureOf(block).getMessage();
  }

  private int codeOf(String block) {
    SQLException error = failureOf(block);
    return error == null ? 0 : error.getErrorCode();
  }

  private SQLException failureOf(String block) {
    return failure(
        () -> {
          try (CallableStatement call = connection.prepareCall(block)) {
            call.execute();
          }
        });
  }

  @Test
  void aProcedureTakesAndGivesInEveryNotation() throws SQLException {
    db.procedure(
        USER,
        "PKG_ETL",
        "DOBLE",
        call -> call.out("P_OUT", call.number("P_IN").multiply(BigDecimal.valueOf(2))),
        "P_IN IN NUMBER",
        "P_OUT OUT NUMBER");
    for (String block :
        new String[] {
          "{call PKG_ETL.DOBLE(?, ?)}",
          "BEGIN pkg_etl.doble(P_IN => ?, p_out => ?); END;",
          "begin \"APP\".\"PKG_ETL\".\"DOBLE\"(\"P_IN\" => ?, \"P_OUT\" => ?); end;",
          "BEGIN DBMS_OUTPUT.ENABLE(NULL); APP.PKG_ETL.DOBLE(?, P_OUT => ?); END;"
        }) {
      assertThat(number(block, 21)).isEqualByComparingTo("42");
    }
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aFunctionReturns() throws SQLException {
    db.function(
        USER,
        null,
        "SUMA",
        "NUMBER",
        call -> call.returns(call.number("A").add(call.number("B"))),
        "A IN NUMBER",
        "B IN NUMBER DEFAULT");
    try (CallableStatement call = connection.prepareCall("{? = call SUMA(?, ?)}")) {
      call.registerOutParameter(1, Types.NUMERIC);
      call.setInt(2, 40);
      call.setLong(3, 2);
      call.execute();
      assertThat(call.getInt(1)).isEqualTo(42);
    }
  }

  @Test
  void anArgumentWithADefaultMayBeLeftOut() throws SQLException {
    db.procedure(
        USER,
        null,
        "P",
        call -> call.out("R", call.has("B") ? 2 : 1),
        "A IN VARCHAR2 DEFAULT",
        "B IN NUMBER DEFAULT",
        "R OUT NUMBER");
    assertThat(number("BEGIN P(R => ?); END;")).isEqualByComparingTo("1");
    assertThat(number("BEGIN P(B => ?, R => ?); END;", 7)).isEqualByComparingTo("2");
  }

  @Test
  void theOverloadIsChosenByNamesAndNumber() throws SQLException {
    db.procedure(USER, "PKG", "P", call -> call.out("R", 1), "A IN NUMBER", "R OUT NUMBER")
        .procedure(USER, "PKG", "P", call -> call.out("R", 2), "B IN NUMBER", "R OUT NUMBER")
        .procedure(USER, "PKG", "P", call -> call.out("R", 3), "R OUT NUMBER")
        .procedure(USER, "PKG", "P", call -> call.out("R", 4), "A IN DATE", "R OUT NUMBER");
    assertThat(number("BEGIN PKG.P(A => ?, R => ?); END;", 7)).isEqualByComparingTo("1");
    assertThat(number("BEGIN PKG.P(B => ?, R => ?); END;", 7)).isEqualByComparingTo("2");
    assertThat(number("BEGIN PKG.P(?); END;")).isEqualByComparingTo("3");
    assertThat(
            number(
                "BEGIN PKG.P(A => ?, R => ?); END;", java.time.LocalDateTime.of(2026, 1, 1, 0, 0)))
        .isEqualByComparingTo("4");
  }

  @Test
  void whatIsNotThereIsNotDeclared() {
    db.procedure(USER, "PKG", "P", call -> {}, "A IN NUMBER");
    assertThat(textOf("BEGIN NADA.X; END;"))
        .contains("ORA-06550")
        .contains("PLS-00201: identifier 'NADA.X' must be declared");
    assertThat(textOf("BEGIN PKG.X; END;")).contains("PLS-00302: component 'X' must be declared");
    assertThat(textOf("BEGIN PKG.P; END;"))
        .contains("PLS-00306: wrong number or types of arguments in call to 'P'");
    assertThat(failureOf("BEGIN PKG.P(Z => 1); END;").getErrorCode()).isEqualTo(6550);
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void anErrorComesWithItsLines() {
    db.procedure(
        USER,
        null,
        "FALLA",
        call -> {
          throw OraException.raised(20001, "Fecha no válida", "at \"APP.FALLA\", line 42");
        });
    SQLException error = failureOf("BEGIN FALLA; END;");
    assertThat(error.getErrorCode()).isEqualTo(20001);
    assertThat(error.getMessage())
        .startsWith("ORA-20001: Fecha no válida\nORA-06512: at \"APP.FALLA\", line 42");
  }

  @Test
  void aBlockThatItCannotReadIsUnknown() {
    assertThat(textOf("BEGIN IF 1 = 1 THEN NULL; END IF; END;"))
        .contains("ORA-00600: the double does not know: the block");
    assertThat(db.unknown()).hasSize(1);
  }

  @Test
  void aPackageOfTheDatabaseThatItWasNotTaughtIsUnknown() {
    assertThat(codeOf("BEGIN DBMS_LOCK.SLEEP(1); END;")).isEqualTo(600);
    assertThat(db.unknown()).containsExactly("the procedure DBMS_LOCK.SLEEP");
  }

  @Test
  void aBodyThatFailsIsUnknown() {
    db.procedure(
        USER,
        null,
        "MALA",
        call -> {
          throw new IllegalStateException("error en la prueba");
        });
    assertThat(textOf("BEGIN MALA; END;")).contains("error en la prueba");
    assertThat(db.unknown()).hasSize(1);
  }

  @Test
  void theOutputIsReadOnceAfterTheCall() throws SQLException {
    db.procedure(
        USER,
        null,
        "HABLA",
        call -> {
          call.putLine("uno");
          call.putLine("dos ñ");
        });
    assertThat(output(Types.CLOB)).isNull();
    assertThat(codeOf("BEGIN DBMS_OUTPUT.ENABLE(NULL); HABLA; END;")).isZero();
    assertThat(output(Types.CLOB)).isEqualTo("uno\ndos ñ");
    assertThat(output(Types.CLOB)).isNull();
    assertThat(codeOf("BEGIN HABLA; END;")).isZero();
    assertThat(output(Types.VARCHAR)).isEqualTo("uno\ndos ñ");
  }

  private String output(int type) throws SQLException {
    String block =
        """
        DECLARE l DBMS_OUTPUT.CHARARR; n INTEGER := 1000; t CLOB;
        BEGIN DBMS_OUTPUT.GET_LINES(l, n); FOR i IN 1..n LOOP t := t || l(i) || CHR(10); END LOOP; ? := t; END;
        """;
    try (CallableStatement call = connection.prepareCall(block)) {
      call.registerOutParameter(1, type);
      call.execute();
      return call.getString(1);
    }
  }
}
