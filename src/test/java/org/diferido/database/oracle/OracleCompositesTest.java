package org.diferido.database.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.failure.FailureException;
import org.diferido.failure.FieldError;
import org.diferido.failure.Language;
import org.diferido.oracledouble.OracleDouble;
import org.diferido.oracledouble.dictionary.Call;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureGateway;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.diferido.procedure.SecretNames;
import org.diferido.procedure.Signature;
import org.diferido.result.JsonValues;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collections and objects as JSON, through Oracle's own driver into the double. */
class OracleCompositesTest {

  private static final String OWNER = OracleProcedures.OWNER;

  private static OracleDouble db;
  private static ReusingDataSource pool;

  private final ProcedureGateway gateway =
      new JdbcProcedureGateway(
          () -> pool.get(),
          List.of(new OracleDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(1)));

  @BeforeAll
  static void theDoubleIsThere() throws SQLException {
    db = new OracleDouble(OWNER, OracleProcedures.PASSWORD);
    types();
    procedures();
    unsupported();
    pool = new ReusingDataSource(OracleProcedureGatewayTest.dataSource(db));
  }

  private static void types() {
    db.type(OWNER, "T_NUMEROS", "TABLE OF NUMBER(5,2)")
        .type(OWNER, "T_TEXTOS", "TABLE OF VARCHAR2(10)")
        .type(OWNER, "T_FECHAS", "TABLE OF DATE")
        .type(OWNER, "T_TRES", "VARRAY(3) OF INTEGER")
        .type(
            OWNER,
            "T_PERSONA",
            "OBJECT",
            "NOMBRE VARCHAR2(40)",
            "NACIDA DATE",
            "\"aLias\" NVARCHAR2(20)",
            "TELEFONOS APP.T_TEXTOS")
        .type(OWNER, "T_PERSONAS", "TABLE OF APP.T_PERSONA")
        .type(
            OWNER,
            "T_VARIOS",
            "OBJECT",
            "MOMENTO TIMESTAMP(9)",
            "CON_ZONA TIMESTAMP(9) WITH TIME ZONE",
            "LOCAL TIMESTAMP(6) WITH LOCAL TIME ZONE",
            "DATOS RAW(4)",
            "LARGO CLOB",
            "BLOQUE BLOB",
            "SIMPLE BINARY_FLOAT",
            "DOBLE BINARY_DOUBLE",
            "ENTERO SMALLINT",
            "FIJO CHAR(3)",
            "LAPSO INTERVAL DAY TO SECOND",
            "MESES INTERVAL YEAR TO MONTH",
            "NACIONAL NCHAR(3)",
            "NLARGO NCLOB",
            "FLOTANTE FLOAT(10)")
        .type(OWNER, "T_CUENTA", "OBJECT", "USUARIO VARCHAR2(20)", "CLAVE VARCHAR2(20)")
        .type(OWNER, "T_CUENTAS", "TABLE OF APP.T_CUENTA");
  }

  private static void procedures() {
    lists("NUMEROS", "T_NUMEROS");
    lists("TEXTOS", "T_TEXTOS");
    lists("FECHAS", "T_FECHAS");
    db.procedure(
            OWNER, null, "TRES", OracleCompositesTest::tell, "P IN VARRAY APP.T_TRES", "R OUT CLOB")
        .procedure(
            OWNER,
            null,
            "UNA",
            OracleCompositesTest::tell,
            "P IN OBJECT APP.T_PERSONA",
            "R OUT CLOB")
        .procedure(
            OWNER,
            null,
            "VARIOS",
            OracleCompositesTest::tell,
            "P IN OBJECT APP.T_VARIOS",
            "R OUT CLOB")
        .procedure(
            OWNER,
            null,
            "CUENTAS",
            OracleCompositesTest::tell,
            "P IN TABLE APP.T_CUENTAS",
            "R OUT CLOB")
        .function(
            OWNER,
            null,
            "MEZCLA",
            "NUMBER",
            call -> {
              tell(call);
              call.out("N", call.number("A").add(call.number("B")));
              call.returns(((List<?>) call.in("P")).size());
            },
            "A IN NUMBER",
            "P IN TABLE APP.T_PERSONAS",
            "R OUT CLOB",
            "Q IN TABLE APP.T_NUMEROS",
            "B IN NUMBER",
            "N OUT NUMBER")
        .procedure(
            OWNER,
            null,
            "CON_DEFECTO",
            call -> call.out("R", String.valueOf(call.has("P"))),
            "P IN TABLE APP.T_NUMEROS DEFAULT",
            "R OUT CLOB")
        .procedure(
            OWNER,
            "PKG",
            "SOBRE",
            call -> call.out("R", "números"),
            "P IN TABLE APP.T_NUMEROS",
            "R OUT CLOB")
        .procedure(
            OWNER,
            "PKG",
            "SOBRE",
            call -> call.out("R", "textos"),
            "P IN TABLE APP.T_TEXTOS",
            "R OUT CLOB");
  }

  private static void unsupported() {
    db.type("SYS", "XMLTYPE", "OPAQUE")
        .type(OWNER, "T_DOC", "OBJECT", "ID NUMBER", "CUERPO SYS.XMLTYPE")
        .type(OWNER, "T_DOCS", "TABLE OF APP.T_DOC")
        .type(OWNER, "T_REFS", "TABLE OF REF APP.T_PERSONA")
        .type(OWNER, "T_FIGURA", "NOT INSTANTIABLE OBJECT", "LADOS NUMBER")
        .type(OWNER, "T_FIGURAS", "TABLE OF APP.T_FIGURA")
        .type(OWNER, "T_NODO", "OBJECT", "ID NUMBER", "HIJOS APP.T_NODOS")
        .type(OWNER, "T_NODOS", "TABLE OF APP.T_NODO")
        .type(OWNER, "T_FICHEROS", "TABLE OF BFILE")
        .type(OWNER, "T_ENORME", "OBJECT", enormous());
    for (String each :
        List.of(
            "TABLE APP.T_DOCS",
            "TABLE APP.T_REFS",
            "TABLE APP.T_FIGURAS",
            "OBJECT APP.T_FIGURA",
            "OBJECT APP.T_NODO",
            "TABLE APP.T_FICHEROS",
            "OBJECT APP.T_ENORME",
            "OBJECT OTRO.T_AJENO",
            "TABLE APP.PKG.T_TABLA",
            "VARRAY APP.PKG.T_VECTOR",
            "PL/SQL TABLE APP.PKG.T_INDICE",
            "PL/SQL RECORD APP.PKG.T_FILA",
            "REF APP.T_PERSONA",
            "OPAQUE SYS.XMLTYPE")) {
      db.procedure(OWNER, null, procedureOf(each), call -> {}, "P IN " + each);
    }
    db.procedure(OWNER, null, "SALE", call -> {}, "P OUT TABLE APP.T_NUMEROS")
        .procedure(OWNER, null, "ENTRA_Y_SALE", call -> {}, "P IN OUT TABLE APP.T_NUMEROS")
        .procedure(OWNER, null, "NO_HACE_FALTA", call -> {}, "P IN TABLE APP.T_DOCS DEFAULT")
        .function(OWNER, null, "DA_LISTA", "TABLE APP.T_NUMEROS", call -> {});
  }

  private static String[] enormous() {
    return IntStream.rangeClosed(0, BoundCall.MOST_PARTS)
        .mapToObj(at -> "A" + at + " NUMBER")
        .toArray(String[]::new);
  }

  private static String procedureOf(String type) {
    return "CON_" + type.replaceAll("[^A-Z_]", "_");
  }

  private static void lists(String name, String type) {
    db.procedure(
        OWNER, null, name, OracleCompositesTest::tell, "P IN TABLE APP." + type, "R OUT CLOB");
  }

  private static void tell(Call call) {
    call.out("R", told(call.in("P")));
  }

  /** What reached the procedure, as text. */
  private static String told(Object value) {
    if (value instanceof List<?> list) {
      return list.stream()
          .map(OracleCompositesTest::told)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(each -> each.getKey() + "=" + told(each.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return String.valueOf(value);
  }

  @AfterAll
  static void theDoubleIsGone() {
    db.close();
  }

  @AfterEach
  void nothingWasUnknownToTheDouble() {
    assertThat(db.unknown()).isEmpty();
  }

  // What arrives

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMEROS | [1, null, 2.50, \"-3\"] | [1, null, 2.5, -3]",
        "NUMEROS | []                     | []",
        "NUMEROS | null                   | null",
        "NUMEROS | [null]                 | [null]",
        "TEXTOS  | [\"uno, 'dos'\", null, \"ñ€😀\", 7] | [uno, 'dos', null, ñ€😀, 7]",
        "FECHAS  | [\"2025-12-10\", null, \"10/12/2025 14:30:15\"]"
            + " | [2025-12-10T00:00, null, 2025-12-10T14:30:15]",
        "TRES    | [1, 2, 3]              | [1, 2, 3]",
        "UNA     | null                   | null",
        "UNA     | {\"NOMBRE\": \"Ana\", \"NACIDA\": null, \"aLias\": \"ñ\", \"TELEFONOS\": [\"1\", null]}"
            + " | {NOMBRE=Ana, NACIDA=null, aLias=ñ, TELEFONOS=[1, null]}",
        "UNA     | {\"telefonos\": null, \"ALIAS\": null, \"nacida\": \"2000-01-02\", \"Nombre\": null}"
            + " | {NOMBRE=null, NACIDA=2000-01-02T00:00, aLias=null, TELEFONOS=null}",
      })
  void whatIsGivenAsJsonReachesTheProcedure(String procedure, String json, String told) {
    assertThat(call(procedure, in("p", json)).values()).containsEntry("R", told);
  }

  @Test
  void everyScalarTypeCanBeAnAttribute() {
    String json =
        """
        {"momento": "2025-12-10T14:30:15.123456789", "con_zona": "2025-12-10T14:30:15.5-05:00",
         "local": "2025-12-10T14:30:15+01:00", "datos": "AAEC", "largo": "ñ", "bloque": "/w==",
         "simple": 1.5, "doble": 2.5, "entero": 7, "fijo": "abc", "lapso": "1 02:03:04.5",
         "meses": "1-2", "nacional": "ñ€x", "nlargo": "€", "flotante": 3.5}
        """;
    assertThat(call("VARIOS", in("P", json)).values())
        .containsEntry(
            "R",
            "{MOMENTO=2025-12-10T14:30:15.123456789, CON_ZONA=2025-12-10T14:30:15.500-05:00,"
                + " LOCAL=2025-12-10T13:30:15Z, DATOS=000102, LARGO=ñ, BLOQUE=ff, SIMPLE=1.5,"
                + " DOBLE=2.5, ENTERO=7, FIJO=abc, LAPSO=PT26H3M4.5S, MESES=P1Y2M, NACIONAL=ñ€x, NLARGO=€,"
                + " FLOTANTE=3.5}");
    String nulls = json.replaceAll("\\s", "").replaceAll(":(\"[^\"]*\"|[\\d.]+)(?=[,}])", ":null");
    assertThat((String) call("VARIOS", in("P", nulls)).values().get("R"))
        .matches("\\{(\\w+=null(, )?){15}\\}");
  }

  @Test
  void whatComesOutBehindACompositeIsFoundAtItsPlace() {
    ProcedureResult result =
        call(
            "MEZCLA",
            in("a", "1"),
            in(
                "p",
                """
                [{"nombre": "Ana", "nacida": null, "alias": null, "telefonos": ["1", "2"]},
                 null,
                 {"nombre": null, "nacida": null, "alias": null, "telefonos": []}]
                """),
            in("q", "[1, 2, 3]"),
            in("b", "41"));
    assertThat(result.values())
        .containsEntry(
            "R",
            "[{NOMBRE=Ana, NACIDA=null, aLias=null, TELEFONOS=[1, 2]}, null,"
                + " {NOMBRE=null, NACIDA=null, aLias=null, TELEFONOS=[]}]")
        .containsEntry("N", new BigDecimal("42"))
        .containsEntry(ArgumentMatching.RETURN_VALUE, new BigDecimal("3"));
  }

  @Test
  void theTextHasAPlaceForEachScalarAndNothingOfTheRequest() {
    BoundCall call =
        bound(
            "MEZCLA",
            in("a", "1"),
            in(
                "p",
                "[{\"nombre\": \"\\\") --\", \"nacida\": null, \"alias\": null, \"telefonos\":"
                    + " null}, null]"),
            in("q", "[]"),
            in("b", "2"));
    assertThat(OracleCallText.of(call))
        .isEqualTo(
            """
            BEGIN DBMS_OUTPUT.DISABLE; DBMS_OUTPUT.ENABLE(NULL); ? := "APP"."MEZCLA"("A" => ?, "P" => \
            "APP"."T_PERSONAS"("APP"."T_PERSONA"("NOMBRE" => ?, "NACIDA" => ?, "aLias" => ?, \
            "TELEFONOS" => NULL), NULL), "R" => ?, "Q" => "APP"."T_NUMEROS"(), "B" => ?, \
            "N" => ?); END;""");
  }

  @Test
  void aListWithADefaultMayBeLeftOut() {
    assertThat(call("CON_DEFECTO").values()).containsEntry("R", "false");
    assertThat(call("CON_DEFECTO", in("p", "[]")).values()).containsEntry("R", "true");
  }

  @Test
  void ofTwoOverloadsNumbersGoToTheOneThatTakesNumbers() {
    assertThat(call("PKG.SOBRE", in("p", "[1, 2]")).values()).containsEntry("R", "números");
    assertThat(call("PKG.SOBRE", in("p", "[\"a\"]")).values()).containsEntry("R", "textos");
  }

  @Test
  void aSignatureNamesTheTypes() {
    assertThat(signature("MEZCLA").toString())
        .isEqualTo(
            "MEZCLA(A IN NUMBER, P IN TABLE APP.T_PERSONAS, R OUT CLOB, Q IN TABLE APP.T_NUMEROS,"
                + " B IN NUMBER, N OUT NUMBER) RETURN NUMBER");
  }

  @Test
  void aWordForTheTypeMayBeGiven() {
    Argument list = new Argument("p", List.of(), true, "IN", "array", false);
    assertThat(call("NUMEROS", list).values()).containsEntry("R", "[]");
    Argument object = new Argument("p", List.of(), true, "IN", "object", false);
    assertThat(refusal("NUMEROS", object).pointer()).isEqualTo("/params/0/type");
  }

  @Test
  void asManyScalarsAsACallMayHaveArrive() {
    String most = numbers(BoundCall.MOST_PARTS - 1);
    ProcedureResult result = call("NUMEROS", in("p", "[" + most + ", null]"));
    assertThat(result.values()).containsEntry("R", "[" + most + ", null]");
  }

  // What is refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMEROS | {}             | /params/0/value   | value.array               | TABLE APP.T_NUMEROS",
        "NUMEROS | 7              | /params/0/value   | value.array               | TABLE APP.T_NUMEROS",
        "NUMEROS | [1, \"dos\"]   | /params/0/value/1 | value.number              | ''",
        "NUMEROS | [1, 1000]      | /params/0/value/1 | value.too_large           | 3",
        "NUMEROS | [[1]]          | /params/0/value/0 | value.number              | ''",
        "TEXTOS  | [\"12345678901\"] | /params/0/value/0 | value.too_long         | 10,11",
        "TRES    | [1, 2, 3, 4]   | /params/0/value   | value.too_many_elements   | 3,4",
        "UNA     | []             | /params/0/value   | value.object              | OBJECT APP.T_PERSONA",
        "UNA     | \"Ana\"        | /params/0/value   | value.object              | OBJECT APP.T_PERSONA",
        "UNA     | {\"nombre\": \"Ana\"} | /params/0/value | value.attribute_missing | NACIDA,OBJECT APP.T_PERSONA",
        "UNA     | {\"a/b~c\": 1} | /params/0/value/a~1b~0c | value.attribute_unknown | a/b~c,OBJECT APP.T_PERSONA",
        "UNA     | {\"nombre\": null, \"NOMBRE\": null} | /params/0/value/NOMBRE | value.attribute_twice | NOMBRE",
        "UNA     | {\"nombre\": true} | /params/0/value/nombre | value.text           | ''",
        "UNA     | {\"telefonos\": [null, {}]} | /params/0/value/telefonos/1 | value.text | ''",
        "CUENTAS | [null, {\"usuario\": \"a\", \"pin\": \"b\"}] | /params/0/value/1/pin"
            + " | value.attribute_unknown | pin,OBJECT APP.T_CUENTA",
        "CUENTAS | [null, 1]      | /params/0/value/1 | value.object              | OBJECT APP.T_CUENTA",
      })
  void whatDoesNotFitIsRefusedAtItsPlace(
      String procedure, String json, String pointer, String key, String arguments) {
    FieldError refusal = refusal(procedure, in("p", json));
    assertThat(refusal.pointer()).isEqualTo(pointer);
    assertThat(refusal.message().key()).isEqualTo(key);
    assertThat(String.join(",", refusal.message().arguments())).isEqualTo(arguments);
    for (Language language : Language.values()) {
      assertThat(refusal.message().in(language)).doesNotContain("{");
    }
  }

  @Test
  void aNameThatNoAttributeCanHaveIsNotSentBack() {
    FieldError refusal = refusal("UNA", in("p", "{\"" + "x".repeat(10_000) + "\": 1}"));
    assertThat(refusal.pointer()).isEqualTo("/params/0/value");
    assertThat(refusal.message().arguments()).containsExactly("…", "OBJECT APP.T_PERSONA");
  }

  @Test
  void moreScalarsThanACallMayHaveAreRefused() {
    FieldError one = refusal("NUMEROS", in("p", "[" + numbers(BoundCall.MOST_PARTS + 1) + "]"));
    assertThat(one.pointer()).isEqualTo("/params/0/value");
    assertThat(one.message().in(Language.ENGLISH))
        .isEqualTo(
            "the arrays and objects of a call may have 1000 values together, and here they are"
                + " 1001 already");
    FieldError together =
        refusal(
            "MEZCLA",
            in("a", "1"),
            in("p", "[" + String.join(",", Collections.nCopies(600, "null")) + "]"),
            in("q", "[" + numbers(401) + "]"),
            in("b", "1"));
    assertThat(together.pointer()).isEqualTo("/params/2/value");
    assertThat(together.message().arguments()).containsExactly("1000", "1001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TABLE APP.T_DOCS      | TABLE APP.T_DOCS (OBJECT APP.T_DOC (CUERPO SYS.XMLTYPE))",
        "TABLE APP.T_REFS      | TABLE APP.T_REFS (REF APP.T_PERSONA)",
        "OBJECT APP.T_FIGURA   | OBJECT APP.T_FIGURA (NOT INSTANTIABLE)",
        "TABLE APP.T_FIGURAS   | TABLE APP.T_FIGURAS (OBJECT APP.T_FIGURA (NOT INSTANTIABLE))",
        "OBJECT APP.T_NODO     | OBJECT APP.T_NODO (HIJOS TABLE APP.T_NODOS (APP.T_NODO))",
        "TABLE APP.T_FICHEROS  | TABLE APP.T_FICHEROS (BFILE)",
        "OBJECT APP.T_ENORME   | OBJECT APP.T_ENORME",
        "OBJECT OTRO.T_AJENO   | OBJECT OTRO.T_AJENO",
        "TABLE APP.PKG.T_TABLA | TABLE APP.PKG.T_TABLA",
        "VARRAY APP.PKG.T_VECTOR | VARRAY APP.PKG.T_VECTOR",
        "PL/SQL TABLE APP.PKG.T_INDICE | PL/SQL TABLE APP.PKG.T_INDICE",
        "PL/SQL RECORD APP.PKG.T_FILA  | PL/SQL RECORD APP.PKG.T_FILA",
        "REF APP.T_PERSONA     | REF APP.T_PERSONA",
        "OPAQUE SYS.XMLTYPE    | OPAQUE SYS.XMLTYPE",
      })
  void whatCannotBeGivenIsRefusedByTheNameOfItsType(String declared, String named) {
    for (String json : List.of("[]", "null")) {
      FieldError refusal = refusal(procedureOf(declared), in("p", json));
      assertThat(refusal.pointer()).isEqualTo("/params/0/value");
      assertThat(refusal.message().key()).isEqualTo("value.unsupported");
      assertThat(refusal.message().arguments()).containsExactly(named);
    }
  }

  @Test
  void nothingOfTheseComesOut() {
    String type = "TABLE APP.T_NUMEROS";
    assertThat(refusal("SALE")).isEqualTo(FieldError.of("/params", "value.unsupported", type));
    assertThat(refusal("ENTRA_Y_SALE", in("p", "[1]")))
        .isEqualTo(FieldError.of("/params/0/value", "value.unsupported", type));
    assertThat(refusal("DA_LISTA")).isEqualTo(FieldError.of("/name", "value.unsupported", type));
  }

  @Test
  void whatIsNotSupportedAndHasADefaultMayBeLeftOut() {
    assertThat(call("NO_HACE_FALTA").values()).isEmpty();
  }

  // Secrets

  @Test
  void aSecretWithinAnObjectIsMaskedAndTheRestIsNot() {
    SecretNames secrets = SecretNames.parse("*clave*");
    Argument accounts =
        in(
            "p",
            "[{\"usuario\": \"ana\", \"Clave\": \"s3cr3t\"}, {\"usuario\": \"b\", \"clave\": null}]");
    BoundCall bound = bound("CUENTAS", accounts);
    assertThat(bound.secretAttributes(secrets)).isEqualTo(Map.of(0, Set.of("CLAVE")));
    ProcedureCall marked =
        request("CUENTAS", accounts).withSecretAttributes(bound.secretAttributes(secrets));
    assertThat(marked.hasSecrets()).isTrue();
    assertThat(marked.arguments().get(0).value()).isEqualTo(accounts.value());
    assertThat(JsonValues.toJson(marked.masked().arguments().get(0).value()).toString())
        .isEqualTo("[{\"usuario\":\"ana\",\"Clave\":\"***\"},{\"usuario\":\"b\",\"clave\":null}]");
  }

  private static String numbers(int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> Integer.toString(at % 1000))
        .collect(Collectors.joining(", "));
  }

  private static Argument in(String name, String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return new Argument(name, JsonValues.fromJson(reader.readValue()), true, null, null, false);
    }
  }

  private static ProcedureCall request(String name, Argument... arguments) {
    return new ProcedureCall(ProcedureName.parse(name, null), null, false, List.of(arguments));
  }

  private BoundCall bound(String name, Argument... arguments) {
    ProcedureCall request = request(name, arguments);
    return ArgumentMatching.match(request, gateway.resolve(request.name()));
  }

  private Signature signature(String name) {
    return gateway.resolve(ProcedureName.parse(name, null)).get(0);
  }

  private ProcedureResult call(String name, Argument... arguments) {
    return gateway.call(
        bound(name, arguments), new CallTag("0123456789abcdef0123456789abcdef", "ana"), LISTENER);
  }

  private static final CallListener LISTENER = new CallListener() {};

  private FieldError refusal(String name, Argument... arguments) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> bound(name, arguments));
    assertThat(thrown).as("the refusal of " + name).isNotNull();
    assertThat(thrown.failure().fields()).hasSize(1);
    return thrown.failure().fields().get(0);
  }
}
