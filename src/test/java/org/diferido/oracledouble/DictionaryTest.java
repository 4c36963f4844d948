package org.diferido.oracledouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryTest extends DriverTesting {

  private static final String QUERY =
      """
      SELECT P.SUBPROGRAM_ID, P.OVERLOAD, A.POSITION, A.SEQUENCE, A.ARGUMENT_NAME AS NAME, A.IN_OUT,
             A.DEFAULTED, A.DATA_TYPE, A.PLS_TYPE, A.DATA_LENGTH, A.DATA_PRECISION, A.DATA_SCALE,
             A.CHAR_LENGTH, A.TYPE_OWNER, A.TYPE_NAME, A.TYPE_SUBNAME
        FROM ALL_PROCEDURES P
        LEFT JOIN ALL_ARGUMENTS A ON A.OBJECT_ID = P.OBJECT_ID AND A.SUBPROGRAM_ID = P.SUBPROGRAM_ID
       WHERE P.OWNER = ? AND P.OBJECT_NAME = ? AND (P.PROCEDURE_NAME = ? OR ...)
       ORDER BY P.SUBPROGRAM_ID, A.SEQUENCE
      """;

  @BeforeEach
  void thereAreProcedures() {
    db.procedure(
            USER,
            "PKG_ETL",
            "PROCESO_LARGO",
            call -> {},
            "VFECHA IN DATE",
            "VRESULTADO OUT NUMBER",
            "\"mixto\" IN OUT VARCHAR2(20) DEFAULT")
        .function(USER, "PKG_ETL", "CUENTA", "NUMBER(10,2)", call -> {})
        .procedure(USER, "PKG_ETL", "CUENTA", call -> {}, "A IN BOOLEAN", "B IN PLS_INTEGER")
        .procedure(USER, null, "SOLA", call -> {})
        .function(USER, null, "FUNCION", "DATE", call -> {})
        .procedure("OTRO", "PKG", "P", call -> {})
        .procedure(USER, null, "mixta", call -> {})
        .synonym("PUBLIC", "PUBLICA", "OTRO.PKG")
        .synonym(USER, "MIA", "APP.SOLA");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "pkg_etl.proceso_largo, APP, PKG_ETL, PROCESO_LARGO, null, 9",
        "app.PKG_ETL.no_existe, APP, PKG_ETL, NO_EXISTE, null, 9",
        "PKG_ETL, APP, PKG_ETL, null, null, 9",
        "sola, APP, null, SOLA, null, 7",
        "APP.FUNCION, APP, null, FUNCION, null, 8",
        "\"mixta\", APP, null, mixta, null, 7",
        "publica.p, OTRO, PKG, P, null, 9",
        "OTRO.PKG.P, OTRO, PKG, P, null, 9",
        "mia, APP, null, SOLA, null, 7",
        "PKG.P@remota, null, PKG, P, REMOTA, 0"
      })
  void aNameIsResolved(
      String name, String schema, String part1, String part2, String link, int type)
      throws SQLException {
    assertThat(resolve(name)).containsExactly(schema, part1, part2, link, Integer.toString(type));
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"nada, 6564", "mixta, 6564", "a.b.c.d, 6563", "sola.x, 6563", "1a, 931", "a..b, 931"})
  void aNameThatIsNoneIsRefused(String name, int code) {
    assertThat(code(() -> resolve(name))).isEqualTo(code);
    assertThat(db.unknown()).isEmpty();
  }

  private List<String> resolve(String name) throws SQLException {
    try (CallableStatement call =
        connection.prepareCall("{call DBMS_UTILITY.NAME_RESOLVE(?,1,?,?,?,?,?,?)}")) {
      call.setString(1, name);
      for (int at = 2; at <= 7; at++) {
        call.registerOutParameter(at, at < 6 ? Types.VARCHAR : Types.NUMERIC);
      }
      call.execute();
      List<String> values = new ArrayList<>();
      for (int at = 2; at <= 6; at++) {
        values.add(call.getString(at));
      }
      return values;
    }
  }

  private List<String> arguments(String owner, String object, String procedure)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, owner);
      query.setString(2, object);
      query.setString(3, procedure);
      try (ResultSet result = query.executeQuery()) {
        return rows(result);
      }
    }
  }

  @Test
  void argumentsAreAsTheyWereDeclared() throws SQLException {
    assertThat(arguments("APP", "PKG_ETL", "PROCESO_LARGO"))
        .containsExactly(
            "1|null|1|1|VFECHA|IN|N|DATE|DATE|null|null|null|0|null|null|null",
            "1|null|2|2|VRESULTADO|OUT|N|NUMBER|NUMBER|null|null|null|0|null|null|null",
            "1|null|3|3|mixto|IN/OUT|Y|VARCHAR2|VARCHAR2|20|null|null|20|null|null|null");
  }

  @Test
  void aResultHasPositionZeroAndNoNameAndOverloadsHaveNumbers() throws SQLException {
    assertThat(arguments("APP", "PKG_ETL", "CUENTA"))
        .containsExactly(
            "2|1|0|1|null|OUT|N|NUMBER|NUMBER|null|10|2|0|null|null|null",
            "3|2|1|1|A|IN|N|PL/SQL BOOLEAN|BOOLEAN|null|null|null|0|null|null|null",
            "3|2|2|2|B|IN|N|BINARY_INTEGER|PLS_INTEGER|null|null|null|0|null|null|null");
  }

  @Test
  void aProcedureWithoutArgumentsHasARowAndAnUnknownOneHasNone() throws SQLException {
    assertThat(arguments("APP", "SOLA", null)).containsExactly("1" + "|null".repeat(15));
    assertThat(arguments("APP", "PKG_ETL", "NADA")).isEmpty();
    assertThat(arguments("APP", "NADA", null)).isEmpty();
    assertThat(arguments("APP", "PKG_ETL", null)).containsExactly("0" + "|null".repeat(15));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "null",
      value = {
        "TIMESTAMP(3) WITH TIME ZONE; TIMESTAMP WITH TIME ZONE; null; 3; null",
        "INTERVAL DAY(2) TO SECOND(6); INTERVAL DAY TO SECOND; 2; 6; null",
        "NUMBER(38); NUMBER; 38; 0; null",
        "INTEGER; NUMBER; null; null; null",
        "REF CURSOR; REF CURSOR; null; null; null",
        "OBJECT APP.T_PUNTO; OBJECT; null; null; T_PUNTO",
        "LONG RAW; LONG RAW; null; null; null"
      })
  void aTypeIsToldByTheDictionarysName(
      String declared, String type, String precision, String scale, String typeName)
      throws SQLException {
    db.procedure(USER, null, "T", call -> {}, "X IN " + declared);
    String[] row = arguments("APP", "T", null).get(0).split("\\|");
    assertThat(row[7]).isEqualTo(type);
    assertThat(row[10]).isEqualTo(String.valueOf(precision));
    assertThat(row[11]).isEqualTo(String.valueOf(scale));
    assertThat(row[14]).isEqualTo(String.valueOf(typeName));
  }

  @Test
  void anUnknownColumnIsUnknown() {
    String query = "SELECT P.OWNER, P.NADA FROM ALL_PROCEDURES P, ALL_ARGUMENTS A WHERE ? ? ?";
    assertThat(code(() -> rows(query, "APP", "SOLA", "X"))).isEqualTo(600);
    assertThat(db.unknown()).containsExactly("the column P.NADA");
  }

  @Test
  void theSchemaIsTheUsers() throws SQLException {
    assertThat(rows("SELECT SYS_CONTEXT('USERENV','CURRENT_SCHEMA') FROM DUAL"))
        .containsExactly("APP");
    assertThat(connection.getSchema()).isEqualTo("APP");
    assertThat(db.unknown()).isEmpty();
  }
}
