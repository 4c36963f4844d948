package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstructorsTest extends DriverTesting {

  private final List<Object> given = new ArrayList<>();

  @BeforeEach
  void thereAreTypes() {
    db.type(USER, "T_NUMEROS", "TABLE OF NUMBER(10,2)")
        .type(USER, "T_DOS", "VARRAY(2) OF VARCHAR2(20)")
        .type(
            USER,
            "T_PUNTO",
            "OBJECT",
            "X NUMBER",
            "\"y\" INTEGER",
            "DESDE TIMESTAMP(3) WITH TIME ZONE")
        .type(USER, "T_CAMINO", "OBJECT", "PUNTOS APP.T_PUNTOS", "REFERIDO REF APP.T_PUNTO")
        .type(USER, "T_PUNTOS", "TABLE OF APP.T_PUNTO")
        .type(USER, "T_NADA", "NOT INSTANTIABLE OBJECT", "X NUMBER")
        .type("SYS", "XMLTYPE", "OPAQUE")
        .procedure(
            USER, null, "NUMEROS", call -> given.add(call.in("P")), "P IN TABLE APP.T_NUMEROS")
        .procedure(USER, null, "DOS", call -> given.add(call.in("P")), "P IN VARRAY APP.T_DOS")
        .procedure(USER, null, "PUNTO", call -> given.add(call.in("P")), "P IN OBJECT APP.T_PUNTO")
        .procedure(USER, null, "PUNTOS", call -> given.add(call.in("P")), "P IN TABLE APP.T_PUNTOS")
        .procedure(USER, null, "TEXTO", call -> given.add(call.in("P")), "P IN VARCHAR2")
        .function(USER, null, "F", "NUMBER", call -> call.returns(1));
  }

  private void run(String arguments, Object... binds) throws SQLException {
    try (CallableStatement call = connection.prepareCall("BEGIN " + arguments + "; END;")) {
      for (int at = 0; at < binds.length; at++) {
        call.setObject(at + 1, binds[at]);
      }
      call.execute();
    }
  }

  @Test
  void aListIsMadeOfBindsAndLiterals() throws SQLException {
    run("NUMEROS(T_NUMEROS())");
    run("NUMEROS(\"P\" => \"APP\".\"T_NUMEROS\"(?, NULL, -2.5))", new BigDecimal("1"));
    run("DOS(T_DOS('a', ?))", "b");
    run("NUMEROS(NULL)");
    assertThat(given)
        .containsExactly(
            List.of(),
            Arrays.asList(new BigDecimal("1"), null, new BigDecimal("-2.5")),
            List.of("a", "b"),
            null);
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void anObjectIsMadeByPositionOrByName() throws SQLException {
    run("PUNTO(T_PUNTO(?, 2, NULL))", new BigDecimal("1"));
    run("PUNTO(T_PUNTO(\"y\" => ?, DESDE => NULL, x => ?))", 2, 1);
    run("PUNTOS(APP.T_PUNTOS(NULL, T_PUNTO(1, ?, NULL)))", 2);
    assertThat(given.get(0)).hasToString("{X=1, y=2, DESDE=null}");
    assertThat(given.get(1)).isEqualTo(given.get(0));
    assertThat(given.get(2)).isEqualTo(Arrays.asList(null, given.get(0)));
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "NUMEROS(APP.T_NADIE(1)); PLS-00201: identifier 'APP.T_NADIE' must be declared",
        "PUNTO(T_PUNTO(1, 2)); PLS-00306: wrong number or types of arguments in call to 'T_PUNTO'",
        "PUNTO(T_PUNTO(1, 2, NULL, 4)); PLS-00306: wrong number or types of arguments in call to 'T_PUNTO'",
        "PUNTO(T_PUNTO(1, X => 2, DESDE => NULL)); PLS-00306: wrong number or types of arguments in call to 'T_PUNTO'",
        "NUMEROS(T_NUMEROS(X => 2)); PLS-00306: wrong number or types of arguments in call to 'T_NUMEROS'",
        "PUNTOS(T_PUNTOS(1)); PLS-00306: wrong number or types of arguments in call to 'T_PUNTOS'",
        "PUNTOS(T_PUNTOS(T_NUMEROS(1))); PLS-00306: wrong number or types of arguments in call to 'T_PUNTOS'",
        "NUMEROS(T_NUMEROS(T_NUMEROS(1))); PLS-00306: wrong number or types of arguments in call to 'T_NUMEROS'",
        "NUMEROS(T_PUNTOS()); PLS-00306: wrong number or types of arguments in call to 'NUMEROS'",
        "NUMEROS(1); PLS-00306: wrong number or types of arguments in call to 'NUMEROS'",
        "TEXTO(T_NUMEROS()); PLS-00306: wrong number or types of arguments in call to 'TEXTO'",
      })
  void whatTheCompilerRefusesIsRefused(String call, String text) {
    SQLException error = failure(() -> run(call));
    assertThat(error.getErrorCode()).isEqualTo(6550);
    assertThat(error.getMessage()).contains(text);
    assertThat(given).isEmpty();
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "TEXTO(TO_CHAR(1)); the function TO_CHAR in an expression",
        "TEXTO(APP.F()); the function APP.F in an expression",
        "TEXTO(A.B.C(1)); the expression A.B.C",
        "DOS(T_DOS('a', 'b', 'c')); more elements than a VARRAY may have",
        "TEXTO(T_NADA(1)); a constructor of what is NOT INSTANTIABLE",
        "TEXTO(SYS.XMLTYPE('x')); the constructor SYS.XMLTYPE",
      })
  void whatItDoesNotKnowIsUnknown(String call, String what) {
    assertThat(code(() -> run(call))).isEqualTo(600);
    assertThat(db.unknown()).containsExactly(what);
  }

  @Test
  void theViewsTellTheTypes() throws SQLException {
    String types =
        "SELECT T.TYPECODE, T.INSTANTIABLE FROM ALL_TYPES T WHERE T.OWNER = ? AND T.TYPE_NAME = ?";
    assertThat(rows(types, USER, "T_NUMEROS")).containsExactly("COLLECTION|YES");
    assertThat(rows(types, USER, "T_PUNTO")).containsExactly("OBJECT|YES");
    assertThat(rows(types, USER, "T_NADA")).containsExactly("OBJECT|NO");
    assertThat(rows(types, "SYS", "XMLTYPE")).containsExactly("XMLTYPE|YES");
    assertThat(rows(types, USER, "T_NADIE")).isEmpty();
    String collections =
        "SELECT COLL_TYPE, UPPER_BOUND, ELEM_TYPE_OWNER, ELEM_TYPE_NAME, LENGTH, PRECISION, SCALE"
            + " FROM ALL_COLL_TYPES WHERE OWNER = ? AND TYPE_NAME = ?";
    assertThat(rows(collections, USER, "T_NUMEROS"))
        .containsExactly("TABLE|null|null|NUMBER|null|10|2");
    assertThat(rows(collections, USER, "T_DOS"))
        .containsExactly("VARYING ARRAY|2|null|VARCHAR2|20|null|null");
    assertThat(rows(collections, USER, "T_PUNTOS"))
        .containsExactly("TABLE|null|APP|T_PUNTO|null|null|null");
    assertThat(rows(collections, USER, "T_PUNTO")).isEmpty();
    String attributes =
        "SELECT ATTR_NO, ATTR_NAME, ATTR_TYPE_MOD, ATTR_TYPE_OWNER, ATTR_TYPE_NAME FROM"
            + " ALL_TYPE_ATTRS WHERE OWNER = ? AND TYPE_NAME = ? ORDER BY ATTR_NO";
    assertThat(rows(attributes, USER, "T_PUNTO"))
        .containsExactly(
            "1|X|null|null|NUMBER", "2|y|null|null|INTEGER", "3|DESDE|null|null|TIMESTAMP WITH TZ");
    assertThat(rows(attributes, USER, "T_CAMINO"))
        .containsExactly("1|PUNTOS|null|APP|T_PUNTOS", "2|REFERIDO|REF|APP|T_PUNTO");
    assertThat(rows(attributes, USER, "T_NUMEROS")).isEmpty();
    assertThat(db.unknown()).isEmpty();
  }

  @Test
  void aQueryOfTheViewsThatIsOtherwiseIsUnknown() {
    assertThat(code(() -> rows("SELECT TYPECODE FROM ALL_TYPES WHERE OWNER = ?", USER)))
        .isEqualTo(600);
    assertThat(db.unknown()).hasSize(1);
  }
}
