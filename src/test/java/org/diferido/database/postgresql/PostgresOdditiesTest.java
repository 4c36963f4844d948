package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.diferido.database.JdbcProcedureGateway;
import org.diferido.database.ReusingDataSource;
import org.diferido.database.SignatureCache;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.ArgumentMatching;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureCall;
import org.diferido.procedure.ProcedureCall.Argument;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.Progress;
import org.diferido.procedure.Signature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL has and others have not. */
class PostgresOdditiesTest {

  private static final DataSource DATABASE = Postgres17.newDatabase();

  private final ReusingDataSource pool = new ReusingDataSource(DATABASE);
  private final JdbcProcedureGateway gateway =
      new JdbcProcedureGateway(
          pool::get,
          List.of(new PostgresDialect()),
          new SignatureCache(Clock.systemUTC(), Duration.ofMinutes(1)));

  @BeforeAll
  static void odditiesAreThere() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE TYPE animo AS ENUM ('bien', 'regular');
        CREATE DOMAIN importe AS numeric CHECK (VALUE >= 0);
        CREATE PROCEDURE eco(v animo, OUT o animo) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE PROCEDURE eco(v importe, OUT o importe) LANGUAGE plpgsql AS 'BEGIN o := v; END';
        CREATE FUNCTION tabla(n integer) RETURNS TABLE (numero integer, texto text) LANGUAGE sql
          AS $$ SELECT i, 'fila ' || i FROM generate_series(1, n) i $$;
        CREATE FUNCTION dos_salidas(a integer, OUT doble integer, OUT texto text) LANGUAGE sql
          AS $$ SELECT a * 2, 'x' || a $$;
        CREATE FUNCTION nada(a integer) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
        CREATE FUNCTION sin_argumentos() RETURNS text LANGUAGE sql AS $$ SELECT 'solo' $$;
        CREATE FUNCTION cursor_de(n integer) RETURNS refcursor LANGUAGE plpgsql AS
          $$ DECLARE c refcursor; BEGIN OPEN c FOR SELECT generate_series(1, n) AS n; RETURN c; END $$;
        CREATE PROCEDURE dos_cursores(OUT a refcursor, OUT b refcursor, OUT c refcursor)
          LANGUAGE plpgsql AS
          $$ BEGIN OPEN a FOR SELECT 1 AS x; OPEN b FOR SELECT 2 AS y; END $$;
        CREATE TABLE padre (id integer PRIMARY KEY);
        CREATE TABLE hijo (id integer REFERENCES padre DEFERRABLE INITIALLY DEFERRED);
        CREATE PROCEDURE huerfano() LANGUAGE sql AS 'INSERT INTO hijo VALUES (7)';
        CREATE PROCEDURE confirma() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
        CREATE PROCEDURE avisa(n integer) LANGUAGE plpgsql AS
          $$ BEGIN FOR i IN 1 .. n LOOP RAISE NOTICE '%/% avisos: aviso %', i, n, i;
             PERFORM pg_sleep(0.01); END LOOP; END $$;
        CREATE PROCEDURE muchos_avisos(n integer) LANGUAGE plpgsql AS
          $$ BEGIN FOR i IN 1 .. n LOOP RAISE NOTICE 'línea %', i; END LOOP; END $$;
        CREATE PROCEDURE duerme(segundos numeric) LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(segundos); END';
        CREATE PROCEDURE se_llama(nombre text) LANGUAGE plpgsql AS
          $$ BEGIN PERFORM set_config('application_name', nombre, false); END $$;
        CREATE PROCEDURE "Con ñ y "" comillas"("p á" integer, OUT "P Á" integer) LANGUAGE plpgsql
          AS $$ BEGIN "P Á" := "p á" + 1; END $$;
        CREATE PROCEDURE varios(VARIADIC v integer[]) LANGUAGE plpgsql AS 'BEGIN END';
        CREATE PROCEDURE sin_nombre(integer) LANGUAGE plpgsql AS 'BEGIN END';
        CREATE PROCEDURE lista(v integer[]) LANGUAGE plpgsql AS 'BEGIN END';
        CREATE SCHEMA otro;
        CREATE FUNCTION otro.solo_otro() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE PROCEDURE cambia(a integer) LANGUAGE plpgsql AS 'BEGIN END';
        """);
    for (String type : TYPES) {
      String name = "eco_" + type.replaceAll("\\W+", "_");
      Postgres17.execute(
          DATABASE,
          "CREATE PROCEDURE %1$s(v %2$s, OUT o %2$s, INOUT io %2$s) LANGUAGE plpgsql AS $$ BEGIN o := v; END $$"
              .formatted(name, type));
    }
  }

  private static final List<String> TYPES =
      List.of(
          "text",
          "varchar",
          "char",
          "json",
          "jsonb",
          "xml",
          "uuid",
          "inet",
          "interval",
          "time",
          "timetz",
          "bit varying",
          "numeric",
          "smallint",
          "integer",
          "bigint",
          "real",
          "double precision",
          "date",
          "timestamp",
          "timestamptz",
          "boolean",
          "bytea");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      quoteCharacter = '^',
      value = {
        "text|'; DROP TABLE x; -- ñ 😀|'; DROP TABLE x; -- ñ 😀",
        "varchar|x|x",
        "char|x|x",
        "json|{\"a\":[1,null]}|{\"a\":[1,null]}",
        "jsonb|{\"a\":[1,null]}|{\"a\": [1, null]}",
        "xml|<a>ñ</a>|<a>ñ</a>",
        "uuid|6f1b0e9e-7a55-4d5c-8f7e-0a1b2c3d4e5f|6f1b0e9e-7a55-4d5c-8f7e-0a1b2c3d4e5f",
        "inet|10.0.0.1/8|10.0.0.1/8",
        "interval|1 day 02:03:04|1 day 02:03:04",
        "time|23:59:59.5|23:59:59.5",
        "timetz|23:59:59+02|23:59:59+02",
        "bit varying|0101|0101",
        "numeric|99999999999999999999999999999999999999|99999999999999999999999999999999999999",
        "numeric|-0.00000000000000000000000000000000000001|-1E-38",
        "smallint|-32768|-32768",
        "integer|2147483647|2147483647",
        "bigint|-9223372036854775808|-9223372036854775808",
        "real|0.1|0.1",
        "double precision|1.7976931348623157E308|1.7976931348623157E+308",
        "date|31/12/9999|9999-12-31T00:00:00",
        "date|0001-01-01|0001-01-01T00:00:00",
        "timestamp|9999-12-31T23:59:59.999999|9999-12-31T23:59:59.999999",
        "timestamp|0001-01-01|0001-01-01T00:00:00",
        "timestamptz|9999-12-31T23:59:59Z|9999-12-31T23:59:59Z",
        "boolean|true|true",
        "bytea|AAEC/w==|AAEC/w==",
        "text|^^|^^",
        "text|NULL|NULL"
      })
  void aValueOfEachTypeComesBack(String type, String given, String told) {
    String name = "eco_" + type.replaceAll("\\W+", "_");
    Map<String, Object> values = call(name, in("v", given), in("io", given));
    assertThat(String.valueOf(values.get("o"))).isEqualTo(String.valueOf(told));
    assertThat(String.valueOf(values.get("io"))).isEqualTo(String.valueOf(told));
  }

  static Stream<String> types() {
    return TYPES.stream();
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("types")
  void aNullOfEachTypeIsANull(String type) {
    Map<String, Object> values =
        call("eco_" + type.replaceAll("\\W+", "_"), in("v", null), in("io", null));
    assertThat(values).hasSize(2).containsEntry("o", null).containsEntry("io", null);
  }

  @Test
  void aDateTakesNoTimeOfDay() {
    FailureException refused = failure("eco_date", in("v", "2025-12-10T01:00:00"), in("io", null));
    assertThat(refused.failure().code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
    assertThat(refused.failure().fields().get(0).message().key()).isEqualTo("value.time_unwanted");
  }

  @Test
  void overloadsOfTheSameNamesAreToldApartByTheirTypesOrRefused() {
    assertThat(call("eco", in("v", new BigDecimal("2.5"))))
        .containsEntry("o", new BigDecimal("2.5"));
    assertThat(call("eco", in("v", "bien"))).containsEntry("o", "bien");
    assertThat(failure("eco", in("v", new BigDecimal("-1"))).failure().databaseCode())
        .isEqualTo("SQLSTATE-23514");
  }

  @Test
  void aFunctionThatReturnsATableGivesRows() {
    Rows rows = (Rows) call("tabla", in("n", new BigDecimal(2500))).get("return_value");
    assertThat(rows.columns()).containsExactly("numero", "texto");
    assertThat(rows.rowCount()).isEqualTo(2500);
    assertThat(rows.rows()).hasSize(1000);
  }

  @Test
  void whatComesOutOfAFunctionComesUnderItsNames() {
    Map<String, Object> values = call("dos_salidas", in("a", new BigDecimal(4)));
    assertThat(values.keySet()).containsExactly("doble", "texto");
    assertThat(values).containsEntry("texto", "x4");
  }

  @Test
  void aFunctionMayReturnNothingOrTakeNothing() {
    assertThat(call("nada", in("a", BigDecimal.ONE))).isEmpty();
    assertThat(call("sin_argumentos")).containsEntry("return_value", "solo");
  }

  @Test
  void ofALargeCursorTheFirstRowsAreKeptAndAllAreCounted() {
    Rows rows = (Rows) call("cursor_de", in("n", new BigDecimal(100_000))).get("return_value");
    assertThat(rows.rowCount()).isEqualTo(100_000);
    assertThat(rows.rows()).hasSize(1000);
    assertThat(rows.rows().get(999).get(0)).isEqualTo(new BigDecimal(1000));
    Rows exactly = (Rows) call("cursor_de", in("n", new BigDecimal(1000))).get("return_value");
    assertThat(exactly.truncated()).isFalse();
    Rows oneMore = (Rows) call("cursor_de", in("n", new BigDecimal(1001))).get("return_value");
    assertThat(oneMore.rowCount()).isEqualTo(1001);
    assertThat(oneMore.rows()).hasSize(1000);
  }

  @Test
  void severalCursorsComeBackAndOneThatIsNotOpenIsNull() {
    Map<String, Object> values = call("dos_cursores");
    assertThat(((Rows) values.get("a")).columns()).containsExactly("x");
    assertThat(((Rows) values.get("b")).columns()).containsExactly("y");
    assertThat(values).containsEntry("c", null);
  }

  @Test
  void aProcedureThatCommitsByItselfIsRefusedByTheDatabase() {
    FailureException refused = failure("confirma");
    assertThat(refused.failure().code()).isEqualTo(FailureCode.DATA_ERROR);
    assertThat(refused.failure().databaseCode()).isEqualTo("SQLSTATE-2D000");
  }

  @Test
  void noticesAreProgressWhileItRunsAndLogWhenItHasEnded() throws Exception {
    AtomicReference<Progress> last = new AtomicReference<>();
    AtomicReference<List<String>> log = new AtomicReference<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void progressed(Progress progress) {
            last.set(progress);
          }

          @Override
          public void logged(List<String> lines) {
            log.set(lines);
          }
        };
    CompletableFuture<Map<String, Object>> result =
        CompletableFuture.supplyAsync(
            () ->
                call(new CallTag("avisa", "ana"), listener, "avisa", in("n", new BigDecimal(60))));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              gateway.observe();
              return last.get() != null;
            });
    assertThat(result).isNotDone();
    assertThat(last.get().unit()).isEqualTo("avisos");
    assertThat(last.get().message()).startsWith("aviso ");
    result.get(10, TimeUnit.SECONDS);
    assertThat(log.get()).hasSize(60).first().isEqualTo("1/60 avisos: aviso 1");
  }

  @Test
  void aHundredThousandNoticesDoNotFillTheMemory() {
    AtomicReference<List<String>> log = new AtomicReference<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void logged(List<String> lines) {
            log.set(lines);
          }
        };
    call(new CallTag("muchos", "ana"), listener, "muchos_avisos", in("n", new BigDecimal(100_000)));
    assertThat(log.get()).first().isEqualTo("línea 1");
    assertThat(log.get()).last().isEqualTo("línea 100000");
    assertThat(log.get()).hasSizeLessThan(10_000);
  }

  @Test
  void theNameOfASessionIsPutBackBeforeTheNextCall() {
    call("se_llama", in("nombre", "49/50 lotes"));
    assertThat(
            Postgres17.column(
                DATABASE,
                "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE '%lotes'"))
        .isEmpty();
  }

  @Test
  void namesOfAnyKindAreCalledAsTheyAre() {
    ProcedureName odd =
        new ProcedureName(List.of(new ProcedureName.Identifier("Con ñ y \" comillas", true)));
    BoundCall bound =
        ArgumentMatching.match(
            new ProcedureCall(odd, null, false, List.of(in("p á", new BigDecimal(41)))),
            gateway.resolve(odd));
    assertThat(gateway.call(bound, new CallTag("odd", "ana"), new CallListener() {}).values())
        .containsEntry("P Á", new BigDecimal(42));
  }

  @Test
  void whatNoValueCanBeGivenForIsRefusedByTheNameOfItsType() {
    for (String name : List.of("varios", "sin_nombre", "lista")) {
      Signature signature = gateway.resolve(ProcedureName.parse(name, null)).get(0);
      FailureException refused = failure(name, in(signature.parameters().get(0).name(), "1"));
      assertThat(refused.failure().code()).isEqualTo(FailureCode.INVALID_ARGUMENTS);
      assertThat(refused.failure().fields().get(0).message().arguments().toString())
          .contains("integer");
    }
  }

  @Test
  void whatIsNotInTheSearchPathIsFoundOnlyByItsSchema() {
    assertThat(gateway.resolve(ProcedureName.parse("solo_otro", null))).isEmpty();
    assertThat(gateway.resolve(ProcedureName.parse("otro.solo_otro", null))).hasSize(1);
    assertThat(gateway.resolve(ProcedureName.parse("pg_catalog.now", null))).isEmpty();
    assertThat(gateway.resolve(ProcedureName.parse("now", null))).isEmpty();
  }

  @Test
  void aProcedureThatChangedIsKnownAgainAfterItsFirstFailure() {
    call("cambia", in("a", BigDecimal.ONE));
    Postgres17.execute(
        DATABASE,
        "DROP PROCEDURE cambia",
        "CREATE PROCEDURE cambia(a integer, b text) LANGUAGE plpgsql AS 'BEGIN END'");
    assertThat(failure("cambia", in("a", BigDecimal.ONE)).failure().databaseCode())
        .isEqualTo("SQLSTATE-42883");
    assertThat(failure("cambia", in("a", BigDecimal.ONE)).failure().code())
        .isEqualTo(FailureCode.INVALID_ARGUMENTS);
    call("cambia", in("a", BigDecimal.ONE), in("b", "x"));
  }

  @Test
  void aSessionThatIsKilledUndoesTheCallForCertain() throws Exception {
    CompletableFuture<FailureException> failure =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowableOfType(
                    FailureException.class,
                    () ->
                        call(
                            new CallTag("killed", "ana"),
                            new CallListener() {},
                            "duerme",
                            in("segundos", new BigDecimal(60)))));
    Awaitility.await()
        .until(
            () ->
                !Postgres17.column(
                        DATABASE,
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE state = 'active' AND query LIKE '/* diferido:killed %'")
                    .isEmpty());
    assertThat(failure.get(10, TimeUnit.SECONDS).failure().code())
        .isEqualTo(FailureCode.ROLLED_BACK);
    assertThat(call("sin_argumentos")).containsEntry("return_value", "solo");
  }

  private static Argument in(String name, Object value) {
    return new Argument(name, value, true, null, null, false);
  }

  private Map<String, Object> call(String name, Argument... arguments) {
    return call(
        new CallTag("t" + System.nanoTime(), "ana"), new CallListener() {}, name, arguments);
  }

  private Map<String, Object> call(
      CallTag tag, CallListener listener, String name, Argument... arguments) {
    ProcedureName parsed = ProcedureName.parse(name, null);
    BoundCall bound =
        ArgumentMatching.match(
            new ProcedureCall(parsed, null, false, List.of(arguments)), gateway.resolve(parsed));
    return gateway.call(bound, tag, listener).values();
  }

  private FailureException failure(String name, Argument... arguments) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> call(name, arguments));
    assertThat(thrown).as("the failure of " + name).isNotNull();
    return thrown;
  }

  @Test
  void aConstraintThatIsCheckedAtTheCommitSaysWhyNothingWasDone() {
    FailureException failure = catchThrowableOfType(FailureException.class, () -> call("huerfano"));
    assertThat(failure.failure().code()).isEqualTo(FailureCode.DATA_ERROR);
    assertThat(failure.failure().databaseCode()).isEqualTo("SQLSTATE-23503");
    assertThat(Postgres17.column(DATABASE, "SELECT id FROM hijo")).isEmpty();
  }
}
