package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.dictionary.Body;
import org.diferido.oracledouble.value.OraException;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.Signature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a name leads, and what is known of what is there. */
class OracleSignaturesTest {

  private static final String APP = OracleProcedures.OWNER;

  private OracleDouble db;
  private GatewayCalls calls;

  @BeforeEach
  void proceduresAreThere() throws SQLException {
    db = new OracleDouble(APP, OracleProcedures.PASSWORD);
    calls = new GatewayCalls(OracleProcedureGatewayTest.dataSource(db), new OracleDialect());
    db.procedure(APP, null, "SOLA", call -> call.out("R", "app.sola"), "R OUT VARCHAR2")
        .procedure("OTRO", null, "SOLA", call -> call.out("R", "otro.sola"), "R OUT VARCHAR2")
        .procedure("OTRO", "PKG", "P", call -> call.out("R", "otro.pkg.p"), "R OUT VARCHAR2")
        .function(APP, "PKG", "F", "NUMBER", call -> call.returns(1))
        .procedure(APP, "PKG", "NADA", call -> {})
        .synonym(APP, "MIO", "OTRO.PKG")
        .synonym("PUBLIC", "PUBLICA", "OTRO.SOLA")
        .synonym(APP, "LEJANA", "OTRO.SOLA@VENTAS");
  }

  @AfterEach
  void theDoubleIsGone() {
    db.close();
    assertThat(db.unknown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sola, APP, , SOLA, app.sola",
    "otro.sola, OTRO, , SOLA, otro.sola",
    "mio.p, OTRO, PKG, P, otro.pkg.p",
    "app.mio.p, OTRO, PKG, P, otro.pkg.p",
    "publica, OTRO, , SOLA, otro.sola",
    "Otro.Pkg.P, OTRO, PKG, P, otro.pkg.p"
  })
  void aNameLeadsThroughSynonymsAndSchemas(
      String name, String schema, String pack, String procedure, String ran) {
    assertThat(calls.resolve(name))
        .singleElement()
        .satisfies(
            signature -> {
              assertThat(signature.name().schema()).isEqualTo(schema);
              assertThat(signature.name().packageName()).isEqualTo(pack);
              assertThat(signature.name().name()).isEqualTo(procedure);
            });
    assertThat(calls.call(name)).containsEntry("R", ran);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lejana",
        "no_existe",
        "pkg",
        "mio",
        "pkg.no_existe",
        "sola.p",
        "nadie.sola",
        "pkg.f.g"
      })
  void whatIsElsewhereOrIsNoProcedureIsNotFound(String name) {
    assertThat(calls.resolve(name)).isEmpty();
  }

  @Test
  void aLinkIsNoPartOfAName() {
    Failure failure = GatewayCalls.failure(() -> ProcedureName.parse("sola@ventas", null));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
  }

  @Test
  void procedureAndFunctionWithoutArguments() {
    assertThat(calls.call("pkg.nada")).isEmpty();
    assertThat(calls.call("pkg.f")).containsEntry("return_value", BigDecimal.ONE);
  }

  @ParameterizedTest
  @CsvSource({
    "IN REF CURSOR, REF CURSOR IN",
    "IN OUT REF CURSOR, REF CURSOR INOUT",
    "IN OUT INTERVAL DAY TO SECOND, INTERVAL DAY TO SECOND INOUT",
    "IN OUT INTERVAL YEAR TO MONTH, INTERVAL YEAR TO MONTH INOUT"
  })
  void aDirectionThatATypeCannotGoIsRefusedByItsName(String declared, String shown) {
    db.procedure(APP, null, "RARA", call -> {}, "P " + declared);
    Failure failure = calls.failure("rara", in("p", null));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
    assertThat(failure.fields())
        .singleElement()
        .satisfies(error -> assertThat(error.message().arguments()).containsExactly(shown));
  }

  @ParameterizedTest
  @CsvSource({
    "OBJECT APP.T_PERSONA, OBJECT APP.T_PERSONA",
    "PL/SQL RECORD APP.PKG.T_FILA, PL/SQL RECORD APP.PKG.T_FILA",
    "PL/SQL TABLE APP.PKG.T_INDICE, PL/SQL TABLE APP.PKG.T_INDICE",
    "REF APP.T_PERSONA, REF APP.T_PERSONA",
    "OPAQUE SYS.XMLTYPE, OPAQUE SYS.XMLTYPE",
    "JSON, JSON",
    "VECTOR, VECTOR",
    "BFILE, BFILE"
  })
  void aTypeThatNoValueCanBeGivenForIsRefusedByItsName(String type, String shown) {
    db.procedure(APP, null, "RARA", call -> {}, "P IN " + type)
        .procedure(APP, null, "RARA_OUT", call -> {}, "P OUT " + type);
    for (String name : new String[] {"RARA", "RARA_OUT"}) {
      Failure failure =
          name.equals("RARA") ? calls.failure(name, in("p", "x")) : calls.failure(name);
      assertThat(failure.code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
      assertThat(failure.fields())
          .singleElement()
          .satisfies(error -> assertThat(error.message().arguments()).containsExactly(shown));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4061, 4065, 4068, 6550})
  void afterAnErrorOfAChangedProcedureTheDictionaryIsAskedAgain(int number) throws SQLException {
    GatewayCalls keeping =
        new GatewayCalls(
            OracleProcedureGatewayTest.dataSource(db), new OracleDialect(), Duration.ofDays(1));
    Body changed =
        call -> {
          throw new OraException(number, "changed");
        };
    db.procedure(APP, null, "CAMBIA", changed, "A IN NUMBER");
    List<Signature> before = keeping.resolve("cambia");
    db.procedure(APP, null, "CAMBIA", changed, "A IN NUMBER", "B IN NUMBER DEFAULT");
    assertThat(keeping.resolve("cambia")).isEqualTo(before);

    assertThat(keeping.failure("cambia", in("a", BigDecimal.ONE)).databaseCode())
        .isEqualTo("ORA-%05d".formatted(number));

    assertThat(keeping.resolve("cambia").get(0).parameters()).hasSize(2);
  }
}
