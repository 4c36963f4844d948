package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diferido.database.GatewayCalls.in;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.Failure;
import org.diferido.failure.FailureCode;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult.Rows;
import org.diferido.procedure.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls work whatever the administrator wrote into the URL (pgjdbc, "Connection Parameters"). */
class PostgresUrlTest {

  private static final String ROUTINES =
      """
      CREATE PROCEDURE todo(n numeric, t text, b bytea, z timestamptz, nulo date,
          OUT n2 numeric, OUT t2 text, OUT b2 bytea, OUT z2 timestamptz, OUT nulo2 date, OUT c refcursor)
        LANGUAGE plpgsql AS
        $$ BEGIN n2 := n; t2 := t; b2 := b; z2 := z; nulo2 := nulo;
           OPEN c FOR SELECT i AS numero, now() AS cuando FROM generate_series(1, 1200) i; END $$;
      CREATE FUNCTION doble(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';
      CREATE FUNCTION filas(n integer) RETURNS TABLE (i integer) LANGUAGE sql
        AS 'SELECT generate_series(1, n)';
      CREATE PROCEDURE larga() LANGUAGE plpgsql AS
        $$ BEGIN RAISE NOTICE 'empieza'; PERFORM set_config('application_name', '7/50 lotes', false);
           PERFORM pg_sleep(60); END $$;
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "escapeSyntaxCallMode=call",
        "escapeSyntaxCallMode=callIfNoReturn&stringtype=unspecified",
        "preferQueryMode=simple",
        "preferQueryMode=extendedForPrepared",
        "preferQueryMode=extendedCacheEverything",
        "prepareThreshold=1",
        "prepareThreshold=-1",
        "prepareThreshold=0&preparedStatementCacheQueries=0",
        "binaryTransfer=false",
        "autosave=always",
        "autosave=conservative&cleanupSavepoints=true",
        "defaultRowFetchSize=3&adaptiveFetch=true&maxResultBuffer=10p",
        "assumeMinServerVersion=14&ApplicationName=diferido",
        "reWriteBatchedInserts=true&loggerLevel=OFF&cancelSignalTimeout=2"
      })
  void callsWorkWithAnyUrl(String options) throws Exception {
    DataSource database = Postgres17.newDatabase(options);
    Postgres17.execute(database, ROUTINES);
    GatewayCalls calls = new GatewayCalls(database, new PostgresDialect());
    for (int time = 0; time < 7; time++) { // the driver prepares on the server from the fifth on
      valuesGoInAndComeOut(calls);
    }
    aLongCallIsSeenAndCancelled(calls);
    valuesGoInAndComeOut(calls);
  }

  private static void valuesGoInAndComeOut(GatewayCalls calls) {
    Map<String, Object> values =
        calls.call(
            "todo",
            in("n", new BigDecimal("99999999999999999999999999999999999999")),
            in("t", "'; -- \\ ñ € 😀"),
            in("b", "AAEC/w=="),
            in("z", "2025-12-10T01:00:00+02:00"),
            in("nulo", null));
    assertThat(values)
        .containsEntry("n2", new BigDecimal("99999999999999999999999999999999999999"))
        .containsEntry("t2", "'; -- \\ ñ € 😀")
        .containsEntry("b2", "AAEC/w==")
        .containsEntry("z2", "2025-12-09T23:00:00Z")
        .containsEntry("nulo2", null);
    assertThat(((Rows) values.get("c")).rowCount()).isEqualTo(1200);
    assertThat(calls.call("doble", in("n", new BigDecimal(21))))
        .containsEntry("return_value", new BigDecimal(42));
    Rows rows = (Rows) calls.call("filas", in("n", new BigDecimal(1001))).get("return_value");
    assertThat(rows.rowCount()).isEqualTo(1001);
  }

  private static void aLongCallIsSeenAndCancelled(GatewayCalls calls) throws Exception {
    List<Progress> told = new CopyOnWriteArrayList<>();
    List<String> log = new CopyOnWriteArrayList<>();
    CallListener listener =
        new CallListener() {
          @Override
          public void progressed(Progress progress) {
            told.add(progress);
          }

          @Override
          public void logged(List<String> lines) {
            log.addAll(lines);
          }
        };
    BoundCall call = calls.bound(ProcedureName.parse("larga", null));
    CallTag tag = GatewayCalls.tag();
    CompletableFuture<Failure> failure =
        CompletableFuture.supplyAsync(
            () -> GatewayCalls.failure(() -> calls.gateway().call(call, tag, listener)));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              calls.gateway().observe();
              return !told.isEmpty();
            });
    assertThat(told.get(0).unit()).isEqualTo("lotes");
    assertThat(calls.gateway().cancel(tag.id())).isTrue();
    assertThat(failure.get(10, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CANCELLED);
    assertThat(log).containsExactly("empieza");
  }
}
