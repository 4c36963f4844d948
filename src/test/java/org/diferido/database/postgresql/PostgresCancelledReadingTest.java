package org.diferido.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Procedures that are back at once, and whose rows take long: a cursor's query runs in FETCH. */
class PostgresCancelledReadingTest {

  private static final int CANCELS = 200;
  private static final int AT_ONCE = 4;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final DataSource DATABASE = Postgres17.newDatabase();

  private final GatewayCalls calls = new GatewayCalls(DATABASE, new PostgresDialect());
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  @BeforeAll
  static void proceduresAreThere() {
    Postgres17.execute(
        DATABASE,
        """
        CREATE TABLE filas (n integer);
        CREATE PROCEDURE en_fetch(OUT c refcursor) LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO filas VALUES (1); OPEN c FOR SELECT pg_sleep(60); END $$;
        CREATE PROCEDURE en_move(OUT c refcursor) LANGUAGE plpgsql AS
          $$ BEGIN INSERT INTO filas VALUES (1);
             OPEN c FOR SELECT CASE WHEN n > 1200 THEN pg_sleep(60) END
                          FROM generate_series(1, 2000) n; END $$;
        CREATE FUNCTION de_funcion() RETURNS refcursor LANGUAGE plpgsql AS
          $$ DECLARE c refcursor; BEGIN INSERT INTO filas VALUES (1);
             OPEN c FOR SELECT pg_sleep(60); RETURN c; END $$;
        CREATE FUNCTION del_portal() RETURNS SETOF text LANGUAGE sql STABLE AS
          $$ SELECT CASE WHEN n > 600 THEN pg_sleep(60)::text END FROM generate_series(1, 2000) n $$;
        CREATE FUNCTION muchas_en_poco() RETURNS SETOF text LANGUAGE sql STABLE AS
          $$ SELECT pg_sleep(0.0001)::text FROM generate_series(1, 10000000) n $$;
        CREATE FUNCTION nada() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        """);
  }

  @AfterEach
  void threadsEnd() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en_fetch", "en_move", "de_funcion", "del_portal", "muchas_en_poco"})
  void aCancelEndsTheReadingOfRowsAndTheCallIsUndone(String name) throws Exception {
    assertThat(cancelled(bound(name), false)).isLessThan(SOON);
    assertThat(Postgres17.column(DATABASE, "SELECT n FROM filas")).isEmpty();
  }

  @Test
  void aCancelIsHeardHoweverEarlyItComesAndDisturbsNothingThatIsNext() throws Exception {
    BoundCall call = bound("en_fetch");
    List<Future<Duration>> each = new ArrayList<>();
    for (int number = 0; number < CANCELS; number++) {
      boolean atOnce = number % 2 == 0;
      each.add(threads.submit(() -> cancelled(call, atOnce)));
    }
    for (Future<Duration> one : each) {
      assertThat(one.get(60, TimeUnit.SECONDS)).isLessThan(SOON);
    }
    // One more than calls: who observes has a session, too.
    assertThat(calls.pool().idle()).hasSizeLessThanOrEqualTo(AT_ONCE + 1);
    assertThat(Postgres17.column(DATABASE, "SELECT n FROM filas")).isEmpty();
  }

  /** How long a call went on after its cancel; its session serves the next call. */
  private Duration cancelled(BoundCall call, boolean atOnce) throws Exception {
    CallTag tag = GatewayCalls.tag();
    CompletableFuture<Failure> failure =
        CompletableFuture.supplyAsync(
            () ->
                GatewayCalls.failure(() -> calls.gateway().call(call, tag, new CallListener() {})));
    if (!atOnce) {
      Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> isReading(tag));
    }
    while (!calls.gateway().cancel(tag.id())) {
      Thread.onSpinWait();
    }
    long from = System.nanoTime();
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              calls.gateway().observe();
              return failure.isDone();
            });
    assertThat(failure.get().code()).isEqualTo(FailureCode.CANCELLED);
    Duration took = Duration.ofNanos(System.nanoTime() - from);
    calls.call("nada");
    return took;
  }

  /** Whether the session of a call waits for what its rows wait for. */
  private static boolean isReading(CallTag tag) {
    return !Postgres17.column(
            DATABASE,
            "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep'"
                + " AND query LIKE '/* diferido:"
                + tag.id()
                + " %'")
        .isEmpty();
  }

  private BoundCall bound(String name) {
    return calls.bound(ProcedureName.parse(name, null));
  }
}
