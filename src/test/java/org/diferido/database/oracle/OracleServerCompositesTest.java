package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.FailureCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Collections and objects that go into a real Oracle. */
@WithOracleServer
class OracleServerCompositesTest {

  private OracleServer server;
  private GatewayCalls calls;

  @BeforeEach
  void typesAreThere() throws SQLException {
    server = OracleServer.open();
    calls = new GatewayCalls(server.dataSource(), new OracleDialect());
    server.run("CREATE TYPE T_TELEFONOS AS VARRAY(3) OF VARCHAR2(20)");
    server.run(
        """
        CREATE TYPE T_PERSONA AS OBJECT (
          NOMBRE VARCHAR2(40), NACIDA DATE, SALDO NUMBER(12, 2), VISTA TIMESTAMP WITH TIME ZONE,
          TELEFONOS T_TELEFONOS)""");
    server.run("CREATE TYPE T_PERSONAS AS TABLE OF T_PERSONA");
    server.run(
        """
        CREATE PROCEDURE LISTA(P_PERSONAS IN T_PERSONAS, P_RESUMEN OUT VARCHAR2) IS
        BEGIN
          IF P_PERSONAS IS NULL THEN
            P_RESUMEN := 'nula';
            RETURN;
          END IF;
          P_RESUMEN := P_PERSONAS.COUNT || ':';
          FOR I IN 1 .. P_PERSONAS.COUNT LOOP
            IF P_PERSONAS(I) IS NULL THEN
              P_RESUMEN := P_RESUMEN || ' nadie';
            ELSE
              P_RESUMEN := P_RESUMEN || ' ' || P_PERSONAS(I).NOMBRE || '/'
                || TO_CHAR(P_PERSONAS(I).NACIDA, 'YYYY-MM-DD') || '/'
                || TO_CHAR(P_PERSONAS(I).SALDO * 100, 'FM999999990') || '/'
                || TO_CHAR(P_PERSONAS(I).VISTA, 'YYYY-MM-DD HH24:MI TZH:TZM');
              IF P_PERSONAS(I).TELEFONOS IS NOT NULL THEN
                FOR J IN 1 .. P_PERSONAS(I).TELEFONOS.COUNT LOOP
                  P_RESUMEN := P_RESUMEN || '/' || NVL(P_PERSONAS(I).TELEFONOS(J), 'sin');
                END LOOP;
              END IF;
            END IF;
          END LOOP;
        END;""");
  }

  @AfterEach
  void typesAreGone() throws SQLException {
    if (server != null) {
      server.close();
    }
  }

  private static Map<String, Object> person(String name, List<String> phones) {
    Map<String, Object> person = new HashMap<>();
    person.put("nombre", name);
    person.put("nacida", "1990-05-01");
    person.put("saldo", new BigDecimal("1234.56"));
    person.put("vista", "2026-02-03T04:05:00+05:30");
    person.put("telefonos", phones);
    return person;
  }

  @Test
  void aTableOfObjectsGoesIn() {
    Object people =
        Arrays.asList(person("Ana", Arrays.asList("555-1", null)), null, person("Íñigo", null));
    assertThat(calls.call("lista", in("p_personas", people)))
        .containsEntry(
            "P_RESUMEN",
            "3: Ana/1990-05-01/123456/2026-02-03 04:05 +05:30/555-1/sin nadie"
                + " Íñigo/1990-05-01/123456/2026-02-03 04:05 +05:30");
  }

  @Test
  void anEmptyOneAndNoneGoIn() {
    assertThat(calls.call("lista", in("p_personas", List.of()))).containsEntry("P_RESUMEN", "0:");
    assertThat(calls.call("lista", in("p_personas", null))).containsEntry("P_RESUMEN", "nula");
  }

  @Test
  void aThousandScalarsGoIn() {
    List<Object> people = java.util.Collections.nCopies(200, person("X", List.of("1")));
    assertThat(calls.call("lista", in("p_personas", people)).get("P_RESUMEN"))
        .asString()
        .startsWith("200: X/");
  }

  @Test
  void moreThanAnArrayHoldsIsRefusedBeforeTheCall() {
    Object people = List.of(person("Ana", List.of("1", "2", "3", "4")));
    assertThat(calls.failure("lista", in("p_personas", people)).code())
        .isEqualTo(FailureCode.INVALID_ARGUMENTS);
  }
}
