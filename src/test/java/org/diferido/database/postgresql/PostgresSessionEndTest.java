package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.diferido.database.GatewayCalls;
import org.diferido.failure.FailureCode;
import org.diferido.failure.FailureException;
import org.diferido.procedure.BoundCall;
import org.diferido.procedure.CallListener;
import org.diferido.procedure.CallTag;
import org.diferido.procedure.CallTransaction;
import org.diferido.procedure.ProcedureName;
import org.diferido.procedure.ProcedureResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Sessions of calls that are seen and ended from other sessions and from other processes. */
class PostgresSessionEndTest {

  private static final CallListener NOBODY = new CallListener() {};
  private static final DataSource DATABASE = Postgres17.newDatabase();

  private final GatewayCalls calls = new GatewayCalls(DATABASE, new PostgresDialect());
  private final GatewayCalls others = new GatewayCalls(DATABASE, new PostgresDialect());
  private final CallTag tag = GatewayCalls.tag();

  @BeforeAll
  static void proceduresAreThere() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE TABLE filas (n integer);
        -- Twice: a cancel comes as two signals, to the process and to its group, and the second may strike behind the first block.
        CREATE PROCEDURE no_hace_caso() LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO filas VALUES (1);
             LOOP BEGIN
               LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END;
               END LOOP; EXCEPTION WHEN query_canceled THEN NULL; END;
             END LOOP; END $$;
        CREATE PROCEDURE en_fetch(OUT c refcursor) LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO filas VALUES (1); OPEN c FOR SELECT pg_sleep(60); END $$;
        CREATE PROCEDURE informa() LANGUAGE plpgsql AS
          $$ BEGIN PERFORM set_config('application_name', '7/50 lotes', false); END $$;
        CREATE FUNCTION nada() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        """);
  }

  /** How a call ends; null when it ends well. */
  private CompletableFuture<FailureCode> start(String name, CallListener listener) {
    BoundCall bound = calls.bound(ProcedureName.parse(name, null));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            calls.gateway().call(bound, tag, listener);
            return null;
          } catch (FailureException e) {
            return e.failure().code();
          }
        });
  }

  private void isSleeping() {
    Awaitility.await()
        .until(
            () ->
                !Postgres17.column(
                        DATABASE,
                        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                            + " AND query LIKE '/* diferido:"
                            + tag.id()
                            + " %'")
                    .isEmpty());
  }

  @Test
  void aCallThatGoesOnAfterItsCancelIsEndedByItsSessionAndUndone() throws Exception {
    CompletableFuture<FailureCode> end = start("no_hace_caso", NOBODY);
    isSleeping();
    assertThat(calls.gateway().cancel(tag.id())).isTrue();
    isSleeping();
    assertThat(end).isNotDone();
    assertThat(calls.gateway().terminate(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.SESSION_ENDED);
    assertThat(calls.pool().calls()).contains("abort");
    assertThat(calls.gateway().terminate(tag.id())).isFalse();
    calls.call("nada");
    assertThat(Postgres17.column(DATABASE, "SELECT n FROM filas")).isEmpty();
  }

  @Test
  void aCallThatReadsItsRowsIsEndedByItsSessionToo() throws Exception {
    CompletableFuture<FailureCode> end = start("en_fetch", NOBODY);
    isSleeping();
    assertThat(calls.gateway().terminate(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.SESSION_ENDED);
    assertThat(Postgres17.column(DATABASE, "SELECT n FROM filas")).isEmpty();
  }

  @Test
  void anotherGatewaysCallIsNotOnesOwnToTerminate() throws Exception {
    CompletableFuture<FailureCode> end = start("en_fetch", NOBODY);
    isSleeping();
    assertThat(others.gateway().terminate(tag.id())).isFalse();
    assertThat(calls.gateway().cancel(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.CANCELLED);
  }

  @Test
  void whatIsOverIsTheCallsOwnToCommit() throws Exception {
    Holding holding = new Holding();
    CompletableFuture<FailureCode> end = start("informa", holding);
    holding.returned.await();
    assertThat(calls.gateway().terminate(tag.id())).isFalse();
    holding.mayEnd.countDown();
    assertThat(end.get(10, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void aCallOfAnotherProcessIsSeenAndStoppedAndThenNotSeenAnyMore() throws Exception {
    CompletableFuture<FailureCode> end = start("no_hace_caso", NOBODY);
    isSleeping();
    assertThat(others.gateway().alive(Set.of(tag.id(), "0123"))).contains(Set.of(tag.id()));
    assertThat(others.gateway().stopAbandoned("%")).isFalse();
    assertThat(others.gateway().stopAbandoned(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.ROLLED_BACK);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(others.gateway().alive(Set.of(tag.id(), "0123"))).contains(Set.of()));
    assertThat(others.gateway().stopAbandoned(tag.id())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nada", "informa"})
  void aCallWhoseTransactionIsStillOpenIsSeenAndStopped(String name) throws Exception {
    Holding holding = new Holding();
    CompletableFuture<FailureCode> end = start(name, holding);
    holding.returned.await();
    assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of(tag.id()));
    assertThat(others.gateway().stopAbandoned(tag.id())).isTrue();
    holding.mayEnd.countDown();
    // The commit was sent into a session that was gone, and was never answered.
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of()));
  }

  @Test
  void aSessionThatIsIdleHasNoCall() {
    calls.gateway().call(calls.bound(ProcedureName.parse("nada", null)), tag, NOBODY);
    assertThat(calls.pool().idle()).isNotEmpty();
    assertThat(others.gateway().alive(Set.of(tag.id()))).contains(Set.of());
    assertThat(others.gateway().alive(Set.of())).contains(Set.of());
    assertThat(others.gateway().stopAbandoned(tag.id())).isFalse();
  }

  @Test
  void whereSessionsDoNotTellWhatTheyDoNobodyKnows() {
    PGSimpleDataSource mute = Postgres17.newDatabase();
    Postgres17.execute(
        mute, "ALTER DATABASE " + mute.getDatabaseName() + " SET track_activities = off");
    assertThat(new GatewayCalls(mute, new PostgresDialect()).gateway().alive(Set.of("1")))
        .isEmpty();
  }

  @Test
  void whoMaySeeButNotEndIsToldSoOnceInTheLog() throws Exception {
    PGSimpleDataSource reader = new PGSimpleDataSource();
    reader.setURL(((PGSimpleDataSource) DATABASE).getURL());
    reader.setUser(((PGSimpleDataSource) DATABASE).getDatabaseName() + "_lector");
    Postgres17.execute(
        DATABASE,
        "CREATE USER " + reader.getUser(),
        "GRANT pg_read_all_stats TO " + reader.getUser());
    GatewayCalls reading = new GatewayCalls(reader, new PostgresDialect());
    CompletableFuture<FailureCode> end = start("no_hace_caso", NOBODY);
    isSleeping();
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = new Lines(lines);
    Logger logger = Logger.getLogger("org.diferido.database.CallSessions");
    logger.addHandler(handler);
    try {
      assertThat(reading.gateway().alive(Set.of(tag.id()))).contains(Set.of(tag.id()));
      assertThat(reading.gateway().stopAbandoned(tag.id())).isFalse();
      assertThat(reading.gateway().stopAbandoned(tag.id())).isFalse();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(lines).singleElement().asString().contains("pg_signal_backend");
    assertThat(calls.gateway().terminate(tag.id())).isTrue();
    assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(FailureCode.SESSION_ENDED);
  }

  /** Does not let a call that has returned commit. */
  private static final class Holding implements CallListener {

    private final CountDownLatch returned = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public void returned(ProcedureResult result, CallTransaction transaction) {
      returned.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Lines extends Handler {

    private final List<String> lines;

    Lines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage() + " " + List.of(line.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
